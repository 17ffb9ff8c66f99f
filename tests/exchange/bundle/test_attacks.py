"""Bundles that somebody made to mislead: each is refused with its code, and nothing of it is taken."""

import hashlib
import io
import tracemalloc
import zlib

import pytest

from tahaluf.exchange.bundle import (
    Carried,
    Gap,
    Item,
    Ranges,
    Report,
    Sealer,
    SeenCheckpoint,
    TakenEntry,
    TwoHistories,
    Verification,
    open_bundle,
)
from tahaluf.exchange.bundle.manifest import Manifest
from tahaluf.exchange.bundle.payloads import most_of, read_payloads
from tahaluf.exchange.bundle.tar import BLOCK, _block
from tahaluf.exchange.checkpoint import Checkpoint, sign_checkpoint
from tahaluf.exchange.equivocation import Equivocation, parse_equivocation, prove_equivocation, verify_equivocation
from tahaluf.exchange.errors import ExchangeError
from tahaluf.exchange.log import Author
from tahaluf.exchange.notes import SigningKey
from tahaluf.exchange.payload import MOST, Payload
from tahaluf.exchange.registry import Registry
from tests.exchange.bundle import cast
from tests.exchange.bundle.cast import (
    NOW,
    RECEIVER,
    REGISTRY,
    SEAL,
    SEAL_PUBLIC,
    SEED,
    SENDER,
    THIRD,
    TO_BOTH,
    TO_ONE,
    TO_THIRD,
    Receiver,
    bundle_of,
    carried,
    index_note,
    log_of,
    payload,
    person,
    written,
)
from tests.exchange.bundle.damage import Original, members_of, read, replaced, sealed, taken_of, tar_of
from tests.exchange.log.disks import Disk


def codes(report: Report) -> set[str]:
    return {code for code, _ in report.refused}


def entries(items: list[Item]) -> list[TakenEntry]:
    return [item for item in items if isinstance(item, TakenEntry)]


def forged(size: int, changed: int) -> Author:
    """Another history under the same key: one record is another one."""
    author = Author(Disk(), SENDER, TO_ONE, SEED)
    names = [number if number != changed else 10_000 + number for number in range(size)]
    author.append_payloads([payload(number, person(number).data) for number in names])
    return author


@pytest.mark.parametrize("held", [1, 100, 255, 256, 300, 512])
@pytest.mark.parametrize("came", [1, 100, 256, 300, 512, 700])
def test_two_histories_are_found_and_proven_whichever_is_the_larger(held: int, came: int) -> None:
    mine, theirs = log_of(held), forged(came, changed=0)
    receiver = Receiver()
    receiver.read(bundle_of(mine))
    items, report = read(written([carried(theirs)])[0], receiver)
    assert not [item for item in entries(items) if item.number >= held], "nothing of the other history is taken"
    assert "exchange.checkpoint.equivocation" in codes(report)
    assert not report.missing, "nobody is asked for more of it"
    found = next(item for item in items if isinstance(item, TwoHistories))
    kept = mine.store.read("checkpoint") or b""
    first, second = (found.note, kept) if came < held else (kept, found.note)
    if held != came:
        proof = prove_equivocation(first, second, found.prefix_root, found.consistency, [cast.LOG_KEY.public])
    else:
        proof = Equivocation(kept, found.note, theirs.head.root)
    assert verify_equivocation(parse_equivocation(proof.canonical()), [cast.LOG_KEY.public]) == mine.head.origin


def test_a_history_that_changes_only_what_is_new_is_the_log_itself() -> None:
    receiver = Receiver()
    receiver.read(bundle_of(log_of(300)))
    _, report = read(written([carried(forged(400, changed=350))])[0], receiver)
    assert not codes(report) and report.taken[log_of(0).head.origin] == Ranges([(300, 400)])


def test_what_others_saw_is_carried_and_what_contradicts_it_is_found() -> None:
    mine, theirs = log_of(300), forged(200, changed=7)
    good, bad = (author.store.read("checkpoint") or b"" for author in (log_of(250), theirs))
    receiver = Receiver()
    receiver.read(bundle_of(mine))
    bundle, _ = written([carried(mine, cosigned={THIRD: good, "police.dune.example": bad})])
    items, report = read(bundle, receiver)
    assert [item.member for item in items if isinstance(item, SeenCheckpoint)] == [THIRD]
    found = next(item for item in items if isinstance(item, TwoHistories))
    note = mine.store.read("checkpoint") or b""
    prove_equivocation(found.note, note, found.prefix_root, found.consistency, [cast.LOG_KEY.public])
    assert codes(report) == {"exchange.checkpoint.equivocation"}


