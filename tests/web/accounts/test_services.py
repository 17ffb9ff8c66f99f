"""People, roles, links and tokens: what is done, and what is refused."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tahaluf.domain import InputError
from tahaluf.web.accounts import tokens
from tahaluf.web.accounts.apps import check_roles
from tahaluf.web.accounts.models import ApiToken, Invitation, User
from tahaluf.web.accounts.permissions import Permission, Role
from tahaluf.web.accounts.services import (
    accept_invitation,
    clean_text,
    create_person,
    deactivate,
    find_invitation,
    find_token,
    first_administrator,
    invite,
    make_token,
    reactivate,
    reset_second_factor,
    revoke_token,
    set_roles,
)
from tahaluf.web.common.audit.models import AuditEntry

Person = Callable[..., User]
WORDS = "quatre mots très ordinaires"


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    tokens.forget_tokens()
    yield
    tokens.forget_tokens()


def code(refused: pytest.ExceptionInfo[InputError]) -> str:
    return refused.value.problem.code


def token_of(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def test_nobody_is_called_as_the_desk_calls_itself_in_the_audit_log(administrator: User) -> None:
    with pytest.raises(InputError) as refused:
        create_person(" System", by=administrator)
    assert code(refused) == "web.person_exists"


def test_a_name_is_given_once_whatever_its_case(administrator: User) -> None:
    create_person("Zahra.Amrani", by=administrator)
    with pytest.raises(InputError) as refused:
        create_person("zahra.AMRANI", by=administrator)
    assert code(refused) == "web.person_exists"
    assert User.objects.filter(username="zahra.amrani").count() == 1


@pytest.mark.parametrize("name", ["", "a b", "a<b>", "x" * 151, "a/b"])
def test_a_name_for_signing_in_is_plain(administrator: User, name: str) -> None:
    with pytest.raises(InputError) as refused:
        create_person(name, by=administrator)
    assert code(refused) == "web.person_detail"
    assert not AuditEntry.objects.exists()


def test_names_lose_control_and_direction_characters_and_keep_what_joins_letters(administrator: User) -> None:
    shown = create_person("x", by=administrator, first_name="a\u202eb\u0000c\nd", last_name="می\u200cخواهم")
    assert (shown.first_name, shown.last_name) == ("abc d", "می\u200cخواهم")
    assert clean_text("\u2067\u2069\u200b\ufeff e\u0301 ") == "é"


def test_a_name_of_ten_thousand_characters_is_refused_not_cut(administrator: User) -> None:
    with pytest.raises(InputError):
        create_person("y", by=administrator, first_name="n" * 10_000)


def test_roles_are_given_and_taken_and_recorded(administrator: User, analyst: User) -> None:
    set_roles(analyst, ["reviewer"], administrator)
    assert analyst.roles == {Role.REVIEWER}
    assert analyst.may(Permission.REVIEW)
    assert analyst.grants.get().granted_by == administrator.username
    entry = AuditEntry.objects.get()
    assert entry.details == {"username": analyst.username, "given": ["reviewer"], "taken": ["analyst"]}
    set_roles(analyst, ["reviewer"], administrator)
    assert AuditEntry.objects.count() == 1


@pytest.mark.parametrize(
    "roles", [("administrator", "analyst"), ("administrator", "supervisor"), ("auditor", "press"), tuple(Role)]
)
def test_roles_that_stay_apart_are_not_given_together(administrator: User, roles: tuple[str, ...]) -> None:
    with pytest.raises(InputError) as refused:
        create_person("z", by=administrator, roles=roles)
    assert code(refused) == "web.roles_apart"
    assert not User.objects.filter(username="z").exists()


def test_nobody_changes_their_own_roles(administrator: User, person: Person) -> None:
    person(Role.ADMINISTRATOR, name="second")
    for roles in (["analyst"], [], ["administrator", "information_officer"]):
        with pytest.raises(InputError) as refused:
            set_roles(administrator, roles, administrator)
        assert code(refused) == "web.own_roles"
    set_roles(administrator, ["administrator"], administrator)
    assert User.objects.get(pk=administrator.pk).roles == {Role.ADMINISTRATOR}


def test_the_last_administrator_stays(administrator: User, person: Person) -> None:
    other = person(Role.ADMINISTRATOR, name="second")
    deactivate(other, administrator)
    for by in (other, None):
        with pytest.raises(InputError) as refused:
            set_roles(administrator, [], by)
        assert code(refused) == "web.last_administrator"
        with pytest.raises(InputError) as refused:
            deactivate(administrator, by)
        assert code(refused) == "web.last_administrator"
    reactivate(other, administrator)
    deactivate(administrator, other)
    assert not User.objects.get(pk=administrator.pk).is_active


def test_nobody_deactivates_themselves_or_takes_away_their_own_second_factor(
    administrator: User, person: Person
) -> None:
    person(Role.ADMINISTRATOR, name="second")
    for act in (deactivate, reset_second_factor):
        with pytest.raises(InputError) as refused:
            act(administrator, administrator)
        assert code(refused) == "web.own_account"


def test_a_link_sets_the_password_once(analyst: User) -> None:
    token = token_of(invite(analyst, None))
    assert token not in str(list(Invitation.objects.values()))
    assert token not in str(list(AuditEntry.objects.values()))
    assert accept_invitation(token, WORDS).check_password(WORDS)
    with pytest.raises(InputError) as refused:
        accept_invitation(token, "another very long phrase")
    assert code(refused) == "web.invitation"
    analyst.refresh_from_db()
    assert analyst.check_password(WORDS)


def test_a_link_dies_after_two_days_by_a_newer_one_and_with_its_persons_access(
    analyst: User, administrator: User
) -> None:
    late = token_of(invite(analyst, None))
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    old = token_of(invite(analyst, None))
    new = token_of(invite(analyst, None))
    others = token_of(invite(administrator, None))
    for dead in (late, old, new + "x", new[:-1], "", "x" * 10_000, "\x00", "%"):
        assert find_invitation(dead) is None
        with pytest.raises(InputError):
            accept_invitation(dead, WORDS)
    kept = find_invitation(new)
    assert kept is not None and kept.expires_at - timezone.now() > timedelta(hours=47)
    deactivate(analyst, administrator)
    assert find_invitation(new) is None
    reactivate(analyst, administrator)
    assert find_invitation(new) is None
    assert find_invitation(others) is not None


@pytest.mark.parametrize("password", ["short", "123456789012", "aissata.keita", "password123", "qwertyuiop[]"])
def test_a_link_takes_no_weak_password_and_stays_good(analyst: User, password: str) -> None:
    token = token_of(invite(analyst, None))
    with pytest.raises(ValidationError):
        accept_invitation(token, password)
    assert find_invitation(token) is not None


def test_the_first_administrator_is_made_once_and_gets_a_new_link_until_the_password_is_set(db: None) -> None:
    first = first_administrator()
    assert first is not None
    made = User.objects.get()
    assert (made.username, made.roles) == ("administrator", {Role.ADMINISTRATOR})
    again = first_administrator()
    assert again is not None and find_invitation(token_of(first)) is None
    accept_invitation(token_of(again), WORDS)
    assert first_administrator() is None
    assert User.objects.count() == 1


def test_no_administrator_is_made_where_somebody_works(analyst: User) -> None:
    assert first_administrator() is None
    assert User.objects.count() == 1


def test_a_token_is_found_by_its_secret_alone(analyst: User) -> None:
    token, secret = make_token(analyst, " nightly\n run ", ["read", "write", "write"], 30)
    assert (token.name, token.scopes, token.prefix) == ("nightly run", ["read", "write"], secret[:12])
    found = find_token(secret)
    assert found is not None and found.pk == token.pk and found.owner.may(Permission.SCREEN)
    for wrong in ("", secret[:-1], secret + "x", token.digest, token.prefix, secret.upper(), "thl_\udcff", "x" * 10**6):
        assert find_token(wrong) is None
    assert secret not in str(list(AuditEntry.objects.values()))


def test_a_token_used_often_costs_no_query(analyst: User, django_assert_num_queries: Callable[[int], object]) -> None:
    _token, secret = make_token(analyst, "n", ["write"], 1)
    find_token(secret)
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        for _ in range(300):
            found = find_token(secret)
            assert found is not None and found.owner.may(Permission.SCREEN)


def test_its_use_is_noted_at_most_once_a_minute(analyst: User) -> None:
    token, secret = make_token(analyst, "n", ["write"], 1)
    find_token(secret)
    token.refresh_from_db()
    first = token.last_used_at
    assert first is not None
    find_token(secret)
    tokens.forget_tokens()
    find_token(secret)
    token.refresh_from_db()
    assert token.last_used_at == first
    ApiToken.objects.update(last_used_at=first - timedelta(seconds=61))
    tokens.forget_tokens()
    find_token(secret)
    token.refresh_from_db()
    assert token.last_used_at is not None and token.last_used_at >= first


def test_a_revoked_token_is_dead_here_at_once_and_elsewhere_within_ten_seconds(
    analyst: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr(tokens, "monotonic", lambda: now[0])
    token, secret = make_token(analyst, "n", ["write"], 1)
    assert find_token(secret) is not None
    # Another process revokes it: nothing is forgotten here.
    ApiToken.objects.filter(pk=token.pk).update(revoked_at=timezone.now())
    now[0] += 9.9
    assert find_token(secret) is not None
    now[0] += 0.1
    assert find_token(secret) is None
    other, second = make_token(analyst, "m", ["write"], 1)
    assert find_token(second) is not None
    revoke_token(other, analyst)
    assert find_token(second) is None
    revoke_token(other, analyst)
    assert AuditEntry.objects.filter(action="token.revoked").count() == 1


def test_a_token_expires_to_the_second_although_it_is_kept(analyst: User, monkeypatch: pytest.MonkeyPatch) -> None:
    _token, secret = make_token(analyst, "n", ["write"], 1)
    assert find_token(secret) is not None
    later = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(tokens.timezone, "now", lambda: later)
    assert find_token(secret) is None


def test_a_token_opens_nothing_for_someone_deactivated_and_less_for_someone_with_less_roles(
    analyst: User, administrator: User
) -> None:
    _token, secret = make_token(analyst, "n", ["read", "write"], 1)
    assert find_token(secret) is not None
    set_roles(analyst, ["press"], administrator)
    found = find_token(secret)
    assert found is not None and not found.owner.may(Permission.SCREEN)
    deactivate(analyst, administrator)
    assert find_token(secret) is None
    reactivate(analyst, administrator)
    assert find_token(secret) is not None


@pytest.mark.parametrize(
    ("scopes", "days", "problem"),
    [([], 1, "web.token_scopes"), (["all"], 1, "web.token_scopes"), (["read"], 0, "web.token_days"),
     (["read"], 367, "web.token_days"), (["read"], -1, "web.token_days")],
)  # fmt: skip
def test_a_token_without_scope_or_end_is_not_made(analyst: User, scopes: list[str], days: int, problem: str) -> None:
    with pytest.raises(InputError) as refused:
        make_token(analyst, "n", scopes, days)
    assert code(refused) == problem
    assert not ApiToken.objects.exists()


def test_what_is_kept_of_tokens_is_bounded(analyst: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "MOST_KEPT", 3)
    for number in range(5):
        find_token(make_token(analyst, str(number), ["write"], 1)[1])
        find_token(f"thl_unknown{number}")
    assert len(tokens._KEPT) == 3


def test_a_misspelled_role_in_the_setting_stops_the_desk() -> None:
    check_roles(("administrator", "auditor"))
    with pytest.raises(InputError) as refused:
        check_roles(("administrator", "auditors"))
    assert refused.value.problem.where.field == "TAHALUF_SECOND_FACTOR"
