"""A few nodes in one process, with lines that can be cut and disks that stop; all members are invented."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tahaluf.exchange.canonical import Json
from tahaluf.exchange.marking import Audience, Marking, Onward, Purpose, Tlp
from tahaluf.exchange.node import Identity, LineError, Node, Reply, Report, Shelf, run_round, serve, tell_who_left, wake
from tahaluf.exchange.notes import SigningKey
from tahaluf.exchange.record import Draft
from tahaluf.exchange.registry import Group, GroupTerm, Key, KeyUse, Member, Registry, Role, Term
from tests.exchange.log.disks import Disk
from tests.exchange.node.memory import Tables

START = datetime(2026, 1, 1, tzinfo=UTC)
NAMES = ("customs.caldera.example", "finance.belmor.example", "interior.azmar.example", "police.dravia.example")
A, B, C, D = NAMES[2], NAMES[1], NAMES[0], NAMES[3]


def identity_of(member: str) -> Identity:
    seeds = [hashlib.sha256(f"{use} {member}".encode()).digest() for use in ("log", "cosign")]
    return Identity(member, *seeds)


def key_of(member: str, use: KeyUse) -> Key:
    identity = identity_of(member)
    seed = identity.log_seed if use is KeyUse.LOG else identity.cosign_seed
    return Key(use, SigningKey(member, seed).verifying.public, START)


def registry_of(left: dict[str, datetime] | None = None, group: dict[str, datetime | None] | None = None) -> Registry:
    """All members, `left` until when; and a group of some, each until when."""
    purposes = (Purpose.BORDERS, Purpose.COORDINATION, Purpose.FINANCE)
    members = tuple(
        Member(
            name, Role.MEMBER, purposes, (Term(START, (left or {}).get(name)),),
            (key_of(name, KeyUse.COSIGN), key_of(name, KeyUse.LOG)),
        )
        for name in sorted(NAMES)
    )  # fmt: skip
    terms = tuple(GroupTerm(name, START, end) for name, end in sorted((group or {}).items()))
    groups = (Group("sahel", (frozenset(group),), terms),) if group else ()
    return Registry(members, groups)


@dataclass
class World:
    """Nodes by member, a clock, and what becomes of each request: `line` may raise, or change the answer."""

    registry: Registry = field(default_factory=registry_of)
    now: datetime = START + timedelta(days=30)
    nodes: dict[str, Node] = field(default_factory=dict)
    tables: dict[str, Tables] = field(default_factory=dict)
    line: Callable[[str, str, str, Reply], Reply] = lambda _asker, _asked, _path, reply: reply
    wire: list[tuple[str, str, bytes]] = field(default_factory=list)
    skew: dict[str, timedelta] = field(default_factory=dict)

    def node(self, member: str) -> Node:
        if member not in self.nodes:
            tables = self.tables.setdefault(member, Tables(member, Disk()))
            identity = identity_of(member)
            self.nodes[member] = Node(identity, self.registry, Shelf(tables.disk, identity), tables, tables)
        return self.nodes[member]

    def clock(self, member: str) -> datetime:
        """What a node takes for the time."""
        return self.now + self.skew.get(member, timedelta(0))

    def restart(self, member: str) -> Node:
        """The machine comes up again: what was on its disk is there, nothing else."""
        self.nodes.pop(member, None)
        if member in self.tables:
            self.tables[member].disk.steps = None
        wake(self.node(member), self.clock(member))
        return self.node(member)

    def enact(self, registry: Registry) -> None:
        """A new registry, known to all."""
        self.registry = registry
        for node in self.nodes.values():
            node.registry = registry

    def sync(self, receiver: str, author: str) -> Report:
        tell_who_left(self.node(author), self.clock(author))
        return run_round(self.node(receiver), author, Line(self, receiver, author), self.clock(receiver))

    def sync_all(self, times: int = 2) -> None:
        for _ in range(times):
            for receiver in NAMES:
                for author in NAMES:
                    if receiver != author:
                        self.sync(receiver, author)


@dataclass
class Line:
    """From one node to another."""

    world: World
    asker: str
    asked: str

    def get(self, path: str, tag: str = "") -> Reply:
        reply = serve(self.world.node(self.asked), path, self.asker, self.world.clock(self.asked), tag)
        reply = self.world.line(self.asker, self.asked, path, reply)
        if reply.data is not None:
            self.world.wire.append((path, self.asker, reply.data))
        return reply


@dataclass
class Answering:
    """A line to a node that is not of the world."""

    node: Node
    asker: str
    now: datetime

    def get(self, path: str, tag: str = "") -> Reply:
        return serve(self.node, path, self.asker, self.now, tag)


def cut(_asker: str, _asked: str, _path: str, _reply: Reply) -> Reply:
    raise LineError("cut")


def person(author: str, name: str, *members: str, groups: tuple[str, ...] = (), onward: Onward = Onward.NONE) -> Draft:
    entity: Json = {"id": "p-1", "properties": {"name": [name]}, "schema": "Person"}
    marking = Marking(
        Tlp.AMBER, Audience(tuple(sorted(members)), groups), (Purpose.BORDERS, Purpose.FINANCE), author, onward
    )
    return Draft("entity", [entity], {"name": name, "identity_class": "individual"}, marking)
