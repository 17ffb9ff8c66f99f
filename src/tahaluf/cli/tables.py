"""Hits as tables on a terminal."""

from collections.abc import Iterable, Mapping

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tahaluf.domain import Hit
from tahaluf.names.written import as_written
from tahaluf.prose.i18n import _
from tahaluf.prose.labels import label
from tahaluf.prose.text import printable
from tahaluf.prose.values import show_value
from tahaluf.screening.export.report import limit_of, log_odds, show_score


def print_hit(console: Console, hit: Hit, threshold: float, details: Mapping[str, str | list[str]]) -> None:
    """One hit with every reason for its score, and what its list says of it."""
    verdict = _("over the threshold of {value}") if hit.score >= threshold else _("under the threshold of {value}")
    head = _("{rank}. {name} ({id}, {dataset}): score {score}, {verdict}").format(
        rank=hit.rank,
        name=printable(hit.caption),
        id=printable(hit.listing_id),
        dataset=printable(hit.dataset),
        score=f"{hit.score:.3f}",
        verdict=verdict.format(value=f"{threshold:.2f}"),
    )
    console.print(Text(head, style="bold"))
    if hit.reference:
        console.print(Text(f"{label('detail.reference')}: {printable(hit.reference)}"))
    console.print(_tokens(hit))
    if hit.explanation.terms:
        console.print(_terms(hit))
    if hit.explanation.attributes:
        console.print(_attributes(hit))
    if details:
        console.print(_details(details))
    versions = f"{label('report.versions')}: {hit.explanation.engine} · {hit.explanation.index}"
    console.print(Text(versions, style="dim"), "")


def _tokens(hit: Hit) -> Table:
    why = hit.explanation
    columns = ("report.subject", "report.listing", "report.similarity", "report.weight", "report.reason")
    title = f"{printable(why.subject_name)} ↔ {printable(why.listing_name)}: {why.name_score:.3f}"
    table = _table(columns, title)
    for token in why.tokens:
        alike = token.subject and token.listing
        met = as_written(token.subject, why.subject_name), as_written(token.listing, why.listing_name)
        table.add_row(
            *_texts(word or "—" for word in met),
            Text(f"{token.similarity:.2f}", style=_color(token.similarity)) if alike else "",
            Text(f"{token.weight:.1f}", style="red" if token.weight < 0 else "") if token.weight else "",
            Text(label(f"reason.{token.reason}")),
            style="dim" if token.reason == "particle" else "",
        )
    return table


def _terms(hit: Hit) -> Table:
    table = _table(("report.term", "report.effect"), label("report.terms"))
    for term in hit.explanation.terms:
        table.add_row(label(f"term.{term.term}"), _effect(term.effect))
    score = hit.explanation.name_score
    _add_total(table, label("report.sum_names"), score, 1)
    return table


def _attributes(hit: Hit) -> Table:
    columns = ("report.attribute", "report.subject", "report.listing", "report.effect", "report.reason")
    why = hit.explanation
    table = _table(columns, label("report.attributes"))
    names = label("report.sum_names").format(score=show_score(why.name_score))
    table.add_row(names, "", "", _effect(log_odds(why.name_score)))
    for effect in why.attributes:
        values = (show_value(effect.attribute, text) or "—" for text in (effect.subject, effect.listing))
        table.add_row(
            label(f"attribute.{effect.attribute}"),
            *_texts(values),
            _effect(effect.effect),
            Text(label(f"reason.{effect.reason}")),
        )
    if limit := limit_of(why.name_score, hit.score, (effect.effect for effect in why.attributes)):
        table.add_row(label("report.limit"), "", "", _effect(limit))
    _add_total(table, label("report.sum_all"), hit.score, 3)
    return table


def _effect(effect: float) -> Text:
    return Text(f"{effect:+.2f}", style="red" if effect < 0 else "green" if effect > 0 else "")


def _add_total(table: Table, words: str, score: float, columns: int) -> None:
    """One row more that says what the whole came to, in log-odds and as a score."""
    before = [""] * (columns - 1)
    table.add_section()
    table.add_row(words.format(score=show_score(score)), *before, _effect(log_odds(score)), style="bold")


def _details(details: Mapping[str, str | list[str]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, title=Text(label("report.details")), title_justify="left", title_style="")
    table.show_header = False
    table.add_column()
    table.add_column(overflow="fold")
    for name, value in details.items():
        items = [value] if isinstance(value, str) else value
        table.add_row(Text(name), Text("\n".join(map(printable, items))))
    return table


def hit_table(rows: Iterable[tuple[str, str, str, str]]) -> Table:
    """A short table of (subject's id, subject's name, listed name, score)."""
    table = _table((), "")
    for heading in (_("Row"), label("report.subject"), label("report.listing"), label("report.score")):
        table.add_column(heading)
    for row in rows:
        table.add_row(*_texts(row))
    return table


def party_table(title: str, rows: Iterable[tuple[str, str, str, str, str]]) -> Table:
    """A short table of (number in the file, role, subject's name, listed name, score)."""
    table = _table((), title)
    for heading in (_("No."), label("column.role"), label("report.subject"), label("report.listing"),
                    label("report.score")):  # fmt: skip
        table.add_column(heading)
    for row in rows:
        table.add_row(*_texts(row))
    return table


def _table(columns: Iterable[str], title: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, title=Text(title), title_justify="left", title_style="")
    for column in columns:
        table.add_column(label(column))
    return table


def _texts(values: Iterable[str]) -> list[Text]:
    return [Text(printable(value)) for value in values]


def _color(similarity: float) -> str:
    return "green" if similarity >= 0.9 else "yellow" if similarity >= 0.5 else "red"
