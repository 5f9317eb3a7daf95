"""The employee a text names: "Dana at the desk", "thanks to Priya", "Dr Osei"."""

import numpy as np

from analysis.frames import Reading
from analysis.tokens import Ints

# A word in capitals between these is a name though no list has it: "thanks to Imani at the desk".
_BEFORE = ("to", "thank", "thanks", "kudos", "named", "called")
_AFTER = ("at", "in", "on", "from", "for", "who")
_TITLES = ("mr", "mrs", "ms", "miss", "dr", "sister", "nurse")


def persons(reading: Reading, posts: Ints) -> list[str]:
    """The name told in each of these posts, "" where none is."""
    tokens = reading.tokens
    if not len(tokens):
        return [""] * len(posts)
    name = np.zeros(len(tokens), bool)
    name[reading.spans("{name}").begin] = True
    words = reading.lexicon.vocabulary.number_of
    title = np.isin(tokens.word, [words(each) for each in _TITLES])
    titled = np.zeros(len(tokens), bool)
    titled[1:] = title[:-1] & tokens.capital[1:]
    agent = np.zeros(len(tokens), bool)
    agent[1:] = np.isin(np.arange(len(tokens) - 1), reading.spans("{agent}").after - 1)
    framed = np.zeros(len(tokens), bool)
    framed[1:-1] = np.isin(tokens.word[:-2], [words(each) for each in _BEFORE]) & np.isin(
        tokens.word[2:], [words(each) for each in _AFTER]
    )
    capital = tokens.capital & ~tokens.shouted & ~tokens.named & ~title
    score = (capital & name) * 2 + titled * 3 + (capital & agent) * 1 + (capital & framed) * 2
    told = np.flatnonzero(score >= 2)
    order = told[np.lexsort((told, -score[told], tokens.post[told]))]
    first = np.searchsorted(tokens.post[order], posts)
    names = []
    for post, at in zip(posts.tolist(), first.tolist(), strict=True):
        here = at < len(order) and tokens.post[order[at]] == post
        names.append(_spelt(reading, int(order[at]), bool(titled[order[at]])) if here else "")
    return names


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
