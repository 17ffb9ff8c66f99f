"""The OASIS reference server on this machine with one empty collection: `python .ci/medallion_server.py PORT FILE`.

Needs medallion, not the project. FILE is written for it to read. The user is `admin`, the password `Password0`.
"""

import json
import sys
from pathlib import Path

from medallion import application_instance, register_blueprints, set_config
from werkzeug.serving import make_server

TAXII = "application/taxii+json;version=2.1"


def main(port: int, path: str) -> None:
    inbox = {
        "id": "inbox", "title": "Inbox", "can_read": True, "can_write": True, "media_types": [TAXII], "objects": [],
        "manifest": [],
    }  # fmt: skip
    root = {
        "information": {"title": "Root", "versions": [TAXII], "max_content_length": 9_765_625},
        "status": [],
        "collections": [inbox],
    }
    discovery = {"title": "Medallion", "api_roots": ["/api/"]}
    Path(path).write_text(json.dumps({"/discovery": discovery, "api": root}), encoding="utf-8")
    backend = {"module": "medallion.backends.memory_backend", "module_class": "MemoryBackend", "filename": path}
    configuration = {"backend": backend, "users": {"admin": "Password0"}, "taxii": {"max_page_size": 1_000}}
    for name in configuration:
        set_config(application_instance, name, configuration)
    register_blueprints(application_instance)
    serving = make_server("127.0.0.1", port, application_instance)
    print(f"http://127.0.0.1:{serving.server_port}", flush=True)
    serving.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
