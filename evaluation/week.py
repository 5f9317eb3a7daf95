"""The example week as its author labelled it beside what the monitor made of it.

    make run && python -m evaluation.week

reads the ledger that `make run` left and writes docs/example-week.md. A text that several sources
brought (a feed and the news search, say) counts once for each, as it does in the tables.
"""

import argparse
import re
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from data.ledger import Ledger
from evaluation import measure
from evaluation.corpus import VERDICTS
from evaluation.markdown import figure, table
from example.world import DAYS, World, evening

PAGE = Path(__file__).parent.parent / "docs" / "example-week.md"
LEDGER = Path(__file__).parent.parent / "data" / "ledger.sqlite"
BRAND = "Foxglove"
_SHOWN = 90  # characters of a text
_NONE = "neither"
_HEAD = """# The example week, verdict by verdict

Written by `python -m evaluation.week` from the ledger that `make run` leaves. The author of the
week labelled every text in writing it, most of them short tellings without a word of praise or
anger. The judge was not trained on them. No moment is a text that says nothing of the service, that
is about another Foxglove (a plant, a film, a street), or in a language that is not judged.
"""


def compared(ledger: Ledger, world: World) -> pd.DataFrame:
    """Per judged text of the week: its words, the author's verdict `told`, ours `judged`."""
    start, end = evening(DAYS[0]) - timedelta(days=1), evening(DAYS[-1])
    rows = []
    for post in ledger.judged(BRAND, start, end).to_dict("records"):
        text = world.find(str(post["native_id"]))
        if text is not None and not post["deleted"]:
            told = text.label.verdict if text.label.mention else _NONE
            judged = post["verdict"] if post["mention"] else _NONE
            words = f"{post['title']} {post['text']}".strip()
            rows.append((text.id, words, told, judged if judged in VERDICTS else _NONE))
    return pd.DataFrame(rows, columns=["id", "words", "told", "judged"])


def page(week: pd.DataFrame) -> str:
    """The comparison as Markdown: figures, then every moment."""
    counts = measure.confusion(week["told"], week["judged"], VERDICTS)
    scores = measure.scores(counts, VERDICTS)
    figures = table(
        ["class", "texts", "precision", "recall", "F1"],
        (
            [each.label, str(each.n), figure(each.precision), figure(each.recall), figure(each.f1)]
            for each in scores
        ),
    )
    macro = figure(float(np.mean([each.f1 for each in scores])))
    parts = [
        _HEAD,
        f"Macro-F1 {macro} over {len(week)} texts as the sources brought them.",
        figures,
    ]
    for side in ("exceptional", "poor"):
        of_side = week[(week["told"] == side) | (week["judged"] == side)]
        right = of_side["told"] == of_side["judged"]
        parts += [f"## {side.capitalize()}: {right.sum()} right", _moments(of_side)]
    return "\n\n".join(parts) + "\n"


def _moments(rows: pd.DataFrame) -> str:
    ordered = rows.sort_values(["told", "judged", "id"])
    lines = (
        [_cell(words), told, "" if told == judged else judged]
        for words, told, judged in zip(
            ordered["words"], ordered["told"], ordered["judged"], strict=True
        )
    )
    return table(["text", "told as", "judged otherwise"], lines)


def _cell(words: str) -> str:
    line = "".join(each if each.isprintable() else " " for each in words)
    line = " ".join(line.split())
    cut = line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
    return re.sub(r"([\\|\[\]()*_`<])", r"\\\1", cut)  # words of strangers, not Markdown


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ledger", type=Path, default=LEDGER)
    week = compared(Ledger.open(parser.parse_args(arguments).ledger), World())
    PAGE.write_text(page(week), "utf-8")


if __name__ == "__main__":
    main()
