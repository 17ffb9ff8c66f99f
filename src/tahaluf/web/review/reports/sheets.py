"""The queue, and statistics, as spreadsheets."""

import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from tahaluf.web.accounts.models import User
from tahaluf.web.common.preferences import current
from tahaluf.web.review.alerts.queue import Wanted, matching
from tahaluf.web.review.reports.statistics import Group, Statistics
from tahaluf.web.review.tables.alerts import AlertState, Disposition
from tahaluf.web.review.tables.purposes import Purpose
from tahaluf.web.ui.sheets import Column, Sheet

MOST = 100_000
PIECE = 2000


def queue_sheet(wanted: Wanted, reader: User) -> tuple[bytes, int]:
    """The alerts that are wanted, by due time, and how many they are."""
    columns = [
        Column(_("Alert"), "integer", 10), Column(_("Subject"), width=34), Column(_("Score"), "score", 8),
        Column(_("Hits"), "integer", 8), Column(_("Lists"), width=24), Column(_("Purpose"), width=24),
        Column(_("State"), width=22), Column(_("Disposition"), width=18), Column(_("Assigned to"), width=18),
        Column(_("Raised"), "moment"), Column(_("Due"), "moment"), Column(_("Decided"), "moment"),
    ]  # fmt: skip
    out, count = io.BytesIO(), 0
    with Sheet(out, _("Alerts"), columns, language=current().language) as sheet:
        for row in _rows(wanted, reader):
            sheet.write(row)
            count += 1
    return out.getvalue(), count


def _rows(wanted: Wanted, reader: User) -> Iterator[list[object]]:
    """The cells of each alert; read as they are written, no more of them than the sheet shows."""
    purposes = {purpose.pk: purpose.title(current().language) for purpose in Purpose.objects.all()}
    states, dispositions = dict(AlertState.choices), {"": "", **dict(Disposition.choices)}
    found = matching(wanted, reader).order_by("due_at", "pk")[:MOST].values_list(
        "pk", "caption", "score", "hit_count", "lists", "purpose", "state", "disposition", "assigned_to__username",
        "created_at", "due_at", "decided_at",
    )  # fmt: skip
    for pk, caption, score, hits, lists, purpose, state, disposition, holder, *moments in found.iterator(PIECE):
        shown = lists.strip(",").replace(",", ", ")
        told = [purposes[purpose], str(states[state]), str(dispositions[disposition])]
        yield [pk, caption, score, hits, shown, *told, holder or "", *moments]


def statistics_sheet(statistics: Statistics) -> bytes:
    """Every group of the statistics as a row."""
    columns = [
        Column(_("By"), width=16), Column(_("Name"), width=30), Column(_("Decided"), "integer", 12),
        Column(_("True matches"), "integer", 12), Column(_("False positives"), "integer", 12),
        Column(_("Inconclusive"), "integer", 12), Column(_("False-positive rate"), "percent", 12),
        Column(_("Hours to decide: on average"), "score", 14),
        Column(_("Hours to decide: half"), "score", 14), Column(_("Hours to decide: nine of ten"), "score", 14),
    ]  # fmt: skip
    out = io.BytesIO()
    sections = [
        (_("all"), [statistics.whole]), (_("list"), statistics.lists), (_("purpose"), statistics.purposes),
        (_("origin"), statistics.origins),
    ]  # fmt: skip
    with Sheet(out, _("Statistics"), columns, language=current().language) as sheet:
        for by, groups in sections:
            for group in groups:
                sheet.write([by, *_numbers(group)])
    return out.getvalue()


def _numbers(group: Group) -> list[object]:
    hours = [None if seconds is None else seconds / 3600 for seconds in group.times]
    return [
        group.name, group.decided, group.true_matches, group.false_positives, group.inconclusive, group.rate, *hours,
    ]  # fmt: skip
