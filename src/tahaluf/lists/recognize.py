"""Which publisher's format a file is in, by its content alone; a name or a suffix says nothing."""

import re
from enum import StrEnum
from pathlib import Path

from tahaluf.domain import InputError, Problem, Where
from tahaluf.lists.source import choose_encoding, read_head


class Format(StrEnum):
    """The formats that can be read."""

    UN_XML = "un-xml"
    OFAC_CSV = "ofac-csv"
    OFAC_XML = "ofac-xml"
    OFAC_ADVANCED_XML = "ofac-advanced-xml"
    FTM_JSON = "ftm-json"
    TARGETS_CSV = "targets-csv"


FIRST_LINES = 20
ROOTS = {
    "CONSOLIDATED_LIST": Format.UN_XML, "sdnList": Format.OFAC_XML, "Sanctions": Format.OFAC_ADVANCED_XML,
}  # fmt: skip
ROOT = re.compile(
    r"\A\ufeff?\s*(?:<\?xml[^>]*\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>|\s)*<(?:\w+:)?(\w+)", re.DOTALL
)
SDN_ROW = re.compile(
    r"""\A\ufeff?\s*"?\d{1,7}"?,(?:"(?:[^"]|"")*"|[^",\r\n]*),\s*("?)(?:-0-|individual|vessel|aircraft|entity)\s*\1,""",
    re.I,
)
ALT_ROW = re.compile(r"""\A\ufeff?\s*"?\d{1,7}"?,"?\d{1,7}"?,("?)(?:[afn]\.?k\.?a\.?)\s*\1,""", re.I)
ADD_ROW = re.compile(r"""\A\ufeff?\s*"?\d{1,7}"?,"?\d{1,7}"?,""")
TARGETS = re.compile(r'\A\ufeff?"?id"?,"?schema"?,"?name"?,"?aliases"?,')
FTM_LINE = re.compile(r'\A\ufeff?\s*\{.*"schema"\s*:', re.DOTALL)


def recognize_head(head: bytes) -> Format | None:
    """The format of a file that begins so, or None. A broken line or two at its beginning do not hide what it is."""
    text = head.decode(choose_encoding(head), "replace")
    if match := ROOT.match(text):
        return ROOTS.get(match[1])
    if TARGETS.match(text):
        return Format.TARGETS_CSV
    lines = text.splitlines()[:FIRST_LINES]
    if any(FTM_LINE.match(line) for line in lines) or (
        text.lstrip("\ufeff \r\n").startswith("{") and '"properties"' in text
    ):
        return Format.FTM_JSON
    if any(SDN_ROW.match(line) and line.count(",") >= 11 for line in lines):
        return Format.OFAC_CSV
    return None


def recognize_part(head: bytes) -> str | None:
    """Which of OFAC's three CSV files begins so: `sdn`, `alt`, `add`, or None."""
    if recognize_head(head) is Format.OFAC_CSV:
        return "sdn"
    lines = head.decode("utf-8", "replace").splitlines()[:FIRST_LINES]
    if any(ALT_ROW.match(line) for line in lines):
        return "alt"
    return "add" if any(ADD_ROW.match(line) and line.count(",") >= 5 for line in lines) else None


def recognize(path: Path) -> Format:
    """The format of a file or folder; InputError where it is none that can be read."""
    if path.is_dir():
        return Format.OFAC_CSV
    head = read_head(path)
    found = recognize_head(head)
    if found is None:
        if recognize_part(head) in ("alt", "add"):
            return Format.OFAC_CSV
        start = head[:40].decode("utf-8", "replace")
        raise InputError(Problem("lists.format.unknown", Where(file=str(path)), "a published list", start))
    return found
