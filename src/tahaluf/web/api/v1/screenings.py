"""Screenings: a file sent in, how far it is, its hits and rejects."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, cast
from uuid import UUID

import orjson
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import File, Form, Router
from ninja.files import UploadedFile
from pydantic import Field

from tahaluf.domain import Kind
from tahaluf.web.accounts.models import Scope
from tahaluf.web.accounts.permissions import Permission as P
from tahaluf.web.api.access import Caller
from tahaluf.web.api.faults import Refused
from tahaluf.web.api.match.purposes import purpose_now
from tahaluf.web.api.v1.answers import Token
from tahaluf.web.api.v1.idempotency import once
from tahaluf.web.api.v1.paging import slice_of
from tahaluf.web.api.v1.schemas import Cursor, Limit, ScreeningOut, ScreeningsOut, Slug
from tahaluf.web.common.audit.services import record
from tahaluf.web.review.screenings.places import data_path
from tahaluf.web.review.screenings.queries import newest_screenings, screened_before, screening_of
from tahaluf.web.review.screenings.services import cancel as cancel_screening
from tahaluf.web.review.screenings.services import open_file, start
from tahaluf.web.review.tables.screenings import Origin, Screening, ScreeningState

Own = Annotated[Slug, Field(description="One of the token’s purposes; by default its own")]
router = Router(tags=["Screenings"])
READ = Token(Scope.READ, P.SEE_SCREENINGS)
WRITE = Token(Scope.WRITE, P.SCREEN)
# As on the desk's pages, whoever sees a screening may not yet carry its hits away.
TAKE = Token(Scope.READ, P.EXPORT)
MOST_LISTED = 1000
LONGEST = 10_000
CHUNK = 1 << 16


@router.get("/screenings", auth=READ, response=ScreeningsOut, summary="Screenings")
def screenings(
    request: HttpRequest, state: ScreeningState | None = None, purpose: Slug | None = None, cursor: Cursor = None,
    limit: Limit = 50,
) -> dict[str, Any]:  # fmt: skip
    """The newest thousand, newest first."""
    found = newest_screenings(MOST_LISTED, state=state, purpose=purpose)
    return slice_of([_screening(each) for each in found], cursor, limit, "screenings")


@router.post("/screenings", auth=WRITE, response={201: ScreeningOut}, summary="Screen a file")
def create(
    request: HttpRequest,
    file: File[UploadedFile],
    purpose: Form[Own | None] = None,
    mapping: str = Form("{}", max_length=LONGEST, description="Which column holds what, in JSON"),  # type: ignore[type-arg]
    kind: str = Form("", max_length=60, description="Of what kind the subjects are, where the file does not say"),  # type: ignore[type-arg]
    name: str = Form("", max_length=LONGEST, description="What the file is called here"),  # type: ignore[type-arg]
    again: bool = Form(False, description="Screen it although this purpose has screened the same content before"),  # type: ignore[type-arg]
) -> HttpResponse:
    """A file of any form that the desk reads. `mapping` says in JSON which column holds what, where that cannot be
    seen: `{"name": "Nom complet"}`. `purpose` is one of the token's, by default its own. What this purpose has screened
    before, and keeps, is refused with 409 (`api.screened_before`; `found` is that screening) unless `again` is true:
    its hits would raise their alerts a second time."""
    caller = cast(Caller, request.auth)  # type: ignore[attr-defined]
    wanted, of_kind = purpose_now(caller.token, purpose), _kind(kind)
    columns = _mapping(mapping)
    content = hashlib.sha256()
    for chunk in file.chunks():
        content.update(chunk)
    file.seek(0)
    digest = hashlib.sha256(f"{wanted.slug}\n{mapping}\n{kind}\n{again}\n{content.hexdigest()}".encode())

    def work() -> tuple[int, dict[str, Any]]:
        if not again and (before := screened_before(content.hexdigest(), wanted)) is not None:
            raise Refused(409, "api.screened_before", field="file", expected="again=true", found=str(before.pk))
        draft = open_file(caller.user, wanted, file, name or file.name or "", origin=Origin.API)
        return 201, _screening(start(draft, caller.user, columns, of_kind))

    return once(request, caller, work, digest.digest())


@router.get("/screenings/{screening_id}", auth=READ, response=ScreeningOut, summary="A screening")
def screening(request: HttpRequest, screening_id: UUID) -> dict[str, Any]:
    """How far it is, and what came out."""
    return _screening(_find(screening_id))


@router.post("/screenings/{screening_id}/cancel", auth=WRITE, response=ScreeningOut, summary="Stop a screening")
def cancel(request: HttpRequest, screening_id: UUID) -> HttpResponse:
    """It stops at its next piece; what was found until then stays."""
    caller = cast(Caller, request.auth)  # type: ignore[attr-defined]
    found = _find(screening_id)

    def work() -> tuple[int, dict[str, Any]]:
        cancel_screening(found, caller.user)
        return 200, _screening(found)

    return once(request, caller, work)


@router.get("/screenings/{screening_id}/hits", auth=TAKE, summary="Hits of a screening")
def hits(request: HttpRequest, screening_id: UUID) -> HttpResponse | StreamingHttpResponse:
    """JSON lines, one hit a line, as spec/screening-result.md describes."""
    return _file(request, _find(screening_id), "hits_file", "result_bytes", "application/x-ndjson")


@router.get("/screenings/{screening_id}/rejects", auth=TAKE, summary="Rejects of a screening")
def rejects(request: HttpRequest, screening_id: UUID) -> HttpResponse | StreamingHttpResponse:
    """The rows that could not be screened, with their reasons, as CSV."""
    return _file(request, _find(screening_id), "rejects_file", "rejects_bytes", "text/csv; charset=utf-8")


def _find(screening_id: UUID) -> Screening:
    try:
        return screening_of(screening_id)
    except Screening.DoesNotExist as unknown:
        raise Refused(404, "api.not_found", field="screening", found=str(screening_id)) from unknown


def _file(
    request: HttpRequest, found: Screening, name: str, size: str, kind: str
) -> HttpResponse | StreamingHttpResponse:
    """What has been written until now, and no byte of a piece that is not whole."""
    caller = cast(Caller, request.auth)  # type: ignore[attr-defined]
    relative, length = str(getattr(found, name)), int(getattr(found, size))
    path = data_path(relative) if relative else Path()
    if not relative or not path.is_file():
        if found.deleted_at is not None or found.state != ScreeningState.DONE:
            raise Refused(404, "api.not_found", field=name.removesuffix("_file"), found=str(found.pk))
        return HttpResponse(b"", kind)
    record(caller.user, f"screening.{name.removesuffix('_file')}_read", ("screening", found.pk), token=caller.token.pk)
    if length >= path.stat().st_size:
        return FileResponse(path.open("rb"), content_type=kind)
    return StreamingHttpResponse(_first(path, length), content_type=kind)


def _first(path: Path, length: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(min(length, CHUNK)):
            length -= len(chunk)
            yield chunk


def _kind(text: str) -> Kind | None:
    if text and text not in [kind.value for kind in Kind]:
        expected = ", ".join(kind.value for kind in Kind)
        raise Refused(422, "api.value", field="kind", expected=expected, found=text)
    return Kind(text) if text else None


def _mapping(text: str) -> dict[str, str]:
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        value = None
    if not isinstance(value, dict) or not all(isinstance(column, str) for column in value.values()):
        raise Refused(422, "api.value", field="mapping", expected='{"name": "Nom"}', found=text)
    return value


def _screening(found: Screening) -> dict[str, Any]:
    return {
        "id": found.pk, "origin": found.origin, "purpose": found.purpose.slug, "title": found.title,
        "state": found.state, "threshold": found.threshold, "index": found.index_id, "engine": found.engine,
        "versions": found.versions, "rows": found.done_rows, "total_rows": found.total_rows, "hits": found.hits,
        "alerts": found.alerts_made, "exempted": found.exempted, "rejected": found.rejected, "job": found.job_id,
        "problem": found.problem, "created_at": found.created_at, "finished_at": found.finished_at,
    }  # fmt: skip
