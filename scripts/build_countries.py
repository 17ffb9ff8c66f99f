"""Compiles CLDR's territory names and resources/countries.yaml into names/tables/countries.json, and the names
by which countries are shown into country_names.json beside it.

Run it after editing the YAML; `--check` writes nothing and fails when the committed table differs.
A word that two sources give to two countries is an error, unless the YAML settles it.
"""

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from babel import Locale
from babel.core import get_global

from tahaluf.names.countries import fold_country

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "resources" / "countries.yaml"
TARGET = ROOT / "src" / "tahaluf" / "names" / "tables" / "countries.json"
SHOWN = TARGET.with_name("country_names.json")
SHOWN_IN = ("en", "fr", "ar")
LOCALES = ("en", "fr", "ar", "en_CA", "fr_CA", "ar_AE", "ar_LB", "ar_SA", "ar_EG", "de", "es")
OLD_CODES = {"SU", "YU", "DD", "CSHH", "CSXX"}
# States that are no more, of which CLDR has no name (English, French, Arabic).
OLD_NAMES = {
    "SU": ("Soviet Union", "Union soviétique", "الاتحاد السوفيتي"),
    "YU": ("Yugoslavia", "Yougoslavie", "يوغوسلافيا"),
    "DD": ("East Germany", "Allemagne de l’Est", "ألمانيا الشرقية"),
    "CSHH": ("Czechoslovakia", "Tchécoslovaquie", "تشيكوسلوفاكيا"),
    "CSXX": ("Serbia and Montenegro", "Serbie-et-Monténégro", "صربيا والجبل الأسود"),
}
NOT_COUNTRIES = {"ZZ", "EZ", "QO", "XA", "XB"}
# Codes that ISO 3166-1 (5.2, 8.1.3) leaves to whoever uses them. CLDR pairs them (`QQQ`, `QQ`); they name no country.
USER_ASSIGNED = re.compile(r"AA[A-Z]|Q[M-Z][A-Z]|X[A-Z][A-Z]|ZZ[A-Z]")
FRENCH_FEMININE = (
    ("ien", "ienne"), ("yen", "yenne"), ("éen", "éenne"), ("ais", "aise"), ("ois", "oise"), ("ain", "aine"),
    ("an", "ane"), ("in", "ine"), ("and", "ande"), ("ol", "ole"), ("ek", "eke"), ("ik", "ike"),
)  # fmt: skip


def list_aliases() -> dict[str, str]:
    """ISO 3166-1 alpha-3 codes (as ICAO 9303 takes them over) to alpha-2, those that users assign left out."""
    aliases: Mapping[str, Any] = get_global("territory_aliases")
    codes = {old: new[0] for old, new in aliases.items() if len(old) == 3 and old.isalpha() and len(new) == 1}
    return {old: new for old, new in codes.items() if not USER_ASSIGNED.fullmatch(old)}


def cldr_words() -> dict[str, str]:
    """Folded territory name or code to code; the first locale to claim a word keeps it."""
    words: dict[str, str] = {}
    for name in LOCALES:
        for code, text in Locale.parse(name).territories.items():
            if len(code) == 2 and code.isalpha() and code not in NOT_COUNTRIES:
                words.setdefault(fold_country(code), code)
                words.setdefault(fold_country(text), code)
    for old, code in list_aliases().items():
        if len(code) == 2:
            words.setdefault(fold_country(old), code)
    return words


def derive_feminine(word: str, language: str) -> list[str]:
    if language == "ar":
        return [word + "ة"] if word.endswith("ي") else []
    if language == "fr":
        return [word[: -len(end)] + feminine for end, feminine in FRENCH_FEMININE if word.endswith(end)][:1]
    return [word + "s"] if word.endswith(("n", "i", "t", "k")) else []


def own_words(entry: dict[str, list[str]]) -> list[str]:
    words = list(entry.get("also", ()))
    for language in ("en", "fr", "ar"):
        for word in entry.get(language, ()):
            words += [word, *derive_feminine(word, language)]
    return words


def build() -> str:
    entries: dict[str, dict[str, list[str]]] = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    own: dict[str, str] = {}
    for code, entry in entries.items():
        for word in own_words(entry) + ([code] if code in OLD_CODES else []):
            folded = fold_country(word)
            if own.setdefault(folded, code) != code:
                raise SystemExit(f"{word!r} is claimed by {own[folded]} and {code}")
    table = cldr_words() | own
    rows: dict[str, Any] = {word: code.lower() for word, code in sorted(table.items()) if word}
    return json.dumps(rows, ensure_ascii=False, indent=0, sort_keys=True) + "\n"


def build_names() -> str:
    """Code to the country's name in each of `SHOWN_IN`."""
    names = [Locale.parse(language).territories for language in SHOWN_IN]
    codes = set.intersection(*map(set, names)) - NOT_COUNTRIES
    rows = {code.lower(): [own[code] for own in names] for code in codes if len(code) == 2 and code.isalpha()}
    rows |= {code.lower(): list(own) for code, own in OLD_NAMES.items()}
    lines = ",\n".join(
        f"{json.dumps(code)}: {json.dumps(own, ensure_ascii=False)}" for code, own in sorted(rows.items())
    )
    return f"{{\n{lines}\n}}\n"


def main() -> None:
    for path, text in ((TARGET, build()), (SHOWN, build_names())):
        if "--check" in sys.argv[1:]:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                raise SystemExit(f"{path.relative_to(ROOT)} is not what its sources give: run this script")
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
