"""One self-contained HTML file: everything inline, nothing fetched, nothing of a stranger's run."""

import hashlib
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports.locales import count, number
from reports.page.words import said

_FOLDER = Path(__file__).with_name("templates")


def document(
    template: str, styles: Sequence[str], script: str = "", speaks: bool = False, **told: object
) -> bytes:
    """The template filled; `styles` and `script` name the files that are set into it.

    Every value is escaped, and the page's policy lets nothing run or load but these files; one
    that `speaks` may ask the server it came from.
    """
    css, js = "".join(map(_file, styles)), _file(script)
    ours = {"policy": _policy(css, js, speaks), "style": Markup(css), "script": Markup(js)}
    text = _templates().get_template(template).render(**ours, **told)
    return text.encode("utf-8", "replace")


def _policy(css: str, js: str, speaks: bool) -> str:
    """The content security policy: the inline files by their hashes, and no address at all."""
    rules = ["default-src 'none'", f"style-src {_hash(css)}", "img-src data:"]
    rules += [f"script-src {_hash(js)}"] if js else []
    rules += ["connect-src 'self'"] if speaks else []
    rules += ["base-uri 'none'", "form-action 'none'"]
    rules += ["require-trusted-types-for 'script'", "trusted-types 'none'"]
    return "; ".join(rules)


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _file(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8") if name else ""


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"said": said, "count": count, "number": number}
    return environment
