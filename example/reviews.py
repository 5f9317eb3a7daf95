"""The shops' reviews as files, which is how review sites hand them out.

The shops by the sea keep theirs as JSON lines, the others as a CSV with the byte order mark that
spreadsheets write. `reviews/` holds both as they are at the end of the week.
"""

import csv
import json
from pathlib import Path

from example.texts import Text
from example.world import World

FILES = Path(__file__).parent / "reviews"
FIELDS = ("id", "published_at", "author", "outlet", "rating", "title", "text")
_BY_THE_SEA = {"Foxglove Port Ellery", "Foxglove Saltmarsh", "Foxglove Harrow Quay"}


def write_reviews(world: World, folder: Path) -> None:
    """Write what has been reviewed by now to `coast.jsonl` and `inland.csv`, oldest first."""
    reviews = world.shown("reviews")[::-1]
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "coast.jsonl").open("w", encoding="utf-8", newline="\n") as lines:
        for review in reviews:
            if review.outlet in _BY_THE_SEA:
                lines.write(json.dumps(_row(review), ensure_ascii=False) + "\n")
    with (folder / "inland.csv").open("w", encoding="utf-8-sig", newline="") as table:
        writer = csv.DictWriter(table, FIELDS, lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(_row(review) for review in reviews if review.outlet not in _BY_THE_SEA)


def _row(review: Text) -> dict[str, str | int | None]:
    when = review.published_at.isoformat() if review.published_at else ""
    found = (review.id, when, review.author, review.outlet)
    return dict(zip(FIELDS, (*found, review.rating, review.title, review.text), strict=True))
