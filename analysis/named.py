"""The employee a text names: "Dana at the desk", "thanks to Priya", "Dr Osei"."""

from typing import NamedTuple

import numpy as np

from analysis.arrays import Flags, Ints
from analysis.compiled import compiled
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
_IS_BEFORE, _IS_AFTER, _TITLE, _IS_NEVER, _NOT_THEIR, _AT_DESK = (
    1 << number for number in range(len(_LISTS))
)
_SURE = 2


class _Words(NamedTuple):
    """What is asked of each word; the last two have three words more."""

    number: Ints  # in the vocabulary
    sentence: Ints
    capital: Flags
    known: Flags  # in capitals, or the brand's name
    strange: Flags  # in no list, so hardly a common word
    name: Flags  # of the names known
    behind: Flags  # behind one of the staff
    place: Flags  # a place of work, or who works there


def persons(reading: Reading, posts: Ints) -> list[str]:
    """The name told in each of these posts, "" where none is."""
    tokens = reading.tokens
    words = _Words(
        tokens.word,
        tokens.sentence,
        tokens.capital,
        tokens.shouted | tokens.named,
        reading.word == 0,
        _flagged(reading, "name"),
        _flagged(reading, "agent", after=True),
        _flagged(reading, *_WORK),
    )
    lists = reading.lexicon.vocabulary.trait(_lists)
    place, titled = _named(words, lists, tokens.post_first, posts)
    return [
        _spelt(reading, word, has_title) if word >= 0 else ""
        for word, has_title in zip(place.tolist(), titled.tolist(), strict=True)
    ]


def _flagged(reading: Reading, *roles: str, after: bool = False) -> Flags:
    """Per word and three more: one of the roles begins there, or has ended just before."""
    flags = np.zeros(len(reading.tokens) + 3, bool)
    for role in roles:
        spans = reading.spans(role)
        flags[spans.after if after else spans.begin] = True
    return flags


def _lists(word: str) -> int:
    return sum(1 << number for number, words in enumerate(_LISTS) if word in words)


@compiled
def _named(words: _Words, lists: Ints, first: Ints, posts: Ints) -> tuple[Ints, Flags]:
    """Per post: the word that most surely names somebody or -1, and whether a title is before it.

    `lists` are those of each word of the vocabulary, `first` is the first word of each post.
    """
    number, sentence, capital, known, strange, name, behind, place = words
    told, has_title = np.full(len(posts), -1), np.zeros(len(posts), np.bool_)
    for row in range(len(posts)):
        best = _SURE - 1
        for word in range(first[posts[row]], first[posts[row] + 1]):
            if not capital[word]:
                continue
            before, after = _listed(lists, number, word - 1), _listed(lists, number, word + 1)
            mine = _listed(lists, number, word)
            titled = before & _TITLE and not _listed(lists, number, word - 2) & _NOT_THEIR
            score = 3 if titled else 0
            score += 2 * name[word]
            if before & _IS_BEFORE and after & _IS_AFTER:
                score += 2
            if strange[word] and (
                behind[word]
                or (
                    after & _AT_DESK
                    and (place[word + 2] or place[word + 3])
                    and sentence[min(word + 2, len(sentence) - 1)] == sentence[word]
                )
            ):
                score += 2
            is_other = known[word] or mine & (_TITLE | _IS_NEVER) or before & _NOT_THEIR
            if score > best and (titled or not is_other):
                best, told[row], has_title[row] = score, word, titled
    return told, has_title


@compiled
def _listed(lists: Ints, number: Ints, word: int) -> int:
    """The lists that a word is in; of none outside the batch."""
    return lists[number[word]] if 0 <= word < len(number) else 0


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
