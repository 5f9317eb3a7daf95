"""What a backfill's processes find loaded: imported by the one that they are forked from."""

from analysis.judge import the_judge
from flows.archive_work import judge_piece, tell_days

__all__ = ["judge_piece", "tell_days"]

the_judge()
