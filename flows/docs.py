"""`make docs`: writes the parts of docs/ that are generated from the code."""

import json
from pathlib import Path

from flows.watchlist import watchlist_model
from reports.catalogue import catalogue
from reports.replace import replace

DOCS = Path(__file__).resolve().parent.parent / "docs"


def generated() -> dict[str, str]:
    """The generated files of docs/, by name."""
    schema = watchlist_model().model_json_schema()
    return {
        "tables.md": catalogue(),
        "watchlist.schema.json": json.dumps(schema, indent=2, sort_keys=True) + "\n",
    }


if __name__ == "__main__":
    for name, text in generated().items():
        replace(DOCS / name, text.encode())
