"""Do two members see the same log of a third? Whoever shows two histories is caught by their next meeting.

See `spec/exchange/checkpoint.md`, proof of equivocation.
"""

from collections.abc import Iterator
from datetime import datetime

from tahaluf.exchange.access import may_follow, publics_of
from tahaluf.exchange.checkpoint import verify_checkpoint
from tahaluf.exchange.equivocation import Equivocation, prove_equivocation
from tahaluf.exchange.errors import ExchangeError
from tahaluf.exchange.ids import index_origin, log_origin, split_origin
from tahaluf.exchange.index import parse_index
from tahaluf.exchange.log import Store
from tahaluf.exchange.merkle import make_consistency, root_at
from tahaluf.exchange.node.ports import Peer
from tahaluf.exchange.node.state import Node
from tahaluf.exchange.notes import parse_note


def compare(node: Node, other: str, peer: Peer, now: datetime) -> list[Equivocation]:
    """Asks another member for its checkpoints of the logs that both follow. Proofs that an author signed two
    histories; they are kept too."""
    found = []
    for origin in copied(node):
        author, _ = split_origin(origin)
        audience = node.shelf.copied_audience(origin)
        if author == other or audience is None or not may_follow(node.registry, audience, other, now):
            continue
        note = peer.get(f"{origin}/checkpoint").data
        proof = note and _prove(node.shelf.copy(origin), note, publics_of(node.registry, author, now))
        if proof:
            keep(node, origin, proof)
            found.append(proof)
    return found


def copied(node: Node) -> Iterator[str]:
    """The origins of all logs that this node was told of."""
    for member in node.registry.members:
        if member.id == node.member:
            continue
        note = node.shelf.files.read(f"kept/{index_origin(member.id, node.member)}")
        if note is not None:
            yield from (log_origin(member.id, line.audience) for line in parse_index(parse_note(note).text).lines)


def keep(node: Node, origin: str, proof: Equivocation) -> None:
    """Puts a proof beside the copy of the log, to be shown to every member."""
    node.shelf.copy(origin).write("equivocation", proof.canonical())


def _prove(store: Store, note: bytes, publics: tuple[bytes, ...]) -> Equivocation | None:
    """From the longer of two heads: whoever has the shorter one leaves it to the other."""
    own = store.read("checkpoint")
    try:
        theirs = verify_checkpoint(note, store.head.origin, publics)
        if own is None or not 0 < theirs.size <= store.size:
            return None
        read = store.read_node()
        prefix = root_at(read, theirs.size)
        if prefix == theirs.root:
            return None
        return prove_equivocation(note, own, prefix, make_consistency(read, theirs.size, store.size), publics)
    except ExchangeError:
        # A wrong note proves nothing: not that the author signed it, and nothing of who gave it.
        return None
