"""Writes the reference pages from the program itself: `docs/reference/cli.md` and `docs/reference/problems.md`.

Run it after a command, an option or a problem's sentence changed; `--check` writes nothing and ends with 1 where a page
differs from what the program says.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from tahaluf.cli.commands import build_root
from tahaluf.prose.problemtexts import texts

PAGES = Path(__file__).resolve().parent.parent / "docs" / "reference"
MADE = "<!-- made by scripts/build_reference.py; change the program, not this page -->"


def commands(command: click.Command, context: click.Context) -> Iterator[tuple[click.Command, click.Context]]:
    """A command and all below it, each with its context."""
    yield command, context
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None and not below.hidden:
                yield from commands(below, click.Context(below, parent=context, info_name=name))


def option_row(option: click.Option, context: click.Context) -> str:
    """One row of a table: how it is written, what it takes, what it does."""
    takes = "" if option.is_flag else option.make_metavar(context)
    _, text = option.get_help_record(context) or ("", "")
    cells = (f"`{'`, `'.join(option.opts)}`", f"`{takes}`" if takes else "", text)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def describe(command: click.Command, context: click.Context) -> Iterator[str]:
    """The lines on one command."""
    yield f"## `{context.command_path}`"
    yield ""
    yield (command.help or "").strip()
    yield ""
    if isinstance(command, click.Group):
        pieces = ["COMMAND …"]
    else:
        pieces = [item.make_metavar(context) for item in command.params if isinstance(item, click.Argument)]
    yield f"`{' '.join([context.command_path, *pieces, '[OPTIONS]'])}`"
    yield ""
    options = [item for item in command.params if isinstance(item, click.Option) and not item.hidden]
    if options:
        yield "| option | takes | does |"
        yield "|---|---|---|"
        yield from (option_row(option, context) for option in options)
        yield ""


def commands_page() -> str:
    """Every command and option, and the exit statuses."""
    root = build_root()
    lines = [
        MADE,
        "",
        "# Commands",
        "",
        "`-h` or `--help` after any command says the same in the language of `--lang`.",
        "",
    ]
    for command, context in commands(root, click.Context(root, info_name="tahaluf")):
        lines.extend(describe(command, context))
    lines += [
        "## Exit statuses", "",
        "| status | means |", "|---|---|",
        "| 0 | done |",
        "| 1 | failed; standard error says why, with a code’s sentence from [the problems](problems.md) |",
        "| 2 | the command line was wrong |",
        "| 3 | done, but rows were rejected or values left out; the rejects file says which |",
        "| 130 | interrupted; `--resume` goes on |",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def problems_page() -> str:
    """Every problem code with its sentence."""
    lines = [MADE, "", "# Problems", ""]
    lines += [
        "Codes are stable; sentences are shown in the language of `--lang`, after the place: file, line, field, entry.",
        "",
    ]
    lines += ["| code | sentence |", "|---|---|"]
    lines += [f"| `{code}` | {sentence.replace('|', chr(92) + '|')} |" for code, sentence in sorted(texts().items())]
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Writes the pages, or compares them."""
    pages = {PAGES / "cli.md": commands_page(), PAGES / "problems.md": problems_page()}
    differing = [path for path, text in pages.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if "--check" in arguments:
        for path in differing:
            print(
                f"{path.relative_to(PAGES.parent.parent)} differs from the program: python scripts/build_reference.py"
            )
        return 1 if differing else 0
    for path in differing:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(pages[path], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
