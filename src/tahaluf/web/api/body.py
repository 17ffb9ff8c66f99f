"""The body of a request as JSON: bounded in size and depth before anything looks at it."""

from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.http.request import UnreadablePostError

from tahaluf.web.api.faults import Refused

DEEPEST = 32


def read_json(request: HttpRequest) -> Any:
    """The value; Refused (400, 413) where the body is too large, too deep, or no JSON."""
    try:
        body = request.body
    except RequestDataTooBig as large:
        raise Refused(413, "api.too_large", expected=f"{settings.DATA_UPLOAD_MAX_MEMORY_SIZE >> 20} MB") from large
    except UnreadablePostError as cut:
        raise Refused(400, "api.json", found="cut short") from cut
    return parse(body)


def parse(body: bytes) -> Any:
    """The value of some bytes."""
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError as broken:
        if "recursion" in str(broken):
            raise Refused(400, "api.json_depth", expected=str(DEEPEST)) from broken
        raise Refused(400, "api.json", found=str(broken)) from broken
    check_depth(value)
    return value


def check_depth(value: Any) -> None:
    """Refused where lists and objects are nested too deeply; goes level by level, so that nothing overflows."""
    level = [value] if type(value) in (dict, list) else []
    for _ in range(DEEPEST):
        if not level:
            return
        level = [
            inner
            for outer in level
            for inner in (outer.values() if type(outer) is dict else outer)
            if type(inner) in (dict, list)
        ]
    if level:
        raise Refused(400, "api.json_depth", expected=str(DEEPEST))
