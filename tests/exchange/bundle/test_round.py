"""Bundles that arrive as they were written: all that may go arrives, nothing else does, and nothing twice."""

import io
import tarfile
from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tahaluf.exchange.bundle import (
    Carried,
    Gap,
    Ranges,
    Sealer,
    TakenEntry,
    TakenIndex,
    parse_request,
    write_bundle,
)
from tahaluf.exchange.bundle.manifest import parse_manifest
from tahaluf.exchange.egress import Line
from tahaluf.exchange.errors import ExchangeError
from tahaluf.exchange.marking import Onward, Tlp
from tahaluf.exchange.payload import Payload
from tahaluf.exchange.record import Record, write_withdrawal
from tahaluf.exchange.registry import Registry, write_registry
from tests.exchange.bundle.cast import (
    NOW,
    RECEIVER,
    REGISTRY,
    SEAL_PUBLIC,
    SENDER,
    THIRD,
    TO_BOTH,
    TO_THIRD,
    Receiver,
    bundle_of,
    carried,
    dispatch,
    files_of,
    index_note,
    log_of,
    marking,
    payload,
    person,
    truth_of,
    written,
)
from tests.exchange.log.disks import Disk


def records_of(truth: dict[tuple[str, int], Payload], origin: str) -> dict[int, bytes]:
    return {number: own.record for (own_origin, number), own in truth.items() if own_origin == origin}


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 513])
def test_what_was_written_arrives_whole(size: int) -> None:
    author, receiver = log_of(size), Receiver()
    report = receiver.read(bundle_of(author))
    origin = author.head.origin
    assert receiver.records(origin) == records_of(truth_of(author), origin)
    assert len(receiver.records(origin)) == size
    assert report.taken == {origin: Ranges([(0, size)])}
    assert not report.missing and not report.refused and not report.skipped and not report.cut
    assert receiver.indexes[SENDER].lines[0].size == size


