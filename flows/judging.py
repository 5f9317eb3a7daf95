"""Judging what was collected and is not judged yet."""

import hashlib

from analysis.judge import judge
from data.ledger import Ledger
from flows.watchlist import WatchedBrand


def judge_new(brand: WatchedBrand, ledger: Ledger) -> int:
    """Judge the brand's posts whose present words have no judgement; how many there were."""
    record = brand.record()
    version = hashlib.sha256(repr(record).encode()).hexdigest()[:12]
    waiting = ledger.unjudged(brand.name, version)
    if not waiting.empty:
        ledger.judge(brand.name, version, judge(waiting, record))
    return len(waiting)
