"""What people fill in to decide on an alert; the rules themselves are in the services."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from tahaluf.web.review.alerts.exempting import Pair
from tahaluf.web.review.alerts.reasons import DISAGREEING, REOPENING, TRUE_MATCH, reasons_for
from tahaluf.web.review.tables.alerts import Alert, AlertHit, Disposition

DAYS = (30, 90, 180, 365)
KEYS = {Disposition.TRUE_MATCH: "1", Disposition.FALSE_POSITIVE: "2", Disposition.INCONCLUSIVE: "3"}
IN_DAYS = ngettext_lazy("for %(count)s day", "for %(count)s days", "count")


def _words(label: Any, rows: int = 3) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=10_000, widget=forms.Textarea({"rows": rows}))


class ActForm(forms.Form):
    """What a person does to an alert; a fault that the services find stands at its field."""

    def place(self, field: str | None) -> str | None:
        """The form's name of a field of a service."""
        return field if field in self.fields else None


class DecisionForm(ActForm):
    """The first decision. Each disposition has reasons of its own, and one of them has the listings."""

    disposition = forms.ChoiceField(label=_("Disposition"), choices=Disposition.choices, widget=forms.RadioSelect)
    hits = forms.MultipleChoiceField(label=_("The subject is"), required=False, widget=forms.CheckboxSelectMultiple)
    text = _words(_("In words"))
    remember_days = forms.TypedChoiceField(
        label=_("Remember this for the subject and these listings"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, alert: Alert, hits: Sequence[AlertHit], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id="decide_%s")
        self._pairs: dict[str, Pair] = {str(hit.pk): (hit.dataset, hit.listing_id) for hit in hits}
        self.fields["hits"].choices = [(str(hit.pk), _named(hit)) for hit in hits]  # type: ignore[attr-defined]
        if len(hits) == 1:
            self.fields["hits"].initial = [str(hits[0].pk)]
        most = alert.purpose.exemption_days
        days = sorted({each for each in DAYS if each < most} | {most} - {0})
        offered = [("", _("no")), *((str(each), IN_DAYS % {"count": each}) for each in days)]
        self.fields["remember_days"].choices = offered  # type: ignore[attr-defined]
        for disposition in Disposition.values:
            self.fields[f"reasons_{disposition}"] = forms.MultipleChoiceField(
                label=_("Reasons"),
                choices=list(reasons_for(disposition).items()),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def groups(self) -> list[dict[str, Any]]:
        """Each disposition with its key and its reasons."""
        chosen = self["disposition"].value()
        return [
            {
                "value": value,
                "label": Disposition(value).label,
                "key": KEYS[Disposition(value)],
                "reasons": self[f"reasons_{value}"],
                "is_chosen": chosen == value,
            }
            for value in Disposition.values
        ]

    def place(self, field: str | None) -> str | None:
        return super().place(f"reasons_{self.cleaned_data['disposition']}" if field == "reasons" else field)

    def decision(self) -> dict[str, Any]:
        """What the service is told; of a valid form."""
        data = self.cleaned_data
        said = data["disposition"]
        true_match, false_positive = said == Disposition.TRUE_MATCH, said == Disposition.FALSE_POSITIVE
        return {
            "disposition": said,
            "hits": [self._pairs[key] for key in data["hits"]] if true_match else [],
            "reasons": data[f"reasons_{said}"],
            "text": data["text"],
            "remember_days": data["remember_days"] if false_positive else None,
        }


def _named(hit: AlertHit) -> str:
    # The name is isolated: what stands beside it is read in the direction of the page.
    return f"\u2068{hit.caption}\u2069 · \u2068{hit.reference or hit.listing_id}\u2069"


class SecondForm(ActForm):
    """What the second person says."""

    agrees = forms.ChoiceField(
        label=_("Do you agree?"), choices=(("yes", _("I agree")), ("no", _("I do not agree"))), widget=forms.RadioSelect
    )
    reasons_yes = forms.MultipleChoiceField(
        label=_("Reasons"), choices=list(TRUE_MATCH.items()), required=False, widget=forms.CheckboxSelectMultiple
    )
    reasons_no = forms.MultipleChoiceField(
        label=_("Reasons"), choices=list(DISAGREEING.items()), required=False, widget=forms.CheckboxSelectMultiple
    )
    text = _words(_("In words"))

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id="second_%s")

    def groups(self) -> list[dict[str, Any]]:
        chosen = self["agrees"].value()
        labels = dict(self.fields["agrees"].choices)  # type: ignore[attr-defined]
        return [
            {"value": value, "label": labels[value], "key": key, "reasons": self[f"reasons_{value}"],
             "is_chosen": chosen == value}
            for value, key in (("yes", "1"), ("no", "2"))
        ]  # fmt: skip

    def place(self, field: str | None) -> str | None:
        return super().place(f"reasons_{self.cleaned_data['agrees']}" if field == "reasons" else field)

    def decision(self) -> dict[str, Any]:
        agrees = self.cleaned_data["agrees"]
        reasons = self.cleaned_data[f"reasons_{agrees}"]
        return {"agrees": agrees == "yes", "reasons": reasons, "text": self.cleaned_data["text"]}


class ReopenForm(ActForm):
    """Why a decided alert is opened again."""

    because = forms.ChoiceField(label=_("Reason"), choices=[("", "—"), *REOPENING.items()])
    text = _words(_("In words"))

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id="reopen_%s")

    def place(self, field: str | None) -> str | None:
        return super().place("because" if field == "reasons" else field)


class NoteForm(ActForm):
    """A note beside the alert."""

    text = _words(_("Note"), rows=2)

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id="note_%s")


class ExemptionFilter(forms.Form):
    """Which remembered false positives."""

    text = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "dir": "auto", "placeholder": " "}),
    )
    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=(("", _("in force")), ("soon", _("ending within 30 days")), ("ended", _("ended"))),
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data, auto_id="filter_%s")
        self.is_valid()
