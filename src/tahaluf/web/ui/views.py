"""The parts of the desk, shown side by side: what a template may use."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tahaluf.web.common.marks import needs
from tahaluf.web.ui import formatting
from tahaluf.web.ui.charts import Chart, Series, bars, line


class Sample(forms.Form):
    """One field of each sort."""

    name = forms.CharField(label=gettext_lazy("Name"), help_text=gettext_lazy("In any script, as in the document."))
    number = forms.IntegerField(label=gettext_lazy("Document number"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[("person", gettext_lazy("person")), ("vessel", gettext_lazy("vessel"))],
        widget=forms.RadioSelect,
    )
    remarks = forms.CharField(label=gettext_lazy("Remarks"), widget=forms.Textarea, required=False)
    remember = forms.BooleanField(label=gettext_lazy("Remember this decision"), required=False)


@needs()
def components(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("A message stands here until the next page."))
    now = timezone.now()
    told = {
        "form": Sample(request.GET if "name" in request.GET else None),
        "page": Paginator(range(95), 20).get_page(2),
        "now": now,
        "earlier": now - timedelta(hours=3),
        "later": now + timedelta(days=2),
        "charts": _charts(),
    }
    return render(request, "ui/components.html", told)


def _charts() -> list[Chart]:
    told = _("Invented numbers.")
    lists = [_("List of the Security Council"), _("National list"), _("Partners’ list")]
    days = [formatting.long_date(f"2026-0{month}") for month in range(1, 9)]
    decided = [Series(_("false positive"), [310, 42, 12]), Series(_("true match"), [14, 9, 1])]
    shares = [Series(_("False positives"), [0.97, 0.96, 0.97, 0.94, None, 0.91, 0.9, 0.88])]
    return [
        bars("sample-bars", _("Decisions by list"), told, lists, decided),
        line("sample-line", _("False positives"), told, days, shares, as_shares=True),
    ]
