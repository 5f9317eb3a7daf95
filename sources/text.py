"""Plain text out of what strangers publish: no markup, nothing that breaks a writer of files."""

import html
import re

import nh3

# Characters no XML, database or spreadsheet takes: C0 and C1 controls but tab and line feed,
# lone surrogates, noncharacters. (U+0085 and the separators below are line breaks.)
_UNWRITABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_LINE_BREAKS = re.compile("\r\n?|[\x85\u2028\u2029]")
_BLANKS = re.compile(r"[ \t\xa0]+")
_EMPTY_LINES = re.compile(r"\n{3,}")

_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_].*)?$", re.IGNORECASE)

_REFERENCES = re.compile(r"(?:&#(?:[xX][0-9a-fA-F]{1,8}|[0-9]{1,10});)+")
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));")

# "<3", "<!channel>", "<@U1>" and "<http://x|y>" are text; "<b>", "</o:p>" and comments are not.
_NOT_A_TAG = re.compile(
    r"<(?!/?[A-Za-z][A-Za-z0-9-]*(?::[A-Za-z][\w-]*)?[\s/>]|!--|!doctype|!\[CDATA\[|\?)",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[/A-Za-z!?]")
_PARAGRAPH = re.compile(r"</?(?:p|div|h[1-6]|ul|ol|blockquote|table|pre)\b[^<>]{0,500}>", re.I)
_BREAK = re.compile(r"<(?:br|hr|/li|/tr|/dt|/dd)\b[^<>]{0,500}>", re.IGNORECASE)
# What these hold would come out as its source text, tags and all.
_RAW_TEXT = re.compile(
    r"</?(?:iframe|noscript|noembed|noframes|xmp|plaintext|textarea)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)


def clean(text: str) -> str:
    """Return text without control characters and lone surrogates, its blanks tidied."""
    text = _UNWRITABLE.sub("", _LINE_BREAKS.sub("\n", text))
    lines = (_BLANKS.sub(" ", line).strip() for line in text.split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def one_line(text: str) -> str:
    """Return cleaned text on one line, as a title or a name must be."""
    return " ".join(clean(text).split())


def language_code(said: str) -> str | None:
    """Return the language of "en-GB" or "EN_us" as "en", None where it says none."""
    found = _LANGUAGE.match(said.strip())
    return found[1].lower() if found else None


def plain(markup: str) -> str:
    """Return the text of an HTML fragment; paragraphs and <br> become line breaks."""
    markup = _NOT_A_TAG.sub("&lt;", repair_references(markup))
    if _TAG.search(markup):
        markup = _LINE_BREAKS.sub("\n", markup).replace("\n", " ")
        markup = _BREAK.sub("\n", _PARAGRAPH.sub("\n\n", _RAW_TEXT.sub(" ", markup)))
        markup = nh3.clean(markup, tags=set(), attributes={})
    return clean(html.unescape(markup))


def repair_references(text: str) -> str:
    """Return text whose numeric character references are all of real characters.

    Emoji are often written as a surrogate pair of references, which no XML parser takes: pairs
    are joined, and what stands for no character becomes U+FFFD.
    """
    return _REFERENCES.sub(_repair_run, text)


def _repair_run(run: re.Match[str]) -> str:
    codes = [int(hexa, 16) if hexa else int(deci) for hexa, deci in _REFERENCE.findall(run[0])]
    if all(_is_character(code) for code in codes):
        return run[0]
    joined: list[int] = []
    for code in codes:
        if joined and 0xD800 <= joined[-1] < 0xDC00 <= code < 0xE000:
            joined[-1] = 0x10000 + ((joined[-1] - 0xD800) << 10) + (code - 0xDC00)
        else:
            joined.append(code)
    return "".join(f"&#{code if _is_character(code) else 0xFFFD};" for code in joined)


def _is_character(code: int) -> bool:
    if code < 0x20:
        return code in (0x09, 0x0A, 0x0D)
    return code < 0xD800 or 0xDFFF < code < 0xFFFE or 0xFFFF < code < 0x110000
