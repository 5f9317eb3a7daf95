"""A salon's story as rows of schema JUDGED, as far as grouping and replies read it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pandas as pd

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
UNTIL = NOON + timedelta(days=7)
SALON = (
    "Foxglove salon, Port Ellery: the owner shouted at a mother because her autistic boy was "
    "crying at the clippers. They left with half a haircut and nobody stopped it."
)
HEADLINE = "Mother says salon owner shouted at autistic son in Port Ellery Foxglove"


def window(*rows: dict[str, Any]) -> pd.DataFrame:
    """Rows of schema JUDGED, as far as grouping reads it; a row a minute from noon."""
    plain = {
        "source": "reddit", "kind": "post", "url": "", "title": "", "text": "", "outlet": "",
        "mention": True, "verdict": "poor", "teller": "customer", "deleted": False,
        "parent_id": None, "thread_id": None, "score": pd.NA, "replies": pd.NA, "shares": pd.NA,
    }  # fmt: skip
    table = pd.DataFrame(
        [
            plain
            | {"post_id": f"p{n}", "author": f"author {n}", "dated_at": NOON + timedelta(minutes=n)}
            | row
            for n, row in enumerate(rows)
        ]
    )
    table["dated_at"] = pd.to_datetime(table["dated_at"], utc=True).dt.as_unit("us")
    for name in ("score", "replies", "shares"):
        table[name] = table[name].astype("Int64")
    return table


def comment(on: str, text: str, **more: Any) -> dict[str, Any]:
    return {"kind": "comment", "parent_id": on, "thread_id": "p0", "text": text, **more}
