"""Outcomes: every unit that goes in comes out once, with the hits of its parties; every name is invented."""

from typing import Any

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from tahaluf.domain import PartyRole, Subject, Where
from tahaluf.messages import batch_of
from tahaluf.screening.outcomes import Outcome, Result, join_outcomes, outcomes_of


def party(unit: int, number: int = 0, *details: tuple[str, str]) -> Subject:
    return Subject(
        f"{unit}/{number}", ("Nadia",), role=PartyRole.DEBTOR, unit=unit, where=Where(line=unit), details=details
    )


def told(unit: int, number: int = 0) -> dict[str, Any]:
    return {
        "query_id": f"{unit}/{number}", "line": unit, "source": {"role": "debtor", "unit": unit},
        "subject_name": "Nadia", "score": 0.9, "entity_id": "L", "dataset": "d", "caption": "Nadia B",
    }  # fmt: skip


def batches(*groups: list[Subject]) -> list[pa.RecordBatch]:
    return [batch_of(group) for group in groups]


def test_parties_of_one_unit_in_two_batches_have_one_outcome_with_the_hits_of_both() -> None:
    found = batches([party(1), party(2, 0)], [party(2, 1), party(3)])
    one, two, three = join_outcomes(found, [told(2, 0), told(2, 1)])
    assert [outcome.result for outcome in (one, two, three)] == [Result.CLEAR, Result.HITS, Result.CLEAR]
    assert (two.parties, len(two.hits)) == (2, 2)


def test_a_unit_is_told_by_its_transaction_else_by_its_locator() -> None:
    found = batches([party(1, 0, ("locator", "QX1"), ("transaction", "T1")), party(2, 0, ("locator", "QX2"))])
    assert [outcome.reference for outcome in join_outcomes(found, [])] == ["T1", "QX2"]


def test_a_unit_that_nobody_was_read_of_is_unread_with_its_problems() -> None:
    one, two, three = outcomes_of(batches([party(1), party(3)]), [], {2: ["messages.paxlst.no_name"]})
    assert (one.result, two.result, three.result) == (Result.CLEAR, Result.UNREAD, Result.CLEAR)
    assert two == Outcome(2, problems=["messages.paxlst.no_name"])


@given(st.lists(st.tuples(st.integers(1, 4), st.sets(st.integers(0, 3))), max_size=30), st.integers(1, 7))
def test_however_batches_are_cut_each_unit_has_its_own_hits(units: list[tuple[int, set[int]]], size: int) -> None:
    parties = [party(unit, number) for unit, (count, _) in enumerate(units, 1) for number in range(count)]
    hits = [
        told(unit, number) for unit, (count, own) in enumerate(units, 1) for number in sorted(own) if number < count
    ]
    cut = batches(*(parties[at : at + size] for at in range(0, len(parties), size)))
    outcomes = list(join_outcomes(cut, hits))
    assert [outcome.unit for outcome in outcomes] == list(range(1, len(units) + 1))
    assert [len(outcome.hits) for outcome in outcomes] == [sum(n < count for n in own) for count, own in units]
