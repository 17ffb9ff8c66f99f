"""How fast payments are read: a made file of pacs.008 transactions into batches, beside pyiso20022 where there is one.

usage: iso20022.py [--transactions N] [--peer PYTHON] [--write]

Promised are 40,000 transactions a second with at most 100 MB for the whole process. Each reading is a fresh process.
`--peer` names the interpreter of an environment that has pyiso20022, which reads a file of 2,000. A short form:
`--transactions 20000`.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from measuring.page import Figure, report, tell_figures

PROMISED, MEMORY, PEER_FILE = 40_000.0, 100.0, 2_000
NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"
SYLLABLES = [a + b for a in "bdfklmnrsy" for b in "aiu"]
BANKS = ["BNPAFRPPXXX", "BCMAMAMCXXX", "SOGEFRPP", "DEUTDEFF", "BMOIMLBA", "CITINENX", "UTBSTNTT", "BDKAUS33"]
OURS = """
import resource, sys, time
from tahaluf.messages import RejectSink, read_batches
sink = RejectSink()
begin, busy = time.perf_counter(), time.process_time()
rows = sum(batch.num_rows for batch in read_batches(sys.argv[1], rejects=sink))
took, busy = time.perf_counter() - begin, time.process_time() - busy
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print('{"units": %d, "rows": %d, "seconds": %f, "busy": %f, "peak": %f}' % (sink.units, rows, took, busy, peak))
"""
PEER = """
import resource, sys, time
from xsdata.formats.dataclass.parsers import XmlParser
from pyiso20022.pacs.pacs_008_001_08 import Document
begin = time.perf_counter()
document = XmlParser().parse(sys.argv[1], Document)
units = len(document.fito_ficstmr_cdt_trf.cdt_trf_tx_inf)
took = time.perf_counter() - begin
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print('{"units": %d, "seconds": %f, "peak": %f}' % (units, took, peak))
"""


def make_iban(rng: random.Random) -> str:
    """A French IBAN whose check digits hold."""
    account = "".join(rng.choices("0123456789", k=23))
    return f"FR{98 - int(account + '152700') % 97:02d}{account}"


def make_name(rng: random.Random) -> str:
    return " ".join("".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))).title() for _ in range(rng.randint(2, 3)))


def make_transaction(rng: random.Random, number: int) -> str:
    """Invented, of nine elements that differ and some that are there or not, on one line as systems write them."""
    street = f"<StrtNm>Rue {rng.randrange(900)}</StrtNm>" if rng.random() < 0.5 else ""
    ultimate = f"<UltmtCdtr><Nm>{make_name(rng)}</Nm></UltmtCdtr>" if rng.random() < 0.2 else ""
    return (
        f"<CdtTrfTxInf><PmtId><InstrId>I{number}</InstrId><EndToEndId>E2E-{number}</EndToEndId></PmtId>"
        f'<IntrBkSttlmAmt Ccy="EUR">{rng.randrange(10, 9000)}.50</IntrBkSttlmAmt><ChrgBr>SLEV</ChrgBr>'
        f"<Dbtr><Nm>{make_name(rng)}</Nm><PstlAdr>{street}<TwnNm>Lyon</TwnNm><Ctry>FR</Ctry></PstlAdr></Dbtr>"
        f"<DbtrAcct><Id><IBAN>{make_iban(rng)}</IBAN></Id></DbtrAcct>"
        f"<DbtrAgt><FinInstnId><BICFI>{rng.choice(BANKS)}</BICFI></FinInstnId></DbtrAgt>"
        f"<CdtrAgt><FinInstnId><BICFI>{rng.choice(BANKS)}</BICFI></FinInstnId></CdtrAgt>"
        f"<Cdtr><Nm>{make_name(rng)}</Nm></Cdtr>"
        f"<CdtrAcct><Id><IBAN>{make_iban(rng)}</IBAN></Id></CdtrAcct>{ultimate}"
        f"<RmtInf><Ustrd>Invoice {number} of March</Ustrd></RmtInf></CdtTrfTxInf>"
    )


def make_parts(count: int) -> Iterator[str]:
    rng = random.Random(11)
    yield (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{NAMESPACE}"><FIToFICstmrCdtTrf><GrpHdr>'
        f"<MsgId>MADE</MsgId><CreDtTm>2026-03-01T09:00:00</CreDtTm><NbOfTxs>{count}</NbOfTxs><SttlmInf>"
        "<SttlmMtd>CLRG</SttlmMtd></SttlmInf></GrpHdr>\n"
    )
    for number in range(count):
        yield make_transaction(rng, number) + "\n"
    yield "</FIToFICstmrCdtTrf></Document>\n"


def make_file(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(make_parts(count))


def run(python: str, program: str, path: Path) -> dict[str, float]:
    """What a program prints of its reading."""
    done = subprocess.run([python, "-c", program, str(path)], capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def measure(folder: Path, count: int, peer: str | None) -> Iterator[Figure]:
    path = folder / "pacs.008.xml"
    make_file(path, count)
    size = path.stat().st_size / 1e6
    ours = run(sys.executable, OURS, path)
    if ours["units"] != count:
        raise SystemExit(f"{ours['units']} of {count} transactions were read")
    told = f"pacs.008, {count:,} transactions, {size:.0f} MB, {ours['rows'] / count:.1f} subjects each: a second"
    yield Figure(told, count / ours["seconds"], "", PROMISED, least=True)
    yield Figure("The same by the processor time of one core, a second", count / ours["busy"], "")
    yield Figure("Peak memory of the process", ours["peak"], "MB", MEMORY)
    if peer:
        make_file(path, PEER_FILE)
        theirs = run(peer, PEER, path)
        yield Figure(f"pyiso20022, {PEER_FILE:,} transactions: a second", PEER_FILE / theirs["seconds"], "")
        yield Figure("Peak memory of pyiso20022", theirs["peak"], "MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--transactions", type=int, default=200_000)
    parser.add_argument("--peer", help="an interpreter that has pyiso20022")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = list(measure(Path(folder), options.transactions, options.peer))
    report("iso20022", tell_figures(figures), write=options.write)


if __name__ == "__main__":
    main()
