"""VADER for a single text, in plain Python: what `analysis.vader_rules` does to whole batches.

For a handful of texts this is faster than arrays. It is the text to read first, too.
"""

import math
from collections.abc import Sequence

from vaderSentiment.vaderSentiment import C_INCR, N_SCALAR  # type: ignore[import-untyped]
