"""The lexicon compiled: roles, frames and evidence against, read over a batch of posts.

`Lexicon.load()` reads the data files beside this module; `Lexicon.read(tokens)` gives a `Reading`,
which looks places up as they are asked for and remembers them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from analysis.patterns import (
    NOTHING,
    Item,
    Pattern,
    PatternError,
    Reader,
    Spans,
    parse,
    phrase,
    union,
)
from analysis.phrases import Phrases
from analysis.tokens import Flags, Ints, Tokens, Vocabulary, tokenise

Fold = Callable[[str], str]
FOLDER = Path(__file__).parent / "lexicon"
BREAKERS = ("but", "however", "although", "though", "yet", "whereas", "except", "while")
_NEGATION_REACH = 4  # words; longer ranges flip more praise than they save


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


@dataclass
class Lexicon:
    """Roles and frames over one vocabulary."""

    roles: dict[str, tuple[Pattern, ...]]
    frames: tuple[Frame, ...]
    vocabulary: Vocabulary
    _known: dict[str, int] = field(default_factory=dict)  # word of some pattern -> local number
    _local: Ints = field(default_factory=lambda: np.zeros(0, np.int64))  # vocabulary -> local
    plain: dict[str, Flags] = field(default_factory=dict)  # role -> its single words, by number
    phrases_of: dict[str, Flags] = field(default_factory=dict)  # role -> its fixed phrases
    phrases: Phrases = field(default_factory=lambda: Phrases([]))

    def __post_init__(self) -> None:
        patterns = [pattern for listed in self.roles.values() for pattern in listed]
        patterns += [frame.pattern for frame in self.frames]
        words = sorted(set().union(*(pattern.words() for pattern in patterns)))
        self._known = {word: number for number, word in enumerate(words, 1)}
        unknown = sorted(set().union(*(p.roles() for p in patterns)) - self.roles.keys())
        if unknown:
            raise LexiconError(f"lexicon: no role file for {', '.join(unknown)}")
        for name, listed in self.roles.items():
            self.plain[name] = np.zeros(self.size(), bool)
            self.plain[name][[self._known[p.text] for p in listed if p.text in self._known]] = True
            self.roles[name] = tuple(p for p in listed if p.text not in self._known)
        self._collect_phrases()

    def _collect_phrases(self) -> None:
        """Take the fixed phrases out of the roles: they are found all at once."""
        phrases: dict[tuple[int, ...], int] = {}
        mine: dict[str, list[int]] = {}
        for name, listed in self.roles.items():
            fixed = {pattern: words for pattern in listed if (words := pattern.fixed())}
            numbered = [tuple(self._known[word] for word in words) for words in fixed.values()]
            mine[name] = [phrases.setdefault(words, len(phrases)) for words in numbered]
            self.roles[name] = tuple(pattern for pattern in listed if pattern not in fixed)
        self.phrases = Phrases(list(phrases))
        self.phrases_of = {name: np.zeros(len(phrases), bool) for name in mine}
        for name, places in mine.items():
            self.phrases_of[name][places] = True

    @classmethod
    def load(cls, folder: Path = FOLDER) -> "Lexicon":
        """Read all data files. Raises LexiconError."""
        vocabulary = Vocabulary(dict(_pairs(folder / "spelling.tsv")))
        fold = vocabulary.fold
        paths = sorted((folder / "roles").glob("*.txt"))
        roles = {path.stem: tuple(_role(path, fold)) for path in paths}
        files = [folder / "frames.txt", folder / "against.txt"]
        frames = tuple(frame for path in files for frame in read_frames(path, fold))
        return cls(roles, frames, vocabulary)

    def tokens(self, texts: Sequence[str]) -> Tokens:
        """Split texts with this lexicon's vocabulary."""
        return tokenise(texts, self.vocabulary, BREAKERS)

    def read(self, tokens: Tokens) -> "Reading":
        """A reading of these words."""
        return Reading(self, tokens)

    def numbers(self, word: Ints) -> Ints:
        """Local number of each word, 0 for those no pattern names."""
        have, want = len(self._local), len(self.vocabulary.words)
        if have < want:
            names = list(self.vocabulary.words)[have:]
            fresh = np.array([self._known.get(name, 0) for name in names], np.int64)
            self._local = np.concatenate([self._local, fresh])
        return self._local[word]

    def number(self, word: str) -> int:
        """Local number of a word some pattern names."""
        return self._known[word]

    def size(self) -> int:
        """How many words the patterns name, and one."""
        return len(self._known) + 1


