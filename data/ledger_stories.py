"""The ledger's part that remembers under which names stories were told."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import delete, insert, select

from data.ledger_opened import Opened
from data.ledger_tables import story_names


class Stories(Opened):
    """Names of stories by their posts, day by day.

    What is remembered of a day depends on that day and those before it alone, so days that are
    told again, in their order, are told under the same names.
    """

    def names_before(self, brand: str, day: date, since: date) -> dict[str, str]:
        """post_id -> the name its story was last told under in [since, day)."""
        query = (
            select(story_names.c.post_id, story_names.c.story)
            .where(story_names.c.brand == brand)
            .where(story_names.c.day >= since, story_names.c.day < day)
            .order_by(story_names.c.day)
        )
        with self.transaction() as connection:
            return dict(connection.execute(query).tuples().all())

    def note_names(self, brand: str, day: date, named: Mapping[str, str]) -> None:
        """Remember the names by post that are new on the day, instead of what was of it before."""
        rows = [
            {"brand": brand, "day": day, "post_id": post, "story": story}
            for post, story in named.items()
        ]
        with self.transaction() as connection:
            of_day = (story_names.c.brand == brand, story_names.c.day == day)
            connection.execute(delete(story_names).where(*of_day))
            if rows:
                connection.execute(insert(story_names), rows)
