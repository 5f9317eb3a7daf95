"""Authors as stable pseudonyms: the same person is told apart, and not told."""

import hmac
from functools import lru_cache

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.frames import arrow_of, texts_of

_COLON = pa.scalar(":", pa.large_string())


def pseudonyms(sources: pd.Series, authors: pd.Series, key: bytes) -> pd.Series:
    """A pseudonym per author of a platform, the same in all tables made with the key.

    An unknown author stays empty.
    """
    names = arrow_of(authors)
    people = pc.binary_join_element_wise(arrow_of(sources), names, _COLON).dictionary_encode()
    known = [_pseudonym(person, key) for person in people.dictionary.to_pylist()]
    shown = pa.array(known, names.type).take(people.indices)
    return texts_of(pc.if_else(pc.equal(names, ""), "", shown), authors.index)


@lru_cache(maxsize=50_000)  # some MB; the same people write on many days
def _pseudonym(person: str, key: bytes) -> str:
    digest = hmac.digest(key, person.encode("utf-8", "surrogatepass"), "sha256")
    return f"author-{digest.hex()[:8]}"
