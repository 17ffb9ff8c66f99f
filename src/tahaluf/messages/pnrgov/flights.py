"""Flights (`TVL`): `230513:1039:230513:1142+MTY+LAS+AM+498`, local times, days as DDMMYY."""

import re
from dataclasses import dataclass, replace
from datetime import date

from tahaluf.messages.batches import Pair
from tahaluf.messages.details import Detail
from tahaluf.messages.edifact import Segment
from tahaluf.messages.pnrgov.dates import moment, parse_near, parse_time

MAX_LEGS = 24
PLAUSIBLE_YEARS = range(2000, 2100)
_PLACE = re.compile(r"[A-Z]{3}[A-Z0-9]{0,2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Flight:
    """One leg: places as IATA codes, times ISO 8601 (local). `undated` is a date that is none."""

    number: str
    operator: str
    departure: str
    departed_at: str
    arrival: str
    arrived_at: str
    undated: str = ""
    operated_as: str = ""

    @property
    def day(self) -> date | None:
        """The day of departure, where it is plausible as such."""
        found = date.fromisoformat(self.departed_at[:10]) if self.departed_at else None
        return found if found and found.year in PLAUSIBLE_YEARS else None

    def pairs(self) -> list[Pair]:
        """The leg as details, in this order; a second flight number is that of who operates it."""
        values = (
            (Detail.FLIGHT, self.number), (Detail.FLIGHT, self.operated_as),
            (Detail.DEPARTURE, self.departure), (Detail.DEPARTED_AT, self.departed_at),
            (Detail.ARRIVAL, self.arrival), (Detail.ARRIVED_AT, self.arrived_at),
        )  # fmt: skip
        return [(detail.value, value) for detail, value in values if value]

    def repeats(self, other: "Flight") -> bool:
        """Whether both are one leg: the same places on the same day."""
        own = (self.departure, self.arrival, self.departed_at[:10])
        return own == (other.departure, other.arrival, other.departed_at[:10])


def add_flight(legs: list[Flight], flight: Flight) -> None:
    """Adds a leg; of one that is there already the numbers are kept, and the times of the fuller."""
    for place, leg in enumerate(legs):
        if leg.repeats(flight):
            other = flight.number if flight.number != leg.number else ""
            fuller = flight if len(flight.arrived_at) > len(leg.arrived_at) else leg
            legs[place] = replace(fuller, number=leg.number, operated_as=leg.operated_as or other)
            return
    if len(legs) < MAX_LEGS:
        legs.append(flight)


def parse_flight(segment: Segment, journey: date) -> Flight | None:
    """The leg that a `TVL` states; None where it is another product (a hotel, a car), or says no place at all.

    The century of a day is the one nearest to `journey`. An arrival day that is left out is that of departure; carriers
    also put the arrival time in its place.
    """
    day, time, landing_day, landing_time = (segment.value(1, number).strip() for number in (1, 2, 3, 4))
    places = [segment.value(number).strip().upper() for number in (2, 3)]
    if not all(_PLACE.fullmatch(place) for place in places):
        return None
    if not landing_time and parse_time(landing_day) and not parse_near(landing_day, journey):
        landing_day, landing_time = "", landing_day
    departed, landed = moment(day, time, journey), moment(landing_day or day, landing_time, journey)
    marketing, operator = segment.value(4).strip(), segment.value(4, 2).strip()
    undated = next((text for text in (day, landing_day) if text and not parse_near(text, journey)), "")
    if not (landing_day or landing_time):
        landed = ""
    return Flight(f"{marketing}{segment.value(5).strip()}", operator, places[0], departed, places[1], landed, undated)
