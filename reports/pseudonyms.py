"""Authors as stable pseudonyms: the same person is told apart, and not told."""

import hmac

import pandas as pd


def pseudonyms(sources: pd.Series, authors: pd.Series, key: bytes) -> pd.Series:
    """A pseudonym per author of a platform, the same in all tables made with the key.

    An unknown author stays empty.
    """
    people = sources + ":" + authors
    known = {person: _pseudonym(person, key) for person in people.unique()}
    return people.map(known).where(authors != "", "").astype("str")


def _pseudonym(person: str, key: bytes) -> str:
    digest = hmac.digest(key, person.encode("utf-8", "surrogatepass"), "sha256")
    return f"author-{digest.hex()[:8]}"
