"""A small ledger of two brands whose evening was told, and handing its tables back."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
from rich.console import Console
from test_corrections import DULL, RUDE
from test_ledger import page, seen

from data.corrections import last_of
from data.ledger import Ledger
from data.vocabulary import Verdict
from flows.correcting import correct_files
from flows.judging import judge_new
from flows.tell import tell
from flows.watchlist import Watchlist, load

WATCHLIST = """
ledger = "ledger.sqlite"
tables = "tables"
brands = [{ name = "Foxglove" }, { name = "Tansy" }]
sources = [{ name = "reddit", kind = "files", paths = ["."] }]
"""
EVENING = datetime(2026, 11, 3, 20, tzinfo=UTC)
SHARED = replace(RUDE, native_id="t3_3", text="Rude staff at Foxglove, ruder ones at Tansy.")


def told(folder: Path) -> Path:
    """A folder with a watchlist, its ledger and the tables of the evening."""
    (folder / "watchlist.toml").write_text(WATCHLIST, "utf-8")
    watchlist = load(folder / "watchlist.toml")
    with closing(Ledger.open(watchlist.ledger)) as ledger:
        ledger.record(page(), [RUDE, DULL, SHARED], seen())
        ledger.record(page(), [SHARED], replace(seen(), brand="Tansy"))
        for brand in watchlist.brands:
            judge_new(brand, ledger)
            tell(watchlist, brand, ledger, EVENING)
    return folder


def table(watched: Watchlist, name: str = "moments", brand: str = "foxglove") -> pd.DataFrame:
    path = watched.tables / "2026-11-03" / brand / f"{name}.csv"
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")


def hand_back(
    watched: Watchlist, *files: pd.DataFrame, brand: str | None = "Foxglove", by: str = "anna"
) -> str:
    folder = watched.tables.parent
    names = [folder / f"back{number}.csv" for number in range(len(files))]
    for name, file in zip(names, files, strict=True):
        file.to_csv(name, sep=";", index=False, encoding="cp1252")
    out = Console(record=True, width=200)
    correct_files(folder / "watchlist.toml", names, brand, by, out)
    return out.export_text()


def said(post_id: str, verdict: str, note: str = "", ours: str = "") -> pd.DataFrame:
    cells = {"post_id": post_id, "analyst_verdict": verdict, "note": note, "verdict": ours}
    return pd.DataFrame([cells])


def kept(watched: Watchlist, brand: str = "Foxglove") -> dict[str, Verdict | None]:
    with closing(Ledger.open(watched.ledger)) as ledger, ledger.transaction() as connection:
        return {post: each.verdict for post, each in last_of(connection, brand).items()}


def everything(watched: Watchlist) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in watched.tables.rglob("*") if path.is_file()}
