"""Discovery, roots and collections of a server, read with suspicion: another server's words decide nothing here."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from tahaluf.exchange.canonical import Json
from tahaluf.exchange.taxii.client.errors import failure, refused
from tahaluf.exchange.taxii.client.ports import Reply, Transport

MOST_ROOTS = 100
MOST_COLLECTIONS = 10_000


@dataclass(frozen=True, slots=True)
class RemoteCollection:
    """A collection as its server describes it. `url` ends in a slash."""

    url: str
    id: str
    title: str
    can_read: bool
    can_write: bool


def discover(transport: Transport, url: str) -> tuple[str, ...]:
    """The URLs of the API roots that a server names at its discovery URL.

    LineError, or ExchangeError `exchange.sync.refused` for what is no discovery resource.
    """
    found = read_fields(ask(transport, url))
    roots = found.get("api_roots", [])
    if not isinstance(roots, list) or len(roots) > MOST_ROOTS:
        raise refused("API roots", roots)
    return tuple(whole_url(url, text_of(root, "an API root")) for root in roots)


def list_collections(transport: Transport, root: str) -> tuple[RemoteCollection, ...]:
    """The collections of an API root. Errors as of `discover`."""
    url = slashed(root) + "collections/"
    found = read_fields(ask(transport, url)).get("collections", [])
    if not isinstance(found, list) or len(found) > MOST_COLLECTIONS:
        raise refused("collections", found)
    return tuple(read_collection(url, each) for each in found)


def read_collection(url: str, value: Json) -> RemoteCollection:
    if not isinstance(value, dict):
        raise refused("a collection", value)
    id = text_of(value.get("id"), "the id of a collection")
    if not id or len(id) > 200 or not all(letter.isalnum() or letter in "-_." for letter in id):
        raise refused("the id of a collection", id)
    title = value.get("title")
    return RemoteCollection(
        url=f"{url}{id}/",
        id=id,
        title=title if isinstance(title, str) else id,
        can_read=value.get("can_read") is True,
        can_write=value.get("can_write") is True,
    )


def ask(transport: Transport, url: str, query: Sequence[tuple[str, str]] = ()) -> Reply:
    """A reply that is a success and TAXII; an error otherwise."""
    reply = transport.get(url, query)
    if reply.status != 200:
        raise failure(reply.status, reply.headers, datetime.now(UTC))
    media = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != "application/taxii+json":
        raise refused("application/taxii+json", media)
    return reply


def read_fields(reply: Reply) -> dict[str, Json]:
    try:
        value = json.loads(reply.body)
    except (ValueError, RecursionError) as error:
        raise refused("JSON", str(error)) from error
    if not isinstance(value, dict):
        raise refused("a JSON object", value)
    return value


def text_of(value: Json, expected: str) -> str:
    if not isinstance(value, str):
        raise refused(expected, value)
    return value


def whole_url(base: str, url: str) -> str:
    """A URL that may be given from the server's root on."""
    scheme, _, rest = base.partition("://")
    return slashed(f"{scheme}://{rest.partition('/')[0]}{url}" if url.startswith("/") else url)


def slashed(url: str) -> str:
    return url if url.endswith("/") else url + "/"
