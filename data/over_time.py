"""The days behind a day, as the page draws them."""

from data.columns import Schema, column, one_of, text
from data.vocabulary import SourceGroup, Spike

OVER_TIME = Schema(
    "over_time",
    "A row per group of sources that ever had a mention and day, up to eight weeks to the told "
    "day, in the order of time.",
    {
        "group": one_of(SourceGroup, "Sort of sources."),
        "day": column("datetime64[us]", "Local midnight that begins the day.", "2026-11-03"),
        "mentions": column("int64", "Texts about the brand that could be judged.", 40),
        "poor": column("int64", "Poor moments.", 6),
        "poor_rate": column("float64", "Poor moments per judged mention.", 0.15, nullable=True),
        "poor_rate_low": column("float64", "Lower end of its 95 % Wilson interval.", 0.07, True),
        "poor_rate_high": column("float64", "Upper end of it.", 0.29, True),
        "exceptional": column("int64", "Exceptional moments.", 3),
        "exceptional_rate": column("float64", "Exceptional per judged mention.", 0.08, True),
        "exceptional_rate_low": column("float64", "Lower end of its interval.", 0.03, True),
        "exceptional_rate_high": column("float64", "Upper end of it.", 0.2, True),
        "spike": one_of(Spike, "Which were more than chance and the usual days explain."),
        "blind": text("Sources of the group that did not see the day in whole.", "reddit, courier"),
    },
)
