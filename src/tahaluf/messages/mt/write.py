"""FIN messages as text: what `parse` gives back is what was written.

Reach for `write` for one message, `write_file` for an RJE file. Lines end with carriage return and line feed, as on the
network.
"""

from collections.abc import Iterable

from tahaluf.messages.mt.model import Message, Pair

END = "\r\n"


def write(message: Message) -> str:
    """One message; blocks that it does not have are left out."""
    parts = []
    if message.basic:
        parts.append(f"{{1:{message.basic}}}")
    if message.application:
        parts.append(f"{{2:{message.application}}}")
    parts.append(_nested("3", message.user))
    parts.append(_text(message))
    parts.append(_nested("5", message.trailer))
    parts.append(_nested("S", message.system))
    return "".join(parts)


def write_file(messages: Iterable[Message]) -> str:
    """An RJE file: a dollar sign stands between messages."""
    return f"{END}${END}".join(write(message) for message in messages) + END


def _nested(name: str, pairs: tuple[Pair, ...]) -> str:
    return f"{{{name}:{_braced(pairs)}}}" if pairs else ""


def _braced(pairs: tuple[Pair, ...]) -> str:
    return "".join(f"{{{tag}:{value}}}" for tag, value in pairs)


def _text(message: Message) -> str:
    if message.service:
        return f"{{4:{_braced(message.service)}}}"
    lines = "".join(f":{tag}:{value}\n" for tag, value, _ in message.fields)
    framed = message.basic or message.application or message.user
    text = f"{{4:\n{lines}-}}" if framed else f"{lines}-"
    return text.replace("\n", END)
