from __future__ import annotations

import re
import threading

import pytest
from clip_server import Answer, Break, ClipServer, running
from color_encoder import ColorEncoder

from clipdesk.core.errors import Cancelled
from clipdesk.encoders.remote.api_keys import ApiKey
from clipdesk.encoders.remote.pacing import Patience
from clipdesk.encoders.remote.server_check import check_servers
from clipdesk.encoders.remote.servers import ServerChoice

QUICK = Patience(connect_s=10, answer_s=10, warm_up_s=10, first_delay_s=0.01)


def check(*addresses: str, key: str = "", version: str = "ViT-B-16") -> list[tuple[str, str]]:
    found = check_servers(
        ServerChoice(addresses, version), key_of=lambda _: ApiKey(key), cancel=threading.Event(), patience=QUICK
    )
    return [(finding.level, finding.text) for finding in found]


def test_a_working_server_gives_good_findings() -> None:
    with running(ClipServer(ColorEncoder(), key="right")) as server:
        found = check(server.url, key="right")

    assert [level for level, _ in found] == ["good"] * 4
    assert f"{server.host} can be reached (Roboflow Inference Server 1.8.3)." in found[0][1]
    assert found[1][1] == "The key is accepted."
    assert found[2][1] == "The model ViT-B-16 is ready."
    assert re.fullmatch(r"An answer takes \d+ ms\.", found[3][1])


def test_findings_say_what_is_wrong_and_what_to_do() -> None:
    with running(ClipServer(ColorEncoder(), key="right")) as server:
        assert check(server.url)[-1] == (
            "bad",
            f"{server.host} needs an API key. Enter a key for it, or set ROBOFLOW_API_KEY.",
        )
        assert check(server.url, key="x")[-1][1].endswith("does not accept the key. Enter another key for it.")
        server.fault_of = lambda _: Answer(500)
        assert "no model “ViT-B-61”" in check(server.url, version="ViT-B-61")[-1][1]
        server.fault_of = lambda _: Answer(404)
        assert "no CLIP API" in check(server.url)[-1][1]
        gone = server.url
    assert "Is the server running" in check(gone)[-1][1]
    assert "Use https" in check("http://93.184.216.34")[-1][1]
    assert check()[-1] == ("bad", "Enter the address of a server.")


def test_each_of_several_servers_is_tested() -> None:
    with running(ClipServer(ColorEncoder())) as one, running(ClipServer(ColorEncoder())) as other:
        found = check(one.url, other.url)

    assert [level for level, _ in found] == ["good"] * 8
    assert other.host in found[4][1]


def test_a_connection_test_can_be_cancelled() -> None:
    cancel = threading.Event()
    with running(ClipServer(ColorEncoder())) as server:
        server.fault_of = lambda _: cancel.set() or Break("stall")  # type: ignore[func-returns-value]
        with pytest.raises(Cancelled):
            check_servers(ServerChoice((server.url,)), key_of=lambda _: ApiKey(""), cancel=cancel)
