"""What is done with screenings: a name is screened, a file is taken in, confirmed, begun, stopped, begun anew.

outcome = screen_one(user, purpose, subject, origin=Origin.API)
screening = start(open_file(user, purpose, upload), user, {"name": "Nom"}, Kind.PERSON)
"""

import os
from collections.abc import Mapping
from datetime import timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from tahaluf.domain import InputError, Kind, Problem, TahalufError
from tahaluf.domain.cells import visible
from tahaluf.web.accounts.models import User
from tahaluf.web.common.audit.services import record
from tahaluf.web.common.jobs import services as jobs
from tahaluf.web.common.uploads import Kept, keep_upload
from tahaluf.web.review.screenings import places, recognizing
from tahaluf.web.review.screenings.running import KIND, OPEN
from tahaluf.web.review.screenings.single import Outcome, screen_one, try_name
from tahaluf.web.review.tables.purposes import Purpose
from tahaluf.web.review.tables.screenings import Origin, Screening, ScreeningState

__all__ = ["Outcome", "again", "cancel", "discard", "open_file", "screen_one", "start", "try_name"]
DRAFT_DAYS = 1
LONGEST_NAME = 200
STOPPED = (ScreeningState.FAILED, ScreeningState.CANCELLED)


def open_file(
    by: User, purpose: Purpose, file: UploadedFile, name: str = "", *, origin: str = Origin.FILE
) -> Screening:
    """Takes a file in, to be looked at and confirmed; InputError where it is nothing that can be read. What is not
    confirmed goes the day after."""
    kept = keep_upload(file)
    kept = kept._replace(name=_shown_name(name or kept.name))
    try:
        form = recognizing.format_name(kept.path)
    except TahalufError as refused:
        places.remove_upload(kept.path)
        raise InputError(recognizing.called(refused.problem, kept.name)) from refused
    screening = _draft(by, purpose, kept, form)
    screening.origin = origin
    with transaction.atomic():
        screening.save(force_insert=True)
        details = {"purpose": purpose.slug, "digest": kept.digest, "bytes": kept.size, "format": form}
        record(by, "screening.uploaded", ("screening", screening.pk), **details)
    return screening


def start(
    screening: Screening, by: User, mapping: Mapping[str, str] | None = None, kind: Kind | None = None,
    purpose: Purpose | None = None,
) -> Screening:  # fmt: skip
    """Begins what was confirmed; InputError where the file cannot be read like this. One that is begun stays as it
    is."""
    recognizing.check(places.data_path(screening.file), screening.title, mapping or {}, kind)
    with transaction.atomic():
        screening = Screening.objects.select_for_update(of=("self",)).select_related("purpose").get(pk=screening.pk)
        if screening.state != ScreeningState.DRAFT:
            return screening
        chosen = purpose or screening.purpose
        screening.purpose, screening.legal_basis, screening.threshold = chosen, chosen.legal_basis, chosen.threshold
        screening.mapping, screening.kind = dict(mapping or {}), kind.value if kind else ""
        screening.state = ScreeningState.QUEUED
        screening.delete_on = timezone.localdate() + timedelta(days=chosen.keep_days)
        payload = {"screening": str(screening.pk), "language": by.language or "en"}
        screening.job = jobs.enqueue(KIND, payload, by=by.get_username(), key=str(screening.pk))
        screening.save()
        details = {"purpose": chosen.slug, "threshold": chosen.threshold, "parts": sorted(screening.mapping)}
        record(by, "screening.started", ("screening", screening.pk), **details)
    return screening


def cancel(screening: Screening, by: User) -> None:
    """Asks a running one to stop at its next piece; what it has found until then stays."""
    with transaction.atomic():
        if screening.state in OPEN and screening.job is not None:
            jobs.cancel(screening.job)
        record(by, "screening.cancel_asked", ("screening", screening.pk))
    screening.refresh_from_db()


def discard(screening: Screening, by: User) -> None:
    """Forgets a file that was not confirmed."""
    with transaction.atomic():
        gone, _ = Screening.objects.filter(pk=screening.pk, state=ScreeningState.DRAFT).delete()
        if gone:
            record(by, "screening.discarded", ("screening", screening.pk))
    if gone:
        places.remove_files(screening)


def again(screening: Screening, by: User) -> Screening:
    """A new one of the same file, to be confirmed, in place of one that failed or was stopped."""
    source = places.data_path(screening.file)
    if screening.state not in STOPPED or not screening.file or not source.exists():
        raise InputError(Problem("web.screening.no_file"))
    path = places.new_upload(source.name)
    os.link(source, path)
    kept = Kept(path, screening.title, screening.file_digest, screening.file_bytes)
    made = _draft(by, screening.purpose, kept, screening.format)
    made.mapping, made.kind = screening.mapping, screening.kind
    with transaction.atomic():
        made.save(force_insert=True)
        record(by, "screening.repeated", ("screening", made.pk), of=str(screening.pk))
    return made


def _shown_name(name: str) -> str:
    """A file's name as it can be shown: no folders, nothing that steers."""
    return visible(" ".join(name.replace("\\", "/").rpartition("/")[2].split()))[:LONGEST_NAME] or "—"


def _draft(by: User, purpose: Purpose, kept: Kept, form: str) -> Screening:
    return Screening(
        origin=Origin.FILE,
        purpose=purpose,
        legal_basis=purpose.legal_basis,
        threshold=purpose.threshold,
        title=kept.name,
        file=places.relative_to_data(kept.path),
        file_digest=kept.digest,
        file_bytes=kept.size,
        format=form,
        asked_by=by,
        asked_by_name=by.get_username(),
        delete_on=timezone.localdate() + timedelta(days=DRAFT_DAYS),
    )
