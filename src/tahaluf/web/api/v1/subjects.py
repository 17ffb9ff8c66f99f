"""Watched subjects, and the events that monitoring them brought."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tahaluf.web.accounts.models import Scope
from tahaluf.web.accounts.permissions import Permission as P
from tahaluf.web.api.access import Caller
from tahaluf.web.api.faults import Refused
from tahaluf.web.api.match.purposes import purpose_now
from tahaluf.web.api.match.subjects import read_query
from tahaluf.web.api.v1.answers import Token
from tahaluf.web.api.v1.idempotency import once
from tahaluf.web.api.v1.paging import make_cursor, page, read_cursor
from tahaluf.web.api.v1.schemas import Cursor, EventsOut, Limit, Slug, WatchedsOut, WatchIn, WatchOut
from tahaluf.web.common.audit.services import record
from tahaluf.web.monitoring.events import body_of
from tahaluf.web.monitoring.models import WatchedSubject
from tahaluf.web.monitoring.queries import events_after, find_subjects
from tahaluf.web.monitoring.services import unwatch, watch

router = Router(tags=["Watched subjects"])
READ = Token(Scope.READ, P.SEE_SUBJECTS)
WRITE = Token(Scope.WRITE, P.MANAGE_SUBJECTS)


@router.get("/registers/{name}/subjects", auth=READ, response=WatchedsOut, summary="Watched subjects")
def subjects(request: HttpRequest, name: Slug, cursor: Cursor = None, limit: Limit = 50) -> dict[str, Any]:
    """Those of a register, the newest first."""
    caller = cast(Caller, request.auth)  # type: ignore[attr-defined]
    told = page(find_subjects(register=name).order_by(), cursor, limit, f"subjects/{name}", _subject)
    if told["items"]:
        record(caller.user, "subjects.listed", ("register", name), count=len(told["items"]))
    return told


@router.post("/registers/{name}/subjects", auth=WRITE, response=WatchOut, summary="Watch subjects")
def add(request: HttpRequest, name: Slug, body: WatchIn) -> HttpResponse:
    """New ones are watched from now on, known ones (by `id`) replaced. Properties as in `/match`."""
    caller = cast(Caller, request.auth)  # type: ignore[attr-defined]
    purpose = purpose_now(caller.token, body.purpose)
    given = [
        read_query(each.id, {"id": each.id, "schema": each.schema_, "properties": each.properties}).subject
        for each in body.subjects
    ]
    return once(request, caller, lambda: (200, watch(caller.user, name, purpose, given)._asdict()))


@router.delete(
    "/registers/{name}/subjects/{path:external_id}", auth=WRITE, response={204: None}, summary="Watch no longer"
)
def remove(request: HttpRequest, name: Slug, external_id: str) -> HttpResponse:
    """The subject is deleted when its purpose's time is over."""
    caller = cast(Caller, request.auth)  # type: ignore[attr-defined]
    if len(external_id) > 120 or not unwatch(caller.user, name, [external_id]):
        raise Refused(404, "api.not_found", field="subject", found=external_id)
    return HttpResponse(status=204)


@router.get("/events", auth=READ, response=EventsOut, by_alias=True, tags=["Events"], summary="Events since")
def events(request: HttpRequest, since: Cursor = None, limit: Limit = 100) -> dict[str, Any]:
    """New, changed and withdrawn hits of watched subjects. `next` is always there: pass it as `since` the next time."""
    after = read_cursor(since, "events") if since else 0
    found = events_after(after, limit)
    return {
        "items": [body_of(event) for event in found],
        "next": make_cursor(found[-1].pk if found else after, "events"),
    }


def _subject(found: WatchedSubject) -> dict[str, Any]:
    return {
        "id": found.external_id, "purpose": found.purpose.slug, "caption": found.caption,
        "active": found.active, "hits": found.live_hits, "added_at": found.added_at,  # type: ignore[attr-defined]
    }  # fmt: skip
