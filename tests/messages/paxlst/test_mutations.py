"""Damaged lists: no crash, no traveler lost without a word."""

import random
from pathlib import Path

from tests.messages.paxlst.mutate import lost, mutate
from tests.messages.paxlst.samples import TRAVELER, message, read_text

NAMES = ("KONATE:BOUBACAR", "TRAORE:AMINATA", "HAIDARA:SEKOU", "CISSE:ROKIA", "DUBOIS:CLAIRE", "BENALI:YOUSSEF")


def test_no_traveler_of_a_damaged_list_is_lost_without_a_report(tmp_path: Path) -> None:
    rng = random.Random(23)
    segments = [segment for name in NAMES for segment in (f"NAD+FL+++{name}", *TRAVELER[1:])]
    whole = message(segments).encode()
    for number in range(2000):
        data = mutate(whole, rng)
        read = read_text(tmp_path, data)
        assert lost(data, read) == [], (number, data)
        assert read.units == len({subject.unit for subject in read.subjects}) + len(
            {item.unit for item in read.rejections if not item.screened}
        )
