"""What a table is declared to be is held at every door, and what is not so is told."""

from itertools import product

import pandas as pd
import pytest
import scipy

from analysis.rates import wilson
from data.columns import Schema, column, one_of, share, text
from data.errors import SchemaError
from data.frames import check, frame
from data.vocabulary import Verdict

DECLARED = Schema(
    "some",
    "A table of each sort of column.",
    {
        "verdict": one_of(Verdict, "A closed set."),
        "share": share("Between 0 and 1."),
        "rate": column("float64", "May be empty.", 0.5, nullable=True),
        "told": text("Words."),
    },
)
GOOD = frame([("poor", 0.5, None, "Nobody looked up."), ("neither", 1.0, 2.0, "")], DECLARED)


def test_a_table_as_declared_is_let_through() -> None:
    assert check(GOOD, DECLARED) is GOOD
    assert check(GOOD[:0], DECLARED).empty


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (GOOD.assign(verdict="bad"), "verdict in row 0 is 'bad'; verdict in row 1 is 'bad'"),
        (GOOD.assign(share=[0.5, 1.5]), "share in row 1 is 1.5"),
        (GOOD.assign(share=[0.5, None]), "share in row 1 is nan"),
        (GOOD.assign(rate=1), "rate holds int64, not float64"),
        (GOOD.assign(told=pd.Series([None, "x"], dtype="str")), "told in row 0 is nan"),
        (GOOD.assign(more=1), "its columns are .*told, more, not .*told"),
        (GOOD.drop(columns="told"), "its columns are verdict, share, rate, not "),
        (GOOD[["share", "verdict", "rate", "told"]], "its columns are share, verdict"),
    ],
)
def test_a_table_that_is_not_is_refused_and_what_is_wrong_is_told(
    bad: pd.DataFrame, told: str
) -> None:
    with pytest.raises(SchemaError, match=f"The table some is not as declared: {told}"):
        check(bad, DECLARED)


def test_the_intervals_are_those_of_scipy() -> None:
    for count, of in product(range(61), (1, 2, 7, 60, 1000)):
        if count <= of:
            interval = scipy.stats.binomtest(count, of).proportion_ci(method="wilson")
            ends = round(interval.low, 4), round(interval.high, 4)
            assert wilson(count, of) == (round(count / of, 4), *ends)
