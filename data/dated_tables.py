"""The tables an analyst opens, one set per brand and local day: `data/tables/DATE/BRAND/`.

`docs/tables.md` is generated from these declarations.
"""

from data.columns import Schema, column, flag, local, number, one_of, share, text
from data.vocabulary import (
    NOT_ASKED,
    Churn,
    Dimension,
    Kind,
    Outcome,
    Owner,
    Priority,
    Reason,
    Reply,
    SourceGroup,
    Spike,
    Stage,
    Standing,
    Status,
    Teller,
    Touchpoint,
    Trend,
    Verdict,
)

MOMENTS = Schema(
    "moments",
    "One row per service moment of the day, poor ones first, surest first.",
    {
        "date": local("Day of the moment in the brand's time zone.", "2026-11-03"),
        "time": local("Time of day in the brand's time zone.", "14:05"),
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
        "story": text(
            "Identity of the story this moment is part of; it stays while the story is told.",
            "2026-11-03-1f6a",
        ),
        "story_first_seen": local("Local time of the story's first post.", "2026-11-02 18:40"),
        "story_last_seen": local("Local time of its last post up to this day.", "2026-11-03 22:10"),
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
        "analyst_verdict": text(
            "Yours to fill: exceptional, poor or neither; `moments correct` takes it back.", "poor"
        ),
        "note": text("Yours to fill.", "She called back."),
    },
)

DAILY = Schema(
    "daily",
    "Counts of the day per group of sources, which are never mixed into one rate: first the whole "
    "group (`dimension` all), then its touchpoints, reasons and places that had a moment, and the "
    "sources of whose moments an analyst reviewed some.",
    {
        "date": local("Day in the brand's time zone.", "2026-11-03"),
        "group": one_of(SourceGroup, "Sort of sources."),
        "dimension": one_of(Dimension, "What is counted apart: all, or one touchpoint, ..."),
        "value": text("Which touchpoint, reason, place or source; empty for all.", "checkout"),
        "mentions": column(
            "int64", "Texts about the brand: the group's, or the place's in a place's row.", 40
        ),
        "poor": column("int64", "Poor moments.", 6),
        "poor_usual_low": column(
            "float64", "On four of five usual days there are at least so many ...", 1, True
        ),
        "poor_usual_high": column("float64", "... and at most so many.", 3, True),
        "poor_authors": column("int64", "Different people who tell the poor ones.", 5),
        "spike": one_of(
            Spike,
            "Which were more than chance and the usual days explain (count test at 1 %, from "
            "three people on); `muted` where nothing like the day can be compared with it.",
        ),
        "compared_with": text(
            "The days that the usual counts are of; only sources that saw them and this day in "
            "whole are compared, the others are named.",
            "8 Tuesdays; without courier, not seen in whole",
        ),
        "exceptional": column("int64", "Exceptional moments.", 3),
        "exceptional_usual_low": column("float64", "As for the poor ones.", 0, True),
        "exceptional_usual_high": column("float64", "As for the poor ones.", 2, True),
        "unjudged": column("int64", "Texts in a language we do not judge.", 1),
        "poor_rate": column("float64", "Poor moments per judged mention.", 0.15, nullable=True),
        "poor_rate_low": column("float64", "Lower end of its 95 % Wilson interval.", 0.07, True),
        "poor_rate_high": column("float64", "Upper end of it.", 0.29, True),
        "exceptional_rate": column("float64", "Exceptional per judged mention.", 0.08, True),
        "exceptional_rate_low": column("float64", "Lower end of its interval.", 0.03, True),
        "exceptional_rate_high": column("float64", "Upper end of it.", 0.2, True),
        "reviewed": number(
            "Moments of ours on which an analyst gave a verdict; empty where nobody reviewed, and "
            "in rows of touchpoints, reasons and places.",
            8,
        ),
        "right": number("Those of them in which the analyst's verdict was ours.", 7),
        "precision": column("float64", "Right per reviewed moment.", 0.875, nullable=True),
        "coverage": one_of(Outcome, "Worst outcome of the group's sources this day.", NOT_ASKED),
    },
)

