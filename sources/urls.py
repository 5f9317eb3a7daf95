"""Addresses: without their secrets, and only the kind that is safe to click."""

import re
from urllib.parse import parse_qsl, quote, urljoin, urlsplit, urlunsplit

UNREADABLE = "(unreadable address)"

# Names of query parameters whose values open something: whole words, or endings such as
# "access_token" and "apikey". "keyword" and "q" are what a person searched for and stay.
_SECRET_NAME = re.compile(
    r"""(?:^|[_.\-])
        (?:feed|user(?:name|id)?|api|auth\w*|sig|signature|session|sid|code|hash|pwd|pass\w*|jwt)
        (?:$|[_.\-])
      | key(?:id)?$ | ^key[_.\-] | token | secret | passw | credential | signature""",
    re.IGNORECASE | re.VERBOSE,
)

_BREAKS_OUT = re.compile(r"""[\x00-\x20\x7f"<>\\^`{|}]""")  # of an attribute or a chat's link


def redact(url: str) -> str:
    """Return an address fit for messages, logs and tables: no password, no key, no fragment."""
    try:
        parts = urlsplit(url)
        host = _host(parts.netloc)
    except ValueError:
        return UNREADABLE
    query = "&".join(
        f"{quote(name, safe='')}={'***' if _SECRET_NAME.search(name) else quote(value, safe='')}"
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
    )
    return urlunsplit((parts.scheme, host, parts.path, query, ""))


def host_of(url: str) -> str:
    """Return the host of an address in lower case, "" where it has none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def web_link(link: str, base: str = "") -> str:
    """Return an http(s) link, made absolute and without credentials; "" for any other scheme."""
    try:
        parts = urlsplit(urljoin(base, link.strip()))
        if not link.strip() or parts.scheme not in ("http", "https") or not parts.hostname:
            return ""
        clickable = urlunsplit(parts._replace(netloc=_host(parts.netloc)))
    except ValueError:
        return ""
    return _BREAKS_OUT.sub(lambda found: quote(found[0]), clickable)


def _host(netloc: str) -> str:
    return netloc.rpartition("@")[2]
