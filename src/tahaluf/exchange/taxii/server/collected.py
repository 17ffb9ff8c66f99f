"""What can be done with one collection: objects, manifest, versions; adding and deleting where it lets one."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from tahaluf.exchange.canonical import Json
from tahaluf.exchange.taxii.envelope import EnvelopeError, join_envelope, split_envelope
from tahaluf.exchange.taxii.server.cursor import read_cursor, write_cursor
from tahaluf.exchange.taxii.server.filters import Filters, Versions, parse_filters
from tahaluf.exchange.taxii.server.message import UNPROCESSED, Refusal, Request, Response, not_found, write_json
from tahaluf.exchange.taxii.server.negotiate import check_content_type
from tahaluf.exchange.taxii.server.paging import Page, choose, read_page
from tahaluf.exchange.taxii.server.ports import Collection, Root, WritableCollection
from tahaluf.exchange.taxii.server.resources import show_manifest_entry, show_posting
from tahaluf.exchange.taxii.times import write_timestamp

OBJECT_MATCHES = ("version", "spec_version")
VERSION_MATCHES = ("spec_version",)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for a collection, who asks, and what the server holds to be a page."""

    request: Request
    principal: str
    root: Root
    collection: Collection
    key: bytes
    page: int

    def context(self, filters: Filters) -> tuple[object, ...]:
        """What a `next` is good for: this principal at this resource with these filters."""
        return (self.principal, self.request.path.rstrip("/"), self.collection.about.id, filters.asked)


def get_objects(asked: Asked) -> Response:
    """The envelope of a page."""
    return answer_objects(asked, parse_filters(asked.request.query))


def get_object(asked: Asked, id: str) -> Response:
    """The envelope of a page of one object's versions, of which the newest alone is asked for by default."""
    return answer_objects(asked, of_object(asked, id, parse_filters(asked.request.query, OBJECT_MATCHES)))


def answer_objects(asked: Asked, filters: Filters) -> Response:
    page, following = turn(asked, filters)
    read = zip(page.stubs, asked.collection.read(page.stubs), strict=True)
    stands = [(stub, data) for stub, data in read if data is not None]
    companions = asked.collection.companions([stub for stub, _ in stands]) if stands else ()
    body = join_envelope([*(data for _, data in stands), *companions], page.following is not None, following)
    return Response(200, body, dates(page))


def get_manifest(asked: Asked) -> Response:
    return answer_list(asked, parse_filters(asked.request.query), "objects", show_manifest_entry)


def get_versions(asked: Asked, id: str) -> Response:
    filters = replace(parse_filters(asked.request.query, VERSION_MATCHES), versions=Versions(last=False, all=True))
    return answer_list(asked, of_object(asked, id, filters), "versions", lambda stub: stub.version)


def answer_list(asked: Asked, filters: Filters, name: str, show: Callable[..., Json]) -> Response:
    page, following = turn(asked, filters)
    more = page.following is not None
    shown: dict[str, Json] = {"more": more} if page.stubs or more else {}
    if following:
        shown["next"] = following
    if page.stubs:
        shown[name] = [show(stub) for stub in page.stubs]
    return Response(200, write_json(shown), dates(page))


def add_objects(asked: Asked) -> Response:
    """What became of a posted envelope; Refusal 403, 413, 415 or 422."""
    check_content_type(asked.request)
    collection = asked.collection
    if not collection.about.can_write or not isinstance(collection, WritableCollection):
        raise Refusal(403, "write", "This collection takes no objects.")
    if len(asked.request.body) > asked.root.max_content_length:
        raise Refusal(413, "size", f"At most {asked.root.max_content_length} bytes.")
    try:
        envelope = split_envelope(asked.request.body)
    except EnvelopeError as error:
        raise Refusal(422, "envelope", f"{UNPROCESSED}: {error}.") from error
    if not envelope.objects or envelope.rejected:
        raise Refusal(422, "envelope", f"{UNPROCESSED}: an envelope of objects that each have an id was expected.")
    return Response(202, write_json(show_posting(collection.add(envelope.objects))))


def delete_object(asked: Asked, id: str) -> Response:
    """The versions that the filters choose are gone; Refusal 403 where nothing is deleted, as in a log."""
    collection = asked.collection
    about = collection.about
    if not about.can_read and not about.can_write:
        raise not_found()
    allowed = about.can_read and about.can_write and about.can_delete
    if not allowed or not isinstance(collection, WritableCollection):
        raise Refusal(403, "delete", "Nothing is deleted here: what no longer holds is revoked by a new version.")
    filters = of_object(asked, id, parse_filters(asked.request.query, OBJECT_MATCHES))
    doomed = choose(collection, collection.versions({id})[id], filters, {})
    if not doomed:
        raise not_found()
    collection.delete(doomed)
    return Response(200)


def of_object(asked: Asked, id: str, filters: Filters) -> Filters:
    """The filters narrowed to one object; Refusal 404 if the collection does not have it."""
    if not asked.collection.versions({id}).get(id):
        raise not_found()
    return replace(filters, wanted=replace(filters.wanted, ids=frozenset({id})))


def turn(asked: Asked, filters: Filters) -> tuple[Page, str | None]:
    """The page that is asked for, and its `next`."""
    context = asked.context(filters)
    begin = None if filters.following is None else read_cursor(asked.key, filters.following, context)
    page = read_page(asked.collection, filters, begin, min(filters.limit or asked.page, asked.page))
    return page, None if page.following is None else write_cursor(asked.key, page.following, context)


def dates(page: Page) -> dict[str, str]:
    """The headers that clients page by which follow dates: Last is how far was looked."""
    if page.seen_until is None:
        return {}
    first = page.stubs[0].date_added if page.stubs else page.seen_until
    return {
        "X-TAXII-Date-Added-First": write_timestamp(first),
        "X-TAXII-Date-Added-Last": write_timestamp(page.seen_until),
    }
