"""`POST /updatez`: asks that lists be fetched and compiled now."""

from django.conf import settings
from django.http import HttpRequest

from tahaluf.web.accounts.models import Scope
from tahaluf.web.accounts.permissions import Permission
from tahaluf.web.api.access import Caller
from tahaluf.web.api.match.endpoints import Answer, endpoint
from tahaluf.web.catalogue.jobs import REBUILD, UPDATE
from tahaluf.web.catalogue.queries import fetched_sources
from tahaluf.web.common.audit.services import record
from tahaluf.web.common.jobs.services import enqueue


@endpoint("POST", (Scope.WRITE,), (Permission.IMPORT_LISTS, Permission.MANAGE_LISTS))
def updatez(request: HttpRequest, caller: Caller) -> Answer:
    """A job for each list that is fetched; where the desk fetches none, one that compiles what is there."""
    by = caller.user.get_username()
    slugs = [source.slug for source in fetched_sources()] if settings.ENVIRONMENT.updates else []
    for slug in slugs:
        enqueue(UPDATE, {"list": slug}, by=by, key=slug)
    if not slugs:
        enqueue(REBUILD, {"collection": "", "by": caller.user.pk}, by=by, key="updatez")
    record(caller.user, "lists.update_asked", ("token", caller.token.pk), lists=slugs)
    return Answer({"status": "ok"})
