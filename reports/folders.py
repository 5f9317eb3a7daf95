"""Where the tables of a brand's day stand."""

import re
from datetime import date
from pathlib import Path


def folder_of(tables: Path, day: date | str, brand: str) -> Path:
    """The folder of a brand's day; the brand's name as a file name holds no separators."""
    name = re.sub(r"[^\w&+.-]+", "-", brand).strip("-.") or "brand"
    return tables / str(day) / name.lower()
