"""OpenSanctions' own client against a running desk: `python .ci/yente_client.py ADDRESS TOKEN`.

Needs nomenklatura 4.17 (its `enrich.yente`), not the project. The desk holds the embedded sample list (`demo`). Whoever
is listed is found under their names, in either script and with their passport, and comes with what hangs on them;
whoever is not is not found.
"""

import sys
from importlib.metadata import version
from typing import Any

from followthemoney import Dataset, StatementEntity
from nomenklatura.cache import Cache
from nomenklatura.db import Session, get_engine
from nomenklatura.enrich.yente import YenteEnricher

ASKED: list[tuple[str, dict[str, Any], str | None]] = [
    ("latin", {"name": ["Abdelkader Salem Benzeroual"], "birthDate": ["1979-03-14"]}, "demo-001"),
    ("arabic", {"name": ["عبد القادر سالم بن زروال"]}, "demo-001"),
    ("other spelling", {"name": ["Abdel Kader Salim Ben Zeroual"], "nationality": ["dz"]}, "demo-001"),
    ("passport", {"name": ["A. Benzeroual"], "passportNumber": ["DZ4410982"]}, "demo-001"),
    ("nobody", {"name": ["Jane Roe"], "birthDate": ["1980"]}, None),
]


def make_enricher(address: str, token: str) -> YenteEnricher[Dataset]:
    """The client, with a cache in memory."""
    dataset = Dataset.make({"name": "asked", "title": "Asked"})
    cache = Cache(Session(get_engine("sqlite://")), dataset, create=True)
    config = {"api": address.rstrip("/") + "/", "dataset": "default", "api_key": token}
    return YenteEnricher(dataset, cache, config)


def main(address: str, token: str) -> int:
    """Prints what was found for each; 1 where that is not what must be."""
    enricher = make_enricher(address, token)
    wrong = 0
    for name, properties, expected in ASKED:
        data = {"id": f"asked-{name.replace(' ', '-')}", "schema": "Person", "properties": properties}
        entity = StatementEntity.from_data(enricher.dataset, data)
        found = list(enricher.match(entity))
        first = found[0].id if found else None
        papers = [each.schema.name for match in found[:1] for each in enricher.expand(entity, match)]
        good = first == expected and (expected is None or (papers[:1] == ["Person"] and "Passport" in papers))
        wrong += not good
        print(f"{'good' if good else 'WRONG'}: {name}: {first}, expected {expected}; expanded: {papers}")
    print(f"nomenklatura {version('nomenklatura')}: {len(ASKED)} asked, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
