"""The same index as seen by whoever asks for some listings only: only these are retrieved, every score stays the same.

Reach for it where a list has changed a little and many subjects must be screened against what changed: rarities are
those of the whole list, the work is that of a short one.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tahaluf.screening.index.arrays import I32, NameIndex


def narrow(names: NameIndex, wanted: NDArray[np.bool_]) -> NameIndex:
    """The index with the postings of the `wanted` listings [L] and the tokens of their names alone; names that
    acronyms stand for are not narrowed."""
    if not len(names.name_listing):
        return names
    posting_starts, posting_names = _keep(
        names.posting_starts, names.posting_names, wanted[names.name_listing][names.posting_names]
    )
    live = np.diff(posting_starts) > 0
    member_starts, members = _keep(names.member_starts, names.members, live[names.owner[names.members]])
    kin_starts, kin_tokens = _keep(names.kin_starts, names.kin_tokens, live[names.kin_tokens])
    kept = (np.diff(member_starts) > 0)[names.delete_owners]
    keys = names.delete_keys[kept]
    bounds = np.searchsorted(keys, np.arange(1 << 16, dtype=np.uint64) << 16).astype(np.int64)
    return replace(
        names, posting_starts=posting_starts, posting_names=posting_names, member_starts=member_starts,
        members=members, kin_starts=kin_starts, kin_tokens=kin_tokens, delete_keys=keys,
        delete_owners=names.delete_owners[kept], delete_starts=np.append(bounds, len(keys)),
    )  # fmt: skip


def _keep(starts: I32, items: I32, kept: NDArray[np.bool_]) -> tuple[I32, I32]:
    """Groups of items, one after another, without those that are not `kept`; and where each group begins."""
    before = np.concatenate([[0], np.cumsum(kept)])
    return before[starts].astype(np.int32), np.ascontiguousarray(items[kept])
