"""Alerts and the decisions on them. Whoever decides does so by a token whose owner may; two people are needed here
too."""

from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tahaluf.web.accounts.models import Scope
from tahaluf.web.accounts.permissions import Permission as P
from tahaluf.web.api.access import Caller
from tahaluf.web.api.faults import Refused
from tahaluf.web.api.v1.answers import Token
from tahaluf.web.api.v1.codes import told_codes
from tahaluf.web.api.v1.idempotency import once
from tahaluf.web.api.v1.paging import make_cursor, page, read_cursor
from tahaluf.web.api.v1.schemas import (
    AdjudicateIn,
    AlertsOut,
    CodesOut,
    Cursor,
    DecisionOut,
    DecisionsOut,
    Key,
    Limit,
    OneAlertOut,
    SecondIn,
    Slug,
)
from tahaluf.web.common.audit.services import record
from tahaluf.web.review.alerts import queries, services
from tahaluf.web.review.tables.alerts import Adjudication, Alert, AlertState, Disposition

router = Router(tags=["Alerts"])
READ = Token(Scope.READ, P.SEE_ALERTS)


@router.get("/alerts", auth=READ, response=AlertsOut, summary="Alerts")
def alerts(  # noqa: PLR0913, PLR0917 (each is a filter)
    request: HttpRequest, state: AlertState | None = None, disposition: Disposition | None = None,
    purpose: Slug | None = None, list: Slug | None = None, screening: UUID | None = None,
    cursor: Cursor = None, limit: Limit = 50,
) -> dict[str, Any]:  # fmt: skip
    """The newest first; `list` is the short name of a list with a hit."""
    caller = cast(Caller, request.auth)  # type: ignore[attr-defined]
    wanted = {"state": state, "disposition": disposition, "purpose": purpose}
    found = queries.find_alerts(wanted, dataset=list, screening=screening)
    told = page(found, cursor, limit, "alerts", _alert)
    if told["items"]:
        seen = [item["id"] for item in told["items"]]
        record(caller.user, "alerts.listed", ("token", caller.token.pk), count=len(seen), first=seen[0], last=seen[-1])
    return told


@router.get("/alerts/{alert_id}", auth=READ, response=OneAlertOut, summary="An alert")
def alert(request: HttpRequest, alert_id: Key) -> dict[str, Any]:
    """The subject, the hits with their reasons, what was decided."""
    caller = cast(Caller, request.auth)  # type: ignore[attr-defined]
    found = _find(alert_id)
    record(caller.user, "alert.seen", ("alert", found.pk), token=caller.token.pk)
    return _whole(found)


@router.post(
    "/alerts/{alert_id}/adjudicate", auth=Token(Scope.WRITE, P.ADJUDICATE), response={201: DecisionOut},
    summary="Decide on an alert",
)  # fmt: skip
def adjudicate(request: HttpRequest, alert_id: Key, body: AdjudicateIn) -> HttpResponse:
    """The first decision. A true match is then proposed, and stands once another person agrees."""
    caller = cast(Caller, request.auth)  # type: ignore[attr-defined]
    found = _find(alert_id)
    pairs = [(pair[0], pair[1]) for pair in body.hits]

    def work() -> tuple[int, dict[str, Any]]:
        made = services.adjudicate(
            found, caller.user, body.disposition, hits=pairs, reasons=body.reasons, text=body.text,
            remember_days=body.remember_days,
        )  # fmt: skip
        return 201, _decision(made)

    return once(request, caller, work)


@router.post(
    "/alerts/{alert_id}/second", auth=Token(Scope.WRITE, P.REVIEW), response={201: DecisionOut},
    summary="Agree with a proposed true match, or not",
)  # fmt: skip
def second(request: HttpRequest, alert_id: Key, body: SecondIn) -> HttpResponse:
    """By another person than the first."""
    caller = cast(Caller, request.auth)  # type: ignore[attr-defined]
    found = _find(alert_id)

    def work() -> tuple[int, dict[str, Any]]:
        made = services.second(found, caller.user, agrees=body.agrees, reasons=body.reasons, text=body.text)
        return 201, _decision(made)

    return once(request, caller, work)


@router.get("/decisions", auth=READ, response=DecisionsOut, tags=["Decisions"], summary="Decisions since")
def decisions(request: HttpRequest, since: Cursor = None, limit: Limit = 100) -> dict[str, Any]:
    """In the order in which they were taken. `next` is always there: pass it as `since` the next time."""
    after = read_cursor(since, "decisions") if since else 0
    items = [_decision(row) for row in queries.decisions_after(after, limit)]
    return {"items": items, "next": make_cursor(items[-1]["id"] if items else after, "decisions")}


@router.get("/codes", auth=READ, response=CodesOut, tags=["Decisions"], summary="Codes and what they say")
def codes(request: HttpRequest) -> dict[str, Any]:
    """The dispositions, the reasons that go with each, with disagreeing and with opening again, and the purposes."""
    return told_codes()


def _find(alert_id: int) -> Alert:
    found = queries.alert_of(alert_id)
    if found is None:
        raise Refused(404, "api.not_found", field="alert", found=str(alert_id))
    return found


def _alert(found: Alert) -> dict[str, Any]:
    names = ("id", "row", "caption", "score", "hit_count", "state", "disposition", "created_at", "due_at", "decided_at")
    return {name: getattr(found, name) for name in names} | {
        "screening": found.screening_id,
        "purpose": found.purpose.slug,
        "lists": [slug for slug in found.lists.split(",") if slug],
        "assigned_to": found.assigned_to.get_username() if found.assigned_to else None,
    }


def _whole(found: Alert) -> dict[str, Any]:
    hits = queries.hits_of(found)
    return _alert(found) | {
        "subject": found.subject,
        "hits": [
            {
                "list": hit.dataset, "listing_id": hit.listing_id, "caption": hit.caption, "reference": hit.reference,
                "score": hit.score, "withdrawn": hit.withdrawn_at is not None,
            }
            for hit in hits
        ],
        "explanations": [hit.hit.get("explanation", {}) for hit in hits],
        "decisions": [_decision(made) for made in queries.decisions_of(found)],
    }  # fmt: skip


def _decision(made: Adjudication) -> dict[str, Any]:
    return {
        "id": made.pk, "alert": made.alert_id, "step": made.step, "disposition": made.disposition,
        "hits": [[str(part) for part in pair] for pair in made.hits], "reasons": made.reasons, "by": made.by_name,
        "at": made.at,
    }  # fmt: skip
