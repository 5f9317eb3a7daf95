"""The employee a text names: "Dana at the desk", "thanks to Priya", "Dr Osei"."""

import numpy as np

from analysis.arrays import Flags, Ints
from analysis.frames import Reading

# A word in capitals between these is a name though no list has it: "thanks to Imani at the desk".
_BEFORE = ("to", "thank", "thanks", "kudos", "named", "called")
_AFTER = ("at", "in", "on", "from", "for", "who")
_TITLES = (
    "mr", "mrs", "ms", "miss", "dr", "sister", "nurse", "captain", "madam", "auntie", "aunty",
    "pan", "pani", "dona", "don", "señor", "señora", "herr", "frau",
)  # fmt: skip
_NEVER = ("sir", "madam", "i", "i'm", "god", "no", "yes")
_NOT_THEIRS = ("dear", "another", "you", "like")  # "Dear Mr Keane": the customer
_WORK = ("place", "channel", "service", "agent")
_DESK = ("at", "in", "on", "from", "who")  # "Trish in claims"
_LISTS = (_BEFORE, _AFTER, _TITLES, _NEVER, _NOT_THEIRS, _DESK)
_SURE = 2


def persons(reading: Reading, posts: Ints) -> list[str]:
    """The name told in each of these posts, "" where none is."""
    tokens = reading.tokens
    place, score, titled = _scores(reading, posts)
    order = np.lexsort((place, -score, tokens.post[place]))
    place, titled = place[order], titled[order]
    first = np.searchsorted(tokens.post[place], posts)
    names = []
    for post, at in zip(posts.tolist(), first.tolist(), strict=True):
        here = at < len(place) and tokens.post[place[at]] == post
        names.append(_spelt(reading, int(place[at]), bool(titled[at])) if here else "")
    return names


def _scores(reading: Reading, posts: Ints) -> tuple[Ints, Ints, Flags]:
    """The words that name an employee, how surely, and whether a title stands before each."""
    tokens = reading.tokens
    asked = np.zeros(tokens.posts, bool)
    asked[posts] = True
    place = np.flatnonzero(tokens.capital & asked[tokens.post])
    around = _Around(reading, place)
    title, theirs = around.is_in(_TITLES), ~around.is_in(_NOT_THEIRS, -1)
    titled = around.is_in(_TITLES, -1) & ~around.is_in(_NOT_THEIRS, -2)
    name, agent = np.zeros((2, len(tokens) + 1), bool)
    name[reading.spans("name").begin] = agent[reading.spans("agent").after] = True
    framed = around.is_in(_BEFORE, -1) & around.is_in(_AFTER, 1)
    strange = reading.word[place] == 0  # in no list, so hardly a common word
    known = tokens.shouted[place] | tokens.named[place] | title | around.is_in(_NEVER)
    at_work = around.is_in(_DESK, 1) & _at_work(reading, place)
    score = name[place] * 2 + titled * 3 + framed * 2 + strange * (agent[place] | at_work) * 2
    told = np.flatnonzero((score >= _SURE) & (~known & theirs | titled))
    return place[told], score[told], titled[told]


class _Around:
    """Which lists the words around some places are in."""

    def __init__(self, reading: Reading, place: Ints) -> None:
        lists = reading.lexicon.vocabulary.trait(_lists)[reading.tokens.word]
        self._lists, self._place = np.pad(lists, 2), place + 2

    def is_in(self, words: tuple[str, ...], shift: int = 0) -> Flags:
        """Whether the word that many places on is one of these."""
        return self._lists[self._place + shift] & 1 << _LISTS.index(words) > 0


def _lists(word: str) -> int:
    return sum(1 << number for number, words in enumerate(_LISTS) if word in words)


def _at_work(reading: Reading, word: Ints) -> Flags:
    """Per word: a place of work is the second or third behind it: "in claims", "in the shop"."""
    tokens = reading.tokens
    place = np.zeros(len(tokens) + 3, bool)
    place[np.concatenate([reading.spans(role).begin for role in _WORK])] = True
    near = np.minimum(word + 2, len(tokens) - 1)
    within = tokens.sentence[near] == tokens.sentence[word]
    return np.asarray((place[word + 2] | place[word + 3]) & within)


def _spelt(reading: Reading, word: int, titled: bool) -> str:
    """The name as it stands, with its title and a surname that follows."""
    tokens = reading.tokens
    after = word + 1
    follows = (
        after < len(tokens)
        and tokens.sentence[after] == tokens.sentence[word]
        and tokens.begin[after] == tokens.end[word] + 1
        and bool(tokens.capital[after])
    )
    if follows and not titled and tokens.text[int(tokens.end[word])] == " ":
        after += 1
    said = tokens.spelt(word - 1 if titled else word, after)
    return said.replace("’", "'").removesuffix("'s")
