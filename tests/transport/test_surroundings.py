"""Proxies and certificate authorities that the environment names, as companies have them: with a real proxy."""

from __future__ import annotations

import datetime as dt
import ipaddress
import select
import socket
import ssl
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pulumi_managed_agents.errors import ConfigError, Unreachable
from pulumi_managed_agents.lifecycle.steps import Call, Operation
from pulumi_managed_agents.platforms.connect import connect
from pulumi_managed_agents.platforms.settings import configure
from pulumi_managed_agents.platforms.surroundings import proxy_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pulumi_managed_agents.platforms.rest import RestBackend

HOST = "api.example.com"
LIST = Call(Operation("agents", "list"))
VARIABLES = ("HTTPS_PROXY", "ALL_PROXY", "HTTP_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR")


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment that names neither."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def backend_of(address: str = f"https://{HOST}") -> RestBackend:
    return connect(configure({"apiKey": "key-of-the-account", "baseUrl": address, "maxRetries": "0"}, {}))


WRONG = {
    "a SOCKS proxy": ({"ALL_PROXY": "socks5://127.0.0.1:1080"}, "ALL_PROXY", "socks"),
    "a SOCKS proxy that looks hosts up": ({"HTTPS_PROXY": "socks5h://127.0.0.1:1080"}, "HTTPS_PROXY", "socks"),
    "a SOCKS proxy in small letters": ({"all_proxy": "socks5://127.0.0.1:1080"}, "all_proxy", "socks"),
    "a proxy of another kind": ({"HTTPS_PROXY": "ftp://127.0.0.1:21"}, "HTTPS_PROXY", "http://HOST:PORT"),
    "a proxy that is none": ({"HTTPS_PROXY": "http://exa mple:80"}, "HTTPS_PROXY", "http://HOST:PORT"),
    "a proxy with a port beyond": ({"HTTPS_PROXY": "127.0.0.1:99999"}, "HTTPS_PROXY", "http://HOST:PORT"),
    "authorities in a file that is not there": ({"SSL_CERT_FILE": "nowhere.pem"}, "SSL_CERT_FILE", "nowhere.pem"),
    "authorities in a folder that is not there": ({"SSL_CERT_DIR": "nowhere"}, "SSL_CERT_DIR", "nowhere"),
    "authorities in a file without any": ({"SSL_CERT_FILE": "empty.pem"}, "SSL_CERT_FILE", "empty.pem"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_used_is_named_by_its_variable(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty.pem").write_text("")
    environment, variable, word = WRONG[case]
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(ConfigError) as refused:
        backend_of()

    assert f"environment variable {variable} " in str(refused.value)
    assert word in str(refused.value).replace("SOCKS", "socks")


def test_a_proxy_s_password_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://me:password-of-last-week@127.0.0.1:1080")

    with pytest.raises(ConfigError) as refused:
        backend_of()

    assert "password-of-last-week" not in str(refused.value)


DIRECT = {
    "itself": HOST,
    "among others": f"internal.example.org, {HOST}",
    "its domain": "example.com",
    "its domain with a dot": ".example.com",
    "its domain with a star": "*.example.com",
    "in capitals": HOST.upper(),
    "with its port": f"{HOST}:443",
    "all": "*",
    "beside an address of version 6": f"[::1],{HOST}",
    "beside a network of version 6": f"fd00::/8,10.0.0.0/8,{HOST}",
}
THROUGH = {
    "none": "",
    "another": "internal.example.org",
    "one that only ends like it": "i.example.com",
    "with another port": f"{HOST}:8443",
    "a network": "fd00::/8,10.0.0.0/8,[::1]",
}


@pytest.mark.parametrize(("list_", "proxied"), [(DIRECT, False), (THROUGH, True)], ids=["direct", "through it"])
def test_hosts_without_the_proxy_are_read_as_other_tools_read_them(list_: dict[str, str], proxied: bool) -> None:
    for case, excepted in list_.items():
        found = proxy_for(f"https://{HOST}", {"HTTPS_PROXY": "http://127.0.0.1:3128", "NO_PROXY": excepted})
        assert (found is not None) == proxied, case


@pytest.mark.parametrize("address", ["https://10.1.2.3", "https://[fd00::7]:8443"])
def test_an_address_in_a_network_is_asked_directly(address: str) -> None:
    environment = {"HTTPS_PROXY": "127.0.0.1:3128", "NO_PROXY": "10.0.0.0/8,fd00::/8"}
    assert proxy_for(address, environment) is None


# A company's proxy, and its certificate authority


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The certificate of an authority that nobody knows, and a server's, by it."""
    folder = tmp_path_factory.mktemp("authority")
    signer, root = _certificate("A Company's Authority")
    key, leaf = _certificate(HOST, signer, root)
    pem = serialization.Encoding.PEM
    (folder / "root.pem").write_bytes(root.public_bytes(pem))
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "server.pem").write_bytes(private + leaf.public_bytes(pem))
    return folder / "root.pem", folder / "server.pem"


def _certificate(
    name: str, signer: ec.EllipticCurvePrivateKey | None = None, issuer: x509.Certificate | None = None
) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    names = [x509.DNSName(HOST), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
    )
    if issuer:
        built = built.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return key, built.sign(signer or key, hashes.SHA256())


@contextmanager
def listening(serve: object) -> Iterator[int]:
    """A listener on this machine whose connections `serve` answers, each in a thread."""
    over = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.05)

    def accept() -> None:
        while not over.is_set():
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            connection.settimeout(10)
            threading.Thread(target=serve, args=(connection,), daemon=True).start()  # type: ignore[arg-type]

    thread = threading.Thread(target=accept)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        over.set()
        thread.join(timeout=60)
        listener.close()


@contextmanager
def platform(server: Path) -> Iterator[int]:
    """A platform behind TLS that has nothing."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(server)

    def answer(connection: socket.socket) -> None:
        try:
            with context.wrap_socket(connection, server_side=True) as encrypted:
                encrypted.recv(65536)
                body = b'{"data": [], "next_page": null}'
                encrypted.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%s" % (len(body), body))
        except (OSError, ssl.SSLError):
            connection.close()

    with listening(answer) as port:
        yield port


@contextmanager
def proxy(port: int, refusal: bytes = b"") -> Iterator[tuple[int, list[bytes]]]:
    """A proxy that tunnels every host to a port of this machine, and keeps what it was asked."""
    heard: list[bytes] = []

    def tunnel(connection: socket.socket) -> None:
        heard.append(connection.recv(65536))
        if refusal:
            connection.sendall(refusal)
            connection.close()
            return
        connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)) as far, connection:
            while True:
                ready, _, _ = select.select([connection, far], [], [], 10)
                moved = [(end, end.recv(65536)) for end in ready]
                if not ready or any(not piece for _, piece in moved):
                    return
                for end, piece in moved:
                    (far if end is connection else connection).sendall(piece)

    with listening(tunnel) as own:
        yield own, heard


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
def test_a_company_s_proxy_and_authority_are_used(
    variable: str, authority: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, server = authority
    monkeypatch.setenv("SSL_CERT_FILE", str(root))
    with platform(server) as port, proxy(port) as (own, heard):
        monkeypatch.setenv(variable, f"http://me:word@127.0.0.1:{own}")
        backend = backend_of()
        assert backend.send(LIST)["data"] == []
        backend.close()

    assert heard[0].startswith(f"CONNECT {HOST}:443 ".encode())
    assert b"proxy-authorization" in heard[0].lower()
    assert b"key-of-the-account" not in heard[0]


def test_an_authority_that_is_not_known_is_told_with_the_way_to_name_it(
    authority: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    with platform(authority[1]) as port, proxy(port) as (own, _):
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{own}")
        backend = backend_of()
        with pytest.raises(Unreachable) as caught:
            backend.send(LIST)
        backend.close()

    assert HOST in str(caught.value)
    assert "SSL_CERT_FILE" in str(caught.value)


def test_a_proxy_that_refuses_has_sent_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    refusal = b"HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n"
    with proxy(0, refusal) as (own, _):
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{own}")
        backend = backend_of()
        with pytest.raises(Unreachable) as caught:
            backend.send(Call(Operation("agents", "create"), body={"name": "worker"}))
        backend.close()

    assert "407" in str(caught.value)
    assert f"127.0.0.1:{own}" in str(caught.value)
    assert "HTTPS_PROXY" in str(caught.value)


def test_who_did_not_answer_is_named() -> None:
    backend = backend_of("http://127.0.0.1:9")
    with pytest.raises(Unreachable) as caught:
        backend.send(LIST)
    backend.close()

    assert "no answer from 127.0.0.1:9 (" in str(caught.value)
