"""The engine and its slow reference, side by side on the same listings, model and weights."""

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from tahaluf.domain import Alias, Kind, Listing, Quality
from tahaluf.names.likeness.model import LikenessModel
from tahaluf.screening.ask import ask
from tahaluf.screening.index.build import build_names
from tahaluf.screening.kernel.measure import FEATURES
from tahaluf.screening.kernel.screen import KINDS, Asked, Found, Listed, Scratch, new_found, new_scratch, screen_names
from tahaluf.screening.reference.screen import ReferenceScreen
from tahaluf.screening.tokens import TokenTable
from tahaluf.screening.weighed import weighed_tokens
from tests.screening.tiny_model import names, respelled

ALL_KINDS = -1
SCRATCH = new_scratch(0)
Weights = tuple[NDArray[np.float64], float]
RANDOM: Weights = (np.random.default_rng(7).normal(0.0, 0.5, len(FEATURES)), -1.5)

listings = st.lists(
    st.builds(
        lambda kind, texts, quality: Listing(
            "", kind, "invented", tuple(Alias(text, quality=quality) for text in texts)
        ),
        st.sampled_from(KINDS[:2]),
        st.lists(names, min_size=1, max_size=2),
        st.sampled_from(Quality),
    ),
    min_size=1,
    max_size=8,
)


@st.composite
def screenings(draw: st.DrawFn) -> tuple[list[Listing], str]:
    """Listings, and a subject's name that is often like one of theirs."""
    listed = draw(listings)
    texts = [alias.text for listing in listed for alias in listing.names]
    return listed, draw(names | st.sampled_from(texts).flatmap(respelled))


class Compared:
    """`slow` is the reference; `screen` asks the kernels. Both hold what they were given, and no file."""

    def __init__(
        self, listings: Sequence[Listing], model: LikenessModel, weights: Weights = RANDOM, memory: int = 1 << 10
    ) -> None:
        self.weights = weights
        self.slow = ReferenceScreen(listings, model, self.weigh)
        self.index = index = build_names(listings, model)
        self.model, self.table = model, TokenTable(index, model)
        kinds = index.listing_kind[index.name_listing]
        self.listed = Listed(
            index.codes, index.name_starts, index.name_tokens, index.name_weights, index.name_total, index.name_listing,
            kinds, index.name_weak, index.name_chain, index.token_weight, index.posting_starts, index.posting_names,
        )  # fmt: skip
        count = len(index.name_total)
        keys, values = new_memory(memory)
        evidence, touched = np.zeros(count, np.float32), np.zeros(count, np.int32)
        self.scratch = Scratch(evidence, np.full(count, -1, np.int64), touched, keys, values, np.zeros(1, np.int64))

    def weigh(self, features: dict[str, float]) -> float:
        """The log-odds that the weights give, feature by feature."""
        coefficients, intercept = self.weights
        named = zip(FEATURES, coefficients.tolist(), strict=True)
        return float(intercept + sum(own * features[name] for name, own in named))

    def ask(self, subjects: Sequence[str], kinds: int = ALL_KINDS) -> Asked:
        return ask([weighed_tokens(name) for name in subjects], [kinds] * len(subjects), self.table)

    def screen(self, subjects: Sequence[str], most: int, shortlist: int, kinds: int = ALL_KINDS) -> Found:
        asked, found = self.ask(subjects, kinds), new_found(len(subjects), most)
        near, tables = self.table.near, self.model.tables
        screen_names(asked, self.listed, near, tables, self.weights, shortlist, self.scratch, found)
        return found


def new_memory(size: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Room to remember `size` (a power of two) comparisons of tokens."""
    return np.full(size, -1, np.int64), np.zeros(size, np.float32)


def bits(kinds: Sequence[Kind]) -> int:
    """Kinds as the kernels take them."""
    return sum(1 << KINDS.index(kind) for kind in kinds)
