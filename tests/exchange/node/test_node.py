"""What one node says reaches exactly whom it is for, and what it takes back is gone at all of them."""

import sys
import zlib
from dataclasses import replace
from datetime import timedelta

import pytest

from tahaluf.exchange.egress import Decision, Reason
from tahaluf.exchange.equivocation import parse_equivocation, verify_equivocation
from tahaluf.exchange.errors import ExchangeError
from tahaluf.exchange.log import MISSING, ask_again, numbers_of
from tahaluf.exchange.node import (
    LineError,
    Node,
    Reply,
    Shelf,
    meet,
    open_withdrawals,
    preview,
    publish,
    run_round,
    serve,
    withdraw,
)
from tahaluf.exchange.registry import KeyUse
from tests.exchange.log.disks import Disk, Stopped
from tests.exchange.node.memory import Tables
from tests.exchange.node.world import (
    START,
    A,
    Answering,
    B,
    C,
    D,
    Line,
    World,
    cut,
    identity_of,
    key_of,
    person,
    registry_of,
)

NAME = "Tamezlit Ag Ouhet"


def holds(world: World, member: str, words: str = NAME) -> bool:
    """Whether a name lies anywhere on a node: in its tables, or packed in its files."""
    tables = world.tables[member]
    wanted = words.encode()
    texts = [placed.record.data for placed in tables.standing.values()]
    return any(wanted in opened(path, data) for path, data in tables.disk.files.items()) or any(
        wanted in text for text in texts
    )


def opened(path: str, data: bytes) -> bytes:
    return zlib.decompress(data, wbits=-15) if "/payload/" in path else data


def test_a_record_reaches_its_audience_and_nothing_of_it_anybody_else() -> None:
    world = World()
    placed = publish(world.node(A), person(A, NAME, B), world.now)
    world.sync_all()
    assert world.node(B).holdings.current(placed.record.id) == placed
    for other in (C, D):
        assert world.node(other).holdings.current(placed.record.id) is None and not holds(world, other)
        assert not [data for path, to, data in world.wire if to == other and placed.place.origin in path]
    assert set(world.node(A).ledger.receivers(placed.record.id)) == {B}


def test_who_may_not_have_a_file_is_answered_as_if_there_were_none() -> None:
    world = World()
    placed = publish(world.node(A), person(A, NAME, B), world.now)
    origin = placed.place.origin
    paths = ("checkpoint", "audience", "tile/0/000.p/1", "tile/entries/000.p/1", "payload/000.p/1")
    for path in paths:
        assert serve(world.node(A), f"{origin}/{path}", B, world.now).data is not None
        assert serve(world.node(A), f"{origin}/{path}", C, world.now) == Reply(None)
        assert serve(world.node(A), f"{origin}/{path}", "nobody.known.example", world.now) == Reply(None)
    assert serve(world.node(A), f"{A}/index/1/{B}", C, world.now) == Reply(None)


def test_the_preview_names_every_member_and_the_reason() -> None:
    world = World()
    found = preview(world.node(A), person(A, NAME, B), world.now)
    assert {member: decision.reason for member, decision in found.items()} == {
        A: Reason.RECEIVER_IS_SOURCE, B: Reason.RELEASED, C: Reason.NOT_IN_AUDIENCE, D: Reason.NOT_IN_AUDIENCE,
    }  # fmt: skip


def test_a_round_without_news_is_one_request() -> None:
    world = World()
    publish(world.node(A), person(A, NAME, B), world.now)
    assert not world.sync(B, A).quiet
    world.wire.clear()
    assert world.sync(B, A).quiet
    assert world.wire == []


def test_a_withdrawal_is_receipted_and_leaves_nothing_at_either() -> None:
    world = World()
    placed = publish(world.node(A), person(A, NAME, B, C), world.now)
    world.sync_all()
    assert holds(world, B) and holds(world, C)
    withdraw(world.node(A), placed.record.id, "contested", world.now)
    assert open_withdrawals(world.node(A)) == {placed.record.id: [C, B]}
    world.sync(B, A)
    world.sync(A, B)
    assert open_withdrawals(world.node(A)) == {placed.record.id: [C]}
    assert not holds(world, B) and holds(world, C)
    world.sync_all()
    assert open_withdrawals(world.node(A)) == {placed.record.id: []}
    assert not any(holds(world, member) for member in (A, B, C))


