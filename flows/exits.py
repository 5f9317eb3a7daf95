"""How a command ends."""

from collections.abc import Sequence
from enum import IntEnum

from data.errors import UserError
from data.records import Coverage
from data.vocabulary import SEEN, Outcome


class Exit(IntEnum):
    """What the shell is told."""

    OK = 0
    BUG = 1
    USAGE = 2
    SOME_SOURCE_FAILED = 3
    ALL_SOURCES_FAILED = 4
    INTERRUPTED = 130  # by Ctrl-C, as shells count it


class UsageError(UserError):
    """Something asked for cannot be done as asked; says what to do."""


def of_outcomes(outcomes: Sequence[Outcome]) -> Exit:
    """OK unless some, or all, sources brought nothing that can be used."""
    usable = [outcome for outcome in outcomes if outcome in SEEN | {Outcome.TRUNCATED}]
    if len(usable) == len(outcomes):
        return Exit.OK
    return Exit.SOME_SOURCE_FAILED if usable else Exit.ALL_SOURCES_FAILED


def of_coverage(covered: Sequence[Coverage]) -> Exit:
    """The same of coverage rows."""
    return of_outcomes([seen.outcome for seen in covered])