def test_what_others_saw_of_a_log_that_is_not_here_is_not_taken() -> None:
    author = log_of(3)
    note = author.store.read("checkpoint") or b""
    bundle, _ = written([carried(author, cosigned={THIRD: note})])
    items, report = read(replaced(bundle, {"/checkpoint": None}))
    assert not items
    assert ("exchange.ingress.not_addressed", f"{author.head.origin}/cosigned/{THIRD}") in report.refused


def test_a_record_over_the_bound_is_not_read() -> None:
    heads = [b"\x01" * 32 + size.to_bytes(4, "big") + bytes([7]) * size for size in (MOST, MOST + 1, 5)]
    packer = zlib.compressobj(wbits=-15)
    tile = packer.compress(b"".join(heads)) + packer.flush()
    found = read_payloads(tile, 3, most_of(3)).found
    assert isinstance(found[0], Payload) and found[1:] == (Gap.MISSING, Gap.MISSING)


def test_a_bundle_that_leaves_a_gap_is_not_taken_before_the_gap_is_filled() -> None:
    receiver, disk = Receiver(), Disk()
    receiver.read(bundle_of(log_of(100, disk=disk)))
    log_of(300, disk=disk)
    author = log_of(0, disk=disk)
    items, report = read(written([Carried(author.store, Ranges([(256, 400)]))])[0], receiver)
    origin = author.head.origin
    assert not entries(items) and codes(report) == {"exchange.checkpoint.proof"}
    assert report.missing == {origin: Ranges([(100, 400)])}
    receiver.read(written([Carried(author.store, report.missing[origin])])[0])
    assert len(receiver.records(origin)) == 400


def test_a_log_that_another_key_signed_gives_nothing() -> None:
    author = Author(Disk(), SENDER, TO_ONE, hashlib.sha256(b"thief").digest())
    author.append_payloads([payload(0, person(0).data)])
    items, report = read(written([carried(author)])[0])
    assert not items and "exchange.note.signature" in codes(report)


def test_a_checkpoint_of_another_tree_gives_nothing() -> None:
    author = log_of(300)
    key = SigningKey(author.head.origin, SEED)
    note = sign_checkpoint(Checkpoint(author.head.origin, 300, bytes(32)), key)
    items, report = read(replaced(bundle_of(author), {"/checkpoint": note}))
    assert not entries(items) and "exchange.log.root" in codes(report)
    assert report.missing[author.head.origin].parts[0][0] == 0


def test_a_head_of_an_enormous_size_costs_nothing() -> None:
    author = log_of(3)
    key = SigningKey(author.head.origin, SEED)
    note = sign_checkpoint(Checkpoint(author.head.origin, 2**53 - 1, bytes(32)), key)
    items, report = read(replaced(bundle_of(author), {"/checkpoint": note}))
    assert not entries(items) and "exchange.log.root" in codes(report)


def test_a_log_whose_audience_the_receiver_is_not_in_is_not_taken() -> None:
    author = log_of(3, TO_THIRD)
    bundle, _ = written([carried(author)], receiver=THIRD)
    manifest = Manifest(RECEIVER, SENDER, NOW, 1).canonical()
    items, report = read(replaced(bundle, {"bundle.json": manifest}))
    assert not items and codes(report) == {"exchange.ingress.not_addressed"}
    assert not report.missing, "what is not its own is not asked for"


def test_an_audience_that_is_not_the_origins_is_refused() -> None:
    author = log_of(3, TO_THIRD)
    bundle, _ = written([carried(author)], receiver=THIRD)
    changes = {"bundle.json": Manifest(RECEIVER, SENDER, NOW, 1).canonical(), "/audience": TO_ONE.canonical()}
    items, report = read(replaced(bundle, changes))
    assert not items and "exchange.log.audience" in codes(report)


def test_an_audience_of_whom_the_registry_does_not_know_is_refused() -> None:
    author = log_of(3, TO_BOTH)
    few = Registry(tuple(member for member in REGISTRY.members if member.id != THIRD))
    items, report = read(written([carried(author)])[0], Receiver(known=few))
    assert not items and "exchange.log.audience" in codes(report)


