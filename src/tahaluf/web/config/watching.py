"""What the health page and the metrics ask of the apps above `common`; put in place when the desk starts."""

from prometheus_client.core import GaugeMetricFamily

from tahaluf.domain import TahalufError
from tahaluf.web.catalogue.engine import current
from tahaluf.web.catalogue.pending import is_late
from tahaluf.web.common.health.checks import CHECKS, OK
from tahaluf.web.common.health.metrics import GAUGES
from tahaluf.web.review.tables.alerts import Alert, AlertState


def watch() -> None:
    """Ask for the index and the open alerts, too."""
    CHECKS["index"] = check_index
    if open_alerts not in GAUGES:
        GAUGES.append(open_alerts)


def check_index() -> str:
    """Whether there is something to screen against, it can be opened, and it is of the lists as they stand: `behind`
    where an imported version is not compiled and no work that has not failed yet will see to it."""
    try:
        current()
    except TahalufError as missing:
        return "none" if missing.problem.code == "web.no_edition" else "damaged"
    return "behind" if is_late() else OK


def open_alerts() -> GaugeMetricFamily:
    waiting = Alert.objects.exclude(state=AlertState.CLOSED).count()
    return GaugeMetricFamily("tahaluf_open_alerts", "Alerts that are not closed", value=waiting)
