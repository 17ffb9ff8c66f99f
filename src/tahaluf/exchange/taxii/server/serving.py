"""A request and who asks → a response. Reach for `TaxiiServer.answer`; a web server stands before it.

Who asks is settled before: by the line's own certificate or token. What he may see is asked of the port.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from tahaluf.exchange.canonical import Json
from tahaluf.exchange.taxii.server.collected import (
    Asked,
    add_objects,
    delete_object,
    get_manifest,
    get_object,
    get_objects,
    get_versions,
)
from tahaluf.exchange.taxii.server.cursor import LEAST_KEY
from tahaluf.exchange.taxii.server.message import Refusal, Request, Response, not_found, write_json
from tahaluf.exchange.taxii.server.negotiate import check_accept
from tahaluf.exchange.taxii.server.ports import Collections
from tahaluf.exchange.taxii.server.resources import show_collection, show_discovery, show_posting, show_root

DISCOVERY = "taxii2"
MOST_PATH = 2_000


@dataclass(frozen=True, slots=True)
class Settings:
    """`key` authenticates every `next`: 32 secret bytes or more, the same at all workers. A page holds at most `page`.

    `challenge` is what who does not say who he is gets as `WWW-Authenticate`.
    """

    key: bytes
    page: int = 1_000
    challenge: str = 'Bearer realm="taxii"'

    def __post_init__(self) -> None:
        if len(self.key) < LEAST_KEY or self.page < 1:
            raise ValueError(f"a key of at least {LEAST_KEY} bytes and a page of at least 1")


class TaxiiServer:
    """Answers requests over collections. It holds no state of its own, and any number of threads may ask it."""

    def __init__(self, collections: Collections, settings: Settings) -> None:
        self.collections = collections
        self.settings = settings

    def answer(self, request: Request, principal: str | None) -> Response:
        """The response to who asks; `None` is somebody who did not say who he is. Every refusal is an answer, too."""
        try:
            if principal is None:
                challenge = {"WWW-Authenticate": self.settings.challenge}
                raise Refusal(401, "unauthorized", "Say who you are.", challenge)
            check_accept(request)
            return self.route(request, principal)
        except Refusal as refusal:
            return refusal.response()

    def most_body(self, request: Request, principal: str | None) -> int:
        """The most bytes of a body that a web server need read: one more is refused whatever follows."""
        name = request.path.strip("/").partition("/")[0]
        root = self.collections.root(principal, name) if principal is not None and request.method == "POST" else None
        return root.max_content_length if root else 0

    def route(self, request: Request, principal: str) -> Response:
        parts = request.path.removeprefix("/").removesuffix("/").split("/")
        if len(request.path) > MOST_PATH or "" in parts:
            raise not_found()
        if parts == [DISCOVERY]:
            only(request, "GET")
            return shown(show_discovery(self.collections.discovery(principal)))
        root = self.collections.root(principal, parts[0])
        if root is None:
            raise not_found()
        match parts[1:]:
            case []:
                only(request, "GET")
                return shown(show_root(root))
            case ["status", id]:
                only(request, "GET")
                return self.get_posting(principal, parts[0], id)
            case ["collections"]:
                only(request, "GET")
                return self.get_collections(principal, parts[0])
            case ["collections", id, *rest]:
                collection = self.collections.collection(principal, parts[0], id)
                if collection is None:
                    raise not_found()
                settings = self.settings
                return route_collection(Asked(request, principal, root, collection, settings.key, settings.page), rest)
            case _:
                raise not_found()

    def get_posting(self, principal: str, root: str, id: str) -> Response:
        posting = self.collections.posting(principal, root, id)
        if posting is None:
            raise not_found()
        return shown(show_posting(posting))

    def get_collections(self, principal: str, root: str) -> Response:
        found = [show_collection(each.about) for each in self.collections.collections(principal, root)]
        return shown({"collections": list[Json](found)} if found else {})


def route_collection(asked: Asked, rest: list[str]) -> Response:
    """What is asked of a collection, by the rest of the path."""
    match rest:
        case []:
            only(asked.request, "GET")
            return shown(show_collection(asked.collection.about))
        case ["objects"]:
            return one_of(asked, GET=get_objects, POST=add_objects)
        case ["manifest"]:
            return one_of(asked, GET=get_manifest)
        case ["objects", id]:
            return one_of(asked, GET=partial(get_object, id=id), DELETE=partial(delete_object, id=id))
        case ["objects", id, "versions"]:
            return one_of(asked, GET=partial(get_versions, id=id))
        case _:
            raise not_found()


def one_of(asked: Asked, **methods: Callable[[Asked], Response]) -> Response:
    """What the method does; Refusal 405 if the resource does not know it, 403 where one may not read."""
    method = only(asked.request, *methods)
    if method == "GET" and not asked.collection.about.can_read:
        raise Refusal(403, "read", "This collection is not read from.")
    return methods[method](asked)


def only(request: Request, *methods: str) -> str:
    """The method, one of these; Refusal 405 for any other."""
    if request.method not in methods:
        raise Refusal(405, "method", "This resource does not know this method.", {"Allow": ", ".join(methods)})
    return request.method


def shown(value: Json) -> Response:
    return Response(200, write_json(value))
