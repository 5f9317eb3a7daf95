"""The frames that rooms hand to each other, declared once and checked at every door."""

from data.columns import Schema, column, flag, number, one_of, share, text, time
from data.vocabulary import (
    Churn,
    Kind,
    Outcome,
    Owner,
    Priority,
    Reason,
    Reply,
    Stage,
    Status,
    Teller,
    Touchpoint,
    Verdict,
)

_POST = {
    "post_id": text("Identity of the post: platform and its own id.", "reddit:t3_1k2j3h"),
    "source": text("Platform the post was published on.", "reddit"),
    "native_id": text("The platform's own id; text, never a number.", "t3_1k2j3h"),
    "kind": one_of(Kind, "Sort of text."),
    "url": text("Where it can be read.", "https://example.org/1"),
    "author": text("Author as the platform shows it.", "u/somebody"),
    "title": text("Title, empty where the platform has none.", "Lovely people"),
    "text": text("The words, without markup.", "The lady at the desk waited with me."),
    "published_at": time("When the platform says it was published.", nullable=True),
    "collected_at": time("When it was first seen."),
    "dated_at": time("The moment that decides its day: published, else first seen."),
    "revision": column("int64", "1, and one more at each change of the words.", 1),
    "edited": flag("The platform says it was edited."),
    "deleted": flag("Taken back by its author or removed."),
    "language_hint": text("The platform's own language code.", "en", nullable=True),
    "score": number("Likes or votes.", 12),
    "replies": number("Replies.", 3),
    "shares": number("Shares or cross-posts.", 1),
    "parent_id": text("post_id of what it answers.", "reddit:t3_1k2j3h", nullable=True),
    "thread_id": text("post_id of the thread's first post.", "reddit:t3_1k2j3h", nullable=True),
    "outlet": text("Community or publication.", "r/portellery"),
    "rating": column("float64", "Stars, 1 to 5.", 4, nullable=True),
}

_JUDGEMENT = {
    "model": text("Version of the model that judged it.", "frames-1"),
    "language": text("Language of the text, ISO 639-1.", "en"),
    "mention": flag("The text is about the brand.", "True"),
    "verdict": one_of(Verdict, "How somebody was treated."),
    "confidence": share("Probability that the verdict is right, calibrated.", 0.91),
    "p_exceptional": share("Probability of exceptional.", 0.02),
    "p_poor": share("Probability of poor.", 0.91),
    "reason": one_of(Reason, "Why.", ""),
    "teller": one_of(Teller, "Who tells it."),
    "touchpoint": one_of(Touchpoint, "Where in the visit it happened.", ""),
    "stage": one_of(Stage, "Front (people) or back (process, system, policy).", ""),
    "churn": one_of(Churn, "Is the customer leaving?", ""),
    "person": text("The employee the text names.", "Dana"),
    "quote": text("The sentence or two that tell it.", "Nobody looked up, so I left."),
    "evidence": text("The words that decided, with their weight.", 'ignored "nobody looked up"'),
}

_GIVEN = text("The analyst's verdict; empty where there is none.", "neither")

POSTS = Schema("posts", "Posts as platforms published them.", _POST)

_SAID = {
    "correction": column("int64", "The last correction's number, 0 where there is none.", 3),
    "analyst_verdict": _GIVEN,
}

WAITING = Schema(
    "waiting", "Posts that are to be judged, with the analyst's last word on each.", _POST | _SAID
)

STALE = Schema(
    "stale",
    "Posts of schema WAITING that another model has judged.",
    _POST
    | _SAID
    | {
        "model_before": text("That model's version.", "linear-e0053f01f2"),
        "verdict_before": one_of(Verdict, "The verdict told until now."),
    },
)

JUDGED = Schema(
    "judged",
    "Posts found for a brand, with what was judged of them.",
    _POST
    | {"found_by": text("Name of the source that brought it.", "port-ellery-courier")}
    | _JUDGEMENT
    | {
        "own_verdict": text("The model's own, where an analyst has given a verdict.", "poor"),
        "analyst_verdict": _GIVEN,
        "note": text("The analyst's note.", "She called back."),
    },
)
UNCORRECTED = {"own_verdict": "", "analyst_verdict": "", "note": ""}  # no analyst has spoken

