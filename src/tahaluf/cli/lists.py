"""`tahaluf lists`: reads published lists into FollowTheMoney entities, compares two versions, fetches new ones."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, is_dataclass
from enum import Enum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from tahaluf.cli.options import exit_help
from tahaluf.prose.i18n import _, ngettext_

if TYPE_CHECKING:
    from tahaluf.domain import Listing, Problem
    from tahaluf.lists import Amendment, Difference, Reading
    from tahaluf.lists.update import Update

FAILED = 1
WITH_PROBLEMS = 3
SHOWN = 20


def build_command() -> click.Group:
    """The group of list commands, in the current language."""
    group = click.Group("lists", help=_("Read, compare and update published lists.") + "\n\n" + exit_help())
    group.add_command(build_read())
    group.add_command(build_diff())
    group.add_command(build_update())
    return group


def build_read() -> click.Command:
    return click.Command(
        "read", callback=read_lists, help=_("Read lists as published; say what is in them; write them as entities."),
        params=[
            click.Argument(["files"], type=click.Path(path_type=Path), nargs=-1, required=True),
            click.Option(["--out"], type=click.Path(path_type=Path),
            help=_("Write FollowTheMoney entities (JSON lines) here.")),
            click.Option(["--dataset"], help=_("Name of the list, in place of the file's own.")),
        ],
    )  # fmt: skip


def build_diff() -> click.Command:
    path = click.Path(path_type=Path)
    return click.Command(
        "diff", callback=compare_lists, help=_("Show what came, went and changed between two versions of a list."),
        params=[
            click.Argument(["old"], type=path), click.Argument(["new"], type=path),
            click.Option(["--format", "layout"], type=click.Choice(["text", "json"]), default="text",
            help=_("Text or JSON lines.")),
        ],
    )  # fmt: skip


def build_update() -> click.Command:
    folder = click.Path(file_okay=False, path_type=Path)
    return click.Command(
        "update", callback=update_lists,
        help=_("Fetch new versions of lists from their publishers, checked before they replace the old."),
        params=[
            click.Argument(["names"], nargs=-1, metavar="[un|ofac|ofac_sdn|ofac_cons]..."),
            click.Option(["--dir", "directory"], type=folder, default=default_directory,
            help=_("Where the lists are kept; otherwise tahaluf/lists in XDG_DATA_HOME or ~/.local/share.")),
            click.Option(["--sources"], type=click.Path(exists=True, dir_okay=False, path_type=Path),
                         envvar="TAHALUF_LIST_SOURCES", help=_("A JSON file with other addresses to fetch from.")),
            click.Option(["--keep"], type=click.IntRange(min=1), default=10, show_default=True,
            help=_("How many versions to keep.")),
            click.Option(["--timeout"], type=click.FloatRange(min=1), default=900, show_default=True,
                         help=_("Seconds that one download may take in all.")),
            click.Option(["--accept"], is_flag=True,
            help=_("Take a list that is whole but not plausible: too short, older, or dated in the future.")),
            click.Option(["--allow-loopback-http"], is_flag=True,
            help=_("Accept plain HTTP from this machine itself.")),
        ],
    )  # fmt: skip


def default_directory() -> Path:
    """Where lists are kept unless told otherwise."""
    home = os.environ.get("XDG_DATA_HOME")
    return (Path(home) if home else Path.home() / ".local" / "share") / "tahaluf" / "lists"


def read_lists(files: tuple[Path, ...], out: Path | None, dataset: str | None) -> int:
    """Reads each file to its end; problems go to standard error."""
    from tahaluf.cli.folders import find_lists
    from tahaluf.domain import TahalufError

    failed = troubled = False
    with OutputFile(out) as stream:
        for path in files:
            try:
                for file in find_lists(path) if path.is_dir() else [path]:
                    troubled |= read_list(file, dataset, stream)
            except TahalufError as error:
                show_problem(error.problem)
                failed = True
    return FAILED if failed else WITH_PROBLEMS if troubled else 0


class OutputFile:
    """A file that takes its name only once it is whole; nothing where no file is wanted."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.aside = path.with_name(f".{path.name}.part") if path else None
        self.stream: IO[bytes] | None = None

    def __enter__(self) -> IO[bytes] | None:
        self.stream = self.aside.open("wb") if self.aside else None
        return self.stream

    def __exit__(self, kind: object, *_rest: object) -> None:
        if self.stream is None or self.aside is None or self.path is None:
            return
        self.stream.close()
        if kind is None:
            self.aside.replace(self.path)
        else:
            self.aside.unlink(missing_ok=True)


def read_list(file: Path, dataset: str | None, stream: IO[bytes] | None) -> bool:
    """Reads one file; whether there were problems."""
    from tahaluf.lists import read
    from tahaluf.lists.ftm.write import write_entities

    reading = read(file, dataset=dataset)
    if stream is not None:
        write_entities(reading, stream)
    else:
        for _listing in reading:
            pass
    show_summary(file, reading)
    show_problems(reading.problems)
    return bool(reading.problems)


