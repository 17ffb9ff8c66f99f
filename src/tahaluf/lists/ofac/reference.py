"""The reference sets at the head of OFAC's advanced XML: what each id in the rest of the file stands for."""

from dataclasses import dataclass, field

from tahaluf.lists.fields import clean
from tahaluf.lists.leaves import Element, local_name, whole_text


@dataclass
class Reference:
    """Labels by set (`FeatureType`, `Country` …) and id; what was not found is given back as `set id`."""

    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    attributes: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)

    def load(self, element: Element) -> None:
        for values in element:
            for value in values:
                name, key = local_name(value), value.get("ID", "")
                self.labels.setdefault(name, {})[key] = whole_text(value)
                self.attributes.setdefault(name, {})[key] = dict(value.attrib)  # type: ignore[arg-type]

    def label(self, name: str, key: str | None) -> str:
        if not key:
            return ""
        return self.labels.get(name, {}).get(key, f"{name} {key}")

    def attribute(self, name: str, key: str | None, attribute: str) -> str:
        return self.attributes.get(name, {}).get(key or "", {}).get(attribute, "")


def children(element: Element, name: str) -> list[Element]:
    return [child for child in element if local_name(child) == name]


def child(element: Element, name: str) -> Element | None:
    return next((item for item in element if local_name(item) == name), None)


def text_at(element: Element, name: str) -> str:
    found = child(element, name)
    return clean(found.text) if found is not None else ""
