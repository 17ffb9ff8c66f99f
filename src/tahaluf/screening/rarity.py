"""How much a token tells: its rarity, in nats, by the list and by what is known of common names."""

import numpy as np
from numpy.typing import NDArray

from tahaluf.names.common import common_names

PRIOR = 3000.0
UNCOMMON = 0.02


def rarity(listings_with: NDArray[np.int32], common: NDArray[np.int16], listings: int) -> NDArray[np.float32]:
    """−log of the share of people who bear each token: counts in the list, and a prior of `PRIOR` people by the table.

    `listings_with` [N]: listings that have the token; `common` [N, 3]: the common names it may spell; `listings`:
    of the list.
    """
    frequency = np.append(np.asarray(common_names().frequency, dtype=np.float64), UNCOMMON)
    share = frequency[common].max(axis=1) / 1000.0 if len(common) else np.zeros(0)
    return -np.log((listings_with + PRIOR * share + 0.5) / (listings + PRIOR)).astype(np.float32)
