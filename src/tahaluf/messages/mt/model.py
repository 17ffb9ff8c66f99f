"""What a FIN message is made of: blocks and fields, as text, with their lines; and what was found wrong with them.

SWIFT user handbook, FIN system messages: `{1:basic}{2:application}{3:user}{4:text}{5:trailer}`.
"""

from dataclasses import dataclass
from typing import NamedTuple

Pair = tuple[str, str]
RECEIVED, SENT = "O", "I"
# Block 2 of a received message: type, time, then the sender's terminal in the input reference (date before it).
SENDER_AT = 14
TERMINAL = 12
# References have 16 characters, end-to-end ones 36; what is longer is cut.
LONGEST = 64


class Field(NamedTuple):
    """A field of block 4: `tag` with its option letter ("50K"), `value` with its lines, `line` of the tag."""

    tag: str
    value: str
    line: int


class Fault(NamedTuple):
    """Something wrong, in one message; `text` is what stands there."""

    code: str
    line: int
    field: str | None = None
    expected: str = ""
    found: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `user`, `trailer`, `system` are the nested pairs of blocks 3, 5 and S, `service` those of a block 4
    that is an acknowledgement; `fields` those of an ordinary one. `line` is where it begins."""

    basic: str = ""
    application: str = ""
    user: tuple[Pair, ...] = ()
    fields: tuple[Field, ...] = ()
    trailer: tuple[Pair, ...] = ()
    system: tuple[Pair, ...] = ()
    service: tuple[Pair, ...] = ()
    line: int = 1

    @property
    def type(self) -> str:
        """Three digits ("103"), or nothing where block 2 does not say."""
        stated = self.application[1:4]
        return stated if self.application[:1] in (RECEIVED, SENT) and stated.isdecimal() and len(stated) == 3 else ""

    @property
    def sender(self) -> str:
        """The terminal that sent it (eight characters, one for the terminal, three for the branch)."""
        received = self.application[:1] == RECEIVED
        return self.application[SENDER_AT : SENDER_AT + TERMINAL] if received else self.basic[3 : 3 + TERMINAL]

    @property
    def receiver(self) -> str:
        """The terminal that it was sent to."""
        received = self.application[:1] == RECEIVED
        return self.basic[3 : 3 + TERMINAL] if received else self.application[4 : 4 + TERMINAL]

    @property
    def reference(self) -> str:
        """Field 20, the sender's reference."""
        return next((field.value.strip()[:LONGEST] for field in self.fields if field.tag == "20"), "")

    @property
    def content(self) -> tuple[object, ...]:
        """All of it but where it stood: equal for messages that say the same."""
        texts = tuple((field.tag, field.value) for field in self.fields)
        return self.basic, self.application, self.user, texts, self.trailer, self.system, self.service

    def user_value(self, tag: str) -> str:
        """A value of the user header ("121": the end-to-end reference, UETR), or nothing."""
        return next((value[:LONGEST] for name, value in self.user if name == tag), "")
