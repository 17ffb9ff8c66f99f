"""Interchanges written: segments with their service characters released, envelopes with their counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tahaluf.messages.edifact.syntax import USUAL, Separators

Element = str | Sequence[str]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """The envelope: who sends to whom, when (local time), under which control reference; `association` is that of the
    message (0057). `grouped` puts the messages into a `UNG`."""

    sender: str
    recipient: str
    prepared_at: datetime
    reference: str = "1"
    application: str = "APIS"
    release: str = "12B"
    association: str = "IATA"
    grouped: bool = False
    separators: Separators = USUAL


def write_segment(tag: str, *elements: Element, separators: Separators = USUAL) -> str:
    """A segment without its terminator; elements and components that are empty at the end are left out."""
    written = [_element(element, separators) for element in elements]
    while written and not written[-1]:
        written.pop()
    return separators.element.join([tag, *written])


def _element(element: Element, separators: Separators) -> str:
    values = [element] if isinstance(element, str) else list(element)
    while values and not values[-1]:
        values.pop()
    return separators.component.join(map(separators.escape, values))


def write_interchange(messages: Sequence[Sequence[str]], kind: str, outgoing: Outgoing) -> bytes:
    """An interchange of messages of one type, each given as its segments between `UNH` and `UNT`.

    The repertoire is the least that holds the text: `UNOA`, `UNOB` with small letters, else `UNOY` in UTF-8.
    """
    body: list[str] = []
    separators = outgoing.separators
    for number, segments in enumerate(messages, start=1):
        reference = f"{outgoing.reference}{number:04d}"[-14:]
        identity = (kind, "D", outgoing.release, "UN", outgoing.association)
        body.append(write_segment("UNH", reference, identity, separators=separators))
        body.extend(segments)
        body.append(write_segment("UNT", str(len(segments) + 2), reference, separators=separators))
    if outgoing.grouped:
        body = [_group_header(kind, outgoing), *body]
        body.append(write_segment("UNE", str(len(messages)), outgoing.reference, separators=separators))
    text = "".join(f"{segment}{separators.terminator}\n" for segment in body)
    repertoire = "UNOY" if not text.isascii() else "UNOA" if text == text.upper() else "UNOB"
    counted = "1" if outgoing.grouped else str(len(messages))
    header = write_segment(
        "UNB", (repertoire, "4"), outgoing.sender, outgoing.recipient, _prepared(outgoing), outgoing.reference, "",
        outgoing.application, separators=separators,
    )  # fmt: skip
    trailer = write_segment("UNZ", counted, outgoing.reference, separators=separators)
    end = separators.terminator
    return f"{separators.advice}\n{header}{end}\n{text}{trailer}{end}\n".encode()


def _prepared(outgoing: Outgoing) -> tuple[str, str]:
    return outgoing.prepared_at.strftime("%y%m%d"), outgoing.prepared_at.strftime("%H%M")


def _group_header(kind: str, outgoing: Outgoing) -> str:
    return write_segment(
        "UNG", kind, outgoing.sender, outgoing.recipient, _prepared(outgoing), outgoing.reference, "UN",
        ("D", outgoing.release), separators=outgoing.separators,
    )  # fmt: skip
