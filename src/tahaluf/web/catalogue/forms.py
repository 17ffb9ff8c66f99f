"""What people fill in about lists."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tahaluf.domain import Kind
from tahaluf.web.catalogue.models import Collection, ListSource, ListVersion
from tahaluf.web.catalogue.sources import RESERVED

KINDS = (
    ("", _("any kind")),
    (Kind.PERSON.value, _("person")),
    (Kind.ORGANIZATION.value, _("organization")),
    (Kind.COMPANY.value, _("company")),
    (Kind.VESSEL.value, _("vessel")),
    (Kind.AIRPLANE.value, _("aircraft")),
    (Kind.UNKNOWN.value, _("not stated")),
)


class ListChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A list, by its title."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.title)


class ListChoices(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Lists, by their titles."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.title)


class VersionChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A version, by its number and the day that it is of."""

    def label_from_instance(self, obj: Any) -> str:
        return f"\u2066{obj.number} · {obj.published_on or obj.imported_at.date().isoformat()}\u2069"


class UploadForm(forms.Form):
    file = forms.FileField(label=_("File"))
    list = ListChoice(
        ListSource.objects.all(),
        required=False,
        label=_("List"),
        empty_label=_("as the file says"),
        help_text=_("Which list this is a version of. The file usually tells."),
    )


class DifferenceForm(forms.Form):
    old = VersionChoice(ListVersion.objects.none(), label=_("Version"), to_field_name="number")
    new = VersionChoice(ListVersion.objects.none(), label=_("compared with"), to_field_name="number")

    def __init__(self, source: ListSource, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        versions = source.versions.filter(ready=True).order_by("-number")
        for name in ("old", "new"):
            field = self.fields[name]
            if isinstance(field, VersionChoice):
                field.queryset = versions
                field.empty_label = None
        if not self.is_bound and source.current:
            self.initial = {"new": source.current.number, "old": max(source.current.number - 1, 1)}

    def ordered(self) -> tuple[ListVersion, ListVersion]:
        """The two, the older first."""
        pair = sorted((self.cleaned_data["old"], self.cleaned_data["new"]), key=lambda version: version.number)
        return pair[0], pair[1]


class SearchForm(forms.Form):
    q = forms.CharField(
        required=False,
        strip=True,
        max_length=500,
        label=_("Name, reference or document number"),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "dir": "auto"}),
    )
    list = forms.ChoiceField(required=False, label=_("List"))
    kind = forms.ChoiceField(required=False, label=_("Kind"), choices=KINDS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["list"]
        if isinstance(field, forms.ChoiceField):
            titles = ListSource.objects.exclude(current=None).values_list("slug", "title")
            field.choices = [("", _("any list")), *titles]


class SourceForm(forms.ModelForm):  # type: ignore[type-arg]
    source = forms.ChoiceField(required=False, label=_("fetched as"))
    homepage = forms.URLField(required=False, max_length=200, assume_scheme="https", label=_("publisher’s page"))

    class Meta:
        model = ListSource
        fields = ("title", "publisher", "homepage", "source", "every_hours", "active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["source"]
        if isinstance(field, forms.ChoiceField):
            from tahaluf.lists.update import load_sources  # noqa: PLC0415 (6 MB, for this page alone)

            field.choices = [("", _("not fetched; it comes by file")), *((name, name) for name in load_sources())]
        self.fields["every_hours"].help_text = _("Empty: only when someone asks for it.")
        self.fields["active"].help_text = _("A list that is not screened against keeps its versions and its pages.")


class CollectionForm(forms.ModelForm):  # type: ignore[type-arg]
    sources = ListChoices(
        ListSource.objects.all(), required=False, widget=forms.CheckboxSelectMultiple, label=_("Lists")
    )

    class Meta:
        model = Collection
        fields = ("slug", "title", "sources")

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug in RESERVED:
            raise forms.ValidationError(_("This name is taken."))
        return slug
