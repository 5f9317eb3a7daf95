"""What a feed's cursor remembers between two visits."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

# Some servers answer 304 for ever: once a day the whole feed is asked for.
_TRUST_IN_304 = timedelta(hours=24)


class Visits:
    """Of each feed its validators, and when it was last read whole."""

    def __init__(self, cursor: str | None, urls: list[str]) -> None:
        known = _load(cursor)
        keys = {_key(url) for url in urls}
        self._seen: dict[str, dict[str, str]] = {
            key: visit for key, visit in known.items() if key in keys and isinstance(visit, dict)
        }

    def conditions(self, url: str, now: datetime) -> dict[str, str]:
        """Return the headers that ask for changes only."""
        visit = self._seen.get(_key(url), {})
        try:
            read_at = datetime.fromisoformat(visit.get("read_at", ""))
        except ValueError:
            return {}
        if not timedelta(0) <= now - read_at < _TRUST_IN_304:
            return {}
        names = {"if-none-match": "etag", "if-modified-since": "last_modified"}
        return {header: visit[name] for header, name in names.items() if visit.get(name)}

    def note(self, url: str, headers: Mapping[str, str], now: datetime, whole: bool) -> None:
        """Remember a feed that was read; one that broke off is asked for again as a whole."""
        validators = {
            "etag": headers.get("etag", ""),
            "last_modified": headers.get("last-modified", ""),
        }
        sendable = {
            name: value
            for name, value in validators.items()
            if value.isascii() and value.isprintable() and 0 < len(value) < 500
        }
        self._seen[_key(url)] = {"read_at": now.isoformat(), **sendable} if whole else {}

    def cursor(self) -> str:
        """Return all of it as the opaque text that is stored."""
        return json.dumps(self._seen, sort_keys=True)


def _load(cursor: str | None) -> dict[str, Any]:
    try:
        known = json.loads(cursor or "{}")
    except ValueError:
        return {}
    return known if isinstance(known, dict) else {}


def _key(url: str) -> str:
    """Return a name for an address that gives none of its secrets away."""
    return sha256(url.encode()).hexdigest()[:16]
