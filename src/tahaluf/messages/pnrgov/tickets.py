"""What stands with a ticket or a check-in: who pays (`IFT+4:43`, `FOP`), where they live (`ADD`), bags (`TBD`)."""

from collections.abc import Sequence

from tahaluf.domain import PartyRole
from tahaluf.messages.batches import Pair
from tahaluf.messages.details import Detail
from tahaluf.messages.edifact import Segment
from tahaluf.messages.pnrgov.freetext import tell_contact
from tahaluf.messages.pnrgov.names import clean
from tahaluf.messages.pnrgov.record import Party, Spot

MAX_BAGS = 50


def read_payment(segment: Segment) -> list[str]:
    """Cards of a form of payment (`CC:::VI:XXXXXXXX1186:0211`) by issuer and last four figures; no more is kept."""
    found = []
    for element in segment.elements:
        kind, _, _, vendor, account = [*element, "", "", "", "", ""][:5]
        figures = "".join(filter(str.isalnum, account))[-4:]
        if kind.strip() == "CC" and figures.isdigit() and len(figures) == 4:
            found.append(mask_card(vendor, account))
    return found


def mask_card(vendor: str, account: str) -> str:
    """`VI ****1186`."""
    return clean(f"{vendor} ****{''.join(filter(str.isalnum, account))[-4:]}")


def read_payer(texts: Sequence[str], spot: Spot) -> Party | None:
    """A sponsor: name, address, telephone; None where there is no name."""
    name, address, phone = [*texts, "", "", ""][:3]
    surname, _, given = name.partition("/")
    payer = Party(clean(surname), clean(given), spot, PartyRole.PAYER)
    payer.tell(Detail.ADDRESS, address)
    payer.tell(Detail.PHONE, phone)
    return payer if payer.names else None


def read_address(segment: Segment) -> list[Pair]:
    """Addresses, and telephones and electronic addresses in their free text.

    `ADD++700:STREET:CITY:REGION:REGION NAME:COUNTRY:POSTAL CODE:FREE TEXT`.
    """
    found: list[Pair] = []
    for element in segment.elements[1:]:
        _, *parts, text = [*element, *[""] * 8][:8]
        rest = clean(":".join([text, *element[8:]]).strip(":"))
        contact = tell_contact(rest) if rest else None
        # A free text that is no way to call anyone is the end of an address that was put one place too far.
        line = ", ".join(part for part in (*map(clean, parts), "" if contact else rest) if part)
        found += [(Detail.ADDRESS, line)] if line else []
        found += [contact] if contact else []
    return found


def read_baggage(segment: Segment) -> list[str]:
    """Bag tags: `+HP+KL:4074902824:3:MSP` as `KL 4074902824 3 MSP` (issuer, first tag, how many, destination)."""
    pooled = segment.value(3, 2)
    tags = [clean(" ".join(part for part in element if part.strip())) for element in segment.elements[3:MAX_BAGS]]
    return [tag for tag in (pooled, *tags) if any(map(str.isdigit, tag))]
