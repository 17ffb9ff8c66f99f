"""The egress table once more, from the page alone: each row is a fact about a case, the first that holds is the reason.

It shares no code with `tahaluf.exchange.egress`, knows members by what is true of them and not by their terms, and
looks at all rows always.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """What is true of a member now. `groups` holds `group@version` that it has now; `standing` is one word."""

    name: str
    role: str
    standing: str  # belongs, left, suspended, unknown
    accredited: frozenset[str]
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Case:
    """One question. `tlp` is empty for an unknown marking; `age` says where now lies against the expiry."""

    tlp: str
    members: frozenset[str]
    groups: frozenset[str]
    released: frozenset[str]
    onward: str
    age: str  # endless, before, at, after
    author: str
    sender: Person
    receiver: Person
    purpose: str
    line: str
    withdrawn: bool
    served: bool


def stands_in(case: Case, person: Person) -> bool:
    return person.name in case.members or bool(person.groups & case.groups)


def expected(case: Case) -> tuple[bool, str]:
    """Allowed or not, and why."""
    rows = {
        4: (not case.tlp, "marking_unknown"),
        5: (case.receiver.name in {case.sender.name, case.author}, "receiver_is_source"),
        6: (case.receiver.standing == "unknown", "receiver_unknown"),
    } | (withdrawal_rows(case) if case.purpose == "withdrawal" else ordinary_rows(case))
    number = min(row for row, (holds, _) in rows.items() if holds)
    return number in (9, 10, 99), rows[number][1]


def withdrawal_rows(case: Case) -> dict[int, tuple[bool, str]]:
    return {
        7: (not case.withdrawn, "not_a_withdrawal"),
        8: (case.sender.name != case.author, "sender_may_not_relay"),
        9: (case.served, "ever_served"),
        10: (stands_in(case, case.receiver), "released"),
        11: (True, "never_served"),
    }


def ordinary_rows(case: Case) -> dict[int, tuple[bool, str]]:
    receiver, sender = case.receiver, case.sender
    relays = case.onward == "audience" and stands_in(case, sender)
    alone = case.members == {receiver.name} and case.groups == frozenset()
    return {
        12: (receiver.role == "courier", "role"),
        13: (receiver.standing == "left", "receiver_left"),
        14: (receiver.standing == "suspended", "receiver_suspended"),
        15: (not stands_in(case, receiver), "not_in_audience"),
        16: (case.age in {"at", "after"}, "expired"),
        17: (case.purpose not in case.released, "purpose_not_released"),
        18: (case.purpose not in receiver.accredited, "purpose_not_accredited"),
        19: (receiver.role == "observer" and case.tlp not in {"clear", "green"}, "role_tlp"),
        20: (sender.standing != "belongs", "sender_left"),
        21: (sender.name != case.author and not relays, "sender_may_not_relay"),
        22: (case.line == "open" and case.tlp in {"red", "amber+strict"}, "line_tlp"),
        23: (case.line == "taxii" and not alone, "line_audience"),
        99: (True, "released"),
    }
