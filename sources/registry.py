"""The sources there are: ours, and those that other packages add.

A package adds one by an entry point of the group `service_moments.sources`, named like its kind.
Ours cannot be replaced, and one that cannot be loaded is left out with a warning.
"""

import logging
from importlib.metadata import entry_points

from sources.contract import Source
from sources.feed import Feed
from sources.files import Files
from sources.reddit import Reddit

GROUP = "service_moments.sources"

logger = logging.getLogger(__name__)


def _added() -> dict[str, type[Source]]:
    found: dict[str, type[Source]] = {}
    for point in entry_points(group=GROUP):
        try:
            source = point.load()
        except Exception as error:  # a stranger's package must not keep ours from running
            logger.warning("the source %r cannot be loaded: %s", point.name, error)
            continue
        if isinstance(source, type) and getattr(source, "kind", None) == point.name:
            found[point.name] = source
        else:
            logger.warning("the source %r is none: its kind must be its name", point.name)
    return found


SOURCES: dict[str, type[Source]] = {**_added(), "feed": Feed, "reddit": Reddit, "files": Files}
