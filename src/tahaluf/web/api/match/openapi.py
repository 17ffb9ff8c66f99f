"""yente's routes as OpenAPI: written by hand, for these are plain views; a test holds them to what is answered."""

from typing import Any

from tahaluf.web.api.match import adjacent, matching, reading, updating
from tahaluf.web.api.match.parameters import ALGORITHMS, KNOWN_FACETS, MOST_EXCLUDED, MOST_FILTERS, MOST_MATCHES
from tahaluf.web.api.match.schemata import ABOVE, MATCHABLE
from tahaluf.web.api.match.sorting import MOST as MOST_SORTS
from tahaluf.web.api.match.sorting import SORTABLE
from tahaluf.web.api.match.subjects import LONGEST_NAME, MOST_VALUES

Part = dict[str, Any]
TIME = r"^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?)?$"
TEXT: Part = {"type": "string"}
TRUTH: Part = {"type": "boolean"}
SHARE: Part = {"type": "number", "minimum": 0, "maximum": 1}
DETAIL = {"application/json": {"schema": {"$ref": "#/components/schemas/Detail"}}}
REFUSALS = {
    "400": "The query cannot be screened", "401": "No valid token", "403": "Scope or permission lacks",
    "404": "No such dataset or entity", "409": "The purpose is no longer in use", "413": "Too large",
    "422": "A value is not as expected",
    "429": "Too many requests; see Retry-After", "503": "No list is compiled",
}  # fmt: skip


def ref(name: str) -> Part:
    return {"$ref": f"#/components/schemas/{name}"}


def many(items: Part) -> Part:
    return {"type": "array", "items": items}


def record(**properties: Part) -> Part:
    return {"type": "object", "properties": properties, "required": list(properties)}


def whole(most: int, otherwise: int | None = None) -> Part:
    shown: Part = {"type": "integer", "minimum": 0, "maximum": most}
    return shown if otherwise is None else shown | {"default": otherwise}


def query(name: str, schema: Part, text: str) -> Part:
    told = {"name": name, "in": "query", "required": False, "schema": schema, "description": text}
    return told | ({"style": "form", "explode": True} if schema.get("type") == "array" else {})


def place(name: str, text: str) -> Part:
    return {"name": name, "in": "path", "required": True, "schema": TEXT | {"minLength": 1}, "description": text}


def operation(view: Any, tag: str, summary: str, answer: Part, *parameters: Part, **more: Any) -> Part:
    """A route by its view, whose name and what opens it are told too."""
    refusals = {status: {"description": text, "content": DETAIL} for status, text in REFUSALS.items()}
    good = {"description": "OK", "content": {"application/json": {"schema": answer}}}
    told: Part = {
        "operationId": view.__name__, "tags": [tag], "summary": summary, "security": [{"Token": []}],
        "responses": {"200": good, **refusals},
    }  # fmt: skip
    if opened_by := getattr(view, "opened_by", None):
        told |= opened_by.described
    return told | ({"parameters": list(parameters)} if parameters else {}) | more


