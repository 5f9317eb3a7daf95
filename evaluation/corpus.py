"""The labelled posts we wrote ourselves, read as they are kept.

One post a line, `sector;brand;kind;verdict;reason;teller;touchpoint;stage;churn;person;tags|text`,
one file per writer; letters stand for the longer values (see the datasheet beside the files).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "corpus"
TRAINING = ("ada", "bo", "cy", "dee", "eli", "fay", "gus", "hana", "ike")
DEVELOPMENT = ("jo", "kit")
TEST = ("lev", "mo")

_VERDICTS = {"n": "neither", "p": "poor", "e": "exceptional"}
_TELLERS = {
    "c": "customer", "b": "bystander", "e": "employee", "o": "company", "r": "press", "x": "other",
}  # fmt: skip
_STAGES = {"": "", "f": "frontstage", "b": "backstage", "u": "unknown"}
_CHURNS = {"": "", "s": "said", "h": "hinted", "-": "no"}


class CorpusError(ValueError):
    """A line of the corpus that cannot be read; the message names file and line."""


@dataclass(frozen=True, slots=True)
class LabelledPost:
    """A post with the labels of the guide; reason to churn are "" where it is no moment."""

    writer: str
    sector: str
    brand: str
    kind: str
    verdict: str
    reason: str
    teller: str
    touchpoint: str
    stage: str
    churn: str
    person: str
    tags: frozenset[str]
    text: str


def read_writer(path: Path) -> Iterator[LabelledPost]:
    """All posts of one writer's file. Raises CorpusError."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip():
            head, _, text = line.partition("|")
            try:
                yield _post(path.stem, head.split(";"), text)
            except (KeyError, ValueError) as error:
                raise CorpusError(f"{path.name} line {number}: {error}") from error


def read_writers(writers: tuple[str, ...], folder: Path = FOLDER) -> list[LabelledPost]:
    """All posts of these writers, in file order; a writer may fill several files (`ada`,
    `ada-2`)."""
    paths = [path for path in sorted(folder.glob("*.txt")) if path.stem.split("-")[0] in writers]
    return [post for path in paths for post in read_writer(path)]


def _post(writer: str, fields: list[str], text: str) -> LabelledPost:
    sector, brand, kind, verdict, reason, teller, touchpoint, stage, churn, person, tags = (
        each.strip() for each in fields
    )
    return LabelledPost(
        writer=writer.split("-")[0],
        sector=sector,
        brand=brand,
        kind=kind,
        verdict=_VERDICTS[verdict],
        reason=reason,
        teller=_TELLERS[teller],
        touchpoint=touchpoint,
        stage=_STAGES[stage],
        churn=_CHURNS[churn],
        person=person,
        tags=frozenset(tag.strip() for tag in tags.split(",") if tag.strip()),
        text=text.replace("\\n", "\n").strip(),
    )