class Reading:
    """What the lexicon finds in one batch; each role is looked up once."""

    def __init__(self, lexicon: Lexicon, tokens: Tokens) -> None:
        self.lexicon = lexicon
        self.tokens = tokens
        local = lexicon.numbers(tokens.word)
        heard = np.flatnonzero(local)
        self._heard, self._heard_word = heard, local[heard]
        order = heard[np.argsort(local[heard].astype(np.uint16), kind="stable")]
        self._places = order
        self._starts = np.searchsorted(local[order], np.arange(lexicon.size() + 1))
        self._phrases = lexicon.phrases.find(local, tokens.clause)
        self._spans: dict[str, Spans] = {}
        nowhere = np.zeros(len(tokens), bool)
        self._reader = Reader(tokens, self.spans, nowhere)
        self._reader = Reader(tokens, self.spans, self._negated())
        self._spans.clear()

    @property
    def negated(self) -> Flags:
        """Per word: it stands under a negation."""
        return self._reader.negated

    def spans(self, choice: str) -> Spans:
        """Where a word or a {role} stands."""
        found = self._spans.get(choice)
        if found is None:
            found = self._spans[choice] = self._look_up(choice)
        return found

    def match(self, pattern: Pattern) -> Spans:
        """Where a pattern holds."""
        return self._reader.match(pattern)

    @cached_property
    def hits(self) -> list[tuple[int, Frame, Spans]]:
        """Every frame that fires: its number, itself and where."""
        found = (
            (number, frame, self.match(frame.pattern))
            for number, frame in enumerate(self.lexicon.frames)
        )
        return [hit for hit in found if len(hit[2])]

    def _look_up(self, choice: str) -> Spans:
        if choice == "$":
            ends = np.unique(self.tokens.sentence_first[self.tokens.sentence + 1])
            return Spans(ends, ends)
        words = phrase(choice)
        if len(words) > 1:
            return self._reader.chain(tuple(Item((word,)) for word in words))
        if choice[0] != "{":
            number = self.lexicon.number(choice)
            places = self._places[self._starts[number] : self._starts[number + 1]]
            return Spans(places, places + 1)
        self._spans[choice] = NOTHING  # a role that names itself finds nothing there
        name = choice[1:-1]
        places = self._heard[self.lexicon.plain[name][self._heard_word]]
        which, begin, after = self._phrases
        mine = self.lexicon.phrases_of[name][which]
        fixed = Spans(begin[mine], after[mine])
        loose = [self._reader.match(pattern) for pattern in self.lexicon.roles[name]]
        return union([Spans(places, places + 1), fixed, *loose])

    def _negated(self) -> Flags:
        """Words after a negation, in its clause, with no "and" between."""
        tokens = self.tokens
        here = np.arange(len(tokens))
        no = np.full(len(tokens), -1)
        no[self.spans("{no}").begin] = self.spans("{no}").begin
        stop = np.full(len(tokens), -1)
        stop[self.spans("{and}").begin] = self.spans("{and}").begin
        before = np.concatenate([[-1], np.maximum.accumulate(no)[:-1]]) if len(here) else no
        barrier = np.maximum.accumulate(stop) if len(here) else stop
        near = (before >= 0) & (here - before <= _NEGATION_REACH) & (barrier < before)
        negated: Flags = near & (tokens.clause[before] == tokens.clause) if len(here) else near
        return negated


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


def _role(path: Path, fold: Fold) -> Iterator[Pattern]:
    """Entries of a role file, separated by commas; a hyphen stands between two words."""
    for number, line in _lines(path):
        for entry in filter(None, map(str.strip, line.replace("-", " ").split(","))):
            try:
                pattern = parse(entry, fold)
            except (ValueError, PatternError) as error:
                raise LexiconError(f"roles/{path.name} line {number}: {error}") from error
            single = fold(entry) if " " not in entry and entry[0] != "{" else entry
            yield replace(pattern, text=single)


def _pairs(path: Path) -> Iterator[tuple[str, str]]:
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
