"""The page on which an analyst goes through a day's moments by keyboard."""

from dataclasses import dataclass

from data.vocabulary import Verdict
from reports.locales import day_name
from reports.page.document import document
from reports.page.rows import Row, rows
from reports.page.shown import Shown
from reports.page.words import clean

KEYS = {Verdict.EXCEPTIONAL.value: "e", Verdict.POOR.value: "p", Verdict.NEITHER.value: "n"}


@dataclass(frozen=True, slots=True)
class Case:
    """A moment to be looked at: what is told of it, its whole words, what was said of it before."""

    post_id: str
    row: Row
    words: str
    verdict: str
    note: str


def review_page(shown: Shown) -> bytes:
    """The page; it loads nothing and speaks only to the server that it came from."""
    told, more = rows(shown)
    posts = shown.posts.set_index("post_id")
    words = dict(zip(posts.index, posts["title"] + " " + posts["text"], strict=True))
    cases = [
        Case(
            str(moment.post_id),
            row,
            clean(words.get(moment.post_id, "")),
            str(moment.analyst_verdict),
            str(moment.note),
        )
        for row, moment in zip(told, shown.moments.itertuples(), strict=False)
    ]
    return document(
        "review.html",
        styles=("base.css", "review.css"),
        script="review.js",
        speaks=True,
        brand=clean(shown.brand),
        day_name=day_name(shown.day),
        cases=cases,
        more=more,
        keys=KEYS,
    )
