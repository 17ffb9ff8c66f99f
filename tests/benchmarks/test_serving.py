"""What is measured of serving is full pages of what was asked for."""

import json

import pytest

from tahaluf.exchange.taxii.server import Settings, TaxiiServer
from tahaluf.exchange.taxii.times import TICK, write_timestamp


@pytest.mark.parametrize("resource", ["objects", "manifest"])
def test_a_made_collection_gives_full_pages_from_any_place(resource: str) -> None:
    from measuring.serving import PAGE, START, MadeCollection, MadeCollections, ask

    server = TaxiiServer(MadeCollections(MadeCollection(5_000)), Settings(bytes(range(32)), PAGE))
    after = ("added_after", write_timestamp(START + 1_233 * TICK))
    response = ask(server, resource, [after])
    assert len(json.loads(response.body)["objects"]) == PAGE
    assert response.headers["X-TAXII-Date-Added-First"] == write_timestamp(START + 1_234 * TICK)
    following = json.loads(response.body)["next"]
    second = ask(server, resource, [after, ("next", following)])
    assert second.headers["X-TAXII-Date-Added-First"] == write_timestamp(START + 2_234 * TICK)


def test_a_page_that_is_refused_is_not_measured() -> None:
    from measuring.serving import MadeCollection, MadeCollections, ask

    server = TaxiiServer(MadeCollections(MadeCollection(10)), Settings(bytes(range(32))))
    with pytest.raises(ValueError, match="next"):
        ask(server, "objects", [("next", "made up")])


@pytest.mark.parametrize("resource", ["objects", "manifest"])
def test_serving_is_measured_in_a_short_form(resource: str) -> None:
    from measuring.serving import measure_serving

    found = measure_serving(3_000, 4, resource)
    assert found.size == 3_000
    assert found.per_second > 0
