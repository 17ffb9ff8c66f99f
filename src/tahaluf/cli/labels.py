"""Stable keys of explanations and reports in words: reasons, attributes, details of listings, the report's own text."""

from tahaluf.cli.i18n import _


def label(key: str) -> str:
    """The words for a key such as `reason.romanization`; a key without words is shown as it is."""
    found = _report().get(key) or _attributes().get(key) or _details().get(key) or _reasons().get(key)
    return found or key.partition(".")[2].replace("_", " ") or key


def _report() -> dict[str, str]:
    return {
        "report.title": _("Screening report"),
        "report.decision": _("These are proposals. A person decides on each; none is a finding about anyone."),
        "report.none": _("No subject reached the threshold."),
        "report.score": _("Score"),
        "report.alignment": _("Names side by side, likeness of the names"),
        "report.subject": _("Subject"),
        "report.listing": _("Listing"),
        "report.similarity": _("Similarity"),
        "report.weight": _("Weight"),
        "report.reason": _("Reason"),
        "report.attributes": _("Beyond the name"),
        "report.attribute": _("Attribute"),
        "report.effect": _("Effect"),
        "report.details": _("What the list says"),
        "report.versions": _("Engine and index"),
        "report.footer": _("Made by Tahaluf. The page needs nothing from outside itself."),
        "report.subjects": _("Subjects screened"),
        "report.hits": _("Hits"),
        "report.rejected": _("Rows rejected"),
        "report.threshold": _("Threshold"),
        "report.lists": _("Lists"),
        "report.index": _("Index"),
        "report.engine": _("Engine"),
    }


def _attributes() -> dict[str, str]:
    return {
        "attribute.birth_date": _("Birth date"),
        "attribute.birth_place": _("Birth place"),
        "attribute.nationality": _("Nationality"),
        "attribute.residence": _("Country of residence"),
        "attribute.country": _("Country"),
        "attribute.gender": _("Gender"),
        "attribute.document": _("Document"),
        "attribute.kind": _("Kind"),
    }


def _details() -> dict[str, str]:
    return {
        "detail.id": _("Id"),
        "detail.kind": _("Kind"),
        "detail.dataset": _("List"),
        "detail.caption": _("Name shown"),
        "detail.names": _("Names"),
        "detail.reference": _("Reference"),
        "detail.designations": _("Designations"),
        "detail.birth_dates": _("Birth dates"),
        "detail.birth_places": _("Birth places"),
        "detail.nationalities": _("Nationalities"),
        "detail.residences": _("Countries of residence"),
        "detail.gender": _("Gender"),
        "detail.documents": _("Documents"),
        "detail.positions": _("Positions"),
        "detail.addresses": _("Addresses"),
        "detail.remarks": _("Remarks"),
    }


def _reasons() -> dict[str, str]:
    return {}