def test_withdrawals_are_taken_and_receipted_before_anything_else() -> None:
    world = World()
    first = publish(world.node(A), person(A, NAME, B), world.now)
    world.sync(B, A)
    other = publish(world.node(A), person(A, "Ordinary One", B, C), world.now)
    withdraw(world.node(A), first.record.id, "error", world.now)
    last = publish(world.node(A), person(A, "Ordinary Two", B), world.now)
    world.sync(B, A)
    took = world.tables[B].took
    kinds = [kind for kind, _ in took]
    assert kinds[:3] == ["entity", "withdrawal", "receipt"]
    assert {own for _, own in took[3:]} == {other.record.id, last.record.id}


def test_a_record_that_was_withdrawn_before_it_arrived_never_shows() -> None:
    world = World()
    placed = publish(world.node(A), person(A, NAME, B), world.now)
    withdraw(world.node(A), placed.record.id, "error", world.now)
    world.sync_all()
    assert ("entity", placed.record.id) not in world.tables[B].took and not holds(world, B)


def test_who_left_the_group_gets_nothing_new_but_every_withdrawal_of_what_it_was_served() -> None:
    world = World(registry=registry_of(group={B: None, C: None}))
    draft = person(A, NAME, groups=("sahel@1",))
    placed = publish(world.node(A), draft, world.now)
    world.sync_all()
    world.enact(registry_of(group={B: None, C: world.now}))
    later = publish(world.node(A), person(A, "Said Later", groups=("sahel@1",)), world.now)
    world.now += timedelta(hours=1)
    world.sync_all()
    assert holds(world, C) and not holds(world, C, "Said Later") and holds(world, B, "Said Later")
    withdraw(world.node(A), placed.record.id, "court", world.now)
    world.sync_all()
    assert not holds(world, C) and not holds(world, B)
    assert open_withdrawals(world.node(A)) == {placed.record.id: []}
    assert later.record.id not in world.tables[C].standing


def test_who_leaves_between_a_withdrawal_and_its_next_round_is_told_all_the_same() -> None:
    world = World()
    placed = publish(world.node(A), person(A, NAME, B, C), world.now)
    world.sync_all()
    withdraw(world.node(A), placed.record.id, "court", world.now)
    world.now += timedelta(hours=1)
    world.enact(registry_of(left={C: world.now}))
    world.now += timedelta(hours=1)
    world.sync_all(3)
    assert not holds(world, C) and C in world.node(A).holdings.confirmed(placed.record.id)


def test_what_was_put_aside_because_a_clock_was_behind_goes_with_its_withdrawal() -> None:
    world = World(registry=registry_of(group={B: None, C: None}))
    placed = publish(world.node(A), person(A, NAME, groups=("sahel@1",)), world.now)
    world.enact(registry_of(group={B: None, C: world.now + timedelta(hours=1)}))
    world.skew[C] = timedelta(hours=2)
    report = world.sync(C, A)
    assert [one.code for one in report.aside] == ["exchange.ingress.not_addressed"] and holds(world, C)
    world.now += timedelta(hours=3)
    withdraw(world.node(A), placed.record.id, "court", world.now)
    world.sync_all(3)
    assert not holds(world, C) and C in world.node(A).holdings.confirmed(placed.record.id)


def test_a_later_version_takes_the_place_of_the_one_before() -> None:
    world = World()
    first = publish(world.node(A), person(A, "Old Name", B), world.now)
    world.sync_all()
    world.now += timedelta(minutes=1)
    second = publish(world.node(A), person(A, "New Name", B), world.now, supersedes=first.record.id)
    world.sync_all()
    current = world.node(B).holdings.current(first.record.id)
    assert current == second and current.record.revision == 2
    withdraw(world.node(A), first.record.id, "error", world.now)
    world.sync_all()
    assert not holds(world, B, "Old Name") and not holds(world, B, "New Name")


def test_nobody_supersedes_or_withdraws_what_is_not_its_own_or_is_withdrawn() -> None:
    world = World()
    placed = publish(world.node(A), person(A, NAME, B), world.now)
    world.sync_all()
    with pytest.raises(ExchangeError):
        withdraw(world.node(B), placed.record.id, "error", world.now)
    with pytest.raises(ExchangeError):
        publish(world.node(A), person(A, NAME, B, C), world.now, supersedes=placed.record.id)
    withdraw(world.node(A), placed.record.id, "error", world.now)
    with pytest.raises(ExchangeError, match="final"):
        withdraw(world.node(A), placed.record.id, "error", world.now)
    with pytest.raises(ExchangeError, match="final"):
        publish(world.node(A), person(A, NAME, B), world.now, supersedes=placed.record.id)


