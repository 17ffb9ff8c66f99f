"""Holds the translations: every string marked in `src` stands in every catalog, whole, and no string is stale.
The desk's own strings, marked in Django's way, are held by `check_web_strings.py`.

Reach for it through `make check`. `--write` adds what is missing (untranslated) and drops what is stale.
"""

import ast
import re
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "tahaluf"
CATALOGS = {
    language: SOURCES / "prose" / "locale" / language / "LC_MESSAGES" / "tahaluf.po" for language in ("ar", "fr")
}
FORMS = {"ar": 6, "fr": 2}
_FIELD = re.compile(r"\{(\w*)[^}]*\}|%\((\w+)\)s")

Message = tuple[str, str]


def marked_strings(source: Path = SOURCES) -> dict[Message, str]:
    """(singular, plural or nothing) → where it is marked first; anything but a literal is an error."""
    found: dict[Message, str] = {}
    for path in sorted(source.rglob("*.py")):
        if path.is_relative_to(source / "web"):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext_"):
                place = f"{path.relative_to(source.parent)}:{node.lineno}"
                found.setdefault(_message(node, place), place)
    return found


def _message(node: ast.Call, place: str) -> Message:
    wanted = 2 if isinstance(node.func, ast.Name) and node.func.id == "ngettext_" else 1
    texts = [a.value for a in node.args[:wanted] if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    if len(texts) < wanted:
        raise SystemExit(f"{place}: a marked string must be a literal")
    return texts[0], texts[1] if wanted == 2 else ""


def faults(language: str, catalog: polib.POFile, marked: dict[Message, str]) -> list[str]:
    """What is wrong with a catalog."""
    entries = {(entry.msgid, entry.msgid_plural): entry for entry in catalog}
    wrong = [f"{language}: missing ({marked[m]}): {m[0]!r}" for m in marked if m not in entries]
    wrong += [f"{language}: stale: {m[0]!r}" for m in entries if m not in marked]
    for message, entry in entries.items():
        texts = [entry.msgstr] if not message[1] else [entry.msgstr_plural.get(n, "") for n in range(FORMS[language])]
        if entry.fuzzy or not all(texts):
            wrong.append(f"{language}: not translated: {message[0]!r}")
        wrong += [
            f"{language}: {problem}: {message[0]!r}" for text in texts if (problem := _fields_wrong(message, text))
        ]
    return wrong


def _fields_wrong(message: Message, text: str) -> str:
    """A translation may leave out the count ("one row"), never another field, and invents none."""
    known, given = _fields(message[0]) | _fields(message[1]), _fields(text)
    if given - known:
        return f"unknown field {sorted(given - known)}"
    missing = known - given - ({"count"} if message[1] else set())
    return f"field {sorted(missing)} left out" if text and missing and not message[1] else ""


def _fields(text: str) -> set[str]:
    return {first or second for first, second in _FIELD.findall(text)}


def renew(catalog: polib.POFile, marked: dict[Message, str]) -> None:
    """Adds what is missing and drops what is stale."""
    entries = {(entry.msgid, entry.msgid_plural): entry for entry in catalog}
    for message, entry in entries.items():
        if message not in marked:
            catalog.remove(entry)
    for singular, plural in marked:
        if (singular, plural) not in entries:
            catalog.append(polib.POEntry(msgid=singular, msgid_plural=plural))


def main() -> None:
    marked = marked_strings()
    wrong: list[str] = []
    for language, path in CATALOGS.items():
        catalog = polib.pofile(str(path), wrapwidth=110)
        if "--write" in sys.argv:
            renew(catalog, marked)
            catalog.save(str(path))
        wrong += faults(language, catalog, marked)
    if wrong:
        raise SystemExit("\n".join(wrong))


if __name__ == "__main__":
    main()
