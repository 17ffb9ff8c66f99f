"""Holds the desk's translations: what its templates and modules mark stands in a catalog of an app, in Arabic and in
French, whole; nothing in a catalog is stale; no template shows words that are not marked.

Reach for it through `make check`. `--write APP` (`ui`, `review/alerts` …) adds that app's missing strings to its
catalogs, to be translated, and drops what is stale there.
"""

import re
import sys
from pathlib import Path

import polib

from web_strings.marked import WEB, Message, marked_strings
from web_strings.visible import unmarked_texts

FORMS = {"ar": 6, "fr": 2}
HEADERS = {
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;",
    "fr": "nplurals=2; plural=(n > 1);",
}
_FIELD = re.compile(r"%\((\w+)\)|\{(\w*)[^{}]*\}|%([sd])")

Catalogs = dict[Path, polib.POFile]


def read_catalogs(language: str) -> Catalogs:
    """Every app's catalog of a language."""
    return {path: polib.pofile(str(path), wrapwidth=100_000) for path in sorted(WEB.rglob(f"locale/{language}.po"))}


def key_of(entry: polib.POEntry) -> Message:
    return Message(entry.msgctxt or "", entry.msgid, entry.msgid_plural)


def faults(language: str, catalogs: Catalogs, marked: dict[Message, list[Path]]) -> list[str]:
    """What is wrong with the catalogs of a language."""
    wrong, known = [], set()
    for path, catalog in catalogs.items():
        place = path.relative_to(WEB)
        for entry in catalog:
            message = key_of(entry)
            known.add(message)
            if message not in marked:
                wrong.append(f"{place}: stale: {message.singular!r}")
            else:
                wrong += [f"{place}: {fault}: {message.singular!r}" for fault in entry_faults(language, entry)]
    return (
        wrong
        + [
            f"{language}: missing ({app_of(places[0])}: {places[0].name}): {message.singular!r}"
            for message, places in marked.items()
            if message not in known
        ]
        + double_faults(language, catalogs)
    )


def double_faults(language: str, catalogs: Catalogs) -> list[str]:
    """Strings with two translations: all catalogs become one, so the second would be shown nowhere. They need one
    wording, or each a context of its own (`pgettext`, `context`)."""
    said: dict[tuple[str, str], dict[str, list[str]]] = {}
    for path, catalog in catalogs.items():
        for entry in catalog:
            text = entry.msgstr or " | ".join(text for _, text in sorted(entry.msgstr_plural.items()))
            of_string = said.setdefault((entry.msgctxt or "", entry.msgid), {})
            of_string.setdefault(text, []).append(app_of(path))
    return [
        f"{language}: two translations: {string!r}: "
        + ", ".join(f"{text!r} ({' '.join(apps)})" for text, apps in texts.items())
        for (_, string), texts in said.items()
        if len(texts) > 1
    ]


def entry_faults(language: str, entry: polib.POEntry) -> list[str]:
    """An entry is whole, and has the fields of its string; only a plural's forms may leave one out."""
    if entry.msgid_plural:
        texts = [entry.msgstr_plural.get(form, "") for form in range(FORMS[language])]
    else:
        texts = [entry.msgstr]
    if entry.fuzzy or not all(texts):
        return ["not translated"]
    wanted = fields(entry.msgid) | fields(entry.msgid_plural)
    wrong = [f"unknown field {sorted(fields(text) - wanted)}" for text in texts if fields(text) - wanted]
    left_out = wanted - fields(texts[-1])
    return wrong + ([f"field {sorted(left_out)} left out"] if left_out else [])


def fields(text: str) -> set[str]:
    return {first or second or third for first, second, third in _FIELD.findall(text.replace("%%", ""))}


def app_of(path: Path) -> str:
    """`ui`, or `review/alerts`: the folder whose catalog holds the strings of this file."""
    parts = path.relative_to(WEB).parts
    inner = parts[3:] if len(parts) > 4 and parts[1] == "templates" else parts[1:]
    if len(inner) > 1 and (WEB / parts[0] / inner[0] / "locale").is_dir():
        return f"{parts[0]}/{inner[0]}"
    return parts[0]


def write(app: str, marked: dict[Message, list[Path]]) -> None:
    """Adds the strings that only this app marks and no catalog has; drops those of its own that nobody marks."""
    for language in FORMS:
        catalogs = read_catalogs(language)
        path = WEB / app / "locale" / f"{language}.po"
        catalog = catalogs.setdefault(path, polib.POFile(wrapwidth=100_000))
        catalog.metadata = {"Content-Type": "text/plain; charset=utf-8", "Plural-Forms": HEADERS[language]}
        for entry in [e for e in catalog if key_of(e) not in marked]:
            catalog.remove(entry)
        known = {key_of(entry) for each in catalogs.values() for entry in each}
        for message, places in marked.items():
            if message not in known and app in map(app_of, places):
                catalog.append(_new_entry(message, language))
        path.parent.mkdir(parents=True, exist_ok=True)
        catalog.save(str(path))


def _new_entry(message: Message, language: str) -> polib.POEntry:
    plural = {form: "" for form in range(FORMS[language])} if message.plural else {}
    return polib.POEntry(
        msgctxt=message.context or None, msgid=message.singular, msgid_plural=message.plural, msgstr_plural=plural
    )


def main() -> int:
    marked, wrong = marked_strings()
    if len(sys.argv) == 3 and sys.argv[1] == "--write":
        write(sys.argv[2].strip("/"), marked)
    wrong += unmarked_texts()
    for language in FORMS:
        wrong += faults(language, read_catalogs(language), marked)
    print("\n".join(wrong) or f"{len(marked)} strings of the desk, in Arabic, French and English")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
