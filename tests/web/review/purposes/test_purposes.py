"""Purposes: made once, changed by whoever may, with a look at what a change would have made."""

from collections.abc import Callable

import pytest
from django.test import Client

from tahaluf.web.accounts.models import User
from tahaluf.web.accounts.services import save_preferences
from tahaluf.web.common.audit.models import AuditEntry
from tahaluf.web.review.purposes.forms import PurposeForm, ThresholdForm
from tahaluf.web.review.purposes.preview import past_of
from tahaluf.web.review.purposes.services import change_purpose, ensure_defaults
from tahaluf.web.review.screenings.scores import EDGES, bin_of, floor_of, reaching
from tahaluf.web.review.tables.purposes import Purpose, PurposeChange
from tahaluf.web.review.tables.screenings import Screening

LISTED = "Abdelkader Salem Benzeroual"
PEOPLE = f"name\n{LISTED}\nAbdelkader Benzerou\nSalem Zeroual\nYusuf Idris\nAmina Dramé\nAbu Salim\nKhaled Matar\n"
Browse = Callable[[User], Client]


def test_the_defaults_are_made_once_and_never_overwritten(db: None) -> None:
    first = ensure_defaults()
    assert [purpose.slug for purpose in first] == ["border", "payment", "vetting"]
    assert all(purpose.title(language) for purpose in first for language in ("ar", "fr", "en"))
    assert all("2396" in told for told in first[0].legal_basis.values())
    assert all("1267" in told for told in first[1].legal_basis.values())
    Purpose.objects.filter(slug="border").update(threshold=0.7)
    assert ensure_defaults()[0].threshold == 0.7
    assert Purpose.objects.count() == 3


@pytest.mark.parametrize("number", range(100))
def test_a_score_is_counted_from_the_edge_that_it_reaches(number: int) -> None:
    edge = EDGES[number]
    assert bin_of(edge) == number
    assert bin_of(edge + 1e-12) == number
    if number:
        assert bin_of(edge - 1e-12) == number - 1
    bins = [0] * 100
    bins[bin_of(edge)] = 1
    assert reaching(bins, edge) == 1


def test_a_perfect_score_is_counted(db: None) -> None:
    assert bin_of(1.0) == 99
    assert floor_of(0.5) == 0.2
    assert floor_of(0.1) == 0.1


@pytest.mark.parametrize("threshold", [0.2, 0.25, 0.35, 0.5, 0.61, 0.8, 0.99])
def test_what_is_foretold_is_what_comes(
    threshold: float, screened: Callable[..., Screening], purpose: Purpose, administrator: User
) -> None:
    screened(PEOPLE)
    foretold = past_of(purpose).at(threshold)
    assert foretold is not None
    change_purpose(purpose, administrator, {"threshold": threshold})
    assert screened(PEOPLE).flagged == foretold


def test_a_lower_threshold_finds_more(screened: Callable[..., Screening], purpose: Purpose) -> None:
    screened(PEOPLE)
    past = past_of(purpose)
    low, high = past.at(0.2), past.at(0.9)
    assert low is not None
    assert high is not None
    assert low > high > 0
    assert past.at(0.19) is None
    assert (past.files, past.subjects, past.flagged) == (1, 7, past.at(0.5))


def test_a_change_is_kept_and_audited_and_leaves_what_was_begun(
    purpose: Purpose, administrator: User, screened: Callable[..., Screening], browse: Browse, analyst: User
) -> None:
    before = screened(f"name\n{LISTED}\n")
    client = browse(administrator)
    assert client.post("/purposes/border/threshold/", {"threshold": "0.62", "because": ""}).status_code == 422
    assert client.post("/purposes/border/threshold/", {"threshold": "1.2", "because": "x"}).status_code == 422
    client.post("/purposes/border/threshold/", {"threshold": "0.62", "because": "too many common names"})
    purpose.refresh_from_db()
    assert purpose.threshold == 0.62
    change = PurposeChange.objects.get()
    assert (change.changes, change.because, change.by_name) == (
        {"threshold": [0.5, 0.62]}, "too many common names", administrator.username,
    )  # fmt: skip
    entry = AuditEntry.objects.get(action="purpose.changed")
    assert entry.details["changes"] == {"threshold": [0.5, 0.62]}
    before.refresh_from_db()
    assert before.threshold == 0.5
    page = browse(analyst).get("/purposes/border/").text
    assert "too many common names" in page
    assert "0.62" in page


def test_what_is_the_same_is_no_change(purpose: Purpose, administrator: User) -> None:
    assert change_purpose(purpose, administrator, {"threshold": purpose.threshold}) is None
    assert not AuditEntry.objects.filter(action="purpose.changed").exists()


