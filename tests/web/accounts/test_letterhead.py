"""Name and address of the office: filled in by an administrator, in all three languages or in none."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from tahaluf.web.accounts.letterhead import letterhead_lines, save_letterhead
from tahaluf.web.accounts.models import User
from tahaluf.web.common.audit.models import AuditEntry

Browse = Callable[[User], Client]
FILLED = {
    "name_ar": "مكتب الفحص", "name_fr": "Bureau de filtrage", "name_en": "Screening office",
    "address_ar": "شارع الزيتون 12\nالرباط", "address_fr": "12, rue des Oliviers\nRabat",
    "address_en": "12 Olive Street\n\nRabat ",
}  # fmt: skip
LINES = {
    "ar": ["مكتب الفحص", "شارع الزيتون 12", "الرباط"],
    "fr": ["Bureau de filtrage", "12, rue des Oliviers", "Rabat"],
    "en": ["Screening office", "12 Olive Street", "Rabat"],
}


def test_an_administrator_fills_it_in_on_its_page(browse: Browse, administrator: User) -> None:
    client, address = browse(administrator), reverse("accounts:letterhead")
    assert {language: letterhead_lines(language) for language in LINES} == {"ar": [], "fr": [], "en": []}
    answer = client.post(address, FILLED, follow=True)
    assert answer.redirect_chain and "Bureau de filtrage" in answer.content.decode()
    assert {language: letterhead_lines(language) for language in LINES} == LINES
    entry = AuditEntry.objects.get(action="office.changed")
    assert (entry.actor, entry.details["name_en"]) == (administrator.username, "Screening office")
    # The same once more is no change; emptied, it is empty again.
    client.post(address, FILLED)
    assert AuditEntry.objects.filter(action="office.changed").count() == 1
    client.post(address, dict.fromkeys(FILLED, ""))
    assert letterhead_lines("en") == []


@pytest.mark.parametrize("missing", sorted(FILLED))
def test_what_is_missing_in_one_language_is_asked_for(browse: Browse, administrator: User, missing: str) -> None:
    answer = browse(administrator).post(reverse("accounts:letterhead"), {**FILLED, missing: " "})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [missing]
    assert letterhead_lines("en") == []


def test_nobody_else_may(browse: Browse, supervisor: User) -> None:
    assert browse(supervisor).get(reverse("accounts:letterhead")).status_code == 403
    with pytest.raises(PermissionDenied):
        save_letterhead(supervisor, name_en="Another office")
