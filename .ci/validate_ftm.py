"""Has the installed FollowTheMoney library, whatever its version, judge entities: `python .ci/validate_ftm.py FILE…`.

An unknown schema or property, a value that is not of its property's type and an entity that the library would change on
reading are errors. Needs nothing but the library.
"""

import json
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from followthemoney import model
from followthemoney.exc import InvalidData


def faults(entity: dict[str, Any]) -> Iterator[str]:
    """What the library finds wrong with an entity."""
    schema = model.get(entity["schema"])
    if schema is None:
        yield f"unknown schema {entity['schema']}"
        return
    for name in entity["properties"]:
        if name not in schema.properties:
            yield f"{schema.name} has no property {name}"
    try:
        schema.validate(entity)
    except InvalidData as refused:
        yield f"{refused}: {refused.errors}"
    kept = model.get_proxy(entity, cleaned=False).to_dict()["properties"]
    for name, values in entity["properties"].items():
        if sorted(kept.get(name, [])) != sorted(set(values)):
            yield f"{name}: wrote {values}, the library keeps {kept.get(name)}"


def main(paths: list[Path]) -> int:
    """Prints what is found wrong; 1 when anything is, or when there was nothing to judge."""
    seen, wrong = 0, 0
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            seen += 1
            for fault in faults(json.loads(line)):
                wrong += 1
                print(f"{path}:{number}: {fault}")
    print(f"followthemoney {version('followthemoney')}: {seen} entities, {wrong} faults")
    return 0 if seen and not wrong else 1


if __name__ == "__main__":
    sys.exit(main([Path(argument) for argument in sys.argv[1:]]))
