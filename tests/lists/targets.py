"""The small files that the mutation tests start from: one of each format, with invented people."""

import gzip
import re
from pathlib import Path

from tests.lists import samples
from tests.lists.mutate import Target

UN = re.compile(rb"<(INDIVIDUAL|ENTITY)>\s*<DATAID>(?P<id>\d+)</DATAID>.*?</\1>", re.DOTALL)
SDN = re.compile(rb"<sdnEntry><uid>(?P<id>\d+)</uid>.*?</sdnEntry>", re.DOTALL)
ROW = re.compile(rb'^"?(?P<id>\d+)"?,.*\n', re.MULTILINE)
PARTY = re.compile(rb'^\{"id":"(?P<id>[a-z0-9-]+)"[^\n]*"schema":"(?:Person|PublicBody)"[^\n]*\n', re.MULTILINE)
TARGET = re.compile(rb'^"(?P<id>T-\d+)","Person".*?\n(?="T-|\Z)', re.MULTILINE | re.DOTALL)


def make_targets(folder: Path) -> list[Target]:
    """One target for each format; the CSV files of OFAC get their companions in the folder."""
    numbers = [start + n for n in range(6) for start in (611, 651)]
    rows = "".join(samples.SDN_CSV.replace("601,", f"{611 + n},").replace("602,", f"{651 + n},") for n in range(6))
    samples.save(folder, "alt.csv", "".join(f'{number},1,fka,"BERQANI, Nadya",-0- \n' for number in numbers))
    samples.save(
        folder, "add.csv", "".join(f'{number},1,"12 Rue du Port","Sfax","Tunisia",-0- \n' for number in numbers)
    )
    header, body = samples.TARGETS.split("\n", 1)
    flat = header + "\n" + "".join(body.replace("T-1", f"T-1{n}").replace("T-2", f"T-2{n}") for n in range(4))
    return [
        Target("un", samples.UN.encode(), UN, "un-", plantable=True),
        Target("ofac-xml", samples.SDN.encode(), SDN, "ofac-", plantable=True),
        Target("ofac-csv", rows.encode(), ROW, "ofac-"), Target("ftm", samples.FTM.encode() * 2, PARTY, alone=False),
        Target("targets", flat.encode(), TARGET, alone=False),
        Target("gzip", gzip.compress(samples.FTM.encode()), re.compile(rb"(?P<id>)\Z.")),
    ]  # fmt: skip
