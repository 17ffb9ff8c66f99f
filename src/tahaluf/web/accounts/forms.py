"""What is filled in on the pages of people, tokens and preferences."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tahaluf.web.accounts.letterhead import FIELDS
from tahaluf.web.accounts.models import Letterhead, Scope, Theme, User
from tahaluf.web.accounts.permissions import Role
from tahaluf.web.accounts.ports import purposes
from tahaluf.web.accounts.preferences import regions, time_zones

NEW_PASSWORD = {"autocomplete": "new-password", "dir": "ltr"}
NAME = {"dir": "auto", "autocomplete": "off"}
CODE = {"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}


class PasswordForm(forms.Form):
    """A password, twice; the rules are shown beside it."""

    password1 = forms.CharField(
        label=_("New password"), strip=False, max_length=4096, widget=forms.PasswordInput(attrs=NEW_PASSWORD)
    )
    password2 = forms.CharField(
        label=_("New password (again)"), strip=False, max_length=4096, widget=forms.PasswordInput(attrs=NEW_PASSWORD)
    )

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(data)
        self._user = user
        self.rules = password_validation.password_validators_help_texts()

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        first, second = given.get("password1"), given.get("password2")
        if first and second and first != second:
            self.add_error("password2", ValidationError(_("The two are not the same.")))
        elif first:
            try:
                password_validation.validate_password(first, self._user)
            except ValidationError as against:
                self.add_error("password1", against)
        return given


class LetterheadForm(forms.ModelForm[Letterhead]):
    """Name and address of the office: in all three languages, for letters are written in each, or in none."""

    class Meta:
        model = Letterhead
        fields = FIELDS
        widgets = {  # noqa: RUF012 (as Django has it)
            "name_ar": forms.TextInput(attrs={"dir": "rtl", "lang": "ar"}),
            "name_fr": forms.TextInput(attrs={"dir": "ltr", "lang": "fr"}),
            "name_en": forms.TextInput(attrs={"dir": "ltr", "lang": "en"}),
            "address_ar": forms.Textarea(attrs={"rows": 4, "dir": "rtl", "lang": "ar"}),
            "address_fr": forms.Textarea(attrs={"rows": 4, "dir": "ltr", "lang": "fr"}),
            "address_en": forms.Textarea(attrs={"rows": 4, "dir": "ltr", "lang": "en"}),
        }

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if any(given.get(name) for name in FIELDS):
            for name in FIELDS:
                if name in given and not given[name]:
                    self.add_error(name, ValidationError(_("Fill in all three languages, or none.")))
        return given


class DetailsForm(forms.ModelForm[User]):
    """What a person is called and where they work."""

    class Meta:
        model = User
        fields: tuple[str, ...] = ("first_name", "last_name", "office", "email")
        labels = {"first_name": _("First name"), "last_name": _("Last name"), "email": _("E-mail")}  # noqa: RUF012
        widgets = {  # noqa: RUF012 (as Django has it)
            "first_name": forms.TextInput(attrs=NAME),
            "last_name": forms.TextInput(attrs=NAME),
            "office": forms.TextInput(attrs=NAME),
            "email": forms.EmailInput(attrs=CODE),
        }


class RolesForm(forms.Form):
    """Which roles a person has."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, required=False, widget=forms.CheckboxSelectMultiple
    )


class PersonForm(DetailsForm):
    """A new person."""

    roles = forms.MultipleChoiceField(label=_("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple)

    class Meta(DetailsForm.Meta):
        fields = ("username", *DetailsForm.Meta.fields)
        labels = {**DetailsForm.Meta.labels, "username": _("Username")}  # noqa: RUF012
        help_texts = {"username": _("Letters, digits and @ . + - _")}  # noqa: RUF012
        widgets = {"username": forms.TextInput(attrs=CODE), **DetailsForm.Meta.widgets}  # noqa: RUF012


class PreferencesForm(forms.ModelForm[User]):
    """How a person wants the desk to be; the choices are named in the language of the page."""

    language = forms.ChoiceField(label=_("Language"), required=False)
    region = forms.ChoiceField(
        label=_("Region"), required=False, help_text=_("Decides the names of months and the form of numbers.")
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)
    theme = forms.ChoiceField(label=_("Appearance"), choices=Theme.choices, widget=forms.RadioSelect)

    class Meta:
        model = User
        fields = ("language", "region", "time_zone", "arabic_digits", "theme")
        labels = {"arabic_digits": _("Arabic-Indic digits (٠١٢٣) on Arabic pages")}  # noqa: RUF012

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        own = {"ar": "العربية", "fr": "Français", "en": "English"}
        usual = ("", _("as the desk has it"))
        self._choose(
            "language", [("", _("as the browser has it")), *((code, own[code]) for code, _n in settings.LANGUAGES)]
        )
        self._choose("region", [usual, *regions(get_language() or settings.LANGUAGE_CODE)])
        self._choose("time_zone", [usual, *((name, name.replace("_", " ")) for name in sorted(time_zones()))])

    def _choose(self, field: str, choices: list[tuple[Any, Any]]) -> None:
        cast(forms.ChoiceField, self.fields[field]).choices = choices


class TokenForm(forms.Form):
    """A token for a program."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        widget=forms.TextInput(attrs=NAME),
        help_text=_("What the token is for, so that you know it again."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    purpose = forms.ChoiceField(
        label=_("Purpose"),
        required=False,
        help_text=_("What is screened with the token is screened for this. A token that may screen names needs one."),
    )
    other_purposes = forms.MultipleChoiceField(
        label=_("Other purposes that a request may name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Without any, the token screens for its own purpose alone."),
    )
    days = forms.TypedChoiceField(
        label=_("Good for"),
        coerce=int,
        initial=90,
        choices=((7, _("a week")), (30, _("30 days")), (90, _("90 days")), (365, _("a year"))),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        known = [(choice.slug, choice.title) for choice in purposes()]
        cast(forms.ChoiceField, self.fields["purpose"]).choices = [("", _("no purpose")), *known]
        cast(forms.ChoiceField, self.fields["other_purposes"]).choices = known
