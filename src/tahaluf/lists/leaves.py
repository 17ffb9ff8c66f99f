"""Every text within an element of a list's XML, so that no reader passes one over.

Reach for `read_fields` wherever an element holds one value a field: what has no field, comes twice, stands deeper or
around the fields, or is said by an attribute goes to `extra`, under its path.
"""

from collections.abc import Iterator

from lxml import etree

from tahaluf.lists.fields import clean

Element = etree._Element
Pair = tuple[str, str]
INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"


def local_name(element: Element) -> str:
    """The tag without its namespace."""
    return str(element.tag).rpartition("}")[2]


def whole_text(element: Element) -> str:
    """An element's words with those that stand in markup within it."""
    if not len(element):
        return clean(element.text)
    mixed = clean(element.text) or any(clean(child.tail) for child in element)
    return clean(("" if mixed else " ").join(str(text) for text in element.itertext()))


def own_attributes(element: Element, label: str) -> Iterator[Pair]:
    """What attributes say, those apart that only steer an XML schema."""
    for name, value in element.attrib.items():
        if clean(str(value)) and not str(name).startswith(INSTANCE):
            yield f"{label} @{str(name).rpartition('}')[2]}".strip(), clean(str(value))


def attributes(element: Element, label: str) -> Iterator[Pair]:
    """What the attributes of an element say whose `whole_text` was taken, and those of the markup within it."""
    for part in element.iter():
        yield from own_attributes(part, label)


def texts_around(element: Element, label: str) -> Iterator[Pair]:
    """What an element says outside its children."""
    yield from own_attributes(element, label)
    for text in (element.text, *(child.tail for child in element)):
        if clean(text):
            yield label, clean(text)


def leaves(element: Element, label: str) -> Iterator[Pair]:
    """(path, text) for every text within an element; a `VALUE` adds nothing to the path."""
    yield from texts_around(element, label)
    for child in element:
        name = local_name(child)
        yield from leaves(child, label if name == "VALUE" else f"{label} {name}".strip())


def read_fields(
    element: Element, known: tuple[str, ...], extra: list[Pair], label: str = "", apart: tuple[str, ...] = ()
) -> dict[str, str]:
    """The texts of an element by tag; everything else in it goes to `extra`, but for the tags that are read `apart`."""
    fields: dict[str, str] = {}
    extra += texts_around(element, label or local_name(element))
    for child in element:
        tag = local_name(child)
        path = f"{label} {tag}".strip()
        if tag in apart:
            continue
        if tag not in known or tag in fields:
            extra += leaves(child, path)
            continue
        extra += attributes(child, path)
        if text := whole_text(child):
            fields[tag] = text
    return fields
