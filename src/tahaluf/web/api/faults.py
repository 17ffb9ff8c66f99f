"""Why a request is refused: a status, a stable code, what was expected and found, where; put into words at the door.

Raise `Refused` anywhere below a view of the API. `/match` and its kin say it as `{"detail": …}`, `/api/v1/` in full.
"""

from collections.abc import Mapping
from typing import Any

from tahaluf.domain import Problem, TahalufError, Where
from tahaluf.prose.i18n import speaking
from tahaluf.prose.problems import describe_found
from tahaluf.web.api.sentences import GENERAL, OF_ONE, SENTENCES
from tahaluf.web.common.plain import plain_problem

# Problems of the layers below that are no fault of the request's content.
STATUSES = {"web.no_edition": 503, "web.job_over": 409}
STATES = ("web.alert.state", "web.alert.same_person", "web.alert.closed", "web.alert.not_open", "web.screening.state")


class Refused(Exception):
    """The request is not done. `headers` go with the answer."""

    def __init__(
        self, status: int, code: str, *, field: str = "", expected: str = "", found: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(code)
        self.status = status
        self.problem = Problem(code, Where(field=field or None), expected, found[:200])
        self.headers = dict(headers or {})


def refused_by(error: TahalufError) -> Refused:
    """An error of the core or of a service as a refusal; one that may pass asks to come again."""
    problem = error.problem
    status = STATUSES.get(problem.code, 409 if problem.code.startswith(STATES) else 422)
    refusal = Refused(status if error.permanent else 503, problem.code)
    refusal.problem = problem
    if refusal.status == 503:
        refusal.headers["Retry-After"] = "5"
    return refusal


def say(refusal: Refused, language: str) -> str:
    """One sentence: what is wrong."""
    problem = refusal.problem
    if problem.code not in SENTENCES:
        with speaking(language):
            return describe_found(problem)
    sentence = str(SENTENCES[problem.code][0]) % _values(problem)
    # Of many queries in one request, which.
    return str(OF_ONE) % {"item": problem.where.item, "sentence": sentence} if problem.where.item else sentence


def advise(refusal: Refused) -> str:
    """One sentence: what to do."""
    sentences = SENTENCES.get(refusal.problem.code)
    return str(sentences[1] if sentences else GENERAL[refusal.status // 100 * 100]) % _values(refusal.problem)


def told(refusal: Refused, language: str) -> dict[str, Any]:
    """The one shape of an error of `/api/v1/`."""
    plain = plain_problem(refusal.problem)
    return {
        "code": plain["code"], "message": say(refusal, language), "expected": plain["expected"],
        "found": plain["found"], "where": plain["where"], "what_to_do": advise(refusal),
    }  # fmt: skip


def _values(problem: Problem) -> dict[str, str]:
    return {"expected": problem.expected, "found": problem.found, "field": problem.where.field or ""}
