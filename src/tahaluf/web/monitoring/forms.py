"""What people fill in: a subject to watch, a file of them, a webhook."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tahaluf.domain import Document, Gender, Kind, PartialDate, Subject
from tahaluf.web.monitoring.models import NoticeKind
from tahaluf.web.review.tables.purposes import Purpose

KINDS = (
    (Kind.PERSON.value, _("person")),
    (Kind.ORGANIZATION.value, _("organization")),
    (Kind.COMPANY.value, _("company")),
    (Kind.VESSEL.value, _("vessel")),
    (Kind.UNKNOWN.value, _("unknown")),
)
GENDERS = (("", "—"), (Gender.FEMALE.value, _("female")), (Gender.MALE.value, _("male")))


class PurposeChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Purposes by their titles in the current language."""

    def label_from_instance(self, obj: Purpose) -> str:
        return obj.title(get_language() or "en")


class SubjectForm(forms.Form):
    register = forms.SlugField(label=_("Register"), max_length=60, help_text=_("For example: staff, partners, crew."))
    external_id = forms.CharField(
        label=_("Identifier"), max_length=120, help_text=_("Your own number for the subject.")
    )
    name = forms.CharField(label=_("Name"), max_length=500, help_text=_("In any script; other names on lines below."),
                           widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}))  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS)
    birth_date = forms.CharField(
        label=_("Birth date"), required=False, max_length=10, help_text=_("YYYY, YYYY-MM or YYYY-MM-DD."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )  # fmt: skip
    nationality = forms.RegexField(
        label=_("Nationality"), regex=r"^[A-Za-z]{2}$", required=False, help_text=_("Code of two letters, such as MA."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )  # fmt: skip
    gender = forms.ChoiceField(label=_("Gender"), choices=GENDERS, required=False)
    passport = forms.CharField(label=_("Passport number"), required=False, max_length=40,
                               widget=forms.TextInput(attrs={"dir": "ltr"}))  # fmt: skip
    purpose = PurposeChoice(label=_("Purpose"), queryset=Purpose.objects.none(), empty_label=None)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["purpose"].queryset = Purpose.objects.filter(active=True)  # type: ignore[attr-defined]

    def clean_birth_date(self) -> PartialDate | None:
        text = self.cleaned_data["birth_date"].strip()
        try:
            return PartialDate.from_iso(text) if text else None
        except ValueError as wrong:
            raise forms.ValidationError(_("This is no date: YYYY, YYYY-MM or YYYY-MM-DD is expected.")) from wrong

    def subject(self) -> Subject:
        """What was filled in."""
        data = self.cleaned_data
        return Subject(
            id=data["external_id"],
            names=tuple(line.strip() for line in data["name"].splitlines() if line.strip()),
            kind=Kind(data["kind"]),
            birth_dates=(data["birth_date"],) if data["birth_date"] else (),
            nationalities=(data["nationality"].lower(),) if data["nationality"] else (),
            gender=Gender(data["gender"]) if data["gender"] else None,
            documents=(Document(number=data["passport"], type="passport"),) if data["passport"] else (),
        )


class FileForm(forms.Form):
    register = forms.SlugField(label=_("Register"), max_length=60, help_text=_("For example: staff, partners, crew."))
    purpose = PurposeChoice(label=_("Purpose"), queryset=Purpose.objects.none(), empty_label=None)
    file = forms.FileField(
        label=_("File"), help_text=_("CSV, XLSX, JSON lines, Parquet or FollowTheMoney, with a column of identifiers.")
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["purpose"].queryset = Purpose.objects.filter(active=True)  # type: ignore[attr-defined]


class WebhookForm(forms.Form):
    url = forms.CharField(label=_("Address"), max_length=500, widget=forms.URLInput(attrs={"dir": "ltr"}),
                          help_text=_("HTTPS; HTTP on this machine only."))  # fmt: skip
    description = forms.CharField(label=_("Description"), max_length=200, required=False)
    kinds = forms.MultipleChoiceField(
        label=_("Told of"), choices=NoticeKind.choices, widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("Nothing ticked: of everything."),
    )  # fmt: skip
