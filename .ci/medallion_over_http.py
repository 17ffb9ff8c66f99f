"""A pytest plugin: medallion's own tests, asked of another server over HTTP (`TAXII_ADDRESS`).

Flask's test client, by which they ask medallion in its own process, is replaced by `requests`. Tests that look inside
the server, at its configuration or its store, cannot be asked over HTTP and are skipped.
"""

import inspect
import os
from typing import Any

import pytest
import requests
from flask import Flask

ADDRESS = os.environ.get("TAXII_ADDRESS", "")


class Answer:
    """A reply with the names that Flask's has."""

    def __init__(self, reply: requests.Response) -> None:
        self.status_code = reply.status_code
        self.headers = reply.headers
        self.content_type = reply.headers.get("Content-Type")
        self.data = reply.content

    @property
    def json(self) -> Any:
        return requests.compat.json.loads(self.data)


class HttpClient:
    """What the tests use of Flask's test client."""

    def get(self, path: str, **options: Any) -> Answer:
        return self.ask("GET", path, **options)

    def post(self, path: str, **options: Any) -> Answer:
        return self.ask("POST", path, **options)

    def delete(self, path: str, **options: Any) -> Answer:
        return self.ask("DELETE", path, **options)

    def ask(self, method: str, path: str, follow_redirects: bool = False, **options: Any) -> Answer:
        return Answer(requests.request(method, ADDRESS + path, allow_redirects=follow_redirects, timeout=60, **options))


def pytest_configure() -> None:
    Flask.test_client = lambda self, *_, **__: HttpClient()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if ".app." in inspect.getsource(item.function) or "backend_without_threads" in item.fixturenames:
            item.add_marker(pytest.mark.skip("looks inside the server"))