def test_a_line_that_is_cut_at_any_request_loses_nothing() -> None:
    world = World()
    for number in range(5):
        publish(world.node(A), person(A, f"Person {number}", B), world.now)
    for requests in range(12):
        left = [requests]

        def worn(asker: str, asked: str, path: str, reply: Reply, left: list[int] = left) -> Reply:
            left[0] -= 1
            return reply if left[0] >= 0 else cut(asker, asked, path, reply)

        world.line = worn
        try:
            world.sync(B, A)
        except LineError:
            continue
    assert len([kind for kind, _ in world.tables[B].took if kind == "entity"]) == 5


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("who", [A, B])
def test_a_machine_that_stops_at_any_write_loses_and_doubles_nothing(who: str, after: bool) -> None:
    step = 0
    while step >= 0:
        step += 1
        world = World()
        world.node(A), world.node(B)
        world.tables[who].disk.steps, world.tables[who].disk.after = step, after
        try:
            walk(world)
            step = -1
        except Stopped:
            world.restart(who)
            said = [held for held in world.tables[A].standing.values() if held.record.kind == "entity"]
            if not said:
                continue
            world.sync_all()
            if not said[0].record.is_withdrawal:
                withdraw(world.node(A), said[0].record.id, "error", world.now)
            world.sync_all(3)
        [said] = [held for held in world.tables[A].standing.values() if held.record.kind == "entity"]
        assert open_withdrawals(world.node(A)) == {said.record.id: []}
        assert not holds(world, A) and not holds(world, B)
        taken = world.tables[B].took
        assert taken.count(("withdrawal", said.record.id)) == (1 if world.tables[A].served else 0)
        assert taken.count(("entity", said.record.id)) <= 1


def walk(world: World) -> None:
    placed = publish(world.node(A), person(A, NAME, B), world.now)
    world.sync(B, A)
    withdraw(world.node(A), placed.record.id, "error", world.now)
    world.sync(B, A)
    world.sync(A, B)
    world.sync_all()


def test_a_payload_damaged_on_the_way_is_had_at_the_next_round() -> None:
    world = World()
    placed = publish(world.node(A), person(A, NAME, B), world.now)
    world.line = lambda _asker, _asked, path, reply: (
        reply._replace(data=b"\x00" + reply.data[1:]) if "/payload/" in path and reply.data else reply
    )
    world.sync(B, A)
    assert numbers_of(world.node(B).shelf.copy(placed.place.origin), MISSING) == {0} and not holds(world, B)
    world.line = lambda _asker, _asked, _path, reply: reply
    world.sync(B, A)
    assert holds(world, B) and world.node(B).holdings.current(placed.record.id) == placed
    assert not numbers_of(world.node(B).shelf.copy(placed.place.origin), MISSING)


def test_a_version_that_comes_late_after_its_withdrawal_leaves_nothing() -> None:
    world = World()
    placed = publish(world.node(A), person(A, NAME, B), world.now)
    raw = world.node(A).shelf.author(placed.record.marking.audience).store.read("payload/000.p/1")
    world.line = lambda _asker, _asked, path, reply: reply._replace(data=b"") if "/payload/" in path else reply
    world.sync(B, A)
    world.line = lambda _asker, _asked, _path, reply: reply
    withdraw(world.node(A), placed.record.id, "error", world.now)
    log = placed.place.origin

    def late(_asker: str, _asked: str, path: str, reply: Reply) -> Reply:
        return reply._replace(data=raw) if path.startswith(f"{log}/payload/000.p/1") else reply

    store = world.node(B).shelf.copy(log)
    ask_again(store, lambda path: raw if path.startswith("payload/000") else None)
    assert holds(world, B), "the old bytes are right, and were asked for"
    world.line = late
    world.sync(B, A)
    assert not holds(world, B) and ("entity", placed.record.id) not in world.tables[B].took


def test_a_replayed_index_and_a_hidden_log_raise_an_alarm_and_change_nothing() -> None:
    world = World()
    publish(world.node(A), person(A, "First", B), world.now)
    path = f"{A}/index/1/{B}"
    old = serve(world.node(A), path, B, world.now)
    world.sync(B, A)
    publish(world.node(A), person(A, "Second", B, C), world.now)
    world.sync(B, A)
    world.line = lambda _asker, _asked, asked, reply: old._replace(tag="x") if asked == path else reply
    assert world.sync(B, A).alarms == [(path, "exchange.index.replay")]


