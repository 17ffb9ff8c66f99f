"""Django's catalogs, put together from those of the apps (`<app>/…/locale/<language>.po`) when the desk starts.

Django reads compiled catalogs only; they are compiled here, into a folder named by their content, so that an installed
package and a working copy need no build step and no gettext programs.
"""

import hashlib
import os
from pathlib import Path

import polib

WEB = Path(__file__).resolve().parent.parent
LANGUAGES = ("ar", "fr")
PLURALS = {
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;",
    "fr": "nplurals=2; plural=(n > 1);",
}


def catalogs(language: str) -> list[Path]:
    """The sources of a language, app by app."""
    return sorted(WEB.rglob(f"locale/{language}.po"))


def compile_catalogs(out: Path) -> Path:
    """The folder that LOCALE_PATHS takes; compiled once for each content."""
    sources = {language: catalogs(language) for language in LANGUAGES}
    digest = hashlib.sha256(b"".join(path.read_bytes() for paths in sources.values() for path in paths)).hexdigest()
    folder = out / f"locale-{digest[:16]}"
    for language, paths in sources.items():
        place = folder / language / "LC_MESSAGES" / "django.mo"
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            made = place.with_name(f"{os.getpid()}.mo")
            merge(language, paths).save_as_mofile(str(made))
            made.replace(place)
    return folder


def merge(language: str, paths: list[Path]) -> polib.POFile:
    """One catalog of several. A string that several hold has one translation (`scripts/check_web_strings.py`)."""
    merged = polib.POFile()
    merged.metadata = {
        "Language": language,
        "Content-Type": "text/plain; charset=utf-8",
        "Plural-Forms": PLURALS[language],
    }
    seen: set[tuple[str | None, str]] = set()
    for path in paths:
        for entry in polib.pofile(str(path)):
            if (key := (entry.msgctxt, entry.msgid)) not in seen:
                seen.add(key)
                merged.append(entry)
    return merged
