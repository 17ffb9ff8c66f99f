"""Machine-readable travel documents (ICAO Doc 9303): cards, passports, visas; and Arabic names in them, both ways.

Reach for `parse_mrz` to read zones from text, for `write_mrz` to write one, for `transliterate` and `restore` to go
between an Arabic name and the letters that stand for it; `is_mrz` and `read_mrz` are the reader of files.
"""

from datetime import date

from tahaluf.messages.mrz.arabic import encode_name, restore, transliterate
from tahaluf.messages.mrz.checks import check_digit
from tahaluf.messages.mrz.content import is_mrz
from tahaluf.messages.mrz.document import Finding, MrzDocument, MrzReading
from tahaluf.messages.mrz.forms import Form
from tahaluf.messages.mrz.interpret import Interpreter
from tahaluf.messages.mrz.lines import Zone
from tahaluf.messages.mrz.read import read_mrz
from tahaluf.messages.mrz.write import write_mrz
from tahaluf.messages.mrz.zones import find_zones

__all__ = [
    "Finding", "Form", "MrzDocument", "MrzReading", "check_digit", "encode_name", "is_mrz", "parse_mrz",
    "read_mrz", "restore",
    "transliterate", "write_mrz",
]  # fmt: skip


def parse_mrz(text: str, today: date) -> list[MrzReading]:
    """The whole zones in a text, in their order, as of `today`; what else is in it is passed over."""
    interpreter = Interpreter(today)
    zones = (zone for zone in find_zones(enumerate(text.splitlines(), start=1)) if isinstance(zone, Zone))
    return [interpreter.interpret(zone.text, zone.form, zone.line) for zone in zones]
