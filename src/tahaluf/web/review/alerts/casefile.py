"""All that is known of an alert, gathered for whoever decides on it or reads it later: the page and the PDF show this.

Reach for `read_case`; its number of queries does not grow with the hits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from tahaluf.domain import Subject
from tahaluf.lists.diff import compare_listings
from tahaluf.names.written import as_written
from tahaluf.screening.export.report import limit_of, log_odds
from tahaluf.web.accounts.models import User
from tahaluf.web.catalogue.models import ListingState, ListSource
from tahaluf.web.catalogue.pages import Amended, Field, amended_of, facts_of
from tahaluf.web.catalogue.queries import states_now
from tahaluf.web.catalogue.showing import Shown, field_label, show_alias, show_all
from tahaluf.web.catalogue.stored import from_plain
from tahaluf.web.common.audit.models import AuditEntry
from tahaluf.web.review.alerts.exempting import Pair
from tahaluf.web.review.alerts.ports import Concern, concerns_of
from tahaluf.web.review.subjects import subject_of
from tahaluf.web.review.tables.alerts import Adjudication, Alert, AlertHit, AlertState, Exemption, Note
from tahaluf.web.review.wording import Unweighed, unweighed

PAST, LOOKED_AT, TRAIL = 10, 200, 100
# Who bears the same name meets the same listings; among so many of their latest hits it is looked for.
NAMESAKES_AMONG = 5_000
GOOD, NEAR = 0.9, 0.5
WIDEST = 5.0
UNCHANGED, CHANGED, GONE, UNKNOWN = "unchanged", "changed", "gone", "unknown"


class Token(NamedTuple):
    """A column of the alignment; `look` is how far the two are alike."""

    subject: str
    listing: str
    similarity: float | None
    weight: float
    reason: str
    look: str


class Effect(NamedTuple):
    """What something did to the log-odds, and the bar that shows it: `start` and `width` in a field of 200."""

    code: str
    effect: float
    reason: str = ""
    subject: str = ""
    listing: str = ""

    @property
    def contradicts(self) -> bool:
        return self.effect < 0

    @property
    def width(self) -> float:
        return round(min(abs(self.effect), WIDEST) / WIDEST * 100, 1)

    @property
    def start(self) -> float:
        return 100 - self.width if self.effect < 0 else 100


class Since(NamedTuple):
    """What became of the listing since: `unchanged`, `changed`, `gone`, or `unknown`."""

    what: str
    amended: list[Amended]


class Decided(NamedTuple):
    """A decision on another alert."""

    alert: Alert
    last: Adjudication | None


@dataclass(frozen=True, slots=True)
class HitShown:
    """A hit with its reasons, its listing as it stood, and what became of that."""

    hit: AlertHit
    list_title: str
    told: Mapping[str, Any]
    tokens: list[Token]
    terms: list[Effect]
    attributes: list[Effect]
    unweighed: list[Unweighed]
    name_odds: float
    odds: float
    limit: float
    names: list[Shown]
    facts: list[Field]
    designations: list[Shown]
    since: Since
    past: list[Decided]
    exemption: Exemption | None

    @property
    def evidence(self) -> tuple[str, str, str] | None:
        """The passage before, in and after what was found in a free text."""
        if not (told := self.told.get("evidence")):
            return None
        text, start, end = told["text"], told["start"], told["end"]
        return text[:start], text[start:end], text[end:]


class Happening(NamedTuple):
    """Something that was done to the alert."""

    at: datetime
    kind: str
    by: str
    what: Adjudication | Note | None

    @property
    def title(self) -> str:
        """What was done, as a noun: it agrees with nothing in any language."""
        if isinstance(self.what, Adjudication) and self.kind == "first":
            return str(self.what.get_disposition_display())
        if isinstance(self.what, Adjudication) and self.kind == "second":
            return _("True match confirmed") if self.what.disposition else _("True match not confirmed")
        return {"raised": _("Alert raised"), "note": _("Note"), "reopened": _("Alert opened again")}[self.kind]


@dataclass(frozen=True, slots=True)
class Case:
    """An alert and all around it."""

    alert: Alert
    subject: list[Field]
    details: list[tuple[str, str]]
    hits: list[HitShown]
    events: list[Happening]
    past: list[Decided]
    namesakes: list[Decided]
    exemptions: list[Exemption]
    trail: list[AuditEntry]
    first: Adjudication | None
    concerns: list[Concern]

    def may_second(self, reader: User) -> bool:
        """Whether this person is another one than who proposed."""
        first = self.first
        return first is not None and first.by_id != reader.pk and first.by_name != reader.get_username()


def read_alert(pk: int) -> Alert:
    """The alert with what its page needs at once; Alert.DoesNotExist otherwise."""
    return Alert.objects.select_related("purpose", "screening", "assigned_to", "first_by").get(pk=pk)


def read_case(alert: Alert) -> Case:
    hits = list(alert.hits.order_by("rank"))
    pairs = [(hit.dataset, hit.listing_id) for hit in hits]
    around = _Around(
        subject=subject_of(alert.subject),
        titles=dict(ListSource.objects.filter(slug__in={slug for slug, _ in pairs}).values_list("slug", "title")),
        now=states_now(pairs),
        past=_past_of_listings(alert, pairs),
        exemptions={(each.dataset, each.listing_id): each for each in alert.exemptions.order_by("pk")},
    )
    decisions = list(alert.adjudications.select_related("by").order_by("pk"))
    notes = list(alert.notes.order_by("pk"))
    trail = AuditEntry.objects.filter(target_type="alert", target_id=str(alert.pk)).order_by("-sequence")
    fields, details = _subject(around.subject)
    return Case(
        alert=alert,
        subject=fields,
        details=details,
        hits=[_shown(hit, around) for hit in hits],
        events=_events(alert, decisions, notes),
        past=_past_of_subject(alert),
        namesakes=_past_of_name(alert, pairs),
        exemptions=list(around.exemptions.values()),
        trail=list(trail[:TRAIL]),
        first=next((each for each in reversed(decisions) if each.step == "first"), None),
        concerns=concerns_of(alert),
    )


class _Around(NamedTuple):
    subject: Subject
    titles: Mapping[str, str]
    now: Mapping[Pair, ListingState]
    past: Mapping[Pair, list[Decided]]
    exemptions: Mapping[Pair, Exemption]


def _subject(subject: Subject) -> tuple[list[Field], list[tuple[str, str]]]:
    """The subject's fields, shown as those of a listing are, so that the eye can go across."""
    values: dict[str, Sequence[Any]] = {
        "names": subject.names,
        "kind": (subject.kind.value,),
        "birth_dates": subject.birth_dates,
        "birth_places": subject.birth_places,
        "nationalities": subject.nationalities,
        "residences": subject.residences,
        "gender": (subject.gender.value,) if subject.gender else (),
        "documents": subject.documents,
    }
    fields = [Field(name, field_label(name), show_all(name, given)) for name, given in values.items() if given]
    return fields, list(subject.details)


