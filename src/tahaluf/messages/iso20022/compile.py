"""From one element of a shape to its plan: which values are names, addresses, numbers, and whose.

Elements are known by local name and place, never by version. What no table knows is not lost: an element that has what
parties have is a party that is mentioned, a leaf that is in no table is free text.
"""

from collections.abc import Iterator

from lxml import etree

from tahaluf.domain import Kind, PartyRole
from tahaluf.messages.details import Detail
from tahaluf.messages.iso20022 import vocabulary as words
from tahaluf.messages.iso20022.plan import Draft, NumberPlan, Plan, TextPlan, number_suffixes

MARK = "\ue000"
# Around elements that stand side by side and are read as one.
GROUP = "group"
MAX_DEPTH = 64
AMOUNT_ORDER = ("IntrBkSttlmAmt", "RtrdIntrBkSttlmAmt", "InstdAmt", "RtrdInstdAmt", "TxAmt", "Amt")


class TooDeep(Exception):
    """An element is nested deeper than `MAX_DEPTH`."""


def local(element: etree._Element) -> str:
    tag = str(element.tag)
    return tag[tag.rfind("}") + 1 :]


def line_of(element: etree._Element) -> int:
    """The line of an element in what was parsed."""
    line = element.sourceline
    return line if isinstance(line, int) else 1


