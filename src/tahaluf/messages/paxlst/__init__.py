"""Passenger and crew lists: UN/EDIFACT PAXLST D.02B to D.16B (WCO/IATA/ICAO Guidelines on Advance Passenger
Information, appendix IIA).

`read_paxlst` is the handler of one message; `write_paxlst` writes subjects as a message; `acknowledge` answers a file
with a CUSRES that tells the quality of its data and nothing else.
"""

from tahaluf.messages.paxlst.acknowledge import acknowledge
from tahaluf.messages.paxlst.read import read_paxlst
from tahaluf.messages.paxlst.write import write_paxlst

__all__ = ["acknowledge", "read_paxlst", "write_paxlst"]
