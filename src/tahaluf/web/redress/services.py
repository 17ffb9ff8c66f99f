"""All that is done about complaints; each act checks who may, keeps a step that is never changed, and is audited."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from tahaluf.domain import InputError, Problem, Where
from tahaluf.web.accounts.models import User
from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.catalogue.queries import last_state
from tahaluf.web.common.audit.services import record
from tahaluf.web.redress.effects import reopen_alerts
from tahaluf.web.redress.letters import Letter, write_letter
from tahaluf.web.redress.models import Complaint, ComplaintState, Counter, Matter, Outcome, Route, Step
from tahaluf.web.redress.routing import route_of

DUE_DAYS = 30
KEPT_DAYS = 1825


@transaction.atomic
def receive(by: User, fields: Mapping[str, Any]) -> Complaint:
    """Record a complaint; it is given a reference, a day by which it is due, and a route that a person confirms."""
    _allow(by)
    complaint = Complaint(**fields, reference=_next_reference(fields["received_on"]), handler=by)
    complaint.due_on = complaint.received_on + timedelta(days=DUE_DAYS)
    complaint.route = route_of(Matter(complaint.matter), complaint.dataset, _published_reference(complaint))
    complaint.save()
    _step(complaint, by, "received")
    return complaint


@transaction.atomic
def send(complaint: Complaint, by: User, route: Route, text: str = "") -> Step:
    """Send it to whoever decides; the letter of referral is kept as it was."""
    complaint = _locked(complaint, by)
    complaint.route, complaint.state = route, ComplaintState.ROUTED
    complaint.save(update_fields=["route", "state"])
    return _step(complaint, by, "routed", text=text, letter=write_letter(complaint, "referral", text))


@transaction.atomic
def reopen_review(complaint: Complaint, by: User) -> Step:
    """Have every alert of the subject decided on again."""
    complaint = _locked(complaint, by)
    if not by.may(Permission.ASSIGN):
        raise PermissionDenied
    return _step(complaint, by, "effect", effect=reopen_alerts(complaint, by))


@transaction.atomic
def answer(complaint: Complaint, by: User, outcome: Outcome, text: str) -> Step:
    """Answer the person, in the language of the complaint."""
    complaint = _locked(complaint, by)
    if not text.strip():
        raise InputError(Problem("web.complaint.text", Where(field="text")))
    complaint.outcome, complaint.state = outcome, ComplaintState.ANSWERED
    complaint.save(update_fields=["outcome", "state"])
    return _step(complaint, by, "answered", text=text, letter=write_letter(complaint, "answer", text))


@transaction.atomic
def acknowledge(complaint: Complaint, by: User) -> Step:
    """Tell the person that the complaint has come and what follows."""
    complaint = _locked(complaint, by)
    return _step(complaint, by, "acknowledged", letter=write_letter(complaint, "receipt", ""))


@transaction.atomic
def close(complaint: Complaint, by: User) -> Step:
    """End it; only what was answered, or is decided elsewhere, can be."""
    complaint = _locked(complaint, by)
    is_elsewhere = complaint.state == ComplaintState.ROUTED and complaint.route != Route.OWN
    if complaint.state != ComplaintState.ANSWERED and not is_elsewhere:
        raise _in_state(complaint)
    complaint.state, complaint.closed_at = ComplaintState.CLOSED, timezone.now()
    complaint.delete_on = timezone.localdate() + timedelta(days=KEPT_DAYS)
    complaint.save(update_fields=["state", "closed_at", "delete_on"])
    return _step(complaint, by, "closed")


@transaction.atomic
def write_note(complaint: Complaint, by: User, text: str) -> Step:
    complaint = _locked(complaint, by)
    if not text.strip():
        raise InputError(Problem("web.complaint.text", Where(field="text")))
    return _step(complaint, by, "noted", text=text)


def _locked(complaint: Complaint, by: User) -> Complaint:
    _allow(by)
    found = Complaint.objects.select_for_update().get(pk=complaint.pk)
    if found.state == ComplaintState.CLOSED:
        raise _in_state(found)
    return found


def _in_state(complaint: Complaint) -> InputError:
    return InputError(Problem("web.complaint.state", found=str(complaint.get_state_display())))


def _allow(by: User) -> None:
    if not by.may(Permission.HANDLE_COMPLAINTS):
        raise PermissionDenied


def _step(
    complaint: Complaint, by: User, kind: str, *, text: str = "", letter: Letter | None = None,
    effect: dict[str, Any] | None = None,
) -> Step:  # fmt: skip
    made = Step.objects.create(
        complaint=complaint, kind=kind, text=text, letter=letter and letter._asdict(), effect=effect,
        by_name=by.get_username(),
    )  # fmt: skip
    record(by, f"complaint.{kind}", ("complaint", complaint.pk), step=made.pk, effect=effect)
    return made


def _next_reference(received_on: date) -> str:
    Counter.objects.get_or_create(year=received_on.year)
    counter = Counter.objects.select_for_update().get(year=received_on.year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"C-{counter.year}-{counter.last:04d}"


def _published_reference(complaint: Complaint) -> str:
    # Who was taken off a list may still have to do with it.
    state = last_state(complaint.dataset, complaint.listing_id) if complaint.listing_id else None
    return state.reference if state else ""
