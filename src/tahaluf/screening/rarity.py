"""How much a token tells: its rarity, in nats, by the list and by what is known of common names and words."""

import numpy as np
from numpy.typing import NDArray

from tahaluf.names.common import common_names
from tahaluf.names.kin import KIN_KINDS
from tahaluf.names.likeness.kernel import Codes

PRIOR = 3000.0
UNCOMMON = 0.02
# Per thousand: what a word that many organizations share ("bank", مؤسسة) is borne by at least, whatever the list holds.
GENERIC = 10.0


def rarity(listings_with: NDArray[np.int32], codes: Codes, listings: int) -> NDArray[np.float32]:
    """−log of the share of people who bear each token: counts in the list, and a prior of `PRIOR` people by the tables.

    `listings_with` [N]: listings that have the token; `codes`: N rows; `listings`: of the list.
    """
    if not len(codes.key):
        return np.zeros(0, dtype=np.float32)
    frequency = np.append(np.asarray(common_names().frequency, dtype=np.float64), UNCOMMON)
    known = frequency[codes.common].max(axis=1)
    generic = ((codes.kin >= 0) & (codes.kin & 3 >= KIN_KINDS.index("concept"))).any(axis=1)
    share = np.where(generic, np.maximum(known, GENERIC), known) / 1000.0
    bearers = listings_with + PRIOR * share + 0.5
    return np.asarray(-np.log(bearers / (listings + PRIOR)), dtype=np.float32)
