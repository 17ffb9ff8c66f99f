"""Who a node is: its member, and the private keys that it signs with."""

import secrets
from dataclasses import dataclass, field

from tahaluf.exchange.ids import is_member_id
from tahaluf.exchange.notes import CosigningKey

SEED = 32


@dataclass(frozen=True, slots=True)
class Identity:
    """The member's id and two seeds of 32 bytes: one key signs logs and index notes, another cosigns."""

    member: str
    log_seed: bytes = field(repr=False)
    cosign_seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if not is_member_id(self.member) or len({self.log_seed, self.cosign_seed}) < 2:
            raise ValueError("a member id and two seeds that differ")

    @property
    def cosigner(self) -> CosigningKey:
        """The key for cosignatures."""
        return CosigningKey(self.member, self.cosign_seed)


def new_identity(member: str) -> Identity:
    """New keys for a member."""
    return Identity(member, secrets.token_bytes(SEED), secrets.token_bytes(SEED))
