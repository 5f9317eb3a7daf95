"""Which links may be offered to a click."""

import re
from urllib.parse import quote, urlsplit

import pandas as pd

_LONGEST = 300  # a longer one fills a phone's screen; the tables hold it
_HOST = re.compile(r"[a-z0-9.-]+")
_KEPT = "/%:=+,;&$.-~?"  # of a path or a query; the rest is written as %XX


def clickable(urls: pd.Series) -> pd.Series:
    """The http(s) links without blanks or control characters; empty text for the others."""
    plain = urls.str.match(r"(?i)https?://[^\s\x00-\x1f\x7f]+\Z")
    return urls.where(plain.fillna(False), "")


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