def test_several_logs_arrive_together() -> None:
    authors = [log_of(300), log_of(5, TO_BOTH)]
    receiver = Receiver()
    report = receiver.read(bundle_of(*authors))
    for author in authors:
        origin = author.head.origin
        assert receiver.records(origin) == records_of(truth_of(author), origin)
    assert not report.missing and not report.refused


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 300), min_size=2, max_size=4), st.data())
def test_later_bundles_bring_what_is_new_from_any_size_on(portions: list[int], data: st.DataObject) -> None:
    disk, receiver, held = Disk(), Receiver(), 0
    for portion in portions:
        author = log_of(portion, disk=disk)
        start = data.draw(st.integers(0, held))
        bundle, _ = written([carried(author, start)], [index_note(author.head, sequence=author.head.size)])
        report = receiver.read(bundle)
        origin, size = author.head.origin, author.head.size
        assert report.taken[origin] == Ranges([(held, size)]), "nothing comes twice"
        assert report.known[origin] == Ranges([(start // 256 * 256, held)])
        assert not report.missing and not report.refused
        held = size
    assert receiver.records(author.head.origin) == records_of(truth_of(author), author.head.origin)


def test_an_older_bundle_is_no_error_and_brings_nothing() -> None:
    disk, receiver = Disk(), Receiver()
    old = log_of(300, disk=disk)
    older = written([carried(old)], [index_note(old.head, sequence=1)])[0]
    new = log_of(100, disk=disk)
    receiver.read(written([carried(new)], [index_note(new.head, sequence=2)])[0])
    held = receiver.logs[new.head.origin].head
    report = receiver.read(older)
    assert not [item for item in receiver.items if isinstance(item, TakenEntry | TakenIndex)]
    assert report.known[new.head.origin] == Ranges([(0, 300)])
    assert not report.missing
    assert {code for code, _ in report.refused} == {"exchange.index.replay"}
    assert receiver.logs[new.head.origin].head == held == new.head


def test_an_older_bundle_gives_back_payloads_that_were_lost() -> None:
    author, receiver = log_of(300), Receiver()
    bundle = bundle_of(author)
    receiver.read(bundle)
    origin = author.head.origin
    for number in (3, 299):
        del receiver.logs[origin].payloads[number]
    report = receiver.read(bundle)
    assert report.taken[origin] == Ranges.of([3, 299])
    assert receiver.records(origin) == records_of(truth_of(author), origin)


def test_erased_payloads_are_told_from_those_that_the_sender_lacks() -> None:
    author, receiver = log_of(10), Receiver()
    author.erase([2, 7])
    bundle, summary = written([carried(author, lacks=Ranges.of([7]))])
    report = receiver.read(bundle)
    origin = author.head.origin
    assert report.erased[origin] == Ranges.of([2])
    assert report.withheld[origin] == Ranges.of([7])
    assert summary.withheld[origin] == Ranges.of([7])
    assert sorted(receiver.records(origin)) == [0, 1, 3, 4, 5, 6, 8, 9]
    gaps = {item.number: item.gap for item in receiver.items if isinstance(item, TakenEntry) and item.gap}
    assert gaps == {2: Gap.ERASED, 7: Gap.WITHHELD}


def test_a_request_is_answered_by_what_was_asked_for() -> None:
    author, receiver = log_of(800), Receiver()
    damaged = bytearray(bundle_of(author))
    origin = author.head.origin
    at = files_of(bytes(damaged))[f"{origin}/payload/001"].start
    damaged[at + 2048 : at + 2600] = bytes(552)
    report = receiver.read(bytes(damaged))
    assert report.missing[origin] and report.missing[origin] - Ranges([(256, 512)]) == Ranges()
    wanted = parse_request(report.request())
    bundle, _ = written([Carried(author.store, wanted[origin])])
    with tarfile.open(fileobj=io.BytesIO(bundle)) as tar:
        payloads = [name for name in tar.getnames() if "/payload/" in name]
    assert payloads == [f"{origin}/payload/001"]
    again = receiver.read(bundle)
    assert again.taken == {origin: report.missing[origin]}
    assert not again.missing and not again.refused
    assert receiver.records(origin) == records_of(truth_of(author), origin)


def test_stock_tools_read_the_tar_and_find_the_files_of_the_line() -> None:
    author = log_of(300)
    bundle = bundle_of(author, registry={"registry.json": write_registry(REGISTRY)})
    origin = author.head.origin
    with tarfile.open(fileobj=io.BytesIO(bundle), format=tarfile.USTAR_FORMAT) as tar:
        members = tar.getmembers()
        files = {member.name: tar.extractfile(member).read() for member in members}  # type: ignore[union-attr]
    assert all(member.isreg() and not member.uid and not member.mtime and member.mode == 0o644 for member in members)
    assert len(files) == len(members)
    for path in ("checkpoint", "audience", "tile/0/000", "tile/entries/001.p/44", "tile/0/001.p/44", "tile/1/000.p/1"):
        assert files[f"{origin}/{path}"] == author.store.read(path)
    assert parse_manifest(files["bundle.json"]).needs == {origin: 0}
    assert all(files[name.removeprefix("again/")] == data for name, data in files.items() if name.startswith("again/"))


def test_a_sealed_bundle_arrives_and_shows_nothing_on_the_way() -> None:
    author, receiver = log_of(300, tlp=Tlp.RED), Receiver()
    file = io.BytesIO()
    sealer = Sealer(file, RECEIVER, SEAL_PUBLIC)
    write_bundle(sealer, dispatch(line=Line.SEALED), [carried(author)], [index_note(author.head)])
    sealer.close()
    sealed = file.getvalue()
    assert SENDER.encode() not in sealed and b"ustar" not in sealed
    report = receiver.read(sealed)
    assert receiver.records(author.head.origin) == records_of(truth_of(author), author.head.origin)
    assert not report.missing and not report.refused and not report.cut


def test_what_may_not_go_open_is_withheld_and_comes_sealed_later() -> None:
    author, receiver = log_of(3, tlp=Tlp.AMBER), Receiver()
    author.append_payloads([payload(3, person(3, marking(tlp=Tlp.RED)).data)])
    secret = person(3).id.encode()
    origin = author.head.origin
    bundle, summary = written([carried(author)], [index_note(author.head)])
    assert summary.sent == {origin: 3} and summary.withheld[origin] == Ranges.of([3])
    report = receiver.read(bundle)
    assert report.withheld == {origin: Ranges.of([3])} and not report.erased[origin] and not report.missing
    assert not [
        item
        for item in receiver.items
        if isinstance(item, TakenEntry) and item.payload and secret in item.payload.record
    ]
    file = io.BytesIO()
    sealer = Sealer(file, RECEIVER, SEAL_PUBLIC)
    write_bundle(sealer, dispatch(line=Line.SEALED), [carried(author)])
    sealer.close()
    assert receiver.read(file.getvalue()).taken == {origin: Ranges.of([3])}
    assert sorted(receiver.records(origin)) == [0, 1, 2, 3]


def test_the_rule_is_asked_for_every_record() -> None:
    author = log_of(1)
    expired = marking(expires_at=NOW - timedelta(days=1))
    not_mine = marking(TO_BOTH)
    drafts = [person(1, expired).data, person(2, not_mine).data, b"no record"]
    author.append_payloads([payload(number, data) for number, data in enumerate(drafts, 1)])
    first = person(0)
    author.append_payloads([payload(4, write_withdrawal((first, bytes(32)), "error", NOW).data)])
    bundle, summary = written([carried(author)])
    assert summary.withheld == {author.head.origin: Ranges([(1, 4)])}
    receiver = Receiver()
    receiver.read(bundle)
    assert sorted(receiver.records(author.head.origin)) == [0, 4]


def test_a_relay_carries_what_its_author_lets_it_carry() -> None:
    author = log_of(2, TO_BOTH, onward=Onward.AUDIENCE)
    author.append_payloads([payload(2, person(2, marking(TO_BOTH)).data)])
    _, summary = written([carried(author)], sender=THIRD)
    assert summary.sent == {author.head.origin: 2} and summary.withheld == {author.head.origin: Ranges.of([2])}


def test_a_log_of_others_does_not_go_and_its_index_neither() -> None:
    mine, others = log_of(2), log_of(2, TO_THIRD)
    bundle, summary = written([carried(mine), carried(others)])
    assert summary.left_out == (others.head.origin,)
    assert others.head.origin.encode() not in bundle
    with pytest.raises(ExchangeError, match=r"exchange\.index\.origin"):
        written([carried(mine)], [index_note(mine.head, receiver=THIRD)])


def test_the_ledger_is_written_before_the_bytes_leave() -> None:
    author, file = log_of(300), io.BytesIO()
    noted: list[tuple[str, int]] = []

    def note(_origin: str, records: Sequence[Record]) -> None:
        payloads = sum("/payload/" in name for name in files_of(file.getvalue() + bytes(1024)))
        noted.extend((record.id, payloads) for record in records)

    write_bundle(file, dispatch(note_served=note), [carried(author)])
    assert [record_id for record_id, _ in noted] == [person(number).id for number in range(300)]
    assert {files for _, files in noted} == {0, 1}, "a tile's records are noted before the tile is written"


def test_the_second_check_stops_a_bundle_before_the_file_that_it_refuses() -> None:
    author, file = log_of(300), io.BytesIO()

    def check(path: str, data: bytes, receiver: str) -> None:
        assert receiver == RECEIVER and data
        if path.endswith("payload/001.p/44"):
            raise RuntimeError(path)

    with pytest.raises(RuntimeError):
        write_bundle(file, dispatch(check_outgoing=check), [carried(author)])
    payloads = [name for name in files_of(file.getvalue() + bytes(1024)) if "/payload/" in name]
    assert payloads == [f"{author.head.origin}/payload/000"]


def test_a_log_that_grows_while_it_is_written_goes_as_it_was_signed() -> None:
    disk, receiver = Disk(), Receiver()
    author = log_of(300, disk=disk)
    head = author.head
    note = author.store.read("checkpoint")

    class Growing:
        """Serves the checkpoint of before; the files have grown on."""

        head = author.head

        def read(self, path: str) -> bytes | None:
            return note if path == "checkpoint" else author.store.read(path)

    log_of(300, disk=disk)
    report = receiver.read(written([Carried(Growing(), Ranges([(0, 300)]))])[0])
    assert report.taken == {head.origin: Ranges([(0, 300)])} and not report.missing and not report.refused


def test_a_registry_that_comes_along_is_used() -> None:
    author = log_of(2)
    bundle = bundle_of(author, registry={"registry.json": write_registry(REGISTRY)})
    receiver = Receiver(known=Registry(()))
    assert receiver.read(bundle).taken == {author.head.origin: Ranges([(0, 2)])}
    report = Receiver(known=Registry(())).read(bundle_of(author))
    assert not report.taken and {code for code, _ in report.refused} >= {"exchange.note.signature"}


def test_records_that_repeat_themselves_are_stored_so_that_their_reader_may_expand_them() -> None:
    author = log_of(1)
    long = "a" * 60_000
    author.append_payloads([payload(number, person(number, words=long).data) for number in range(1, 200)])
    receiver = Receiver()
    report = receiver.read(bundle_of(author))
    assert len(report.taken[author.head.origin]) == 200 and not report.refused and not report.missing
