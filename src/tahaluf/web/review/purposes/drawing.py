"""The chart of what past files would have given at other thresholds."""

from django.utils.translation import gettext as _

from tahaluf.web.review.purposes.preview import Past
from tahaluf.web.ui import formatting
from tahaluf.web.ui.charts import Chart, Series, line


def draw_past(past: Past) -> Chart:
    """Subjects that would have been flagged, by threshold."""
    steps = past.steps()
    description = _("How many subjects of past files have a best score at or over each threshold.")
    labels = [formatting.threshold(threshold) for threshold, _count in steps]
    return line(
        "past", _("Subjects flagged, by threshold"), description, labels,
        [Series(_("Subjects flagged"), [float(count) for _threshold, count in steps])],
    )  # fmt: skip