def show_summary(file: Path, reading: "Reading") -> None:
    """One line of what a file held."""
    entries = ngettext_("{count} listing", "{count} listings", reading.count).format(count=reading.count)
    words = [str(file), str(reading.format), reading.dataset, entries]
    if reading.published_on:
        words.append(_("published {date}").format(date=reading.published_on.isoformat()))
    if not reading.complete:
        words.append(_("incomplete"))
    others = sum(reading.unlisted.values())
    if others:
        words.append(
            ngettext_("{count} other entity left out", "{count} other entities left out", others).format(count=others)
        )
    click.echo(" · ".join(word for word in words if word))


def show_problem(problem: "Problem") -> None:
    from tahaluf.prose.problems import describe

    click.echo(describe(problem), err=True)


def show_problems(problems: "list[Problem] | tuple[Problem, ...]") -> None:
    """The first problems of each kind in words, the others counted."""
    shown: dict[str, int] = {}
    for problem in problems:
        shown[problem.code] = shown.get(problem.code, 0) + 1
        if shown[problem.code] <= SHOWN:
            show_problem(problem)
    for code, count in shown.items():
        if count > SHOWN:
            rest = count - SHOWN
            text = ngettext_("… and {count} more of the kind {code}", "… and {count} more of the kind {code}", rest)
            click.echo(text.format(count=rest, code=code), err=True)


def compare_lists(old: Path, new: Path, layout: str) -> int:
    """Prints what differs."""
    from tahaluf.cli.folders import find_lists
    from tahaluf.lists import diff, read

    before, after = (read(find_lists(path)[0] if path.is_dir() else path) for path in (old, new))
    difference = diff(before, after)
    lines = format_json(difference) if layout == "json" else format_text(difference)
    for line in lines:
        click.echo(line)
    show_problems([*before.problems, *after.problems])
    return WITH_PROBLEMS if before.problems or after.problems else 0


def format_text(difference: "Difference") -> Iterator[str]:
    """Lines for reading: a heading for each part, an entry a line, changed fields below it."""
    for heading, sign, listings in (
        (_("Added: {count}"), "+", difference.added), (_("Removed: {count}"), "-", difference.removed),
    ):  # fmt: skip
        yield heading.format(count=len(listings))
        yield from (f"  {sign} {name_listing(listing)}" for listing in listings)
    yield _("Amended: {count}").format(count=len(difference.amended))
    for amendment in difference.amended:
        yield f"  ~ {safe(amendment.caption)} ({safe(amendment.listing_id)})"
        yield from format_changes(amendment)


def format_changes(amendment: "Amendment") -> Iterator[str]:
    for change in amendment.changes:
        before = "; ".join(safe(describe_value(value)) for value in change.removed) or "∅"
        after = "; ".join(safe(describe_value(value)) for value in change.added) or "∅"
        yield f"      {change.field}: {before} → {after}"


def name_listing(listing: "Listing") -> str:
    reference = f", {listing.reference}" if listing.reference else ""
    return f"{safe(listing.caption)} ({safe(listing.id + reference)})"


def safe(text: str) -> str:
    """Text of a list as a terminal may be given it: no control characters, and no overlong lines."""
    shown = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
    return shown if len(shown) <= 400 else shown[:400] + "…"


def describe_value(value: Any) -> str:
    """A value of a listing in one line: its own words, in the order of its fields."""
    if isinstance(value, Enum):
        return str(value.value)
    if hasattr(value, "isoformat"):
        return ("~" if value.circa else "") + str(value.isoformat())
    if isinstance(value, tuple):
        return ", ".join(describe_value(item) for item in value)
    if is_dataclass(value):
        parts = (getattr(value, name) for name in value.__dataclass_fields__)
        return " | ".join(describe_value(part) for part in parts if part not in (None, (), ""))
    return str(value)


def format_json(difference: "Difference") -> Iterator[str]:
    """One JSON object a line: what happened, to which listing, and for an amendment the fields."""
    for kind, listings in (("added", difference.added), ("removed", difference.removed)):
        yield from dump_lines({"change": kind, "listing": asdict(listing)} for listing in listings)
    yield from dump_lines({"change": "amended", **asdict(amendment)} for amendment in difference.amended)


def dump_lines(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    import orjson

    for row in rows:
        yield orjson.dumps(row).decode()


def update_lists(
    names: tuple[str, ...], directory: Path, sources: Path | None, keep: int, timeout: float, accept: bool,
    allow_loopback_http: bool,
) -> int:  # fmt: skip
    """Updates each source; one that fails does not keep the others from theirs."""
    from tahaluf.domain import FetchError
    from tahaluf.lists.update import Policy, Store, load_sources, update
    from tahaluf.lists.update.sources import choose_sources

    policy = Policy(total_seconds=timeout, loopback_http=allow_loopback_http)
    store = Store(directory)
    failed = troubled = False
    for source in choose_sources(names, load_sources(sources)):
        try:
            result = update(source, store, policy, keep=keep, accept=accept)
        except FetchError as error:
            show_problem(error.problem)
            failed = True
            continue
        show_update(result)
        troubled |= bool(result.problems)
    return FAILED if failed else WITH_PROBLEMS if troubled else 0


def show_update(result: "Update") -> None:
    """What became of one source."""
    version = result.version
    entries = ngettext_("{count} listing", "{count} listings", version.count).format(count=version.count)
    state = _("updated") if result.changed else _("nothing new")
    words = [result.source, state, entries, version.published_on or "", str(result.path)]
    click.echo(" · ".join(word for word in words if word))
    show_problems(result.problems)
