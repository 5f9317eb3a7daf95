"""What a spreadsheet's cell can hold, and what it would take a text for."""

import re

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.frames import arrow_of, texts_of

LONGEST = 32_767  # UTF-16 units; Excel loses what is beyond without a word
CUT = " … [cut here; posts.parquet has it whole]"

# A cell that starts so is a formula to a spreadsheet (OWASP, "CSV Injection").
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}"
_CLOCK = r"\d{1,4}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s*[ap]m?)?"
# What Excel or LibreOffice make a number, a date, a time, a truth or an error of, unasked.
_GUESSED = re.compile(
    rf"""(?ix) '* \s* (?:
      [(]? [$€£¥]? \s* [.,]? \d [\d.,'\s]* (?:e[-+]?\d+)? \s* [%$€£¥)]?     # 00123 1,000.50 1e5 12 %
    | (?:\d+\s+)? \d{{1,4}} \s* [-/.] \s* \d{{1,4}} (?: \s* [-/.] \s* \d{{1,4}} )? (?: [T,\s]+ {_CLOCK} )?
    | (?: \d{{1,4}} [\s.,/-]* )? {_MONTH} [\s.,/-]* (?: \d [\d\s.,:/-]* )?  # Mar 1, 5 May 2026
    | {_CLOCK} | \d{{1,2}} \s* [ap]m?
    | true | false
    | \# (?: n/a | null! | ref! | name\? | value! | num! | div/0! )
    ) \s*"""  # noqa: E501
)
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_UNFIT = re.compile("[\ud800-\udfff\ufffe\uffff]")  # half an emoji
_DIGIT = re.compile(r"\d|(?i:true|false)|#")
# What may be either, for RE2: a formula's start, or without other letters than those of a guess.
_MAYBE = (
    rf"(?i)^(?:[' ]*[{re.escape(''.join(_FORMULA_STARTS))}]"
    rf"|(?:[^a-z]|e[-+]?\d|t|[ap]m?\b|{_MONTH}|true|false|n/a|null|ref|name|value|num|div)+$)"
)
_LONGEST_GUESSED = 40  # a longer one is taken for nothing


def inert(words: pd.Series) -> pd.Series:
    """The texts with an apostrophe before what a spreadsheet would run as a formula."""
    formula = words.str.lstrip(" ").str.startswith(_FORMULA_STARTS).fillna(False)
    return words.mask(formula, "'" + words)


def guarded(words: pd.Series) -> pd.Series:
    """As `inert`, and before what it would take for a number, a date, True or an error.

    An apostrophe more also where such a text began with one, so that taking one away gives back
    what was written.
    """
    texts = arrow_of(words)
    maybe = pc.match_substring_regex(texts, _MAYBE)
    safe = [f"'{text}" if _is_taken(text) else text for text in texts.filter(maybe).to_pylist()]
    return texts_of(pc.replace_with_mask(texts, maybe, pa.array(safe, texts.type)), words.index)


def active(word: str) -> str:
    """A cell's text as it was before `guarded` or `inert`."""
    bare = word.lstrip("' ")
    guards = bare.startswith(_FORMULA_STARTS) or _is_guessed(bare)
    return word[1:] if guards and word.startswith("'") else word


def fitted(words: pd.Series) -> pd.Series:
    """The texts as a cell can hold them; what was too long ends where it says so."""
    long = arrow_of(words).fill_null("")
    long = pc.greater(pc.binary_length(long), LONGEST).to_numpy(zero_copy_only=False)
    return words.mask(long, words[long].map(_fitted)) if long.any() else words


def writable(words: pd.Series) -> pd.Series:
    """The texts without what no XML can hold; line breaks as a spreadsheet writes them."""
    lines = words.str.replace("\r\n", "\n", regex=False)
    return lines.str.replace(_UNFIT, "\ufffd", regex=True).str.replace(_CONTROLS, " ", regex=True)


def _is_taken(words: str) -> bool:
    """Whether a spreadsheet would run the words or make something else of them."""
    bare = words.lstrip("' ")
    is_short = 1 <= len(bare) <= _LONGEST_GUESSED
    return bare.startswith(_FORMULA_STARTS) or (is_short and _is_guessed(words))


def _is_guessed(words: str) -> bool:
    return bool(_GUESSED.fullmatch(words)) and bool(_DIGIT.search(words))


def _fitted(words: str) -> str:
    units = words.encode("utf-16-le", "replace")
    if len(units) <= 2 * LONGEST:
        return words
    return units[: 2 * (LONGEST - len(CUT))].decode("utf-16-le", "ignore") + CUT
