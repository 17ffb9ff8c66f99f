"""Messages to transactions: what each has of its own and what it shares; what is wrong, told with its number."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from tahaluf.domain import PartyRole, Problem, Where
from tahaluf.messages.batches import BatchBuilder, Pair
from tahaluf.messages.details import Detail
from tahaluf.messages.mt.blocks import Parsed
from tahaluf.messages.mt.checks import check_fields, check_repeated
from tahaluf.messages.mt.inside import inner_parties
from tahaluf.messages.mt.model import LONGEST, RECEIVED, Fault, Field, Message
from tahaluf.messages.mt.numbers import Number, bic_of_terminal, read_bic, read_like_bic
from tahaluf.messages.mt.required import missing_shared
from tahaluf.messages.mt.rows import Rows
from tahaluf.messages.mt.sequences import Unit, guess_type, is_known, split_units
from tahaluf.messages.mt.shapes import role_of, shape_of
from tahaluf.messages.mt.tags import TEXTS
from tahaluf.messages.mt.values import read_money
from tahaluf.messages.request import Request

# Fields and characters that a message may have for all of its transactions, which each repeats; the rest is reported.
MOST_SHARED, LONGEST_SHARED = 16, 4096
SHOWN = 200
UETR = "121"
MONEY = ("32A", "32B", "32", "32D", "61")
# Parts of a message among text that is of none.
_MESSAGE = re.compile(r"\{[124]:|:\d\d[A-Za-z]?:")
_TRANSACTION, _AMOUNT, _VALUE_DATE = Detail.TRANSACTION, Detail.AMOUNT, Detail.VALUE_DATE
_SENDER, _RECEIVER = PartyRole.INSTRUCTING_AGENT, PartyRole.INSTRUCTED_AGENT
Bank = tuple[PartyRole, Number, str]


class Transactions:
    """Reads messages into a builder and tells the sink what is wrong with them."""

    def __init__(self, builder: BatchBuilder, request: Request) -> None:
        self._builder = builder
        self._sink = request.rejects
        self._file = str(request.path)

    def add(self, parsed: Parsed) -> Iterator[None]:
        """Reads one message; each step is one transaction."""
        message = parsed.message
        if message.fields:
            yield from self._add_message(message, parsed.faults, parsed.beside)
        elif message.service:
            for fault in parsed.faults:
                self._sink.warn(self._problem(fault, None))
        else:
            self._add_nothing(parsed)

    def lose(self, fault: Fault) -> None:
        """What was cut from a message that is too long takes a number of its own and is turned away."""
        self._sink.units += 1
        self._sink.reject(self._problem(fault, None), fault.text, self._sink.units)

    def _add_nothing(self, parsed: Parsed) -> None:
        """A header without a text takes a number and is turned away; text that is of no message is a warning."""
        message = parsed.message
        faults = parsed.faults or [Fault("messages.mt.missing", message.line, None, "{4:", "")]
        damaged = bool(message.basic or message.application) or any(_MESSAGE.search(fault.text) for fault in faults)
        if parsed.stray and not damaged:
            for fault in faults:
                self._sink.warn(self._problem(fault, None))
            return
        self._sink.units += 1
        for fault in faults:
            self._sink.reject(self._problem(fault, None), fault.text, self._sink.units)

    def _add_message(self, message: Message, faults: list[Fault], beside: Sequence[Field]) -> Iterator[None]:
        kind = message.type or guess_type(message.fields)
        units = split_units(kind, message.fields)
        faults += _type_faults(message, kind)
        shared = units[0].shared
        last = message.fields[-1].line
        faults += [Fault("messages.mt.missing", last, tag, f":{tag}:") for tag in missing_shared(kind, units)]
        most = _bound(shared)
        if len(shared) > most:
            over = shared[most]
            faults.append(Fault("messages.mt.fields", over.line, over.tag, f"{most}", f"{len(shared)}", over.value))
            shared = shared[:most]
        faults += check_fields(shared, kind)
        banks = list(_banks(message, faults))
        reference = message.reference or message.user_value(UETR) or None
        for number, unit in enumerate(units):
            self._sink.units += 1
            rows = Rows(self._builder, self._sink.units, reference, _details(message, unit))
            self._add_unit(rows, kind, Unit(shared, unit.own), faults, first=number == 0, beside=beside)
            for role, code, tag in banks:
                rows.add_bank(role, (), [code], message.line, tag)
            self._tell(faults, reference, screened=len(rows) > 0)
            faults = []
            yield

    def _add_unit(
        self, rows: Rows, kind: str, unit: Unit, faults: list[Fault], *, first: bool, beside: Sequence[Field]
    ) -> None:  # fmt: skip
        shared, own = unit
        begin = own[0].line
        shape = shape_of(kind, tuple([field.tag for field in shared]), tuple([field.tag for field in own]))
        faults += check_fields(own, kind)
        if shape.repeats:
            faults += check_repeated(kind, unit)
        if shape.missing:
            faults += [Fault("messages.mt.missing", begin, tag, f":{tag}:") for tag in shape.missing]
        fields = [*shared, *own] if shared else own
        for at, role in shape.parties:
            rows.add_party(fields[at], role, faults if first or at >= len(shared) else None)
        for field in fields:
            if ":" in field.value and field.tag not in TEXTS:
                for inner in inner_parties(field):
                    rows.add_party(inner, role_of(kind, inner.tag), None)
        # A structured value has one line; what follows may be of a field that was cut.
        run_on = [fields[at] for at in shape.plain if "\n" in fields[at].value]
        if shape.texts or run_on or beside:
            rows.add_text([*(fields[at] for at in shape.texts), *run_on, *beside], faults)
        if not len(rows):
            faults.append(Fault("messages.mt.nothing", begin, None, ":50a:, :59a:, :70:", f":{own[0].tag}:"))

    def _tell(self, faults: Iterable[Fault], reference: str | None, *, screened: bool) -> None:
        tell = self._sink.note if screened else self._sink.reject
        for fault in faults:
            tell(self._problem(fault, reference), fault.text[:SHOWN], self._sink.units)

    def _problem(self, fault: Fault, reference: str | None) -> Problem:
        where = Where(self._file, fault.line, fault.field, message=reference)
        return Problem(fault.code, where, fault.expected, fault.found)


def _bound(shared: Sequence[Field]) -> int:
    """How many of the fields that all transactions share may be repeated in each."""
    lengths = accumulate(len(field.value) for field in shared[:MOST_SHARED])
    return sum(length <= LONGEST_SHARED for length in lengths)


def _type_faults(message: Message, kind: str) -> Iterator[Fault]:
    """A type that block 2 does not say, or that is not known: its fields are read by their tags."""
    if message.application and not message.type:
        yield Fault("messages.mt.type", message.line, None, "{2:I103…", message.application[:20])
    elif not is_known(kind):
        yield Fault("messages.mt.type", message.line, None, "MT101, MT103, MT202, MT199", f"MT{kind}")


def _banks(message: Message, faults: list[Fault]) -> Iterator[Bank]:
    """Sender and receiver, by the addresses in the headers."""
    received = message.application[:1] == RECEIVED
    for block, stated, role, terminal in (
        ("{2:" if received else "{1:", message.application if received else message.basic, _SENDER, message.sender),
        ("{1:" if received else "{2:", message.basic if received else message.application, _RECEIVER, message.receiver),
    ):
        number, flawless = _bank_of(terminal)
        if number is not None:
            yield role, number, block
        if stated and not flawless:
            faults.append(Fault("messages.mt.bic", message.line, block, "ISO 9362", terminal))


@lru_cache(maxsize=1 << 10)
def _bank_of(terminal: str) -> tuple[Number | None, bool]:
    """The BIC of a terminal, and whether it is one."""
    code = bic_of_terminal(terminal)
    number = read_bic(code)
    return number or read_like_bic(code), number is not None


def _details(message: Message, unit: Unit) -> list[Pair]:
    """Reference (of the transaction if it has one, else end to end, else of the message), amount and day of value."""
    own = {tag: value for tag, value, _ in reversed(unit.own)}
    shared = {tag: value for tag, value, _ in reversed(unit.shared)}
    reference = (own.get("21") if shared else None) or message.user_value(UETR) or own.get("20") or shared.get("20")
    details: list[Pair] = [(_TRANSACTION, reference.strip()[:LONGEST])] if reference and reference.strip() else []
    day, amount = _money(own)
    if day is None and shared:
        day = _money(shared)[0] or read_money(shared.get("30", ""))[0]
    if amount:
        details.append((_AMOUNT, amount))
    if day:
        details.append((_VALUE_DATE, day))
    return details


def _money(values: dict[str, str]) -> tuple[str | None, str | None]:
    for tag in MONEY:
        if tag in values:
            return read_money(values[tag])
    return None, None
