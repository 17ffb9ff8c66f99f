"""What speaks against taking a file as the next version of its list; a person may accept it all the same.

A file without a listing is refused even so.
"""

from tahaluf.domain import InputError, Problem, Where
from tahaluf.web.catalogue.importing.comparing import Changes
from tahaluf.web.catalogue.importing.reading import Draft
from tahaluf.web.catalogue.models import ListVersion

LEAST_SHARE = 0.8
FEW = 20


def check(draft: Draft, base: ListVersion | None, changes: Changes, file_name: str, *, accept: bool) -> None:
    """InputError where the file may not replace the version before."""
    where = Where(file=file_name)
    if not draft.places:
        raise InputError(Problem("web.list.empty", where, found=draft.format))
    if accept:
        return
    if not draft.complete:
        loss = draft.first_loss
        raise InputError(Problem("web.list.incomplete", loss.where if loss else where, found=f"{len(draft.places)}"))
    if base and base.published_on and draft.published_on and draft.published_on < base.published_on:
        raise InputError(Problem("web.list.older", where, base.published_on, draft.published_on))
    kept = changes.before - len(changes.removed)
    if changes.before >= FEW and kept < changes.before * LEAST_SHARE:
        raise InputError(Problem("web.list.lost", where, f"{changes.before}", f"{kept}"))
