"""What strangers may write: more than 500 texts that try to be something else than text."""

import json
from pathlib import Path

NAUGHTY = Path(__file__).resolve().parents[2] / "shared" / "hostile" / "blns" / "blns.json"

_OUT = (
    "", '"', "'", "`", '">', "'>", "/>", "-->", "]]>", "</td>", "</bdi></mark>", "</p></td></tr>",
    "</script>", "</style>", "</title>", "</textarea>", "</select>", "</svg>", "&quot;>", "\\",
)  # fmt: skip
_IN = (
    "<script>window.pwned=1</script>",
    "<script src=http://127.0.0.1:9/x.js></script>",
    "<SCRIPT\n>pwned=1</SCRIPT\n>",
    "<img src=x onerror=window.pwned=1>",
    "<img src=http://127.0.0.1:9/pixel.gif>",
    "<svg/onload=window.pwned=1>",
    "<svg><animate onbegin=window.pwned=1 attributeName=x dur=1s>",
    "<iframe srcdoc='<script>parent.pwned=1</script>'>",
    "<iframe src=javascript:parent.pwned=1>",
    "<a href=javascript:window.pwned=1>Read it</a>",
    "<a href=' &#106;avascript:window.pwned=1'>Read it</a>",
    "<base href=http://127.0.0.1:9/>",
    "<meta http-equiv=refresh content='0;url=http://127.0.0.1:9/'>",
    "<link rel=stylesheet href=http://127.0.0.1:9/x.css>",
    "<style>*{display:none;background:url(http://127.0.0.1:9/x)}</style>",
    "<b style=position:fixed;inset:0 onmouseover=pwned=1>x</b>",
    "<form action=http://127.0.0.1:9/><input name=q autofocus onfocus=pwned=1>",
    "<template shadowrootmode=open><script>pwned=1</script></template>",
    "<math><mtext><table><mglyph><style><img src=x onerror=pwned=1>",
    "<details open ontoggle=window.pwned=1>",
    "<object data=http://127.0.0.1:9/x></object><embed src=http://127.0.0.1:9/x>",
    "<video poster=http://127.0.0.1:9/x><source onerror=pwned=1></video>",
    "onmouseover=window.pwned=1 x=",
    "{{ 7*7 }}{% raw %}${7*7}#{7*7}<%= 7*7 %>",
    "&lt;script&gt;window.pwned=1&lt;/script&gt;",
    "javascript:window.pwned=1//https://example.org/",
)
_ODD = (
    "\u202egnp.exe\u202c \u2066\u2069\u2069 after",
    "\u2069\u202e turned round",
    "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031e\u0349\u035a\u032f "
    "a\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309",
    "W" * 4000,
    "https://example.org/" + "a" * 3000,
    "a\x00b\x1b[31mred\x07 \x85 \ufeff\ufffe",
    "line\r\nline\u2028line\u2029line",
    "\ufdfd" * 40,
    "العربية والنسخة العربية من التقرير",
    "👩‍👩‍👧‍👦 🏴‍☠️ 👍🏽",
    "=cmd|' /C calc'!A0",
    "#verdict=exceptional&story=x",
    "<!-- never closed",
    "<![CDATA[ never closed",
    "&#x3c;b&#x3e; &amp;amp; &nbsp;",
)


def payloads() -> list[str]:
    """Our own, and the Big List of Naughty Strings where it is at hand."""
    made = [out + inner for out in _OUT for inner in _IN]
    naughty = json.loads(NAUGHTY.read_text("utf-8")) if NAUGHTY.exists() else []
    return list(dict.fromkeys([*made, *_ODD, *(words for words in naughty if words.strip())]))


def posts() -> list[dict[str, object]]:
    """A poor or exceptional post of each, which says it in every field that a stranger fills."""
    return [
        {
            "title": words[:300], "text": words, "quote": words[:280], "author": words[:60],
            "outlet": words[:60], "person": words[:40], "url": words,
            "evidence": f'poor: rude "{words[:60]}" (+1.8)',
            "verdict": "exceptional" if n % 3 == 0 else "poor",
            "reason": "warm" if n % 3 == 0 else "rude",
        }
        for n, words in enumerate(payloads())
    ]  # fmt: skip
