"""What holds for every source: its contract, and its saved pages read as they were before.

`python -m tests.test_sources` writes the expectation of each page anew; look at the difference.
"""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from data.records import RawPage
from sources import registry
from sources.contract import Source, nothing_new
from sources.errors import SourceError
from sources.registry import SOURCES

PAGES = Path(__file__).parent / "pages"
AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
OPTIONS: dict[str, dict[str, Any]] = {
    "feed": {"url": "https://harbourgazette.example/rss"},
    "reddit": {"client_id": "x", "client_secret": "y"},
    "files": {"paths": ["reviews"]},
}
MEDIA_TYPES = {
    ".xml": "application/xml",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".csv": "text/csv",
}
SAVED = sorted(path for path in PAGES.glob("*/*") if not path.name.endswith(".expected.json"))


def open_source(kind: str) -> Source:
    source = SOURCES[kind]
    return source(source.Options(**OPTIONS[kind]))


def reading(path: Path) -> dict[str, Any]:
    """Read a saved page into what its expectation holds."""
    url = f"https://harbourgazette.example/rss/{path.name}"
    page = RawPage(url, path.read_bytes(), MEDIA_TYPES[path.suffix], AT, "{}")
    try:
        posts = open_source(path.parent.name).parse(page)
    except SourceError as error:
        return {"error": str(error), "outcome": error.outcome}
    rows = [{**asdict(post), "post_id": post.post_id} for post in posts]
    found: dict[str, Any] = json.loads(json.dumps({"posts": rows}, default=str))
    return found


def expectation(path: Path) -> Path:
    return path.with_name(f"{path.stem}.expected.json")


@pytest.mark.parametrize("path", SAVED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_saved_page_is_read_as_expected(path: Path) -> None:
    expected = json.loads(expectation(path).read_text("utf-8"))
    assert reading(path) == expected


def test_every_expectation_has_its_page_and_every_source_some_pages() -> None:
    expected = set(PAGES.glob("*/*.expected.json"))
    assert expected == {expectation(path) for path in SAVED}
    assert {path.parent.name for path in SAVED} == set(OPTIONS) == set(SOURCES)


@pytest.mark.parametrize("path", SAVED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_is_read_can_be_written_anywhere(path: Path) -> None:
    for post in reading(path).get("posts", []):
        for value in post.values():
            if isinstance(value, str):
                value.encode("utf-8")
                assert not set(value) & {"\x00", "\x07", "\x1b", "\ufffe"}
        assert post["url"] == "" or post["url"].startswith(("http://", "https://"))
        assert "\n" not in post["title"] + post["author"] + post["outlet"]


@pytest.mark.parametrize("kind", SOURCES)
def test_a_source_is_what_the_contract_says(kind: str) -> None:
    source = open_source(kind)
    assert isinstance(source, Source)
    assert source.kind == kind
    assert source.parse(nothing_new("https://x.example/", AT, "{}", "")) == []


@pytest.mark.parametrize("kind", SOURCES)
def test_unknown_options_are_refused_and_every_option_is_described(kind: str) -> None:
    options = SOURCES[kind].Options
    with pytest.raises(ValidationError):
        options(**OPTIONS[kind], colour="blue")
    assert all(field.description for field in options.model_fields.values())


def test_secrets_do_not_show_in_options_or_their_mistakes() -> None:
    options = SOURCES["reddit"].Options(client_id="x", client_secret="hush")
    assert "hush" not in repr(options)
    with pytest.raises(ValidationError) as caught:
        SOURCES["reddit"].Options(client_id="x", client_secret=["hush"])
    assert "hush" not in str(caught.value)


def test_a_package_can_add_a_source_but_not_break_or_replace_ours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    points = [
        EntryPoint("files", "sources.files:Files", registry.GROUP),
        EntryPoint("missing", "no_such_package:Source", registry.GROUP),
        EntryPoint("mislabelled", "sources.files:Files", registry.GROUP),
    ]
    monkeypatch.setattr(registry, "entry_points", lambda group: points)
    assert set(registry._added()) == {"files"}


if __name__ == "__main__":
    for saved in SAVED:
        text = json.dumps(reading(saved), indent=1, ensure_ascii=False)
        expectation(saved).write_text(text + "\n", encoding="utf-8")
