"""Our TAXII server on a socket of this machine, for other people's clients: `python .ci/taxii_server.py PORT DATA`.

DATA is the data file of the standard's reference server, or `-`: then it holds an open inbox and a log of records of
each kind, superseded and withdrawn ones among them. The user is `admin`, the password `Password0`.
"""

import json
import sys
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tahaluf.exchange.commitment import commit
from tahaluf.exchange.marking import Tlp
from tahaluf.exchange.record import Draft, Record, write_record, write_withdrawal
from tahaluf.exchange.taxii.envelope import join_envelope, split_envelope
from tahaluf.exchange.taxii.mapping import definitions_of
from tahaluf.exchange.taxii.server import About, TaxiiServer
from tests.exchange.making import NOW, marking
from tests.exchange.taxii.memory import MemoryCollection, filled, load, served
from tests.exchange.taxii.wsgi import on_socket

MINUTE = timedelta(minutes=1)


def write_records() -> list[Record]:
    """Entities and listings under every TLP, each superseded, and every other one withdrawn."""
    found = []
    for number, tlp in enumerate(Tlp):
        person = {"id": f"p-{number}", "schema": "Person", "properties": {"name": ["نادر سالم", "Nader Salem"]}}
        act = {"id": f"s-{number}", "schema": "Sanction", "properties": {"program": ["watch"], "startDate": ["2026"]}}
        own = {"identity_class": "individual", "name": "Nader Salem"}
        first = write_record(Draft("entity", [person], own, replace(marking(), tlp=tlp)), NOW)
        listed = {"context": "watch-listing", "name": "Listed", "object_refs": [first.id]}
        listing = write_record(Draft("listing", [act], listed, replace(marking(), tlp=tlp)), NOW)
        draft = Draft("entity", [person], {**own, "name": "Nadir Salim"}, first.marking)
        second = write_record(draft, NOW + MINUTE, before=(first, commit(bytes(32), first.data)))
        found += [first, listing, second]
        if number % 2:
            found.append(write_withdrawal((second, commit(bytes(32), second.data)), "contested", NOW + 2 * MINUTE))
    return found


def ours() -> TaxiiServer:
    """The inbox is empty."""
    records = write_records()
    log = MemoryCollection(About("log", "Records"))
    for each in split_envelope(join_envelope((record.data for record in records), False, None)).objects:
        log.append(each)
    log.beside = definitions_of(record.marking for record in records)
    return served(filled(0, "inbox", can_write=True, can_delete=True), log)


def main(port: int, data: str) -> None:
    server = ours() if data == "-" else load(json.loads(Path(data).read_bytes()))
    with on_socket(server, port) as address:
        print(address, flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
