"""Which strings are marked for translation, in templates and in Python; Django's own parser reads the templates."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import django
from django.conf import settings
from django.utils.translation.template import templatize

WEB = Path(__file__).resolve().parent.parent.parent / "src" / "tahaluf" / "web"
# Function of django.utils.translation → what its first arguments are.
FUNCTIONS = {
    "gettext": "s", "gettext_lazy": "s", "gettext_noop": "s", "_": "s", "ngettext": "sp", "ngettext_lazy": "sp",
    "pgettext": "cs", "pgettext_lazy": "cs", "npgettext": "csp", "npgettext_lazy": "csp",
}  # fmt: skip
_STRING = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
_CALL = re.compile(rf"\b(n?p?gettext|_)\(\s*({_STRING}(?:\s*,\s*{_STRING})*)")


class Message(NamedTuple):
    """What a catalog knows a string by."""

    context: str
    singular: str
    plural: str


def templates() -> Iterator[Path]:
    return (path for path in sorted(WEB.rglob("templates/**/*")) if path.suffix in (".html", ".txt"))


def marked_strings() -> tuple[dict[Message, list[Path]], list[str]]:
    """Every marked string with the files that mark it; and what is wrong with the marking."""
    if not settings.configured:
        settings.configure()
        django.setup()
    found: dict[Message, list[Path]] = {}
    wrong: list[str] = []
    for path in templates():
        for message in template_strings(path.read_text("utf-8")):
            found.setdefault(message, []).append(path)
    for path in sorted(WEB.rglob("*.py")):
        for message in python_strings(path, wrong):
            found.setdefault(message, []).append(path)
    return found, wrong


def template_strings(text: str) -> Iterator[Message]:
    for name, arguments in _CALL.findall(templatize(text)):
        yield _message(FUNCTIONS[name], list(ast.literal_eval(f"({arguments},)")))


def python_strings(path: Path, wrong: list[str]) -> Iterator[Message]:
    """Strings in calls of what the module imports from django.utils.translation."""
    tree = ast.parse(path.read_text("utf-8"))
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names |= {a.asname or a.name: FUNCTIONS[a.name] for a in node.names if a.name in FUNCTIONS}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            shape = names[node.func.id]
            texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if len(texts) < len(shape):
                wrong.append(f"{path.relative_to(WEB)}:{node.lineno}: a marked string must be a literal")
            else:
                yield _message(shape, texts)


def _message(shape: str, texts: list[str]) -> Message:
    parts = dict(zip(shape, texts, strict=False))
    return Message(parts.get("c", ""), parts["s"], parts.get("p", ""))
