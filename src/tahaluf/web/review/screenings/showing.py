"""Hits as a page shows them: whom, how much, why, in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from tahaluf.domain import AttributeEffect, Hit, TokenMatch
from tahaluf.names.written import as_written
from tahaluf.prose.labels import label
from tahaluf.web.catalogue.models import ListSource
from tahaluf.web.review.wording import value_in_words

MOST_REASONS = 4


@dataclass(frozen=True, slots=True)
class Why:
    """One reason: `subject` and `listing` are what met, `text` says how; `effect` is its weight, in nats."""

    subject: str
    listing: str
    text: str
    effect: float
    attribute: str = ""

    @property
    def contradicts(self) -> bool:
        """Whether it is a particular that speaks against."""
        return bool(self.attribute) and self.effect < 0


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A hit with the title of its list, the address of its listing's page, and the reasons that weigh most."""

    hit: Hit
    title: str
    address: str
    reasons: list[Why]


def show_hits(hits: Iterable[Hit]) -> list[ShownHit]:
    """In the order given; one query."""
    hits = list(hits)
    slugs = {hit.dataset for hit in hits}
    titles = dict(ListSource.objects.filter(slug__in=slugs).values_list("slug", "title")) if slugs else {}
    return [
        ShownHit(hit, titles.get(hit.dataset, hit.dataset), listing_address(hit.dataset, hit.listing_id), reasons(hit))
        for hit in hits
    ]


def listing_address(dataset: str, listing_id: str) -> str:
    """The page of a listing."""
    return reverse("catalogue:listing", args=(dataset, listing_id))


def reasons(hit: Hit) -> list[Why]:
    """What weighs most, names first."""
    explanation = hit.explanation
    names = explanation.subject_name, explanation.listing_name
    words = sorted((_word(token, *names) for token in explanation.tokens), key=lambda why: -abs(why.effect))
    rest = sorted(map(_attribute, explanation.attributes), key=lambda why: -abs(why.effect))
    told = [*words[:MOST_REASONS], *[why for why in rest if why.effect][:MOST_REASONS]]
    if not explanation.tokens:
        told += [Why("", "", label(f"term.{term.term}"), term.effect) for term in explanation.terms[:1]]
    return told


def _word(token: TokenMatch, mine: str, theirs: str) -> Why:
    met = as_written(token.subject, mine), as_written(token.listing, theirs)
    return Why(*met, label(f"reason.{token.reason}"), token.weight)


def _attribute(effect: AttributeEffect) -> Why:
    name = effect.attribute
    mine, theirs = value_in_words(name, effect.subject), value_in_words(name, effect.listing)
    return Why(mine, theirs, label(f"reason.{effect.reason}"), effect.effect, label(f"attribute.{name}"))
