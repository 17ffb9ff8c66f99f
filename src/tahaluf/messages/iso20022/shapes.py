"""An element cut into its shape (the markup) and its values (the texts of its leaves), and the plans of known shapes.

That an element is well-formed follows from its shape: values hold no markup. So the XML parser sees each shape once,
and what it says holds for every element of that shape.
"""

import itertools
import re

from lxml import etree

from tahaluf.messages.iso20022.compile import MARK, Compiler, TooDeep
from tahaluf.messages.iso20022.plan import Malformed, Plan

VALUE = re.compile(r">\s*([^<>\s][^<>]*)</")
GAP = "\x00"
MAX_SHAPES = 4096
MAX_SHAPE = 1 << 16
PREFIX = re.compile(r"[<\s/]([A-Za-z_][\w.-]*):")
OPTIONS = {
    "resolve_entities": False, "no_network": True, "load_dtd": False, "dtd_validation": False, "huge_tree": False,
    "remove_comments": True, "remove_pis": True,
}  # fmt: skip


class Shapes:
    """Plans by shape."""

    def __init__(self) -> None:
        self._plans: dict[str, Plan | Malformed] = {}

    def split(self, block: str) -> tuple[Plan | Malformed, list[str]]:
        """The plan of an element, and its values (with references to characters as they stand)."""
        pieces = VALUE.split(block)
        shape = GAP.join(pieces[::2])
        values = pieces[1::2]
        plan = self._plans.get(shape)
        if plan is None:
            if len(self._plans) >= MAX_SHAPES:
                self._plans.clear()
            plan = self._compile(shape, len(values))
            if len(shape) <= MAX_SHAPE:
                self._plans[shape] = plan
        if isinstance(plan, Plan) and plan.constants:
            values.extend(plan.constants)
        return plan, values

    def exact(self, block: str) -> Plan | Malformed:
        """The plan of an element some of whose values hold line breaks: that of its shape, with other lines."""
        count = itertools.count()

        def mark(match: re.Match[str]) -> str:
            return f">{MARK}{next(count)}" + "\n" * match[0].count("\n") + "</"

        marked = VALUE.sub(mark, block.replace(MARK, "\ufffd"))
        return self._parse(marked, next(count), block.count("\n"))

    def _compile(self, shape: str, count: int) -> Plan | Malformed:
        parts = shape.replace(MARK, "\ufffd").split(GAP)
        marked = parts[0] + "".join(f">{MARK}{at}</{part}" for at, part in enumerate(parts[1:]))
        return self._parse(marked, count, shape.count("\n"))

    def _parse(self, marked: str, count: int, lines: int) -> Plan | Malformed:
        prefixes = {*PREFIX.findall(marked)} - {"xml", "xmlns"}
        declared = "".join(f' xmlns:{prefix}="urn:any:{prefix}"' for prefix in sorted(prefixes))
        parser = etree.XMLParser(encoding="utf-8", **OPTIONS)  # type: ignore[arg-type]
        try:
            root = etree.fromstring(f"<whole{declared}>{marked}</whole>".encode("utf-8", "replace"), parser)
            plan = Compiler(count).compile(root[0])
        except etree.XMLSyntaxError as error:
            return Malformed(str(error.msg), max(0, (error.lineno or 1) - 1), "depth" in str(error.msg))
        except TooDeep:
            return Malformed("deeper", 0, deep=True)
        plan.lines = lines
        plan.count = count + len(plan.constants)
        return plan


def recover(block: str) -> str:
    """What is left of a damaged element that can be read, as well-formed markup; nothing where none is."""
    prefixes = {*PREFIX.findall(block)} - {"xml", "xmlns"}
    declared = "".join(f' xmlns:{prefix}="urn:any:{prefix}"' for prefix in sorted(prefixes))
    parser = etree.XMLParser(encoding="utf-8", recover=True, **OPTIONS)  # type: ignore[arg-type]
    try:
        root = etree.fromstring(f"<whole{declared}>{block}</whole>".encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return ""
    return "" if root is None or not len(root) else etree.tostring(root[0], encoding="unicode", with_tail=False)
