"""What the sign-in library is told of this place."""

import logging
import secrets
import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tahaluf.web.accounts.preferences import preferences_of
from tahaluf.web.accounts.sessions import BEGAN
from tahaluf.web.common.preferences import preferring
from tahaluf.web.common.sealing import Unsealable, seal, unseal

# Digits of base 32 as well as of base 16, for seeds of either kind.
BOTH_BASES = "ABCDEF234567"
_LOG = logging.getLogger("tahaluf.accounts")


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by himself; what is refused is said so that it helps, and tells nothing of who works here."""

    error_messages = {  # noqa: RUF012 (as the library has it)
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": _(
            "Too many wrong sign-ins with this name or from this place. Wait five minutes, then try again. If you "
            "forgot your password, an administrator can give you a link to set a new one."
        ),
        "username_password_mismatch": _(
            "The name or the password is not right, or this person may not sign in. Names and passwords are to be "
            "written exactly; check the keyboard's language."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Someone who was deactivated learns no more than someone with a wrong password, and uses up a try as well."""
        user = super().authenticate(request, **credentials)
        if user is None or user.is_active:
            return user
        self.pre_authenticate(request, **credentials)
        return None

    def add_message(self, request: HttpRequest, *told: Any, **more: Any) -> None:
        """In the language of whom it is for: who has just signed in may have done so on a page in another one."""
        with preferring(preferences_of(request)):
            super().add_message(request, *told, **more)

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Whoever signed in a moment ago has just shown who it is."""
        began = context.request.session.get(BEGAN, 0)
        return bool(time.time() - began >= app_settings.REAUTHENTICATION_TIMEOUT)

    def is_safe_url(self, url: str | None) -> bool:
        # A backslash or a control character is read differently by browsers and by us.
        return bool(url) and not any(c == "\\" or c < " " for c in url or "") and bool(super().is_safe_url(url))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Seeds of second factors, and of the codes for when the phone is lost, are sealed in the database."""

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return unseal(encrypted_text)
        except Unsealable:
            # Without the key there is no right code: every one is wrong, and an administrator can take the factor away.
            _LOG.error("a second factor was sealed under a key that is not known here: TAHALUF_FORMER_KEYS")
            return "".join(secrets.choice(BOTH_BASES) for _ in range(32))
