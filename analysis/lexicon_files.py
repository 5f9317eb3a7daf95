"""The lexicon's data files as records: roles, frames and spellings, beside this module."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis.patterns import Pattern, PatternError, parse

Fold = Callable[[str], str]
FOLDER = Path(__file__).parent / "lexicon"


class LexiconError(ValueError):
    """A lexicon file that cannot be read; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A pattern that tells of service, what it tells, and lines that show it."""

    id: str
    side: str  # poor, exceptional, or against
    reason: str
    touchpoint: str
    weight: float  # 1 hints, 2 tells, 3 leaves no doubt
    pattern: Pattern
    fires: tuple[str, ...]
    spares: tuple[str, ...]


def read_frames(path: Path, fold: Fold) -> Iterator[Frame]:
    """Frames of a file: a head line `id | side | reason | touchpoint | weight | pattern`, then
    indented lines `+ text that fires` and `- text that must not`."""
    head: list[str] = []
    lines: list[str] = []
    for number, line in _lines(path):
        if line[0].isspace():
            lines.append(line.strip())
            continue
        if head:
            yield _frame(path, head, lines, fold)
        head, lines = [part.strip() for part in line.split(" | ")] + [str(number)], []
    if head:
        yield _frame(path, head, lines, fold)


def _frame(path: Path, head: list[str], lines: list[str], fold: Fold) -> Frame:
    try:
        name, side, reason, touchpoint, weight, pattern, _ = head
        fires = tuple(line[1:].strip() for line in lines if line[0] == "+")
        spares = tuple(line[1:].strip() for line in lines if line[0] == "-")
        return Frame(
            name, side, reason, touchpoint, float(weight), parse(pattern, fold), fires, spares
        )
    except (ValueError, PatternError) as error:
        raise LexiconError(f"{path.name} line {head[-1]}: {error}") from error


def read_role(path: Path, fold: Fold) -> Iterator[Pattern]:
    """Entries of a role file, separated by commas; a hyphen stands between two words."""
    for number, line in _lines(path):
        for entry in filter(None, map(str.strip, line.replace("-", " ").split(","))):
            try:
                yield parse(entry, fold)
            except (ValueError, PatternError) as error:
                raise LexiconError(f"roles/{path.name} line {number}: {error}") from error


def pairs(path: Path) -> Iterator[tuple[str, str]]:
    for number, line in _lines(path):
        parts = line.split("\t")
        if len(parts) < 2:
            raise LexiconError(f"{path.name} line {number}: expected two columns")
        yield parts[0], parts[1]


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Lines that say something; a comment stands on its own line after `# `."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("# "):
            yield number, line