NULLABLE_TIME: Part = {"anyOf": [TEXT, {"type": "null"}]}
TOTAL = record(value=whole(2**31), relation={"type": "string", "enum": ["eq", "gte"]})
ENTITY = record(
    id=TEXT, caption=TEXT, schema=TEXT, properties={"type": "object", "additionalProperties": many({})},
    datasets=many(TEXT), referents=many(TEXT), target=TRUTH, first_seen=NULLABLE_TIME, last_seen=NULLABLE_TIME,
    last_change=NULLABLE_TIME,
)  # fmt: skip
NULLABLE: Part = {"anyOf": [TEXT, {"type": "null"}]}
FEATURE = record(detail=NULLABLE, score={"type": "number"}, query=NULLABLE, candidate=NULLABLE)
VALUE: Part = {"anyOf": [TEXT | {"maxLength": LONGEST_NAME}, {"type": "number"}]}
EXAMPLE: Part = {
    "type": "object",
    "required": ["schema", "properties"],
    "properties": {
        "id": NULLABLE,
        "schema": {"type": "string", "enum": list(MATCHABLE)},
        "properties": {
            "type": "object",
            "additionalProperties": {"anyOf": [*VALUE["anyOf"], many(VALUE) | {"maxItems": MOST_VALUES}]},
        },
    },
}
SCHEMAS: dict[str, Part] = {
    "Detail": record(detail=TEXT),
    "Entity": ENTITY,
    "Total": TOTAL,
    "Feature": FEATURE,
    "Example": EXAMPLE,
    "Query": {
        "type": "object",
        "required": ["queries"],
        "properties": {
            "queries": {
                "type": "object", "minProperties": 1, "maxProperties": matching.MOST_QUERIES,
                "additionalProperties": ref("Example")
            },
            "weights": {"type": "object", "maxProperties": 0},
            "config": {"type": "object", "maxProperties": 0},
        },
        "example": {
            "queries": {
                "q1": {
                    "schema": "Person",
                    "properties": {"name": ["Abdelkader Benzeroual"], "birthDate": ["1979"], "nationality": ["dz"]},
                }
            }
        },
    },
    "ScoredEntity": {
        "allOf": [
            ref("Entity"),
            record(
                score=SHARE, match=TRUTH, explanations={"type": "object", "additionalProperties": ref("Feature")}
            ),
        ]
    },
    "Matches": record(
        status={"type": "integer"}, results=many(ref("ScoredEntity")), total=ref("Total"), query={"type": "object"}
    ),
    "MatchResponse": {
        "type": "object",
        "required": ["responses", "limit"],
        "properties": {
            "responses": {"type": "object", "additionalProperties": ref("Matches")},
            "limit": {"type": "integer"},
            "screening": record(
                id=TEXT, alerts=whole(2**31), exempted=whole(2**31),
                raised={"type": "object", "additionalProperties": whole(2**63)},
            ),
        },
    },
    "Adjacent": record(results=many({}), limit=whole(500), offset=whole(9499), total=ref("Total")),
    "SearchResponse": record(
        limit=whole(500), offset=whole(9499), total=ref("Total"), results=many(ref("Entity")),
        facets={"type": "object", "additionalProperties": record(label=TEXT, values=many({"type": "object"}))},
    ),
}  # fmt: skip
DATASET = place("dataset", "“default” for all lists, a collection, or one list, as /catalog names them")
ENTITY_ID = place("entity_id", "The listing’s id")
SCHEMA: Part = {"type": "string", "enum": list(ABOVE)}
FILTERS = (
    query("include_dataset", many(TEXT), "Only listings of these lists"),
    query("exclude_dataset", many(TEXT), "No listings of these lists"),
    query("include_schema", many(SCHEMA), "Only listings of these types, or below them"),
    query("exclude_schema", many(SCHEMA), "No listings of these types, or below them"),
    query("topics", many(TEXT), "Only listings with one of these topics"),
    query("changed_since", TEXT | {"pattern": TIME}, "Only listings that changed since then, as this desk saw it"),
    query("exclude_entity_ids", many(TEXT) | {"maxItems": MOST_EXCLUDED}, "Not these listings"),
)
PAGE = (
    query("limit", whole(500, 10), "Most results"),
    query("offset", whole(9499, 0), "Results to leave out at the beginning"),
)
SORT = query(
    "sort", many({"type": "string", "pattern": f"^({'|'.join(SORTABLE)})(:(asc|desc))?$"}) | {"maxItems": MOST_SORTS},
    "A field, or “FIELD:desc”; what is alike stays as it was found",
)  # fmt: skip
PATHS: dict[str, Part] = {
    "/match/{dataset}": {
        "post": operation(
            matching.match, "Matching", "Screen up to 100 names", ref("MatchResponse"), DATASET,
            query("limit", whole(MOST_MATCHES, 5), "Most results for each query"),
            query("threshold", SHARE, "The score from which a result is a match; by default the purpose’s"),
            query("cutoff", SHARE, "The score from which results are given at all; by default the threshold"),
            query("algorithm", {"type": "string", "enum": list(ALGORITHMS)}, "There is one"),
            query("purpose", TEXT, "One of the token’s purposes; by default its own"),
            query("record", TRUTH, "Keep the queries as a screening and raise alerts (needs the scope “write”)"),
            *FILTERS,
            requestBody={"required": True, "content": {"application/json": {"schema": ref("Query")}}},
        )
    },
    "/search/{dataset}": {
        "get": operation(
            reading.search, "Matching", "Find listings by a text", ref("SearchResponse"), DATASET,
            query("q", TEXT, "A name in any script, a word, a reference or a number; all listings without it"),
            *PAGE, query("schema", SCHEMA, "Type, or above"),
            query("countries", many(TEXT), "Codes of countries"), query("datasets", many(TEXT), "Short names of lists"),
            query("filter_op", {"type": "string", "enum": ["OR", "AND"]}, "Any of the countries and topics, or all"),
            query("facets", many({"type": "string", "enum": list(KNOWN_FACETS)}), "What is counted"),
            query("filter", many(TEXT) | {"maxItems": MOST_FILTERS}, "“FIELD:VALUE”; see the reference for the fields"),
            query("target", TRUTH, "Every listing is a target"), SORT, *FILTERS,
        )
    },
    "/entities/{entity_id}": {
        "get": operation(
            adjacent.entity, "Data access", "A listing with all that hangs on it", ref("Entity"), ENTITY_ID,
            query("nested", TRUTH, "With sanctions, papers, addresses, and links to and from others"),
        )
    },
    "/entities/{entity_id}/adjacent": {
        "get": operation(
            adjacent.adjacent, "Data access", "What hangs on a listing",
            record(
                entity=ref("Entity"), adjacent={"type": "object", "additionalProperties": ref("Adjacent")},
                limit=whole(500), offset=whole(9499),
            ),
            ENTITY_ID, *PAGE, SORT,
        )
    },
    "/entities/{entity_id}/adjacent/{property_name}": {
        "get": operation(
            adjacent.adjacent_by, "Data access", "What hangs on a listing by one property", ref("Adjacent"), ENTITY_ID,
            place("property_name", "For example “sanctions” or “unknownLinkFrom”"), *PAGE, SORT,
        )
    },
    "/catalog": {
        "get": operation(
            reading.catalog, "System information", "The datasets",
            record(datasets=many({"type": "object"}), current=many(TEXT), outdated=many(TEXT), index_stale=TRUTH),
        )
    },
    "/algorithms": {
        "get": operation(
            reading.algorithms, "System information", "The engine",
            record(algorithms=many({"type": "object"}), default=TEXT, best=TEXT),
        )
    },
    "/readyz": {
        "get": operation(reading.readyz, "System information", "Whether names can be screened", record(status=TEXT))
        | {"security": []}
    },
    "/updatez": {
        "post": operation(
            updating.updatez, "System information", "Fetch and compile the lists now", record(status=TEXT)
        )
    },
}  # fmt: skip
