"""Stable keys of explanations and reports in words: reasons, attributes, details of listings, the report's own text."""

from tahaluf.prose.i18n import _
from tahaluf.prose.messagelabels import message_labels


def label(key: str) -> str:
    """The words for a key such as `reason.romanized`; `reason.birth_date.same_year` goes by its last part."""
    section, _dot, rest = key.partition(".")
    short = f"{section}.{rest.rpartition('.')[2]}"
    tables = (
        _report(),
        _report_sentences(),
        _columns(),
        _terms(),
        _attributes(),
        _details(),
        _reasons(),
        _formats(),
        message_labels(),
    )
    found = (table.get(name) for name in (key, short) for table in (*tables, message_labels()))
    return next((text for text in found if text), rest.replace("_", " "))


def _report() -> dict[str, str]:
    return {
        "report.title": _("Screening report"),
        "report.decision": _("These are proposals. A person decides on each; none is a finding about anyone."),
        "report.none": _("No subject reached the threshold."),
        "report.score": _("Score"),
        "report.alignment": _("Names side by side, likeness of the names"),
        "report.subject": _("Subject"),
        "report.line": _("Line"),
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
        "report.date": _("Date"),
        "report.file": _("File screened"),
        "report.top": _("Most hits for each subject"),
        "report.warnings": _("Warnings about the file"),
        "report.noted": _("Values left out"),
        "report.subjects": _("Subjects screened"),
        "report.hits": _("Hits"),
        "report.rejected": _("Rows rejected"),
        "report.threshold": _("Threshold"),
        "report.lists": _("Lists"),
        "report.index": _("Index"),
        "report.engine": _("Engine"),
    }


def _report_sentences() -> dict[str, str]:
    return {
        "report.terms": _("How the score of the names came about"),
        "report.term": _("Part"),
        "report.sum_names": _("The names together: score {score}"),
        "report.sum_all": _("All together: score {score}"),
        "report.limit": _("limit on what may be added beside the name"),
        "report.shown": _("The {shown} hits with the highest scores are shown, of {all}."),
        "report.order": _("Subjects stand by their highest score."),
        "report.rejects": _("What could not be used"),
        "report.rejects_shown": _("The first {shown} are shown, of {all}; the file of rejects has them all."),
        "report.problem": _("Problem"),
        "report.row": _("Row"),
        "report.screened": _("Screened"),
    }


def _columns() -> dict[str, str]:
    return {
        "column.query_id": _("Subject's id"),
        "column.rank": _("Rank"),
        "column.score": _("Score"),
        "column.subject_name": _("Subject's name"),
        "column.name": _("Listed name"),
        "column.entity_id": _("Listing's id"),
        "column.dataset": _("List"),
        "column.caption": _("Name shown"),
        "column.name_score": _("Score of the names"),
        "column.alignment": _("Words side by side"),
        "column.attributes": _("Beyond the name"),
        "column.engine": _("Engine"),
        "column.index": _("Index"),
        "column.line": _("Line"),
        "column.reference": _("Reference"),
        "column.terms": _("How the score of the names came about"),
    }


def _terms() -> dict[str, str]:
    return {
        "term.start": _("before any word is compared"),
        "term.agreement": _("words that agree"),
        "term.order": _("order of the words"),
        "term.doubtful": _("words that are hardly alike"),
        "term.left_subject": _("words left over in the name screened"),
        "term.left_listing": _("words left over in the listed name"),
        "term.father": _("another name in the father's place"),
        "term.weak_alias": _("a name that the publisher does not vouch for"),
        "term.thin": _("evidence too thin: the names are common or short"),
        "term.number": _("found by the number of a document"),
        "term.whole_name": _("the whole name agrees, word for word: counts at least so much"),
        "term.acronym": _("letters that stand for a name"),
    }


def _formats() -> dict[str, str]:
    return {
        "format.delimited": _("table with separators (CSV, TSV)"),
        "format.xlsx": _("workbook (XLSX)"),
        "format.parquet": "Parquet",
        "format.jsonl": _("JSON lines"),
        "format.ftm": _("entities (FollowTheMoney)"),
        "format.pnrgov-xml": _("bookings (PNRGOV, XML)"),
        "format.edifact": _("passenger lists or bookings (EDIFACT)"),
        "format.mrz": _("machine-readable zones of documents"),
        "format.iso20022": _("payments (ISO 20022)"),
        "format.swift-mt": _("payments (SWIFT MT)"),
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
    return {f"reason.{code}": text for code, text in {**_date_reasons(), **_other_reasons()}.items()}


def _date_reasons() -> dict[str, str]:
    return {
        "same_day": _("the same day"),
        "day_month_swapped": _("the same, with day and month exchanged"),
        "hijri": _("the same day in the Hijri calendar"),
        "hijri_about": _("about the same in the Hijri calendar"),
        "digit_slip": _("one digit differs or two are exchanged"),
        "century_slip": _("the same day, a century apart"),
        "same_month": _("the same month"),
        "same_year": _("the same year"),
        "same_year_other_month": _("the same year, another month"),
        "same_year_other_day": _("the same year, another day"),
        "in_narrow_span": _("within the span published"),
        "in_span": _("within the wide span published"),
        "about": _("near the approximate year published"),
        "one_year_off": _("one year apart"),
        "two_years_off": _("two years apart"),
        "few_years_off": _("a few years apart"),
        "many_years_off": _("many years apart"),
        "contradicted": _("contradicts what is published"),
        "implausible": _("not a plausible year; not counted"),
    }


def _other_reasons() -> dict[str, str]:
    return {
        "same": _("the same"),
        "related": _("related countries; not counted"),
        "other": _("different"),
        "same_country": _("in the same country"),
        "other_country": _("in different countries"),
        "same_number_other_issuer": _("the same number, another type or issuer"),
        "same_short": _("the same short number"),
        "confusable": _("the same but for look-alike characters"),
        "one_slip": _("one slip apart"),
        "unmatched_subject": _("only in the name screened"),
        "unmatched_listing": _("only in the listed name"),
        "initials": _("an initial"),
        "exact": _("the same spelling"),
        "romanized": _("the same name in another spelling"),
        "similar": _("similar spelling"),
        "nickname": _("a familiar form of the name"),
        "equivalent": _("the same name in another language"),
        "concept": _("the same word in another language"),
        "legal_form": _("a legal form of the same kind"),
        "acronym": _("the letters that stand for the name"),
        "joined": _("written together on one side, apart on the other"),
        "doubtful": _("hardly alike"),
        "particle": _("a particle left out"),
        "not_compared": _("not compared"),
    }
