"""One download, with everything that keeps it from doing harm.

HTTPS only (plain HTTP only to this machine itself, and only where `Policy` says so); redirects only to hosts that
the source allows; bounded in size, in time per read and in time overall, in whatever way the other side delays; tried
again after faults that may pass, with growing pauses.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import IO
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3.exceptions import HTTPError

from tahaluf.domain import FetchError, Problem, Where
from tahaluf.lists.update.sources import Source
from tahaluf.lists.update.watch import Watch, make_pool, watched

LOOPBACK = ("127.0.0.1", "::1", "localhost")
REDIRECTS = (301, 302, 303, 307, 308)
PASSING = (408, 425, 429, 500, 502, 503, 504)
CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Policy:
    """Bounds of a download: seconds, bytes, tries. `pause` doubles with every try."""

    connect_seconds: float = 15.0
    read_seconds: float = 30.0
    total_seconds: float = 900.0
    max_bytes: int = 1 << 30
    tries: int = 4
    pause: float = 2.0
    max_redirects: int = 5
    loopback_http: bool = False
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    today: Callable[[], date] = date.today


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the publisher's server said of the version that we have, for asking whether there is a newer one."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A finished download; `changed` is False where the server has nothing newer."""

    changed: bool
    stamp: Stamp
    url: str


class Download:
    """One source being fetched; use `fetch`."""

    def __init__(self, source: Source, stamp: Stamp, policy: Policy, watch: Watch) -> None:
        self.source, self.stamp, self.policy, self.watch = source, stamp, policy, watch
        self.deadline = policy.clock() + policy.total_seconds
        self.pool = make_pool(watch)
        self.size = 0

    def fail(self, code: str, expected: str = "", found: str = "", *, passing: bool = False) -> FetchError:
        where = Where(file=self.source.url, item=self.source.name)
        return FetchError(Problem(code, where, expected, found[:200]), permanent=not passing)

    def too_slow(self) -> FetchError:
        return self.fail("lists.fetch.too-slow", f"{self.policy.total_seconds:g}", f"{self.size}", passing=True)

    def remaining(self) -> float:
        """Seconds that are left; FetchError where there are none."""
        left = self.deadline - self.policy.clock()
        if left <= 0 or self.watch.over:
            raise self.too_slow()
        return left

    def check_url(self, url: str) -> str:
        """The address itself, where it may be fetched."""
        try:
            parts = urlsplit(url)
            host = parts.hostname or ""
        except ValueError as error:
            raise self.fail("lists.fetch.address", "an https address", url) from error
        is_local = self.policy.loopback_http and parts.scheme == "http" and host in LOOPBACK
        if parts.scheme != "https" and not is_local:
            raise self.fail("lists.fetch.insecure", "https", url)
        if not self.source.allows(host):
            raise self.fail("lists.fetch.host", ", ".join(self.source.hosts), host)
        return url

    def join(self, url: str, location: str) -> str:
        try:
            return urljoin(url, location)
        except ValueError as error:
            raise self.fail("lists.fetch.address", "an https address", location) from error

    def request(self, url: str) -> urllib3.BaseHTTPResponse:
        headers = {"User-Agent": "tahaluf", "Accept-Encoding": "identity"}
        if self.stamp.etag:
            headers["If-None-Match"] = self.stamp.etag
        if self.stamp.last_modified:
            headers["If-Modified-Since"] = self.stamp.last_modified
        left = self.remaining()
        timeout = urllib3.Timeout(
            connect=min(self.policy.connect_seconds, left), read=min(self.policy.read_seconds, left)
        )
        return self.pool.request(
            "GET", url, headers=headers, timeout=timeout, preload_content=False, redirect=False, decode_content=False
        )

    def follow(self) -> tuple[urllib3.BaseHTTPResponse, str]:
        """The final answer, after redirects that are allowed."""
        url = self.source.url
        for _ in range(self.policy.max_redirects + 1):
            response = self.request(self.check_url(url))
            if response.status not in REDIRECTS:
                return response, url
            response.close()
            url = self.join(url, response.headers.get("Location", ""))
        raise self.fail("lists.fetch.redirects", f"{self.policy.max_redirects}", url)

    def attempt(self, target: IO[bytes]) -> Fetched:
        """One try."""
        target.seek(0)
        target.truncate()
        response, url = self.follow()
        try:
            if response.status == 304:
                return Fetched(False, self.stamp, url)
            if response.status != 200:
                raise self.fail("lists.fetch.status", "200", f"{response.status}", passing=response.status in PASSING)
            self.copy(response, target)
            stamp = Stamp(response.headers.get("ETag"), response.headers.get("Last-Modified"))
            return Fetched(True, stamp, url)
        finally:
            response.close()

    def copy(self, response: urllib3.BaseHTTPResponse, target: IO[bytes]) -> None:
        declared = response.headers.get("Content-Length", "")
        if declared.isdigit() and int(declared) > self.policy.max_bytes:
            raise self.fail("lists.fetch.too-large", f"{self.policy.max_bytes}", declared)
        self.size = 0
        while chunk := response.read1(CHUNK, decode_content=False):
            self.size += len(chunk)
            if self.size > self.policy.max_bytes:
                raise self.fail("lists.fetch.too-large", f"{self.policy.max_bytes}", f"{self.size}")
            self.remaining()
            target.write(chunk)
        if self.watch.over:
            raise self.too_slow()
        if declared.isdigit() and self.size != int(declared):
            raise self.fail("lists.fetch.cut", declared, f"{self.size}", passing=True)
        if not self.size:
            raise self.fail("lists.fetch.cut", "a list", "0", passing=True)


def fetch(source: Source, target: IO[bytes], stamp: Stamp, policy: Policy) -> Fetched:
    """Downloads a source into `target`; FetchError where it cannot be had."""
    with watched(policy.total_seconds) as watch:
        download = Download(source, stamp, policy, watch)
        try:
            return persist(download, target)
        finally:
            download.pool.clear()


def persist(download: Download, target: IO[bytes]) -> Fetched:
    """Tries again after faults that may pass, as long as tries and time are left."""
    policy = download.policy
    for number in range(1, policy.tries + 1):
        try:
            return download.attempt(target)
        except FetchError as error:
            failure = error
        except HTTPError as error:
            failure = download.fail("lists.fetch.broken", "an answer", type(error).__name__, passing=True)
        if download.watch.over:
            raise download.too_slow() from failure
        pause = policy.pause * 2 ** (number - 1)
        if failure.permanent or number == policy.tries or policy.clock() + pause > download.deadline:
            raise failure
        policy.sleep(pause)
    raise download.fail("lists.fetch.broken", "a try", "none")
