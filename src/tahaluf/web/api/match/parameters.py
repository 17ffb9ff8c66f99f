"""The query string of `/match`, `/search` and the rest: read, bounded; what is unknown is ignored, as yente does."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, QueryDict

from tahaluf.web.api.faults import Refused
from tahaluf.web.api.match.facts import FACTS
from tahaluf.web.api.match.schemata import ABOVE
from tahaluf.web.api.match.sorting import Sort, read_sorts

DEFAULT_LIMIT, MOST_MATCHES = 5, 500
PAGE, MOST_PAGE, MOST_OFFSET = 10, 500, 9499
MOST_EXCLUDED = 50
ALGORITHM = "tahaluf"
ALGORITHMS = (ALGORITHM, "best")
TIME = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?)?", re.ASCII)
INTEGER = re.compile(r"-?\d{1,9}", re.ASCII)
NUMBER = re.compile(r"\d{1,9}(?:\.\d{0,17})?", re.ASCII)
TRUTHS = {"true": True, "1": True, "yes": True, "on": True, "false": False, "0": False, "no": False, "off": False}


@dataclass(frozen=True, slots=True)
class Filter:
    """Which listings may be among the results. `lists` None: all."""

    lists: frozenset[str] | None = None
    not_lists: frozenset[str] = frozenset()
    schemata: frozenset[str] = frozenset()
    not_schemata: frozenset[str] = frozenset()
    own_schemata: frozenset[str] = frozenset()  # exactly these
    topics: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    not_ids: frozenset[str] = frozenset()
    changed_since: str = ""
    facts: tuple[tuple[str, frozenset[str]], ...] = ()
    every: bool = False  # all of the topics and countries, not any


FACETS = ("countries", "topics", "datasets")
KNOWN_FACETS = (*FACETS, "schema", "names", "identifiers", "genders")
PROPERTIES = "properties."
FIELDS = ("countries", "topics", "datasets", "schema")
MOST_FILTERS = 50
ROOT = "Thing"


@dataclass(frozen=True, slots=True)
class Browsing:
    """What `/search` is asked beside the text. `target` False: only what is no listing, of which there is nothing."""

    filter: Filter
    facets: tuple[str, ...]
    target: bool
    sorts: tuple[Sort, ...] = ()


def read_filter(given: QueryDict) -> Filter:
    """The filters that all routes share."""
    excluded = given.getlist("exclude_entity_ids")
    if len(excluded) > MOST_EXCLUDED:
        raise Refused(422, "api.too_many", field="exclude_entity_ids", expected=str(MOST_EXCLUDED))
    since = given.get("changed_since", "")
    if since and not TIME.fullmatch(since):
        raise Refused(422, "api.value", field="changed_since", expected="YYYY-MM-DD[THH:MM[:SS]]", found=since)
    lists = given.getlist("include_dataset")
    return Filter(
        lists=frozenset(lists) if lists else None,
        not_lists=frozenset(given.getlist("exclude_dataset")),
        schemata=read_schemata(given, "include_schema"),
        not_schemata=read_schemata(given, "exclude_schema"),
        topics=frozenset(given.getlist("topics")),
        not_ids=frozenset(excluded),
        changed_since=since,
    )


def read_browsing(given: QueryDict) -> Browsing:
    """The filters of `/search`, and its order."""
    operator = given.get("filter_op", "OR")
    if operator not in ("OR", "AND"):
        raise Refused(422, "api.value", field="filter_op", expected="OR, AND", found=operator)
    facets = given.getlist("facets") or list(FACETS)
    if unknown := [facet for facet in facets if facet not in KNOWN_FACETS]:
        raise Refused(422, "api.value", field="facets", expected=", ".join(KNOWN_FACETS), found=unknown[0])
    asked, fields = read_filter(given), read_fields(given.getlist("filter"))
    lists = frozenset((*given.getlist("datasets"), *fields.pop("datasets", ())))
    if lists:
        asked = replace(asked, lists=lists if asked.lists is None else asked.lists & lists)
    schemata = read_schemata(given, "schema") or frozenset((ROOT,))
    countries = frozenset(code.lower() for code in (*given.getlist("countries"), *fields.pop("countries", ())))
    asked = replace(
        asked, schemata=asked.schemata or schemata, countries=countries, every=operator == "AND",
        topics=asked.topics | fields.pop("topics", set()), own_schemata=frozenset(fields.pop("schema", ())),
        facts=tuple((name.removeprefix(PROPERTIES), frozenset(values)) for name, values in fields.items()),
    )  # fmt: skip
    sorts = read_sorts(given.getlist("sort"))
    return Browsing(asked, tuple(facets), read_truth(given, "target", True), sorts)


def read_fields(given: Sequence[str]) -> dict[str, set[str]]:
    """`filter=FIELD:VALUE` as often as wanted, by field; Refused where there is no such field, or too many."""
    if len(given) > MOST_FILTERS:
        raise Refused(422, "api.too_many", field="filter", expected=str(MOST_FILTERS))
    fields: dict[str, set[str]] = {}
    for text in given:
        field, _, value = text.partition(":")
        known = field in FIELDS or (field.startswith(PROPERTIES) and field.removeprefix(PROPERTIES) in FACTS)
        if not known or not value:
            expected = ", ".join((*FIELDS, *(f"{PROPERTIES}{name}" for name in sorted(FACTS)[:8]), "…"))
            raise Refused(400, "api.value", field="filter", expected=expected, found=text)
        fields.setdefault(field, set()).add(value)
    return fields


def read_schemata(given: QueryDict, name: str) -> frozenset[str]:
    """Names of schemata; Refused (400) where there is none of that name."""
    asked = given.getlist(name)
    for schema in asked:
        if schema not in ABOVE:
            raise Refused(400, "api.schema", field=name, expected=", ".join(ABOVE), found=schema)
    return frozenset(asked)


def read_integer(given: QueryDict, name: str, otherwise: int, most: int) -> int:
    """A whole number from 0 to `most`; Refused (422) otherwise."""
    text = given.get(name)
    if text is None:
        return otherwise
    if not INTEGER.fullmatch(text) or not 0 <= (value := int(text)) <= most:
        raise Refused(422, "api.value", field=name, expected=f"0–{most}", found=text)
    return value


def read_window(given: QueryDict) -> tuple[int, int]:
    """`limit` and `offset`."""
    return read_integer(given, "limit", PAGE, MOST_PAGE), read_integer(given, "offset", 0, MOST_OFFSET)


def read_share(given: QueryDict, name: str, otherwise: float) -> float:
    """A number from 0 to 1; Refused (422) otherwise."""
    text = given.get(name)
    if text is None:
        return otherwise
    if not NUMBER.fullmatch(text) or (value := float(text)) > 1:
        raise Refused(422, "api.value", field=name, expected="0–1", found=text)
    return value


def read_truth(given: QueryDict, name: str, otherwise: bool) -> bool:
    """true or false; Refused (422) otherwise."""
    text = given.get(name)
    if text is None:
        return otherwise
    if (value := TRUTHS.get(text.lower())) is None:
        raise Refused(422, "api.value", field=name, expected="true, false", found=text)
    return value


def check_algorithm(request: HttpRequest) -> None:
    """Refused (400) for an algorithm that is not here: its thresholds would mean something else."""
    asked = request.GET.get("algorithm", ALGORITHM)
    if asked not in ALGORITHMS:
        raise Refused(400, "api.algorithm", field="algorithm", expected=", ".join(ALGORITHMS), found=asked)


def check_settings(body: dict[str, Any]) -> None:
    """Refused where a request sets what cannot be set: `config` has no keys here, `weights` are the engine's."""
    for name, expected in (("config", ALGORITHM), ("weights", "")):
        given = body.get(name)
        if given is None:
            continue
        if not isinstance(given, dict):
            raise Refused(422, "api.value", field=name, expected="{…}")
        if given:
            raise Refused(400, f"api.{name}", field=name, expected=expected, found=str(next(iter(given)))[:100])
