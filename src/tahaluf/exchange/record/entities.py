"""FollowTheMoney entities as records hold them: verbatim and bounded. What they mean is not looked at here."""

import re

from tahaluf.exchange.canonical import Json
from tahaluf.exchange.record.shape import Fields, array, each, fields_of, formed, text

SCHEMA = re.compile(r"[A-Za-z][A-Za-z0-9]{0,63}")
PROPERTY = re.compile(r"[A-Za-z0-9]{1,64}")
FREE = frozenset({"caption", "datasets"})
MOST_VALUES = 512
LONGEST_VALUE = 65_536


def check_entities(value: Json, least: int, most: int) -> list[Fields]:
    """The entities; ExchangeError (`exchange.record.shape`) for any other form."""
    return [check_entity(item) for item in array(value, "entities", least, most)]


def check_entity(value: Json) -> Fields:
    entity = fields_of(value, "entities", {"id", "properties", "schema"}, FREE)
    text(entity["id"], "entities.id", 255)
    formed(entity["schema"], "entities.schema", SCHEMA)
    properties = entity["properties"]
    for name, values in fields_of(properties, "entities.properties", set(), names_of(properties)).items():
        formed(name, "entities.properties", PROPERTY)
        each(values, name, MOST_VALUES, text, LONGEST_VALUE)
    if "caption" in entity:
        text(entity["caption"], "entities.caption", 1_024)
    if "datasets" in entity:
        for item in array(entity["datasets"], "entities.datasets", 0, 64):
            text(item, "entities.datasets", 255)
    return entity


def names_of(value: Json) -> frozenset[str]:
    return frozenset(value) if isinstance(value, dict) else frozenset()
