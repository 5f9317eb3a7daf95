"""Native ids made of what a text says, and kept within what a database's index takes."""

from hashlib import sha256

LONGEST_ID = 300  # characters; databases index keys of some 2,700 bytes at most


def digest(*parts: str) -> str:
    """Return 16 hex digits for some texts, the same ones every time."""
    return sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


def bounded(native_id: str) -> str:
    """Return an id of at most 300 characters, the end of a longer one as its digest."""
    if len(native_id) <= LONGEST_ID:
        return native_id
    return f"{native_id[:200]}~{digest(native_id)}"
