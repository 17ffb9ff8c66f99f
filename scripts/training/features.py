"""The features of each shortlisted pair, as the engine measures them: what the name score is fitted to."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tahaluf.domain import Listing
from tahaluf.names.likeness.model import likeness
from tahaluf.screening.ask import ask
from tahaluf.screening.index.build import build_names
from tahaluf.screening.kernel.align import WIDEST, new_work, start_subject
from tahaluf.screening.kernel.join import MOST_JOINED
from tahaluf.screening.kernel.measure import N_FEATURES
from tahaluf.screening.kernel.screen import Listed, new_scratch, shortlist_names, weigh_pair
from tahaluf.screening.matcher import SHORTLIST
from tahaluf.screening.tokens import TokenTable
from tahaluf.screening.weighed import weighed_tokens


class Measured:
    """A list, ready to measure names against."""

    def __init__(self, listings: list[Listing]) -> None:
        self.index = index = build_names(listings, likeness())
        self.table = TokenTable(index, likeness())
        self.scratch = new_scratch(len(index.name_total))
        kinds = index.listing_kind[index.name_listing]
        self.listed = Listed(
            index.codes, index.name_starts, index.name_tokens, index.name_weights, index.name_total, index.name_listing,
            kinds, index.name_weak, index.name_chain, index.token_weight, index.posting_starts, index.posting_names,
        )  # fmt: skip

    def measure(self, names: list[str]) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
        """Features [names, SHORTLIST, features] and listings [names, SHORTLIST] (−1 where there are fewer)."""
        asked = ask([weighed_tokens(name) for name in names], [-1] * len(names), self.table)
        features = np.zeros((len(names), SHORTLIST, N_FEATURES), np.float32)
        listings = np.full((len(names), SHORTLIST), -1, np.int32)
        measure_names(asked, self.listed, self.table.near, likeness().tables, self.scratch, features, listings)
        return features, listings


@njit
def measure_names(asked, listed, near, model, scratch, features, listings):  # type: ignore[no-untyped-def]
    """The loop of `kernel.screen.screen_names`, keeping the features of every pair."""
    shortlist = listings.shape[1]
    best_names, best_values = np.empty(shortlist, np.int32), np.empty(shortlist, np.float32)
    work, joined, pairs = new_work(), np.empty((MOST_JOINED, 4), np.float32), np.empty((WIDEST, 6), np.float32)
    for s in range(asked.starts.shape[0] - 1):
        if asked.starts[s] == asked.starts[s + 1]:
            continue
        start_subject(asked.codes, asked.tokens[asked.starts[s] : asked.starts[s + 1]], work)
        for c in range(shortlist_names(asked, s, listed, near, scratch, best_names, best_values)):
            name = best_names[c]
            weigh_pair(asked, s, listed, name, model, scratch, work, joined, pairs, features[s, c])
            listings[s, c] = listed.name_listing[name]
