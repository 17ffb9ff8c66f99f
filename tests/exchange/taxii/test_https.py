"""The real line, on this machine: bounded in bytes and time, to one server only."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tahaluf.exchange.taxii.client import LineError, discover, list_collections, pull
from tahaluf.exchange.taxii.client.https import HttpsTransport, origin_of
from tests.exchange.taxii.memory import filled, served
from tests.exchange.taxii.wsgi import on_socket
from tests.exchange.vectors import refused

ADMIN = "Basic YWRtaW46UGFzc3dvcmQw"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/taxii+json;version=2.1\r\n"


@contextlib.contextmanager
def saying(*pieces: bytes, hold: bool = False) -> Iterator[str]:
    """A server that says these bytes to whoever comes, then hangs up, or holds the line."""
    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def speak() -> None:
            with contextlib.suppress(OSError):
                line, _ = listening.accept()
                with line:
                    line.recv(65_536)
                    for piece in pieces:
                        line.sendall(piece)
                    if hold:
                        done.wait(30)

        thread = threading.Thread(target=speak)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            done.set()
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()


def test_a_collection_is_pulled_over_a_real_line() -> None:
    collection = filled(25)
    server = served(collection)
    with on_socket(server) as address:
        server.collections.shown = type(server.collections.shown)("Node", (f"{address}/api/",))  # type: ignore[attr-defined]
        line = HttpsTransport(address, ADMIN)
        (root,) = discover(line, f"{address}/taxii2/")
        (found,) = list_collections(line, root)
        pages = list(pull(line, found.url, limit=10))
    assert [len(page.objects) for page in pages] == [10, 10, 5]
    stored = [entry[1] for entry in collection.entries if entry]
    assert [each.data for page in pages for each in page.objects] == stored


def test_who_does_not_say_who_he_is_is_refused_and_not_asked_again() -> None:
    with on_socket(served(filled(1))) as address, refused("exchange.sync.refused"):
        discover(HttpsTransport(address), f"{address}/taxii2/")


def test_a_reply_over_the_bound_is_given_up() -> None:
    body = HEAD + b"\r\n" + b"x" * 5_000
    with saying(body) as address, refused("exchange.sync.bound"):
        HttpsTransport(address, most=1_000).get(f"{address}/")


@pytest.mark.parametrize(
    "pieces",
    [
        (HEAD + b"Content-Length: 50\r\n\r\nhalf",),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhalf",),
        (b"nonsense",),
        (b"",),
    ],
)
def test_a_reply_that_breaks_off_is_none(pieces: tuple[bytes, ...]) -> None:
    with saying(*pieces) as address, pytest.raises(LineError):
        HttpsTransport(address).get(f"{address}/")


def test_a_server_that_falls_silent_is_given_up() -> None:
    silent = saying(HEAD + b"Content-Length: 50\r\n\r\nhalf", hold=True)
    with silent as address, pytest.raises(LineError):
        HttpsTransport(address, timeout=0.2).get(f"{address}/")


def test_a_reply_that_takes_too_long_is_given_up() -> None:
    body = HEAD + b"Content-Length: 50\r\n\r\nhalf"
    with saying(body, hold=True) as address, pytest.raises(LineError):
        HttpsTransport(address, longest=-1.0).get(f"{address}/")


def test_nobody_at_the_other_end_is_a_failing_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    with pytest.raises(LineError):
        HttpsTransport(address).get(f"{address}/")


def test_a_redirection_is_not_followed() -> None:
    moved = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
    with saying(moved) as address:
        assert HttpsTransport(address).get(f"{address}/").status == 302


@pytest.mark.parametrize(
    "url",
    ["https://other.example/", "http://node.example/", "https://node.example:444/", "https://node.example@other.example/",
     "file:///etc/passwd", "//node.example/", "", "https://[", "https://me@node.example/", "https://node.example:x/"],
)  # fmt: skip
def test_a_url_of_another_server_is_not_asked(url: str) -> None:
    with refused("exchange.sync.refused"):
        HttpsTransport("https://node.example").get(url)


@pytest.mark.parametrize("origin", ["http://node.example", "ftp://node.example", "node.example"])
def test_who_asks_is_not_said_over_an_open_line(origin: str) -> None:
    with refused("exchange.sync.refused"):
        HttpsTransport(origin, ADMIN)


def test_a_server_is_the_same_with_its_usual_port_and_another_without() -> None:
    assert origin_of("https://node.example/x") == origin_of("https://node.example:443")
    assert origin_of("http://127.0.0.1/x") == origin_of("http://127.0.0.1:80")
    assert origin_of("https://127.0.0.1") != origin_of("http://127.0.0.1")


def certify(folder: Path, name: str) -> tuple[Path, Path]:
    """A certificate of its own for this machine, and its key, as files."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    address = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    builder = x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    signed = builder.add_extension(address, critical=False).sign(key, hashes.SHA256())
    form = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    paths = folder / f"{name}.pem", folder / f"{name}.key"
    paths[0].write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, *form))
    return paths


def test_who_asks_is_known_by_a_certificate_and_a_server_that_is_not_known_is_not_asked(tmp_path: Path) -> None:
    node, reader = certify(tmp_path, "node"), certify(tmp_path, "reader")
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(*node)
    serving.verify_mode = ssl.CERT_REQUIRED
    serving.load_verify_locations(reader[0])
    known = ssl.create_default_context(cafile=str(node[0]))
    known.load_cert_chain(*reader)
    with on_socket(served(filled(3)), context=serving) as address:
        assert len(list(pull(HttpsTransport(address, ADMIN, known), f"{address}/api/collections/log/"))) == 1
        for context in (None, ssl.create_default_context(cafile=str(node[0]))):
            with pytest.raises(LineError):
                HttpsTransport(address, ADMIN, context).get(f"{address}/taxii2/")
