"""The values of one element cleaned, checked and completed by what is made of them; what is doubtful is told."""

from collections.abc import Callable
from functools import lru_cache

from tahaluf.domain import PartialDate
from tahaluf.messages.accounts import (
    MOST_NAMES,
    compact,
    find_holders,
    find_identifiers,
    is_bic,
    is_iban,
    is_lei,
    may_hold_more,
)
from tahaluf.messages.iso20022.layout import Builder, Constants
from tahaluf.messages.iso20022.plan import Change, Layout, NumberPlan, PartyPlan, Plan
from tahaluf.messages.iso20022.vocabulary import PRIVATE_SCHEMES, SCHEMES

MAX_TEXT = 4000
# Of one plan: elements whose values differ in what they hold.
MAX_VARIANTS = 1024
# A name taken over from an MT message fills its lines of 35 and goes on in the address.
FULL_NAME = frozenset((33, 34, 35, 66, 67, 68, 69, 70, 140))
CHECKS: dict[str, Callable[[str], bool]] = {"iban": is_iban, "swift/bic": is_bic, "lei": is_lei}
# What a number that does not hold is told as; an IBAN that is none has become an account number.
CODES = {"swift/bic": "bic", "lei": "lei"}
# Tells a doubt: code, element, line from the beginning, expected, found.
Tell = Callable[[str, str, int, str, str], None]


@lru_cache(maxsize=1 << 12)
def read_number(kind: str, text: str) -> tuple[str, str, bool]:
    """Type and number as they are compared, and whether form and check digits hold. What claims to be an IBAN and is
    none is an account number; an account number that is an IBAN is one."""
    number = compact(text)
    if kind == "bank account":
        return ("iban" if is_iban(number) else kind), number, True
    check = CHECKS.get(kind)
    holds = check is None or check(number)
    return ("bank account" if kind == "iban" and not holds else kind), number, holds