def test_a_bundle_for_another_receiver_is_refused_open_or_sealed() -> None:
    bundle, _ = written([carried(log_of(3, TO_THIRD))], receiver=THIRD)
    file = io.BytesIO()
    sealer = Sealer(file, THIRD, SEAL_PUBLIC)
    sealer.write(bundle)
    sealer.close()
    for data in (bundle, file.getvalue()):
        with pytest.raises(ExchangeError, match=r"exchange\.bundle\.receiver"):
            read(data)


def test_a_damaged_name_of_the_receiver_does_not_refuse_its_own_bundle() -> None:
    bundle = bundle_of(log_of(3))
    at = bundle.index(RECEIVER.encode())
    changed = bundle[:at] + b"g" + bundle[at + 1 :]
    assert len(entries(read(changed)[0])) == 3


def test_an_index_for_another_receiver_is_refused() -> None:
    author = log_of(3)
    bundle, _ = written([carried(author)], [index_note(author.head)])
    members = [
        (name.replace(RECEIVER, THIRD) if "/index/" in name else name, index_note(author.head, receiver=THIRD))
        if "/index/" in name
        else (name, data)
        for name, data in members_of(bundle)
    ]
    items, report = read(tar_of(members))
    assert codes(report) == {"exchange.index.origin"} and len(entries(items)) == 3


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../../etc/passwd",
        "registry/../../x",
        "a//b",
        "./bundle.json",
        "again/pad",
        "unknown",
        "C:\\x",
        "a/" * 100 + "x",
        f"{SENDER}/log/1/{TO_ONE.id}/payload/000.p/0",
        f"{SENDER}/log/1/{TO_ONE.id}/payload/000.p/256",
        f"{SENDER}/log/1/{TO_ONE.id}/payload/x000/001",
        f"{SENDER}/log/1/{TO_ONE.id}/tile/7/000",
        f"{SENDER}/log/1/{TO_ONE.id}/../checkpoint",
        f"{SENDER}/log/1/{'g' * 64}/checkpoint",
    ],
)
def test_names_that_no_bundle_has_are_noted_and_the_rest_is_read(name: str) -> None:
    author = log_of(3)
    bundle = bundle_of(author)
    prefix, rest = (name[:100], name[101:]) if len(name) > 100 and "/" in name[100:101] else ("", name[:100])
    header = _block(prefix.encode(), rest.encode(), 100)
    items, report = read(header + bytes(BLOCK) + bundle)
    assert "exchange.bundle.name" in codes(report)
    assert len(entries(items)) == 3


def test_links_and_devices_are_no_files_of_a_bundle() -> None:
    author = log_of(3)
    header = bytearray(_block(b"", b"bundle.json", 0))
    for kind in b"123456xgLK":
        header[156] = kind
        header[148:156] = b"%06o\x00 " % (sum(header[:148]) + 8 * 32 + sum(header[156:]))
        items, report = read(bytes(header) + bundle_of(author))
        assert report.skipped == BLOCK and len(entries(items)) == 3


def test_a_payload_tile_that_would_fill_the_memory_is_refused_before_it_does() -> None:
    author = log_of(3)
    packer = zlib.compressobj(level=9, wbits=-15)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(512)) + packer.flush()
    lying = zlib.compressobj(level=9, wbits=-15)
    long = lying.compress(b"\x01" * 32 + b"\xff" * 4 + bytes(30_000_000)) + lying.flush()
    for data in (bomb, long):
        bundle = replaced(bundle_of(author), {"/payload/000.p/3": data})
        tracemalloc.start()
        items, report = read(bundle)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 16_000_000
        assert not taken_of(items) and codes(report) == {"exchange.bundle.bound"}


def test_what_stands_behind_the_last_payload_is_noted_and_not_read() -> None:
    author = log_of(3)
    tile = zlib.decompress(author.store.read("payload/000.p/3") or b"", wbits=-15)
    packer = zlib.compressobj(wbits=-15)
    more = packer.compress(tile + b"hidden") + packer.flush()
    items, report = read(replaced(bundle_of(author), {"/payload/000.p/3": more}))
    assert codes(report) == {"exchange.log.payload"} and len(taken_of(items)) == 3


