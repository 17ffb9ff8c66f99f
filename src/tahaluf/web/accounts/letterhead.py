"""Name and address of the office, as they stand on its letters and case files."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from tahaluf.web.accounts.models import Letterhead, User
from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.common.audit.services import record

FIELDS = ("name_ar", "name_fr", "name_en", "address_ar", "address_fr", "address_en")


def current_letterhead() -> Letterhead:
    """What is filled in; without anything where nobody has."""
    return Letterhead.objects.filter(pk=1).first() or Letterhead(pk=1)


def letterhead_lines(language: str) -> list[str]:
    """The name, then the lines of the address, in a language (ar, fr, en); nothing where it is not filled in."""
    found = current_letterhead()
    name, address = getattr(found, f"name_{language}"), getattr(found, f"address_{language}")
    return [line.strip() for line in (name, *address.splitlines()) if line.strip()] if name else []


@transaction.atomic
def save_letterhead(by: User, **given: str) -> None:
    """Change what is filled in; letters that were written stay as they are."""
    if not by.may(Permission.MANAGE_OFFICE):
        raise PermissionDenied
    Letterhead.objects.get_or_create(pk=1)
    found = Letterhead.objects.select_for_update().get(pk=1)
    changed = [name for name in FIELDS if name in given and getattr(found, name) != given[name]]
    for name in changed:
        setattr(found, name, given[name])
    if changed:
        found.save(update_fields=changed)
        record(by, "office.changed", ("office", found.pk), **{name: given[name] for name in changed})
