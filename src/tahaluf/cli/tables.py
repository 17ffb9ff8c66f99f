"""Hits as tables on a terminal."""

from collections.abc import Iterable

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tahaluf.cli.i18n import _
from tahaluf.cli.labels import label
from tahaluf.cli.text import printable
from tahaluf.domain import Hit


def print_hit(console: Console, hit: Hit, threshold: float) -> None:
    """One hit with every reason for its score."""
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
    console.print(_tokens(hit))
    if hit.explanation.attributes:
        console.print(_attributes(hit))
    versions = f"{label('report.versions')}: {hit.explanation.engine} · {hit.explanation.index}"
    console.print(Text(versions, style="dim"), "")


def _tokens(hit: Hit) -> Table:
    why = hit.explanation
    columns = ("report.subject", "report.listing", "report.similarity", "report.weight", "report.reason")
    title = f"{printable(why.subject_name)} ↔ {printable(why.listing_name)}: {why.name_score:.3f}"
    table = _table(columns, title)
    for token in why.tokens:
        table.add_row(
            *_texts((token.subject or "—", token.listing or "—")),
            Text(f"{token.similarity:.2f}", style=_color(token.similarity)),
            f"{token.weight:.1f}",
            Text(label(f"reason.{token.reason}")),
        )
    return table


def _attributes(hit: Hit) -> Table:
    columns = ("report.attribute", "report.subject", "report.listing", "report.effect", "report.reason")
    table = _table(columns, label("report.attributes"))
    for effect in hit.explanation.attributes:
        style = "red" if effect.effect < 0 else "green" if effect.effect > 0 else ""
        table.add_row(
            label(f"attribute.{effect.attribute}"),
            *_texts((effect.subject or "—", effect.listing or "—")),
            Text(f"{effect.effect:+.2f}", style=style),
            Text(label(f"reason.{effect.reason}")),
        )
    return table


def hit_table(rows: Iterable[tuple[str, str, str, str]]) -> Table:
    """A short table of (subject's id, subject's name, listed name, score)."""
    table = _table((), "")
    for heading in (_("Row"), label("report.subject"), label("report.listing"), label("report.score")):
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
