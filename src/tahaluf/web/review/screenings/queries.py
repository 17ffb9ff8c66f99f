"""Reading screenings: lists of them, how far one is, whom it flagged."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils import timezone

from tahaluf.names.fold import fold
from tahaluf.web.catalogue.models import ListSource
from tahaluf.web.review.screenings.running import OPEN
from tahaluf.web.review.tables.alerts import Alert
from tahaluf.web.review.tables.purposes import Purpose
from tahaluf.web.review.tables.screenings import Origin, Screening, ScreeningState

PAGE = 50
# Those of which hits are to be found, or to come.
COUNTING = (*OPEN, ScreeningState.DONE)
WARM_UP = timedelta(seconds=2)


def pinned_editions() -> list[UUID]:
    """The editions that screenings which are not over must find again."""
    waiting = Screening.objects.filter(state__in=OPEN, edition__isnull=False)
    return [key for key in waiting.values_list("edition_id", flat=True) if key is not None]


def screening_of(pk: UUID) -> Screening:
    """One, with what its page shows of its purpose, edition and job; Screening.DoesNotExist otherwise."""
    return Screening.objects.select_related("purpose", "edition", "job").get(pk=pk)


def screened_before(digest: str, purpose: Purpose) -> Screening | None:
    """The latest screening of a file of this content for this purpose, as long as it is kept; a second one would
    raise its alerts once more."""
    found = Screening.objects.filter(file_digest=digest, purpose=purpose, state__in=COUNTING, deleted_at=None)
    return found.order_by("-created_at").first() if digest else None


def list_screenings(wanted: Mapping[str, str], page: str | None) -> Page[Screening]:
    """The newest first, as far as they are wanted: by `state`, `purpose` (its short name), `origin`, `q` (a file's
    name, or who asked)."""
    found = Screening.objects.select_related("purpose").order_by("-created_at")
    if (state := wanted.get("state")) in ScreeningState.values:
        found = found.filter(state=state)
    if purpose := wanted.get("purpose"):
        found = found.filter(purpose__slug=purpose)
    if (origin := wanted.get("origin")) in Origin.values:
        found = found.filter(origin=origin)
    if text := (wanted.get("q") or "").strip():
        found = found.filter(Q(title__icontains=text) | Q(asked_by_name__icontains=text))
    return Paginator(found, PAGE).get_page(page)


def newest_screenings(most: int, *, state: str | None = None, purpose: str | None = None) -> list[Screening]:
    """The newest, newest first, as far as they are in this state and for the purpose of this short name."""
    found = Screening.objects.select_related("purpose").order_by("-created_at", "pk")
    if state is not None:
        found = found.filter(state=state)
    if purpose is not None:
        found = found.filter(purpose__slug=purpose)
    return list(found[:most])


def list_flagged(screening: Screening, wanted: Mapping[str, str], page: str | None) -> Page[Alert]:
    """The subjects that raised an alert, by score: as far as they are wanted, by `state`, `list` and `q` (a part of the
    name, in the spelling of the file)."""
    found: QuerySet[Alert] = Alert.objects.filter(screening=screening).order_by("-score", "row")
    if state := wanted.get("state"):
        found = found.filter(Q(state=state) | Q(disposition=state))
    if slug := wanted.get("list"):
        found = found.filter(lists__contains=f",{slug},")
    if text := (wanted.get("q") or "").strip():
        found = found.filter(Q(caption__icontains=text) | Q(caption__icontains=fold(text)))
    return Paginator(found, PAGE).get_page(page)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a running screening is; `rate` in rows a second and `left` are None while they cannot be told."""

    done: int
    total: int | None
    rate: float | None = None
    left: timedelta | None = None

    @property
    def rate_shown(self) -> int:
        """Whole rows a second."""
        return round(self.rate or 0)


def progress_of(screening: Screening) -> Progress:
    """As far as the database knows."""
    done, total = screening.done_rows, screening.total_rows
    since = timezone.now() - screening.started_at if screening.started_at else timedelta()
    if not done or since < WARM_UP:
        return Progress(done, total)
    rate = done / since.total_seconds()
    return Progress(done, total, rate, None if total is None else timedelta(seconds=max(total - done, 0) / rate))


class ListRead(NamedTuple):
    """A list that was screened against."""

    slug: str
    title: str
    version: int


def lists_of(screening: Screening) -> list[ListRead]:
    """The lists that were screened against, each in its version, by title."""
    versions = screening.versions
    titles = dict(ListSource.objects.filter(slug__in=versions).values_list("slug", "title"))
    found = [ListRead(slug, titles.get(slug, slug), number) for slug, number in versions.items()]
    return sorted(found, key=lambda one: one.title)


def kept_files() -> Iterator[str]:
    """The uploads that are still of a screening, relative to the data folder."""
    return Screening.objects.exclude(file="").values_list("file", flat=True).iterator()
