"""From a listing to others, and to its publisher."""

from collections.abc import Callable
from pathlib import Path

import orjson
import pytest
from django.test import Client
from django.urls import reverse

from tahaluf.web.accounts.models import User
from tahaluf.web.catalogue.models import ListSource
from tahaluf.web.catalogue.services import import_file

pytestmark = pytest.mark.django_db
Browse = Callable[[User], Client]
MakeList = Callable[..., Path]


@pytest.fixture
def linked(tmp_path: Path, make_list: MakeList) -> str:
    """The address of a listing that is a relative of `there`, `elsewhere`, `twice` and `nobody`."""
    people = {"one": "Amal Nouri", "there": "Basel Qadri", "both": "Selma Ait"}
    lines = [{"id": key, "schema": "Person", "properties": {"name": [name]}} for key, name in people.items()]
    for number, other in enumerate(("there", "elsewhere", "twice", "both", "nobody")):
        tie = {"person": ["one"], "relative": [other], "relationship": [f"cousin {number}"]}
        lines.append({"id": f"tie-{number}", "schema": "Family", "properties": tie})
    path = tmp_path / "linked.json"
    path.write_bytes(b"\n".join(map(orjson.dumps, lines)))
    import_file(path, file_name="x", by=None, slug="mine")
    others = {"elsewhere": "Chadi Azzam", "twice": "Dalal Hamdan", "both": "Elias Farah"}
    import_file(make_list(**others), file_name="x", by=None, slug="other", title="Another list")
    import_file(make_list(twice="Dalal Hamdane"), file_name="x", by=None, slug="third")
    return reverse("catalogue:listing", args=["mine", "one"])


def test_a_link_leads_to_another_list_where_its_own_has_no_such_listing(
    browse: Browse, analyst: User, linked: str
) -> None:
    page = browse(analyst).get(linked).content.decode()
    assert f'href="{reverse("catalogue:listing", args=["other", "elsewhere"])}"' in page
    assert "Chadi Azzam" in page
    assert page.count("Another list") == 1


def test_a_link_leads_to_its_own_list_first(browse: Browse, analyst: User, linked: str) -> None:
    page = browse(analyst).get(linked).content.decode()
    for key in ("there", "both"):
        assert f'href="{reverse("catalogue:listing", args=["mine", key])}"' in page
    assert reverse("catalogue:listing", args=["other", "both"]) not in page


def test_a_link_that_two_other_lists_could_mean_leads_nowhere(browse: Browse, analyst: User, linked: str) -> None:
    page = browse(analyst).get(linked).content.decode()
    assert "cousin 2" in page
    assert "cousin 4" in page
    for slug in ("other", "third"):
        assert reverse("catalogue:listing", args=[slug, "twice"]) not in page


def test_a_link_does_not_lead_to_who_is_no_longer_listed(
    browse: Browse, analyst: User, linked: str, make_list: MakeList
) -> None:
    import_file(make_list(both="Elias Farah"), file_name="x", by=None, slug="other", accept=True)
    page = browse(analyst).get(linked).content.decode()
    assert reverse("catalogue:listing", args=["other", "elsewhere"]) not in page


def test_a_listing_leads_to_its_publishers_page(browse: Browse, analyst: User, linked: str) -> None:
    assert "Publisher’s page" not in browse(analyst).get(linked).content.decode()
    ListSource.objects.filter(slug="mine").update(homepage="https://example.org/the-list")
    page = browse(analyst).get(linked).content.decode()
    assert 'href="https://example.org/the-list" rel="noreferrer noopener"' in page
    assert "Publisher’s page" in page