COVERAGE = Schema(
    "coverage",
    "What could and could not be seen, per source.",
    {
        "date": local("Day in the brand's time zone.", "2026-11-03"),
        "source": text("The source's name in the watchlist.", "reddit"),
        "outcome": one_of(
            Outcome, "Worst outcome of the day; `not_asked` if no run asked it.", NOT_ASKED
        ),
        "seen": flag("All asked for was seen by the day's last asking.", "True"),
        "mentions": column("int64", "Texts about the brand dated this day.", 25),
        "moments": column("int64", "Moments dated this day.", 4),
        "failures": column("int64", "Askings that did not bring all.", 1),
        "first_failure": local("Local time of the first of them.", "09:15"),
        "last_failure": local("Local time of the last of them.", "11:15"),
        "detail": text("What happened last and what to do.", "The host answers 503: ..."),
    },
)

ESCALATIONS = Schema(
    "escalations",
    "Poor stories that need an answer, the most urgent first; below them those answered, and "
    "those resolved on the day. docs/escalation.md tells how urgency is decided.",
    {
        "date": local("Day in the brand's time zone, as of whose end all is told.", "2026-11-03"),
        "priority": one_of(Priority, "P1: now, P2: today, P3: soon, P4: when there is time."),
        "status": one_of(
            Status,
            "new, ongoing or reopened: open; answered: the brand has owned it; resolved: the "
            "customer says so or it stayed quiet.",
        ),
        "due": local("Local time by which an owned answer is due.", "2026-11-03 21:42"),
        "owner": one_of(Owner, "Who is to answer: the people at the counter, or those behind it."),
        "why": text(
            "Why it is so urgent.", "concerns a child; in the press since 2026-11-04 11:30"
        ),
        "quote": text("Its best telling.", "Nobody looked up, so I left."),
        "link": text("Where that is read.", "https://example.org/2"),
        "reply": one_of(Reply, "The best answer the brand has given so far."),
        "age_hours": column("float64", "Hours from its first poor moment to the day's end.", 21.5),
        "overdue_hours": column(
            "float64", "Hours past due without an owned answer, at the day's end.", 2.3
        ),
        "place": text("Where it happened, else the community that tells it.", "Port Ellery"),
        "touchpoint": one_of(Touchpoint, "Where in the visit, as most tell it."),
        "reasons": text("Why it is poor, the most told first.", "rude, scripted"),
        "churn": one_of(Churn, "The strongest word on leaving."),
        "harm": text("Who or what makes it grave.", "child, disability"),
        "person": text("Employees named.", "Dana"),
        "teller": one_of(Teller, "The nearest of those who tell it."),
        "first_seen": local("Local time of its first post.", "2026-11-03 13:42"),
        "last_seen": local("Local time of its last post.", "2026-11-03 22:05"),
        "posts": column("int64", "Posts that belong to it.", 12),
        "authors": column("int64", "Different people and papers that tell it.", 9),
        "sources": column("int64", "Platforms and outlets that tell it.", 3),
        "in_press": flag("The press tells it."),
        "press_since": local("Local time of the first article.", "2026-11-04 11:30"),
        "reach": column("int64", "Likes, replies and shares of all its posts.", 2140),
        "posts_24h": column("int64", "Posts in the day's last 24 hours.", 9),
        "doubling_hours": column(
            "float64", "Hours in which its posts last doubled; empty for one post.", 6.5, True
        ),
        "rising": flag("More posts in the last 24 hours than in those before."),
        "confidence": share("Probability of its surest moment's verdict.", 0.94),
        "rule": text("The rule that decided.", "vulnerable person"),
        "original": text("Link to its first post that is still there.", "https://example.org/1"),
        "story": text("Identity of the story, as in moments.csv.", "2026-11-03-1f6a"),
    },
)

DELIGHTS = Schema(
    "delights",
    "Exceptional stories of the day worth sharing with the front line, the best first.",
    {
        "date": local("Day in the brand's time zone.", "2026-11-04"),
        "person": text("Who did it, where the texts say.", "Samuel Okoro"),
        "quote": text("What was done, in the words of whoever tells it best.", "He knelt and ..."),
        "reason": one_of(Reason, "Why it is exceptional."),
        "touchpoint": one_of(Touchpoint, "Where in the visit."),
        "place": text("Where it happened, else the community that tells it.", "Saltmarsh"),
        "why": text("What makes it worth sharing.", "went beyond; names Samuel Okoro; 3 tell it"),
        "points": column("int64", "How much: the sum of the points in the rule table.", 9),
        "teller": one_of(Teller, "The nearest of those who tell it."),
        "authors": column("int64", "Different people and papers that tell it.", 5),
        "in_press": flag("The press tells it."),
        "reach": column("int64", "Likes, replies and shares of all the story's posts.", 41764),
        "first_seen": local("Local time of the story's first post.", "2026-11-04 15:20"),
        "link": text("Where the quote is read.", "https://example.org/3"),
        "original": text("Link to the first post that is still there.", "https://example.org/3"),
        "story": text("Identity of the story, as in moments.csv.", "2026-11-04-9b2c"),
    },
)

