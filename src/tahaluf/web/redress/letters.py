"""Letters to people who complain: a receipt, word of where it went, an answer; in their language.

The fixed sentences are translated like all others; what an officer adds stands as it was written.
"""

from typing import Any, NamedTuple

from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tahaluf.web.accounts.letterhead import letterhead_lines
from tahaluf.web.redress.models import Complaint, Outcome, Route, Step
from tahaluf.web.ui.formatting import long_date
from tahaluf.web.ui.pdf import text


class Place(NamedTuple):
    """Where a request for removal is written to: the office by its official name, and its public page that says how;
    `source` is who publishes that."""

    office: Promise | str
    page: str
    source: str


_DELISTING = "https://main.un.org/securitycouncil/en/sanctions/delisting"
_SOURCE = "United Nations Security Council, Sanctions: De-listing"
PLACES = {
    Route.OMBUDSPERSON: Place(
        gettext_lazy("Office of the Ombudsperson to the ISIL (Da’esh) and Al-Qaida Sanctions Committee"),
        _DELISTING, _SOURCE,
    ),
    Route.FOCAL_POINT: Place(gettext_lazy("Focal Point for De-listing, United Nations"), _DELISTING, _SOURCE),
}  # fmt: skip


class Letter(NamedTuple):
    """A letter as it is sent: its language, its heading, its paragraphs, the name and address of the office as they
    were."""

    language: str
    heading: str
    paragraphs: list[str]
    letterhead: list[str]


def write_letter(complaint: Complaint, kind: str, words: str) -> Letter:
    """`kind`: receipt, referral or answer."""
    with translation.override(complaint.language):
        heading = _("Your complaint {reference}").format(reference=complaint.reference)
        body = {"receipt": _receipt, "referral": _referral, "answer": _answer}[kind](complaint)
        added = [part.strip() for part in words.split("\n\n") if part.strip()]
        paragraphs = [_greeting(complaint), *body, *added, *_ending()]
    return Letter(complaint.language, heading, paragraphs, letterhead_lines(complaint.language))


def laid_out(step: Step) -> dict[str, Any]:
    """The letter of a step as a document (`ui/plain.typ`): its day, to whom and where it goes, what it says."""
    told = step.letter or {}
    name, *said = told["paragraphs"]
    with translation.override(told["language"]):
        day = long_date(timezone.localdate(step.at))
    address = [line for line in step.complaint.contact.splitlines() if line.strip()]
    blocks = [text(name, *address), text(*said)]
    return {"title": told["heading"], "subtitle": day, "letterhead": told.get("letterhead", []), "blocks": blocks}


def _greeting(complaint: Complaint) -> str:
    return _("To: {name}").format(name=complaint.name)


def _receipt(complaint: Complaint) -> list[str]:
    return [
        _("We have received your complaint and given it the number {reference}.").format(reference=complaint.reference),
        _("A person examines it, and you will have an answer by {day} at the latest.").format(
            day=long_date(complaint.due_on)
        ),
        _("Until then no decision about you is taken on the sole ground of a similarity of names."),
    ]


def _referral(complaint: Complaint) -> list[str]:
    return {
        Route.OMBUDSPERSON: [
            _("The ISIL (Da’esh) and Al-Qaida list is kept by the United Nations Security Council."),
            _("A request to be removed from it is examined by the Office of the Ombudsperson, which is independent."),
            _("You can write to it yourself; no State has to agree."),
            *_where_to_write(Route.OMBUDSPERSON),
        ],
        Route.FOCAL_POINT: [
            _("The list is kept by the United Nations Security Council."),
            _("The Focal Point for De-listing at the United Nations takes requests to be removed from it."),
            _("It also takes the statement that you were mistaken for someone who is listed."),
            *_where_to_write(Route.FOCAL_POINT),
        ],
        Route.OFAC: [
            _("The list is kept by the Office of Foreign Assets Control of the United States Treasury."),
            _("It examines requests for removal."),
        ],
        Route.NATIONAL: [
            _("The list is kept by a national authority, which examines requests for removal."),
            _("We have passed yours on."),
        ],
        Route.OWN: [_("Your complaint is examined by this office.")],
    }[Route(complaint.route)]  # fmt: skip


def _where_to_write(route: Route) -> list[str]:
    place = PLACES[route]
    return [
        _("Write to: {office}").format(office=place.office),
        _("How to write to it: {page}").format(page=place.page),
    ]


def _answer(complaint: Complaint) -> list[str]:
    return {
        Outcome.UPHELD: [_("Your complaint was examined by a person and is upheld.")],
        Outcome.PARTLY: [_("Your complaint was examined by a person and is upheld in part.")],
        Outcome.REJECTED: [_("Your complaint was examined by a person and could not be upheld.")],
        Outcome.REFERRED: [_("The decision is not ours; your complaint was passed on to the authority that takes it.")],
    }[Outcome(complaint.outcome)]


def _ending() -> list[str]:
    return [
        _("You may dispute this before the authority that supervises data protection."),
        _("You may also dispute it before the courts."),
    ]
