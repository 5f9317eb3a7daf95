"""Where a post's moment happened, as far as the post or its community tells."""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from data.records import Brand
from data.vocabulary import Kind

TOLD_IN = ("title", "text", "outlet", "kind")


def with_places(posts: pd.DataFrame, places: Sequence[str] = ()) -> pd.DataFrame:
    """The frame with a column `place` added; same rows, same order.

    The first of the brand's named places that the title, text or outlet names ("Port Ellery";
    "r/portellery" names it too). Where none is named: the community of a post or the shop of a
    review, and nothing for an article, since its outlet is not where it happened.
    """
    named = _named(posts, places)
    own = posts["outlet"].where(posts["kind"] != Kind.ARTICLE, "")
    return posts.assign(place=named.where(named != "", own).astype("str"))


def left_at(posts: pd.DataFrame, brand: Brand) -> pd.Series:
    """Whether a post is a review left at a place that bears the brand's name."""
    names = [name.casefold() for name in (brand.name, *brand.aliases)]
    reviews = posts["kind"].eq(Kind.REVIEW)
    place, places = pd.factorize(posts["outlet"].where(reviews, ""))
    bears = [any(name in words.casefold() for name in names) for words in places]
    return reviews & np.array(bears, bool)[place]


def _named(posts: pd.DataFrame, places: Sequence[str]) -> pd.Series:
    found = pd.Series("", index=posts.index, dtype="str")
    if not places:
        return found
    words = posts["title"] + "\n" + posts["text"]
    outlets = posts["outlet"].map(_letters)
    # The words come before the community: a chain's Saltmarsh shop is told of in r/portellery too.
    for place in places:
        told = words.str.contains(rf"(?<!\w){re.escape(place)}(?!\w)", case=False, regex=True)
        found = found.mask(told & (found == ""), place)
    for place in places:
        told = outlets.str.contains(_letters(place), regex=False)
        found = found.mask(told & (found == ""), place)
    return found


def _letters(name: str) -> str:
    return re.sub(r"\W|_", "", name).casefold()
