import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tahaluf.domain import AttributeEffect, Document, TokenMatch
from tahaluf.web.accounts.models import User
from tahaluf.web.accounts.permissions import Role
from tahaluf.web.common.audit.models import AuditEntry
from tahaluf.web.review.alerts.casefile import read_case
from tahaluf.web.review.alerts.services import adjudicate, raise_alerts, reopen, second, withdraw_hits, write_note
from tahaluf.web.review.tables.alerts import Adjudication, Alert, Exemption
from tahaluf.web.ui.formatting import long_date

from .conftest import LIST, make_hit, make_listing, make_row, make_subject

New = Callable[..., Any]
Browse = Callable[[User], Client]
MATCH = {"disposition": "true_match", "reasons_true_match": ["same_birth"], "text": ""}


def read(client: Client, alert: Alert, language: str = "en") -> str:
    answer = client.get(f"/alerts/{alert.pk}/", headers={"accept-language": language})
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_page_shows_the_subject_the_listing_and_every_reason(
    language: str, alert: Alert, browse: Browse, analyst: User
) -> None:
    page = read(browse(analyst), alert, language)
    for text in ("Samir Nadaoui", "Samir al-Nadawi", "QDx.1", "travelers.csv", ">Nadawi</bdi>", "0123456789ab"):
        assert text in page
    assert f'lang="{language}"' in page and (('dir="rtl"' in page[:200]) == (language == "ar"))


def test_words_stand_side_by_side_as_each_name_spells_them(new_alert: New, browse: Browse, analyst: User) -> None:
    hit = make_hit("L-3")
    met = TokenMatch("مصطفي", "مصطفي", 1.0, 4.2, "exact"), TokenMatch("عبدالقادر", "abdalqadir", 0.9, 5.0, "romanized")
    names = {"subject_name": "مصطفى عبد القادر", "listing_name": "مُصطفى Abd al-Qâdir"}
    alert = new_alert(replace(hit, explanation=replace(hit.explanation, tokens=met, **names)))
    page = read(browse(analyst), alert)
    for written in ("مصطفى", "مُصطفى", "عبد القادر", "Abd al-Qâdir"):
        assert f">{written}</bdi>" in page
    assert "مصطفي" not in page and "abdalqadir" not in page


def test_seeing_an_alert_is_in_its_trail(alert: Alert, browse: Browse, auditor: User) -> None:
    page = read(browse(auditor), alert)
    assert AuditEntry.objects.get(action="alert.seen", target_id=str(alert.pk)).actor == auditor.username
    assert "looked at the alert" in page
    assert "/decide/" not in page


def test_what_stands_in_names_is_shown_as_text(new_alert: New, browse: Browse, analyst: User) -> None:
    nasty = "<script>alert(1)</script> \u202eevil\u2069 " + "x" * 10_000
    alert = new_alert(subject=make_subject(nasty))
    page = read(browse(analyst), alert)
    assert "<script>alert" not in page and "&lt;script&gt;" in page


def test_a_first_decision_leads_to_the_next_alert(new_screening: New, browse: Browse, analyst: User) -> None:
    screening = new_screening()
    raise_alerts(screening, [make_row(1, make_hit(score=0.9)), make_row(2, make_hit(score=0.8))])
    one, other = screening.alerts.order_by("row")
    client = browse(analyst)
    told = {"disposition": "false_positive", "reasons_false_positive": ["name_only"], "remember_days": "30"}
    answer = client.post(f"/alerts/{one.pk}/decide/?order=score", told)
    assert answer.headers["Location"] == f"/alerts/{other.pk}/?order=score"
    assert Exemption.objects.count() == 1
    answer = client.post(f"/alerts/{other.pk}/decide/?order=score", told)
    assert answer.headers["Location"] == "/alerts/?order=score"


def test_two_people_confirm_a_true_match_on_the_pages(
    alert: Alert, browse: Browse, reviewer: User, person: Callable[..., User]
) -> None:
    hit = alert.hits.get(rank=1)
    first = browse(reviewer)
    assert first.post(f"/alerts/{alert.pk}/decide/", {**MATCH, "hits": [hit.pk]}).status_code == 302
    page = read(first, alert)
    assert "You proposed this true match" in page and "/second/" not in page
    assert first.post(f"/alerts/{alert.pk}/second/", {"agrees": "yes"}).status_code == 422
    other = browse(person(Role.REVIEWER, name="other.reviewer"))
    assert "/second/" in read(other, alert)
    assert other.post(f"/alerts/{alert.pk}/second/", {"agrees": "yes"}).status_code == 302
    alert.refresh_from_db()
    assert (alert.state, alert.disposition) == ("closed", "true_match")


