"""Passenger name records that carriers push to governments: PNRGOV (WCO/IATA/ICAO 10.1 to 17.1), EDIFACT and XML.

Reach for `read_pnrgov` as the handler of a message in an interchange, for `read_notifications` to read a file in the
XML form. Each named traveler is a subject with all that the booking tells: names (of the booking and of documents),
birth date, sex, nationality, documents, visas, addresses, contacts, tickets, seats, bags, flights. Payers, people to be
called, and names that only the history has are subjects with a role or detail that says so.
"""

from tahaluf.messages.pnrgov.message import read_pnrgov
from tahaluf.messages.pnrgov.xmlread import read_notifications, recognizes

__all__ = ["read_notifications", "read_pnrgov", "recognizes"]
