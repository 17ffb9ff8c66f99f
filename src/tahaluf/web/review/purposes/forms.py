"""What an administrator changes of a purpose."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from tahaluf.web.review.tables.purposes import Purpose

LEAST, MOST = Decimal("0.05"), Decimal("0.99")
# A hundred years in days: what is counted from today stays a date.
LONGEST = 36_500
TIMES = ("keep_days", "keep_match_days", "due_hours", "exemption_days")
# Where the page for another purpose stands; no purpose's short name.
NEW = "new"


class ThresholdForm(forms.Form):
    """The score from which a hit counts, in whole hundredths, and why it is changed."""

    threshold = forms.DecimalField(
        label=_("Threshold"), min_value=LEAST, max_value=MOST, decimal_places=2,
        help_text=_("From 0.05 to 0.99, by hundredths. Lower finds more, and more that is nothing."),
        widget=forms.NumberInput(attrs={"step": "0.01", "dir": "ltr"}),
    )  # fmt: skip
    because = forms.CharField(
        label=_("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("Kept with the change and in the audit log."),
    )  # fmt: skip


class PurposeForm(forms.ModelForm[Purpose]):
    """All else that a purpose says."""

    because = forms.CharField(
        label=_("Why"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    )

    class Meta:
        model = Purpose
        fields = (
            "title_ar", "title_fr", "title_en", "legal_basis_ar", "legal_basis_fr", "legal_basis_en", "keep_days",
            "keep_match_days", "due_hours", "exemption_days", "active",
        )  # fmt: skip
        widgets = {  # noqa: RUF012 (Django's way to say it)
            "legal_basis_ar": forms.Textarea(attrs={"rows": 4, "dir": "rtl", "lang": "ar"}),
            "legal_basis_fr": forms.Textarea(attrs={"rows": 4, "dir": "ltr", "lang": "fr"}),
            "legal_basis_en": forms.Textarea(attrs={"rows": 4, "dir": "ltr", "lang": "en"}),
            "title_ar": forms.TextInput(attrs={"dir": "rtl", "lang": "ar"}),
            "title_fr": forms.TextInput(attrs={"dir": "ltr", "lang": "fr"}),
            "title_en": forms.TextInput(attrs={"dir": "ltr", "lang": "en"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in TIMES:
            self.fields[name].validators.append(MaxValueValidator(LONGEST))
            self.fields[name].widget.attrs["max"] = LONGEST

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class NewPurposeForm(PurposeForm):
    """One more purpose, with its short name, which stays, and its threshold."""

    slug = forms.SlugField(
        label=_("Short name"), max_length=40, widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=_(
            "Latin letters, digits and hyphens, such as “crew”. It stands in addresses and in the API, and stays."
        ),
    )  # fmt: skip
    threshold = ThresholdForm.base_fields["threshold"]
    field_order = ("slug", "title_ar", "title_fr", "title_en", "threshold")

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug == NEW or Purpose.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("This short name is taken."))
        return slug

    def values(self) -> dict[str, Any]:
        return {**super().values(), "threshold": float(self.cleaned_data["threshold"])}
