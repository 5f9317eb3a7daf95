"""Who tells: one voice per author, or per paper where an article names none."""

import pandas as pd


def voices(posts: pd.DataFrame) -> pd.Series:
    """A key per post, the same for all posts of an author on a platform.

    Where no author is known it is the outlet, else the source: twenty unsigned articles of one
    paper are one voice, not twenty and not none.
    """
    outlet = posts["outlet"].where(posts["outlet"] != "", posts["found_by"])
    author = posts["author"].where(posts["author"] != "", outlet)
    return posts["source"] + ":" + author
