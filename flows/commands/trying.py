"""Commands of the curious: what they ask of needs no watchlist."""

from pathlib import Path
from typing import Annotated

import typer

from flows.commands.options import JudgeOption, err, out


def look(
    brand: Annotated[str, typer.Argument(help="Any brand's name.")],
    folder: Annotated[Path, typer.Option(help="Where its ledger and tables are kept.")] = Path(
        "data/look"
    ),
) -> None:
    """Ask the keyless sources about any brand now: no configuration, no account."""
    from flows.looking import look_at

    raise typer.Exit(look_at(brand, folder, out, err))


def judge(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="IN.jsonl",
            help="JSON lines with `id`, `text` and optionally `brand`, `title`, `author`, "
            "`source`, `published_at`.",
        ),
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The CSV to write; else it is printed.")
    ] = None,
    watchlist: JudgeOption = None,
) -> None:
    """Judge the texts of a file: one row out per row in, in the same order.

    Without a brand a text is taken to be about the business; with one, a text that does not
    mention it is `neither`.
    """
    from flows.judging_files import judge_file

    judge_file(source, output, watchlist, err)


def explain(
    text: Annotated[str, typer.Argument(help="A post's words.")],
    brand: Annotated[
        str | None, typer.Option("--brand", "-b", help="The brand it is about.")
    ] = None,
    watchlist: JudgeOption = None,
) -> None:
    """Say what a text is judged to be, by which words, and what each weighed."""
    from flows.explaining import explain_text

    explain_text(text, brand, watchlist, out)


def fetch(
    kind: Annotated[str, typer.Argument(help="Kind of source: feed, reddit, files, ...")],
    locations: Annotated[
        list[str], typer.Argument(metavar="LOCATION...", help="URLs, or saved files and folders.")
    ],
    json: Annotated[
        bool, typer.Option("--json", help="Print the coverage lines as JSON too.")
    ] = False,
) -> None:
    """Print the posts of any source location as JSON lines; coverage goes to stderr.

    A bad location is told and never ends the others.
    """
    from flows.fetching import fetch_locations

    raise typer.Exit(fetch_locations(kind, locations, json, out, err))
