"""Which links may be offered to a click."""

import pandas as pd


def clickable(urls: pd.Series) -> pd.Series:
    """The http(s) links without blanks or control characters; empty text for the others."""
    plain = urls.str.match(r"(?i)https?://[^\s\x00-\x1f\x7f]+\Z")
    return urls.where(plain.fillna(False), "")
