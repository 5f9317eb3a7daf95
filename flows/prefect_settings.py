"""How Prefect is to behave unless its user says otherwise; applied before it is imported."""

import os
from pathlib import Path

_HOME = Path(__file__).resolve().parent.parent / ".prefect"  # nothing outside the checkout
_DEFAULTS = {
    "PREFECT_HOME": str(_HOME),
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",  # its 20 s are short when busy
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",  # our own lines and exit codes say what failed
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
}


def apply() -> None:
    """Set what the environment leaves open. To be called before anything imports prefect."""
    for name, value in _DEFAULTS.items():
        os.environ.setdefault(name, value)
