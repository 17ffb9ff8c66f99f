"""An alert's case file as PDF: the complete record, for whoever must answer for it later, in the reader's language.

It holds what was received and from where, the listing as it stood and the version of its list, every reason of the
score with the versions that made it, every act with who, in what role, when and why, and what is kept until when.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from tahaluf.prose.i18n import speaking
from tahaluf.prose.labels import label
from tahaluf.web.accounts.letterhead import letterhead_lines
from tahaluf.web.accounts.permissions import Role
from tahaluf.web.catalogue.models import ListVersion
from tahaluf.web.catalogue.showing import Shown
from tahaluf.web.common.preferences import current
from tahaluf.web.review.alerts.casefile import Case, Effect, Happening, HitShown
from tahaluf.web.review.alerts.reasons import reason_label
from tahaluf.web.review.tables.alerts import AlertState
from tahaluf.web.review.templatetags.alerts import PLACES, act_label, place_value, sign
from tahaluf.web.review.wording import value_in_words
from tahaluf.web.ui.formatting import duration, in_language, long_date, moment, number, score
from tahaluf.web.ui.pdf import facts, heading, notice, render_pdf, table, text

Block = dict[str, Any]


def case_pdf(case: Case, by: str) -> bytes:
    """The document in the current language."""
    now = timezone.now()
    alert = case.alert
    title = _("Case file: alert %(number)s") % {"number": isolated(str(alert.pk))}
    with speaking(current().language):
        data = {
            "title": title,
            "subtitle": alert.caption,
            "letterhead": letterhead_lines(current().language),
            "head": title,
            "marking": _("Contains personal data"),
            "foot": _("Made on %(when)s by %(name)s") % {"when": isolated(moment(now)), "name": isolated(by)},
            "blocks": list(_blocks(case)),
        }
    return render_pdf("ui/plain.typ", data, current().language, at=now)


def isolated(value: str) -> str:
    """A value within a sentence, kept from the sentence's direction."""
    return f"\u2068{value}\u2069"


def _blocks(case: Case) -> Iterator[Block]:
    alert = case.alert
    yield notice(_("The desk proposes and shows why. A person decides."))
    yield facts(_state(case))
    yield heading(_("Subject, as received"))
    yield facts(_subject(case))
    versions = _versions(case)
    for shown in case.hits:
        yield from _hit(shown, versions.get((shown.hit.dataset, shown.hit.version)))
    yield heading(_("History"))
    yield table([_("When"), _("Who"), _("What"), _("Reasons and words")], map(_event, reversed(case.events)))
    if case.exemptions:
        yield heading(_("Remembered false positives"))
        rows = [[each.listing_caption, each.by_name, long_date(each.expires_on), _ended(each)]
                for each in case.exemptions]  # fmt: skip
        yield table([_("Listing"), _("Decided by"), _("Until"), _("State")], rows)
    if case.concerns:
        yield heading(_("Complaints"))
        rows = [[each.reference, str(each.state), long_date(each.since)] for each in case.concerns]
        yield table([_("Reference"), _("State"), _("Received on")], rows)
    yield heading(_("The screening"))
    yield facts(_screening(case))
    yield heading(_("Who saw and did what"))
    trail = [[moment(entry.at), entry.actor, act_label(entry.action), str(entry.sequence)] for entry in case.trail]
    yield table([_("When"), _("Who"), _("What"), _("Entry of the audit log")], trail)
    if alert.state != AlertState.CLOSED:
        yield text(_("The alert is not decided yet."))


def _state(case: Case) -> Iterator[tuple[str, str]]:
    alert = case.alert
    yield _("State"), str(alert.get_state_display())
    yield _("Disposition"), str(alert.get_disposition_display()) if alert.disposition else ""
    yield _("Purpose"), alert.purpose.title(current().language)
    yield _("Score"), score(alert.score)
    yield _("Raised"), moment(alert.created_at)
    yield _("Due"), moment(alert.due_at)
    yield _("Decided"), moment(alert.decided_at) if alert.decided_at else ""
    yield _("Time to the decision"), duration(alert.decided_at - alert.created_at) if alert.decided_at else ""
    yield _("Assigned to"), alert.assigned_to.get_username() if alert.assigned_to else ""
    yield _("To be deleted on"), long_date(alert.delete_on) if alert.delete_on else ""


def _subject(case: Case) -> Iterator[tuple[str, str]]:
    alert = case.alert
    for field in case.subject:
        yield field.label, told_all(field.values)
    for code, value in case.details:
        yield label(f"message.{code}"), value
    for name, value in alert.place.items():
        yield str(PLACES.get(name, name)), place_value(value, name) if value else ""
    yield _("SHA-256 of the subject"), halved(alert.subject_digest)


def _hit(shown: HitShown, version: ListVersion | None) -> Iterator[Block]:
    hit, explained = shown.hit, shown.told["explanation"]
    yield heading(f"{number(hit.rank)}. {isolated(hit.caption)}")
    yield facts(_hit_facts(shown, version))
    if shown.tokens:
        rows = [[t.subject or "—", t.listing or "—", "" if t.similarity is None else score(t.similarity),
                 label(f"reason.{t.reason}")] for t in shown.tokens]  # fmt: skip
        yield table([_("Subject"), _("Listing"), _("Similarity"), _("Finding")], rows)
    yield table([_("Evidence"), _("Subject"), _("Listing"), _("Finding"), _("Log-odds")], _evidence(shown, explained))
    if shown.since.amended:
        changed = [[f.label, told_all(f.before), told_all(f.after)] for f in shown.since.amended]
        yield table([_("What has changed since"), _("before"), _("now")], changed)


