"""What a request of `/match` is for: said in it, or by the name of the token.

Nothing is screened without a purpose and its legal basis. A token's purpose is the one that `?purpose=` names, else the
one whose short name begins the token's name (`payment`, or `payment: core bank`), else the only one in use.
"""

import re

from tahaluf.web.accounts.models import ApiToken
from tahaluf.web.api.faults import Refused
from tahaluf.web.api.match.datasets import Soon
from tahaluf.web.review.purposes.queries import active_purposes
from tahaluf.web.review.tables.purposes import Purpose

WORD = re.compile(r"[\w-]+")


def _load(_: str) -> dict[str, Purpose]:
    return {purpose.slug: purpose for purpose in active_purposes()}


purposes_soon: Soon[dict[str, Purpose]] = Soon(_load, 10.0)


def purpose_for(token: ApiToken, asked: str | None) -> Purpose:
    """The purpose; Refused (400) where none can be told."""
    known = purposes_soon("")
    if asked:
        found = known.get(asked)
    else:
        first = WORD.match(token.name.lower())
        found = known.get(first.group()) if first else None
        if found is None and len(known) == 1:
            found = next(iter(known.values()))
    if found is None:
        raise Refused(400, "api.purpose", field="purpose", expected=", ".join(known), found=asked or token.name)
    return found
