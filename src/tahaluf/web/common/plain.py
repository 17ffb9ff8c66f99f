"""Problems as the plain values that a JSON field holds, and back."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from tahaluf.domain import Problem, Where


def plain_problem(problem: Problem) -> dict[str, Any]:
    """Code, expected, found, and of the place what is known."""
    where = {name: value for name, value in asdict(problem.where).items() if value is not None}
    return {"code": problem.code, "expected": problem.expected, "found": problem.found, "where": where}


def problem_of(plain: Mapping[str, Any]) -> Problem:
    """The problem that was kept."""
    return Problem(plain["code"], Where(**plain.get("where", {})), plain.get("expected", ""), plain.get("found", ""))