def test_all_else_can_be_changed(purpose: Purpose, administrator: User, browse: Browse) -> None:
    values = {
        "title_ar": "الحدود", "title_fr": "Frontières", "title_en": "Borders", "legal_basis_en": "Law 5",
        "legal_basis_fr": "Loi 5", "legal_basis_ar": "القانون 5",
        "keep_days": 90, "keep_match_days": 900, "due_hours": 2, "exemption_days": 30, "active": "on", "because": "law",
    }  # fmt: skip
    assert browse(administrator).post("/purposes/border/edit/", values).status_code == 302
    purpose.refresh_from_db()
    assert (purpose.legal_basis["fr"], purpose.keep_days, purpose.title_en) == ("Loi 5", 90, "Borders")
    assert set(PurposeChange.objects.get().changes) == {
        "title_ar", "title_fr", "title_en", "legal_basis_ar", "legal_basis_fr", "legal_basis_en", "keep_days",
        "keep_match_days", "due_hours", "exemption_days",
    }  # fmt: skip
    wrong = browse(administrator).post("/purposes/border/edit/", {**values, "keep_days": "-1"})
    assert wrong.status_code == 422


CREW = {
    "slug": "crew", "title_ar": "الأطقم", "title_fr": "Équipages", "title_en": "Crews", "legal_basis_ar": "القانون 7",
    "legal_basis_fr": "Loi 7", "legal_basis_en": "Law 7", "threshold": "0.55", "keep_days": 90,
    "keep_match_days": 900, "due_hours": 2, "exemption_days": 30, "active": "on", "because": "A new duty",
}  # fmt: skip


def test_an_administrator_adds_a_purpose_and_all_may_choose_it(
    purpose: Purpose, administrator: User, analyst: User, browse: Browse
) -> None:
    assert browse(administrator).post("/purposes/new/", CREW).status_code == 302
    made = Purpose.objects.get(slug="crew")
    assert (made.threshold, made.legal_basis["ar"], made.keep_days) == (0.55, "القانون 7", 90)
    assert AuditEntry.objects.get(action="purpose.made").details["because"] == "A new duty"
    assert 'value="crew"' in browse(analyst).get("/screen/").text
    assert "Loi 7" in browse(analyst).get("/purposes/crew/", headers={"accept-language": "fr"}).text


@pytest.mark.parametrize(
    "wrong", [{"slug": "border"}, {"slug": "new"}, {"slug": "a b"}, {"threshold": "7"}, {"legal_basis_ar": ""}]
)
def test_a_purpose_that_is_taken_or_incomplete_is_not_made(
    wrong: dict[str, str], purpose: Purpose, administrator: User, browse: Browse
) -> None:
    assert browse(administrator).post("/purposes/new/", {**CREW, **wrong}).status_code == 422
    assert not Purpose.objects.filter(slug__in=("crew", "new", "a b")).exists()


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_all_see_the_purposes_and_only_an_administrator_changes_them(
    language: str, purpose: Purpose, analyst: User, administrator: User, browse: Browse,
    screened: Callable[..., Screening],
) -> None:  # fmt: skip
    screened(PEOPLE)
    for person in (analyst, administrator):
        client = browse(person)
        for address in ("/purposes/", "/purposes/border/", "/purposes/border/preview/?threshold=0.30"):
            page = client.get(address, headers={"accept-language": language})
            assert page.status_code == 200
    assert "<svg" in browse(analyst).get("/purposes/border/").text
    assert browse(analyst).post("/purposes/border/threshold/", {"threshold": "0.3"}).status_code == 403
    assert browse(analyst).post("/purposes/border/edit/", {}).status_code == 403


@pytest.mark.parametrize(("threshold", "said"), [("0.10", "nothing was counted"), ("x", "Write a threshold")])
def test_what_cannot_be_foretold_is_said(
    threshold: str, said: str, screened: Callable[..., Screening], analyst: User, browse: Browse
) -> None:
    screened(PEOPLE)
    assert said in browse(analyst).get("/purposes/border/preview/", {"threshold": threshold}).text


@pytest.mark.parametrize(("threshold", "is_taken"), [("0.05", True), ("0.99", True), ("0.04", False), ("1", False)])
def test_a_threshold_is_taken_to_both_ends_of_what_is_said(threshold: str, is_taken: bool) -> None:
    assert ThresholdForm({"threshold": threshold, "because": "tried"}).is_valid() == is_taken


@pytest.mark.parametrize("field", ["keep_days", "keep_match_days", "due_hours", "exemption_days"])
def test_no_time_is_longer_than_a_hundred_years(field: str, purpose: Purpose) -> None:
    given = {name: getattr(purpose, name) for name in PurposeForm.Meta.fields}
    assert PurposeForm({**given, field: 36_500}, instance=purpose).is_valid()
    assert list(PurposeForm({**given, field: 36_501}, instance=purpose).errors) == [field]


def test_what_was_changed_is_shown_in_the_digits_of_the_reader(
    purpose: Purpose, browse: Browse, administrator: User, analyst: User
) -> None:
    change_purpose(purpose, administrator, {"threshold": 0.6200000001, "keep_days": 4000, "active": False})
    save_preferences(analyst, language="ar", arabic_digits=True)
    page = browse(analyst).get("/purposes/border/").text
    assert "٠٫٦٢" in page and page.count("٤٬٠٠٠") == 2
    assert "0.6200000001" not in page and ">False<" not in page
