"""The egress rule answers as the page does, for every combination, and gives the first reason that applies."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from tahaluf.exchange.egress import Line, Reason, Release, Sending, may_send
from tahaluf.exchange.marking import Audience, Marking, Onward, Purpose, Tlp, parse_marking
from tahaluf.exchange.registry import Group, GroupTerm, Member, Registry, Role, Term, parse_registry
from tests.exchange.making import marking
from tests.exchange.oracle import Case, Person, expected
from tests.exchange.vectors import vectors

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
START, PAST, SOON = NOW - timedelta(days=300), NOW - timedelta(days=30), NOW + timedelta(days=30)
SECOND = timedelta(seconds=1)
BOTH = (Purpose.BORDERS, Purpose.FINANCE)
AUTHOR = "author.example"
PAUSED = (Term(START, PAST), Term(PAST, SOON, suspended=True), Term(SOON))
GROUP_ONE = frozenset({"sahel@1"})
# name: role, terms, accredited, terms in the group; and what is true of it now, for the oracle
CAST: dict[str, tuple[Role, tuple[Term, ...], tuple[Purpose, ...], tuple[GroupTerm, ...]]] = {
    AUTHOR: (Role.MEMBER, (Term(START),), BOTH, ()),
    "courier.example": (Role.COURIER, (Term(START),), BOTH, (GroupTerm("courier.example", START),)),
    "departed.example": (Role.MEMBER, (Term(START, NOW),), BOTH, (GroupTerm("departed.example", START),)),
    "ingroup.example": (Role.MEMBER, (Term(NOW),), (Purpose.BORDERS,), (GroupTerm("ingroup.example", NOW, SOON),)),
    "outgroup.example": (Role.MEMBER, (Term(START),), BOTH, (GroupTerm("outgroup.example", START, NOW),)),
    "observer.example": (Role.OBSERVER, (Term(START),), BOTH, (GroupTerm("observer.example", START),)),
    "paused.example": (Role.MEMBER, PAUSED, BOTH, (GroupTerm("paused.example", START),)),
    "plain.example": (Role.MEMBER, (Term(START, PAST), Term(NOW - SECOND)), BOTH, ()),
}  # fmt: skip
STANDING = {"departed.example": "left", "paused.example": "suspended"}
IN_GROUP = frozenset(name for name, facts in CAST.items() if facts[3])
REGISTRY = Registry(
    tuple(Member(name, role, purposes, terms) for name, (role, terms, purposes, _) in sorted(CAST.items())),
    (
        Group(
            "sahel",
            (IN_GROUP, frozenset({"plain.example"})),
            tuple(term for facts in CAST.values() for term in facts[3]),
        ),
    ),
)
PEOPLE = {
    name: Person(
        name, role.value, STANDING.get(name, "belongs"), frozenset(purpose.value for purpose in purposes),
        GROUP_ONE if name in IN_GROUP - {"outgroup.example"} else frozenset(),
    )
    for name, (role, _, purposes, _) in CAST.items()
} | {"stranger.example": Person("stranger.example", "", "unknown", frozenset())}  # fmt: skip
ALL_NAMED = tuple(sorted(set(PEOPLE) - {AUTHOR}))
AUDIENCES = [
    Audience(ALL_NAMED), Audience(("plain.example",)), Audience(("observer.example",)), Audience((), ("sahel@1",)),
    Audience((), ("sahel@2",)), Audience(("plain.example",), ("sahel@1",)), Audience((), ("nowhere@1", "sahel@3")),
]  # fmt: skip
EXPIRIES = {"endless": None, "before": NOW + SECOND, "at": NOW}
ASKED = (Purpose.BORDERS, Purpose.FINANCE, Purpose.COORDINATION, Purpose.WITHDRAWAL)
SENDERS = (AUTHOR, "ingroup.example", "plain.example", "departed.example")
# for withdrawals whether it is one, and whether it was served, in all four ways; for the rest both or neither
WAYS = [(purpose, both, both) for purpose in ASKED[:3] for both in (False, True)]
WAYS += [(Purpose.WITHDRAWAL, withdrawn, served) for withdrawn in (False, True) for served in (False, True)]


def markings() -> Iterator[tuple[str, Marking | None]]:
    """Every consistent marking of the matrix with the name of its expiry, and the unknown one."""
    yield "endless", None
    for tlp, audience, onward, (age, expires) in product(Tlp, AUDIENCES, Onward, EXPIRIES.items()):
        narrow = tlp in (Tlp.RED, Tlp.AMBER_STRICT)
        if not (narrow and onward is Onward.AUDIENCE) and not (tlp is Tlp.RED and audience.groups):
            yield age, Marking(tlp, audience, (Purpose.BORDERS, Purpose.COORDINATION), AUTHOR, onward, expires)


def case_of(age: str, found: Marking | None, asked: dict[str, Any]) -> Case:
    audience = found.audience if found else Audience(("plain.example",))
    return Case(
        tlp=found.tlp.value if found else "", members=frozenset(audience.members), groups=frozenset(audience.groups),
        released=frozenset(purpose.value for purpose in found.purposes) if found else frozenset(),
        onward=found.onward.value if found else "none", age=age, author=AUTHOR, **asked,
    )  # fmt: skip


def test_every_combination_has_the_oracles_answer() -> None:
    counted: Counter[str] = Counter()
    wrong = []
    questions = list(product(PEOPLE, SENDERS, Line, WAYS))
    for age, found in markings():
        for receiver, sender, line, (purpose, withdrawn, served) in questions:
            release, sending = Release(AUTHOR, found, withdrawn), Sending(sender, line, REGISTRY, served)
            decision = may_send(release, receiver, purpose, NOW, sending)
            asked = {
                "sender": PEOPLE[sender],
                "receiver": PEOPLE[receiver],
                "purpose": purpose.value,
                "line": line.value,
            }
            case = case_of(age, found, {**asked, "withdrawn": withdrawn, "served": served})
            if (decision.allowed, decision.reason.value) != expected(case):
                wrong.append((case, decision))
            counted[decision.reason.value] += 1
    assert wrong == []
    assert counted.total() >= 100_000
    never = {Reason.INPUT, Reason.PURPOSE_UNKNOWN, Reason.LINE_UNKNOWN}  # those have tests of their own
    assert set(counted) == {reason.value for reason in Reason} - {reason.value for reason in never}


@pytest.mark.parametrize("case", vectors("egress")["questions"], ids=lambda case: case["reason"])
def test_a_vectors_question_has_its_answer(case: dict[str, Any]) -> None:
    given = vectors("egress")
    release = Release(given["author"], parse_marking(case["marking"]) if case["marking"] else None, case["withdrawn"])
    sending = Sending(case["sender"], Line(case["line"]), parse_registry(given["registry"].encode()), case["served"])
    now = datetime.fromisoformat(case["now"])
    found = may_send(release, case["receiver"], Purpose(case["purpose"]), now, sending)
    assert (found.allowed, found.reason) == (case["allowed"], case["reason"])


RELEASE = Release(AUTHOR, marking(Audience(("plain.example",)), originator=AUTHOR))
SENDING = Sending(AUTHOR, Line.SYNC, REGISTRY)


def reason_of(**changes: Any) -> Reason:
    asked = {
        "record": RELEASE,
        "receiver": "plain.example",
        "purpose": Purpose.BORDERS,
        "now": NOW,
        "sending": SENDING,
    } | changes
    return may_send(**asked).reason


def test_the_question_that_the_others_change_is_released() -> None:
    assert reason_of() is Reason.RELEASED


@pytest.mark.parametrize(
    "changes",
    [
        {"now": NOW.replace(tzinfo=None)}, {"now": "2026-11-20"}, {"now": None}, {"receiver": None}, {"receiver": 7},
        {"record": RELEASE.marking}, {"record": None}, {"record": Release(None, RELEASE.marking)},
        {"record": Release(AUTHOR, RELEASE.marking, 1)},
        {"sending": None}, {"sending": Sending(None, Line.SYNC, REGISTRY)}, {"sending": Sending(AUTHOR, Line.SYNC, {})},
        {"sending": Sending(AUTHOR, Line.SYNC, REGISTRY, 1)}, {"sending": Sending(AUTHOR, Line.SYNC, None)},
    ],
)  # fmt: skip
def test_an_input_of_another_type_is_no(changes: dict[str, Any]) -> None:
    assert reason_of(**changes) is Reason.INPUT


@pytest.mark.parametrize("purpose", ["borders", "", None, "everything"])
def test_a_purpose_that_is_none_of_the_known_is_no(purpose: Any) -> None:
    assert reason_of(purpose=purpose) is Reason.PURPOSE_UNKNOWN


@pytest.mark.parametrize("line", ["sync", "", None, "post"])
def test_a_line_that_is_none_of_the_known_is_no(line: Any) -> None:
    assert reason_of(sending=Sending(AUTHOR, line, REGISTRY)) is Reason.LINE_UNKNOWN


def test_a_marking_of_another_originator_or_no_marking_object_is_unknown() -> None:
    other = marking(Audience(("plain.example",)), originator="ingroup.example")
    for wrong in (other, None, other.fields(), "clear"):
        assert reason_of(record=Release(AUTHOR, wrong)) is Reason.MARKING_UNKNOWN  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sender", "reason"),
    [
        ("stranger.example", Reason.SENDER_LEFT), ("departed.example", Reason.SENDER_LEFT),
        ("paused.example", Reason.SENDER_LEFT),
        ("outgroup.example", Reason.SENDER_MAY_NOT_RELAY), ("ingroup.example", Reason.RELEASED),
        ("observer.example", Reason.RELEASED),
    ],
)  # fmt: skip
def test_only_who_belongs_and_has_the_audience_relays(sender: str, reason: Reason) -> None:
    audience = Audience(("plain.example",), ("sahel@1",))
    relayed = Release(AUTHOR, marking(audience, originator=AUTHOR, tlp=Tlp.GREEN, onward=Onward.AUDIENCE))
    assert reason_of(record=relayed, sending=Sending(sender, Line.SYNC, REGISTRY)) is reason


def test_it_stays_expired() -> None:
    expired = marking(Audience(("plain.example",)), originator=AUTHOR, expires_at=NOW - SECOND)
    assert reason_of(record=Release(AUTHOR, expired)) is Reason.EXPIRED


def test_earlier_rows_come_before_later_ones() -> None:
    nothing = Sending("x", "post", REGISTRY)  # type: ignore[arg-type]
    assert reason_of(now=None, purpose=None, sending=nothing, record=Release(AUTHOR, None)) is Reason.INPUT
    assert reason_of(purpose=None, sending=nothing, record=Release(AUTHOR, None)) is Reason.PURPOSE_UNKNOWN
    assert reason_of(sending=nothing, record=Release(AUTHOR, None)) is Reason.LINE_UNKNOWN
    assert reason_of(record=Release(AUTHOR, None), receiver=AUTHOR) is Reason.MARKING_UNKNOWN


def test_a_term_begins_with_its_first_instant_and_ends_before_its_last() -> None:
    group = Release(AUTHOR, marking(Audience((), ("sahel@1",)), originator=AUTHOR))
    for offset, reason in ((-SECOND, Reason.RECEIVER_LEFT), (timedelta(0), Reason.RELEASED)):
        assert reason_of(record=group, receiver="ingroup.example", now=NOW + offset) is reason
    for now, reason in ((SOON - SECOND, Reason.RELEASED), (SOON, Reason.NOT_IN_AUDIENCE)):
        assert reason_of(record=group, receiver="ingroup.example", now=now) is reason


def test_the_same_instant_in_another_zone_has_the_same_answer() -> None:
    east = NOW.astimezone(datetime.fromisoformat("2026-11-20T12:30:00+03:00").tzinfo)
    expiring = Release(AUTHOR, marking(Audience(("plain.example",)), originator=AUTHOR, expires_at=NOW))
    assert reason_of(record=expiring, now=east) is Reason.EXPIRED
    assert reason_of(record=expiring, now=east - SECOND) is Reason.RELEASED
