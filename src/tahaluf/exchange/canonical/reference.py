"""Canonical bytes written slowly and in the words of RFC 8785, to test the fast writer against.

Names are sorted by UTF-16 units, strings are written letter by letter (section 3.2.2.2), integers in decimal.
"""

from tahaluf.exchange.canonical.profile import Json, check_profile

SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def write_slowly(value: Json) -> bytes:
    """The same bytes as `write_canonical`; ExchangeError (`exchange.canonical`) outside the profile."""
    check_profile(value)
    return written(value).encode()


def written(value: Json) -> str:
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(f"{quoted(name)}:{written(value[name])}" for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(written(item) for item in value) + "]"
    if isinstance(value, str):
        return quoted(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def quoted(text: str) -> str:
    return '"' + "".join(SHORT.get(letter) or escaped(letter) for letter in text) + '"'


def escaped(letter: str) -> str:
    return f"\\u{ord(letter):04x}" if ord(letter) < 0x20 else letter
