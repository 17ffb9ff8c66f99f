"""Which of a listing's names a hit is told by: the one that a reader finds again, where several score about alike."""

import numpy as np
from numba import njit

from tahaluf.names.likeness.brief import OTHER
from tahaluf.names.likeness.lean import lean
from tahaluf.screening.kernel.align import WIDEST, new_work, start_subject
from tahaluf.screening.kernel.join import MOST_JOINED
from tahaluf.screening.kernel.measure import N_FEATURES
from tahaluf.screening.kernel.screen import copy_steps, log_odds, weigh_pair


@njit(cache=True, nogil=True)
def tell_found(asked, listed, model, weights, cross, scratch, found, rows, places):  # type: ignore[no-untyped-def]
    """For H hits (`places` among what was found for the names `rows`), put the name that is told, with its alignment,
    in the place of the best one; the log-odds stay. `cross`: how many more of them a name in other letters must have.
    """
    pairs, features = np.empty((WIDEST, 6), np.float32), np.empty(N_FEATURES, np.float32)
    memory = (scratch, new_work(), np.empty((MOST_JOINED, 4), np.float32), pairs, features)
    tell_each(asked, listed, model, weights, cross, memory, found, rows, places)


@lean
def tell_each(asked, listed, model, weights, cross, memory, found, rows, places):  # type: ignore[no-untyped-def]
    """The same with all its memory."""
    scratch, work, joined, pairs, features = memory
    for h in range(rows.shape[0]):
        s, place = rows[h], places[h]
        best = found.name[s, place]
        if are_same(asked, s, listed, best):
            continue
        arabic = asked.codes.arabic[asked.tokens[asked.starts[s]]]
        # Names in other letters than the best one's may do with less; of those in the same, only one that is the same.
        least = found.logit[s, place] - cross if letters_of(listed, best) != arabic else np.inf
        start_subject(asked.codes, asked.tokens[asked.starts[s] : asked.starts[s + 1]], work)
        name = first_name(listed, best)
        while name < listed.name_listing.shape[0] and listed.name_listing[name] == listed.name_listing[best]:
            same = are_same(asked, s, listed, name)
            if same or (least < np.inf and letters_of(listed, name) == arabic):
                count = weigh_pair(asked, s, listed, name, model, scratch, work, joined, pairs, features)
                logit = log_odds(weights, features)
                if same or logit > least:
                    least = logit
                    found.name[s, place], found.pair_counts[s, place] = name, count
                    copy_steps(pairs, count, found.pairs[s, place])
            if same:
                break
            name += 1


@lean
def are_same(asked, s, listed, name):  # type: ignore[no-untyped-def]
    """Whether subject name `s` and listed `name` are the same in every word, in the same order."""
    start, first = asked.starts[s], listed.name_starts[name]
    count = asked.starts[s + 1] - start
    if count != listed.name_starts[name + 1] - first:
        return False
    for k in range(count):
        i, j = asked.tokens[start + k], listed.name_tokens[first + k]
        briefs_differ = (asked.codes.brief[i] ^ listed.codes.brief[j]) & ~OTHER != 0
        if briefs_differ or asked.codes.key[i] != listed.codes.key[j]:
            return False
    return True


@lean
def letters_of(listed, name):  # type: ignore[no-untyped-def]
    """Whether a listed name begins in Arabic letters."""
    return listed.codes.arabic[listed.name_tokens[listed.name_starts[name]]]


@lean
def first_name(listed, name):  # type: ignore[no-untyped-def]
    """The first name of the listing that bears `name`."""
    while name > 0 and listed.name_listing[name - 1] == listed.name_listing[name]:
        name -= 1
    return name
