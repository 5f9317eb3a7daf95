"""`make docs`: writes the parts of docs/ that are generated from the code."""

import json
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from flows.judges import WatchedJudge
from flows.routes import DigestTimes, WatchedRoute
from flows.watchlist import WatchedBrand, Watchlist, watchlist_model
from reports.catalogue import catalogue
from reports.replace import replace
from sources.registry import SOURCES

DOCS = Path(__file__).resolve().parent.parent / "docs"
_INTRODUCTION = """# The watchlist

`watchlist.toml` says which brands are watched, through which sources, and where the tables go.
Relative paths start at the file's own folder. Secrets stand in it only as `env:NAME` and are read
from the environment when a source is asked. A key that is not listed here is a mistake, and all
mistakes are told at once. Editors that know JSON Schema can check it as you type:
[watchlist.schema.json](watchlist.schema.json). This page is generated (`make docs`)."""


def generated() -> dict[str, str]:
    """The generated files of docs/, by name."""
    schema = watchlist_model().model_json_schema()
    return {
        "tables.md": catalogue(),
        "watchlist.md": "\n\n".join(_watchlist()) + "\n",
        "watchlist.schema.json": json.dumps(schema, indent=2, sort_keys=True) + "\n",
    }


def _watchlist() -> Iterator[str]:
    yield _INTRODUCTION
    yield "## At the top\n\n" + _keys(Watchlist, ("brands", "sources", "routes", "judge"))
    yield "## Each `[[brands]]`\n\n" + _keys(WatchedBrand, ("digest",))
    yield (
        "### `digest` of a brand\n\nWhen its summaries are sent to the routes that take them, such "
        'as `digest = { hour = 8, weekday = "friday" }`; all in the brand\'s time zone.\n\n'
        + _keys(DigestTimes)
    )
    yield (
        "## Each `[[sources]]`\n\nA `name` of your own (lower case, unique; tables and alerts use "
        "it), a `kind`, and the kind's keys:"
    )
    for kind, source in SOURCES.items():
        about = (source.__doc__ or "").strip().splitlines()[0]
        yield f'### `kind = "{kind}"`\n\n{about}\n\n{_keys(source.Options)}'
    yield (
        "## Each `[[routes]]`\n\nWho is told what, see [alerts.md](alerts.md). A watchlist without "
        "routes tells nobody.\n\n" + _keys(WatchedRoute)
    )
    yield (
        "## `[judge]`\n\nWho judges. Without it, or with its defaults, the judge that ships; see "
        "[judging.md](judging.md).\n\n" + _keys(WatchedJudge)
    )


def _keys(model: type[BaseModel], without: tuple[str, ...] = ()) -> str:
    rows = ["| key | value | default | meaning |", "|---|---|---|---|"]
    for name, field in model.model_fields.items():
        if name not in without:
            meaning = (field.description or "").replace("|", "\\|")
            rows.append(
                f"| `{name}` | {_value(field.annotation)} | {_default(field)} | {meaning} |"
            )
    return "\n".join(rows)


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "needed"
    default = field.get_default(call_default_factory=True)
    if default in (None, (), ""):
        return ""
    return f"`{json.dumps(str(default) if isinstance(default, Path) else default)}`"


def _value(annotation: Any) -> str:
    """The type in a reader's words."""
    if annotation is SecretStr:
        return "`env:NAME`"
    if get_origin(annotation) is Literal:
        return " or ".join(f'`"{word}"`' for word in get_args(annotation))
    if get_origin(annotation) in (Union, types.UnionType):
        return " or ".join(_value(a) for a in get_args(annotation) if a is not type(None))
    if get_origin(annotation) in (tuple, list, frozenset):
        return f"list of {_value(get_args(annotation)[0])}"
    if get_origin(annotation) is not None and get_args(annotation):
        return _value(get_args(annotation)[0])
    words = {str: "text", bool: "true or false", int: "number", float: "number", Path: "path"}
    return words.get(annotation, "text")


if __name__ == "__main__":
    for name, text in generated().items():
        replace(DOCS / name, text.encode())
