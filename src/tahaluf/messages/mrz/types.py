"""What cannot stand in a field by its type is what an optical reader took for something else: letters among the digits
of a date, digits in a name, a State that there is none of. Put right where one thing alone can be meant.
"""

from collections.abc import Iterator
from itertools import product

from tahaluf.messages.mrz.document import Finding
from tahaluf.messages.mrz.fillers import refill
from tahaluf.messages.mrz.forms import CODE, ISSUER, Layout
from tahaluf.messages.mrz.knowledge import table

STATES: dict[str, str | None] = table("states")
_DIGITS = str.maketrans(table("digit_for"))
_LETTERS: dict[str, str] = table("letters_for")
USUAL = str.maketrans({digit: letters[0] for digit, letters in _LETTERS.items()})
_GROUPS: list[str] = table("confused")
LIKE = {char: "".join(group.replace(char, "") for group in _GROUPS if char in group) for char in "".join(_GROUPS)}
SEXES = "MFX<"
KINDS = "PVACI"


def settle_types(text: str, layout: Layout) -> tuple[str, list[Finding]]:
    """The zone with every field of its type as far as that is certain, and what was put right or is in doubt."""
    findings: list[Finding] = []
    for field, part in _digit_fields(layout):
        text = _put(text, part, text[part].translate(_DIGITS), field, findings)
    for field, part in (("issuer", ISSUER), ("nationality", layout.nationality)):
        text = _put(text, part, settle_state(text[part], field, findings), field, findings)
    text = _put(text, CODE, text[CODE].translate(USUAL), "code", findings)
    if text[0] not in KINDS:
        findings.append(Finding("code", "code", ", ".join(KINDS), text[CODE].rstrip("<")))
    text = _settle_name(text, layout.name, findings)
    for field, optional in (("optional", layout.optional), ("optional2", layout.optional2)):
        if optional is not None:
            text = _put(text, optional, _settle_fillers(text[optional]), field, findings)
    if text[layout.sex] not in SEXES:
        findings.append(Finding("sex", "sex", "M, F, X, <", text[layout.sex]))
    return text, findings


def _digit_fields(layout: Layout) -> Iterator[tuple[str, slice]]:
    yield "birth", layout.birth
    yield "expiry", layout.expiry
    checks = {
        "number_check": layout.number_check,
        "birth_check": layout.birth_check,
        "expiry_check": layout.expiry_check,
        "optional_check": layout.optional_check,
        "composite_check": layout.composite_check,
    }
    for field, place in checks.items():
        if place is not None:
            yield field, slice(place, place + 1)


def _put(text: str, part: slice, taken: str, field: str, findings: list[Finding]) -> str:
    if text[part] == taken:
        return text
    findings.append(Finding("repaired", field, taken.strip("<") or "<", text[part]))
    return text[: part.start] + taken + text[part.stop :]


def settle_state(read: str, field: str, findings: list[Finding]) -> str:
    """The code of a State, put right where one code alone looks like it."""
    code = read.rstrip("<")
    if code in STATES or (not code and field == "nationality"):
        return read
    choices = [letter + LIKE.get(letter, "").replace("<", "") for letter in read]
    known = ["".join(letters) for letters in product(*choices) if "".join(letters).rstrip("<") in STATES]
    if len(known) == 1:
        return known[0]
    what = "ambiguous" if known else "state"
    findings.append(Finding(what, field, " | ".join(known) or "ICAO 9303-3", code))
    return read


def _settle_name(text: str, part: slice, findings: list[Finding]) -> str:
    field = text[part]
    doubtful = [char for char in field if len(_LETTERS.get(char, "")) > 1]
    taken, others = refill(field.translate(USUAL))
    if doubtful:
        expected = ", ".join(dict.fromkeys(" | ".join(_LETTERS[char]) for char in doubtful))
        findings.append(Finding("ambiguous", "name", expected, field.strip("<")))
    left = "".join(filter(str.isdigit, taken))
    if left:
        findings.append(Finding("name_letters", "name", "A-Z", field.strip("<")))
    if taken != field:
        likely = " | ".join(each.strip("<") for each in (taken, *others))
        findings.append(Finding("repaired", "name", likely or "<", field))
    elif others:
        findings.append(Finding("ambiguous", "name", " | ".join(each.strip("<") for each in others), field.strip("<")))
    return text[: part.start] + taken + text[part.stop :]


def _settle_fillers(field: str) -> str:
    """A K alone among fillers is one: the check digits cannot tell, K counting 20 and the filler nothing."""
    parts = field.split("<")
    return "<".join("<" * len(part) if set(part) == {"K"} and at else part for at, part in enumerate(parts))
