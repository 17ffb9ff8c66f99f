"""What is confirmed of a file before it is begun: what its columns are, of what kind its subjects, for what purpose."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tahaluf.domain import Kind
from tahaluf.messages.table.headings import ROLES
from tahaluf.prose.columns import role_labels
from tahaluf.web.review.screenings.forms import KINDS, PurposeField
from tahaluf.web.review.screenings.recognizing import Look
from tahaluf.web.review.tables.screenings import Screening

# Under a dash alone nobody writes anything that could be screened.
NO_COLUMN = "—"


class ConfirmForm(forms.Form):
    """A choice of column for each role; empty means as recognized, `NO_COLUMN` none of them. Messages have no columns
    to choose."""

    def __init__(self, data: Any = None, *, screening: Screening, seen: Look, language: str) -> None:
        super().__init__(data)
        self.fields["purpose"] = PurposeField(language)
        self.fields["purpose"].initial = screening.purpose.slug
        labels, recognized = role_labels(), seen.columns.roles if seen.columns else {}
        columns = _columns(seen)
        self.roles = [role for role in ROLES if columns]
        for role in self.roles:
            known = ", ".join(recognized.get(role, ()))
            unset = (_("as recognized: %(columns)s") % {"columns": known}) if known else _("none")
            none = [(NO_COLUMN, _("not used"))] if known or role in screening.mapping else []
            self.fields[f"role_{role}"] = forms.ChoiceField(
                label=labels.get(role, role), required=False, choices=[("", unset), *none, *columns],
                initial=screening.mapping.get(role, "") or (NO_COLUMN if role in screening.mapping else ""),
            )  # fmt: skip
        if seen.is_mapped:
            self.fields["kind"] = forms.ChoiceField(
                label=_("Kind of subjects, where the file does not say"), required=False,
                choices=[("", _("as the rows look")), *KINDS], initial=screening.kind,
            )  # fmt: skip

    @property
    def role_fields(self) -> list[forms.BoundField]:
        return [self[f"role_{role}"] for role in self.roles]

    def chosen_mapping(self) -> dict[str, str]:
        """Role → heading or number of a column, as far as chosen; "" where none shall play it."""
        chosen = {role: self.cleaned_data.get(f"role_{role}", "") for role in self.roles}
        return {role: "" if column == NO_COLUMN else column for role, column in chosen.items() if column}

    def chosen_kind(self) -> Kind | None:
        value = self.cleaned_data.get("kind")
        return Kind(value) if value else None


def _columns(seen: Look) -> list[tuple[str, str]]:
    """What can be chosen: headings, else numbers."""
    if not seen.is_mapped:
        return []
    if not seen.headings:
        width = max(map(len, seen.rows), default=0)
        return [(str(number), str(number)) for number in range(1, width + 1)]
    repeated = {heading for heading in seen.headings if seen.headings.count(heading) > 1}
    return [
        (str(number), f"{number} {heading}") if heading in repeated or not heading.strip() else (heading, heading)
        for number, heading in enumerate(seen.headings, start=1)
    ]
