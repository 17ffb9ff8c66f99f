"""A seeded life of a few nodes: they speak, take back, join and leave, their lines fail and their machines stop.

Everything is decided by the seed: the clock, the lines and the disks are the simulation's own. Each name is a canary,
which is sought byte by byte in every file, table and message of who may not have it.
"""

import random
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tahaluf.exchange.marking import Audience
from tahaluf.exchange.node import LineError, Reply, open_withdrawals, publish, withdraw
from tests.exchange.log.disks import Stopped
from tests.exchange.node.world import NAMES, World, person, registry_of

SKEW = timedelta(hours=48)


@dataclass
class Said:
    """A record: its canary, who may have it, when it was said, and whether it was taken back."""

    id: str
    author: str
    canary: str
    audience: Audience
    withdrawn: bool = False


@dataclass
class Life:
    """One run."""

    seed: int
    world: World = field(default_factory=World)
    said: list[Said] = field(default_factory=list)
    # Whoever was in an audience at some time while the record stood may have it.
    entitled: dict[str, set[str]] = field(default_factory=dict)
    group: dict[str, datetime | None] = field(default_factory=dict)
    skew: dict[str, timedelta] = field(default_factory=dict)
    older: list[tuple[str, Reply]] = field(default_factory=list)
    crashes: int = 0
    cuts: int = 0

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.group = dict.fromkeys(NAMES[:3])
        self.enact()
        for name in NAMES:
            self.skew[name] = SKEW * self.chance.uniform(-1, 1)
            self.world.skew = self.skew
            self.world.node(name)
        self.world.line = self.carry

    def enact(self) -> None:
        self.world.enact(registry_of(group=dict(self.group)))

    def carry(self, asker: str, asked: str, path: str, reply: Reply) -> Reply:
        """A line that drops, cuts, repeats what it carried before, and damages."""
        fate = self.chance.random()
        if fate < 0.1:
            self.cuts += 1
            raise LineError("cut")
        key = f"{asker} {asked} {path}"
        if fate < 0.15 and reply.data:
            place = self.chance.randrange(len(reply.data))
            return reply._replace(data=reply.data[:place] + b"\x01" + reply.data[place + 1 :])
        if fate < 0.2:
            for known, older in self.older:
                if known == key:
                    return older
        if reply.data is not None:
            self.older = [*self.older[-200:], (key, reply)]
        return reply

    def run(self, steps: int) -> None:
        deeds: list[Callable[[], None]] = [
            self.say,
            self.say,
            self.take_back,
            self.sync,
            self.sync,
            self.sync,
            self.move,
        ]
        for _ in range(steps):
            self.world.now += timedelta(minutes=self.chance.randrange(1, 600))
            if self.chance.random() < 0.3:
                self.arm(self.chance.choice(NAMES))
            try:
                self.chance.choice(deeds)()
            except LineError:
                pass
            except Stopped:
                self.crashes += 1
            self.bring_up()
            self.look()

    def arm(self, name: str) -> None:
        disk = self.world.tables[name].disk
        disk.steps, disk.after = disk.done + self.chance.randrange(1, 30), self.chance.random() < 0.5

    def bring_up(self) -> None:
        for name in NAMES:
            disk = self.world.tables[name].disk
            if disk.steps is not None and disk.done >= disk.steps:
                self.world.restart(name)

    def say(self) -> None:
        author = self.chance.choice(NAMES)
        others = [name for name in NAMES if name != author]
        to_group = self.chance.random() < 0.4 and author not in self.group
        members = () if to_group else tuple(self.chance.sample(others, self.chance.randrange(1, 3)))
        groups = ("sahel@1",) if to_group else ()
        canary = f"Canary {self.seed} {len(self.said)} {self.chance.getrandbits(64):016x}"
        draft = person(author, canary, *members, groups=groups)
        # Entitled before it is said: the machine may stop behind the signature.
        record_number = len(self.said)
        self.said.append(Said("", author, canary, draft.marking.audience))
        self.entitle(self.said[record_number])
        placed = publish(self.world.node(author), draft, self.world.clock(author))
        self.said[record_number].id = placed.record.id

    def entitle(self, said: Said) -> None:
        may = self.entitled.setdefault(said.canary, {said.author})
        may |= set(said.audience.members)
        if said.audience.groups:
            may |= {name for name, end in self.group.items() if end is None}

    def take_back(self) -> None:
        standing = [said for said in self.said if said.id and not said.withdrawn]
        if standing:
            said = self.chance.choice(standing)
            said.withdrawn = True
            withdraw(self.world.node(said.author), said.id, "error", self.world.clock(said.author))

    def sync(self) -> None:
        receiver, author = self.chance.sample(NAMES, 2)
        self.world.sync(receiver, author)

    def move(self) -> None:
        """Somebody leaves the group for good."""
        inside = [name for name, end in self.group.items() if end is None]
        if len(inside) > 1 and self.chance.random() < 0.3:
            # A day beyond every clock's error, so that nobody is in it by a clock that is behind.
            self.group[self.chance.choice(inside)] = self.world.now - 2 * SKEW
            self.enact()

    def settle(self) -> None:
        """The lines are whole again and every machine is up."""
        self.world.line = lambda _asker, _asked, _path, reply: reply
        for name in NAMES:
            self.world.restart(name)
        for said in self.said:
            if not said.id:
                self.find(said)
            if said.withdrawn:
                self.finish(said)
        self.world.sync_all(4)

    def find(self, said: Said) -> None:
        """A record that was signed before its machine stopped stands, though nobody was told its id."""
        for own, placed in self.world.tables[said.author].standing.items():
            if said.canary.encode() in placed.record.data:
                said.id = own

    def finish(self, said: Said) -> None:
        """Whoever took back and did not hear that it was done does it again."""
        current = self.world.node(said.author).holdings.current(said.id)
        if current is not None and not current.record.is_withdrawal:
            withdraw(self.world.node(said.author), said.id, "error", self.world.clock(said.author))

    def look(self) -> None:
        """Nothing lies with, or went to, anybody who was never entitled; nothing withdrawn comes back."""
        for name in NAMES:
            seen = self.bytes_at(name)
            for said in self.said:
                if name not in self.entitled[said.canary]:
                    assert said.canary.encode() not in seen, f"seed {self.seed}: {said.canary} leaked to {name}"
            for audience_id, may in self.audiences().items():
                heard = any(to == name and audience_id.encode() in data for _, to, data in self.world.wire)
                assert not heard or name in may, f"seed {self.seed}: {name} heard of a log of others"
        self.world.wire.clear()
        for name in NAMES:
            took = self.world.tables[name].took
            for kind, own in took:
                if kind == "entity":
                    withdrawal = ("withdrawal", own)
                    late = withdrawal in took and took.index(withdrawal) < len(took) - 1 - took[::-1].index((kind, own))
                    assert not late, f"seed {self.seed}: {own} came back at {name}"

    def audiences(self) -> dict[str, set[str]]:
        """Who may know of the logs for an audience."""
        found: dict[str, set[str]] = {}
        for said in self.said:
            found.setdefault(said.audience.id, set()).update(self.entitled[said.canary])
        return found

    def bytes_at(self, name: str) -> bytes:
        tables = self.world.tables[name]
        files = [opened(path, data) for path, data in tables.disk.files.items()]
        records = [placed.record.data for placed in tables.standing.values()]
        carried = [opened(path, data) for path, to, data in self.world.wire if to == name]
        return b"\n".join([*files, *records, *carried])

    def check(self) -> None:
        """Everybody has what is theirs and stands, nobody has what was taken back, and every author knows it."""
        self.look()
        for said in self.said:
            if not said.id:
                continue
            for name in self.now_entitled(said):
                current = self.world.node(name).holdings.current(said.id)
                if said.withdrawn:
                    assert current is None or current.record.is_withdrawal, f"seed {self.seed}: not withdrawn at {name}"
                else:
                    assert current is not None, f"seed {self.seed}: {said.canary} lost at {name}"
            if said.withdrawn:
                for name in NAMES:
                    assert said.canary.encode() not in self.bytes_at(name), f"seed {self.seed}: still at {name}"
        for name in NAMES:
            left = {own: who for own, who in open_withdrawals(self.world.node(name)).items() if who}
            assert not left, f"seed {self.seed}: not confirmed: {left}"

    def now_entitled(self, said: Said) -> set[str]:
        inside = {name for name, end in self.group.items() if end is None} if said.audience.groups else set()
        return {said.author} | set(said.audience.members) | inside


def opened(path: str, data: bytes) -> bytes:
    if "/payload/" not in path:
        return data
    try:
        return zlib.decompressobj(wbits=-15).decompress(data)
    except zlib.error:
        return data


def live(seed: int, steps: int = 40) -> Life:
    """One whole life, checked."""
    life = Life(seed)
    life.run(steps)
    life.settle()
    life.check()
    return life
