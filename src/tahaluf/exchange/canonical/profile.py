"""The values that have canonical bytes: no fractions, ASCII names, whole letters, bounded depth.

Inside this profile sorting names by bytes and by UTF-16 units is the same, and numbers have one spelling, so that two
implementations cannot differ.
"""

from collections.abc import Iterable

from tahaluf.exchange.errors import refuse

Json = dict[str, "Json"] | list["Json"] | str | int | bool | None

DEPTH = 16
LARGEST = 2**53 - 1
NAME_LENGTH = 250
CODE = "exchange.canonical"


def check_profile(value: object) -> None:
    """Raises ExchangeError (`exchange.canonical`) for a value outside the profile; never recurses."""
    pending: list[tuple[object, int]] = [(value, 1)]
    while pending:
        item, depth = pending.pop()
        if type(item) is str:
            check_text(item)
        elif type(item) is dict or type(item) is list:
            if depth > DEPTH:
                raise refuse(CODE, f"a depth of at most {DEPTH}", depth)
            pending.extend((part, depth + 1) for part in parts_of(item))
        elif type(item) is int:
            if abs(item) > LARGEST:
                raise refuse(CODE, "an integer of at most 53 bits", item)
        elif type(item) is not bool and item is not None:
            raise refuse(CODE, "an object, array, string, integer, true, false or null", type(item).__name__)


def parts_of(item: dict[object, object] | list[object]) -> Iterable[object]:
    """What a container holds, its names checked."""
    if isinstance(item, list):
        return item
    for name in item:
        if not is_name(name):
            raise refuse(CODE, f"a name of 1 to {NAME_LENGTH} characters of printable ASCII", name)
    return item.values()


def is_name(name: object) -> bool:
    return type(name) is str and 0 < len(name) <= NAME_LENGTH and name.isascii() and name.isprintable()


def check_text(text: str) -> None:
    """Refuses a lone surrogate, which has no UTF-8."""
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise refuse(CODE, "Unicode scalar values", error.reason) from error
