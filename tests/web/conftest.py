"""The cast: one person for each role, and a way to sign in."""

from collections.abc import Callable

import pytest
from django.test import Client

from tahaluf.web.accounts.models import RoleGrant, User
from tahaluf.web.accounts.permissions import Role

CAST = {
    Role.ANALYST: "aissata.keita",
    Role.REVIEWER: "karim.benali",
    Role.SUPERVISOR: "salma.idrissi",
    Role.INFORMATION_OFFICER: "omar.haddad",
    Role.PROGRAMME_MANAGER: "claire.fontaine",
    Role.PRESS: "nadia.alami",
    Role.ADMINISTRATOR: "joao.pereira",
    Role.AUDITOR: "fatoumata.diallo",
}


def make_person(*roles: Role, name: str = "") -> User:
    """A person with these roles."""
    user = User.objects.create_user(name or CAST[roles[0]], password="a long enough phrase")
    RoleGrant.objects.bulk_create(RoleGrant(user=user, role=role, granted_by="tests") for role in roles)
    return user


@pytest.fixture
def person(db: None) -> Callable[..., User]:
    return make_person


@pytest.fixture
def analyst(db: None) -> User:
    return make_person(Role.ANALYST)


@pytest.fixture
def reviewer(db: None) -> User:
    return make_person(Role.REVIEWER)


@pytest.fixture
def supervisor(db: None) -> User:
    return make_person(Role.SUPERVISOR)


@pytest.fixture
def administrator(db: None) -> User:
    return make_person(Role.ADMINISTRATOR)


@pytest.fixture
def auditor(db: None) -> User:
    return make_person(Role.AUDITOR)


@pytest.fixture
def browse() -> Callable[[User], Client]:
    """A client in which this person is signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in
