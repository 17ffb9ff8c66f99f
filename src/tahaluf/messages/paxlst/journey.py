"""The flight of a message: its legs with their ports and times (groups 2 and 3 of PAXLST), checked."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from tahaluf.messages.details import Detail
from tahaluf.messages.edifact import Segment
from tahaluf.messages.paxlst.dates import TIME_EXPECTED, parse_time
from tahaluf.messages.paxlst.facts import Fault

MAX_LEGS = 20
DEPARTURE, ARRIVAL, STOP = "125", "87", "92"
_LEFT, _REACHED = "189", "232"
Pair = tuple[str, str]
_FIELDS = frozenset(("flight", "departure", "departed_at", "arrival", "arrived_at"))


@dataclass(slots=True)
class Leg:
    """One `TDT`: flight number, ports by code, local times in ISO 8601; empty where not told."""

    flight: str
    departure: str = ""
    departed_at: str = ""
    arrival: str = ""
    arrived_at: str = ""
    overflown: bool = False

    @property
    def pairs(self) -> list[Pair]:
        """What is known of it, as details."""
        named = (
            (Detail.FLIGHT, self.flight), (Detail.DEPARTURE, self.departure), (Detail.DEPARTED_AT, self.departed_at),
            (Detail.ARRIVAL, self.arrival), (Detail.ARRIVED_AT, self.arrived_at),
        )  # fmt: skip
        return [(detail.value, value) for detail, value in named if value]


def legs_of(pairs: Iterable[Pair]) -> list[Leg]:
    """The legs that details tell of, in their order; a flight begins each. Fields bear the names of details."""
    legs: list[Leg] = []
    for code, value in pairs:
        if code not in _FIELDS:
            continue
        if code == Detail.FLIGHT or not legs:
            legs.append(Leg(""))
        setattr(legs[-1], code, value)
    return legs


@dataclass(slots=True)
class Journey:
    """All legs; `take` is given the segments of groups 2 and 3 in order and returns what is wrong with each."""

    legs: list[Leg] = field(default_factory=list)
    _port: tuple[str, str] = ("", "")

    def take(self, segment: Segment) -> Fault | None:
        """One `TDT`, `LOC` or `DTM`."""
        if segment.tag == "TDT":
            return self._begin(segment)
        if not self.legs:
            return None
        return self._place(segment) if segment.tag == "LOC" else self._time(segment)

    def faults(self) -> list[Fault]:
        """What the whole lacks, or contradicts itself in."""
        if not self.legs:
            return [Fault("no_flight", 2, 1, "TDT+20", "")]
        found = []
        flown = [leg for leg in self.legs if not leg.overflown]
        if flown and not (any(leg.departure for leg in flown) and any(leg.arrival for leg in flown)):
            found.append(Fault("no_ports", 2, 1, "LOC+125, LOC+87", ""))
        for leg in flown:
            if leg.arrived_at and leg.departed_at and leg.arrived_at < leg.departed_at:
                found.append(Fault("arrival_first", 1, 2, f"> {leg.departed_at}", leg.arrived_at))
        return found

    def pairs(self) -> list[Pair]:
        """Details of every traveler on board."""
        return [pair for leg in self.legs for pair in leg.pairs]

    def day(self) -> date | None:
        """The day on which the flight leaves, or arrives, where it is told."""
        times = [time for leg in self.legs for time in (leg.departed_at, leg.arrived_at) if time]
        return date.fromisoformat(times[0][:10]) if times else None

    def _begin(self, segment: Segment) -> Fault | None:
        if len(self.legs) >= MAX_LEGS:
            return Fault("many_legs", 2, 1, str(MAX_LEGS), segment.value(2)[:40])
        flight = segment.value(2).strip()[:40]
        self.legs.append(Leg(flight, overflown=segment.value(1) == "34"))
        self._port = ("", "")
        return None if flight else Fault("no_flight", 2, 1, "TDT+20", "")

    def _place(self, segment: Segment) -> Fault | None:
        leg, kind = self.legs[-1], segment.value(1)
        code = (segment.value(2) or segment.value(2, 4)).strip()[:40]
        self._port = (kind, code)
        if not code:
            return Fault("empty", 2, 1, "a value", "")
        if kind == DEPARTURE:
            leg.departure = code
        elif kind == ARRIVAL:
            leg.arrival = code
        elif kind == STOP:
            # Which end it is of, the time that follows tells; without one it is the first that is left.
            if leg.departure:
                leg.arrival = leg.arrival or code
            else:
                leg.departure = code
        return None

    def _time(self, segment: Segment) -> Fault | None:
        leg, kind = self.legs[-1], segment.value(1)
        if kind not in (_LEFT, _REACHED):
            return None
        time = parse_time(segment.value(1, 2).strip(), segment.value(1, 3))
        if time is None:
            return Fault("time", 1, 2, TIME_EXPECTED, segment.value(1, 2)[:40])
        place, code = self._port
        if kind == _LEFT:
            leg.departed_at = time
        else:
            leg.arrived_at = time
            if place == STOP and leg.departure == code and not leg.departed_at:
                leg.departure, leg.arrival = "", code
        return None
