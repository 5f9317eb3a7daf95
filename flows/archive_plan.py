"""What a backfill was begun with, so that only the same is gone on with."""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

from analysis.versions import shipped
from data.parts import FORM
from flows.archive_job import Job
from flows.exits import UsageError
from reports.replace import replace

_DONE = "done"  # the file that says so


def agreed(job: Job, found: list[Path], piece: int) -> bool:
    """Note the plan, or find that it is as before; whether all of it is done already.

    Parts of other archives or another model are not mixed in: raises UsageError.
    """
    plan = {
        "archive": [[str(path.resolve()), *_stamp(path)] for path in found],
        "brand": asdict(job.brand),
        "time zone": str(job.zone),
        "model": _model(job),
        "size of piece": piece,
        "form of parts": FORM,
        "ledger": hashlib.sha256(job.key).hexdigest()[:12],
    }
    told = json.dumps(plan, indent=1)
    kept = job.parts / "plan.json"
    if not kept.exists():
        replace(kept, told.encode())
        return False
    before = json.loads(kept.read_text("utf-8"))
    if changed := [name for name, value in json.loads(told).items() if before.get(name) != value]:
        raise UsageError(
            f"{job.tables} holds a backfill with another {', '.join(changed)}. Name another "
            f"--output, or remove {job.parts} to begin anew."
        )
    return (job.parts / _DONE).exists()


def finished(job: Job) -> None:
    """Note that all of it is done."""
    replace(job.parts / _DONE, b"")


def _model(job: Job) -> str:
    """The version of the judge that is asked for; a user's own is opened, to tell what fails."""
    if job.judge.path is None and not job.judge.weights.exists():
        return shipped()
    from flows.appointing import judge_of

    return judge_of(job.judge).version


def _stamp(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns
