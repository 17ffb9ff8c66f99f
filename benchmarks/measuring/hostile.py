"""Files made to hang a reader or to eat its memory; each must be refused, or read within bounds and said so."""

import gzip
import sys
from collections.abc import Iterator
from pathlib import Path

from measuring.machine import ROOT

sys.path.insert(0, str(ROOT))

from tests.messages.iso20022 import samples as iso
from tests.messages.mt import samples as mt
from tests.messages.paxlst import samples as paxlst
from tests.messages.pnrgov.test_xml import PNR, notification

LAUGHS = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
BOMB = f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a9 SYSTEM "file:///etc/hostname">]>'
ZONE = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10\n"


def make_hostile(folder: Path, size: float) -> Iterator[tuple[str, Path]]:
    """What each is, and the file, which is there until the next is asked for; `size` 1 is about 20 MB."""
    path, most = folder / "hostile", int(size * (20 << 20))
    for make in (_payments, _bookings, _lists, _transfers, _zones):
        for what, text in make(most):
            path.write_text(text, encoding="utf-8")
            yield what, path
    payment = iso.message(iso.transaction(1))
    with gzip.open(path, "wb", compresslevel=1) as packed:
        packed.write(payment[: payment.index("<CdtTrfTxInf>")].encode())
        for _ in range(int(size * 400) + 1):
            packed.write(b" " * (1 << 20))
    yield "gzip: a payment file with a great many blanks", path


def _payments(most: int) -> Iterator[tuple[str, str]]:
    text, deep = iso.message(iso.transaction(1), iso.transaction(2)), most // 200
    head, name = "<GrpHdr>", "Moussa"
    for what, hostile in {
        "entities in entities (billion laughs)": BOMB + text.replace(name, "&a9;"),
        "an entity that names a file": OUTSIDE + text.replace(name, "&a9;"),
        "very deep elements around transactions": text.replace(head, "<A>" * deep + head),
        "very deep elements in a transaction": text.replace("</Nm>", "</Nm>" + "<A>" * deep + "</A>" * deep, 1),
        "an endless name": text.replace(name, "M" * most, 1),
        "an endless attribute": text.replace(head, f'<GrpHdr a="{"M" * most}">'),
        "CDATA opened again and again": text.replace(head, "<![CDATA[" * (most // 100)),
        "comments opened again and again": text.replace(head, "<!--" * (most // 100)),
        "tags opened again and again": text.replace(head, "<" * (most // 10)),
        "transactions without a party": iso.message(iso.transaction(1), "<CdtTrfTxInf/>" * (most // 100)),
    }.items():
        yield f"ISO 20022: {what}", hostile


def _bookings(most: int) -> Iterator[tuple[str, str]]:
    text = notification(PNR)
    yield "PNRGOV XML: entities in entities (billion laughs)", BOMB + text.replace("OUSMANE", "&a9;")
    yield "PNRGOV XML: very deep elements", text.replace("<Passenger ", "<A>" * (most // 200) + "<Passenger ", 1)
    yield "PNRGOV XML: an endless name", text.replace("OUSMANE", "M" * most, 1)


def _lists(most: int) -> Iterator[tuple[str, str]]:
    for what, name in {
        "an endless segment": "M" * most,
        "a name of endless components": "M:" * (most // 2),
        "release characters without end": "?" * (most // 2),
        "empty segments without end": "A'" + "'" * (most // 10),
        "travelers without a name": "'NAD+FL" * (most // 100),
    }.items():
        yield (
            f"PAXLST: {what}",
            paxlst.message(["NAD+FL+++KONATE:BOUBACAR", f"NAD+FL+++{name}", "NAD+FL+++CISSE:ROKIA"]),
        )


def _transfers(most: int) -> Iterator[tuple[str, str]]:
    yield "SWIFT MT: an endless field", mt.mt103(f50K="M" * most)
    yield "SWIFT MT: headers without a text", mt.mt103() + "{1:" * (most // 20)
    yield "SWIFT MT: a field of endless lines", mt.mt103(f70="A\n" * (most // 20))


def _zones(most: int) -> Iterator[tuple[str, str]]:
    yield "MRZ: an endless line", ZONE + "\n" + "P<UTO" + "<" * most + "\n"
    yield "MRZ: first lines without a second", ZONE + (ZONE.splitlines()[0] + "\n") * (most // 45)
