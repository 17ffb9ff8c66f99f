"""Where each list is published: data, which a file of the same form may override (for a mirror, or a new address)."""

import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tahaluf.domain import InputError, Problem, Where
from tahaluf.lists.recognize import Format

GROUPS = {"ofac": ("ofac_sdn", "ofac_cons")}


@dataclass(frozen=True, slots=True)
class Source:
    """One published list: its address, what it must be, the hosts that it may be fetched from, and the least number of
    listings that it may plausibly hold."""

    name: str
    url: str
    format: Format
    dataset: str
    hosts: tuple[str, ...]
    least: int = 1

    def allows(self, host: str) -> bool:
        """Whether a download may come from this host; `*.example.org` allows every host below it."""
        return any(host == allowed or (allowed[:2] == "*." and host.endswith(allowed[1:])) for allowed in self.hosts)


def load_sources(overrides: Path | None = None) -> dict[str, Source]:
    """All known sources by name, those of `overrides` (a JSON file) in place of ours; InputError where it is
    malformed."""
    raw: dict[str, Any] = json.loads((files("tahaluf.lists.update") / "sources.json").read_text(encoding="utf-8"))
    if overrides is not None:
        try:
            given = json.loads(overrides.read_text(encoding="utf-8"))
            raw |= {name: {**raw.get(name, {}), **fields} for name, fields in given.items()}
        except (OSError, ValueError, AttributeError, TypeError) as error:
            raise InputError(
                Problem("lists.update.sources", Where(file=str(overrides)), "sources", str(error))
            ) from error
    return {name: make_source(name, fields, overrides) for name, fields in raw.items()}


def make_source(name: str, fields: dict[str, Any], overrides: Path | None) -> Source:
    try:
        host = urlsplit(str(fields["url"])).hostname or ""
        hosts = tuple(str(item) for item in fields.get("hosts", ()))
        return Source(
            name=name, url=str(fields["url"]), format=Format(fields["format"]), dataset=str(fields.get("dataset",
            name)),
            hosts=hosts if host in hosts or not host else (*hosts, host), least=max(int(fields.get("least", 1)), 1),
        )  # fmt: skip
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        where = Where(file=str(overrides) if overrides else None, item=name)
        raise InputError(Problem("lists.update.sources", where, "url, format, dataset, hosts", repr(error))) from error


def choose_sources(names: tuple[str, ...], known: dict[str, Source]) -> list[Source]:
    """The sources of that name, `ofac` standing for both of its lists; all of them where none is named."""
    wanted = [part for name in names for part in GROUPS.get(name, (name,))] or list(known)
    for name in wanted:
        if name not in known:
            raise InputError(Problem("lists.update.unknown", Where(item=name), ", ".join([*GROUPS, *known]), name))
    return [known[name] for name in dict.fromkeys(wanted)]
