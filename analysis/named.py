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
_SURE = 2


def persons(reading: Reading, posts: Ints) -> list[str]:
    """The name told in each of these posts, "" where none is."""
    tokens = reading.tokens
    if not len(tokens):
        return [""] * len(posts)
    score, titled = _scores(reading)
    told = np.flatnonzero(score >= _SURE)
    order = told[np.lexsort((told, -score[told], tokens.post[told]))]
    first = np.searchsorted(tokens.post[order], posts)
    names = []
    for post, at in zip(posts.tolist(), first.tolist(), strict=True):
        here = at < len(order) and tokens.post[order[at]] == post
        names.append(_spelt(reading, int(order[at]), bool(titled[order[at]])) if here else "")
    return names


def _scores(reading: Reading) -> tuple[Ints, Flags]:
    """Per word: how surely it names an employee, and whether a title stands before it."""
    tokens = reading.tokens
    name = np.zeros(len(tokens), bool)
    name[reading.spans("name").begin] = True
    title = _among(reading, _TITLES)
    theirs = ~_after(_among(reading, _NOT_THEIRS))
    titled = _after(title & theirs) & tokens.capital
    agent = np.zeros(len(tokens) + 1, bool)
    agent[reading.spans("agent").after] = True
    framed = _after(_among(reading, _BEFORE)) & _before(_among(reading, _AFTER))
    strange = reading.word == 0  # in no list, so hardly a common word
    capital = tokens.capital & ~tokens.shouted & ~tokens.named & ~title & theirs
    capital &= ~_among(reading, _NEVER)
    score = name * 2 + titled * 3 + framed * 2 + strange * (agent[:-1] | _at_work(reading)) * 2
    return np.asarray(score * (capital | titled)), titled


def _among(reading: Reading, words: tuple[str, ...]) -> Flags:
    return reading.lexicon.vocabulary.among(reading.tokens.word, words)


def _after(flags: Flags) -> Flags:
    return np.concatenate([[False], flags[:-1]])


def _before(flags: Flags) -> Flags:
    return np.concatenate([flags[1:], [False]])


def _at_work(reading: Reading) -> Flags:
    """Per word: "at", "in" and a place of work follow, with or without "the" between."""
    tokens = reading.tokens
    place = np.zeros(len(tokens) + 3, bool)
    place[np.concatenate([reading.spans(role).begin for role in _WORK])] = True
    here = np.arange(len(tokens))
    near = np.minimum(here + 2, len(tokens) - 1)
    within = tokens.sentence[near] == tokens.sentence
    follows = place[here + 2] | place[here + 3]
    return np.asarray(_before(_among(reading, _DESK)) & follows & within)


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
