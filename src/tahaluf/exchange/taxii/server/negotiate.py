"""Which media types a request accepts and brings: only TAXII 2.1 is spoken here."""

from collections.abc import Iterator

from tahaluf.exchange.taxii.server.message import Refusal, Request

MOST = 1_000


def check_accept(request: Request) -> None:
    """Refusal 406 unless TAXII 2.1, or TAXII of no version, is accepted."""
    if not any(speaks(parameters) for parameters in taxii_types(request.headers.get("accept", ""))):
        raise Refusal(406, "not_acceptable", "The Accept header must name application/taxii+json;version=2.1.")


def check_content_type(request: Request) -> None:
    """Refusal 415 unless the body is TAXII 2.1, or TAXII of no version."""
    if not any(speaks(parameters) for parameters in taxii_types(request.headers.get("content-type", ""))):
        raise Refusal(415, "media_type", "The Content-Type header must be application/taxii+json;version=2.1.")


def speaks(parameters: dict[str, str]) -> bool:
    weight = parameters.get("q", "1")
    return parameters.get("version", "2.1") == "2.1" and weight.strip("0.") != ""


def taxii_types(header: str) -> Iterator[dict[str, str]]:
    """The parameters of each `application/taxii+json` in a header."""
    for item in header[:MOST].split(","):
        media, *parameters = (part.strip() for part in item.split(";"))
        if media.lower() == "application/taxii+json":
            pairs = (parameter.partition("=") for parameter in parameters)
            yield {name.strip().lower(): value.strip().strip('"') for name, _, value in pairs}
