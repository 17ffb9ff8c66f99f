"""Holds the sizes that keep the code readable: reach for it through `make check`.

No file over 500 lines and no function over 60; 95 % of files under 300 and 95 % of functions under 40. Nested functions
count, and count in what holds them. Prints what is too long, worst first, then the distribution; ends with 1 on a
breach. The limits are never raised: what grows past them is split.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

FOLDERS = ("src", "tests", "scripts", "benchmarks")


class Limit(NamedTuple):
    """What a thing may measure at most, and what 95 % of its kind stay under."""

    most: int
    usual: int


FILES = Limit(most=500, usual=300)
FUNCTIONS = Limit(most=60, usual=40)


class Size(NamedTuple):
    """How long one file or one function is."""

    lines: int
    where: str


def measure_functions(text: str, where: str) -> Iterator[Size]:
    """Every function of a source text with its length, decorators left out."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield Size((node.end_lineno or node.lineno) - node.lineno + 1, f"{where}:{node.lineno} {node.name}")


def measure(root: Path) -> tuple[list[Size], list[Size]]:
    """Sizes of all files and of all functions under a project's folders."""
    files: list[Size] = []
    functions: list[Size] = []
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            where = path.relative_to(root).as_posix()
            files.append(Size(text.count("\n"), where))
            functions.extend(measure_functions(text, where))
    return files, functions


def share_under(sizes: list[Size], bound: int) -> float:
    """The part of the sizes that stay under a bound; 1 for nothing."""
    return sum(size.lines < bound for size in sizes) / len(sizes) if sizes else 1.0


def breaches(kind: str, sizes: list[Size], limit: Limit) -> list[str]:
    """What breaks a limit, worst first, as lines to print."""
    longest = sorted(sizes, reverse=True)
    found = [
        f"{size.lines:5} {size.where} (no {kind} over {limit.most})" for size in longest if size.lines > limit.most
    ]
    if share_under(sizes, limit.usual) < 0.95:
        found.append(f"      {share_under(sizes, limit.usual):.1%} of {kind}s under {limit.usual} lines; 95 % wanted")
        found.extend(f"{size.lines:5} {size.where}" for size in longest[:20] if size.lines >= limit.usual)
    return found


def median(sizes: list[Size]) -> int:
    """The middle length; 0 for nothing."""
    return sorted(size.lines for size in sizes)[len(sizes) // 2] if sizes else 0


def main(root: Path) -> int:
    """Prints breaches and the distribution; 1 when there is a breach."""
    files, functions = measure(root)
    found = breaches("file", files, FILES) + breaches("function", functions, FUNCTIONS)
    print("\n".join(found), end="\n" if found else "")
    for kind, sizes, limit in (("files", files, FILES), ("functions", functions, FUNCTIONS)):
        usual = f"{share_under(sizes, limit.usual):.1%} under {limit.usual}"
        longest = max(sizes, default=Size(0, "")).lines
        print(f"{len(sizes)} {kind}: median {median(sizes)} lines, {usual}, longest {longest}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent))
