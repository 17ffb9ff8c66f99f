"""What a request screens for: the token's own purpose, or another one of the token's that the request names.

Nothing is screened without a purpose and its legal basis. Whoever makes a token says what it is for; a request can
choose only among the purposes that were named then: a program for payments never screens travelers, whatever it sends.
"""

from tahaluf.web.accounts.models import ApiToken
from tahaluf.web.api.faults import Refused
from tahaluf.web.api.match.datasets import Soon
from tahaluf.web.review.purposes.queries import active_purposes, purpose_of
from tahaluf.web.review.tables.purposes import Purpose


def _load(_: str) -> dict[str, Purpose]:
    return {purpose.slug: purpose for purpose in active_purposes()}


purposes_soon: Soon[dict[str, Purpose]] = Soon(_load, 10.0)


def purpose_for(token: ApiToken, asked: str | None) -> Purpose:
    """The purpose, as it was ten seconds ago at most, without a query; refused as by `purpose_now`."""
    slug = _allowed(token, asked)
    if (found := purposes_soon("").get(slug)) is None:
        raise Refused(409, "api.purpose_over", field="purpose", found=slug)
    return found


def purpose_now(token: ApiToken, asked: str | None) -> Purpose:
    """The purpose; Refused (403) where the token is for none, or not for this one; 409 where it is no longer in use."""
    slug = _allowed(token, asked)
    try:
        return purpose_of(slug)
    except Purpose.DoesNotExist as over:
        raise Refused(409, "api.purpose_over", field="purpose", found=slug) from over


def _allowed(token: ApiToken, asked: str | None) -> str:
    if not token.purposes:
        raise Refused(403, "api.no_purpose", field="purpose")
    slug = asked or token.purpose
    if slug not in token.purposes:
        raise Refused(403, "api.purpose", field="purpose", expected=", ".join(token.purposes), found=slug)
    return slug
