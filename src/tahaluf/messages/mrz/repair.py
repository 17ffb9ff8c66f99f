"""What the check digits of a zone say, and one misread character put right where they leave one possibility."""

from collections.abc import Iterator
from typing import NamedTuple

from tahaluf.messages.mrz.checks import check_digit, composite_digit
from tahaluf.messages.mrz.document import Finding
from tahaluf.messages.mrz.forms import Layout
from tahaluf.messages.mrz.types import LIKE

MOST_SHOWN = 5


class Checked(NamedTuple):
    """A field with a check digit of its own: the text that the digit is over, where it stands, and the digit."""

    field: str
    places: tuple[int, ...]
    check: int

    def holds(self, text: str) -> bool:
        return check_digit("".join([text[place] for place in self.places])) == text[self.check]


def overflow(text: str, layout: Layout) -> int:
    """How many characters of the document number stand in the optional field; 0 where the number fits its own.

    Parts 5 and 6, note j of 4.2.2: a filler in place of the check digit; the rest of the number begins the optional
    field, its check digit and a filler after it.
    """
    if not layout.has_overflow or text[layout.number_check] != "<":
        return 0
    rest = text[layout.optional].partition("<")[0]
    return len(rest) - 1 if len(rest) > 1 and "<" not in text[layout.number] and rest[-1].isdecimal() else 0


def checked_fields(text: str, layout: Layout) -> Iterator[Checked]:
    """The fields of a zone that have a check digit; a personal number left out may have a filler for it."""
    rest, start = overflow(text, layout), layout.optional.start
    number = (*_places(layout.number), *range(start, start + rest))
    if rest or text[layout.number].strip("<"):
        yield Checked("number", number, start + rest if rest else layout.number_check)
    yield Checked("birth", _places(layout.birth), layout.birth_check)
    if text[layout.expiry].strip("<") or text[layout.expiry_check] != "<":
        yield Checked("expiry", _places(layout.expiry), layout.expiry_check)
    check = layout.optional_check
    if check is not None and (text[check] != "<" or text[layout.optional].strip("<")):
        yield Checked("optional", _places(layout.optional), check)


def _places(part: slice) -> tuple[int, ...]:
    return tuple(range(part.start, part.stop))


def settle_checks(text: str, layout: Layout) -> tuple[str, list[Finding]]:
    """The zone with what the check digits put right, and what they contradict."""
    findings: list[Finding] = []
    wrong = [checked for checked in checked_fields(text, layout) if not checked.holds(text)]
    for checked in wrong:
        alone = len(wrong) == 1
        text = _settle(checked, text, layout if alone else None, findings)
    last = layout.composite_check
    if last is not None and (wanted := composite_digit(text, layout)) != text[last]:
        if wrong and findings and findings[-1].what != "repaired":
            return text, findings
        findings.append(Finding("check", "composite", wanted, text[last]))
    return text, findings


def _settle(checked: Checked, text: str, whole: Layout | None, findings: list[Finding]) -> str:
    """One field whose check digit is wrong: the only text that looks like it and has this digit, if there is one.

    With `whole` the composite digit must hold too: nothing else is wrong in the zone.
    """
    found = [changed for changed in _alike(checked, text) if checked.holds(changed) and _composed(changed, whole)]
    read = "".join([text[place] for place in checked.places]).strip("<")
    taken = ["".join([changed[place] for place in checked.places]).strip("<") for changed in found]
    if len(found) == 1:
        findings.append(Finding("repaired", checked.field, taken[0], read))
        return found[0]
    if found:
        findings.append(Finding("ambiguous", checked.field, " | ".join(taken[:MOST_SHOWN]), read))
    else:
        wanted = check_digit("".join([text[place] for place in checked.places]))
        findings.append(Finding("check", checked.field, wanted, text[checked.check]))
    return text


def _composed(text: str, whole: Layout | None) -> bool:
    if whole is None or whole.composite_check is None:
        return True
    return composite_digit(text, whole) == text[whole.composite_check]


def _alike(checked: Checked, text: str) -> Iterator[str]:
    """The zone with one character of the field changed for one that looks like it; a date has digits alone, none of
    which looks like another."""
    if checked.field in ("birth", "expiry"):
        return
    for place in checked.places:
        for other in LIKE.get(text[place], ""):
            yield text[:place] + other + text[place + 1 :]
