"""Docs that can fail: what is generated is as the code says, and what is named is there."""

import re
from pathlib import Path

import pytest

from flows.docs import DOCS, generated

ROOT = DOCS.parent


@pytest.mark.parametrize("name", sorted(generated()))
def test_a_generated_page_is_as_the_code_says(name: str) -> None:
    assert (DOCS / name).read_text("utf-8") == generated()[name], "run `make docs`"


@pytest.mark.parametrize("page", sorted(ROOT.glob("*.md")) + sorted(DOCS.glob("*.md")), ids=str)
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links {target}"
