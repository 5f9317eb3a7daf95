"""`python -m evaluation.reply_measure`: how well robotic answers are told from owned ones.

`replies.jsonl`: invented answers of invented brands, one object a line: id, part (dev, test),
sector, brand, tone, hard, text. No sector is in both parts; all are written by one hand, so the
figures say that the words carry over to other complaints, not to every real brand's manner. The
answers in `example/week` are a third set. `--wrong` shows the development answers taken wrongly,
`--fit` the weights that they ask for.
"""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score

from analysis.replies import counts, owned, sounds
from analysis.text import clean

ANSWERS = Path(__file__).with_name("replies.jsonl")
WEEK = Path(__file__).parents[1] / "example" / "week"
PARTS = ("dev", "test")
Answer = tuple[str, str]  # text, tone


def read(part: str, hard: bool = False) -> list[Answer]:
    """The labelled answers of a part; only the hard ones if asked."""
    rows = [row for row in _lines(ANSWERS) if row["part"] == part and (row["hard"] or not hard)]
    return [(clean(row["text"]), row["tone"]) for row in rows]


def week() -> list[Answer]:
    """The brand's answers in the example's week."""
    rows = [row for path in sorted(WEEK.glob("*.jsonl")) for row in _lines(path)]
    told = [row for row in rows if "tone" in row["label"]]
    return [(clean(row["text"]), row["label"]["tone"]) for row in told]


def measure(answers: list[Answer]) -> tuple[float, float]:
    """Accuracy and macro-F1."""
    truth = [tone == "owned" for _, tone in answers]
    said = owned([text for text, _ in answers])
    return float(accuracy_score(truth, said)), float(f1_score(truth, said, average="macro"))


def wrong(answers: list[Answer]) -> list[str]:
    """A line per answer taken wrongly: its tone, what was counted, its words."""
    texts = [text for text, _ in answers]
    names = [sound.kind for sound in sounds()[1]]
    lines = []
    for (text, tone), said, row in zip(answers, owned(texts), counts(texts), strict=True):
        if said != (tone == "owned"):
            seen = ", ".join(f"{name} {n}" for name, n in zip(names, row, strict=True) if n)
            lines.append(f"{tone}: [{seen}] {text}")
    return lines


def fit(answers: list[Answer]) -> dict[str, float]:
    """The weight each kind of words gets from these answers alone."""
    model = LogisticRegression(C=1.0, max_iter=1_000)
    model.fit(counts([text for text, _ in answers]), [tone == "owned" for _, tone in answers])
    names = ("start", *(sound.kind for sound in sounds()[1]))
    values = np.concatenate([model.intercept_, model.coef_[0]])
    return {name: round(float(value), 2) for name, value in zip(names, values, strict=True)}


def report() -> list[str]:
    """A line per set: answers, accuracy, macro-F1."""
    sets = {part: read(part) for part in PARTS}
    sets |= {f"{part}, hard ones": read(part, hard=True) for part in PARTS}
    sets["the example's week"] = week()
    return [
        f"{name:20} {len(answers):4} answers  accuracy {accuracy:.3f}  macro-F1 {f1:.3f}"
        for name, answers in sets.items()
        for accuracy, f1 in [measure(answers)]
    ]


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


if __name__ == "__main__":
    told = {"--wrong": lambda: wrong(read("dev")), "--fit": lambda: [str(fit(read("dev")))]}
    lines = [line for name in sys.argv[1:] for line in told[name]()] or report()
    sys.stdout.write("\n".join(lines) + "\n")
