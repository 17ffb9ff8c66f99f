"""Screen a run of subject names: shortlist, align, weigh; the best name of each listing, the best listings of each
name."""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tahaluf.domain import Kind
from tahaluf.names.likeness.kernel import Codes, Model
from tahaluf.names.likeness.lean import fused, lean
from tahaluf.screening.index.arrays import NameIndex
from tahaluf.screening.kernel.align import WIDEST, assign, likelihoods, new_work, start_subject
from tahaluf.screening.kernel.join import MOST_JOINED, join_neighbours
from tahaluf.screening.kernel.measure import EVIDENCE, EXACT, INVERSIONS, N_FEATURES, WEAK, measure
from tahaluf.screening.kernel.retrieve import gather, keep_best

KINDS = tuple(Kind)
MEMO = 1 << 20
MOST_SOUGHT = 15
NOTHING = -99.0
# A name with less than this share of the best one's evidence is not aligned: it never was the right one.
PROMISING = np.float32(0.35)
# Evidence, in nats, under which a pair is thin: what one in some 8,000 people bears. Each nat less takes one from the
# log-odds.
THIN = 9.0
# A whole name, letter for letter: log-odds that it has at least, thin or not. An organization's says who it is; of a
# person's, two words may be anybody's.
WHOLE_ORGANIZATION, WHOLE_PERSON = 0.85, 0.1
WHOLE_WORDS = 3
ORGANIZATIONS = sum(1 << KINDS.index(kind) for kind in (Kind.ORGANIZATION, Kind.COMPANY))
VEHICLES = sum(1 << KINDS.index(kind) for kind in (Kind.VESSEL, Kind.AIRPLANE))
ANY_KIND = -1


class Listed(NamedTuple):
    """The list's side: see `NameIndex` for the arrays."""

    codes: Codes
    name_starts: NDArray[np.int32]
    name_tokens: NDArray[np.int32]
    name_weights: NDArray[np.float32]
    name_total: NDArray[np.float32]
    name_listing: NDArray[np.int32]
    name_kind: NDArray[np.int8]
    name_weak: NDArray[np.bool_]
    name_chain: NDArray[np.int8]
    token_weight: NDArray[np.float32]
    posting_starts: NDArray[np.int32]
    posting_names: NDArray[np.int32]


def listed_of(index: NameIndex) -> Listed:
    """The list's side of an index."""
    kinds = index.listing_kind[index.name_listing] if len(index.name_listing) else index.listing_kind[:0]
    return Listed(
        index.codes, index.name_starts, index.name_tokens, index.name_weights, index.name_total, index.name_listing,
        kinds, index.name_weak, index.name_chain, index.token_weight, index.posting_starts, index.posting_names,
    )  # fmt: skip


class Asked(NamedTuple):
    """The subjects' side, Q names: `starts` [Q+1] into `tokens` and `weights`; `sought_…` the same for retrieval,
    where joined
    and split tokens are added; `chain` [Q]; `kinds` [Q], a bit for each kind of listing that may answer.
    """

    codes: Codes
    starts: NDArray[np.int32]
    tokens: NDArray[np.int32]
    weights: NDArray[np.float32]
    sought_starts: NDArray[np.int32]
    sought_tokens: NDArray[np.int32]
    sought_weights: NDArray[np.float32]
    chain: NDArray[np.int8]
    kinds: NDArray[np.int32]


class Found(NamedTuple):
    """For each name the M best listings, best first: `listing`, `name` (−1: none), `logit`; `pairs` [Q, M, WIDEST,
    6]: the
    alignment as `assign` gives it, `pair_counts` [Q, M].
    """

    listing: NDArray[np.int32]
    name: NDArray[np.int32]
    logit: NDArray[np.float64]
    pairs: NDArray[np.float32]
    pair_counts: NDArray[np.int8]


class Scratch(NamedTuple):
    """Working memory of one thread, reused from batch to batch. `stamp` [1]: the last one used."""

    evidence: NDArray[np.float32]
    marks: NDArray[np.int64]
    touched: NDArray[np.int32]
    memo_keys: NDArray[np.int64]
    memo_values: NDArray[np.float32]
    stamp: NDArray[np.int64]


