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
