"""The command line: `moments`.

Exit codes: 0 all went well, 1 a bug of ours, 2 usage or configuration, 3 some source failed,
4 every source failed.
"""

import gc
import logging
import sys

import typer

from data.errors import UserError
from flows import prefect_settings
from flows.commands import correcting, running, seeing, trying
from flows.commands.options import err
from flows.exits import Exit

app = typer.Typer(
    help="Find the moments in which a brand treated somebody exceptionally well or poorly.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
COMMANDS = (  # in the order of `moments --help`
    running.run,
    running.serve,
    seeing.show,
    correcting.review,
    seeing.digest,
    seeing.silence,
    seeing.status,
    running.deliver,
    trying.look,
    trying.judge,
    running.backfill,
    correcting.correct,
    correcting.corrections,
    correcting.refit,
    correcting.rejudge,
    trying.explain,
    trying.fetch,
    running.doctor,
)
for _command in COMMANDS:
    app.command()(_command)

# Objects made before the garbage collector looks again. After 700, as Python has it, it looks at
# what a command imports and loads hundreds of times: a tenth of a backfill's first seconds.
_MADE = 100_000


def main() -> None:
    """Run the command; what its user can mend is told in one sentence, without a traceback."""
    gc.set_threshold(_MADE)
    prefect_settings.apply()
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    try:
        app()
    except UserError as error:
        err.print(str(error), style="red", markup=False)
        sys.exit(Exit.USAGE)
    except OSError as error:
        place = f" {error.filename}" if error.filename else ""
        err.print(f"Cannot use{place}: {error.strerror or error}.", style="red", markup=False)
        sys.exit(Exit.USAGE)
    except KeyboardInterrupt:
        err.print("Interrupted. What was collected is kept; the next run goes on from there.")
        sys.exit(Exit.INTERRUPTED)
