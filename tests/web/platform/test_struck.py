"""Workers are killed at every kind of point while they screen a file and while they import a list: nothing of it is
lost, nothing there twice."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.web.platform.conftest import Desk
from tests.web.platform.striking import BEFORE, EVERY, LISTED, ROWS

STRIKING = Path(__file__).with_name("striking.py")
STRIKES = 40
SCREENED = """
import json
from tahaluf.web.common.audit.models import AuditEntry
from tahaluf.web.common.audit.verifying import verify
from tahaluf.web.review.screenings.places import data_path
from tahaluf.web.review.tables.alerts import Alert
from tahaluf.web.review.tables.screenings import Screening
one = Screening.objects.get()
hits = [json.loads(line) for line in data_path(one.hits_file).read_bytes()[: one.result_bytes].splitlines()]
print(json.dumps({
    "state": one.state, "rows": [one.done_rows, one.total_rows], "rejected": one.rejected, "alerts": one.alerts_made,
    "raised": sorted(Alert.objects.values_list("row", flat=True)),
    "stored": sorted(f"{a.subject['id']} {h.listing_id}" for a in Alert.objects.all() for h in a.hits.all()),
    "written": sorted(f"{hit['query_id']} {hit['entity_id']}" for hit in hits),
    "rejects": data_path(one.rejects_file).read_text("utf-8-sig").splitlines()[1:],
    "told": AuditEntry.objects.filter(action="screening.done").count(), "log": verify().fault,
}))
"""
IMPORTED = """
import json
import os
from collections import Counter
from tahaluf.web.catalogue.files import INDEXES, LISTS, data_path
from tahaluf.web.catalogue.engine import current
from tahaluf.web.catalogue.pruning import prune
from tahaluf.web.catalogue.services import ensure_default
from tahaluf.web.catalogue.models import ListingState, ListSource, ListVersion
from tahaluf.web.common.audit.models import AuditEntry
from tahaluf.web.common.audit.verifying import verify
indexes = data_path(INDEXES)
for path in indexes.glob(".*"):
    os.utime(path, (0, 0))
prune(ensure_default())
source = ListSource.objects.select_related("current").get()
edition, screener = current()
print(json.dumps({
    "versions": sorted(ListVersion.objects.values_list("number", "ready")),
    "told": [source.current.listings, source.current.added, source.current.amended, source.current.removed],
    "then": sorted(ListingState.objects.at(source.pk, 1).values_list("listing_id", flat=True)),
    "now": sorted(ListingState.objects.at(source.pk, 2).values_list("listing_id", flat=True)),
    "states": ListingState.objects.count(),
    "compiled": [edition.versions, edition.listings, sum(one["listings"] for one in screener.datasets)],
    "left": [path.name for path in indexes.glob(".*")], "uploads": len(list(data_path("uploads").rglob("*.json"))),
    "kept": len(list(data_path(LISTS).rglob("*.json"))),
    "audit": dict(Counter(AuditEntry.objects.values_list("action", flat=True))), "log": verify().fault,
}))
"""


def struck(desk: Desk, kind: str) -> dict[str, Any]:
    """Work of this kind under strikes; how it ended."""
    command = [sys.executable, str(STRIKING), kind, str(STRIKES)]
    ended = subprocess.run(
        command, env=desk.environment, capture_output=True, text=True, timeout=300, check=False
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    told: dict[str, Any] = json.loads(ended.stdout)
    return told


def test_a_screening_whose_workers_are_killed_raises_every_alert_once(desk: Desk) -> None:
    told = struck(desk, "screening")
    assert told["further"] >= 8
    assert told["jobs"] == {"review.screening done": 1, "monitoring.sweep done": 1}
    found = json.loads(desk.python(SCREENED))
    expected = [row for row in range(1, ROWS + 1) if row % EVERY == 0]
    assert found["raised"] == expected
    assert found["stored"] == sorted(f"{row} L-{row % BEFORE}" for row in expected) == found["written"]
    assert (found["state"], found["rows"], found["alerts"]) == ("done", [ROWS, ROWS], len(expected))
    assert (found["rejected"], len(found["rejects"])) == (2, 2)
    assert (found["told"], found["log"]) == (1, None)


def test_a_list_whose_import_is_killed_holds_every_listing_once_and_is_screened_against(desk: Desk) -> None:
    told = struck(desk, "import")
    assert told["further"] >= 5
    assert told["jobs"]["catalogue.import done"] == 1
    assert not [kind for kind in told["jobs"] if not kind.endswith(" done")]
    found = json.loads(desk.python(IMPORTED))
    assert found["versions"] == [[1, True], [2, True]]
    assert found["told"] == [LISTED, LISTED + 5 - BEFORE, 5, 5]
    assert found["then"] == sorted(f"L-{number}" for number in range(BEFORE))
    assert found["now"] == sorted(f"L-{number}" for number in range(5, LISTED + 5))
    assert found["states"] == BEFORE + (LISTED + 5 - BEFORE) + 5
    assert found["compiled"] == [{"watch": 2}, LISTED, LISTED]
    assert (found["left"], found["uploads"], found["kept"], found["log"]) == ([], 0, 2, None)
    assert (found["audit"]["list.imported"], found["audit"]["collection.compiled"]) == (2, 2)