def _hit_facts(shown: HitShown, version: ListVersion | None) -> Iterator[tuple[str, str]]:
    hit = shown.hit
    yield _("List"), shown.list_title
    yield _("Reference"), hit.reference
    yield _("Listing’s id"), hit.listing_id
    yield _("Version of the list"), number(hit.version) if hit.version else ""
    if version is not None:
        yield _("Published on"), long_date(version.published_on) if version.published_on else ""
        yield _("Imported"), moment(version.imported_at)
        yield _("SHA-256 of the list’s file"), halved(version.digest)
    yield _("SHA-256 of the listing"), halved(hit.listing_digest)
    explained = shown.told["explanation"]
    yield _("Engine and index"), lines([isolated(explained["engine"]), isolated(explained["index"])])
    yield _("No longer listed since"), moment(hit.withdrawn_at) if hit.withdrawn_at else ""
    yield _("Names"), told_all(shown.names)
    for field in shown.facts:
        yield field.label, told_all(field.values)
    yield _("Designations"), told_all(shown.designations)
    if shown.evidence:
        yield _("Passage"), "{}⟦{}⟧{}".format(*shown.evidence)


def _evidence(shown: HitShown, explained: dict[str, Any]) -> Iterator[list[str]]:
    for term in shown.terms:
        yield [label(f"term.{term.code}"), "", "", "", sign(term.effect)]
    names = [shown.told["subject_name"], shown.told["name"]]
    together = _("The names together: sum so far") if shown.terms else _("The names together")
    yield [together, *names, score(explained["name_score"]), sign(shown.name_odds)]
    for item in shown.attributes:
        yield _attribute(item)
    for one in shown.unweighed:
        yield [
            label(f"attribute.{one.code}"),
            one.subject,
            one.listing,
            _("no agreement; counts neither way"),
            sign(0.0),
        ]
    if shown.limit:
        yield [_("Limit on what may be added beside the name"), "", "", "", sign(shown.limit)]
    yield [_("All together"), "", "", score(shown.hit.score), sign(shown.odds)]


def _attribute(item: Effect) -> list[str]:
    values = [value_in_words(item.code, value) or "—" for value in (item.subject, item.listing)]
    return [label(f"attribute.{item.code}"), *values, label(f"reason.{item.reason}"), sign(item.effect)]


def _event(event: Happening) -> list[str]:
    what = event.what
    by = _("the desk itself") if event.by in ("", "system") else event.by
    if event.kind in ("raised", "note"):
        return [moment(event.at), by, event.title, what.text if what else ""]
    roles = ", ".join(str(Role(role).label) for role in what.roles)  # type: ignore[union-attr]
    reasons = [str(reason_label(code)) for code in what.reasons]  # type: ignore[union-attr]
    listings = [isolated(listing) for _list, listing in what.hits]  # type: ignore[union-attr]
    who = f"{isolated(by)} ({roles})" if roles else by
    return [moment(event.at), who, event.title, lines([*listings, *reasons, what.text])]  # type: ignore[union-attr]


def _ended(exemption: Any) -> str:
    return _("ended") if exemption.ended_at else _("in force")


def _screening(case: Case) -> Iterator[tuple[str, str]]:
    screening = case.alert.screening
    yield _("Screening"), str(screening.pk)
    yield _("Origin"), str(screening.get_origin_display())
    yield _("Title"), screening.title
    yield _("Legal basis"), in_language(screening.legal_basis)
    yield _("Asked by"), screening.asked_by_name
    yield _("Received"), moment(screening.created_at)
    yield _("Begun"), moment(screening.started_at) if screening.started_at else ""
    yield _("Finished"), moment(screening.finished_at) if screening.finished_at else ""
    yield _("Threshold"), score(screening.threshold)
    yield _("Versions of lists"), lines(isolated(f"{slug} {version}") for slug, version in screening.versions.items())
    yield _("Engine"), screening.engine
    yield _("Index"), screening.index_id
    yield _("SHA-256 of the file"), halved(screening.file_digest)


def _versions(case: Case) -> dict[tuple[str, int | None], ListVersion]:
    wanted = Q(pk=None)
    for shown in case.hits:
        wanted |= Q(source__slug=shown.hit.dataset, number=shown.hit.version)
    return {
        (each.source.slug, each.number): each for each in ListVersion.objects.filter(wanted).select_related("source")
    }


def told_all(values: Iterable[Shown]) -> str:
    """Values with their notes, one a line."""
    return lines(
        " · ".join(isolated(part) for part in (f"{each.about}: {each.text}" if each.about else each.text, *each.notes))
        for each in values
    )


def lines(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)


def halved(digest: str) -> str:
    """A digest on two lines, as wide as a column is."""
    return lines([digest[:32], digest[32:]])
