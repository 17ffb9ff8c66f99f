"""What an officer fills in about a complaint."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tahaluf.web.catalogue.models import ListSource
from tahaluf.web.catalogue.queries import last_state
from tahaluf.web.redress.models import Complaint, Outcome, Route
from tahaluf.web.review.tables.alerts import Alert

LANGUAGES = (("ar", _("Arabic")), ("fr", _("French")), ("en", _("English")))
LONGEST = 20_000
MOST_DAYS_AGO = 3652


class ComplaintForm(forms.ModelForm):  # type: ignore[type-arg]
    language = forms.ChoiceField(label=_("Language of the answer"), choices=LANGUAGES)
    text = forms.CharField(
        label=_("What the person says"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"})
    )
    alert_number = forms.IntegerField(
        label=_("Number of the alert"), required=False, min_value=1,
        help_text=_("Where it is known; the alerts of the same subject are found by it."),
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "numeric"}),
    )  # fmt: skip

    class Meta:
        model = Complaint
        fields = (
            "received_on", "channel", "language", "name", "contact", "behalf_of", "matter", "text", "dataset",
            "listing_id",
        )  # fmt: skip
        labels: ClassVar = {"dataset": _("List"), "listing_id": _("Identifier of the listing")}
        widgets: ClassVar = {
            "received_on": forms.TextInput(attrs={"dir": "ltr", "placeholder": "2026-11-25"}),
            "name": forms.TextInput(attrs={"dir": "auto"}),
            "behalf_of": forms.TextInput(attrs={"dir": "auto"}),
            "contact": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            "dataset": forms.TextInput(attrs={"dir": "ltr"}),
            "listing_id": forms.TextInput(attrs={"dir": "ltr"}),
        }

    def clean_received_on(self) -> date:
        """Within what a complaint may take from its writing to its being recorded."""
        day: date = self.cleaned_data["received_on"]
        today = timezone.localdate()
        if not today - timedelta(days=MOST_DAYS_AGO) <= day <= today:
            raise forms.ValidationError(_("Write a day of the last ten years, today at the latest."))
        return day

    def clean(self) -> dict[str, Any]:
        """A listing is named by its list and its identifier together."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        dataset, listing = found.get("dataset", ""), found.get("listing_id", "")
        if listing and not dataset:
            self.add_error("dataset", _("Say which list the listing is on."))
        elif listing and last_state(dataset, listing) is None:
            self.add_error("listing_id", _("No such listing is or was on this list."))
        elif dataset and not ListSource.objects.filter(slug=dataset).exists():
            self.add_error("dataset", _("There is no list of this short name."))
        return found

    def clean_alert_number(self) -> Alert | None:
        number = self.cleaned_data["alert_number"]
        if number is None:
            return None
        alert = Alert.objects.filter(pk=number).first()
        if alert is None:
            raise forms.ValidationError(_("There is no alert of this number."))
        return alert

    def fields_given(self) -> dict[str, object]:
        """What `services.receive` takes."""
        data = dict(self.cleaned_data)
        data["alert"] = data.pop("alert_number")
        return data


class SendForm(forms.Form):
    route = forms.ChoiceField(label=_("Send to"), choices=Route.choices)
    text = forms.CharField(
        label=_("What you add to the letter"), required=False, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )  # fmt: skip


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices)
    text = forms.CharField(
        label=_("Reasons, in the language of the answer"), max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )  # fmt: skip


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Note"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    )  # fmt: skip
