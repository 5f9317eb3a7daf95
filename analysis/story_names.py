"""What stories are called: a story keeps its name for as long as it lives.

A story is looked for in two weeks of posts. When its first post is older than that, its other
posts are still known by the name they were told under.
"""

import hashlib
from collections.abc import Mapping

import pandas as pd

_SHORT, _LONG = 6, 12  # hex digits; more where two stories of a day would be alike


def story_names(
    rows: pd.DataFrame, label: "pd.Series[int]", kept: "pd.Series[bool]", known: Mapping[str, str]
) -> "pd.Series[str]":
    """Per row its story's name, "" where it is not kept; rows and their labels are in time order.

    `known` are names that posts were told under on earlier days. A story goes on under that of
    its earliest post that has one; where a story fell apart, the part with the earliest post
    does. Any other is named by the day, in UTC, and a hash of its first post.
    """
    days = rows["dated_at"].dt.strftime("%Y-%m-%d")
    told = list(zip(label[kept], days[kept], rows["post_id"][kept], strict=True))
    names: dict[int, str] = {}
    taken: set[str] = set()
    for number, _, post in told:
        name = known.get(post, "")
        if name and number not in names and name not in taken:
            names[number] = name
            taken.add(name)
    for number, day, post in told:
        if number not in names:
            names[number] = _new(day, post, taken)
            taken.add(names[number])
    found = [names[n] if keep else "" for n, keep in zip(label, kept, strict=True)]
    return pd.Series(found, rows.index, dtype="str")


def _new(day: str, post: str, taken: set[str]) -> str:
    digest = hashlib.sha256(post.encode("utf-8", "surrogatepass")).hexdigest()
    short = f"{day}-{digest[:_SHORT]}"
    return f"{day}-{digest[:_LONG]}" if short in taken else short
