"""Lists, their versions, what changed between them, and listings as they stand; jobs."""

from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from tahaluf.web.accounts.models import Scope
from tahaluf.web.accounts.permissions import Permission as P
from tahaluf.web.api.access import Caller
from tahaluf.web.api.faults import Refused
from tahaluf.web.api.v1.answers import Token
from tahaluf.web.api.v1.paging import page, slice_of
from tahaluf.web.api.v1.schemas import (
    ChangesOut,
    Cursor,
    JobOut,
    Key,
    Limit,
    ListingOut,
    ListsOut,
    Slug,
    VersionsOut,
)
from tahaluf.web.catalogue.changes import detail, difference
from tahaluf.web.catalogue.models import ListSource, ListVersion
from tahaluf.web.catalogue.queries import listing_now, source_of, sources, versions_of
from tahaluf.web.common.jobs.queries import job_of

router = Router(tags=["Lists"])
READ = Token(Scope.READ, P.SEE_LISTS)


@router.get("/lists", auth=READ, response=ListsOut, summary="Lists")
def lists(request: HttpRequest, cursor: Cursor = None, limit: Limit = 50) -> dict[str, Any]:
    """Every list that was imported, with its current version."""
    found = sorted(sources(), key=lambda source: source.slug)
    return slice_of([_list(source) for source in found], cursor, limit, "lists")


@router.get("/lists/{slug}/versions", auth=READ, response=VersionsOut, summary="Versions of a list")
def versions(request: HttpRequest, slug: Slug, cursor: Cursor = None, limit: Limit = 50) -> dict[str, Any]:
    """The newest first."""
    return page(versions_of(_source(slug)), cursor, limit, f"versions/{slug}", _version)


@router.get("/lists/{slug}/changes", auth=READ, response=ChangesOut, summary="What changed in a list")
def changes(
    request: HttpRequest, slug: Slug, since: Key, until: Key | None = None, cursor: Cursor = None,
    limit: Limit = 50,
) -> dict[str, Any]:  # fmt: skip
    """Listings added, amended and removed between two versions, by number."""
    source = _source(slug)
    last = until or (source.current.number if source.current else 0)
    there = versions_of(source).filter(number__in={since, last}).count()
    if there != len({since, last}) or since > last:
        raise Refused(422, "api.value", field="since", expected="since ≤ until, versions of this list")
    told = slice_of(difference(source, since, last), cursor, limit, f"changes/{slug}")
    details = detail(told["items"])
    return {"items": [_change(each.line, each.changes) for each in details], "next": told["next"]}


@router.get("/lists/{slug}/listings/{listing_id}", auth=READ, response=ListingOut, summary="A listing")
def listing(request: HttpRequest, slug: Slug, listing_id: str) -> dict[str, Any]:
    """A listing as it stands, with all that its publisher says."""
    state = listing_now(slug, listing_id) if len(listing_id) <= 200 else None
    if state is None:
        raise Refused(404, "api.not_found", field="listing", found=listing_id)
    return {
        "list": slug, "id": state.listing_id, "kind": state.kind, "caption": state.caption,
        "reference": state.reference, "since_version": state.since.number, "content": state.content,
    }  # fmt: skip


@router.get("/jobs/{job_id}", auth=Token(Scope.READ), response=JobOut, tags=["Jobs"], summary="A job")
def job(request: HttpRequest, job_id: UUID) -> dict[str, Any]:
    """How far work in the background is; only of those that the token's owner asked for."""
    caller = cast(Caller, request.auth)  # type: ignore[attr-defined]
    found = job_of(job_id, caller.user.get_username())
    if found is None:
        raise Refused(404, "api.not_found", field="job", found=str(job_id))
    names = ("id", "kind", "state", "done", "total", "created_at", "started_at", "finished_at", "problem", "result")
    return {name: getattr(found, name) for name in names}


def _source(slug: str) -> ListSource:
    source = source_of(slug)
    if source is None:
        raise Refused(404, "api.not_found", field="list", found=slug)
    return source


def _list(source: ListSource) -> dict[str, Any]:
    now = source.current
    return {
        "slug": source.slug, "title": source.title, "publisher": source.publisher, "homepage": source.homepage,
        "active": source.active, "version": now.number if now else None,
        "published_on": now.published_on if now else "", "listings": now.listings if now else 0,
        "imported_at": now.imported_at if now else None,
    }  # fmt: skip


def _version(version: ListVersion) -> dict[str, Any]:
    names = (
        "number", "digest", "file_name", "format", "published_on", "complete", "listings", "added", "removed",
        "amended", "problem_count", "imported_at",
    )  # fmt: skip
    return {name: getattr(version, name) for name in names}


def _change(line: Any, changes: Any) -> dict[str, Any]:
    return {
        "what": line.what, "listing_id": line.listing_id, "caption": line.caption, "reference": line.reference,
        "fields": list(dict.fromkeys(change.field for change in changes)),
    }  # fmt: skip
