"""Files made to hang a reader or to eat its memory; each must be refused, or read within bounds and said so."""

import gzip
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from measuring.machine import ROOT

sys.path.insert(0, str(ROOT))

from tests.messages.iso20022 import samples as iso  # noqa: E402
from tests.messages.mt import samples as mt  # noqa: E402
from tests.messages.paxlst import samples as paxlst  # noqa: E402
from tests.messages.pnrgov.test_xml import PNR, notification  # noqa: E402

LAUGHS = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
BOMB = f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a9 SYSTEM "file:///etc/hostname">]>'
DEEP, LONG = 100_000, 20 << 20
ZONE = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10\n"


def make_hostile(folder: Path) -> Iterator[tuple[str, Path]]:
    """What each is, and the file, which is there until the next is asked for."""
    payment = iso.message(iso.transaction(1), iso.transaction(2))
    booking = notification(PNR)
    makers: dict[str, Callable[[], str]] = {
        "ISO 20022: entities in entities (billion laughs)": lambda: BOMB + payment.replace("Moussa", "&a9;"),
        "ISO 20022: an entity that names a file": lambda: OUTSIDE + payment.replace("Moussa", "&a9;"),
        "ISO 20022: elements 100,000 deep around transactions": lambda: payment.replace(
            "<GrpHdr>", "<A>" * DEEP + "<GrpHdr>"
        ),
        "ISO 20022: elements 100,000 deep in a transaction": lambda: payment.replace(
            "</Nm>", "</Nm>" + "<A>" * DEEP + "</A>" * DEEP, 1
        ),
        "ISO 20022: a name of 20 MB": lambda: payment.replace("Moussa", "M" * LONG, 1),
        "ISO 20022: an attribute of 20 MB": lambda: payment.replace("<GrpHdr>", f'<GrpHdr a="{"M" * LONG}">'),
        "ISO 20022: CDATA that opens 200,000 times": lambda: payment.replace("<GrpHdr>", "<![CDATA[" * 200_000),
        "ISO 20022: tags that open 2,000,000 times": lambda: payment.replace("<GrpHdr>", "<" * 2_000_000),
        "PNRGOV XML: entities in entities (billion laughs)": lambda: BOMB + booking.replace("OUSMANE", "&a9;"),
        "PNRGOV XML: elements 100,000 deep": lambda: booking.replace("<Passenger ", "<A>" * DEEP + "<Passenger ", 1),
        "PNRGOV XML: a name of 20 MB": lambda: booking.replace("OUSMANE", "M" * LONG, 1),
        "PAXLST: a segment of 20 MB": lambda: _list("M" * LONG),
        "PAXLST: a name of 10,000,000 components": lambda: _list("M:" * (LONG // 2)),
        "PAXLST: 10,000,000 release characters": lambda: _list("?" * (LONG // 2)),
        "PAXLST: 2,000,000 empty segments": lambda: _list("A'" + "'" * 2_000_000),
        "SWIFT MT: a field of 20 MB": lambda: mt.mt103(f50K="M" * LONG),
        "SWIFT MT: 1,000,000 opening braces": lambda: mt.mt103() + "{1:" * 1_000_000,
        "SWIFT MT: a field of 1,000,000 lines": lambda: mt.mt103(f70="A\n" * 1_000_000),
        "MRZ: a line of 20 MB": lambda: ZONE + "\n" + "P<UTO" + "<" * LONG + "\n",
        "MRZ: 500,000 first lines without a second": lambda: ZONE + (ZONE.splitlines()[0] + "\n") * 500_000,
    }
    path = folder / "hostile"
    for what, make in makers.items():
        path.write_text(make(), encoding="utf-8")
        yield what, path
    with gzip.open(path, "wb", compresslevel=1) as packed:
        packed.write(payment[: payment.index("<CdtTrfTxInf>")].encode())
        for _ in range(400):
            packed.write(b" " * (1 << 20))
    yield "gzip: 400 MB of blanks in a payment file", path


def _list(name: str) -> str:
    return paxlst.message(["NAD+FL+++KONATE:BOUBACAR", f"NAD+FL+++{name}", "NAD+FL+++CISSE:ROKIA"])
