"""The closed sets of words that records and tables are made of.

Each answers one question an analyst asks of a post; the values are what the CSVs show.
"""

from collections.abc import Iterable
from enum import StrEnum


class Kind(StrEnum):
    """What sort of public text a post is."""

    POST = "post"
    COMMENT = "comment"
    ARTICLE = "article"
    REVIEW = "review"
    REPLY = "reply"


class Verdict(StrEnum):
    """How somebody was treated, as far as the text tells."""

    EXCEPTIONAL = "exceptional"
    POOR = "poor"
    NEITHER = "neither"
    UNJUDGED = "unjudged"  # a text we cannot read (another language) is not a neutral one


class Reason(StrEnum):
    """Why a moment is poor (first eight) or exceptional (last six)."""

    RUDE = "rude"
    SCRIPTED = "scripted"
    IGNORED = "ignored"
    WAITING = "waiting"
    FAILED = "failed"
    MISHANDLED = "mishandled"
    UNFAIR = "unfair"
    OTHER = "other"
    BEYOND = "beyond"
    WARM = "warm"
    SOLVED = "solved"
    FAST = "fast"
    OWNED = "owned"
    PRAISE = "praise"


class Teller(StrEnum):
    """Who tells it: a moment is often told by a bystander."""

    CUSTOMER = "customer"
    BYSTANDER = "bystander"
    EMPLOYEE = "employee"
    COMPANY = "company"
    PRESS = "press"
    OTHER = "other"


class Touchpoint(StrEnum):
    """Where in the visit it happened."""

    FIRST_IMPRESSION = "first_impression"
    WAITING = "waiting"
    HELP = "help"
    CHECKOUT = "checkout"
    DELIVERY = "delivery"
    AFTER_SALES = "after_sales"
    FAREWELL = "farewell"
    UNKNOWN = "unknown"


class Stage(StrEnum):
    """Front (people) or back (process, system, policy)."""

    FRONTSTAGE = "frontstage"
    BACKSTAGE = "backstage"
    UNKNOWN = "unknown"


class Churn(StrEnum):
    """Is the customer leaving?"""

    SAID = "said"
    HINTED = "hinted"
    NO = "no"


class Outcome(StrEnum):
    """What came of asking a source; only the first two mean that all of it was seen.

    They are ordered from the best to the worst, which is how a day's outcomes are summed up.
    """

    OK = "ok"
    EMPTY = "empty"  # the source answered well and had nothing
    TRUNCATED = "truncated"  # a listing's cap was met: there was more
    THROTTLED = "throttled"  # 429: asked too often
    BLOCKED = "blocked"  # 401, 403, 451: not allowed
    CHANGED = "changed"  # an answer that is not what this platform used to send
    FAILED = "failed"  # no answer, or a server error


SEEN = frozenset({Outcome.OK, Outcome.EMPTY})
NOT_ASKED = "not_asked"  # no run asked the source: nothing is known


def worst(outcomes: Iterable[str]) -> str:
    """The worst of some outcomes; `not_asked` where there are none."""
    return max(outcomes, key=[str(outcome) for outcome in Outcome].index, default=NOT_ASKED)


class SourceGroup(StrEnum):
    """Sources whose counts may be compared; a rate never mixes them."""

    POSTS = "posts"  # posts, comments and replies
    REVIEWS = "reviews"
    PRESS = "press"  # articles


class Reply(StrEnum):
    """Whether and how the brand answered in public."""

    NONE = "none"
    ROBOTIC = "robotic"  # form words, legal distance
    OWNED = "owned"  # names what went wrong, takes it on, says what will be done


class Priority(StrEnum):
    """How urgent an open story is; analysis/escalation_rules.toml says when and what it means."""

    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"


class Status(StrEnum):
    """How far a poor story has come."""

    NEW = "new"  # first told on this day
    ONGOING = "ongoing"  # told before, not answered, or answered with form words only
    REOPENED = "reopened"  # poor again after the brand had owned it
    ANSWERED = "answered"  # the brand has owned it; the customer has not said that it is well
    RESOLVED = "resolved"  # the customer says so, or it has been quiet since the answer


class Owner(StrEnum):
    """Who is to answer: the people at the counter, or those behind process, system and policy."""

    FRONTSTAGE = "frontstage"
    BACKSTAGE = "backstage"


class Dimension(StrEnum):
    """By what moments are counted apart."""

    ALL = "all"
    TOUCHPOINT = "touchpoint"
    REASON = "reason"
    PLACE = "place"
    SOURCE = "source"
    DAY = "day"


class Spike(StrEnum):
    """Whether a day had more moments than chance and the usual days explain."""

    NO = "no"
    POOR = "poor"
    EXCEPTIONAL = "exceptional"
    BOTH = "both"
    MUTED = "muted"  # nothing like it to compare with


class Standing(StrEnum):
    """Whether a day, place or touchpoint stands out from the others beyond chance."""

    NO = "no"
    WORSE = "worse"
    BETTER = "better"


class Trend(StrEnum):
    """How a week compares with the week before it, beyond chance."""

    RISING = "rising"
    FALLING = "falling"
    STEADY = "steady"
    UNKNOWN = "unknown"  # the two weeks were not seen alike