COVERAGE_LOG = Schema(
    "coverage_log",
    "What came of each asking of a source.",
    {
        "brand": text("The brand asked for.", "Foxglove"),
        "source": text("The source's name in the watchlist.", "reddit"),
        "at": time("When."),
        "outcome": one_of(Outcome, "What came of it."),
        "pages": column("int64", "Pages read.", 3),
        "posts": column("int64", "Posts on them.", 120),
        "detail": text("What happened and what to do.", ""),
    },
)

_STORY = {
    "story": text("Identity of the story.", "2026-11-03-1f6a"),
    "verdict": one_of(Verdict, "How somebody was treated, by the weight of all who tell it."),
    "status": one_of(Status, "How far it has come; empty where nothing in it is poor.", ""),
    "first_seen": time("Its first post."),
    "last_seen": time("Its last post."),
    "first_poor": time("Its first poor moment.", nullable=True),
    "posts": column("int64", "Posts that belong to it.", 12),
    "authors": column("int64", "Different people and papers that tell it.", 9),
    "sources": column("int64", "Platforms and outlets that tell it.", 3),
    "poor": column("int64", "Poor moments in it.", 8),
    "exceptional": column("int64", "Exceptional moments in it.", 1),
    "confidence": share("Probability of its surest moment's verdict.", 0.94),
    "in_press": flag("An article tells it."),
    "press_outlets": column("int64", "Papers that tell it.", 2),
    "press_since": time("When the first article told it.", nullable=True),
    "reach": column("int64", "Likes, replies and shares of all its posts.", 2140),
    "posts_24h": column("int64", "Posts in the last 24 hours.", 9),
    "doubling_hours": column("float64", "Hours in which its posts last doubled.", 6.5, True),
    "rising": flag("More posts in the last 24 hours than in those before."),
    "quote": text("Its best telling: first hand, sure, much voted for.", "Nobody looked up."),
    "quote_url": text("Where that is read.", "https://example.org/2"),
    "url": text("Its first post that is still there.", "https://example.org/1"),
    "post_id": text("That post's identity.", "reddit:t3_1k2j3h"),
    "title": text("That post's title.", "What I saw at the salon"),
    "teller": one_of(Teller, "The nearest of those who tell it: customer, bystander, ..."),
    "person": text("Employees named, surest spelling.", "Samuel Okoro, Ruth"),
    "place": text("Where it happened, else the community that tells it most.", "Port Ellery"),
    "outlet": text("Community or publication of its first post.", "r/portellery"),
    "churn": one_of(Churn, "The strongest word on leaving."),
    "reason": one_of(Reason, "Its main reason.", ""),
    "reasons": text("All its reasons, the most told first.", "rude, scripted"),
    "touchpoint": one_of(Touchpoint, "Where in the visit, as most tell it.", ""),
    "touchpoints": text("All its touchpoints, the most told first.", "help, after_sales"),
    "owner": one_of(Owner, "Who is to answer."),
    "harm": text("Who or what makes it grave.", "child, disability"),
    "harm_reasons": text("Each with the reasons of the moments that tell it.", "child:rude"),
    "reply": one_of(Reply, "The best answer the brand has given."),
    "answered_at": time("When the brand first owned it.", nullable=True),
    "unanswered_since": time("The oldest poor moment without any answer.", nullable=True),
    "resolved_at": time("When the customer said it is well, or quiet had lasted.", nullable=True),
    "repeats": column("int64", "Other poor stories of the same touchpoint at the place.", 2),
}

STORIES = Schema("stories", "One row per story with a moment in it.", _STORY)

ESCALATED = Schema(
    "escalated",
    "Poor stories with their urgency, the most urgent first.",
    _STORY
    | {
        "priority": one_of(Priority, "How urgent."),
        "rule": text("The rule that decided.", "harm in the press"),
        "why": text("Why, in words.", "child, disability; in the press since 2026-11-04 11:30"),
        "since": time("When it became so urgent, as far as can be known."),
        "due": time("By when an answer is due."),
        "age_hours": column("float64", "Hours since the first poor moment.", 21.5),
        "overdue_hours": column("float64", "Hours past due without an owned answer.", 0.0),
    },
)

SHARED = Schema(
    "shared",
    "Exceptional stories worth sharing, the best first.",
    _STORY
    | {
        "points": column("int64", "How much it is worth sharing.", 9),
        "why": text("What makes it so.", "went beyond; names Samuel Okoro"),
    },
)
