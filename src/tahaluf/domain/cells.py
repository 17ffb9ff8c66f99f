"""Text on its way into a spreadsheet: what a cell may not begin with, and how it is made harmless.

A CSV is cut at commas by one program and at semicolons, tabs or bars by another (Excel in French or Arabic), so that a
cell may begin in the middle of what was written as one.
"""

import re

# A leading = + - @ starts a formula; spreadsheets also strip leading blanks, tabs and returns before they look, and
# some fold full-width forms. A leading apostrophe makes the cell text everywhere.
_SIGN = r"=+\-@＝＋－＠﹢﹣﹦﹫−%"
_BLANK = r"\s\x00-\x1f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff"
_FORMULA = re.compile(rf"[{_BLANK}]*[{_SIGN}|]|[\t\r\n]")
_INSIDE = re.compile(rf"([;\t\r\n|][{_BLANK};|\"]*+)([{_SIGN}]?)")


_STEERING = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e]")


def visible(text: str) -> str:
    """The text with control and direction characters, which hide letters or turn them round, shown as a mark."""
    return _STEERING.sub("\ufffd", text)


def safe_cell(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula, not even in part where it cuts at `;`, `|`, tabs or
    ends of lines, and without characters that steer; other text comes back as it is."""
    text = visible(text)
    guarded = _INSIDE.sub(lambda cut: f"{cut[1]}'{cut[2]}" if cut[2] else cut[1], text)
    return "'" + guarded if _FORMULA.match(guarded) else guarded
