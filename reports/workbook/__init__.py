"""The workbook of a brand's day, `report.xlsx`: the day's tables as an analyst works with them.

book -> day_sheet, trend_sheet, table_sheet (escalations, delights, moments, days, coverage)
"""

from reports.workbook.book import workbook

__all__ = ["workbook"]
