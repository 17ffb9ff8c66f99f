"""Holds the words: one per concept in identifiers, and nothing in any file that ties the project to one machine.

Reach for it through `make check`. Two rules:

- Names that the code of `src` gives are split into their words; a word that GLOSSARY.md replaces by another is refused.
  Strings and foreign attributes are free: other people's formats have their own words. A word that is also ordinary
  English (the target of an alignment) is refused only where it names a concept: in classes, and in fields of `domain`.
  `ALLOWED` holds the names that mean something else, each with its reason.
- No tracked text file names a path of somebody's machine or a package registry's host.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

# word: what the glossary says instead
BANNED = {
    "acl": "audience",
    "confidence": "score, or similarity for strings",
    "customer": "subject",
    "donation": "pledge, commitment or disbursement",
    "extraction": "proposal",
    "percent": "score: a float from 0 to 1",
    "synonym": "alias",
    "synonyms": "aliases",
    "tenant": "member",
}
BANNED_AS_CONCEPT = {
    "target": "listing",
    "targets": "listings",
    "variant": "alias",
    "variants": "aliases",
}
# whole class names that would be a second word for a concept
BANNED_CLASSES = {
    "Blob": "Record",
    "Chain": "Log",
    "Classification": "Marking",
    "Customer": "Subject",
    "Entity": "Listing or Subject",
    "Event": "Record",
    "Match": "Candidate, Hit or Alert",
    "Person": "Subject",
    "Query": "Subject",
    "Resolution": "Disposition",
    "Sanction": "Designation",
    "Status": "Disposition",
}
# (path under the root, word): why it is no second word for a concept
ALLOWED = {
    ("src/tahaluf/domain/listing.py", "target"): "the far end of a Link, not another word for a listing",
}
# written so that this file does not match itself
PLACES = re.compile(
    r"(?<![\w.:*~$)}/-])/(?:work|farm|root|tmp|home/[a-z]\w*|Users/\w+)/"
    r"|pypi[.]org|pythonhosted[.]org|registry[.]npmjs|proxy[.]golang|--(?:extra-)?index[-]url|--find[-]links\b"
)
MAY_NAME_PLACES = {"LICENSE"}


def words_of(name: str) -> list[str]:
    """`NameParts` and `name_parts` both give `name`, `parts`."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)]


class Given(NamedTuple):
    """A name that code gives, and what to."""

    line: int
    name: str
    role: Literal["class", "function", "field", "variable"]


def given_names(tree: ast.AST) -> Iterator[Given]:
    """Every name that a module gives."""
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name=name, body=body):
                yield Given(node.lineno, name, "class")
                yield from fields_of(body)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield Given(node.lineno, name, "function")
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield Given(node.lineno, name, "variable")
            case _:
                pass


def fields_of(body: list[ast.stmt]) -> Iterator[Given]:
    """The fields and members that a class declares."""
    for statement in body:
        targets: list[object] = [getattr(statement, "target", None)]
        for named in statement.targets if isinstance(statement, ast.Assign) else targets:
            if isinstance(named, ast.Name):
                yield Given(statement.lineno, named.id, "field")


def second_words(source: str, where: str) -> Iterator[str]:
    """Identifiers of one source text that the glossary has another word for, as lines to print."""
    for given in given_names(ast.parse(source)):
        if given.role == "class" and given.name in BANNED_CLASSES:
            yield f"{where}:{given.line} class {given.name}: the glossary says {BANNED_CLASSES[given.name]}"
        concept = given.role == "class" or (given.role == "field" and where.startswith("src/tahaluf/domain/"))
        refused = BANNED | BANNED_AS_CONCEPT if concept else BANNED
        for word in words_of(given.name):
            if word in refused and (where, word) not in ALLOWED:
                yield f"{where}:{given.line} {given.name}: for '{word}' the glossary says {refused[word]}"


def named_places(text: str, where: str) -> Iterator[str]:
    """Lines of a text that name a machine's path or a registry's host."""
    for number, line in enumerate(text.splitlines(), 1):
        if found := PLACES.search(line):
            yield f"{where}:{number} names a place of one machine or a registry: {found.group(0)}"


def tracked_files(root: Path) -> list[Path]:
    """The files that git knows, or all of a folder that is no repository."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return sorted(path for path in root.rglob("*") if path.is_file())
    return [root / name for name in listed.decode().split("\0") if name and (root / name).is_file()]


def read_text(path: Path) -> str | None:
    """A file's text, None for one that is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def main(root: Path) -> int:
    """Prints what is found; 1 when there is anything."""
    found: list[str] = []
    for path in tracked_files(root):
        where = path.relative_to(root).as_posix()
        text = read_text(path)
        if text is None or where in MAY_NAME_PLACES:
            continue
        found.extend(named_places(text, where))
        if where.startswith("src/") and path.suffix == ".py":
            found.extend(second_words(text, where))
    print("\n".join(found) if found else "words: as the glossary has them, and no place of one machine")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent))
