"""The frames that rooms hand to each other, declared once and checked at every door."""

from data.columns import column, flag, number, one_of, share, table, text, time
from data.vocabulary import Churn, Kind, Outcome, Reason, Stage, Teller, Touchpoint, Verdict

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

POSTS = table("posts", "Posts as platforms published them.", _POST)

JUDGED = table(
    "judged",
    "Posts found for a brand, with what was judged of them.",
    _POST
    | {"found_by": text("Name of the source that brought it.", "port-ellery-courier")}
    | _JUDGEMENT,
)

COVERAGE_LOG = table(
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
