"""Every action that the desk records, and every kind of thing it names, has words in the three languages."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

import tahaluf.web
from tahaluf.web.accounts.models import User
from tahaluf.web.common.audit import words
from tahaluf.web.common.audit.services import record
from tahaluf.web.redress.templatetags.complaining import TITLES

WEB = Path(tahaluf.web.__file__).parent
SERVICES = "common/audit/services.py"
# Actions that are not written out where they are recorded: by the file and the expression, what they may be.
MADE = {
    ("catalogue/services.py", "action"): {"list.import_asked", "list.update_asked", "collection.compile_asked"},
    ("review/alerts/deciding.py", "action"): {"alert.reopened", "alert.adjudicated"},
    ("accounts/journal.py", "f\"person.second_factor_{more['what']}\""): {
        "person.second_factor_added", "person.second_factor_removed", "person.second_factor_refused",
    },
    ("api/v1/screenings.py", "f\"screening.{name.removesuffix('_file')}_read\""): {
        "screening.hits_read", "screening.rejects_read",
    },
    ("redress/services.py", "f'complaint.{kind}'"): {f"complaint.{kind}" for kind in TITLES},
    ("review/screenings/running.py", "f'screening.{state}'"): {"screening.failed", "screening.cancelled"},
}  # fmt: skip


class Recorded(NamedTuple):
    """What a call records: its action and the kind of thing, as expressions."""

    file: str
    action: ast.expr
    thing: ast.expr | None


def recorded() -> Iterator[Recorded]:
    """Every call in the desk's code that puts something into the log."""
    for path in sorted(WEB.rglob("*.py")):
        file, text = path.relative_to(WEB).as_posix(), path.read_text(encoding="utf-8")
        if "common.audit" not in text or file == SERVICES:
            continue
        for call in (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)):
            name = getattr(call.func, "id", "") or getattr(call.func, "attr", "")
            if name == "Act":
                yield Recorded(file, call.args[0], call.args[1])
            elif name == "record":
                target = call.args[2] if len(call.args) > 2 else None
                yield Recorded(file, call.args[1], target.elts[0] if isinstance(target, ast.Tuple) else target)


def actions() -> set[str]:
    """The codes of all actions; KeyError where one is made in a way that nobody has looked at."""
    found: set[str] = set()
    for file, action, _thing in recorded():
        constant = action.value if isinstance(action, ast.Constant) else None
        found |= {constant} if isinstance(constant, str) else MADE[file, ast.unparse(action)]
    return found


def test_every_recorded_action_has_words_and_no_words_are_left_over() -> None:
    assert actions() == set(words.ACTIONS)


def test_every_kind_of_thing_has_words_and_no_words_are_left_over() -> None:
    things = {ast.literal_eval(thing) for _file, _action, thing in recorded() if thing is not None}
    assert things - {""} == set(words.THINGS)


def test_every_way_of_making_an_action_is_still_there() -> None:
    assert {(file, ast.unparse(action)) for file, action, _thing in recorded()} >= set(MADE)


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_words_are_in_the_readers_language(language: str) -> None:
    with translation.override("en"):
        english = {code: str(said) for code, said in (words.ACTIONS | words.THINGS).items()}
    with translation.override(language):
        own = {code: str(said) for code, said in (words.ACTIONS | words.THINGS).items()}
    assert not {code for code in own if own[code] == english[code]}


def test_two_apps_cannot_call_one_action_differently() -> None:
    with pytest.raises(ValueError, match=r"alert\.seen"):
        words.register({"alert.seen": "something else"})
    assert words.action_words("alert.seen") != "something else"


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "said"), [("en", "signed in"), ("fr", "s’est connecté"), ("ar", "سجل الدخول")])
def test_the_page_shows_words_with_the_code_beside(
    browse: Callable[[User], Client], auditor: User, language: str, said: str
) -> None:
    record(auditor, "session.began", ("person", auditor.pk))
    record(None, "of_another.time", ("thing", 1))
    auditor.language = language
    auditor.save()
    page = browse(auditor).get(reverse("common:audit")).content.decode()
    row = page[page.index("<tbody") :]
    assert said in row
    assert "session.began" in row
    # What nobody has words for is shown by its code alone.
    assert "of_another.time" in row
