"""The project's pages, and what stands in them."""

import re
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NOT_RUN = re.compile(r"(?:make|pip|python3? -m venv|git|cd|\.|tahaluf lists update)(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Command:
    """A command of a page, the status that it must end with, and what it must print."""

    text: str
    status: int
    output: tuple[str, ...]


def pages() -> list[Path]:
    """README and the like, and everything under docs and spec."""
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "spec").rglob("*.md")]
    return sorted(found)


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of a language."""
    return [text for found, text in FENCE.findall(page.read_text(encoding="utf-8")) if found == language]


def parse_commands(block: str) -> list[Command]:
    """`$ command # exit 3` and the lines below it; what is not run is left out."""
    commands: list[Command] = []
    for piece in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        first, *output = piece.replace("\\\n", " ").splitlines()
        text, _, status = first.partition(" # exit ")
        commands.append(Command(text.strip(), int(status or 0), tuple(line for line in output if line.strip())))
    known = [command for command in commands if command.text != "make demo" and not NOT_RUN.match(command.text)]
    demo = [Command("tahaluf demo", 0, command.output) for command in commands if command.text == "make demo"]
    return demo + known


def commands_of(page: Path) -> list[Command]:
    """All commands of a page that run, in order."""
    return [command for block in blocks(page, "console") for command in parse_commands(block)]


def links_of(page: Path) -> list[str]:
    """Where a page's links lead, code left out."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    text = re.sub(r"`[^`\n]*`", "", text)
    return re.findall(r"\]\(([^)\s]+)\)", text)


def anchors_of(page: Path) -> set[str]:
    """The anchors that a page's headings make."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def prints(output: str, line: str) -> bool:
    """Whether a line of a page is in an output; `…` stands for anything and spaces count as one."""
    parts = [re.escape(" ".join(part.split())) for part in line.split("…")]
    flat = [" ".join(found.split()) for found in output.splitlines()]
    return any(re.search(".*".join(parts), found) for found in flat)
