"""Compare birth places: the words that name the place, and the country that the text or the publisher gives.

Words are folded and romanized; across scripts only a likeness can tell, so `compare` may be the engine's own (0–1, of
two tokens). The weight is small: places are written as village, province or country, whatever the clerk preferred.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from re import compile as pattern

from tahaluf.domain import AttributeEffect, Place
from tahaluf.names.countries import country_code
from tahaluf.names.fold import fold
from tahaluf.names.knowledge import knowledge
from tahaluf.names.romanize import romanize
from tahaluf.screening.attributes.config import DEFAULT_CONFIG, AttributeConfig

Compare = Callable[[str, str], float]
MOST_PLACES = 20
MOST_LETTERS = 200
_WORD = pattern(r"[^\W\d_]+")


@lru_cache(maxsize=1 << 14)
def read_place(text: str) -> tuple[tuple[str, ...], str | None]:
    """The words that tell which place it is, no article or generic word among them; and the country, if it is named."""
    words, country = [], None
    for part in text[:MOST_LETTERS].replace("،", ",").replace("(", ",").replace(")", ",").split(","):
        code = country_code(part)
        if code is not None:
            country = code
            continue
        words += [_bare(romanize(word)) for word in _WORD.findall(fold(part))]
    return tuple(word for word in words if len(word) > 2 and not _says_nothing(word)), country


def _says_nothing(word: str) -> bool:
    known = knowledge()
    return word in known.places or word in known.articles or word in known.conjunctions


def compare_birth_places(
    subject: Sequence[str],
    listing: Sequence[Place],
    config: AttributeConfig = DEFAULT_CONFIG,
    compare: Compare | None = None,
) -> AttributeEffect | None:
    """The effect of the best pair of places, the first `MOST_PLACES` of each; None where a side has none to compare."""
    best: tuple[float, str, str, str] | None = None
    for mine in subject[:MOST_PLACES]:
        for theirs in listing[:MOST_PLACES]:
            judged = _compare(mine, theirs, config, compare or _equal)
            if judged is not None and (best is None or judged[0] > best[0]):
                best = *judged, mine, theirs.text
    if best is None:
        return None
    effect, reason, mine, text = best
    return AttributeEffect("birth_place", f"birth_place.{reason}", effect, mine, text)


def _compare(mine: str, theirs: Place, config: AttributeConfig, compare: Compare) -> tuple[float, str] | None:
    my_words, my_country = read_place(mine)
    their_words, named = read_place(theirs.text)
    their_country = theirs.country or named
    elsewhere = my_country is not None and their_country is not None and my_country != their_country
    if elsewhere:
        return config.place_other_country, "other_country"
    if any(compare(a, b) >= config.place_similarity for a in my_words for b in their_words):
        return config.place_same, "same"
    if my_country is not None and my_country == their_country:
        return config.place_same_country, "same_country"
    if my_words and their_words:
        return config.place_other, "other"
    return None


def _equal(first: str, second: str) -> float:
    return 1.0 if first == second else 0.0


def _bare(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word
