"""Writes `docs/reference/api.md` from the description that the API gives of itself, its limits and its refusals.

Run it after a route, a parameter, a limit or a refusal changed; `--check` writes nothing and ends with 1 where the page
differs from what the program says. The desk that it asks is made for the moment, and empty.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Part = dict[str, Any]
ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "api.md"
INTRODUCTION = """\
<!-- made by scripts/build_api_reference.py; change the program, not this page -->

# The API

Every route for programs, what opens it, what it takes and what it refuses. [How to call the desk](../how-to/api.md)
shows them at work; `/api/v1/openapi.json` says the same for machines.

## Tokens, scopes, purposes

A request carries a token, as `Authorization: Bearer TOKEN` or `Authorization: ApiKey TOKEN`. A route is open where the
token has one of the route’s scopes **and** its owner has one of the route’s permissions, by a role that they have now:
a token is never more than its owner.

A token that may screen names was made for a **purpose**, and what it screens is recorded under that: the purpose
decides threshold, legal basis, and how long anything is kept. A request may name another purpose (`purpose`) only where
the token was made for that one, too. Any other is refused with 403 and nothing is screened, although the token’s owner
might use it on a page: a program that handles payments cannot be turned to screening travelers by whoever calls it. A
token that was made for no purpose screens nothing: no name, no file, no watched subject. A purpose that is no longer in
use is refused with 409; `/match` notices that within ten seconds.

## Beside these routes

`GET /healthz` says whether the desk is well, to whoever asks ([run the desk](../how-to/run-the-desk.md)). Of yente’s
routes `GET /statements` answers 501, and `/reconcile` is not there. Parameters that yente has and this page does not
name (`fuzzy`, `simple` …) are passed over. Feeds of lists have addresses of their own
([lists in the desk](../how-to/lists-in-the-desk.md)).
"""
REFUSALS = """\
## Refusals

`/match` and its kin answer `{"detail": "…"}`; `/api/v1/` answers `{"error": {"code", "message", "expected", "found",
"where", "what_to_do"}}`. Either is told in the language of `Accept-Language` (ar, fr, en); codes are stable. Beside
these, `/api/v1/` passes on the codes of [the problems](problems.md) that the desk’s pages have. A fault of ours is 500,
and its answer holds nothing of the request.

| status | when |
|---|---|
| 400 | the body is no JSON, or a query cannot be screened |
| 401 | no valid token; `WWW-Authenticate` names the scheme |
| 403 | the token lacks the scope, its owner the permission, or it is not for this purpose |
| 404 | no such route, dataset, entity, property, list, screening, alert |
| 405 | another method; `Allow` names those that there are |
| 409 | not in this state: decided already, the same person twice, a purpose or an idempotency key that is over |
| 413 | the body, or a file, is larger than is taken |
| 422 | a value is not what it should be |
| 429 | too many requests; `Retry-After` says how many seconds to wait |
| 501 | not offered |
| 503 | no list is compiled yet, or the database is busy; `Retry-After` says when to come again |

| code | says | what to do |
|---|---|---|
"""
WHEN = {"disagreeing": "not agreeing (`/second`)", "reopening": "opened again"}
SHOWN = 8


def set_up() -> None:
    """An empty desk, which needs no database to describe itself."""
    for variable in [name for name in os.environ if name.startswith("TAHALUF_")]:
        del os.environ[variable]
    os.environ["TAHALUF_DATA"] = tempfile.mkdtemp(prefix="tahaluf-reference-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "tahaluf.web.config.settings"
    import django  # noqa: PLC0415 (the environment comes first)

    django.setup()


def cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def text_of(schema: Part) -> str:
    """What a value is for, where the description says so."""
    return str(schema.get("description") or next(filter(None, map(text_of, schema.get("anyOf", []))), ""))


def kind_of(schema: Part, schemas: dict[str, Part]) -> str:
    """What a value is, in a few words: type, bounds, choices."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return kind_of(schemas[name], schemas) if "enum" in schemas[name] else f"`{name}`"
    if choices := schema.get("anyOf") or schema.get("allOf"):
        told = [kind_of(each, schemas) for each in choices if each.get("type") != "null"]
        return " or ".join(dict.fromkeys(told)) + (", or null" if len(told) < len(choices) else "")
    if choices := schema.get("enum"):
        return ", ".join(f"`{each}`" for each in choices) if len(choices) <= SHOWN else "[type](#types)"
    if schema.get("type") == "array":
        return f"{kind_of(schema.get('items', {}), schemas)}, several" + _most(schema, "maxItems")
    if isinstance(more := schema.get("additionalProperties"), dict):
        return f"object of {kind_of(more, schemas)}" + _most(schema, "maxProperties")
    return _simple(schema)