def new_scratch(names: int) -> Scratch:
    """Working memory for an index of `names` names."""
    return Scratch(
        np.zeros(names, np.float32), np.full(names, -1, np.int64), np.zeros(names, np.int32),
        np.full(MEMO, -1, np.int64), np.zeros(MEMO, np.float32), np.zeros(1, np.int64),
    )  # fmt: skip


def new_found(names: int, most: int) -> Found:
    """Room for the results of `names` names, `most` listings each."""
    return Found(
        np.full((names, most), -1, np.int32), np.full((names, most), -1, np.int32), np.full((names, most), NOTHING),
        np.zeros((names, most, WIDEST, 6), np.float32), np.zeros((names, most), np.int8),
    )  # fmt: skip


@njit(cache=True, nogil=True)
def screen_names(asked, listed, near, model: Model, weights, shortlist, scratch, found):  # type: ignore[no-untyped-def]
    """Fill `found` for all names of `asked`. `near` = (starts, tokens, p) of `TokenTable`; `weights` = (of the
    features, intercept); `shortlist`: how many listed names are aligned for each.
    """
    best_names, best_values = np.empty(shortlist, np.int32), np.empty(shortlist, np.float32)
    pairs, features = np.empty((WIDEST, 6), np.float32), np.empty(N_FEATURES, np.float32)
    work, joined = new_work(), np.empty((MOST_JOINED, 4), np.float32)
    memory = (scratch, work, joined, pairs, features, best_names, best_values)
    screen_each(asked, listed, near, model, weights, memory, found)


@lean
def screen_each(asked, listed, near, model, weights, memory, found):  # type: ignore[no-untyped-def]
    """The same with all its memory."""
    scratch, work, joined, pairs, features, best_names, best_values = memory
    for s in range(asked.starts.shape[0] - 1):
        if asked.starts[s] == asked.starts[s + 1]:
            continue
        kept = shortlist_names(asked, s, listed, near, scratch, best_names, best_values)
        hopeless = least_promising(best_values, kept)
        start_subject(asked.codes, asked.tokens[asked.starts[s] : asked.starts[s + 1]], work)
        for c in range(kept):
            name = best_names[c]
            if best_values[c] < hopeless:
                continue
            count = weigh_pair(asked, s, listed, name, model, scratch, work, joined, pairs, features)
            logit = log_odds(weights, features)
            if features[EXACT] == asked.starts[s + 1] - asked.starts[s]:
                logit = max(logit, least_of_whole(asked, s, listed, name, features))
            keep_listing(found, s, listed.name_listing[name], name, logit, pairs, count)


@fused
def log_odds(weights, features):  # type: ignore[no-untyped-def]
    """Of a pair, by its features; those of whole names have a least of their own (`least_of_whole`)."""
    coefficients, logit = weights
    for f in range(N_FEATURES):
        logit += coefficients[f] * features[f]
    return logit - max(0.0, THIN - features[EVIDENCE])


@fused
def shortlist_names(asked, s, listed, near, scratch, best_names, best_values):  # type: ignore[no-untyped-def]
    """The listed names of most evidence for subject name `s`, as many as there is room for; returns how many."""
    low, high = asked.sought_starts[s], asked.sought_starts[s + 1]
    high = min(high, low + MOST_SOUGHT)
    memory = (scratch.evidence, scratch.marks, scratch.touched)
    postings = (listed.posting_starts, listed.posting_names)
    scratch.stamp[0] += 1
    touched = gather(
        near, asked.sought_tokens[low:high], high - low, asked.sought_weights[low:high], postings, listed.token_weight,
        memory, scratch.stamp[0],
    )  # fmt: skip
    return keep_best(memory, touched, listed.name_total, listed.name_kind, asked.kinds[s], best_names, best_values)


@fused
def least_promising(values, count):  # type: ignore[no-untyped-def]
    """The evidence under which a name is not aligned, by that of the `count` best."""
    most = np.float64(values[0]) if count else 0.0
    for k in range(1, count):
        most = max(most, np.float64(values[k]))
    return min(most, PROMISING * most)


