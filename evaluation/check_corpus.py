"""`make corpus-check`: is the corpus what its datasheet says?

Prints one sentence per breach, naming ids and no text of other people, and leaves with 1 if there
is any. Where the evaluation sets lie beside the project, no post may share with them a run of five
words that says something of its own (two words or more beyond the common ones of `overlap`).
`--write` first renews the tables of the datasheet.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from evaluation import composition, corpus, overlap, shared_sets
from evaluation.corpus_rules import RULES, by_id


def findings(posts: pd.DataFrame) -> Iterator[str]:
    """One sentence per breach of a rule."""
    for rule in RULES:
        yield from rule(posts)


def borrowed(posts: pd.DataFrame, folder: Path = shared_sets.FOLDER) -> Iterator[str]:
    """One sentence per run of words that a post shares with an evaluation set."""
    shared = overlap.shared_runs(by_id(posts, "text"), shared_sets.texts(folder))
    for run, names in sorted(shared.items()):
        yield f'{", ".join(names)}: "{run}" stands in an evaluation set too'


def check(posts: pd.DataFrame) -> Iterator[str]:
    """All findings; those against the evaluation sets only where they are there."""
    yield from findings(posts)
    if shared_sets.present():
        yield from borrowed(posts)
    if not composition.current(posts):
        yield "DATASHEET.md: its tables are of another corpus; `make corpus-check WRITE=1`"


def main(arguments: list[str]) -> int:
    """Check and tell; the exit code."""
    posts = corpus.load()
    if "--write" in arguments:
        composition.write(posts)
    found = list(check(posts))
    for sentence in found:
        sys.stdout.write(f"{sentence}\n")
    sets = "with" if shared_sets.present() else "without"
    sys.stdout.write(
        f"{len(posts):,} posts by {posts['writer'].nunique()} writers, {sets} the evaluation sets: "
        f"{len(found) or 'no'} finding{'' if len(found) == 1 else 's'}\n"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
