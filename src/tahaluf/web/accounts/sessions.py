"""A session's beginning, its last use, and the list of a person's sessions."""

import time
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.utils import timezone

BEGAN, SEEN = "tahaluf.began", "tahaluf.seen"
KEPT_AFTER = timedelta(days=30)


def begin(sender: object, request: HttpRequest, user: AbstractBaseUser, **more: Any) -> None:
    """Called when someone has signed in."""
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


def note_seen(request: HttpRequest) -> None:
    """The list of sessions says when this one was last used."""
    from allauth.usersessions.models import UserSession  # noqa: PLC0415 (its models come after ours)

    UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=timezone.now())


def sweep() -> None:
    """Deletes what is over: sessions past their end with their place in the list, links that nobody can use any more.
    Called daily."""
    from allauth.usersessions.models import UserSession  # noqa: PLC0415 (its models come after ours)
    from django.contrib.sessions.models import Session  # noqa: PLC0415

    from tahaluf.web.accounts.models import Invitation  # noqa: PLC0415 (this module is read before the models)

    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    living = Session.objects.values("session_key")
    UserSession.objects.exclude(session_key__in=living).delete()
    Invitation.objects.filter(expires_at__lt=now - KEPT_AFTER).delete()
