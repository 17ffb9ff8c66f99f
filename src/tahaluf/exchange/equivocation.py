"""Proof that an author signed two histories of one log, which any third party can verify with the author's key alone.

See `spec/exchange/checkpoint.md`. The proof holds for two heads of different sizes too: it shows which beginning the
later one has, and that it is not the earlier one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tahaluf.exchange.canonical import Json, parse_canonical, write_canonical
from tahaluf.exchange.checkpoint import verify_checkpoint
from tahaluf.exchange.errors import refuse
from tahaluf.exchange.merkle import check_consistency
from tahaluf.exchange.notes import parse_note
from tahaluf.exchange.notes.base64 import parse_base64, write_base64

CODE = "exchange.checkpoint.proof"
HEADING = "tahaluf equivocation 1"
FIELDS = {"consistency", "first", "prefix_root", "proof", "second"}
MOST = 65_536
HASH = 32


@dataclass(frozen=True, slots=True)
class Equivocation:
    """Two signed checkpoints, verbatim, the smaller first, and the root that the second has at the first's size."""

    first: bytes
    second: bytes
    prefix_root: bytes
    consistency: tuple[bytes, ...] = ()

    def canonical(self) -> bytes:
        """The bytes to keep and to show."""
        return write_canonical(
            {
                "consistency": [write_base64(step) for step in self.consistency],
                "first": self.first.decode(),
                "prefix_root": write_base64(self.prefix_root),
                "proof": HEADING,
                "second": self.second.decode(),
            }
        )


def prove_equivocation(
    first: bytes, second: bytes, prefix_root: bytes, consistency: Sequence[bytes], publics: Iterable[bytes]
) -> Equivocation:
    """A proof, verified before it is given out; ExchangeError (`exchange.checkpoint.proof`) if it proves nothing."""
    proof = Equivocation(first, second, prefix_root, tuple(consistency))
    verify_equivocation(proof, publics)
    return proof


def parse_equivocation(data: bytes) -> Equivocation:
    """A proof taken apart, not yet verified; ExchangeError for any other form."""
    value = parse_canonical(data, MOST)
    if not isinstance(value, dict) or set(value) != FIELDS or value["proof"] != HEADING:
        raise refuse(CODE, "a proof of equivocation", value)
    steps = value["consistency"]
    if not isinstance(steps, list):
        raise refuse(CODE, "an array", steps, "consistency")
    return Equivocation(
        text_of(value["first"]).encode(),
        text_of(value["second"]).encode(),
        parse_base64(text_of(value["prefix_root"]), CODE, HASH),
        tuple(parse_base64(text_of(step), CODE, HASH) for step in steps),
    )


def text_of(value: Json) -> str:
    if not isinstance(value, str):
        raise refuse(CODE, "a string", value)
    return value


def verify_equivocation(proof: Equivocation, publics: Iterable[bytes]) -> str:
    """The origin whose author signed two histories, by one of its public keys for logs.

    ExchangeError: that of the note or the consistency that is wrong, or `exchange.checkpoint.proof` if both heads fit.
    """
    origin = parse_note(proof.first).text.split("\n", 1)[0]
    keys = list(publics)
    first = verify_checkpoint(proof.first, origin, keys)
    second = verify_checkpoint(proof.second, origin, keys)
    if first.size == 0:  # every tree begins with the empty one
        raise refuse(CODE, "a head of a size from 1 on", "0")
    check_consistency(first.size, second.size, proof.consistency, proof.prefix_root, second.root)
    if proof.prefix_root == first.root:
        raise refuse(CODE, "two histories", "one")
    return origin
