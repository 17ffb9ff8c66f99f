"""A log as a TAXII collection: its id, its records as entries, and the marking definitions that stock tools need."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from tahaluf.exchange.canonical import Json, write_canonical
from tahaluf.exchange.ids import split_origin
from tahaluf.exchange.marking import NAMESPACE, TLP_DEFINITIONS, Marking, Tlp
from tahaluf.exchange.record import Record
from tahaluf.exchange.taxii.server.ports import Stub
from tahaluf.exchange.times import write_milliseconds

TLP_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"


def collection_id(origin: str) -> str:
    """The id of the collection that a log is: the same at every node. ExchangeError (`exchange.log.origin`)."""
    split_origin(origin)
    return str(uuid.uuid5(NAMESPACE, origin))


def stub_of(record: Record, number: int, date_added: datetime) -> Stub:
    """A record as the entry of that number."""
    return Stub(number, record.id, write_milliseconds(record.modified_at), date_added, len(record.data))


def definitions_of(markings: Iterable[Marking]) -> tuple[bytes, ...]:
    """The STIX marking definitions of some markings, each once: that of TLP 2.0, and the whole one."""
    found: dict[bytes, None] = {}
    for marking in markings:
        found[write_canonical(tlp_definition(marking.tlp))] = None
        found[write_canonical(marking.definition())] = None
    return tuple(found)


def tlp_definition(tlp: Tlp) -> dict[str, Json]:
    """The definition of TLP 2.0 that OASIS gives out."""
    return {
        "created": "2022-10-01T00:00:00.000Z",
        "extensions": {TLP_EXTENSION: {"extension_type": "property-extension", "tlp_2_0": tlp.value}},
        "id": TLP_DEFINITIONS[tlp],
        "name": f"TLP:{tlp.value.upper()}",
        "spec_version": "2.1",
        "type": "marking-definition",
    }