def test_an_analyst_is_not_offered_the_second_review(
    alert: Alert, browse: Browse, reviewer: User, analyst: User
) -> None:
    adjudicate(alert, reviewer, "true_match", hits=[(LIST, "L-1")], reasons=["same_birth"])
    client = browse(analyst)
    assert "/second/" not in read(client, alert)
    assert client.post(f"/alerts/{alert.pk}/second/", {"agrees": "yes"}).status_code == 403


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({}, "This field is required"),
        ({"disposition": "false_positive"}, "at least one of the reasons"),
        ({"disposition": "inconclusive", "reasons_inconclusive": ["contradictory"]}, "say in words"),
        (MATCH, "which of the listings"),
        ({"disposition": "guilty"}, "not one of the available choices"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(
    told: dict[str, Any], says: str, alert: Alert, browse: Browse, analyst: User
) -> None:
    answer = browse(analyst).post(f"/alerts/{alert.pk}/decide/", told)
    assert answer.status_code == 422 and says in answer.content.decode()
    assert not Adjudication.objects.exists()


def test_what_was_written_is_still_there_when_something_is_missing(alert: Alert, browse: Browse, analyst: User) -> None:
    told = {"disposition": "false_positive", "text": "Another birthday, see the passport."}
    page = browse(analyst).post(f"/alerts/{alert.pk}/decide/", told).content.decode()
    assert "Another birthday, see the passport." in page and 'value="false_positive" data-key="2"' in page


def test_whoever_comes_second_is_told_so(alert: Alert, browse: Browse, analyst: User, reviewer: User) -> None:
    adjudicate(alert, reviewer, "false_positive", reasons=["name_only"])
    told = {"disposition": "false_positive", "reasons_false_positive": ["name_only"]}
    answer = browse(analyst).post(f"/alerts/{alert.pk}/decide/", told)
    assert answer.status_code == 409 and "in the meantime" in answer.content.decode()


def test_a_decided_alert_is_opened_again_on_its_page(
    alert: Alert, browse: Browse, analyst: User, reviewer: User
) -> None:
    adjudicate(alert, analyst, "false_positive", reasons=["name_only"])
    assert "/reopen/" not in read(browse(analyst), alert)
    client = browse(reviewer)
    assert client.post(f"/alerts/{alert.pk}/reopen/", {"because": "other"}).status_code == 422
    assert client.post(f"/alerts/{alert.pk}/reopen/", {"because": "complaint"}).status_code == 302
    assert "opened again" in read(client, alert)


def test_notes_are_added_and_shown(alert: Alert, browse: Browse, analyst: User) -> None:
    client = browse(analyst)
    client.post(f"/alerts/{alert.pk}/note/", {"text": "<b>Asked</b> the carrier."})
    assert "&lt;b&gt;Asked&lt;/b&gt; the carrier." in read(client, alert)


def test_an_alert_is_taken_and_given_back_on_its_page(
    alert: Alert, browse: Browse, analyst: User, reviewer: User
) -> None:
    client = browse(analyst)
    client.post(f"/alerts/{alert.pk}/hold/")
    alert.refresh_from_db()
    assert alert.assigned_to == analyst
    browse(reviewer).post(f"/alerts/{alert.pk}/hold/")
    alert.refresh_from_db()
    assert alert.assigned_to == analyst
    client.post(f"/alerts/{alert.pk}/hold/")
    alert.refresh_from_db()
    assert alert.assigned_to is None


def test_earlier_decisions_on_the_subject_and_the_listing_stand_beside_it(
    new_alert: New, browse: Browse, analyst: User
) -> None:
    adjudicate(new_alert(), analyst, "false_positive", reasons=["other_place"])
    adjudicate(
        new_alert(subject=make_subject("Someone Else")), analyst, "inconclusive", reasons=["contradictory"], text="x"
    )
    page = read(browse(analyst), new_alert())
    assert "another place of birth" in page and "Someone Else" in page


def test_what_became_of_the_listing_since_is_shown(alert: Alert, browse: Browse, analyst: User) -> None:
    assert "unchanged since" in read(browse(analyst), alert)
    make_listing("L-1", remarks=["Reported dead in 2026."])
    page = read(browse(analyst), alert)
    assert "has changed since" in page and "Reported dead in 2026." in page
    withdraw_hits([(LIST, "L-1")])
    assert "No longer listed:" in read(browse(analyst), alert)


def test_why_a_remembered_false_positive_came_back_is_said(
    new_alert: New, new_screening: New, browse: Browse, analyst: User
) -> None:
    adjudicate(new_alert(), analyst, "false_positive", reasons=["name_only"], remember_days=30)
    make_listing("L-1", gender="male")
    screening = new_screening()
    raise_alerts(screening, [make_row(1)])
    assert "The listing has changed since; look again." in read(browse(analyst), screening.alerts.get())


@pytest.mark.parametrize("state", ["open", "proposed", "true_match", "false_positive"])
def test_the_page_opens_in_every_state_for_everyone_who_may_see_it(
    state: str, alert: Alert, browse: Browse, analyst: User, reviewer: User, supervisor: User, auditor: User
) -> None:
    if state in ("proposed", "true_match"):
        adjudicate(alert, analyst, "true_match", hits=[(LIST, "L-1")], reasons=["same_birth"])
    if state == "true_match":
        second(alert, reviewer, agrees=True)
    if state == "false_positive":
        adjudicate(alert, analyst, "false_positive", reasons=["name_only"], remember_days=5)
    write_note(alert, analyst, "A note")
    for user in (analyst, reviewer, supervisor, auditor):
        read(browse(user), alert)


def test_who_may_not_see_alerts_sees_none(alert: Alert, browse: Browse, administrator: User) -> None:
    client = browse(administrator)
    assert {client.get(path).status_code for path in ("/alerts/", f"/alerts/{alert.pk}/", "/exemptions/")} == {403}


def test_an_alert_that_does_not_exist_is_not_found(browse: Browse, analyst: User) -> None:
    client = browse(analyst)
    assert {client.get(f"/alerts/{key}/").status_code for key in (999_999, 10**25)} == {404}


def test_remembered_false_positives_are_listed_found_and_ended(
    new_alert: New, browse: Browse, analyst: User, supervisor: User
) -> None:
    adjudicate(new_alert(), analyst, "false_positive", reasons=["name_only"], remember_days=5)
    exemption = Exemption.objects.get()
    assert exemption.expires_on > timezone.localdate()
    client = browse(supervisor)
    for query, shown in (("", 1), ("show=soon", 1), ("show=ended", 0), ("text=nadaoui", 1), ("text=nobody", 0)):
        answer = client.get(f"/exemptions/?{query}")
        assert len(answer.context["page"].object_list) == shown, query
    assert "/end/" not in browse(analyst).get("/exemptions/").content.decode()
    assert browse(analyst).post(f"/exemptions/{exemption.pk}/end/").status_code == 403
    assert client.post(f"/exemptions/{exemption.pk}/end/").status_code == 302
    page = client.get("/exemptions/?show=ended").content.decode()
    assert "ended by a person" in page and "/end/" not in page


def test_what_contradicts_is_marked_in_a_row_of_its_own(new_alert: New, browse: Browse, analyst: User) -> None:
    hit = make_hit()
    apart = (
        AttributeEffect("birth_date", "birth_date.other", -2.5, "1961-01-02", "1984-05-02"),
        AttributeEffect("gender", "gender.same", 0.4, "male", "male"),
    )
    alert = new_alert(replace(hit, explanation=replace(hit.explanation, attributes=apart)))
    rows = re.findall(r'<tr class="is-against">(.*?)</tr>', read(browse(analyst), alert), re.DOTALL)
    assert len(rows) == 1
    assert "contradicts" in rows[0] and "1961" in rows[0] and "1984" in rows[0] and "−2.50" in rows[0]


def test_what_both_sides_state_and_nothing_was_made_of_has_a_row_too(
    new_alert: New, browse: Browse, analyst: User
) -> None:
    """Numbers of two passports, whose countries are not known: neither the same nor ruled out."""
    make_listing("L-1", documents=[{"number": "DZ9921745", "type": "passport", "country": None}])
    alert = new_alert(subject=replace(make_subject(), documents=(Document("X7751234", "passport"),)))
    page = read(browse(analyst), alert)
    (row,) = (row for row in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL) if "counts neither way" in row)
    assert "Document" in row and "X7751234" in row and "DZ9921745" in row and "no agreement" in row


