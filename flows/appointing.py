"""Appointing the judge that a watchlist asks for, once per process."""

from functools import cache
from pathlib import Path

from analysis.engine import EngineJudge, open_engine
from analysis.judge import Judge, the_judge
from analysis.model import ModelError
from analysis.refitted import load
from flows.exits import UsageError
from flows.judges import WatchedJudge


def judge_for(watchlist: Path | None) -> Judge:
    """The judge that a watchlist asks for; without one, the judge that ships.

    Raises WatchlistError, EngineError, and UsageError where the weights cannot be read.
    """
    if watchlist is None:
        return the_judge()
    from flows.watchlist import load as load_watchlist  # with every source: half a second

    return judge_of(load_watchlist(watchlist).judge)


def judge_of(asked: WatchedJudge) -> Judge:
    """The judge that is asked for, made once per process and version of its files.

    Raises EngineError, and UsageError where the weights cannot be read.
    """
    weights = asked.weights
    stamp = weights.stat().st_mtime_ns if weights.exists() else 0
    return _made(asked, stamp)


@cache
def _made(asked: WatchedJudge, stamp: int) -> Judge:
    try:
        ours = Judge.load(load(asked.weights)) if stamp else the_judge()
    except ModelError as error:
        raise UsageError(str(error)) from error
    if asked.path is None:
        return ours
    return EngineJudge.of(ours, open_engine(asked.engine, asked.path))
