"""Request and response, whatever web server stands before them, and every refusal as TAXII's error message."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tahaluf.exchange.canonical import Json
from tahaluf.exchange.taxii.media import TAXII

# As the reference server titles every refusal of what it was asked; clients are known to look for it.
TITLE = "ProcessingError"
UNPROCESSED = "While processing supplied content, an error occurred"


@dataclass(frozen=True, slots=True)
class Request:
    """One request: `path` and `query` are decoded, names of headers are in lower case.

    Whoever reads it off a line need not read more of a body than `TaxiiServer.most_body`.
    """

    method: str
    path: str
    query: Sequence[tuple[str, str]] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Response:
    """Status, headers and body as they go out."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    def sent_headers(self) -> dict[str, str]:
        """All headers: the media type and that nothing is kept on the way, besides those of the response."""
        length = str(len(self.body))
        return {"Content-Type": TAXII, "Cache-Control": "no-store", "Content-Length": length, **self.headers}


class Refusal(Exception):
    """Why a request is not done: status, a stable code, a sentence in English, as the standard's tools show it."""

    def __init__(self, status: int, code: str, description: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, code, description)
        self.status = status
        self.code = code
        self.description = description
        self.headers = headers or {}

    def response(self) -> Response:
        """As the standard's error message."""
        message: dict[str, Json] = {
            "title": TITLE,
            "description": self.description,
            "error_code": f"exchange.taxii.{self.code}",
            "http_status": str(self.status),
        }
        return Response(self.status, write_json(message), self.headers)


def not_found() -> Refusal:
    """The one answer for what is not there and for what one may not see."""
    return Refusal(404, "not_found", "There is no such resource.")


def write_json(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
