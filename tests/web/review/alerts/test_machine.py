"""The ways of an alert, walked at random beside a model of a few lines that knows nothing of the services."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tahaluf.domain import InputError
from tahaluf.web.accounts.models import User
from tahaluf.web.accounts.permissions import Role
from tahaluf.web.common.audit.models import AuditEntry
from tahaluf.web.review.alerts import services
from tahaluf.web.review.tables.alerts import Adjudication, Alert, Exemption
from tahaluf.web.review.tables.purposes import Purpose
from tahaluf.web.review.tables.screenings import Screening

from .conftest import LIST, make_hit, make_listing, make_row

PEOPLE = st.sampled_from(["one", "two", "three"])
LISTINGS = st.sampled_from(["L-1", "L-2"])
REASONS = {"true_match": "same_birth", "false_positive": "name_only", "inconclusive": "contradictory"}


class Ways(RuleBasedStateMachine):
    people: dict[str, User]
    purpose: Purpose

    @initialize()
    def begin(self) -> None:
        screening = Screening.objects.create(origin="form", purpose=self.purpose, title="x", threshold=0.7, versions={})
        services.raise_alerts(screening, [make_row(1, make_hit("L-1"), make_hit("L-2", 0.8, 2))])
        self.alert = screening.alerts.get()
        self.state, self.first, self.chosen, self.standing = "open", "", "", {"L-1", "L-2"}
        self.written: list[dict[str, Any]] = []

    def tries(self, allowed: bool, act: Any) -> bool:
        try:
            with transaction.atomic():
                act()
        except InputError:
            assert not allowed
            return False
        assert allowed
        return True

    # One rule: of several, Hypothesis leaves some out for a whole walk, and few walks would come far.
    @rule(
        what=st.sampled_from(
            ["adjudicate", "adjudicate", "second", "second", "reopen", "reopen by the desk", "withdraw"]
        ),
        by=PEOPLE,
        said=st.sampled_from(["true_match", "true_match", "false_positive", "inconclusive"]),
        listing=LISTINGS,
        days=st.sampled_from([None, None, 5]),
        agrees=st.booleans(),
    )
    def act(self, what: str, by: str, said: str, listing: str, days: int | None, agrees: bool) -> None:
        match what:
            case "adjudicate":
                self.adjudicate(by, said, listing, days)
            case "second":
                self.second(by, agrees)
            case "withdraw":
                self.withdraw(listing)
            case _:
                self.reopen(by if what == "reopen" else None)

    def adjudicate(self, by: str, said: str, listing: str, days: int | None) -> None:
        true_match = said == "true_match"
        allowed = self.state == "open" and not (true_match and listing not in self.standing)
        allowed = allowed and (days is None or said == "false_positive")
        hits = [(LIST, listing)] if true_match else []
        more: dict[str, Any] = {"hits": hits, "reasons": [REASONS[said]], "text": "x", "remember_days": days}
        if self.tries(allowed, lambda: services.adjudicate(self.alert, self.people[by], said, **more)):
            self.state, self.first = ("proposed" if true_match else said), by
            self.chosen = listing if true_match else ""

    def second(self, by: str, agrees: bool) -> None:
        reasons = [] if agrees else ["not_enough"]
        allowed = self.state == "proposed" and by != self.first
        if self.tries(allowed, lambda: services.second(self.alert, self.people[by], agrees=agrees, reasons=reasons)):
            self.state = "true_match" if agrees else "open"

    def reopen(self, by: str | None) -> None:
        allowed = self.state not in ("open", *(["proposed"] if by else []))
        who = self.people[by] if by else None
        if self.tries(allowed, lambda: services.reopen(self.alert, who, because="mistake")):
            self.state = "open"

    def withdraw(self, listing: str) -> None:
        services.withdraw_hits([(LIST, listing)])
        if listing in self.standing and self.state in ("proposed", "true_match") and self.chosen == listing:
            self.state = "open"
        self.standing.discard(listing)

    @invariant()
    def stands_as_the_model_says(self) -> None:
        if not hasattr(self, "alert"):
            return
        alert = Alert.objects.get(pk=self.alert.pk)
        said = {"open": ("open", ""), "proposed": ("proposed", "true_match")}
        assert (alert.state, alert.disposition) == said.get(self.state, ("closed", self.state))
        closed = alert.state == "closed"
        assert (alert.decided_at is not None) == closed
        # Once decided, an alert has a day of its own.
        assert alert.delete_on is not None or not (closed or alert.adjudications.filter(step="reopened").exists())

    @invariant()
    def nobody_confirms_their_own(self) -> None:
        if not hasattr(self, "alert") or self.state != "true_match":
            return
        *_before, first, second = self.alert.adjudications.order_by("pk")
        assert (first.step, second.step, second.disposition) == ("first", "second", "true_match")
        assert first.by_id != second.by_id

    @invariant()
    def what_is_written_stays(self) -> None:
        if not hasattr(self, "alert"):
            return
        now = list(self.alert.adjudications.order_by("pk").values())
        assert now[: len(self.written)] == self.written
        self.written = now
        acts = AuditEntry.objects.filter(target_type="alert", target_id=str(self.alert.pk))
        assert acts.filter(action__in=["alert.adjudicated", "alert.reopened"]).count() == len(now)

    @invariant()
    def only_a_false_positive_is_remembered(self) -> None:
        if hasattr(self, "alert") and self.state != "false_positive":
            assert not Exemption.objects.filter(alert=self.alert, ended_at=None).exists()

    def teardown(self) -> None:
        Exemption.objects.all().delete()
        Adjudication.objects.all().delete()
        Alert.objects.all().delete()


@pytest.mark.django_db
def test_no_walk_leads_anywhere_else(person: Any, purpose: Purpose) -> None:
    for listing in ("L-1", "L-2"):
        make_listing(listing)
    Ways.people = {name: person(Role.REVIEWER, name=name) for name in ("one", "two", "three")}
    Ways.purpose = purpose
    run_state_machine_as_test(
        Ways,
        settings=settings(
            max_examples=40, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
