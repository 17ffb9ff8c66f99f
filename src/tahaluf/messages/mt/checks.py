"""What is wrong with the fields of a message, apart from its parties: form, characters, lengths, repetition."""

import re
from collections.abc import Iterator, Sequence

from tahaluf.messages.mt.model import Fault, Field
from tahaluf.messages.mt.sequences import STATEMENTS, Unit, is_cover, is_known
from tahaluf.messages.mt.tags import (
    FORMS,
    INSTRUCTING,
    LENGTHS,
    LINE,
    PARTIES,
    PLAIN,
    REPEATED,
    STANDARD_CHARACTERS,
    TEXTS,
    WIDE,
    WIDE_CHARACTERS,
)
from tahaluf.messages.mt.values import read_day

SHOWN = 60
DATED = frozenset({"30", "32A"})
# Types where somebody may instruct who is not the one that pays.
INSTRUCTED = frozenset({"101", "102", "104", "107"})
# Strange characters told of one field.
MOST_CHARACTERS = 10
# What a value without faults never has: what is outside set X, and a colon, which may be of a tag.
_SUSPICIOUS = re.compile(r"[^A-Za-z0-9/\-?().,'+{} \n]")
# A tag that is not at the beginning of a line, or one that is misspelt there.
_INSIDE = re.compile(r":(\d\d[A-Za-z]?):")
_BROKEN = re.compile(r"^[ \t]*(?::|(?:20|21|3[023]|5\d|7[01279])[A-Z]?:)[^\n]{0,60}", re.MULTILINE)


def check_fields(fields: Sequence[Field], kind: str) -> list[Fault]:
    """The faults of fields; that there are none costs little more than a search in each."""
    faults: list[Fault] = []
    for field in fields:
        tag, value, line = field
        form = FORMS.get(tag)
        if form is not None:
            if form[0].fullmatch(value) is None or (tag in DATED and read_day(value[:6]) is None):
                faults.append(Fault("messages.mt.format", line, tag, form[1], value[:SHOWN], value))
        elif is_unruled(tag) and tag not in TEXTS and is_known(kind):
            faults.append(Fault("messages.mt.unknown_field", line, tag, f"MT{kind}", f":{tag}:", value))
        if _SUSPICIOUS.search(value) is not None:
            faults += _strange(field)
            faults += _tags_inside(field)
        if len(value) > LINE and max(map(len, value.split("\n"))) > LINE:
            faults += _long(field)
    return faults


def _strange(field: Field) -> Iterator[Fault]:
    """Characters outside set X, or set Z where it is allowed."""
    strange = WIDE_CHARACTERS if field.tag in WIDE else STANDARD_CHARACTERS
    lines = field.value.split("\n")
    for at, text in enumerate(lines):
        found = "".join(dict.fromkeys(strange.findall(text)))
        if found:
            shown = found[:MOST_CHARACTERS]
            allowed = "z" if field.tag in WIDE else "x"
            yield Fault("messages.mt.characters", field.line + at, field.tag, allowed, shown, text)
            return


def _long(field: Field) -> Iterator[Fault]:
    most = LENGTHS.get(field.tag, LINE)
    for at, text in enumerate(field.value.split("\n")):
        # The account of a party has a stroke before its 34 characters, a clearing code another.
        allowed = most + 2 if at == 0 and text.startswith("/") and field.tag[:2] in PARTIES else most
        if most and len(text) > allowed:
            yield Fault("messages.mt.line_length", field.line + at, field.tag, f"{allowed}", f"{len(text)}", text)
            return


def _tags_inside(field: Field) -> Iterator[Fault]:
    """Tags inside a line, or with something wrong at its beginning: fields that were read as part of this one."""
    for found in _INSIDE.finditer(field.value):
        tag = found[1].upper()
        if tag in FORMS or tag[:2] in PARTIES or tag in TEXTS:
            line = field.line + field.value.count("\n", 0, found.start())
            yield Fault("messages.mt.tag", line, field.tag, f"\\r\\n:{tag}:", found[0], field.value)
            return
    for found in _BROKEN.finditer(field.value):
        line = field.line + field.value.count("\n", 0, found.start())
        if found.start() > 0 or found[0].startswith(":"):
            yield Fault("messages.mt.tag", line, field.tag, ":20:", found[0].strip()[:SHOWN], found[0].strip())
            return


def check_repeated(kind: str, unit: Unit) -> list[Fault]:
    """Fields that stand twice where one is allowed, a party in two options included."""
    if kind in STATEMENTS or not is_known(kind):
        return []
    fields = unit.own if len(unit.own) > 1 else unit.fields
    keys = [tag[:2] if tag[:2] in PARTIES else tag for tag, _, _ in fields]
    faults: list[Fault] = []
    seen: set[str] = set()
    cover, instructed = is_cover(kind, keys), kind not in INSTRUCTED
    for field, key in zip(fields, keys, strict=True):
        if cover and key == "50":
            # Here the covered transfer begins: it has parties of its own.
            seen, cover = seen & {"20", "21"}, False
        if field.tag in INSTRUCTING and not instructed:
            instructed = True
            continue
        if key in seen and field.tag not in REPEATED:
            faults.append(Fault("messages.mt.duplicate", field.line, field.tag, "1", f":{field.tag}:", field.value))
        seen.add(key)
    return faults


def is_unruled(tag: str) -> bool:
    """Whether no rule knows the field: its text is screened as free text."""
    return tag not in FORMS and tag[:2] not in PARTIES and tag not in PLAIN