def test_dates_that_are_compared_are_written_as_the_reader_writes_them(
    alert: Alert, browse: Browse, analyst: User
) -> None:
    assert '<bdi dir="auto">2 mai 1984</bdi>' in read(browse(analyst), alert, "fr")


def test_the_sum_of_the_names_is_told_from_what_is_added(alert: Alert, browse: Browse, analyst: User) -> None:
    page = read(browse(analyst), alert)
    subtotal = re.search(r'<tr class="subtotal">(.*?)</tr>', page, re.DOTALL)
    assert subtotal and "sum so far" in subtotal.group() and 'class="num">= ' in subtotal.group()


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({}, "decide_disposition"),
        ({"disposition": "false_positive"}, "decide_reasons_false_positive"),
        ({"disposition": "inconclusive", "reasons_inconclusive": ["contradictory"]}, "decide_text"),
        (MATCH, "decide_hits"),
    ],
)
def test_what_is_refused_stands_at_its_field_and_is_announced(
    told: dict[str, Any], field: str, alert: Alert, browse: Browse, analyst: User
) -> None:
    page = browse(analyst).post(f"/alerts/{alert.pk}/decide/", told).content.decode()
    assert re.findall(r'<ul class="error" role="alert" id="(\w+)_error">', page) == [field]
    assert re.search(rf'aria-describedby="[^"]*\b{field}_error\b', page)
    assert "Nothing was recorded." in page


