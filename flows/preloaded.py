"""What a backfill's processes find loaded: imported by the one that they are forked from."""

import gc
from importlib import import_module

gc.disable()  # what is loaded here stays
import_module("flows.archive_work")
import_module("analysis.judge").the_judge()
gc.enable()
