"""The pages lead where they say, name everything there is, and keep the words in three languages."""

import dataclasses
import inspect
import re
from enum import Enum
from pathlib import Path

import click
import pytest

import tahaluf.domain
from tahaluf.cli.commands import build_root
from tests.conftest import ROOT
from tests.docs.pages import anchors_of, links_of, name_of, pages

CLI_PAGE = ROOT / "docs" / "reference" / "cli.md"
PROBLEMS_PAGE = ROOT / "docs" / "reference" / "problems.md"


def commands(command: click.Command, path: str) -> list[tuple[str, click.Command]]:
    found = [(path, command)]
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            found.extend(commands(below, f"{path} {name}"))
    return found


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    lost = []
    for link in links_of(page):
        address, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", address):
            continue
        there = (page.parent / address).resolve() if address else page
        if not there.exists() or (anchor and anchor not in anchors_of(there)):
            lost.append(link)
    assert lost == []


def test_every_page_is_led_to_from_another() -> None:
    led_to = {
        (page.parent / link.partition("#")[0]).resolve()
        for page in pages()
        for link in links_of(page)
        if not re.match(r"[a-z]+:|#", link)
    }
    in_folders = {page for folder in led_to if folder == ROOT / "spec" for page in folder.rglob("*.md")}
    lost = [name_of(page) for page in pages() if page not in {*led_to, *in_folders, ROOT / "README.md"}]
    assert lost == []


@pytest.mark.parametrize(("path", "command"), commands(build_root(), "tahaluf"), ids=str)
def test_every_command_and_option_is_in_the_reference(path: str, command: click.Command) -> None:
    sections = CLI_PAGE.read_text(encoding="utf-8").split("\n## ")
    [section] = [text for text in sections if text.startswith(f"`{path}`\n")]
    options = [item for item in command.params if isinstance(item, click.Option) and not item.hidden]
    assert [item.name for item in options if f"`{item.opts[0]}`" not in section] == []


def codes_in_the_source() -> set[str]:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py")]
    raised = re.compile(r"[Pp]roblem\(\s*\"([a-z_]+(?:\.[a-z_]+)+)\"")
    return {code for text in texts for code in raised.findall(text)}


def test_every_problem_code_is_in_the_reference() -> None:
    page = PROBLEMS_PAGE.read_text(encoding="utf-8")
    codes = codes_in_the_source()
    assert len(codes) > 10
    assert sorted(code for code in codes if f"`{code}`" not in page) == []


def test_every_code_that_a_format_page_of_the_exchange_refuses_with_is_in_the_reference() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "spec" / "exchange").glob("*.md")]
    codes = {code for text in texts for code in re.findall(r"`(exchange(?:\.[a-z_]+)+)`", text)}
    assert len(codes) > 40
    page = PROBLEMS_PAGE.read_text(encoding="utf-8")
    assert sorted(code for code in codes if f"`{code}`" not in page) == []


def test_every_code_that_the_exchange_writes_out_is_in_the_reference() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "src" / "tahaluf" / "exchange").rglob("*.py")]
    codes = {code for text in texts for code in re.findall(r"\"(exchange(?:\.[a-z_]+)+)\"", text)}
    page = PROBLEMS_PAGE.read_text(encoding="utf-8")
    assert len(codes) > 40 and sorted(code for code in codes if f"`{code}`" not in page) == []


def domain_words() -> list[str]:
    """The classes of `domain` that are things, not helpers."""
    members = (getattr(tahaluf.domain, name) for name in tahaluf.domain.__all__)
    kinds = [item for item in members if inspect.isclass(item)]
    return sorted(
        item.__name__
        for item in kinds
        if dataclasses.is_dataclass(item) or issubclass(item, Enum) or issubclass(item, Exception)
    )


@pytest.mark.parametrize("word", domain_words())
def test_every_word_of_the_domain_is_in_the_glossary_in_three_languages(word: str) -> None:
    text = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    [entry] = [item for item in text.split("\n### ") if item.startswith(f"`{word}`")]
    heading, *lines = entry.splitlines()
    _, french, arabic = heading.split(" · ")
    assert re.search(r"[a-zéè]", french)
    assert re.search(r"[\u0621-\u064a]", arabic)
    assert [line[:4].strip() for line in lines if line.startswith("- ")][:3] == ["- en", "- fr", "- ar"]
    assert re.search(r"[\u0621-\u064a]{2}", next(line for line in lines if line.startswith("- ar")))


def test_the_readme_says_who_does_not_stand_behind_it_and_who_decides() -> None:
    text = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    assert "It is neither run nor endorsed by the Global Coalition against Daesh or by any of its members" in text
    assert "No automated decision is taken about a person" in text


def test_every_test_that_the_article_page_names_exists() -> None:
    text = (ROOT / "docs" / "from-the-article.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/.]+?\.py)(?:::(\w+))?`", text)
    assert named
    lost = [
        f"{file}::{test}"
        for file, test in named
        if not (ROOT / file).exists() or (test and f"def {test}(" not in (ROOT / file).read_text(encoding="utf-8"))
    ]
    assert lost == []
