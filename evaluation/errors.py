"""Twenty errors of the development part, with what we think of them.

Comments are written by hand in `error_comments.toml`, by the post's id, and shown while the post
is judged wrongly. The surest errors come first; those with a comment before those without.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from evaluation.markdown import figure, plain
from evaluation.readings import Reading

COMMENTS = Path(__file__).parent / "error_comments.toml"
SHOWN = 20
TAGS = ("nocue", "sarcasm", "mixed", "contrast", "joke", "hard")


def comments(path: Path = COMMENTS) -> dict[str, str]:
    """What was written about errors, by the post's id."""
    return {name: str(said) for name, said in tomllib.loads(path.read_text("utf-8")).items()}


def told(reading: Reading) -> str:
    """The errors as a Markdown list."""
    said = comments()
    wrong = chosen(reading, said)
    items = []
    for post in wrong.to_dict("records"):
        name, sure = post["id"], figure(post["sure"])
        line = f"- `{name}`: {post['verdict']}, judged {post['judged']} ({sure})"
        comment = [said[name]] if name in said else []
        items.append("\n\n  ".join([line, f"> {plain(post['text'])}", *comment]))
    right = reading.right
    total = int((~right).sum())
    head = f"{total} of {len(right)} development posts are judged wrongly; {len(wrong)} of them:"
    return "\n\n".join([head, *items])


def chosen(reading: Reading, said: Mapping[str, str]) -> pd.DataFrame:
    """The errors shown: commented ones first, then the surest."""
    every = reading.truth.assign(
        judged=reading.judged["verdict"].to_numpy(), sure=reading.judged["confidence"].to_numpy()
    )[~reading.right]
    every = every.assign(silent=~every["id"].isin(list(said)))
    order = every.sort_values(["silent", "sure", "id"], ascending=[True, False, True])
    return order.head(SHOWN)
