"""One name in a form, read as a subject: dates, countries and documents as people write them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tahaluf.domain import Document, Gender, Kind, PartialDate, Subject
from tahaluf.messages import is_name, parse_birth_date, parse_countries
from tahaluf.web.review.tables.purposes import Purpose

LONGEST = 500
SUBJECT_ID = "1"


class PurposeField(forms.ModelChoiceField[Purpose]):
    """A purpose that is in use, by its title in the reader's language."""

    def __init__(self, language: str) -> None:
        self._language = language
        active = Purpose.objects.filter(active=True)
        super().__init__(active, label=_("Purpose"), to_field_name="slug", empty_label=None)

    def label_from_instance(self, obj: Purpose) -> str:
        return obj.title(self._language)


class NameForm(forms.Form):
    """What is asked of one subject; only a name is needed."""

    name = forms.CharField(
        label=_("Name"), max_length=LONGEST, help_text=_("In any script, in any order."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", "spellcheck": "false", "autofocus": True}),
    )  # fmt: skip
    other_name = forms.CharField(
        label=_("Other name"), max_length=LONGEST, required=False,
        help_text=_("As it stands in another script or document; the one that fits better counts."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    birth_date = forms.CharField(
        label=_("Birth date"), max_length=40, required=False, help_text=_("YYYY-MM-DD, or a year alone"),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )  # fmt: skip
    nationality = forms.CharField(
        label=_("Nationality"), max_length=100, required=False, help_text=_("A country’s name or code"),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )  # fmt: skip
    gender = forms.ChoiceField(label=_("Gender"), required=False)
    document = forms.CharField(
        label=_("Document number"), max_length=60, required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )  # fmt: skip
    document_type = forms.ChoiceField(label=_("Document"), required=False)

    def __init__(self, data: Any = None, *, language: str) -> None:
        super().__init__(data)
        self.fields["purpose"] = PurposeField(language)
        self.order_fields(["purpose"])
        choices = {"kind": KINDS, "gender": GENDERS, "document_type": DOCUMENTS}
        for name, values in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the type checker)
            field.choices = list(values)

    def clean_name(self) -> str:
        return self._name("name")

    def clean_other_name(self) -> str:
        return self._name("other_name") if self.cleaned_data["other_name"] else ""

    def clean_birth_date(self) -> tuple[PartialDate, ...]:
        text = self.cleaned_data["birth_date"].strip()
        found = parse_birth_date(text) if text else ()
        if found is None:
            raise ValidationError(_("This date is not understood. Write YYYY-MM-DD, YYYY-MM or YYYY."))
        return tuple(PartialDate.from_iso(date) for date in found)

    def clean_nationality(self) -> tuple[str, ...]:
        codes, is_known = parse_countries(text) if (text := self.cleaned_data["nationality"].strip()) else ([], True)
        if not is_known:
            raise ValidationError(_("This country is not known. Write its name or its code of two letters."))
        return tuple(codes)

    def subject(self) -> Subject:
        """What was written, as the engine takes it."""
        told = self.cleaned_data
        number = told["document"].strip()
        return Subject(
            SUBJECT_ID,
            tuple(name for name in (told["name"], told["other_name"]) if name),
            Kind(told["kind"] or Kind.UNKNOWN),
            birth_dates=told["birth_date"],
            nationalities=told["nationality"],
            gender=Gender(told["gender"]) if told["gender"] else None,
            documents=(Document(number, told["document_type"] or "identification"),) if number else (),
        )

    def _name(self, field: str) -> str:
        name = " ".join(str(self.cleaned_data[field]).split())
        if not is_name(name):
            raise ValidationError(_("This holds no letters of a name."))
        return name


KINDS = (
    (Kind.PERSON.value, _("person")),
    (Kind.ORGANIZATION.value, _("organization")),
    (Kind.COMPANY.value, _("company")),
    (Kind.VESSEL.value, _("vessel")),
    (Kind.AIRPLANE.value, _("aircraft")),
    (Kind.UNKNOWN.value, _("not known")),
)
GENDERS = (("", _("not known")), (Gender.MALE.value, _("male")), (Gender.FEMALE.value, _("female")),
           (Gender.OTHER.value, _("another")))  # fmt: skip
DOCUMENTS = (
    ("passport", _("passport")),
    ("national id", _("national identity card")),
    ("identification", _("another document")),
    ("registration", _("registration of a company")),
)
