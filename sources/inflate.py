"""Answer bodies under a cap that holds before and after decompression."""

import zlib
from collections.abc import Iterable, Iterator

ACCEPTED = "gzip, deflate"

_LAYERS_AT_MOST = 2  # a proxy may have compressed again what the server had compressed already


class TooLarge(Exception):
    """The body passes the cap."""


class Undecodable(Exception):
    """The body is not compressed in the way its headers say."""


class Incomplete(Exception):
    """The compressed body ends before its end."""


def read_body(chunks: Iterable[bytes], encodings: str, cap: int) -> bytes:
    """Return the whole body, decompressed as Content-Encoding says.

    Raises TooLarge as soon as either side of the decompression passes `cap` bytes, Undecodable,
    and Incomplete.
    """
    for name in _layers(encodings):
        chunks = _inflate(_capped(chunks, cap), name, cap)
    return b"".join(_capped(chunks, cap))


def _layers(encodings: str) -> list[str]:
    names = [name.strip().lower() for name in encodings.split(",")]
    names = [name for name in reversed(names) if name not in ("", "identity")]
    if len(names) > _LAYERS_AT_MOST:
        raise Undecodable(f"compressed {len(names)} times")
    for name in names:
        if name not in ("gzip", "x-gzip", "deflate"):
            raise Undecodable(f'compressed as "{name[:20]}", which was not asked for')
    return names


def _capped(chunks: Iterable[bytes], cap: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > cap:
            raise TooLarge
        yield chunk


def _inflate(chunks: Iterable[bytes], name: str, cap: int) -> Iterator[bytes]:
    inflater = zlib.decompressobj(zlib.MAX_WBITS | (16 if name.endswith("gzip") else 0))
    begun = False
    for chunk in chunks:
        if not begun and name == "deflate" and _is_raw_deflate(chunk):
            inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        begun = True
        while chunk and not inflater.eof:
            try:
                yield inflater.decompress(chunk, min(cap, 1 << 20))
            except zlib.error as error:
                raise Undecodable(f"not the {name} that its header announces") from error
            chunk = inflater.unconsumed_tail
    if begun and not inflater.eof:
        raise Incomplete


def _is_raw_deflate(start: bytes) -> bool:
    """Tell a bare deflate stream, which some servers send, from the zlib one of the standard."""
    return len(start) < 2 or start[0] & 0x0F != 8 or int.from_bytes(start[:2], "big") % 31 != 0
