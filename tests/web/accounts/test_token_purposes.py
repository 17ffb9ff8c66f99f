"""A token that may screen names says for what, among the purposes that a layer above knows."""

import pytest

from tahaluf.domain import InputError
from tahaluf.web.accounts import ports
from tahaluf.web.accounts.models import ApiToken, User
from tahaluf.web.accounts.services import make_token
from tahaluf.web.common.audit.models import AuditEntry
from tahaluf.web.review.purposes.services import ensure_defaults
from tahaluf.web.review.tables.purposes import Purpose


@pytest.fixture(autouse=True)
def _purposes(db: None) -> None:
    ensure_defaults()


@pytest.mark.parametrize(
    ("scopes", "purpose", "others", "field"),
    [(["match"], "", [], "purpose"), (["match"], "unheard", [], "purpose"), (["match"], "", ["border"], "purpose"),
     (["match"], "resting", [], "purpose"), (["match"], "border", ["unheard"], "other_purposes"),
     (["read"], "unheard", [], "purpose"), (["write"], "", ["border"], "purpose")],
)  # fmt: skip
def test_a_token_that_may_match_has_a_purpose_that_is_in_use(
    analyst: User, scopes: list[str], purpose: str, others: list[str], field: str
) -> None:
    Purpose.objects.create(slug="resting", active=False, threshold=0.5)
    with pytest.raises(InputError) as refused:
        make_token(analyst, "n", scopes, 1, purpose=purpose, other_purposes=others)
    problem = refused.value.problem
    assert (problem.code, problem.where.field) == ("web.token_purpose", field)
    assert not ApiToken.objects.exists()


def test_a_token_keeps_the_purposes_it_was_made_for(analyst: User) -> None:
    token, _ = make_token(analyst, "n", ["match"], 1, purpose="border", other_purposes=["payment", "border"])
    assert (token.purpose, token.other_purposes, token.purposes) == ("border", ["payment"], ["border", "payment"])
    assert AuditEntry.objects.get(action="token.made").details["purposes"] == ["border", "payment"]
    assert make_token(analyst, "n", ["read"], 1)[0].purposes == []


def test_where_no_purposes_are_known_no_token_may_match(analyst: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "PURPOSES", [])
    with pytest.raises(InputError):
        make_token(analyst, "n", ["match"], 1, purpose="border")
    assert make_token(analyst, "n", ["read"], 1)[0].scopes == ["read"]
