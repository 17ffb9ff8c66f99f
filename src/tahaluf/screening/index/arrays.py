"""The arrays of a compiled index, as the kernels take them: tokens, names, postings, skeletons; document numbers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tahaluf.names.likeness.kernel import Codes

I32 = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class NameIndex:
    """T tokens (R rows with their other forms), N names, L listings, S skeletons.

    `name_starts` [N+1] into `name_tokens`; beside it `name_weights` (rarity, less for soft tokens) and `name_single`
    (one letter is compared); `name_total` [N];
    `name_listing` [N]; `name_weak` [N]; `name_chain` [N] (see `chain_of`); `token_weight` [T]; `posting_starts`
    [T+1], `posting_names`; `skeleton_words`
    [S, width], `skeleton_sizes` [S], `skeleton_count` [S] (listings that have it); `member_starts` [S+1], `members`
    (rows), `owner` [R];
    `kin_starts` [groups+1] into `kin_tokens`, the tokens of each group of kin (see `names.kin`);
    `delete_keys`, `delete_owners`, `delete_starts` (by the upper 16 bits of a key); `listing_kind` [L];
    `acronym_keys` [A], rising, and `acronym_names`, the names of organizations they stand for (see `acronyms`).
    """

    codes: Codes
    name_starts: I32
    name_tokens: I32
    name_weights: NDArray[np.float32]
    name_single: NDArray[np.bool_]
    name_total: NDArray[np.float32]
    name_listing: I32
    name_weak: NDArray[np.bool_]
    name_chain: NDArray[np.int8]
    token_weight: NDArray[np.float32]
    posting_starts: I32
    posting_names: I32
    skeleton_words: NDArray[np.int8]
    skeleton_sizes: NDArray[np.int8]
    skeleton_count: I32
    member_starts: I32
    members: I32
    owner: I32
    kin_starts: I32
    kin_tokens: I32
    delete_keys: NDArray[np.uint32]
    delete_owners: I32
    delete_starts: NDArray[np.int64]
    listing_kind: NDArray[np.int8]
    acronym_keys: NDArray[np.uint64]
    acronym_names: I32


@dataclass(frozen=True, slots=True)
class NumberIndex:
    """P numbers of listed documents, by their keys; see `kernel.numbers`.

    `number_keys` [P], rising; `number_starts` [P+1] into `number_letters` (UTF-8); `number_listing` [P] and
    `number_document` [P], the document's place among those of its listing; `number_type` and `number_country` [P], see
    `index.numbers.code_of`; `read_keys` [F], rising, of numbers as optical readers may read them, and `read_rows` [F],
    the numbers that they are of.
    """

    number_keys: NDArray[np.uint64]
    number_letters: NDArray[np.uint8]
    number_starts: I32
    number_listing: I32
    number_document: I32
    number_type: NDArray[np.uint32]
    number_country: NDArray[np.uint32]
    read_keys: NDArray[np.uint64]
    read_rows: I32