def _shown(hit: AlertHit, around: _Around) -> HitShown:
    told = hit.hit
    explained = told["explanation"]
    pair = hit.dataset, hit.listing_id
    listing = from_plain(hit.listing) if hit.listing else None
    effects = [item["effect"] for item in explained["attributes"]]
    weighed = {item["attribute"] for item in explained["attributes"]}
    return HitShown(
        hit=hit,
        list_title=around.titles.get(hit.dataset, hit.dataset),
        told=told,
        tokens=[_token(token, told["subject_name"], told["name"]) for token in explained["tokens"]],
        terms=[Effect(item["term"], item["effect"]) for item in explained.get("terms") or ()],
        attributes=[_attribute(item) for item in explained["attributes"]],
        unweighed=list(unweighed(around.subject, listing, weighed)) if listing else [],
        name_odds=log_odds(explained["name_score"]),
        odds=log_odds(hit.score),
        limit=limit_of(explained["name_score"], hit.score, effects),
        names=[show_alias(name) for name in listing.names] if listing else [],
        facts=facts_of(listing) if listing else [],
        designations=show_all("designations", listing.designations) if listing else [],
        since=_since(hit, around.now.get(pair)),
        past=around.past.get(pair, []),
        exemption=around.exemptions.get(pair),
    )


