"""Why one text got its verdict, feature by feature."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from analysis.evidence import first_places
from analysis.frames import Reading
from analysis.judge import Judge, Judged, the_judge
from analysis.model import VERDICTS, Scorer
from analysis.text import compose
from data.records import Brand

_TOLD = 15  # features shown of an explanation


@dataclass(frozen=True)
class Share:
    """One feature's part in a verdict."""

    feature: str
    value: float
    weight: float
    share: float  # how far it moved the verdict, in log odds
    words: str  # the words it rests on, "" where it rests on the whole text


@dataclass(frozen=True)
class Explanation:
    """Why a text got its verdict."""

    verdict: str
    probabilities: dict[str, float]  # of exceptional, neither, poor
    telling: float  # how much of a told story it is, 0 to 1: which weights were used
    shares: tuple[Share, ...]  # the largest first, for and against
    spans: tuple[tuple[int, int], ...]  # characters of the cleaned text that frames rest on
    evidence: str

    @property
    def confidence(self) -> float:
        """The probability of the verdict; 0 where the text could not be judged."""
        return self.probabilities.get(self.verdict, 0.0)

    def __str__(self) -> str:
        """The evidence, and below it a line per feature that counts."""
        lines = [self.evidence or f"{self.verdict}: nothing tells of service"]
        for share in self.shares[:_TOLD]:
            words = f'  "{share.words}"' if share.words else ""
            lines.append(f"{share.share:+6.2f}  {share.feature}{words}")
        return "\n".join(lines)


def explain(text: str, brand: Brand | None = None, by: Judge | None = None) -> Explanation:
    """Verdict, probabilities and each feature's share for one text.

    The judge that ships does it unless another is given. The shares are of its weights; an
    engine's verdict is the engine's alone.
    """
    by = by or the_judge()
    unsaid = np.zeros(1, bool)
    judged = by.weighed(compose([""], [text]), brand, unsaid)
    row = by.columns(judged, unsaid).iloc[0]
    telling = float(by.scorer.telling(judged.table)[0])
    shares, spans = [], []
    for cell, name, share in _cells(by.scorer, judged):
        feature = int(judged.table.indices[cell])
        span = _span(judged.reading, feature) if name.startswith("frame:") else None
        words = judged.tokens.spelt(*span) if span else ""
        weight = by.scorer.weight(feature, int(judged.verdict[0]), telling)
        shares.append(Share(name, float(judged.table.data[cell]), weight, share, words))
        if span:
            spans.append((int(judged.tokens.begin[span[0]]), int(judged.tokens.end[span[1] - 1])))
    probabilities = dict(zip(VERDICTS, judged.probabilities[0].tolist(), strict=True))
    return Explanation(
        row["verdict"],
        probabilities,
        telling,
        tuple(shares),
        tuple(sorted(set(spans))),
        row["evidence"],
    )


def _cells(scorer: Scorer, judged: Judged) -> Iterator[tuple[int, str, float]]:
    """The cells of one post, the feature of each and its share, the weightiest first."""
    share = scorer.shares(judged.table, judged.verdict)
    strongest = np.argsort(-share, kind="stable")
    for cell in strongest[np.argsort(-np.abs(share[strongest]), kind="stable")].tolist():
        yield cell, scorer.names[judged.table.indices[cell]], float(share[cell])


def _span(reading: Reading, frame: int) -> tuple[int, int]:
    """Where a frame first fires in the only post of a reading."""
    begin, after = first_places(reading, np.zeros(1, np.int64), np.array([frame]))
    return int(begin[0]), int(after[0])
