"""Authors as stable pseudonyms: the same person is told apart, and not told."""

import hmac
from functools import lru_cache

import pandas as pd


def pseudonyms(sources: pd.Series, authors: pd.Series, key: bytes) -> pd.Series:
    """A pseudonym per author of a platform, the same in all tables made with the key.

    An unknown author stays empty.
    """
    which, people = pd.factorize(sources + ":" + authors)
    known = pd.Series([_pseudonym(person, key) for person in people], dtype="str")
    return known.take(which).set_axis(authors.index).where(authors != "", "")


@lru_cache(maxsize=50_000)  # some MB; the same people write on many days
def _pseudonym(person: str, key: bytes) -> str:
    digest = hmac.digest(key, person.encode("utf-8", "surrogatepass"), "sha256")
    return f"author-{digest.hex()[:8]}"