def test_the_bound_on_all_payloads_holds_over_many_tiles() -> None:
    author = log_of(1)
    words = "a" * 60_000
    author.append_payloads([payload(number, person(number, words=words).data) for number in range(1, 200)])
    tile = author.store.read("payload/000.p/200") or b""
    bundle = replaced(bundle_of(author), {"/payload/000.p/200": tile})
    _, report = read(bundle)
    assert len(tile) * 64 < 200 * 60_000, "it is packed more tightly than a bundle may have it"
    assert "exchange.bundle.bound" in codes(report)
    assert report.missing[author.head.origin] - Ranges([(1, 200)]) == Ranges()
    _, report = read(bundle_of(author))
    assert not report.missing and not codes(report)


def test_files_longer_than_their_kind_are_not_read() -> None:
    author = log_of(3)
    bundle = bundle_of(author)
    for name in ("tile/0/000.p/3", "tile/entries/000.p/3", "checkpoint", "audience"):
        full = f"{author.head.origin}/{name}"
        items, report = read(tar_of([(full, bytes(70_000))]) + bundle)
        assert ("exchange.bundle.bound", full) in report.refused
        assert len(entries(items)) == 3


def test_payloads_of_another_log_or_number_are_not_taken() -> None:
    author = log_of(6)
    original = Original.of(bundle_of(author), author)
    other = Author(Disk(), SENDER, TO_ONE, SEED)
    own: list[Payload] = [entry.payload for entry in author.store.entries(0) if entry.payload]
    other.append_payloads([own[1], own[0], *own[2:5], payload(77, person(77).data)])
    data = replaced(original.data, {"/payload/000.p/6": other.store.read("payload/000.p/6")})
    items, report = read(data)
    assert not original.wrong(items)
    assert report.missing == {author.head.origin: Ranges.of([0, 1, 5])}


def test_an_entry_is_not_made_of_a_payload_that_is_another_ones() -> None:
    author = log_of(300)
    original = Original.of(bundle_of(author), author)
    other = Author(Disk(), SENDER, TO_ONE, SEED)
    own = [entry.payload for entry in author.store.entries(0) if entry.payload]
    other.append_payloads([payload(77, person(77).data), *own[1:256]])
    strange = other.store.read("payload/000")
    items, report = read(replaced(original.data, {"/payload/000": strange, "/tile/entries/000": None}))
    assert not original.wrong(items) and len(entries(items)) == 299
    assert report.missing == {author.head.origin: Ranges.of([0])}


def test_bytes_behind_the_last_chunk_are_not_read() -> None:
    bundle, more = bundle_of(log_of(3)), bundle_of(log_of(9))
    items, report = read(sealed(bundle) + more)
    assert len(entries(items)) == 3 and not report.cut and not report.skipped


def test_a_sealed_bundle_that_lost_its_end_says_so() -> None:
    closed = sealed(bundle_of(log_of(300)))
    for stop in (len(closed) - 1, len(closed) - 5_000, 2 * 4_096 + 2 * 4_112, 2 * 4_096, 5_000):
        _, report = read(closed[:stop])
        assert report.cut and "exchange.bundle.cut" in codes(report)


def test_whole_chunks_before_a_cut_are_read() -> None:
    bundle = bundle_of(log_of(300))
    for chunks in range(len(bundle) // 4_096):
        cut, _ = read(sealed(bundle)[: 2 * 4_096 + chunks * 4_112])
        assert taken_of(cut) == taken_of(read(bundle[: chunks * 4_096])[0])


def test_a_key_that_is_not_the_receivers_opens_nothing() -> None:
    closed = sealed(bundle_of(log_of(3)))
    wrong = hashlib.sha256(b"another key").digest()
    with pytest.raises(ExchangeError, match=r"exchange\.bundle\.sealed"):
        open_bundle(io.BytesIO(closed), RECEIVER, [wrong])
    source = open_bundle(io.BytesIO(closed), RECEIVER, [wrong, SEAL])
    assert len(entries(list(Verification(source, RECEIVER, Receiver(), NOW)))) == 3


def test_a_seal_key_that_agrees_on_nothing_secret_is_refused() -> None:
    with pytest.raises(ExchangeError, match=r"exchange\.bundle\.sealed"):
        Sealer(io.BytesIO(), RECEIVER, bytes(32))


def test_no_more_files_are_read_than_a_bundle_may_have(monkeypatch: pytest.MonkeyPatch) -> None:
    author = log_of(3)
    bundle = bundle_of(author)
    monkeypatch.setattr("tahaluf.exchange.bundle.members.MOST_MEMBERS", 5)
    items, report = read(bundle)
    assert not entries(items) and report.cut and "exchange.bundle.bound" in codes(report)
