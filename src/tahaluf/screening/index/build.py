"""Build a name index from listings: intern tokens, weigh them by rarity, invert, and hash the skeletons."""

from array import array
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tahaluf.domain import Listing, Quality
from tahaluf.names.acronyms import acronyms_of
from tahaluf.names.kin import kin_size
from tahaluf.names.likeness.kernel import Codes
from tahaluf.names.likeness.model import LikenessModel
from tahaluf.names.tokenize import Token
from tahaluf.screening.acronyms import NAMED_BY_LETTERS, key_of
from tahaluf.screening.index.arrays import NameIndex
from tahaluf.screening.kernel.lookup import build_keys
from tahaluf.screening.kernel.screen import KINDS
from tahaluf.screening.rarity import rarity
from tahaluf.screening.weighed import LIGHT, chain_of, is_light, weighed_tokens


class NameCollector:
    """Takes listings one by one, keeps their names as token numbers; `build` makes the arrays."""

    def __init__(self, model: LikenessModel) -> None:
        self.model = model
        self.tokens: dict[str, int] = {}
        self.bare: dict[int, str] = {}
        self.name_tokens = array("i")
        self.name_soft = array("b")
        self.name_single = array("b")
        self.name_sizes = array("b")
        self.name_listing = array("i")
        self.name_weak = array("b")
        self.name_chain = array("b")
        self.listing_kind = array("b")
        self.acronyms: list[tuple[int, int]] = []

    def add(self, listing: Listing) -> list[str]:
        """Take the names of one listing; two that come to the same tokens are one. Returns the texts of those taken."""
        taken: list[str] = []
        number = len(self.listing_kind)
        self.listing_kind.append(KINDS.index(listing.kind))
        known: set[tuple[int, ...]] = set()
        for alias in listing.names:
            weighed = weighed_tokens(alias.text)
            numbers = tuple(map(self._intern, weighed))
            if not numbers or numbers in known:
                continue
            known.add(numbers)
            self.name_tokens.extend(numbers)
            self.name_soft.extend(map(is_light, weighed))
            self.name_single.extend(len(token.text) == 1 for token in weighed)
            self.name_sizes.append(len(numbers))
            self.name_listing.append(number)
            self.name_weak.append(alias.quality is Quality.LOW)
            self.name_chain.append(chain_of(weighed))
            taken.append(alias.text)
            if listing.kind in NAMED_BY_LETTERS:
                self.acronyms += ((key_of(own), len(self.name_sizes) - 1) for own in acronyms_of(alias.text))
        return taken

    def _intern(self, token: Token) -> int:
        number = self.tokens.setdefault(token.text, len(self.tokens))
        if token.bare:
            self.bare.setdefault(number, token.bare)
        return number

    def build(self) -> NameIndex:
        """The arrays of all that was added."""
        codes = self.model.codes(list(self.tokens), self.bare)
        rows = codes.key.shape[0]
        owner = np.concatenate([np.arange(len(self.tokens)), np.fromiter(self.bare, np.int64, len(self.bare))])
        words, sizes, skeleton_of = _skeletons(codes)
        starts = np.concatenate([[0], np.cumsum(self.name_sizes, dtype=np.int64)]).astype(np.int32)
        flat = np.asarray(self.name_tokens, dtype=np.int32)
        name_of = np.repeat(np.arange(len(self.name_sizes)), self.name_sizes)
        listing_of = np.asarray(self.name_listing, dtype=np.int32)
        count = len(self.listing_kind)
        counts = _listings_with(skeleton_of[flat], listing_of[name_of], count, len(sizes))
        own = Codes._make(array[: len(self.tokens)] for array in codes)
        token_weight = rarity(counts[skeleton_of[: len(self.tokens)]], own, count)
        name_weights = token_weight[flat] * np.where(np.asarray(self.name_soft, dtype=bool), LIGHT, 1.0)
        posting_starts, posting_names = _invert(flat, name_of, len(self.tokens))
        member_starts, members = _invert(skeleton_of, np.arange(rows), len(sizes))
        kin_starts, kin_tokens = _kin_members(own.kin)
        keys, owners, bounds = _sorted_keys(words, sizes)
        acronyms = sorted(self.acronyms)
        return NameIndex(
            codes=codes, name_starts=starts, name_tokens=flat, name_weights=name_weights.astype(np.float32),
            name_single=np.asarray(self.name_single, dtype=bool), name_total=_sums(name_weights, starts),
            name_listing=listing_of, name_weak=np.asarray(self.name_weak, dtype=bool), token_weight=token_weight,
            name_chain=np.asarray(self.name_chain, dtype=np.int8),
            posting_starts=posting_starts, posting_names=posting_names, skeleton_words=words, skeleton_sizes=sizes,
            skeleton_count=counts, member_starts=member_starts, members=members, owner=owner.astype(np.int32),
            kin_starts=kin_starts, kin_tokens=kin_tokens,
            delete_keys=keys, delete_owners=owners, delete_starts=bounds,
            listing_kind=np.asarray(self.listing_kind, dtype=np.int8),
            acronym_keys=np.fromiter((key for key, _ in acronyms), np.uint64, len(acronyms)),
            acronym_names=np.fromiter((name for _, name in acronyms), np.int32, len(acronyms)),
        )  # fmt: skip


def build_names(listings: Iterable[Listing], model: LikenessModel) -> NameIndex:
    """The name index of `listings`."""
    collector = NameCollector(model)
    for listing in listings:
        collector.add(listing)
    return collector.build()


def _skeletons(codes: Codes) -> tuple[NDArray[np.int8], NDArray[np.int8], NDArray[np.int32]]:
    packed = np.ascontiguousarray(codes.skeleton).view(f"V{codes.skeleton.shape[1]}").ravel()
    _, first, inverse = np.unique(packed, return_index=True, return_inverse=True)
    return codes.skeleton[first], codes.sizes[first, 2].copy(), inverse.ravel().astype(np.int32)


def _listings_with(
    skeleton: NDArray[np.int32], listing: NDArray[np.int32], listings: int, skeletons: int
) -> NDArray[np.int32]:
    pairs = np.unique(skeleton.astype(np.int64) * max(listings, 1) + listing)
    return np.bincount(pairs // max(listings, 1), minlength=skeletons).astype(np.int32)


def _sums(values: NDArray[Any], starts: NDArray[np.int32]) -> NDArray[np.float32]:
    running = np.concatenate([[0.0], np.cumsum(values)])
    return np.asarray(running[starts[1:]] - running[starts[:-1]], dtype=np.float32)


def _invert(
    values: NDArray[np.int32], items: NDArray[np.int64], size: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    order = np.argsort(values, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(values, minlength=size))])
    return starts.astype(np.int32), items[order].astype(np.int32)


def _kin_members(kin: NDArray[np.int16]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    token, place = np.nonzero(kin >= 0)
    return _invert(kin[token, place].astype(np.int32), token.astype(np.int64), kin_size())


def _sorted_keys(
    words: NDArray[np.int8], sizes: NDArray[np.int8]
) -> tuple[NDArray[np.uint32], NDArray[np.int32], NDArray[np.int64]]:
    keys, owners = build_keys(words, sizes)
    order = np.argsort(keys, kind="stable")
    keys, owners = keys[order], owners[order]
    bounds = np.searchsorted(keys, np.arange(1 << 16, dtype=np.uint64) << 16).astype(np.int64)
    return keys, owners, np.append(bounds, len(keys))
