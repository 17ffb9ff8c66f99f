"""The arrays of the format as one table: what each must be. `spec/index-file.md` says the same in words.

An array that joins `NameIndex`, `NumberIndex` or `Codes` gets a row here; one that has none is never read, and a test
asks for it.
"""

from tahaluf.domain import Kind
from tahaluf.names.kin import MOST_KIN, kin_size
from tahaluf.names.letters import ARABIC_LETTERS, ARABIC_SOURCE, LATIN_SOURCE, SKELETON_WIDTH, WIDTH, TokenCodes
from tahaluf.names.likeness.brief import BRIEF_BITS, make_briefs
from tahaluf.screening.index.rules import (
    Array,
    Arrays,
    Derived,
    Finite,
    Owners,
    Padded,
    Rising,
    Rule,
    Starts,
    Widths,
    Within,
)
from tahaluf.screening.weighed import MOST_TOKENS

SYMBOLS, LETTERS = 15, 26
COMMON = 3
CHAINS = 4

ARABIC = "codes_arabic"


def _briefs(arrays: Arrays) -> Array:
    """What quick tests ask of each row: compiled code takes it at its word."""
    codes = TokenCodes(*(arrays[f"codes_{name}"] for name in ("arabic", "source", "target", "skeleton", "sizes")))
    return make_briefs(codes, arrays["codes_other"], arrays["codes_kin"])


NAMES = {
    "listing_kind": Rule("int8", ("L",), (Within(0, len(Kind)),)),
    "name_starts": Rule("int32", ("N+1",), (Starts("E", least=1, most=MOST_TOKENS),)),
    "name_tokens": Rule("int32", ("E",), (Within(0, "T"),)),
    "name_weights": Rule("float32", ("E",), (Finite(),)),
    "name_single": Rule("bool", ("E",), (Within(0, 2),)),
    "name_total": Rule("float32", ("N",), (Finite(),)),
    "name_listing": Rule("int32", ("N",), (Within(0, "L"), Rising())),
    "name_weak": Rule("bool", ("N",), (Within(0, 2),)),
    "name_chain": Rule("int8", ("N",), (Within(0, CHAINS),)),
    "token_weight": Rule("float32", ("T",), (Finite(),)),
    "posting_starts": Rule("int32", ("T+1",), (Starts("E"),)),
    "posting_names": Rule("int32", ("E",), (Within(0, "N"),)),
}
ROWS = {
    "owner": Rule("int32", ("R",), (Owners("T"),)),
    "codes_arabic": Rule("bool", ("R",), (Within(0, 2),)),
    "codes_source": Rule("int16", ("R", WIDTH), (Padded("codes_sizes", LATIN_SOURCE, 0, (ARABIC, ARABIC_SOURCE)),)),
    "codes_target": Rule("int8", ("R", WIDTH), (Padded("codes_sizes", LETTERS, 1, (ARABIC, len(ARABIC_LETTERS))),)),
    "codes_skeleton": Rule("int8", ("R", SKELETON_WIDTH), (Padded("codes_sizes", SYMBOLS, 2),)),
    "codes_sizes": Rule("int8", ("R", 3), (Widths((WIDTH, WIDTH, SKELETON_WIDTH)),)),
    "codes_key": Rule("uint64", ("R",)),
    "codes_alone": Rule("float32", ("R",), (Finite(),)),
    "codes_other": Rule("int32", ("R",), (Within(-1, "R"),)),
    "codes_common": Rule("int16", ("R", COMMON), (Within(-1, 1 << 15),)),
    "codes_kin": Rule("int16", ("R", MOST_KIN), (Within(-1, "G"),)),
    "codes_brief": Rule("int32", ("R",), (Within(0, 1 << BRIEF_BITS), Derived(_briefs))),
}
SKELETONS = {
    "skeleton_words": Rule("int8", ("S", SKELETON_WIDTH), (Padded("skeleton_sizes", SYMBOLS),)),
    "skeleton_sizes": Rule("int8", ("S",), (Within(0, SKELETON_WIDTH + 1),)),
    "skeleton_count": Rule("int32", ("S",), (Within(0, "L+1"),)),
    "member_starts": Rule("int32", ("S+1",), (Starts("R"),)),
    "members": Rule("int32", ("R",), (Within(0, "R"),)),
    "kin_starts": Rule("int32", ("G+1",), (Starts("K"),)),
    "kin_tokens": Rule("int32", ("K",), (Within(0, "T"),)),
    "delete_keys": Rule("uint32", ("D",), (Rising(),)),
    "delete_owners": Rule("int32", ("D",), (Within(0, "S"),)),
    "acronym_keys": Rule("uint64", ("A",), (Rising(),)),
    "acronym_names": Rule("int32", ("A",), (Within(0, "N"),)),
    "delete_starts": Rule("int64", ((1 << 16) + 1,), (Starts("D"),)),
}
NUMBERS = {
    "number_keys": Rule("uint64", ("P",), (Rising(),)),
    "number_letters": Rule("uint8", ("Q",)),
    "number_starts": Rule("int32", ("P+1",), (Starts("Q", least=1),)),
    "number_listing": Rule("int32", ("P",), (Within(0, "L"),)),
    "number_document": Rule("int32", ("P",), (Within(0, 1 << 31),)),
    "number_type": Rule("uint32", ("P",)),
    "number_country": Rule("uint32", ("P",)),
    "read_keys": Rule("uint64", ("F",), (Rising(),)),
    "read_rows": Rule("int32", ("F",), (Within(0, "P"),)),
}
# Texts by what there is one for each of.
TEXTS = {"id": "L", "caption": "L", "attributes": "L", "details": "L", "name": "N", "words": "N"}


def known_sizes() -> dict[str, int]:
    """The sizes that the engine's own tables give, whatever the index says."""
    return {"G": kin_size()}


def _text_rules(stem: str, items: str) -> dict[str, Rule]:
    return {
        f"text_{stem}": Rule("uint8", (f"bytes of {stem}",)),
        f"text_{stem}_starts": Rule("int64", (f"{items}+1",), (Starts(f"bytes of {stem}"),)),
    }


ARRAYS: dict[str, Rule] = {**NAMES, **ROWS, **SKELETONS, **NUMBERS}
for _stem, _items in TEXTS.items():
    ARRAYS |= _text_rules(_stem, _items)
