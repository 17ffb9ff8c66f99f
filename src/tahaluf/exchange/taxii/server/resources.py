"""The resources of TAXII that are not objects, as JSON."""

from collections.abc import Sequence

from tahaluf.exchange.canonical import Json
from tahaluf.exchange.taxii.media import TAXII, stix_media_type
from tahaluf.exchange.taxii.server.ports import About, Discovery, Outcome, Posting, Root, Stub
from tahaluf.exchange.taxii.times import write_timestamp


def show_discovery(discovery: Discovery) -> Json:
    shown: dict[str, Json] = {"title": discovery.title}
    for name in ("description", "contact", "default"):
        if text := getattr(discovery, name):
            shown[name] = text
    return {**shown, "api_roots": list(discovery.roots)}


def show_root(root: Root) -> Json:
    shown: dict[str, Json] = {"title": root.title, "versions": [TAXII], "max_content_length": root.max_content_length}
    return shown | ({"description": root.description} if root.description else {})


def show_collection(about: About) -> dict[str, Json]:
    shown: dict[str, Json] = {
        "id": about.id,
        "title": about.title,
        "can_read": about.can_read,
        "can_write": about.can_write,
        "media_types": list(about.media_types),
    }
    return shown | ({"description": about.description} if about.description else {})


def show_manifest_entry(stub: Stub) -> Json:
    return {
        "id": stub.id,
        "date_added": write_timestamp(stub.date_added),
        "version": stub.version,
        "media_type": stix_media_type(stub.spec_version),
    }


def show_posting(posting: Posting) -> Json:
    """The standard's status: a list that is empty is left out."""
    lists = {"success": posting.successes, "failure": posting.failures, "pending": posting.pendings}
    shown: dict[str, Json] = {
        "id": posting.id,
        "status": posting.state,
        "request_timestamp": write_timestamp(posting.requested_at),
        "total_count": sum(map(len, lists.values())),
    }
    for name, outcomes in lists.items():
        shown[f"{name}_count"] = len(outcomes)
    plurals = {"success": "successes", "failure": "failures", "pending": "pendings"}
    return shown | {plurals[name]: show_outcomes(outcomes) for name, outcomes in lists.items() if outcomes}


def show_outcomes(outcomes: Sequence[Outcome]) -> list[Json]:
    return [show_outcome(outcome) for outcome in outcomes]


def show_outcome(outcome: Outcome) -> Json:
    shown: dict[str, Json] = {"id": outcome.id, "version": outcome.version}
    return shown | ({"message": outcome.message} if outcome.message else {})
