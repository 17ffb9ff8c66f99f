"""Country names, codes and demonyms in English, French and Arabic to codes. str → code or None.

Reach for it wherever a publisher or a traveler's file names a country in words. Codes are lower-case ISO 3166-1
alpha-2; states that are no more keep theirs (`su`, `yu`, `dd`, `cshh`, `csxx`), and Kosovo is `xk`. A word that may
mean two
countries ("Congolese", "Korean") gives None: nothing is guessed. The other way, `country_name` gives the words for a
code.
"""

import json
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

ARABIC_LETTERS = str.maketrans({"ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ـ": None})
ARTICLE = "ال"
SHOWN_IN = ("en", "fr", "ar")


def fold_country(text: str) -> str:
    """The form under which a country's name is looked up: no case, marks, punctuation, article."""
    decomposed = unicodedata.normalize("NFKD", text).casefold().translate(ARABIC_LETTERS)
    kept = (char for char in decomposed if unicodedata.category(char) not in ("Mn", "Cf"))
    letters = "".join(char if char.isalnum() else "" if char in ".'’" else " " for char in kept)
    words = [fold_article(word) for word in letters.split()]
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def fold_article(word: str) -> str:
    return word[2:] if word.startswith(ARTICLE) and len(word) > 4 else word


@cache
def load_countries() -> dict[str, str]:
    path = files("tahaluf.names") / "tables" / "countries.json"
    table: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return table


@lru_cache(maxsize=8192)
def country_code(text: str) -> str | None:
    """The code of the country that `text` names, or None where it is no country or may be two."""
    return load_countries().get(fold_country(text[:200]))


@cache
def load_country_names() -> dict[str, list[str]]:
    path = files("tahaluf.names") / "tables" / "country_names.json"
    table: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))
    return table


def country_name(code: str, language: str) -> str:
    """The name of the country of this code in `language` (en, fr, ar); the code itself where it is not known."""
    names = load_country_names().get(code.lower())
    return names[SHOWN_IN.index(language)] if names and language in SHOWN_IN else code
