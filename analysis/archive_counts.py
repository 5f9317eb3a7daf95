"""What `trends.daily` counts of a day, for all days of an archive at once and by numbers.

A day's group of sources is a part; a value of a dimension within a part is a row. Each has a number
that tells its place in order.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.arrays import Flags, Ints, distinct
from analysis.moment_counts import DIMENSIONS, SIDES, groups
from analysis.rates import NAN, with_rates
from analysis.reviewed import UNREVIEWED
from analysis.voices import voices
from data.dated_tables import DAILY
from data.frames import as_declared
from data.vocabulary import NOT_ASKED, Dimension, SourceGroup, Spike, Touchpoint, Verdict

_GROUPS = [str(group) for group in SourceGroup]
_READ = ["day", "kind", "verdict", "touchpoint", "reason", "place",
         "source", "author", "outlet", "found_by"]  # fmt: skip
_OF_EVERY_ROW = {
    "spike": Spike.MUTED.value,
    "compared_with": "an archive, compared with nothing",
    "coverage": NOT_ASKED,
    **{f"{side.value}_usual_{end}": NAN for side in SIDES for end in ("low", "high")},
    **UNREVIEWED,
}


def daily_counts(posts: pd.DataFrame) -> pd.DataFrame:
    """Schema DAILY of all days of the posts, without anything usual to compare it with.

    `posts` are judged ones with `place` and a categorical `day`, whose categories are in order.
    """
    counted = _Counted.of(posts.loc[posts["mention"], _READ])
    found = [counted.rows(dimension) for dimension in DIMENSIONS]
    rows = {name: np.concatenate([part[name] for part in found]) for name in found[0]}
    rank = np.repeat(np.arange(len(found)), [len(part["part"]) for part in found])
    order = np.lexsort((-rows["exceptional"], -rows["poor"], rank, rows["part"]))
    day, group = np.divmod(rows["part"][order], len(_GROUPS))
    days = posts["day"].cat.categories.to_numpy()
    told = {"date": days[day], "group": np.array(_GROUPS)[group]}
    told["dimension"] = np.array([dimension.value for dimension in DIMENSIONS])[rank[order]]
    table = pd.DataFrame(told | {name: row[order] for name, row in rows.items()} | _OF_EVERY_ROW)
    return as_declared(with_rates(table, table["mentions"] - table["unjudged"]), DAILY)


@dataclass(frozen=True)
class _Counted:
    """The posts that are counted."""

    posts: pd.DataFrame
    part: Ints
    parts: int
    voice: Ints  # of moments, else 0
    sides: dict[str, Flags]
    unjudged: Flags

    @classmethod
    def of(cls, posts: pd.DataFrame) -> "_Counted":
        """Posts with the columns _READ."""
        days, verdict = posts["day"].cat, posts["verdict"]
        kind, kinds = pd.factorize(posts["kind"])
        group = groups(kinds.to_series()).map(_GROUPS.index).to_numpy(np.int64)
        sides = {side.value: verdict.eq(side).to_numpy() for side in SIDES}
        voice, moment = np.zeros(len(posts), np.int64), np.logical_or(*sides.values())
        voice[moment] = pd.factorize(voices(posts[moment]))[0]
        return cls(
            posts,
            days.codes.to_numpy(np.int64) * len(_GROUPS) + group[kind],
            len(days.categories) * len(_GROUPS),
            voice,
            sides,
            verdict.eq(Verdict.UNJUDGED).to_numpy(),
        )

    def rows(self, dimension: Dimension) -> dict[str, np.ndarray]:
        """Of each part the whole, or the values that its moments tell: its rows, in order."""
        if dimension == Dimension.ALL:
            words, row = pd.Index([""]), self.part
            told = np.arange(self.parts)
        else:
            value, words = pd.factorize(self.posts[dimension.value], sort=True)
            row = self.part * len(words) + value
            known = ~words.isin(["", Touchpoint.UNKNOWN])[value]
            told = distinct(row[known & np.logical_or(*self.sides.values())])
        part, value = np.divmod(told, max(len(words), 1))
        of_place = dimension == Dimension.PLACE  # of others the mentions of the part are told
        all_of, asked = (row, told) if of_place else (self.part, part)
        counts = {
            "mentions": _count(all_of, asked),
            "unjudged": _count(all_of[self.unjudged], asked),
        }
        for side, mine in self.sides.items():
            people = distinct(row[mine] * len(row) + self.voice[mine]) // max(len(row), 1)
            counts[side] = _count(row[mine], told)
            counts[f"{side}_authors"] = _count(people, told)
        return {"part": part, "value": words.to_numpy(object)[value], **counts}


def _count(rows: Ints, asked: Ints) -> Ints:
    """How often each row that is asked for is there."""
    rows = np.sort(rows)
    return np.searchsorted(rows, asked, "right") - np.searchsorted(rows, asked, "left")
