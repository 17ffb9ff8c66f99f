"""A small model of random tables, and invented names: what the engine and its slow reference are compared on."""

from functools import cache

import numpy as np
from hypothesis import strategies as st

from tahaluf.names.kin import kin_odds
from tahaluf.names.letters import ARABIC_SOURCE, LATIN_SOURCE
from tahaluf.names.likeness.kernel import OPCODES, OUT, Model
from tahaluf.names.likeness.model import WEIGHTS, LikenessModel, likeness

SYLLABLES = (
    "ba",
    "kha",
    "mou",
    "sa",
    "li",
    "dri",
    "ss",
    "che",
    "tar",
    "na",
    "ou",
    "za",
    "qu",
    "dja",
    "fe",
    "ham",
    "ou",
    "b",
)
ARABIC = ("با", "خا", "مو", "سا", "لي", "در", "س", "شي", "تار", "نا", "وي", "زا", "قو", "جا", "في", "حم", "ال", "ب")
GIVEN = (
    "Mohamed",
    "Salem",
    "Khadidja",
    "Abdou Razak",
    "نور",
    "النور",
    "محمد",
    "Alnurdin",
    "Alnur Din",
    "M.",
    "Jean-Luc",
    "Bob",
    "Robert",
    "يوسف",
    "Joseph",
    "Bank",
    "مصرف",
)
PARTICLES = ("ben", "Ould", "بن", "al", "Haji", "bint", "Dr", "SARL")

latin_tokens = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=5).map("".join)
arabic_tokens = st.lists(st.sampled_from(ARABIC), min_size=1, max_size=5).map("".join)
tokens = st.one_of(latin_tokens, arabic_tokens)
words = st.one_of(latin_tokens, latin_tokens, arabic_tokens, st.sampled_from(GIVEN), st.sampled_from(PARTICLES))
names = st.lists(words, min_size=1, max_size=5).map(" ".join)


@st.composite
def respelled(draw: st.DrawFn, name: str) -> str:
    """A name as others may write it: words glued, cut in two, left out, moved, a letter lost."""
    out, glued = list[str](), ""
    for word in name.split():
        slip = draw(st.sampled_from(["keep", "keep", "glue", "cut", "drop", "lose"]))
        at = draw(st.integers(1, max(1, len(word) - 1)))
        if slip == "glue":
            glued += word
        elif slip != "drop":
            written = glued + (word[:at] + word[at + 1 :] if slip == "lose" else word)
            out += [written[:at], written[at:]] if slip == "cut" and len(written) > at else [written]
            glued = ""
    moved = draw(st.sampled_from([out, out, out[::-1]]))
    return " ".join([*moved, glued]).strip() or name


pairs_of_names = st.one_of(
    st.tuples(names, names), names.flatmap(lambda name: st.tuples(respelled(name), st.just(name)))
)


@cache
def tiny_model() -> LikenessModel:
    """Random tables in the shape of the real ones: every single letter, few longer strings."""
    random = np.random.default_rng(20240)
    cross, latin = (_tables(random, units) for units in (ARABIC_SOURCE, LATIN_SOURCE))
    tables = Model(*cross, *latin, np.asarray(WEIGHTS, dtype=np.float32), kin_odds())
    chance = -random.uniform(1.5, 5.0, (27, 27)).astype(np.float32)
    return LikenessModel(tables, chance, "tiny")


def _tables(random: np.random.Generator, units: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    known = np.flatnonzero((np.arange(OPCODES) < 27) | (random.random(OPCODES) < 0.1))
    ops = np.full(OPCODES, len(known), dtype=np.uint16)
    ops[known] = np.arange(len(known))
    costs = -random.uniform(0.1, 9.0, (units, len(known))).astype(np.float32)
    costs = np.append(costs, np.full((units, 1), OUT), axis=1).astype(np.float32)
    return ops, costs, -random.uniform(2.0, 9.0, 26).astype(np.float32)


MODELS = {"tiny": tiny_model, "committed": likeness}
