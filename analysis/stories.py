"""Stories: the same event told by several posts, comments, reposts and articles.

window -> relevant rows -> thread, links, likeness -> groups -> facts of each story per row
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import numpy as np
import pandas as pd

from analysis.story import MOMENTS, Told, author_of
from analysis.story_grouping import Grouping
from analysis.story_links import links
from analysis.story_names import story_names
from analysis.story_words import Wording, folded_in
from analysis.text import compose
from data.records import Brand
from data.vocabulary import Kind, Teller

_DAY = timedelta(hours=24)
_NAMED_BY_HALF = 5  # mentions from which a word that half of them use is taken for the brand's name
_SYLLABLE = 3  # letters; shorter words stand in other names by chance


def with_stories(
    window: pd.DataFrame,
    until: datetime,
    brand: Brand | None = None,
    known: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """The window (schema JUDGED, rows dated before `until`) with the columns of a story added.

    story (`2026-11-03-1f6a2c`: day, in UTC, and hash of its first post; "" where nothing of a
    moment is told), story_first_seen, story_last_seen, story_posts, story_sources, in_press,
    reach, rising and story_why. Same rows, same order; any order of the input gives the same.
    `brand` tells which names say nothing; without it they are guessed from the mentions. `known`
    are the names of stories that posts, by post_id, were told under before.
    """
    rows = window.reset_index(drop=True).sort_values(["dated_at", "post_id"], kind="stable")
    grouping = _grouped(rows, brand)
    label = pd.Series(grouping.labels, rows.index, dtype="int64")
    kept = label.isin(label[rows["verdict"].isin(MOMENTS)])
    posts = rows["post_id"].to_list()
    why = pd.Series([why.told(posts) for why in grouping.why], rows.index, dtype="str")
    told = rows.assign(
        story=story_names(rows, label, kept, known or {}),
        story_why=why.where(kept, "").astype("str"),
    )
    return _with_facts(told, until).sort_index().set_axis(window.index)


def _grouped(rows: pd.DataFrame, brand: Brand | None) -> Grouping:
    texts = compose(list(rows["title"]), list(rows["text"]))
    wording = Wording.read(texts)
    parents = parents_of(rows)
    told = told_of(rows, texts, wording)
    alone = [parent < 0 for parent in parents]
    ignored = uninformative(rows, told, wording, brand)
    return Grouping(told, wording, parents, links(rows, texts, alone), ignored)


def told_of(rows: pd.DataFrame, texts: Sequence[str], wording: Wording) -> list[Told]:
    """The rows as grouping sees them."""
    columns = (rows[name] for name in ("kind", "source", "author", "teller", "verdict"))
    hours = rows["dated_at"].astype("int64") / 3.6e9
    places = _places(rows["outlet"], wording)
    return [
        Told(
            row, hour, kind, author_of(source, author, teller, kind), teller, verdict, text,
            words, frozenset(word for word in words if places.get(word, row + 1) <= row),
        )
        for row, (hour, kind, source, author, teller, verdict, text, words) in enumerate(
            zip(hours, *columns, texts, wording.telling, strict=True)
        )
    ]  # fmt: skip


def _places(outlets: "pd.Series[str]", wording: Wording) -> dict[int, int]:
    """Words that name a place, by number, and the first row whose community or paper bears it.

    Half of what a town talks about names the town, so it tells less than its rarity says. What
    only a later paper tells of a name must not part what was together.
    """
    first = {name: row for row, name in reversed([*enumerate(outlets)]) if name}
    towns = {name[2:].lower(): row for name, row in first.items() if name.startswith("r/")}
    run = " ".join(towns)
    inside = [word for word in wording.spelling if len(word) > _SYLLABLE and word in run]
    known = {word: min(row for name, row in towns.items() if word in name) for word in inside}
    for name, row in first.items():
        for word in folded_in(name):
            known[word] = min(row, known.get(word, row))
    return {number: known[word] for number, word in enumerate(wording.spelling) if word in known}


def parents_of(rows: pd.DataFrame) -> list[int]:
    """The row each comment answers; where that is unknown, its thread's first post we have."""
    at = {post: number for number, post in enumerate(rows["post_id"])}
    heads: dict[str, int] = {}
    parents = []
    pairs = zip(rows["parent_id"].fillna(""), rows["thread_id"].fillna(""), strict=True)
    for number, (parent, thread) in enumerate(pairs):
        first = heads.setdefault(thread, number) if thread else number
        known = at.get(parent, at.get(thread, first))
        parents.append(known if known < number else -1)
    return parents


def uninformative(
    rows: pd.DataFrame, told: Sequence[Told], wording: Wording, brand: Brand | None
) -> frozenset[int]:
    """The brand's own names, which every mention holds and which tell nothing."""
    if brand:
        return wording.numbers(folded_in(" ".join((brand.name, *brand.aliases))))
    uses = [row.words for row, about in zip(told, rows["mention"], strict=True) if about]
    if len(uses) < _NAMED_BY_HALF:
        return frozenset()
    counts = Counter(word for words in uses for word in words)
    return frozenset(word for word, count in counts.items() if count > len(uses) / 2)


def _with_facts(rows: pd.DataFrame, until: datetime) -> pd.DataFrame:
    key = rows["story"].where(rows["story"].ne(""), rows["post_id"])
    by = rows.groupby(key, sort=False)
    at = rows["dated_at"]
    reach = rows[["score", "replies", "shares"]].fillna(0).clip(lower=0).sum(axis=1)
    press = rows["kind"].eq(Kind.ARTICLE) & rows["teller"].ne(Teller.COMPANY)
    place = rows["source"] + "\n" + rows["outlet"]
    today = (at > until - _DAY).groupby(key).transform("sum")
    before = ((at > until - 2 * _DAY) & (at <= until - _DAY)).groupby(key).transform("sum")
    return rows.assign(
        story_first_seen=by["dated_at"].transform("min"),
        story_last_seen=by["dated_at"].transform("max"),
        story_posts=by["post_id"].transform("size").astype(np.int64),
        story_sources=place.groupby(key).transform("nunique").astype(np.int64),
        in_press=press.groupby(key).transform("any").astype(bool),
        reach=reach.groupby(key).transform("sum").astype(np.int64),
        rising=(today > before).astype(bool),
        story_why=rows["story_why"],
    )
