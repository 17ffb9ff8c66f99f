"""Signing in as a person does it: by the form, and by the code of an app."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tahaluf.web.accounts.models import User

WORDS = "a long enough phrase"


@pytest.fixture
def sign_in(client: Client) -> Callable[..., Any]:
    """Fills in the form; returns the answer."""

    def fill_in(name: str, password: str = WORDS, **more: Any) -> Any:
        return client.post("/account/login/", {"login": name, "password": password}, **more)

    return fill_in


def code_of(seed: str, moment: float | None = None) -> str:
    """What the app on the phone would show."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return str(format_hotp_value(hotp_value(seed, int(time.time() if moment is None else moment) // 30)))


@pytest.fixture
def set_up_second_factor(django_capture_on_commit_callbacks: Callable[..., Any]) -> Callable[[Client], str]:
    """Walks the page that sets it up, in a client that has just signed in by the form; returns the seed."""

    def walk(client: Client) -> str:
        page = client.get("/account/2fa/totp/activate/")
        seed = re.search(r'id="seed"[^>]*value="([A-Z2-7]+)"', page.content.decode())
        assert seed is not None
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post("/account/2fa/totp/activate/", {"code": code_of(seed[1])})
        assert answer.headers["Location"] == "/account/2fa/recovery-codes/", answer.content.decode()
        return seed[1]

    return walk


@pytest.fixture
def second_factor_for(settings: Any) -> Callable[..., None]:
    """Makes roles ask for a second factor."""
    from dataclasses import replace

    def ask(*roles: str) -> None:
        settings.ENVIRONMENT = replace(settings.ENVIRONMENT, second_factor=roles)

    return ask


@pytest.fixture
def named() -> Callable[[str], User]:
    return lambda name: User.objects.get(username=name)
