"""Who decides on a complaint: by the list and what is complained of.

Sources: Security Council resolutions 1904 (2009) and 2368 (2017) for the Ombudsperson; 1730 (2006) and 2744 (2024) for
the Focal Point, which also takes mistaken identity; 31 CFR 501.807 for OFAC. A person may choose another route.
"""

from tahaluf.web.redress.models import Matter, Route

UN_LISTS = ("un_sc", "un")
OFAC_LISTS = ("ofac_sdn", "ofac_cons")
# The permanent reference numbers of the ISIL (Da'esh) and Al-Qaida list.
ISIL_AL_QAIDA = ("QDi.", "QDe.")


def route_of(matter: Matter, dataset: str, reference: str) -> Route:
    """Where a complaint goes. What this office itself holds or mistook is answered here."""
    if matter in (Matter.MISTAKEN, Matter.DATA, Matter.ACCESS, Matter.ERASURE) or not dataset:
        return Route.OWN
    if dataset in UN_LISTS:
        return Route.OMBUDSPERSON if reference.startswith(ISIL_AL_QAIDA) else Route.FOCAL_POINT
    return Route.OFAC if dataset in OFAC_LISTS else Route.NATIONAL