CONSISTENCY = Schema(
    "consistency",
    "How far days, places and touchpoints scatter beyond chance in the last two weeks, each story "
    "counted once, and which stand out. The row without a value is of them all together.",
    {
        "date": local("Last day of the two weeks.", "2026-11-08"),
        "group": one_of(SourceGroup, "Sort of sources."),
        "dimension": one_of(Dimension, "What is compared: days, places or touchpoints."),
        "value": text("Which; empty for all of them together.", "Port Ellery"),
        "stands_out": one_of(
            Standing, "Worse or better than the others beyond chance (Fisher's exact test, 5 %)."
        ),
        "told": text("That in words.", "12 of 40 poor, elsewhere 10 of 120"),
        "stories": column(
            "int64", "Stories told of it; for touchpoints only those that are moments.", 40
        ),
        "poor": column("int64", "Poor ones among them.", 12),
        "poor_rate": column("float64", "Share of poor ones.", 0.3, nullable=True),
        "poor_rate_low": column("float64", "Lower end of its 95 % Wilson interval.", 0.18, True),
        "poor_rate_high": column("float64", "Upper end of it.", 0.45, True),
        "p": column("float64", "Chance of such a difference or scatter by luck.", 0.01, True),
        "scatter": column(
            "float64", "How many times more than by chance they scatter; 1 is chance.", 2.4, True
        ),
    },
)

PAIN_POINTS = Schema(
    "pain_points",
    "Why and where people are treated poorly, the last seven days against the seven before.",
    {
        "date": local("Last day of the seven.", "2026-11-08"),
        "rank": column("int64", "1 is what most people tell.", 1),
        "reason": one_of(Reason, "Why it is poor."),
        "touchpoint": one_of(Touchpoint, "Where in the visit."),
        "people": column("int64", "Different people who told it in posts and reviews.", 9),
        "people_before": column("int64", "How many did in the seven days before.", 4),
        "trend": one_of(
            Trend,
            "Against the week before, beyond chance (5 %), through sources that saw both weeks; "
            "unknown where none did.",
        ),
        "stories": column("int64", "Different stories they told.", 7),
        "leaving": column("int64", "People who said that they leave.", 2),
        "articles": column("int64", "Articles that told it, counted apart.", 1),
        "places": text("Where, the most told first.", "Wendle Cross 4, Port Ellery 2"),
        "quote": text("The surest telling.", "Week six: what toaster?"),
        "link": text("Where that is read.", "https://example.org/4"),
    },
)

COMPETITORS = Schema(
    "competitors",
    "The brand and its competitors side by side over the last fourteen days, counting only what "
    "sources found that are asked for each of them.",
    {
        "date": local("Last day of the fourteen.", "2026-11-08"),
        "group": one_of(SourceGroup, "Sort of sources."),
        "brand": text("Whose; the brand itself comes first.", "Tansy & Rowe"),
        "mentions": column("int64", "Texts about it.", 200),
        "poor": column("int64", "Poor moments.", 12),
        "poor_rate": column("float64", "Poor moments per judged mention.", 0.06, True),
        "poor_rate_low": column("float64", "Lower end of its 95 % Wilson interval.", 0.03, True),
        "poor_rate_high": column("float64", "Upper end of it.", 0.1, True),
        "exceptional": column("int64", "Exceptional moments.", 8),
        "exceptional_rate": column("float64", "Exceptional per judged mention.", 0.04, True),
        "exceptional_rate_low": column("float64", "Lower end of its interval.", 0.02, True),
        "exceptional_rate_high": column("float64", "Upper end of it.", 0.08, True),
        "stands_out": one_of(
            Standing, "Fewer or more poor ones than the brand, beyond chance (5 %)."
        ),
        "top_reason": text("What most of its poor moments are about.", "waiting"),
        "sources": text("The sources compared.", "reddit, news-search"),
    },
)
