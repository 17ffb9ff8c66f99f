"""What the pages show, runs: the README's commands as a reader's shell starts them, those of other pages in this
process where they ask nothing of a shell, which spares the start."""

import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from importlib import resources
from pathlib import Path

import pytest

from tests.docs.pages import Command, blocks, commands_of, name_of, pages, parse_commands, prints

Run = Callable[[str, Path], tuple[int, str]]
WITH_COMMANDS = [page for page in pages() if commands_of(page) or blocks(page, "python")]


def environment(folder: Path) -> dict[str, str]:
    """A reader's environment: our programs on the path, a home of its own, English."""
    tools = str(Path(sys.executable).parent)
    return {
        **os.environ,
        "PATH": os.pathsep.join([tools, os.environ["PATH"]]),
        "HOME": str(folder),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "TAHALUF_LANG": "en",
        "COLUMNS": "120",
    }


def lay_out(folder: Path) -> None:
    """The folder that a page's commands run in, with the embedded list under the names that pages give a list."""
    folder.mkdir()
    text = resources.files("tahaluf.cli").joinpath("samples", "list.ftm.json").read_bytes()
    for name in ("consolidated.xml", "old.xml", "new.xml"):
        (folder / name).write_bytes(text)


@pytest.fixture
def run_here(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs a command line of `tahaluf` in this process."""
    from tahaluf.cli import workers
    from tahaluf.cli.main import run as run_command

    def run(command: str, folder: Path) -> tuple[int, str]:
        workers.open_once.cache_clear()
        for name, value in environment(folder).items():
            monkeypatch.setenv(name, value)
        monkeypatch.chdir(folder / "here")
        status = run_command(shlex.split(command)[1:])
        sys.stdout.flush()
        return status, "".join(capfd.readouterr())

    return run


def wants_no_shell(command: str) -> bool:
    return command.startswith("tahaluf ") and not set(command) & set("|&;<>()$`*?~#\n")


def run_in_shell(command: str, folder: Path) -> tuple[int, str]:
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder / "here",
        env=environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize("page", WITH_COMMANDS, ids=name_of)
def test_the_commands_of_a_page_do_what_it_says(page: Path, tmp_path: Path, run_here: Run) -> None:
    lay_out(tmp_path / "here")
    for command in commands_of(page):
        here = name_of(page) != "README.md" and wants_no_shell(command.text)
        status, output = (run_here if here else run_in_shell)(command.text, tmp_path)
        assert status == command.status, f"$ {command.text}\n{output}"
        missing = [line for line in command.output if not prints(output, line)]
        assert missing == [], f"$ {command.text}\n{output}"
    for number, block in enumerate(blocks(page, "python")):
        (tmp_path / "here" / f"block_{number}.py").write_text(block, encoding="utf-8")
        status, output = run_in_shell(f"python block_{number}.py", tmp_path)
        assert status == 0, output


def test_the_readme_and_the_tutorial_have_commands() -> None:
    assert {"README.md", "docs/tutorial.md"} <= {name_of(page) for page in WITH_COMMANDS}


def test_a_block_is_cut_into_commands_with_their_status_and_output() -> None:
    block = "$ make demo\n$ false # exit 1\nno … way\n$ . .venv/bin/activate\n$ tahaluf lists update un\n$ make test\n"
    assert parse_commands(block) == [Command("tahaluf demo", 0, ()), Command("false", 1, ("no … way",))]


def test_shown_output_must_be_in_what_is_printed() -> None:
    assert prints("a  b   c\n", "a … c")
    assert not prints("a b\nc", "a … c")
