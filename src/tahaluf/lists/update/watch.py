"""The time limit of a download, whatever the other side does: when it is over, its connections are shut.

A server may send a byte now and then for ever, in the headers, in the body or in the handshake: no timeout of a single
read ends that. `Watch` shuts the connections themselves, so that whoever waits on one is woken with an error.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from urllib3 import PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool


class Watch:
    """The connections of one download. Once `over` they are shut, and those that are still made are shut at once."""

    def __init__(self) -> None:
        self.over = False
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()

    def add(self, connection: socket.socket) -> None:
        """Watches a connection; by a second handle, which stays good when the first is wrapped for TLS."""
        handle = connection.dup()
        with self._lock:
            self._sockets.append(handle)
        if self.over:
            shut(handle)

    def end(self) -> None:
        self.over = True
        with self._lock:
            for handle in self._sockets:
                shut(handle)

    def release(self) -> None:
        with self._lock:
            for handle in self._sockets:
                handle.close()
            self._sockets.clear()


def shut(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def watched(seconds: float) -> Iterator[Watch]:
    """A watch that ends by itself after so many seconds, and is gone afterwards."""
    watch = Watch()
    timer = threading.Timer(seconds, watch.end)
    timer.daemon = True
    timer.start()
    try:
        yield watch
    finally:
        timer.cancel()
        timer.join()
        watch.release()


def make_pool(watch: Watch) -> PoolManager:
    """A pool whose connections are all watched from the moment they are made."""

    class PlainConnection(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            made = super()._new_conn()
            watch.add(made)
            return made

    class SecureConnection(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            made = super()._new_conn()
            watch.add(made)
            return made

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = PlainConnection

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = SecureConnection

    manager = PoolManager(num_pools=2, retries=False)
    manager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}
    return manager
