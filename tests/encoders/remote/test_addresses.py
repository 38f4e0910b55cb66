from __future__ import annotations

import socket

import pytest

from clipdesk.core.errors import AddressError
from clipdesk.encoders.remote.addresses import parse_address


@pytest.mark.parametrize(
    ("text", "base", "host"),
    [
        ("https://serverless.roboflow.com", "https://serverless.roboflow.com", "serverless.roboflow.com"),
        ("https://Example.com/deploy/", "https://example.com/deploy", "example.com"),
        ("http://localhost:9001/", "http://localhost:9001", "localhost:9001"),
        (" http://127.0.0.1:9001 ", "http://127.0.0.1:9001", "127.0.0.1:9001"),
        ("http://[::1]:9001", "http://[::1]:9001", "[::1]:9001"),
        ("localhost:9001", "http://localhost:9001", "localhost:9001"),
        ("models.example.com", "https://models.example.com", "models.example.com"),
    ],
)
def test_https_anywhere_and_http_to_this_computer(text: str, base: str, host: str) -> None:
    address = parse_address(text)

    assert (address.base, address.host, address.unencrypted) == (base, host, False)


@pytest.mark.parametrize("name", ["192.168.1.5", "10.0.0.9", "172.16.3.4", "169.254.8.8", "100.100.1.2"])
def test_http_to_a_private_network_is_allowed_and_marked(name: str) -> None:
    address = parse_address(f"http://{name}:9001")

    assert address.unencrypted
    assert not address.is_this_computer


@pytest.mark.parametrize("name", ["8.8.8.8", "[2001:4860:4860::8888]", "[::ffff:8.8.8.8]", "0.0.0.0"])
def test_http_through_the_internet_is_refused(name: str) -> None:
    with pytest.raises(AddressError, match="Use https"):
        parse_address(f"http://{name}")


def test_a_host_name_is_judged_by_its_address_which_is_used_from_then_on(monkeypatch: pytest.MonkeyPatch) -> None:
    stands_for = ["10.1.2.3"]

    def look_up(name: str, *_: object, **__: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 0)) for ip in stands_for]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    address = parse_address("http://gpu.office:9001/clip-server")

    assert address.host == "gpu.office:9001"
    assert address.url("info") == "http://10.1.2.3:9001/clip-server/info"
    stands_for.append("93.184.216.34")
    with pytest.raises(AddressError, match=r"gpu\.office"):
        parse_address("http://gpu.office:9001")


def test_an_unknown_host_name_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(*_: object, **__: object) -> list[tuple[object, ...]]:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", look_up)

    with pytest.raises(AddressError, match="no computer named"):
        parse_address("http://nobody.office:9001")


@pytest.mark.parametrize(
    "text", ["", "ftp://host/x", "http://", "https://a b", "https://host:port", "javascript:alert(1)", "https://%00"]
)
def test_an_invalid_address_is_refused(text: str) -> None:
    with pytest.raises(AddressError):
        parse_address(text)


@pytest.mark.parametrize(
    "text", ["https://host/?api_key=CANARY", "https://CANARY@host", "https://u:CANARY@host", "https://host/#CANARY"]
)
def test_a_key_in_the_address_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(AddressError) as refused:
        parse_address(text)

    assert "CANARY" not in str(refused.value)
