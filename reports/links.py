"""Which links may be offered to a click."""

import re
from urllib.parse import quote, urlsplit

import pandas as pd
import pyarrow.compute as pc

from data.frames import arrow_of

_LONGEST = 300  # a longer one fills a phone's screen; the tables hold it
# For RE2, whose \s holds fewer blanks than Python's.
_PLAIN = (
    r"(?i)^https?://[^\x00-\x20\x7f\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}"
    r"\x{202f}\x{205f}\x{3000}]+$"
)
_HOST = re.compile(r"[a-z0-9.-]+")
_KEPT = "/%:=+,;&$.-~?"  # of a path or a query; the rest is written as %XX


def clickable(urls: pd.Series) -> pd.Series:
    """The http(s) links without blanks or control characters; empty text for the others."""
    plain = pc.match_substring_regex(arrow_of(urls), _PLAIN)
    return urls.where(pc.fill_null(plain, False).to_numpy(zero_copy_only=False), "")


def link(url: str, longest: int = _LONGEST) -> str:
    """The link as a message may hold it, empty where it may not or is longer.

    Its host is what it seems to be (no user before it, no letters that only look like others)
    and nothing in it is markup to a chat.
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode() if parts.hostname else ""
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        return ""
    if parts.scheme.lower() not in ("http", "https") or "@" in parts.netloc:
        return ""
    if not _HOST.fullmatch(host):
        return ""
    rest = quote(parts.path, safe=_KEPT)
    rest += f"?{quote(parts.query, safe=_KEPT)}" if parts.query else ""
    rest += f"#{quote(parts.fragment, safe=_KEPT)}" if parts.fragment else ""
    plain = f"{parts.scheme.lower()}://{host}{port}{rest}"
    return plain if len(plain) <= longest else ""
