"""`moments rejudge`: what a new model would change is shown first, and applied only when asked."""

from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from handing import SHARED, everything, hand_back, said, table
from rich.console import Console
from test_corrections import DULL, RUDE

from analysis.model import Model
from analysis.refitted import Refitted
from data.ledger import Ledger
from flows import rejudging
from flows.watchlist import Watchlist


def mild(watched: Watchlist) -> None:
    """Weights beside the ledger under which nothing is a moment."""
    model = replace(Model.load(), bias=np.array([0.0, 30.0, 0.0]))
    watched.judge.weights.parent.mkdir(exist_ok=True)
    watched.judge.weights.write_bytes(Refitted.made_of(model, 1).content())


def rejudge(watched: Watchlist, apply: bool = False, since: date | None = None) -> str:
    out = Console(record=True, width=200)
    path = watched.tables.parent / "watchlist.toml"
    rejudging.rejudge(path, "Foxglove", since, apply, out, Console(quiet=True))
    return out.export_text()


def models(watched: Watchlist) -> pd.Series:
    with closing(Ledger.open(watched.ledger)) as ledger:
        since = RUDE.collected_at - timedelta(days=1)
        found = ledger.judged("Foxglove", since, RUDE.collected_at + timedelta(days=1))
    return found.set_index("post_id")["model"].str.partition("-")[0]


def test_where_one_model_judged_all_there_is_nothing_to_show(watched: Watchlist) -> None:
    assert "Foxglove: nothing to judge anew; linear-" in rejudge(watched)


def test_it_shows_counts_examples_and_days_and_changes_nothing(watched: Watchlist) -> None:
    mild(watched)
    before = everything(watched)
    told = rejudge(watched)
    assert "Foxglove: 3 posts judged by linear-" in told
    assert next(line.split() for line in told.splitlines() if line.startswith("poor ")) == [
        "poor", "0", "0", "2", "0",
    ]  # fmt: skip
    assert "2 posts change, on 1 day." in told
    assert "poor -> neither (2):" in told
    assert f"2026-11-03 {RUDE.post_id} (" in told
    assert "Days: 2026-11-03 (2)" in told
    assert "Nothing was changed." in told
    assert set(models(watched)) == {"linear"}
    assert everything(watched) == before


def test_applied_it_changes_the_tables_and_a_second_time_nothing(watched: Watchlist) -> None:
    mild(watched)
    rejudge(watched, apply=True)
    assert set(models(watched)) == {"refit"}
    assert table(watched).empty
    after = everything(watched)
    assert "nothing to judge anew" in rejudge(watched, apply=True)
    assert everything(watched) == after


def test_a_correction_stays_and_its_own_verdict_is_the_new_models(watched: Watchlist) -> None:
    hand_back(watched, said(RUDE.post_id, "right", ours="poor"))
    mild(watched)
    assert "1 have an analyst's verdict, which stays." in rejudge(watched, apply=True)
    assert table(watched)["post_id"].tolist() == [RUDE.post_id]
    posts = pd.read_parquet(watched.tables / "2026-11-03" / "foxglove" / "posts.parquet")
    assert posts.set_index("post_id").loc[RUDE.post_id, "own_verdict"] == "neither"


def test_an_earlier_day_can_be_left_as_it_was(watched: Watchlist) -> None:
    mild(watched)
    assert "nothing to judge anew" in rejudge(watched, since=date(2026, 11, 4))
    assert "3 posts judged" in rejudge(watched, since=date(2026, 11, 3))


def test_interrupted_it_goes_on_where_it_was(
    watched: Watchlist,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mild(watched)
    monkeypatch.setattr(rejudging, "PIECE", 1)
    kept = Ledger.judge
    stored: list[str] = []

    def judge(ledger: Ledger, brand: str, version: str, judged: pd.DataFrame, beside: Any) -> None:
        if len(stored) == 2:
            raise KeyboardInterrupt
        stored.extend(judged["post_id"])
        kept(ledger, brand, version, judged, beside)

    monkeypatch.setattr(Ledger, "judge", judge)
    with pytest.raises(KeyboardInterrupt):
        rejudge(watched, apply=True)
    assert stored == [RUDE.post_id, DULL.post_id]
    monkeypatch.setattr(Ledger, "judge", kept)
    assert "Foxglove: 1 post judged by linear-" in rejudge(watched, apply=True)
    assert models(watched).to_dict() == dict.fromkeys(
        [RUDE.post_id, DULL.post_id, SHARED.post_id], "refit"
    )
    assert table(watched).empty