def test_a_second_review_without_a_reason_is_told_so_at_the_reasons(
    alert: Alert, browse: Browse, analyst: User, reviewer: User
) -> None:
    adjudicate(alert, analyst, "true_match", hits=[(LIST, "L-1")], reasons=["same_birth"])
    page = browse(reviewer).post(f"/alerts/{alert.pk}/second/", {"agrees": "no"}).content.decode()
    assert 'id="second_reasons_no_error"' in page and 'aria-describedby="second_reasons_no_error"' in page


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"disposition": "true_match", "reasons_true_match": ["same_birth"]}, "awaiting a second reviewer"),
        ({"disposition": "false_positive", "reasons_false_positive": ["name_only"]}, "nothing is remembered"),
        (
            {"disposition": "false_positive", "reasons_false_positive": ["name_only"], "remember_days": "30"},
            "remembered until {day}",
        ),
        ({"disposition": "inconclusive", "reasons_inconclusive": ["contradictory"], "text": "x"}, "as inconclusive"),
    ],
)
def test_after_a_decision_what_was_recorded_is_told(
    told: dict[str, Any], says: str, new_alert: New, browse: Browse, analyst: User
) -> None:
    alert = new_alert()
    told = told | ({"hits": [alert.hits.get().pk]} if told["disposition"] == "true_match" else {})
    page = browse(analyst).post(f"/alerts/{alert.pk}/decide/", told, follow=True).content.decode()
    assert says.format(day=long_date(timezone.localdate() + timedelta(days=30))) in page


def test_after_a_second_review_what_was_recorded_is_told(
    new_alert: New, browse: Browse, analyst: User, reviewer: User
) -> None:
    for told, says in (({"agrees": "yes"}, "you confirmed the true match; the alert is closed"),
                       ({"agrees": "no", "reasons_no": ["not_enough"]}, "the alert is open again")):  # fmt: skip
        alert = new_alert()
        adjudicate(alert, analyst, "true_match", reasons=["same_birth"])
        page = browse(reviewer).post(f"/alerts/{alert.pk}/second/", told, follow=True).content.decode()
        assert says in page


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", ("Déclenchement de l’alerte", "Réouverture de l’alerte")), ("ar", ("إثارة التنبيه", "إعادة فتح التنبيه"))],
)
def test_the_history_of_one_alert_speaks_of_one(
    language: str, words: tuple[str, str], alert: Alert, browse: Browse, analyst: User, reviewer: User
) -> None:
    adjudicate(alert, analyst, "false_positive", reasons=["name_only"])
    reopen(alert, reviewer, because="mistake")
    page = read(browse(analyst), alert, language)
    assert all(word in page for word in words)
    assert "déclenchées" not in page and "أُثيرت" not in page and "décidées" not in page


def test_decisions_on_the_same_name_with_other_particulars_are_shown_as_such(
    new_alert: New, browse: Browse, analyst: User
) -> None:
    page = read(browse(analyst), new_alert())
    assert "Same name, other particulars" not in page
    earlier = new_alert(subject=make_subject("SAMIR NADAOUI", "1971"))
    open_one = new_alert(subject=make_subject(born="1972"))
    adjudicate(earlier, analyst, "false_positive", reasons=["other_place"])
    alert = new_alert()
    case = read_case(alert)
    assert [each.alert.pk for each in case.namesakes] == [earlier.pk]
    assert {earlier.pk, open_one.pk}.isdisjoint(each.alert.pk for each in case.past)
    assert "Same name, other particulars" in read(browse(analyst), alert)
