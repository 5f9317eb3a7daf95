"""The page of a brand's day, `report.html`, and the index over days and brands, `index.html`.

frames of the day -> today, over_time, heat, places, stories, rows -> document
"""

from reports.page.day import page
from reports.page.index import index
from reports.page.shown import Shown
from reports.page.stories import stories_of

__all__ = ["Shown", "index", "page", "stories_of"]
