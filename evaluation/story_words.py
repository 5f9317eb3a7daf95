"""`python -m evaluation.story_words`: how common words are in posts about service.

Counted over the training writers' posts, whose stories are in no set that measures the grouping.
"""

from analysis.story_words import FOLDER, counted
from evaluation.corpus import load

TWICE = 2  # a word that one post uses is as rare as one that none does
_HEAD = (
    "# Posts of the labelled training set in which a word stands, folded as analysis/story_words.py"
    " does.\n# Written by `python -m evaluation.story_words`; `*` is the number of posts.\n"
)


def write() -> int:
    """Write `story_lexicon/counts.tsv`; how many words it holds."""
    posts = load("train")
    counts = {word: count for word, count in counted(list(posts["text"])).items() if count >= TWICE}
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    lines = [f"*\t{len(posts)}", *(f"{word}\t{count}" for word, count in rows)]
    (FOLDER / "counts.tsv").write_text(_HEAD + "\n".join(lines) + "\n", "utf-8")
    return len(rows)


if __name__ == "__main__":
    write()
