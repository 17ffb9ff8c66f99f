"""A node: what it publishes, serves and follows, over whatever line, disk and tables it is given (`ports`).

Reach for `publish` and `withdraw` to speak, `serve` to answer another node, `run_round` to follow one. Everything is
synchronous and reads no clock: the same calls run over real lines and in simulations.
"""

from tahaluf.exchange.errors import LineError
from tahaluf.exchange.node.compare import compare
from tahaluf.exchange.node.identity import Identity, new_identity
from tahaluf.exchange.node.ports import Aside, Holdings, Ledger, Peer, Place, Placed, Receipt, Reply
from tahaluf.exchange.node.publish import open_withdrawals, preview, publish, tell_who_left, withdraw
from tahaluf.exchange.node.round import Report, give_receipts, meet, run_round, wake
from tahaluf.exchange.node.serve import serve
from tahaluf.exchange.node.shelf import Shelf
from tahaluf.exchange.node.state import Node

__all__ = [
    "Aside",
    "Holdings",
    "Identity",
    "Ledger",
    "LineError",
    "Node",
    "Peer",
    "Place",
    "Placed",
    "Receipt",
    "Reply",
    "Report",
    "Shelf",
    "compare",
    "give_receipts",
    "meet",
    "new_identity",
    "open_withdrawals",
    "preview",
    "publish",
    "run_round",
    "serve",
    "tell_who_left",
    "wake",
    "withdraw",
]