def _simple(schema: Part) -> str:
    formats = {"binary": "file", "uuid": "UUID", "date-time": "time"}
    names = {"integer": "whole number", "boolean": "true or false", "string": "text"}
    kind = str(schema.get("type", "any"))
    told = formats.get(schema.get("format", "")) or names.get(kind, kind)
    if "minimum" in schema:
        least, most = schema["minimum"], schema.get("maximum", 2**63)
        told += f" {least:,}–{most:,}" if most < 2**31 else f" from {least}"
    if "maxLength" in schema:
        told += f", {schema.get('minLength', 0):,}–{schema['maxLength']:,} characters"
    return told


def _most(schema: Part, name: str) -> str:
    return f" (at most {schema[name]:,})" if name in schema else ""


def rows(fields: dict[str, Part], required: list[str], schemas: dict[str, Part], place: str) -> Iterator[str]:
    """The rows of a body's fields."""
    for name, schema in fields.items():
        default = "required" if name in required else _default(schema)
        yield f"| `{name}` | {place} | {_given(schema, schemas)} | {default} | {cell(text_of(schema))} |"


def _given(schema: Part, schemas: dict[str, Part]) -> str:
    """What is sent: what is not wanted is left out, and not sent as null."""
    return kind_of(schema, schemas).replace(", or null", "")


def _default(schema: Part) -> str:
    value = schema.get("default")
    return f"`{value}`" if value not in (None, "", []) else ""


