"""Records: one STIX 2.1 object each, kept and sent in the bytes that were committed to. See `spec/exchange/record.md`.

`write_record` and `write_withdrawal` make the bytes once; `parse_record` takes bytes in, strictly, and keeps them;
`follows` says whether a version may stand after another. `KINDS` holds what a kind must give.
"""

from tahaluf.exchange.record.kinds import KINDS
from tahaluf.exchange.record.parse import Record, parse_record
from tahaluf.exchange.record.versions import follows
from tahaluf.exchange.record.write import Draft, write_record, write_withdrawal

__all__ = ["KINDS", "Draft", "Record", "follows", "parse_record", "write_record", "write_withdrawal"]
