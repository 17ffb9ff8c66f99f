"""What is asked of the queue, read from an address and written into one: a queue can be sent to a colleague, and an
alert opened from it knows which one comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tahaluf.web.catalogue.models import ListSource
from tahaluf.web.review.alerts.queue import DUE, MINE, NEWEST, ORDERS, SCORE, UNASSIGNED, Place, Wanted
from tahaluf.web.review.tables.alerts import AlertState
from tahaluf.web.review.tables.purposes import Purpose

HELD = (("", _("anyone")), (MINE, _("me")), (UNASSIGNED, _("nobody")))
ORDER = ((DUE, _("due first")), (SCORE, _("highest score first")), (NEWEST, _("newest first")))
MOST_LETTERS = 100


class QueueForm(forms.Form):
    """The filters; a value that makes no sense is as good as none."""

    text = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=MOST_LETTERS,
        widget=forms.TextInput(attrs={"type": "search", "dir": "auto", "placeholder": " "}),
    )
    held = forms.ChoiceField(label=_("Assigned to"), choices=HELD, required=False)
    purpose = forms.ChoiceField(label=_("Purpose"), required=False)
    dataset = forms.ChoiceField(label=_("List"), required=False)
    least = forms.FloatField(
        label=_("Score at least"), min_value=0, max_value=1, required=False,
        widget=forms.NumberInput(attrs={"step": "0.01", "dir": "ltr"}),
    )  # fmt: skip
    order = forms.ChoiceField(label=_("Order"), choices=ORDER, required=False)
    overdue = forms.BooleanField(label=_("Overdue only"), required=False)
    state = forms.ChoiceField(choices=AlertState.choices, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data, auto_id="filter_%s")
        language = get_language() or "en"
        self.purposes = {purpose.slug: purpose for purpose in Purpose.objects.all()}
        purposes = [(slug, purpose.title(language)) for slug, purpose in self.purposes.items()]
        self.fields["purpose"].choices = [("", _("every purpose")), *purposes]  # type: ignore[attr-defined]
        lists = [(slug, title) for slug, title in ListSource.objects.values_list("slug", "title")]
        self.fields["dataset"].choices = [("", _("every list")), *lists]  # type: ignore[attr-defined]
        self.is_valid()


@dataclass(frozen=True, slots=True)
class Asked:
    """A queue as an address asks for it."""

    form: QueueForm
    wanted: Wanted
    query: str
    after: Place | None
    before: Place | None

    def of_state(self, state: str) -> str:
        """The same filters in another state."""
        return self.written({**self._said(), "state": state})

    def at(self, name: str, place: Place | None) -> str:
        """The page after or before a place; empty where there is none."""
        return f"?{urlencode({**self._said(), name: write_place(place)})}" if place else ""

    def _said(self) -> dict[str, Any]:
        data = self.form.cleaned_data
        return {name: data[name] for name in self.form.fields if data.get(name) not in (None, "", False)}

    def written(self, said: Mapping[str, Any]) -> str:
        return f"?{urlencode(said)}" if said else ""


def read_asked(data: Mapping[str, Any]) -> Asked:
    """The queue that these values (of a query) ask for."""
    form = QueueForm(data)
    given = form.cleaned_data
    purpose = form.purposes.get(given.get("purpose", ""))
    wanted = Wanted(
        state=given.get("state") or AlertState.OPEN,
        held=given.get("held", ""),
        purpose=purpose.pk if purpose else None,
        dataset=given.get("dataset", ""),
        least=given.get("least"),
        overdue=given.get("overdue", False),
        text=given.get("text", ""),
        order=given.get("order") or DUE,
    )
    after, before = (read_place(str(data.get(name, "")), wanted.order) for name in ("after", "before"))
    asked = Asked(form, wanted, "", after, before)
    return Asked(form, wanted, asked.written(asked._said()), after, before)


def write_place(place: Place) -> str:
    value = place.value.isoformat() if isinstance(place.value, datetime) else repr(place.value)
    return f"{value}~{place.key}"


def read_place(text: str, order: str) -> Place | None:
    """The place that was written; None where it is none of this order."""
    value, _mark, key = text.rpartition("~")
    try:
        if ORDERS[order][0] == "due_at":
            at = datetime.fromisoformat(value)
            return Place(at, int(key)) if at.tzinfo else None
        return Place(float(value) if order == SCORE else int(value), int(key))
    except (ValueError, OverflowError):
        return None
