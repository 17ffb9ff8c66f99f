"""Text on its way into a spreadsheet: what a cell may not begin with, and how it is made harmless."""

import re

# A leading = + - @ starts a formula; spreadsheets also strip leading blanks, tabs and returns before they look, and
# some fold full-width forms. A leading apostrophe makes the cell text everywhere.
_FORMULA = re.compile(r"[\s\x00-\x1f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]*[=+\-@＝＋－＠﹢﹣﹦﹫−|%]|[\t\r\n]")


def safe_cell(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula; other text comes back as it is."""
    return "'" + text if _FORMULA.match(text) else text
