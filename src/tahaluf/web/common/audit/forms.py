"""What can be asked of the audit log."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tahaluf.web.common.audit.queries import Filter

DAY = {"placeholder": "2026-01-31", "dir": "ltr", "inputmode": "numeric", "class": "code"}


class AuditForm(forms.Form):
    """Every field may stay empty."""

    actor = forms.CharField(label=_("Who"), max_length=150, required=False)
    action = forms.CharField(label=_("What"), max_length=80, required=False, widget=forms.TextInput({"dir": "ltr"}))
    target_type = forms.CharField(
        label=_("Kind of thing"), max_length=40, required=False, widget=forms.TextInput({"dir": "ltr"})
    )
    target_id = forms.CharField(
        label=_("Its number"), max_length=200, required=False, widget=forms.TextInput({"dir": "ltr"})
    )
    since = forms.DateField(
        label=_("From day"), required=False, input_formats=["%Y-%m-%d"], widget=forms.TextInput(DAY)
    )
    until = forms.DateField(label=_("To day"), required=False, input_formats=["%Y-%m-%d"], widget=forms.TextInput(DAY))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("since") and given.get("until") and given["since"] > given["until"]:
            raise ValidationError(_("The first day is after the last."))
        if "\x00" in "".join(str(value) for value in given.values()):
            raise ValidationError(_("A character cannot be searched for."))
        return given

    def wanted(self) -> Filter:
        """What is asked for; of a form with errors, nothing in particular."""
        return Filter(**self.cleaned_data) if self.is_valid() else Filter()
