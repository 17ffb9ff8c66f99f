"""Published lists: read in their publishers' own formats, compared, written as FollowTheMoney.

`read(path)` recognizes the format by content and gives listings as they come; see `Reading` for what else it tells.
Nothing here opens a socket but `tahaluf.lists.update`.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from tahaluf.domain import InputError, Listing, Problem, Where
from tahaluf.lists.diff import Amendment, Change, Difference, diff
from tahaluf.lists.ftm import parse as ftm
from tahaluf.lists.ofac import advanced, table
from tahaluf.lists.ofac import parse as ofac
from tahaluf.lists.opensanctions import parse as opensanctions
from tahaluf.lists.reading import Ledger, Reading
from tahaluf.lists.recognize import Format, recognize
from tahaluf.lists.source import read_head
from tahaluf.lists.un import parse as un

__all__ = ["Amendment", "Change", "Difference", "Format", "Reading", "diff", "read", "recognize"]

NOT_SDN = re.compile(rb"\bNS-PLC\b|Non-SDN|\bFSE-[A-Z]{2}\b|\bCMIC-EO\d+|\bUKRAINE-EO13662\b")
Parser = Callable[[Path, Ledger], Iterator[Listing]]
PARSERS: dict[Format, tuple[Parser, str]] = {
    Format.UN_XML: (un.parse, "un_sc"),
    Format.OFAC_CSV: (table.parse, "ofac_sdn"),
    Format.OFAC_XML: (ofac.parse, "ofac_sdn"),
    Format.OFAC_ADVANCED_XML: (advanced.parse, "ofac_sdn"),
    Format.FTM_JSON: (ftm.parse, ""),
    Format.TARGETS_CSV: (opensanctions.parse, ""),
}


def read(path: str | Path, *, dataset: str | None = None) -> Reading:
    """Listings of a file, or of a folder holding OFAC's CSV files; InputError where it is no list that can be read.

    `dataset` names the list where the file's own name for it shall not count.
    """
    path = Path(path)
    if not path.exists():
        raise InputError(Problem("lists.file.missing", Where(file=str(path))))
    source_format = recognize(path)
    parser, usual = PARSERS[source_format]
    ledger = Ledger(str(path), dataset if dataset is not None else guess_dataset(source_format, path, usual))
    return Reading(source_format, ledger, lambda ledger: parser(path, ledger), dataset)


def guess_dataset(source_format: Format, path: Path, usual: str) -> str:
    """OFAC publishes two lists in the same forms and says in none of them which; the first programs tell."""
    if usual == "ofac_sdn":
        heads = [read_head(item) for item in ([path] if path.is_file() else sorted(path.glob("*.csv")))]
        if any(NOT_SDN.search(head) for head in heads):
            return "ofac_cons"
    return usual
