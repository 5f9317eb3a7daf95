"""The tables an analyst opens, one set per brand and local day: `data/tables/DATE/BRAND/`.

`docs/tables.md` is generated from these declarations.
"""

from data.columns import column, flag, number, one_of, share, table, text
from data.vocabulary import (
    NOT_ASKED,
    Churn,
    Kind,
    Outcome,
    Reason,
    Reply,
    SourceGroup,
    Stage,
    Teller,
    Touchpoint,
    Verdict,
)

MOMENTS = table(
    "moments",
    "One row per service moment of the day, poor ones first, surest first.",
    {
        "date": text("Day of the moment in the brand's time zone.", "2026-11-03"),
        "time": text("Time of day in the brand's time zone.", "14:05"),
        "verdict": one_of(Verdict, "How somebody was treated."),
        "confidence": share("Probability that the verdict is right.", 0.91),
        "reason": one_of(Reason, "Why it is poor or exceptional."),
        "quote": text("The sentence or two that tell it.", "Nobody looked up, so I left."),
        "touchpoint": one_of(Touchpoint, "Where in the visit it happened."),
        "stage": one_of(Stage, "Front (people) or back (process, system, policy)."),
        "teller": one_of(Teller, "Who tells it."),
        "churn": one_of(Churn, "Is the customer leaving?"),
        "person": text("The employee the text names.", "Dana"),
        "reply": one_of(Reply, "Has the brand answered, and how."),
        "reply_hours": column(
            "float64", "Hours from the post to the brand's first answer.", 2.5, nullable=True
        ),
        "story": text("Identity of the story this moment is part of.", "2026-11-03-1f6a"),
        "story_first_seen": text("Local time of the story's first post.", "2026-11-02 18:40"),
        "story_last_seen": text("Local time of its last post up to this day.", "2026-11-03 22:10"),
        "story_posts": column("int64", "Posts in the story up to this day.", 7),
        "story_sources": column("int64", "Platforms and outlets that tell it.", 3),
        "in_press": flag("The press tells it."),
        "reach": column("int64", "Likes, replies and shares of all the story's posts.", 412),
        "rising": flag("More of the story's posts came in the day's last 24 hours than before."),
        "kind": one_of(Kind, "Sort of text."),
        "outlet": text("Community or publication.", "r/portellery"),
        "author": text("Pseudonym of the author, the same in all tables.", "author-3f9a1c2b"),
        "link": text("Where it can be read.", "https://example.org/1"),
        "score": number("Likes or votes.", 12),
        "replies": number("Replies.", 3),
        "shares": number("Shares or cross-posts.", 1),
        "rating": column("float64", "Stars, 1 to 5.", 4, nullable=True),
        "evidence": text("The words that decided, with their weight.", 'ignored "nobody looked"'),
        "edited": flag("Its words were changed after it was first seen."),
        "source": text("Name of the source that brought it.", "reddit"),
        "post_id": text("Identity of the post: platform and its own id.", "reddit:t3_1k2j3h"),
        "model": text("Version of the model that judged it.", "2026.11-1f6a"),
        "analyst_verdict": text("Yours to fill: exceptional, poor or neither.", "poor"),
        "note": text("Yours to fill.", "She called back."),
    },
)

DAILY = table(
    "daily",
    "Counts of the day per group of sources, which are never mixed into one rate.",
    {
        "date": text("Day in the brand's time zone.", "2026-11-03"),
        "group": one_of(SourceGroup, "Sort of sources."),
        "mentions": column("int64", "Texts about the brand.", 40),
        "poor": column("int64", "Poor moments.", 6),
        "exceptional": column("int64", "Exceptional moments.", 3),
        "unjudged": column("int64", "Texts in a language we do not judge.", 1),
        "poor_rate": column("float64", "Poor moments per mention.", 0.15, nullable=True),
        "poor_rate_low": column("float64", "Lower end of its 95 % Wilson interval.", 0.07, True),
        "poor_rate_high": column("float64", "Upper end of it.", 0.29, True),
        "exceptional_rate": column("float64", "Exceptional moments per mention.", 0.08, True),
        "exceptional_rate_low": column("float64", "Lower end of its interval.", 0.03, True),
        "exceptional_rate_high": column("float64", "Upper end of it.", 0.2, True),
        "coverage": one_of(Outcome, "Worst outcome of the group's sources this day.", NOT_ASKED),
    },
)

COVERAGE = table(
    "coverage",
    "What could and could not be seen, per source.",
    {
        "date": text("Day in the brand's time zone.", "2026-11-03"),
        "source": text("The source's name in the watchlist.", "reddit"),
        "outcome": one_of(
            Outcome, "Worst outcome of the day; `not_asked` if no run asked it.", NOT_ASKED
        ),
        "seen": flag("All asked for was seen by the day's last asking.", "True"),
        "mentions": column("int64", "Texts about the brand dated this day.", 25),
        "moments": column("int64", "Moments dated this day.", 4),
        "failures": column("int64", "Askings that did not bring all.", 1),
        "first_failure": text("Local time of the first of them.", "09:15"),
        "last_failure": text("Local time of the last of them.", "11:15"),
        "detail": text("What happened last and what to do.", "The host answers 503: ..."),
    },
)
