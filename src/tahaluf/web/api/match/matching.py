"""`POST /match/{dataset}`: up to a hundred queries, screened as one batch."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from tahaluf.domain import Hit
from tahaluf.messages.schema import batch_of
from tahaluf.screening import Screener
from tahaluf.web.accounts.models import Scope
from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.api.access import Caller
from tahaluf.web.api.body import read_json
from tahaluf.web.api.faults import Refused
from tahaluf.web.api.match.datasets import Against, against
from tahaluf.web.api.match.endpoints import Answer, endpoint
from tahaluf.web.api.match.entities import entities_of
from tahaluf.web.api.match.parameters import (
    DEFAULT_LIMIT,
    MOST_MATCHES,
    Filter,
    check_algorithm,
    check_settings,
    read_filter,
    read_integer,
    read_share,
    read_truth,
)
from tahaluf.web.api.match.purposes import purpose_for
from tahaluf.web.api.match.recording import COUNTS, program_of
from tahaluf.web.api.match.results import entity_of, scored
from tahaluf.web.api.match.subjects import Asked, read_query
from tahaluf.web.review.screenings.programs import alerts_by_row, keep_request

MOST_QUERIES = 100
MOST_NAMES = 2000
MOST_HITS = 1000
# Of one subject, in an alert.
MOST_KEPT = 100
# A score of exactly 0 would bring up every listing that shares a letter.
LOWEST = 0.01


@endpoint("POST", (Scope.MATCH,), (Permission.SCREEN,))
def match(request: HttpRequest, caller: Caller, dataset: str) -> Answer:
    """Screens the queries; nothing of them is kept but their number, unless `record=true`."""
    given = request.GET
    check_algorithm(request)
    purpose = purpose_for(caller.token, given.get("purpose"))
    limit = read_integer(given, "limit", DEFAULT_LIMIT, MOST_MATCHES)
    threshold = read_share(given, "threshold", purpose.threshold)
    cutoff = max(LOWEST, min(threshold, read_share(given, "cutoff", threshold)))
    asked, record = read_filter(given), read_truth(given, "record", False)
    if record and Scope.WRITE not in caller.token.scopes:
        raise Refused(403, "api.scope", field="record", expected=Scope.WRITE)
    queries = read_queries(read_json(request))
    place = against(dataset)
    every = screen(place.opened.screener, list(queries.values()), min(cutoff, purpose.threshold) if record else cutoff)
    found = [[hit for hit in hits if hit.score >= cutoff] for hits in every]
    responses, kept = respond(place, asked, queries, found, (limit, threshold))
    value: dict[str, Any] = {"responses": responses, "limit": limit}
    COUNTS.add(caller, purpose, place.opened.edition, len(queries), sum(map(len, kept)))
    if record:
        subjects = [query.subject for query in queries.values()]
        screening, raised = keep_request(
            program_of(caller), purpose, place.opened.edition,
            list(zip(subjects, to_review(place, every, purpose.threshold), strict=True)),
        )  # fmt: skip
        by_row = alerts_by_row(screening)
        value["screening"] = {
            "id": str(screening.pk), "alerts": raised.alerts, "exempted": raised.exempted,
            "raised": {key: by_row[row] for row, key in enumerate(queries, 1) if row in by_row},
        }  # fmt: skip
    return Answer(value, {"x-batch-size": str(len(queries))})


def read_queries(body: Any) -> dict[str, Asked]:
    """The queries of a request by their keys; Refused where they are not what they should be."""
    if not isinstance(body, dict) or not isinstance(raw := body.get("queries"), dict):
        raise Refused(422, "api.value", field="queries", expected='{"KEY": {"schema": …, "properties": {…}}}')
    check_settings(body)
    if len(raw) > MOST_QUERIES:
        raise Refused(400, "api.too_many", field="queries", expected=str(MOST_QUERIES))
    queries = {key: read_query(key, query) for key, query in raw.items() if query is not None}
    if not queries:
        raise Refused(400, "api.no_queries", field="queries")
    if sum(len(query.subject.names) for query in queries.values()) > MOST_NAMES:
        raise Refused(400, "api.too_many", field="name", expected=str(MOST_NAMES))
    return queries


def screen(screener: Screener, queries: Sequence[Asked], cutoff: float) -> list[list[Hit]]:
    """The hits of each query, all that reach the cutoff, in one call to the engine."""
    if len(queries) == 1:
        return [screener.match(queries[0].subject, top=MOST_HITS, threshold=cutoff)]
    batch = batch_of([query.subject for query in queries])
    return screener.screen_batch(batch, top=MOST_HITS, threshold=cutoff)


def to_review(place: Against, found: Sequence[Sequence[Hit]], threshold: float) -> list[list[Hit]]:
    """Of each query the hits that become an alert: by the purpose's threshold, whatever the request asked to see. Who
    calls the API does not decide what is reviewed."""
    entities = entities_of(place.opened.edition, {(hit.dataset, hit.listing_id) for hits in found for hit in hits})
    nothing = Filter()
    return [
        [hit for hit in hits if hit.score >= threshold and place.admits(entity_of(hit, entities), nothing)][:MOST_KEPT]
        for hits in found
    ]


def respond(
    place: Against, asked: Filter, queries: dict[str, Asked], found: Sequence[Sequence[Hit]],
    bounds: tuple[int, float],
) -> tuple[dict[str, Any], list[list[Hit]]]:  # fmt: skip
    """The response to each query, and of each the hits at or over the threshold that its filters let pass."""
    limit, threshold = bounds
    entities = entities_of(place.opened.edition, {(hit.dataset, hit.listing_id) for hits in found for hit in hits})
    responses, kept = {}, []
    for (key, query), hits in zip(queries.items(), found, strict=True):
        passing = [(hit, entity_of(hit, entities)) for hit in hits]
        passing = [(hit, entity) for hit, entity in passing if place.admits(entity, asked)]
        matches = [hit for hit, _ in passing if hit.score >= threshold]
        kept.append(matches)
        responses[key] = {
            "status": 200,
            "results": [scored(hit, entity, threshold) for hit, entity in passing[:limit]],
            "total": {"value": len(matches), "relation": "eq"},
            "query": {"id": query.id, "schema": query.schema, "properties": query.properties},
        }
    return responses, kept
