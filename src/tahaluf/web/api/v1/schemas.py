"""The forms of what goes in and comes out of `/api/v1/`; OpenAPI shows them."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field

Key = Annotated[int, Field(ge=1, le=2**63 - 1, description="A number")]
Slug = Annotated[str, Field(pattern=r"^[\w-]{1,60}$", description="A short name")]
Text = Annotated[str, Field(max_length=10_000)]
Code = Annotated[str, Field(max_length=60)]
Limit = Annotated[int, Field(ge=1, le=200, description="Most items")]
Cursor = Annotated[str | None, Field(max_length=200, description="`next` of the page before")]


class Strict(Schema):
    """What is sent; unknown fields are refused, not overlooked."""

    model_config = ConfigDict(extra="forbid")


class Fault(Schema):
    """Why a request is refused."""

    code: str
    message: str
    expected: str
    found: str
    where: dict[str, Any]
    what_to_do: str


class FaultOut(Schema):
    error: Fault


class JobOut(Schema):
    id: UUID
    kind: str
    state: str
    done: int
    total: int | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    problem: dict[str, Any] | None
    result: dict[str, Any] | None


class ListOut(Schema):
    slug: str
    title: str
    publisher: str
    homepage: str
    active: bool
    version: int | None
    published_on: str
    listings: int
    imported_at: datetime | None


class ListsOut(Schema):
    items: list[ListOut]
    next: str | None


class VersionOut(Schema):
    number: int
    digest: str
    file_name: str
    format: str
    published_on: str
    complete: bool
    listings: int
    added: int
    removed: int
    amended: int
    problem_count: int
    imported_at: datetime


class VersionsOut(Schema):
    items: list[VersionOut]
    next: str | None


class ChangeOut(Schema):
    what: str
    listing_id: str
    caption: str
    reference: str
    fields: list[str]


class ChangesOut(Schema):
    items: list[ChangeOut]
    next: str | None


class ListingOut(Schema):
    list: str
    id: str
    kind: str
    caption: str
    reference: str
    since_version: int
    content: dict[str, Any]


class ScreeningOut(Schema):
    id: UUID
    origin: str
    purpose: str
    title: str
    state: str
    threshold: float
    index: str
    engine: str
    versions: dict[str, int]
    rows: int
    total_rows: int | None
    hits: int
    alerts: int
    exempted: int
    rejected: int
    job: UUID | None
    problem: dict[str, Any] | None
    created_at: datetime
    finished_at: datetime | None


class ScreeningsOut(Schema):
    items: list[ScreeningOut]
    next: str | None


class HitOut(Schema):
    list: str
    listing_id: str
    caption: str
    reference: str
    score: float
    withdrawn: bool


class AlertOut(Schema):
    id: int
    screening: UUID
    row: int
    purpose: str
    caption: str
    score: float
    lists: list[str]
    hit_count: int
    state: str
    disposition: str
    assigned_to: str | None
    created_at: datetime
    due_at: datetime
    decided_at: datetime | None


class AlertsOut(Schema):
    items: list[AlertOut]
    next: str | None


class DecisionOut(Schema):
    id: int
    alert: int
    step: str
    disposition: str
    hits: list[list[str]]
    reasons: list[str]
    by: str
    at: datetime


class OneAlertOut(AlertOut):
    subject: dict[str, Any]
    hits: list[HitOut]
    explanations: list[dict[str, Any]]
    decisions: list[DecisionOut]


class DecisionsOut(Schema):
    items: list[DecisionOut]
    next: str


class AdjudicateIn(Strict):
    disposition: Code
    hits: list[Annotated[list[Annotated[str, Field(max_length=200)]], Field(min_length=2, max_length=2)]] = Field(
        default_factory=list, max_length=100
    )
    reasons: list[Code] = Field(default_factory=list, max_length=20)
    text: Text = ""
    remember_days: int | None = Field(None, ge=1, le=36_500)


class SecondIn(Strict):
    agrees: bool
    reasons: list[Code] = Field(default_factory=list, max_length=20)
    text: Text = ""


class WatchedIn(Strict):
    id: Annotated[str, Field(min_length=1, max_length=120)]
    schema_: str = Field("Person", alias="schema", max_length=40)
    properties: dict[str, Any]


class WatchIn(Strict):
    purpose: Slug | None = Field(None, description="One of the token’s purposes; by default its own")
    subjects: list[WatchedIn] = Field(min_length=1, max_length=1000)


class WatchOut(Schema):
    added: int
    changed: int
    same: int
    unusable: int


class WatchedOut(Schema):
    id: str
    purpose: str
    caption: str
    active: bool
    hits: int
    added_at: datetime


class WatchedsOut(Schema):
    items: list[WatchedOut]
    next: str | None


class EventOut(Schema):
    """As webhooks and the feed tell it."""

    id: UUID
    kind: str
    at: datetime
    register_: str = Field(alias="register")
    subject: str
    list: str
    listing: str
    score: float
    alert: int | None
    because: str


class EventsOut(Schema):
    items: list[EventOut]
    next: str


class CodeOut(Schema):
    code: str
    text: str


class PurposeCodeOut(CodeOut):
    active: bool


class CodesOut(Schema):
    """What codes there are, in the language of whoever asks; `reasons` by what they are given for."""

    dispositions: list[CodeOut]
    reasons: dict[str, list[CodeOut]]
    purposes: list[PurposeCodeOut]
