"""A log as a collection: one id everywhere, records as entries, definitions that stock tools take."""

import json
from datetime import timedelta
from typing import Any

from tahaluf.exchange.canonical import Json
from tahaluf.exchange.marking import TLP_DEFINITIONS, Tlp
from tahaluf.exchange.record import Draft, write_record
from tahaluf.exchange.taxii.envelope import join_envelope, split_envelope
from tahaluf.exchange.taxii.mapping import collection_id, definitions_of, stub_of
from tests.exchange.making import NOW, ORIGIN, marking
from tests.exchange.vectors import refused

PERSON: dict[str, Json] = {"id": "p-1", "schema": "Person", "properties": {"name": ["نادر سالم"]}}
OWN: dict[str, Json] = {"identity_class": "individual", "name": "Nader Salem"}


def test_a_collections_id_follows_from_its_origin_alone() -> None:
    assert collection_id(ORIGIN) == collection_id(ORIGIN)
    assert collection_id(ORIGIN)[14] == "5"
    assert collection_id(ORIGIN) != collection_id(ORIGIN.replace("interior", "exterior"))


def test_a_text_that_is_no_origin_has_no_collection() -> None:
    with refused("exchange.log.origin"):
        collection_id("somewhere")


def test_a_records_entry_says_what_a_stock_client_reads_in_its_bytes() -> None:
    record = write_record(Draft("entity", [PERSON], OWN, marking()), NOW)
    stub = stub_of(record, 4, NOW + timedelta(days=1))
    (read,) = split_envelope(join_envelope([record.data], False, None)).objects
    assert (stub.id, stub.version, stub.spec_version) == (read.id, read.version, read.spec_version)
    assert (stub.number, stub.length, stub.date_added) == (4, len(record.data), NOW + timedelta(days=1))


def test_each_definition_that_records_refer_to_comes_once() -> None:
    markings = [marking(), marking(tlp=Tlp.GREEN), marking()]
    found = [json.loads(data) for data in definitions_of(markings)]
    ids = [each["id"] for each in found]
    assert len(ids) == len(set(ids)) == 4
    assert {TLP_DEFINITIONS[Tlp.AMBER], TLP_DEFINITIONS[Tlp.GREEN]} < set(ids)


def test_definitions_hold_no_null_and_no_empty_array() -> None:
    def check(value: Any) -> None:
        assert value is not None
        assert value not in ([], {})
        for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            check(part)

    for data in definitions_of([marking()]):
        check(json.loads(data))
