"""The features of each shortlisted pair, as the engine measures them: what the name score is fitted to."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tahaluf.domain import Listing
from tahaluf.names.likeness.model import likeness
from tahaluf.screening.ask import ask
from tahaluf.screening.index.build import build_names
from tahaluf.screening.kernel.align import N_FEATURES, WEAK, WIDEST, assign, join_neighbours, likelihoods, measure
from tahaluf.screening.kernel.retrieve import gather, keep_best
from tahaluf.screening.kernel.screen import MOST_SOUGHT, Listed, new_scratch
from tahaluf.screening.matcher import SHORTLIST
from tahaluf.screening.tokens import TokenTable


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
        asked = ask(names, [-1] * len(names), self.table)
        features = np.zeros((len(names), SHORTLIST, N_FEATURES), np.float32)
        listings = np.full((len(names), SHORTLIST), -1, np.int32)
        near = (self.table.near_starts, self.table.near_tokens, self.table.near_p)
        measure_names(asked, self.listed, near, likeness().tables, self.scratch, features, listings)
        return features, listings


@njit
def measure_names(asked, listed, near, model, scratch, features, listings):  # type: ignore[no-untyped-def]
    """The loop of `kernel.screen.screen_names`, keeping the features of every pair."""
    shortlist = listings.shape[1]
    best_names, best_values = np.empty(shortlist, np.int32), np.empty(shortlist, np.float32)
    odds, joined = np.empty((WIDEST, WIDEST), np.float32), np.empty((16, 4), np.float32)
    pairs = np.empty((WIDEST, 6), np.float32)
    postings = (listed.posting_starts, listed.posting_names)
    work = (scratch.evidence, scratch.marks, scratch.touched)
    for s in range(asked.starts.shape[0] - 1):
        q = asked.tokens[asked.starts[s] : asked.starts[s + 1]]
        wq = asked.weights[asked.starts[s] : asked.starts[s + 1]]
        low, high = asked.sought_starts[s], asked.sought_starts[s + 1]
        high = min(high, low + MOST_SOUGHT)
        scratch.stamp[0] += 1
        sought, weights = asked.sought_tokens[low:high], asked.sought_weights[low:high]
        n = gather(near, sought, high - low, weights, postings, listed.token_weight, work, scratch.stamp[0])
        kept = keep_best(work, n, listed.name_total, listed.name_kind, asked.kinds[s], best_names, best_values)
        for c in range(kept if q.shape[0] else 0):
            name = best_names[c]
            start, stop = listed.name_starts[name], listed.name_starts[name + 1]
            t, wt = listed.name_tokens[start:stop], listed.name_weights[start:stop]
            nq, nt = q.shape[0], stop - start
            likelihoods(asked.codes, q, nq, listed.codes, t, nt, model, scratch.memo_keys, scratch.memo_values, odds)
            together = join_neighbours(asked.codes, q, nq, listed.codes, t, nt, model, odds, joined)
            count = assign(odds, nq, nt, wq, wt, joined, together, pairs)
            chain = ((asked.chain[s] | listed.name_chain[name]) & 1) | (asked.chain[s] & listed.name_chain[name] & 2)
            measure(asked.codes, q, nq, wq, listed.codes, t, nt, wt, pairs, count, chain, features[s, c])
            features[s, c, WEAK] = listed.name_weak[name]
            listings[s, c] = listed.name_listing[name]
