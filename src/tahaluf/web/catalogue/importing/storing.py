"""Writing a version: states in small transactions that nobody sees, then one that shows them all.

A version that is not ready belongs to one import, by its token; whoever imports next goes on with it, where the
content is the same, or takes it back, and the earlier import then stores nothing more.
"""

import time
import uuid
from collections.abc import Iterator

from django.db import IntegrityError, transaction
from django.utils import timezone

from tahaluf.domain import Problem, TahalufError, Where
from tahaluf.web.accounts.models import User
from tahaluf.web.catalogue.importing.comparing import Changes, pieces
from tahaluf.web.catalogue.importing.reading import PIECE, Draft, Progress, plain_problems
from tahaluf.web.catalogue.models import ListingState, ListSource, ListVersion
from tahaluf.web.catalogue.stored import from_plain
from tahaluf.web.catalogue.words import words_of
from tahaluf.web.common.audit import services as audit

PAUSE = 0.02


def begin(source: ListSource, base: ListVersion | None, draft: Draft, **told: str) -> ListVersion:
    """The version to write: one that was begun with the same content, or a new one."""
    digest = told["digest"]
    number = base.number + 1 if base else 1
    for left in ListVersion.objects.filter(source=source, ready=False):
        if left.digest != digest or left.number != number:
            take_back(left)
    facts = {
        **told,
        "format": draft.format,
        "published_on": draft.published_on,
        "complete": draft.complete,
        "listings": len(draft.places),
        "problem_count": len(draft.problems),
        "problems": plain_problems(draft),
        "token": uuid.uuid4().hex,
    }
    try:
        version, _made = ListVersion.objects.update_or_create(
            source=source, digest=digest, ready=False, defaults=facts, create_defaults={**facts, "number": number}
        )
    except IntegrityError as taken:
        # Another import of the list began, or ended, at this moment.
        raise TahalufError(Problem("web.list.superseded", Where(file=told["file_name"])), permanent=False) from taken
    return version


def write(version: ListVersion, draft: Draft, changes: Changes, progress: Progress) -> None:
    """Every state that begins or ends with the version; what an earlier run wrote is left as it is."""
    written = set(ListingState.objects.filter(since=version).values_list("listing_id", flat=True))
    coming = [key for key in (*changes.amended, *changes.added) if key not in written]
    total = len(draft.places) + len(coming) + len(changes.removed)
    done = len(draft.places)
    for piece in pieces(coming):
        ended = [changes.amended[key] for key in piece if key in changes.amended]
        _write_piece(version, ended, [_state(version, draft, key) for key in piece], progress)
        done += len(piece)
        progress.step(done, total)
    for piece in pieces(changes.removed):
        _write_piece(version, [changes.removed[key] for key in piece], [], progress)
        done += len(piece)
        progress.step(done, total)


def show(version: ListVersion, base: ListVersion | None, changes: Changes, by: User | None) -> None:
    """The version becomes its list's current one."""
    with transaction.atomic():
        source = ListSource.objects.select_for_update().get(pk=version.source_id)
        _hold(version)
        if source.current_id != (base.pk if base else None):
            raise _superseded(version)
        version.added, version.amended, version.removed = map(
            len, (changes.added, changes.amended, changes.removed)
        )  # fmt: skip
        version.ready, version.token, version.imported_at = True, "", timezone.now()
        version.save(update_fields=["added", "amended", "removed", "ready", "token", "imported_at"])
        source.current, source.problem = version, None
        source.save(update_fields=["current", "problem"])
        audit.record(
            by, "list.imported", ("list", source.slug), version=version.number, digest=version.digest,
            file=version.file_name, listings=version.listings, added=version.added, amended=version.amended,
            removed=version.removed, complete=version.complete,
        )  # fmt: skip


def take_back(version: ListVersion) -> None:
    """Removes a version that never became ready; can be killed and begun again."""
    ListVersion.objects.filter(pk=version.pk, ready=False).update(token=uuid.uuid4().hex)
    for keys in _by_pieces(version, "since"):
        ListingState.objects.filter(pk__in=keys, since__ready=False).delete()
    for keys in _by_pieces(version, "until"):
        ListingState.objects.filter(pk__in=keys, until__ready=False).update(until=None)
    ListVersion.objects.filter(pk=version.pk, ready=False).delete()


def _by_pieces(version: ListVersion, role: str) -> Iterator[list[int]]:
    while keys := list(ListingState.objects.filter(**{role: version}).values_list("pk", flat=True)[:PIECE]):
        yield keys


def _write_piece(version: ListVersion, ended: list[int], states: list[ListingState], progress: Progress) -> None:
    with transaction.atomic():
        progress.hold()
        _hold(version)
        if ended:
            ListingState.objects.filter(pk__in=ended, until=None).update(until=version)
        ListingState.objects.bulk_create(states)
    # Others want to write too: SQLite's lock is not fair.
    time.sleep(PAUSE)


def _hold(version: ListVersion) -> None:
    held = ListVersion.objects.select_for_update().filter(pk=version.pk, ready=False, token=version.token)
    if not held.exists():
        raise _superseded(version)


def _superseded(version: ListVersion) -> TahalufError:
    return TahalufError(Problem("web.list.superseded", Where(file=version.file_name)), permanent=False)


def _state(version: ListVersion, draft: Draft, listing_id: str) -> ListingState:
    plain = draft.plain(listing_id)
    listing = from_plain(plain)
    return ListingState(
        source_id=version.source_id,
        listing_id=listing_id,
        kind=listing.kind.value,
        caption=listing.caption[:500],
        reference=(listing.reference or "")[:120],
        words=words_of(listing),
        content=plain,
        digest=draft.places[listing_id].digest,
        since=version,
    )