@fused
def weigh_pair(asked, s, listed, name, model, scratch, work, joined, pairs, features):  # type: ignore[no-untyped-def]
    """Align subject name `s` with listed `name`: fill `pairs` and `features`; returns how many pairs there are."""
    q, wq = asked.tokens[asked.starts[s] : asked.starts[s + 1]], asked.weights[asked.starts[s] : asked.starts[s + 1]]
    start, stop = listed.name_starts[name], listed.name_starts[name + 1]
    t, wt = listed.name_tokens[start:stop], listed.name_weights[start:stop]
    likelihoods(asked.codes, q, listed.codes, t, model, scratch.memo_keys, scratch.memo_values, work)
    n_joined = join_neighbours(asked.codes, q, listed.codes, t, model, work, joined)
    count = assign(wq, wt, joined, n_joined, work, pairs)
    measure_pair(asked, s, listed, name, pairs, count, work, features)
    return count


@fused
def measure_pair(asked, s, listed, name, pairs, count, work, features):  # type: ignore[no-untyped-def]
    """Fill `features` of subject name `s` as it is aligned with listed `name`."""
    q, wq = asked.tokens[asked.starts[s] : asked.starts[s + 1]], asked.weights[asked.starts[s] : asked.starts[s + 1]]
    start, stop = listed.name_starts[name], listed.name_starts[name + 1]
    t, wt = listed.name_tokens[start:stop], listed.name_weights[start:stop]
    mine, its = asked.chain[s], listed.name_chain[name]
    chain = ((mine | its) & 1) | (mine & its & 2)
    measure(asked.codes, q, wq, listed.codes, t, wt, pairs, count, chain, work, features)
    features[WEAK] = listed.name_weak[name]


@fused
def least_of_whole(asked, s, listed, name, features):  # type: ignore[no-untyped-def]
    """What a pair of names that are the same in every word, in the same order, scores at least."""
    words = listed.name_starts[name + 1] - listed.name_starts[name]
    if features[EXACT] != words or features[INVERSIONS] != 0:
        return NOTHING
    kind = 1 << listed.name_kind[name]
    if kind & ORGANIZATIONS or (kind & VEHICLES and asked.kinds[s] != ANY_KIND):
        return WHOLE_ORGANIZATION
    return WHOLE_PERSON if words >= WHOLE_WORDS and not listed.name_weak[name] else NOTHING


@lean
def keep_listing(found, s, listing, name, logit, pairs, count):  # type: ignore[no-untyped-def]
    """Insert a scored name into the results of `s`, where its listing has no better one; ties by the lower listing
    and name."""
    most = found.listing.shape[1]
    at = most
    for k in range(most):
        if found.listing[s, k] == listing:
            at = k
            if found.logit[s, k] > logit or (found.logit[s, k] == logit and found.name[s, k] < name):
                return
            break
    if at == most:
        at = most - 1
        if found.logit[s, at] > logit or (found.logit[s, at] == logit and 0 <= found.listing[s, at] < listing):
            return
    while at > 0 and (
        found.logit[s, at - 1] < logit or (found.logit[s, at - 1] == logit and found.listing[s, at - 1] > listing)
    ):
        found.listing[s, at], found.name[s, at] = found.listing[s, at - 1], found.name[s, at - 1]
        found.logit[s, at], found.pair_counts[s, at] = found.logit[s, at - 1], found.pair_counts[s, at - 1]
        copy_steps(found.pairs[s, at - 1], found.pair_counts[s, at - 1], found.pairs[s, at])
        at -= 1
    found.listing[s, at], found.name[s, at], found.logit[s, at] = listing, name, logit
    found.pair_counts[s, at] = count
    copy_steps(pairs, count, found.pairs[s, at])


@lean
def copy_steps(pairs, count, out):  # type: ignore[no-untyped-def]
    """The first `count` rows."""
    for k in range(count):
        for field in range(pairs.shape[1]):
            out[k, field] = pairs[k, field]
