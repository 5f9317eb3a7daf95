"""`moments look`, where nobody can be reached."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from flows import looking
from flows.exits import Exit


def test_when_no_source_answers_nothing_is_said_of_the_brand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = {"allowed_hosts": ["127.0.0.1"], "url": "http://127.0.0.1:9/search.rss?q={query}"}
    monkeypatch.setattr(looking, "KEYLESS", ({"name": "nobody", "kind": "feed", **here},))
    out, err = (Console(file=io.StringIO(), width=200) for _ in range(2))
    assert looking.look_at("Foxglove", tmp_path, out, err) is Exit.ALL_SOURCES_FAILED
    assert out.file.getvalue() == (  # type: ignore[attr-defined]
        "No source answered: what is said of Foxglove is not known.\n"
    )
    assert "nobody: failed. 127.0.0.1" in err.file.getvalue()  # type: ignore[attr-defined]