class Compiler:
    """Goes once through an element whose values are `MARK` and a position."""

    def __init__(self, values: int) -> None:
        self.plan = Plan()
        self._values = values
        self._drafts: list[Draft] = []
        self._first: int = 1
        self._amounts: dict[str, tuple[int, str]] = {}
        self._by_place: dict[tuple[etree._Element, str], Draft] = {}
        self._accounts: list[tuple[etree._Element, str, Draft]] = []

    def compile(self, root: etree._Element) -> Plan:
        """The plan of the element `root`."""
        self._first = line_of(root)
        name = local(root)
        if name == GROUP:
            self._walk(root, ())
        elif name in words.ACCOUNTS:
            self._account(root, (name,))
        elif name in words.ROLES or self._is_party(root):
            self._party(root, (name,))
        else:
            self._walk(root, (name,))
        self._join_accounts()
        self.plan.parties = list(number_suffixes(self._drafts))
        self.plan.amount = next((self._amounts[name] for name in AMOUNT_ORDER if name in self._amounts), None)
        self.plan.amount = self.plan.amount or next(iter(self._amounts.values()), None)
        return self.plan

    def _at(self, text: str | None) -> int | None:
        """The position of a value; a text that is no value becomes a constant."""
        if text is None or not text.strip():
            return None
        if text.startswith(MARK):
            return int(text[1:])
        self.plan.constants.append(text.strip())
        return self._values + len(self.plan.constants) - 1

    def _line(self, element: etree._Element) -> int:
        return line_of(element) - self._first

    def _children(
        self, element: etree._Element, path: tuple[str, ...]
    ) -> Iterator[tuple[etree._Element, tuple[str, ...]]]:
        """The elements in one, with their paths; text that stands between them is free text."""
        if len(path) > MAX_DEPTH:
            raise TooDeep
        for text in (element.text, *(child.tail for child in element)):
            at = self._at(text)
            if at is not None:
                self._text(at, element, path)
        for child in element:
            yield child, (*path, local(child))

    def _text(self, at: int, element: etree._Element, path: tuple[str, ...]) -> None:
        self.plan.texts.append(TextPlan(at, "/".join(path), self._line(element)))

    def _walk(self, element: etree._Element, path: tuple[str, ...]) -> None:
        for child, here in self._children(element, path):
            name = here[-1]
            if not len(child):
                self._leaf(child, here)
            elif name in words.ACCOUNTS and not self._is_party(child, but="Nm"):
                self._account(child, here)
            elif name in words.ROLES or self._is_party(child):
                self._party(child, here)
            else:
                self._walk(child, here)

    def _is_party(self, element: etree._Element, but: str = "") -> bool:
        names = {local(child) for child in element} - {but}
        if names & words.PARTY_SIGNS:
            return True
        identity = next((child for child in element if local(child) == "Id"), None)
        return identity is not None and any(local(child) in words.KIND_SIGNS for child in identity)

    def _leaf(self, element: etree._Element, path: tuple[str, ...]) -> None:
        at = self._at(element.text)
        if at is None:
            return
        name, parent = path[-1], path[-2] if len(path) > 1 else ""
        self.plan.facts.setdefault(name, at)
        if name in words.BICS:
            self._party(element, path)
        elif parent == "Purp":
            self.plan.purpose = at
            if name == "Prtry":
                self._text(at, element, path)
        elif not self._is_of_payment(element, name, parent, at) and (name in words.TEXTS or not words.is_plain(name)):
            self._text(at, element, path)

    def _is_of_payment(self, element: etree._Element, name: str, parent: str, at: int) -> bool:
        """Takes a reference, an amount or a value date; False for any other leaf."""
        if name in words.REFERENCES:
            self.plan.references.append(at)
        elif name in words.AMOUNTS:
            if parent not in words.CHARGES:
                self._amounts.setdefault(name, (at, element.get("Ccy") or ""))
        elif name in words.VALUE_DATES or parent in words.VALUE_DATES:
            if self.plan.value_date is None:
                self.plan.value_date = at
        else:
            return False
        return True

    def _draft(self, element: etree._Element, path: tuple[str, ...], name: str) -> Draft:
        role = words.ROLES.get(name, PartyRole.MENTIONED)
        if any(part in words.REMITTANCE for part in path):
            role = PartyRole.REMITTANCE_PARTY
        kind = Kind.ORGANIZATION if name in words.AGENTS or name in words.BICS else Kind.UNKNOWN
        draft = Draft(role, kind, path, self._line(element))
        self._drafts.append(draft)
        return draft

    def _party(self, element: etree._Element, path: tuple[str, ...]) -> None:
        draft = self._draft(element, path, path[-1])
        parent = element.getparent()
        if parent is not None:
            self._by_place[parent, path[-1]] = draft
        if not len(element):
            at = self._at(element.text)
            if at is not None:
                if path[-1] in words.BICS:
                    draft.numbers.append(NumberPlan("swift/bic", at))
                else:
                    draft.names.append(at)
            return
        self._inside(element, path, draft, ())

    def _inside(self, element: etree._Element, path: tuple[str, ...], draft: Draft, within: tuple[str, ...]) -> None:
        """What stands in a party; `within` is the path from the party down."""
        for child, here in self._children(element, path):
            name = here[-1]
            if name in words.KIND_SIGNS and draft.kind is Kind.UNKNOWN:
                draft.kind = words.KIND_SIGNS[name]
            if not len(child):
                self._part(child, here, draft, (*within, name))
            elif name in ("CtctDtls", "Authstn"):
                self._contact(child, here, draft)
            elif name == "Othr":
                self._other(child, here, draft)
            elif name in ("Ownr", "Svcr") or (name in words.ROLES and name not in ("Pty", "Agt")):
                self._party(child, here)
            elif name in words.ACCOUNTS:
                self._account(child, here)
            else:
                self._inside(child, here, draft, (*within, name))

    def _part(self, element: etree._Element, path: tuple[str, ...], draft: Draft, within: tuple[str, ...]) -> None:
        """A leaf of a party."""
        at = self._at(element.text)
        name = within[-1]
        if at is None or "AdrTp" in within:
            return
        if name == "Nm":
            if "BrnchId" in within:
                draft.address.append(at)
                draft.further.append(at)
            else:
                draft.names.append(at)
        elif "PstlAdr" in within or "Adr" in within:
            draft.lines = draft.lines or name == "AdrLine"
            draft.address.append(at)
            if name in words.NAMING:
                draft.further.append(at)
        elif name in words.NUMBERS:
            draft.numbers.append(NumberPlan(words.NUMBERS[name], at))
        elif name in words.BORN_OR_LIVES:
            getattr(draft, words.BORN_OR_LIVES[name]).append(at)
        elif name in words.OWN_NUMBERS:
            draft.details.append((Detail.IDENTIFIER, at))
        elif not words.is_plain(name):
            self._text(at, element, path)

    def _contact(self, element: etree._Element, path: tuple[str, ...], draft: Draft) -> None:
        """Whoever may be called for a party is a person of his own."""
        contact = None
        for child, here in self._children(element, path):
            at = self._at(child.text) if not len(child) else None
            if here[-1] == "Nm" and at is not None:
                contact = Draft(PartyRole.MENTIONED, Kind.PERSON, path, self._line(element), names=[at])
                self._drafts.append(contact)
            elif here[-1] in words.CONTACT_LEAVES and at is not None:
                draft.details.append((words.CONTACT_LEAVES[here[-1]], at))
            elif here[-1] == "Othr":
                self._proxy(child, here, draft)
            elif at is not None and not words.is_plain(here[-1]):
                self._text(at, child, here)
            elif len(child):
                self._walk(child, here)

    def _other(
        self, element: etree._Element, path: tuple[str, ...], draft: Draft, usual: str = "identification"
    ) -> None:
        """A number under a scheme: `Othr` with `Id`, `SchmeNm`, `Issr`."""
        number = scheme = None
        for child, here in self._children(element, path):
            if here[-1] == "SchmeNm":
                scheme = next((self._at(code.text) for code in child if local(code) == "Cd"), None)
            elif here[-1] == "Id":
                number = self._at(child.text)
            elif not len(child):
                self._part(child, here, draft, (here[-1],))
        if number is not None:
            draft.numbers.append(NumberPlan(usual, number, scheme))

    def _account(self, element: etree._Element, path: tuple[str, ...]) -> None:
        """An account, to be joined with the party that it is of; its owner and servicer are parties."""
        draft = Draft(PartyRole.MENTIONED, Kind.UNKNOWN, path, self._line(element))
        for child, here in self._children(element, path):
            if here[-1] == "Id":
                self._account_number(child, here, draft)
            elif here[-1] in words.ROLES:
                self._party(child, here)
            elif not len(child):
                self._part(child, here, draft, (here[-1],))
            elif here[-1] == "Prxy":
                self._proxy(child, here, draft)
            elif here[-1] != "Tp":
                self._walk(child, here)
        parent = element if path[-1] == "Acct" else element.getparent()
        if draft.numbers or draft.names or draft.details:
            self._accounts.append((parent if parent is not None else element, words.ACCOUNTS[path[-1]], draft))

    def _proxy(self, element: etree._Element, path: tuple[str, ...], draft: Draft) -> None:
        """What an account or a party is known by elsewhere: a telephone number, an address, or a name."""
        for child, here in self._children(element, path):
            at = self._at(child.text) if not len(child) and here[-1] == "Id" else None
            if at is not None:
                draft.details.append((Detail.IDENTIFIER, at))
                draft.further.append(at)
            elif here[-1] not in ("Id", "Tp", "ChanlTp"):
                self._walk(child, here)

    def _account_number(self, element: etree._Element, path: tuple[str, ...], draft: Draft) -> None:
        for child, here in self._children(element, path):
            if here[-1] == "IBAN":
                self._part(child, here, draft, (here[-1],))
            elif len(child):
                self._other(child, here, draft, "bank account")
            elif (at := self._at(child.text)) is not None:
                draft.numbers.append(NumberPlan("bank account", at))

    def _join_accounts(self) -> None:
        for parent, name, account in self._accounts:
            owner = self._by_place.get((parent, name))
            if owner is None:
                owner = self._draft(parent, account.path, name)
                owner.line = account.line
            owner.names.extend(account.names)
            owner.numbers.extend(account.numbers)
            owner.details.extend(account.details)
            owner.further.extend(account.further)
