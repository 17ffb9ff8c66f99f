"""The engine proper: names in, for each the best listings out, as arrays. Thread-safe; one at a time per matcher."""

from collections.abc import Sequence
from threading import Lock

from tahaluf.domain import Kind
from tahaluf.names.likeness.model import likeness
from tahaluf.screening.ask import ask
from tahaluf.screening.index.arrays import NameIndex
from tahaluf.screening.index.build import KINDS
from tahaluf.screening.kernel.screen import Found, Listed, new_found, new_scratch, screen_names
from tahaluf.screening.tokens import TokenTable
from tahaluf.screening.weights import score_weights

SHORTLIST = 36
MOST_ROWS = 400_000
PARTIES = (Kind.ORGANIZATION, Kind.COMPANY)


def answering(kind: Kind) -> int:
    """The kinds of listing that may answer a subject of `kind`, a bit each; an unknown kind may be any."""
    if kind is Kind.UNKNOWN:
        return -1
    alike = PARTIES if kind in PARTIES else (kind,)
    return sum(1 << KINDS.index(k) for k in (*alike, Kind.UNKNOWN))


class Matcher:
    """Matches names against one index; keeps what it learned of tokens between calls, within bounds."""

    def __init__(self, index: NameIndex) -> None:
        self._index = index
        self._lock = Lock()
        self._model = likeness()
        self._table = TokenTable(index, self._model)
        self._scratch = new_scratch(len(index.name_total))
        kinds = index.listing_kind[index.name_listing] if len(index.name_listing) else index.listing_kind[:0]
        self._listed = Listed(
            index.codes, index.name_starts, index.name_tokens, index.name_weights, index.name_total, index.name_listing,
            kinds, index.name_weak, index.name_chain, index.token_weight, index.posting_starts, index.posting_names,
        )  # fmt: skip
        weights = score_weights()
        self._weights = (weights.coefficients, weights.intercept)

    def match_names(self, names: Sequence[str], kinds: Sequence[int], most: int) -> tuple[Found, list[int]]:
        """For each name its `most` best listings, and how many of its tokens took part. `kinds`: see `answering`."""
        with self._lock:
            if len(self._table) > MOST_ROWS:
                self._table = TokenTable(self._index, self._model)
                self._scratch = new_scratch(len(self._index.name_total))
            asked = ask(names, kinds, self._table)
            found = new_found(len(names), most)
            if len(self._index.name_total):
                near = (self._table.near_starts, self._table.near_tokens, self._table.near_p)
                tables = self._model.tables
                screen_names(asked, self._listed, near, tables, self._weights, SHORTLIST, self._scratch, found)
        return found, (asked.starts[1:] - asked.starts[:-1]).tolist()
