"""Other people's posts with labels: they measure, nothing here is trained on or shipped with them.

They lie beside the project at `../shared/evaluation` and may be absent.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "evaluation"
GOLD = "gold_dev"
_CALM = "_calm"
CALM_AIRLINE = f"airline{_CALM}"  # complaints of service against posts that complain of nothing: in
# the whole set late, lost and cancelled flights count as no moment, our guide sees it otherwise

# What is read of the public sets; the split names the part that others report on, "" takes all.
_SPLITS = {
    "semeval14_rest": "test",
    "semeval15_hotels": "test",
    "semeval16_rest": "test",
    "mams_acsa": "test",
    "airline": "",
    CALM_AIRLINE: "",
    "skytrax_lounge": "",
    "fpb_news": "",
    "brand_emotion": "",
    "brand_social_orm": "",
    "feed_headlines": "",
}
# Their labels say something else than our guide: stars for the staff, or only some complaints.
ELSEWISE = ("airline", CALM_AIRLINE, "skytrax_lounge")
QUIET = ("fpb_news", "brand_emotion", "brand_social_orm", "feed_headlines")  # no moments in them


def present(folder: Path = FOLDER) -> bool:
    """Whether the sets lie beside the project."""
    return (folder / f"{GOLD}.jsonl").exists()


def names() -> tuple[str, ...]:
    """The sets in the order they are told."""
    return (GOLD, *_SPLITS)


def load(name: str, folder: Path = FOLDER) -> pd.DataFrame:
    """Labelled posts of a set: id, text, verdict, reason, teller ("" where it is not labelled).

    Posts whose verdict cannot be told from the set's own labels are left out.
    """
    if name == GOLD:
        rows = pd.DataFrame.from_records(list(_read(folder / f"{GOLD}.jsonl")))
        return rows[["id", "text", "verdict", "reason", "teller"]].fillna("")
    path = folder / "public" / f"{name.removesuffix(_CALM)}.jsonl"
    posts = pd.DataFrame.from_records(list(_read(path)))
    if name == CALM_AIRLINE:
        posts = posts[(posts["label"] == "poor") | (posts["polarity"] != "negative")]
        posts = posts.assign(label=posts["label"].fillna("neither"))  # praise: poor or not?
    if _SPLITS[name]:
        posts = posts[posts["split"] == _SPLITS[name]]
    posts = posts[posts["label"].notna()].rename(columns={"label": "verdict"})
    return posts[["id", "text", "verdict"]].assign(reason="", teller="").reset_index(drop=True)


def texts(folder: Path = FOLDER) -> Iterator[str]:
    """Every text of every set, labelled or not."""
    for path in [folder / f"{GOLD}.jsonl", *sorted((folder / "public").glob("*.jsonl"))]:
        yield from (row["text"] for row in _read(path))


def _read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)
