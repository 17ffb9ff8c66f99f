"""The engine proper: names in, for each the best listings out, as arrays. Threads may share a matcher."""

from collections.abc import Sequence
from threading import Lock

from tahaluf.domain import Kind
from tahaluf.names.likeness.model import likeness
from tahaluf.screening.ask import ask
from tahaluf.screening.index.arrays import NameIndex
from tahaluf.screening.kernel.screen import KINDS, Asked, Found, Listed, Scratch, new_found, new_scratch, screen_names
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
        self._idle: list[Scratch] = []
        kinds = index.listing_kind[index.name_listing] if len(index.name_listing) else index.listing_kind[:0]
        self._listed = Listed(
            index.codes, index.name_starts, index.name_tokens, index.name_weights, index.name_total, index.name_listing,
            kinds, index.name_weak, index.name_chain, index.token_weight, index.posting_starts, index.posting_names,
        )  # fmt: skip
        weights = score_weights()
        self._weights = (weights.coefficients, weights.intercept)

    def match_names(self, names: Sequence[str], kinds: Sequence[int], most: int) -> tuple[Found, Asked]:
        """For each name its `most` best listings, and what was asked with. `kinds`: see `answering`."""
        with self._lock:
            if len(self._table) > MOST_ROWS:
                self._table, self._idle = TokenTable(self._index, self._model), []
            # What a thread works with remembers rows of this table, and goes back to its idle ones.
            asked, near, idle = ask(names, kinds, self._table), self._table.near, self._idle
            scratch = idle.pop() if idle else new_scratch(len(self._index.name_total))
        found = new_found(len(names), most)
        if len(self._index.name_total):
            screen_names(asked, self._listed, near, self._model.tables, self._weights, SHORTLIST, scratch, found)
        with self._lock:
            idle.append(scratch)
        return found, asked
