from __future__ import annotations

import http.client
import json
import socket
import time

from running_server import RunningServer

from clipdesk.server.run import _listening_socket, address_text
from clipdesk.server.web.listening import with_no_delay


def test_accepted_connections_name_their_protocol_so_that_asyncio_sets_nodelay() -> None:
    with _listening_socket("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()):
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.proto == socket.IPPROTO_TCP


def test_the_socket_stays_open_and_keeps_its_address() -> None:
    with socket.create_server(("127.0.0.1", 0)) as plain:
        port = plain.getsockname()[1]
        with with_no_delay(plain) as listening:
            assert listening.getsockname()[1] == port
            assert plain.fileno() == -1  # taken over
            socket.create_connection(("127.0.0.1", port), timeout=30).close()


def test_the_address_has_the_scheme_that_the_server_speaks() -> None:
    with _listening_socket("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]

        assert address_text(listening) == f"http://127.0.0.1:{port}"
        assert address_text(listening, "https") == f"https://127.0.0.1:{port}"


def test_a_request_on_a_kept_connection_does_not_wait_for_a_delayed_ack(server: RunningServer) -> None:
    body = json.dumps({"text": "dog"}).encode()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    took_s = []
    for _ in range(15):
        began = time.perf_counter()
        connection.request("POST", "/clip/embed_text", body, {"Content-Type": "application/json"})
        connection.getresponse().read()
        took_s.append(time.perf_counter() - began)
    connection.close()

    # Without TCP_NODELAY, all but the first few take at least 40 ms. A busy computer slows some, but not all of them.
    assert min(took_s[5:]) < 0.035