def parameters_of(operation: Part, schemas: dict[str, Part]) -> list[str]:
    """The rows of all that a route takes."""
    told = [
        f"| `{each['name']}` | {each['in']} | {_given(each['schema'], schemas)} "
        f"| {'required' if each.get('required') else _default(each['schema'])} "
        f"| {cell(each.get('description') or text_of(each['schema']))} |"
        for each in operation.get("parameters", [])
    ]
    for kind, content in operation.get("requestBody", {}).get("content", {}).items():
        schema = content["schema"]
        schema = schemas[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
        place = "form" if kind.startswith("multipart") else "body"
        told += rows(schema.get("properties", {}), schema.get("required", []), schemas, place)
    return told


def answer_of(operation: Part) -> str:
    """What comes back when all is well."""
    for status, response in operation["responses"].items():
        if not str(status).startswith("2"):
            continue
        contents: list[Part] = [*response.get("content", {}).values()]
        schema: Part = contents[0]["schema"] if contents else {}
        name = schema.get("$ref", "").rpartition("/")[2] or ", ".join(
            f"`{each}`" for each in schema.get("required", [])
        )
        return f"{status}" + (f": `{name}`" if "$ref" in schema else f": {name}" if name else "")
    return "200"


def describe(method: str, path: str, operation: Part, schemas: dict[str, Part]) -> Iterator[str]:
    """The lines on one route."""
    yield f"### `{method.upper()} {path}`"
    yield ""
    summary, more = operation["summary"], cell(operation.get("description", ""))
    yield f"{summary}. {more}".rstrip()
    yield ""
    scopes = ", ".join(f"`{each}`" for each in operation.get("x-scopes", [])) or "none, and no token"
    permissions = ", ".join(f"`{each}`" for each in operation.get("x-permissions", [])) or "none"
    yield f"Scope: {scopes}. Permission: {permissions}. Answers {answer_of(operation)}."
    yield ""
    if taken := parameters_of(operation, schemas):
        yield "| name | in | value | otherwise | |"
        yield "|---|---|---|---|---|"
        yield from taken
        yield ""


def forms(schemas: dict[str, Part]) -> Iterator[str]:
    """The objects that routes take and answer, field by field."""
    yield "## Objects"
    yield ""
    for name in sorted(schemas):
        parts = schemas[name].get("allOf", [schemas[name]])
        fields = {key: value for part in parts for key, value in part.get("properties", {}).items()}
        if not fields:
            continue
        above = [f"all of `{part['$ref'].rpartition('/')[2]}`" for part in parts if "$ref" in part]
        yield f"### `{name}`"
        yield ""
        yield from (f"- {each}" for each in above)
        yield from (f"- `{key}`: {kind_of(value, schemas)}" for key, value in fields.items())
        yield ""


def limits() -> Iterator[str]:
    """The bounds that hold everywhere, from the constants that hold them."""
    from django.conf import settings  # noqa: PLC0415

    from tahaluf.web.api import body  # noqa: PLC0415
    from tahaluf.web.api.match import matching, nesting, parameters, sorting, subjects  # noqa: PLC0415
    from tahaluf.web.api.v1 import idempotency, paging  # noqa: PLC0415

    yield "## Limits"
    yield ""
    yield "| what | how much |"
    yield "|---|---|"
    told = {
        "requests of one token (`TAHALUF_API_RATE`, `TAHALUF_API_BURST`; for each web process)":
            f"{settings.API_RATE:,.0f} a second, after the first {settings.API_BURST:,}",
        "body that is JSON": f"{settings.DATA_UPLOAD_MAX_MEMORY_SIZE >> 20} MB, {body.DEEPEST} levels deep",
        "file": f"{settings.ENVIRONMENT.upload_bytes >> 20} MB unless the administrator says otherwise",
        "queries in one request of `/match`": f"{matching.MOST_QUERIES}, with {matching.MOST_NAMES:,} names together",
        "values of one property": f"{subjects.MOST_VALUES}",
        "a name": f"{subjects.LONGEST_NAME:,} characters; a longer one is refused, not cut",
        "results of one query": f"{parameters.MOST_MATCHES}, and {parameters.DEFAULT_LIMIT} unless asked",
        "`exclude_entity_ids`": f"{parameters.MOST_EXCLUDED}",
        "results of a page of `/search`": f"{parameters.MOST_PAGE}, from offset {parameters.MOST_OFFSET:,} at most",
        "`filter`, `sort`": f"{parameters.MOST_FILTERS}, {sorting.MOST}",
        "listings that lead to another, shown with it": f"{nesting.MOST_LEADING:,}",
        "items of a page below `/api/v1/`": f"{paging.MOST}",
        "`Idempotency-Key`": f"{idempotency.SHORTEST}–{idempotency.LONGEST} characters, kept for a day",
    }  # fmt: skip
    yield from (f"| {what} | {much} |" for what, much in told.items())
    yield ""


def fields() -> Iterator[str]:
    """By what `/search` filters and sorts, and the types of listings and queries."""
    from tahaluf.web.api.match import parameters, sorting  # noqa: PLC0415
    from tahaluf.web.api.match.facts import FACTS  # noqa: PLC0415
    from tahaluf.web.api.match.schemata import ABOVE, MATCHABLE  # noqa: PLC0415

    def names(of: Any) -> str:
        return ", ".join(f"`{each}`" for each in of)

    yield "## Fields of `filter` and `sort`"
    yield ""
    yield f"`sort` takes {names(sorting.SORTABLE)}, each with `:asc` or `:desc` behind it; the first counts most."
    yield ""
    yield f"`filter` takes {names(parameters.FIELDS)}, and `properties.` before one of {names(sorted(FACTS))}."
    yield "Values of one field are alternatives, or with `filter_op=AND` all wanted; fields must all fit."
    yield ""
    yield "## Types"
    yield ""
    yield f"Those of FollowTheMoney. Queries are of {names(MATCHABLE)}."
    yield f"Filters know these and those above them: {names(ABOVE)}."
    yield ""


def codes() -> Iterator[str]:
    """What decisions are given and told with."""
    from django.utils.translation import override  # noqa: PLC0415

    from tahaluf.web.api.v1.codes import reasons  # noqa: PLC0415
    from tahaluf.web.review.purposes.defaults import DEFAULTS  # noqa: PLC0415
    from tahaluf.web.review.tables.alerts import AlertState, Disposition  # noqa: PLC0415

    yield "## Codes"
    yield ""
    yield "`GET /api/v1/codes` gives these in the language of `Accept-Language`, with the purposes that the desk has; a"
    yield "new one has " + ", ".join(f"`{each['slug']}`" for each in DEFAULTS) + "."
    yield ""
    yield "| code | of | says |"
    yield "|---|---|---|"
    with override("en"):
        yield from (f"| `{each.value}` | `state` | {each.label} |" for each in AlertState)
        yield from (f"| `{each.value}` | `disposition` | {each.label} |" for each in Disposition)
        for name, labels in reasons().items():
            yield from (f"| `{code}` | `reasons`, {WHEN.get(name, f'`{name}`')} | {cell(str(text))} |"
                        for code, text in labels.items())  # fmt: skip
    yield ""


def page() -> str:
    """The whole page."""
    from django.utils.translation import override  # noqa: PLC0415

    from tahaluf.web.api.sentences import SENTENCES  # noqa: PLC0415
    from tahaluf.web.api.v1.api import make_api  # noqa: PLC0415

    api = make_api()
    assert api.urls  # noqa: S101 (names the routes)
    description = api.get_openapi_schema()
    schemas = description["components"]["schemas"]
    lines, tags = [INTRODUCTION], dict[str, list[str]]()
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            tags.setdefault(operation["tags"][-1], []).extend(describe(method, path, operation, schemas))
    for tag in sorted(tags, key=lambda tag: (tag not in {"Matching", "Data access"}, tag)):
        lines += [f"## {tag}", "", *tags[tag]]
    lines += [*fields(), *codes(), *limits()]
    with override("en"):
        told = [f"| `{code}` | {cell(str(says))} | {cell(str(do))} |" for code, (says, do) in sorted(SENTENCES.items())]
    return "\n".join([*lines, REFUSALS + "\n".join(told), "", *forms(schemas)]).rstrip() + "\n"


def main(arguments: list[str]) -> int:
    """Writes the page, or compares it."""
    set_up()
    text = page()
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == text:
        return 0
    if "--check" in arguments:
        print(f"{PAGE.relative_to(ROOT)} differs from the program: python scripts/build_api_reference.py")
        return 1
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
