"""A real Chromium, as apt installs it; tests that need one are skipped where it is missing."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))), None)
needed = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: apt-get install chromium")


@contextmanager
def started() -> Iterator[Any]:
    """A Playwright browser."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    # Chromium's own sandbox cannot be had as root, as which containers often run.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()
