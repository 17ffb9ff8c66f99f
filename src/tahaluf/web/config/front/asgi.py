"""The words of ASGI 3 that are spoken here, and the environ of a WSGI application made of a scope (PEP 3333)."""

import sys
from collections.abc import Awaitable, Callable, MutableMapping
from functools import lru_cache
from typing import Any
from urllib.parse import unquote_to_bytes

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]
Environ = dict[str, Any]

_SAME = {
    "SCRIPT_NAME": "",
    "SERVER_SOFTWARE": "granian",
    "wsgi.errors": sys.stderr,
    "wsgi.version": (1, 0),
    "wsgi.multithread": True,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
    "wsgi.input_terminated": True,
}
_PLAIN = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}


def build_environ(scope: Scope) -> Environ:
    """All but the body: whoever has it sets `wsgi.input` and `CONTENT_LENGTH`."""
    environ: Environ = _SAME | {
        "REQUEST_METHOD": scope["method"],
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": scope["server"][0],
        "SERVER_PORT": str(scope["server"][1]),
        "REMOTE_ADDR": scope["client"][0],
        "wsgi.url_scheme": scope["scheme"],
    }
    for raw_name, value in scope["headers"]:
        if not (name := _variable(raw_name)):
            continue
        text = value.decode("latin-1")
        if name in environ:
            text = f"{environ[name]}{';' if name == 'HTTP_COOKIE' else ','}{text}"
        environ[name] = text
    return environ


@lru_cache(maxsize=512)
def _variable(name: bytes) -> str:
    """What WSGI calls a header. None with an underscore passes: it would go by the name of one that a proxy sets, and
    which the proxy takes away from strangers. Nor does the coding of a transfer, which is over by then."""
    text = name.decode("latin-1").lower()
    if "_" in text or text == "transfer-encoding":
        return ""
    return _PLAIN.get(text) or "HTTP_" + text.upper().replace("-", "_")
