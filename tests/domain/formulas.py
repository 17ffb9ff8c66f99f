"""Texts that a spreadsheet would take for a formula, at the start of a cell or where it cuts one."""

HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    '=HYPERLINK("http://x")',
    "\u200f=1",
]
INSIDE = [
    "Ali;=1+cmd|' /C calc'!A0 Zeroual", "Ali\t=1", "Ali\n=1", "Ali; =1", 'Ali;"=1"', "Ali;;|@SUM(A1)", "Ali|-1",
    "a;\u200f＝1",
]  # fmt: skip
SIGNS = set("=+-@＝＋－＠%")


def begins_a_formula(cell: str) -> bool:
    """Once blanks, invisible characters and quotes before it are dropped, as spreadsheets do."""
    return cell.strip().lstrip('"\u200f \t\r\n')[:1] in SIGNS - {""}
