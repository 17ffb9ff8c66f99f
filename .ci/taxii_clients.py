"""The OASIS client and validator against a running server of ours: `python .ci/taxii_clients.py ADDRESS`.

Needs taxii2-client, stix2 and stix2-validator, not the project. 5,000 objects are posted at once; the client must get
each of them once, by `next` and by date alone; every object that the log of records serves must be valid STIX 2.1.
"""

import sys
import warnings
from importlib.metadata import version
from typing import Any

from stix2 import Identity
from stix2validator import ValidationOptions, validate_instance
from taxii2client.v21 import Collection, Server, as_pages

COUNT = 5_000
LOGIN = {"user": "admin", "password": "Password0"}


def by_next(collection: Collection, page: int) -> list[str]:
    """The ids as the client's own paging gives them."""
    pages = as_pages(collection.get_objects, per_request=page)
    return [each["id"] for envelope in pages for each in envelope.get("objects", [])]


def by_date(collection: Collection, page: int) -> list[str]:
    """The ids as a client gets them that knows dates alone: each page from the date on that the last one ended with."""
    found: list[str] = []
    query: dict[str, Any] = {"limit": page}
    while True:
        headers = {"Accept": "application/taxii+json;version=2.1"}
        reply = collection._conn.session.get(collection.objects_url, params=query, headers=headers)
        reply.raise_for_status()
        found += [each["id"] for each in reply.json().get("objects", [])]
        if "X-TAXII-Date-Added-Last" not in reply.headers:
            return found
        query["added_after"] = reply.headers["X-TAXII-Date-Added-Last"]


def judge(what: str, good: bool, found: object) -> int:
    """Prints one line; 1 where it is wrong."""
    print(f"{'good' if good else 'WRONG'}: {what}: {found}")
    return 0 if good else 1


def invalid(collection: Collection) -> tuple[int, list[str]]:
    """How many objects a log served, all versions, and what the validator has against them."""
    objects = collection.get_objects(version="all")["objects"]
    options = ValidationOptions(version="2.1", strict=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        results = [(each["id"], validate_instance(each, options)) for each in objects]
    return len(objects), [f"{id}: {result.errors}" for id, result in results if not result.is_valid]


def main(address: str) -> int:
    """1 where anything is not what must be."""
    wrong = 0
    server = Server(f"{address}/taxii2/", **LOGIN)
    wrong += judge("discovery", server.title == "Node", server.title)
    inbox = Collection(f"{address}/api/collections/inbox/", **LOGIN)
    made = [Identity(name=f"Invented {number}", identity_class="individual") for number in range(COUNT)]
    text = '{"objects":[' + ",".join(each.serialize() for each in made) + "]}"
    posting = inbox.add_objects(text, wait_for_completion=True)
    wrong += judge("posted at once", posting.success_count == COUNT, posting.success_count)
    expected = [each.id for each in made]
    for page in (1_000, 333):
        for way in (by_next, by_date):
            found = way(inbox, page)
            wrong += judge(f"{way.__name__}, pages of {page}", found == expected, f"{len(found)} of {COUNT}, in order")
    count, errors = invalid(Collection(f"{address}/api/collections/log/", **LOGIN))
    wrong += judge("records served, valid STIX", count > 0 and not errors, errors or count)
    print(f"taxii2-client {version('taxii2-client')}, stix2-validator {version('stix2-validator')}: {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