def test_a_log_that_is_withheld_raises_an_alarm() -> None:
    world = World()
    publish(world.node(A), person(A, NAME, B), world.now)
    world.line = lambda _asker, _asked, path, reply: Reply(None) if path.endswith("/checkpoint") else reply
    report = world.sync(B, A)
    assert [code for _, code in report.alarms] == ["exchange.index.withheld"] and not holds(world, B)


def test_what_an_author_puts_into_a_log_that_is_not_its_records_own_is_put_aside() -> None:
    world = World()
    stray = publish(world.node(A), person(A, NAME, C), world.now)
    log = world.node(A).shelf.author(person(A, "x", B).marking.audience)
    log.append([stray.record.data])
    raw = log.store.read("payload/000.p/1")
    world.line = lambda _asker, _asked, path, reply: reply._replace(data=raw) if "/payload/" in path else reply
    report = world.sync(B, A)
    assert [one.code for one in report.aside] == ["exchange.record.marking"]
    assert world.node(B).holdings.current(stray.record.id) is None


def lie(world: World) -> Node:
    """Another node of A's under its key, which says other things to the same members."""
    disk = Disk()
    tables, identity = Tables(A, disk), identity_of(A)
    return Node(identity, world.registry, Shelf(disk, identity), tables, tables)


@pytest.mark.parametrize(("told_b", "told_c"), [(1, 1), (1, 3), (3, 1)])
def test_an_author_that_shows_two_histories_is_proven_guilty_when_its_readers_meet(told_b: int, told_c: int) -> None:
    world = World()
    liar = lie(world)
    for number in range(told_b):
        publish(world.node(A), person(A, f"To B {number}", B, C), world.now)
    for number in range(told_c):
        publish(liar, person(A, f"To C {number}", B, C), world.now)
    world.sync(B, A)
    run_round(world.node(C), A, Answering(liar, C, world.now), world.now)
    alarms = [
        *meet(world.node(B), C, Line(world, B, C), world.now).alarms,
        *meet(world.node(C), B, Line(world, C, B), world.now).alarms,
    ]
    origin = world.node(A).shelf.origin(person(A, "x", B, C).marking.audience)
    assert set(alarms) == {(origin, "exchange.checkpoint.equivocation")}
    proofs = [tables.disk.files.get(f"{origin}/equivocation") for tables in (world.tables[B], world.tables[C])]
    public = key_of(A, KeyUse.LOG).public
    assert any(proof and verify_equivocation(parse_equivocation(proof), [public]) == origin for proof in proofs)


def test_honest_members_who_are_not_equally_far_accuse_nobody() -> None:
    world = World()
    for number in range(4):
        publish(world.node(A), person(A, f"Person {number}", B, C), world.now)
        world.sync((B, C)[number % 2], A)
        for one, other in ((B, C), (C, B)):
            assert meet(world.node(one), other, Line(world, one, other), world.now).alarms == []


def test_what_a_member_saw_of_a_log_is_shown_to_nobody_else() -> None:
    world = World()
    placed = publish(world.node(A), person(A, NAME, B, C), world.now)
    world.sync(B, A)
    path = f"{placed.place.origin}/checkpoint"
    assert serve(world.node(B), path, C, world.now).data is not None
    assert serve(world.node(B), path, D, world.now) == Reply(None)


def test_where_the_two_checks_differ_nothing_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    placed = publish(world.node(A), person(A, NAME, B), world.now)
    served = sys.modules["tahaluf.exchange.node.serve"]
    monkeypatch.setattr(served, "may_follow", lambda *_: True)
    monkeypatch.setattr(served, "may_have", lambda *_: Decision(Reason.RELEASED))
    with pytest.raises(ExchangeError) as refused:
        serve(world.node(A), f"{placed.place.origin}/payload/000.p/1", C, world.now)
    assert refused.value.problem.code == "exchange.egress.differs"
    assert not world.node(A).ledger.receivers(placed.record.id)


def test_expired_and_unaccredited_records_are_not_served() -> None:
    world = World(now=START + timedelta(days=30))
    draft = person(A, NAME, B)
    draft = replace(draft, marking=replace(draft.marking, expires_at=world.now + timedelta(days=1)))
    publish(world.node(A), draft, world.now)
    world.now += timedelta(days=2)
    world.sync_all()
    assert not holds(world, B) and not world.node(A).ledger.receivers("any")