def _token(told: Mapping[str, Any], mine: str, theirs: str) -> Token:
    """As both names spell it."""
    alone = not (told["subject"] and told["listing"])
    near = "is-near" if told["similarity"] >= NEAR else ""
    look = "is-alone" if alone else "is-good" if told["similarity"] >= GOOD else near
    similarity = None if alone else told["similarity"]
    met = as_written(told["subject"], mine), as_written(told["listing"], theirs)
    return Token(*met, similarity, told["weight"], told["reason"], look)


def _attribute(told: Mapping[str, Any]) -> Effect:
    reason = told["reason"].rpartition(".")[2]
    return Effect(told["attribute"], told["effect"], reason, told.get("subject", ""), told.get("listing", ""))


def _since(hit: AlertHit, now: ListingState | None) -> Since:
    if now is None:
        return Since(GONE if hit.listing or hit.withdrawn_at else UNKNOWN, [])
    if now.digest == hit.listing_digest:
        return Since(UNCHANGED, [])
    if not hit.listing:
        return Since(UNKNOWN, [])
    return Since(CHANGED, amended_of(compare_listings(from_plain(hit.listing), from_plain(now.content))))


def _events(alert: Alert, decisions: Sequence[Adjudication], notes: Sequence[Note]) -> list[Happening]:
    """The newest first."""
    events = [Happening(alert.created_at, "raised", "", None)]
    events += [Happening(each.at, each.step, each.by_name, each) for each in decisions]
    events += [Happening(each.at, "note", each.by_name, each) for each in notes]
    return sorted(events, key=lambda event: event.at, reverse=True)


def _past_of_subject(alert: Alert) -> list[Decided]:
    same = Alert.objects.filter(subject_key=alert.subject_key).exclude(pk=alert.pk)
    return [_decided(each) for each in _with_decisions(same.order_by("-pk"))[:PAST]]


def _past_of_name(alert: Alert, pairs: Sequence[Pair]) -> list[Decided]:
    """The latest decisions on the same name with other particulars: maybe another person, maybe the same one."""
    if not alert.words:
        return []
    met = AlertHit.objects.filter(listing_id__in={listing for _, listing in pairs}).exclude(alert=alert)
    among = met.order_by("-pk").values("alert_id")[:NAMESAKES_AMONG]
    same = Alert.objects.filter(pk__in=among, words=alert.words, state=AlertState.CLOSED)
    others = same.exclude(subject_key=alert.subject_key)
    return [_decided(each) for each in _with_decisions(others.order_by("-pk"))[:PAST]]


def _past_of_listings(alert: Alert, pairs: Sequence[Pair]) -> dict[Pair, list[Decided]]:
    """The latest decisions on other alerts with the same listings, looked for among the latest hits on them."""
    same = AlertHit.objects.filter(listing_id__in={listing for _, listing in pairs}).exclude(alert=alert)
    found: dict[Pair, list[int]] = {pair: [] for pair in pairs}
    for dataset, listing, key in same.order_by("-pk").values_list("dataset", "listing_id", "alert_id")[:LOOKED_AT]:
        if len(keys := found.get((dataset, listing), [])) < PAST:
            keys.append(key)
    every = Alert.objects.filter(pk__in={key for keys in found.values() for key in keys}, state=AlertState.CLOSED)
    decided = {each.pk: _decided(each) for each in _with_decisions(every)}
    return {pair: [decided[key] for key in keys if key in decided] for pair, keys in found.items()}


def _with_decisions(alerts: Any) -> Any:
    newest = Prefetch("adjudications", Adjudication.objects.order_by("-pk"), to_attr="newest")
    return alerts.select_related("purpose").defer("subject", "place", "because").prefetch_related(newest)


def _decided(alert: Alert) -> Decided:
    newest: list[Adjudication] = alert.newest  # type: ignore[attr-defined]
    return Decided(alert, newest[0] if newest else None)