class Preparer:
    """Knows the layouts of plans."""

    def __init__(self, constants: Constants) -> None:
        self._constants = constants

    def layout(self, plan: Plan) -> Layout:
        """The arrays of a plan, made once."""
        if plan.layout is None:
            plan.layout = Builder(plan, self._constants, with_text=True).build()
        return plan.layout

    def prepare(self, plan: Plan, values: list[str], tell: Tell) -> Layout:
        """Completes `values` (as many as `plan.count`) in the order of the layout that is returned."""
        return self._complete(self._fit(plan, values, tell), values, tell)

    def prepare_group(self, plan: Plan, values: list[str], tell: Tell) -> tuple[Layout, Layout]:
        """The same, and the layout for those elements to which the text is not given again."""
        plan = self._fit(plan, values, tell)
        return self._complete(plan, values, tell), self.bare(plan)

    def _fit(self, plan: Plan, values: list[str], tell: Tell) -> Plan:
        """The plan for what the values are: most are what a plan takes them for."""
        layout = plan.layout or self.layout(plan)
        if layout.careful or (layout.named is not None and may_hold_more(" ".join(layout.named(values)))):
            return self._vary(plan, values, tell)
        return plan

    def _complete(self, plan: Plan, values: list[str], tell: Tell) -> Layout:
        layout = plan.layout or self.layout(plan)
        types = []
        for row, number in layout.checked:
            at = number.at
            if number.type == "iban" and is_iban(values[at]):
                types.append("iban")
                continue
            kind, text, holds = read_number(_type_of(number, values), values[at])
            if not holds:
                party = plan.parties[row]
                tell(CODES.get(kind, "iban"), party.field, party.line, number.type, values[at])
            values[at] = text
            types.append(kind)
        if plan.amount is not None:
            at, currency = plan.amount
            values.append(f"{values[at]} {currency}" if currency else values[at])
        for pick in layout.addresses:
            values.append(", ".join(pick(values)))
        for pick in layout.joined_places:
            values.append(", ".join(pick(values)))
        values += types
        return self._add_text(plan, values, tell) if layout.with_text else layout

    def _add_text(self, plan: Plan, values: list[str], tell: Tell) -> Layout:
        """Appends the free text and the identifiers that stand in it."""
        text = "\n".join([values[part.at] for part in plan.texts])
        if len(text) > MAX_TEXT:
            tell("long_text", plan.texts[0].field, plan.texts[0].line, f"{MAX_TEXT}", f"{len(text)}")
            text = text[:MAX_TEXT]
        values.append(text)
        if not text.strip():
            return self.bare(plan)
        mentions = find_identifiers(text)
        if mentions:
            values += [mention.type for mention in mentions]
            values += [mention.value for mention in mentions]
            plan = self._varied(plan, ((-1, "mentions", len(mentions)),), 0)
        return self.layout(plan)

    def bare(self, plan: Plan) -> Layout:
        """The layout for an element whose text was given already; values are prepared as for the other."""
        if plan.bare is None:
            plan.bare = Builder(plan, self._constants, with_text=False).build()
        return plan.bare

    def _vary(self, plan: Plan, values: list[str], tell: Tell) -> Plan:
        """The plan without the values that cannot be used, and with names that go on in an address."""
        changes: list[Change] = []
        extra: list[str] = []
        for row, party in enumerate(plan.parties):
            changes += self._check_plain(row, party, values, tell)
            for name in _further_names(party, values, tell):
                changes.append((row, "name", plan.count + len(extra)))
                extra.append(name)
        values += extra
        return self._varied(plan, tuple(changes), len(extra)) if changes else plan

    def _check_plain(self, row: int, party: PartyPlan, values: list[str], tell: Tell) -> list[Change]:
        changes: list[Change] = []
        for at in party.births:
            try:
                values[at] = PartialDate.from_iso(values[at]).isoformat()
            except ValueError:
                tell("birth_date", party.field, party.line, "YYYY-MM-DD", values[at])
                changes.append((row, "birth", at))
        for at in party.residences:
            code = values[at].lower()
            if len(code) != 2 or not code.isascii() or not code.isalpha():
                tell("country", party.field, party.line, "ISO 3166-1 alpha-2", values[at])
                changes.append((row, "residence", at))
            values[at] = code
        return changes

    def _varied(self, plan: Plan, changes: tuple[Change, ...], extra: int) -> Plan:
        varied = plan.variants.get(changes)
        if varied is None:
            if len(plan.variants) >= MAX_VARIANTS:
                plan.variants.clear()
            parties = list(plan.parties)
            mentions = 0
            for row, what, at in changes:
                if row < 0:
                    mentions = at
                else:
                    parties[row] = _changed(parties[row], what, at)
            varied = plan.variants[changes] = Plan(
                parties, plan.texts, plan.references, plan.amount, plan.value_date, plan.purpose, plan.facts,
                plan.constants, plan.lines, plan.count + extra, mentions,
            )  # fmt: skip
        return varied


def _type_of(number: NumberPlan, values: list[str]) -> str:
    if number.scheme is None:
        return number.type
    code = values[number.scheme]
    return "customer number" if code in PRIVATE_SCHEMES else SCHEMES.get(code, number.type)


def _changed(party: PartyPlan, what: str, at: int) -> PartyPlan:
    if what == "name":
        return party._replace(names=(*party.names, at))
    if what == "birth":
        return party._replace(births=tuple(other for other in party.births if other != at))
    return party._replace(residences=tuple(other for other in party.residences if other != at))


def _further_names(party: PartyPlan, values: list[str], tell: Tell) -> list[str]:
    """What else the party may be called, by its names, the lines of its address and what stands beside these."""
    names = [values[at] for at in party.names if values[at]]
    known = list(names)
    if party.lines and names and party.address and len(names[0]) in FULL_NAME:
        known += _go_on(names[0], values[party.address[0]])
    found, count = find_holders(known, [values[at] for at in party.further if values[at]], wrapped=party.lines)
    if count > max(MOST_NAMES, len(names)):
        tell("names", party.field, party.line, f"{MOST_NAMES}", f"{count}")
    return [name for name in found if name not in names]


def _go_on(name: str, line: str) -> list[str]:
    """The name with what may be its end, where the first line of the address has nothing of an address."""
    if len(line) < 3 or any(char.isdigit() for char in line):
        return []
    return [f"{name} {line}", f"{name}{line}"]
