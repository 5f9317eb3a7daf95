"""Feed documents made fit for a parser: repaired where strangers break XML, cut where it ends.

Each repair is linear in the document's length and leaves a well-formed one as it is.
"""

import re

from sources.text import one_line, repair_references

# What XML forbids; the parsers stumble over it, and no writer of tables takes it either.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_STRAY_AMPERSAND = re.compile(r"&(?!(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{0,31});)")
_CDATA, _CDATA_END = "<![CDATA[", "]]>"

_ROOT = re.compile(r"<((?:[A-Za-z_][\w.-]*:)?(?:rss|feed|RDF|channel))(?=[\s>])", re.IGNORECASE)
_ITEM_END = re.compile(r"</(?:[A-Za-z_][\w.-]{0,40}:)?(?:item|entry)\s*>", re.IGNORECASE)
_ITEM = re.compile(r"<(?:[A-Za-z_][\w.-]{0,40}:)?(?:item|entry)(?=[\s>])", re.IGNORECASE)
_HTML = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{1,200})", re.IGNORECASE)
_FIRST_TAG = re.compile(r"<([A-Za-z_][\w.:-]{0,40})")


def repair(text: str) -> str:
    """Return the document without forbidden characters, with whole references and ampersands."""
    text = repair_references(_FORBIDDEN.sub("", text).lstrip())
    parts: list[str] = []
    here = 0
    while (start := text.find(_CDATA, here)) >= 0:
        end = text.find(_CDATA_END, start)
        end = len(text) if end < 0 else end
        parts += (_STRAY_AMPERSAND.sub("&amp;", text[here:start]), text[start:end])
        here = end
    return "".join((*parts, _STRAY_AMPERSAND.sub("&amp;", text[here:])))


def whole_part(text: str) -> tuple[str, bool]:
    """Return the part of a feed that arrived whole, and whether it broke off before its end.

    Of a feed without its closing tag only complete items are kept: half a text is not a text.
    """
    root = _ROOT.search(text, 0, 20_000)
    if root is None or f"</{root[1]}".lower() in text[root.end() :].lower():
        return text, False
    ends = [found.end() for found in _ITEM_END.finditer(text)]
    if ends:
        return text[: ends[-1]], True
    first = _ITEM.search(text)
    return (text[: first.start()] if first else text), True


def without_declarations(text: str) -> str:
    """Return the document without its DOCTYPE, whose entities some parsers choke on."""
    start = text.upper().find("<!DOCTYPE")
    if start < 0:
        return text
    inner, close = text.find("[", start), text.find(">", start)
    if 0 <= inner < close:
        close = text.find("]>", inner) + 1
    return text[:start] + text[close + 1 :] if close > 0 else text


def describe(text: str) -> str:
    """Return what a body that is no feed seems to be, for a sentence: "a web page (...)"."""
    text = text.strip()
    if not text:
        return "an empty body"
    if looks_like_html(text):
        title = _HTML_TITLE.search(text[:20_000])
        return f'a web page titled "{one_line(title[1])[:60]}"' if title else "a web page"
    if text[0] in "{[":
        return "JSON"
    if first := _FIRST_TAG.search(text[:20_000]):
        return f"XML of another kind (<{first[1]}>)"
    return "plain text"


def looks_like_html(text: str) -> bool:
    """Return whether a body starts as a web page does."""
    return bool(_HTML.match(text[:5000]))
