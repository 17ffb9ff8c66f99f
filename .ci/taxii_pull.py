"""Our TAXII client against a running medallion: `python .ci/taxii_pull.py ADDRESS`.

500 objects are posted at once, and medallion gives them one date. Our client must get each once by `next`; by date, in
pages of 100, it must say that it cannot; in one larger page it must get each.
"""

import json
import sys
from collections.abc import Sequence
from urllib.request import Request, urlopen

from tahaluf.exchange.errors import ExchangeError
from tahaluf.exchange.taxii.client import Cursor, Reply, discover, list_collections, pull
from tahaluf.exchange.taxii.client.https import HttpsTransport
from tahaluf.exchange.taxii.envelope import join_envelope
from tahaluf.exchange.taxii.media import TAXII
from tests.exchange.taxii.memory import identity

ADMIN = "Basic YWRtaW46UGFzc3dvcmQw"
COUNT = 500


class WithoutNext:
    """The line to a server as if it knew no `next`."""

    def __init__(self, line: HttpsTransport) -> None:
        self.line = line

    def get(self, url: str, query: Sequence[tuple[str, str]] = ()) -> Reply:
        reply = self.line.get(url, query)
        envelope = json.loads(reply.body)
        envelope.pop("next", None)
        return Reply(reply.status, json.dumps(envelope).encode(), reply.headers)


def judge(what: str, good: bool, found: object) -> int:
    """Prints one line; 1 where it is wrong."""
    print(f"{'good' if good else 'WRONG'}: {what}: {found}")
    return 0 if good else 1


def main(address: str) -> int:
    """1 where anything is not what must be."""
    line = HttpsTransport(address, ADMIN)
    (root,) = discover(line, f"{address}/taxii2/")
    (inbox,) = list_collections(line, root)
    made = [identity(number) for number in range(COUNT)]
    body = join_envelope((each.data for each in made), False, None)
    headers = {"Accept": TAXII, "Content-Type": TAXII, "Content_Length": str(len(body)), "Authorization": ADMIN}
    with urlopen(Request(f"{inbox.url}objects/", body, headers), timeout=60) as posted:  # noqa: S310 (of this machine)
        wrong = judge("posted at once", posted.status == 202, posted.status)
    expected = sorted(each.id for each in made)
    pages = list(pull(line, inbox.url, limit=100))
    found = sorted(each.id for page in pages for each in page.objects)
    wrong += judge("by next, pages of 100", found == expected, len(found))
    again = [each.id for page in pull(line, inbox.url, pages[-1].cursor, 1_000) for each in page.objects]
    wrong += judge("a round without news", again == [], len(again))
    try:
        found = [each.id for page in pull(WithoutNext(line), inbox.url, limit=100) for each in page.objects]
        wrong += judge("by date, pages of 100", False, f"{len(found)} and no error")
    except ExchangeError as error:
        wrong += judge("by date, pages of 100", error.problem.code == "exchange.sync.stuck", error)
    found = sorted(each.id for page in pull(WithoutNext(line), inbox.url, Cursor(), 1_000) for each in page.objects)
    wrong += judge("by date, one page", found == expected, len(found))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
