"""Bytes of unknown honesty into text.

Declarations lie in known ways: UTF-8 declared as Latin-1 or ASCII, one bad byte in good UTF-8,
Latin-1 declared as UTF-8, a charset nobody has heard of. Nothing here raises.
"""

import codecs
import re

_BOMS = (  # the longer ones first: UTF-32's begins like UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
)
_STARTS = (  # "<" or "<?" without a byte order mark
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00<", "utf-16-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x4c\x6f\xa7\x94", "cp037"),
)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
_LATIN = {"ascii", "iso8859-1", "cp1252"}  # what servers say when nobody told them
_ALIASES = {"gb2312": "gb18030", "iso8859-1": "cp1252", "ascii": "cp1252"}  # supersets, as in HTML

# Above this share of undecodable bytes among the non-ASCII ones, the text is not UTF-8 with
# accidents but something else.
_ACCIDENTS = 0.2


def decode(body: bytes, charset: str | None = None) -> str:
    """Return the text of a body; `charset` is what the transport declared."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    for start, name in _STARTS:
        if body.startswith(start):
            return body.decode(name, "replace")
    declared = _known(charset) or _known(_declared(body)) or "utf-8"
    if declared.startswith(("utf-16", "utf-32")):  # it begins like neither
        declared = "utf-8"
    if declared in _LATIN or declared == "utf-8":
        return _utf8_or_latin(body)
    try:
        return body.decode(_ALIASES.get(declared, declared))
    except UnicodeDecodeError:
        return _utf8_or_latin(body)


def is_utf8(body: bytes) -> bool:
    """Return whether a body is UTF-8, be it cut in the middle of a character."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(body)
    except UnicodeDecodeError:
        return False
    return True


def _utf8_or_latin(body: bytes) -> str:
    """Latin text is practically never valid UTF-8 by chance, so what decodes is believed."""
    text = body.decode("utf-8", "replace")
    if is_utf8(body):
        return text
    others = sum(byte >= 0x80 for byte in body[:1_000_000])
    bad = text[:1_000_000].count("\ufffd")
    return text if bad <= _ACCIDENTS * others else body.decode("cp1252", "replace")


def _declared(body: bytes) -> str | None:
    found = _DECLARED.match(body.lstrip()[:300])
    return found[1].decode("ascii") if found else None


def _known(name: str | None) -> str | None:
    try:
        codec = codecs.lookup(name or "")
    except (LookupError, ValueError):
        return None
    return codec.name if codec._is_text_encoding else None
