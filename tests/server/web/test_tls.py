from __future__ import annotations

import http.client
import ssl
from pathlib import Path

import pytest
from certificates import make_certificate
from running_server import Serve

from clipdesk.__main__ import main
from clipdesk.core.errors import ServeError
from clipdesk.server.web.tls import certificate


def test_a_server_with_a_certificate_speaks_https(serve: Serve, tmp_path: Path) -> None:
    made = make_certificate(tmp_path)
    server = serve(certificate=certificate(made.chain, made.key))
    trusting = ssl.create_default_context(cafile=made.chain)
    connection = http.client.HTTPSConnection("127.0.0.1", server.port, timeout=60, context=trusting)

    connection.request("POST", "/clip/embed_text", b'{"text": "dog"}', {"Content-Type": "application/json"})

    assert connection.getresponse().status == 200
    connection.close()


def test_files_that_make_no_certificate_are_refused_before_the_server_starts(tmp_path: Path) -> None:
    one, other = make_certificate(tmp_path, "one"), make_certificate(tmp_path, "other")
    locked = make_certificate(tmp_path, "locked", password=b"secret")
    wrong = {
        "both": (one.chain, None),
        "belong together": (one.chain, other.key),
        "encrypted": (locked.chain, locked.key),
        "PEM": (one.key, one.key),
        "No such file": (tmp_path / "nothing", one.key),
    }

    for reason, (chain, key) in wrong.items():
        with pytest.raises(ServeError, match=reason):
            certificate(chain, key)
    assert certificate(None, None) is None


def test_half_a_certificate_ends_the_command_with_one_sentence(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", "--port", "0", "--tls-key", str(tmp_path / "key")]) == 1
    assert capfd.readouterr().err == "clipdesk: HTTPS needs both --tls-cert and --tls-key.\n"
