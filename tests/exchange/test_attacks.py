"""The attacks that this layer stops, each by the piece that stops it. A relay has all files and may change any."""

import random
from collections.abc import Callable

import pytest

from tahaluf.exchange.checkpoint import Checkpoint, News, check_growth, judge, sign_checkpoint, verify_checkpoint
from tahaluf.exchange.commitment import commit
from tahaluf.exchange.equivocation import prove_equivocation
from tahaluf.exchange.errors import refuse
from tahaluf.exchange.ids import log_origin
from tahaluf.exchange.index import Index, IndexLine, compare_indexes
from tahaluf.exchange.marking import Audience
from tahaluf.exchange.merkle import Frontier, hash_leaf, make_consistency
from tahaluf.exchange.notes import SigningKey
from tahaluf.exchange.payload import Payload, pack, unpack
from tahaluf.exchange.record import Draft, parse_record, write_record
from tests.exchange.making import (
    AUDIENCE,
    AUTHOR,
    KEY,
    NOW,
    ORIGIN,
    OTHER,
    PUBLIC,
    RECEIVER,
    commitments,
    head_of,
    marking,
    tree_of,
)
from tests.exchange.vectors import refused

SIZE = 100
ENTRIES = commitments(SIZE)
SIGNED = sign_checkpoint(head_of(tree_of(SIZE)), KEY)
KEPT = 40


def take(entries: list[bytes], signed: bytes) -> Checkpoint:
    """What a receiver does that holds the first 40 entries and is given the rest: it believes them, or refuses all."""
    frontier = Frontier()
    frontier.extend(map(hash_leaf, ENTRIES[:KEPT]))
    kept = Checkpoint(ORIGIN, KEPT, frontier.root())
    new = verify_checkpoint(signed, ORIGIN, [PUBLIC])
    if judge(kept, new) is not News.GROWN:
        check_growth(kept, new, [])
    frontier.extend(map(hash_leaf, entries))
    if (frontier.size, frontier.root()) != (new.size, new.root):
        raise refuse("exchange.log.root", "the signed root", "another")
    return new


def test_what_nobody_touched_is_taken() -> None:
    assert take(ENTRIES[KEPT:], SIGNED).size == SIZE


def altered(entries: list[bytes], chance: random.Random) -> list[bytes]:
    place = chance.randrange(len(entries))
    changed = bytearray(entries[place])
    changed[chance.randrange(32)] ^= 1 << chance.randrange(8)
    return [*entries[:place], bytes(changed), *entries[place + 1 :]]


def dropped(entries: list[bytes], chance: random.Random) -> list[bytes]:
    place = chance.randrange(len(entries))
    return entries[:place] + entries[place + 1 :]


def exchanged(entries: list[bytes], chance: random.Random) -> list[bytes]:
    one, two = sorted(chance.sample(range(len(entries)), 2))
    return [*entries[:one], entries[two], *entries[one + 1 : two], entries[one], *entries[two + 1 :]]


def inserted(entries: list[bytes], chance: random.Random) -> list[bytes]:
    place = chance.randrange(len(entries) + 1)
    return [*entries[:place], chance.randbytes(32), *entries[place:]]


def doubled(entries: list[bytes], chance: random.Random) -> list[bytes]:
    place = chance.randrange(len(entries))
    return [*entries[: place + 1], *entries[place:]]


def truncated(entries: list[bytes], chance: random.Random) -> list[bytes]:
    return entries[: chance.randrange(len(entries))]


@pytest.mark.parametrize("change", [altered, dropped, exchanged, inserted, doubled, truncated])
def test_entries_altered_dropped_reordered_inserted_or_cut_off_are_refused(
    change: Callable[[list[bytes], random.Random], list[bytes]],
) -> None:
    chance = random.Random(20261120)
    for _ in range(300):
        with refused("exchange.log.root"):
            take(change(ENTRIES[KEPT:], chance), SIGNED)


def test_forged_entries_under_a_forged_head_are_refused() -> None:
    forged = sign_checkpoint(head_of(tree_of(SIZE, "other")), SigningKey(ORIGIN, bytes(32)))
    with refused("exchange.note.signature"):
        take(ENTRIES[KEPT:], forged)


def test_an_old_head_is_a_rollback_and_not_taken() -> None:
    with refused("exchange.checkpoint.rollback"):
        take([], sign_checkpoint(head_of(tree_of(KEPT - 1)), KEY))


def test_a_log_of_another_audience_is_not_passed_off_as_this_one() -> None:
    origin = log_origin(AUTHOR, Audience((OTHER,)).id)
    key = SigningKey(origin, b"\x01" * 32)
    spliced = sign_checkpoint(head_of(tree_of(SIZE), origin=origin), key)
    with refused("exchange.note.signature"):
        verify_checkpoint(spliced, ORIGIN, [key.verifying.public])


def test_a_record_of_another_audience_in_this_log_is_seen_by_its_marking() -> None:
    record = write_record(DRAFT, NOW)
    assert record.marking.audience.id == AUDIENCE.id
    other = write_record(Draft(DRAFT.kind, DRAFT.content, DRAFT.own, marking(Audience((OTHER,)))), NOW)
    assert other.marking.audience.id != AUDIENCE.id


DRAFT = Draft(
    "entity",
    [{"id": "p-1", "schema": "Person", "properties": {"name": ["Nader Salem"], "birthDate": ["1985-04-02"]}}],
    {"identity_class": "individual", "name": "Nader Salem"},
    marking(),
)


def test_a_stripped_or_widened_marking_breaks_the_commitment() -> None:
    record, salt = write_record(DRAFT, NOW), bytes(32)
    commitment = commit(salt, record.data)
    for widened in (
        record.data.replace(b'"tlp":"amber"', b'"tlp":"clear"'),
        record.data.replace(RECEIVER.encode(), OTHER.encode()),
        record.data.replace(b'"onward":"none"', b'"onward":"audience"'),
    ):
        assert widened != record.data
        assert unpack(pack([Payload(salt, widened)]), [commitment]).missing == (0,)
    with refused("exchange.record.marking"):
        parse_record(record.data.replace(b'"tlp":"amber"', b'"tlp":"clear"'))


def test_a_guessed_name_is_not_found_again_in_a_commitment() -> None:
    """Two entries of the same record have nothing in common, so a dictionary finds none without the salt."""
    record = write_record(DRAFT, NOW)
    assert commit(b"\x01" * 32, record.data) != commit(b"\x02" * 32, record.data)


def test_a_hidden_log_and_a_replayed_index_are_seen() -> None:
    root = head_of(tree_of(3)).root
    expires = NOW.replace(day=27)
    one, two = IndexLine("1" * 64, 3, root), IndexLine("2" * 64, 3, root)
    kept = Index(AUTHOR, RECEIVER, 7, NOW, expires, (one, two))
    with refused("exchange.index.hidden"):
        compare_indexes(kept, Index(AUTHOR, RECEIVER, 8, NOW, expires, (two,)))
    with refused("exchange.index.replay"):
        compare_indexes(kept, Index(AUTHOR, RECEIVER, 6, NOW, expires, (one, two)))


def test_two_views_of_one_log_are_proven_by_two_receivers_who_compare() -> None:
    ours, theirs = tree_of(60), tree_of(90, "other")
    steps = make_consistency(theirs.read, 60, 90)
    first, second = sign_checkpoint(head_of(ours), KEY), sign_checkpoint(head_of(theirs), KEY)
    assert prove_equivocation(first, second, head_of(theirs, 60).root, steps, [PUBLIC])
