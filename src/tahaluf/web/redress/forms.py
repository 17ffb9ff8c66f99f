"""What an officer fills in about a complaint."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from tahaluf.web.redress.models import Complaint, Outcome, Route
from tahaluf.web.review.tables.alerts import Alert

LANGUAGES = (("ar", _("Arabic")), ("fr", _("French")), ("en", _("English")))
LONGEST = 20_000


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
