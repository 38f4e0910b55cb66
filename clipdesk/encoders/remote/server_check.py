"""Test the connection to servers, and report the findings as sentences."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable
from typing import Any

from clipdesk.core.errors import ServerError
from clipdesk.core.messages import message
from clipdesk.encoders.remote.addresses import parse_address
from clipdesk.encoders.remote.api_keys import ApiKey
from clipdesk.encoders.remote.clip_client import ClipClient, Notice
from clipdesk.encoders.remote.pacing import Patience, Server
from clipdesk.encoders.remote.roboflow import await_result
from clipdesk.encoders.remote.servers import Finding, ServerChoice

_ROUND_TRIPS = 3

#: Shorter timeouts than for a job, because a person is waiting, but long enough for the server to load its model.
_PATIENCE = Patience(connect_s=6.0, answer_s=30.0, warm_up_s=180.0)


def check_servers(
    choice: ServerChoice,
    *,
    key_of: Callable[[str], ApiKey],
    cancel: threading.Event,
    notice: Notice | None = None,
    patience: Patience = _PATIENCE,
) -> list[Finding]:
    """Make the requests of a job to each server, and return what was found, server by server.

    `notice` receives messages about long waits, from another thread. Raises Cancelled soon after `cancel` is set.
    """
    findings: list[Finding] = []
    for address in dict.fromkeys(choice.addresses):
        findings += _check(address, choice, key_of, cancel, notice, patience)
    return findings or [Finding(message("core", "Enter the address of a server."), "bad")]


def _check(
    address: str,
    choice: ServerChoice,
    key_of: Callable[[str], ApiKey],
    cancel: threading.Event,
    notice: Notice | None,
    patience: Patience,
) -> list[Finding]:
    findings: list[Finding] = []
    try:
        parsed = parse_address(address)
    except ServerError as error:
        return [Finding(str(error), "bad")]
    key = key_of(parsed.host)
    server = Server(parsed, key, 1)
    client = ClipClient([server], choice.version, patience=patience, notice=notice)
    try:
        info = await_result(client.get(server, "info"), cancel)
        findings.append(Finding(_reached(parsed.host, info)))
        if parsed.unencrypted:
            words = message("core", "The connection is not encrypted: others on this network can read it.")
            findings.append(Finding(words, "warn"))
        await_result(client.probe(server), cancel)
        accepted = message("core", "The key is accepted.") if key else message("core", "No key is needed.")
        findings.append(Finding(accepted))
        findings.append(Finding(message("core", "The model {model} is ready.").of(model=choice.version)))
        answer_ms = round(1000 * _round_trip_s(client, cancel))
        findings.append(Finding(message("core", "An answer takes {time} ms.").of(time=answer_ms)))
    except ServerError as error:
        findings.append(Finding(str(error), "bad"))
    finally:
        client.close()
    return findings


def _reached(host: str, info: Any) -> str:
    """Return that the server answered, with its name and version if it tells them."""
    name = _name_in(info)
    if not name:
        return message("core", "{host} can be reached.").of(host=host)
    return message("core", "{host} can be reached ({name}).").of(host=host, name=name)


def _name_in(info: Any) -> str:
    """Return the server's name and version from its `/info` answer; empty if it has none."""
    if not isinstance(info, dict) or not isinstance(info.get("name"), str):
        return ""
    text = f"{info['name']} {info.get('version', '')}"
    return " ".join(text.split())[:60] if text.isprintable() else ""


def _round_trip_s(client: ClipClient, cancel: threading.Event) -> float:
    times = []
    for _ in range(_ROUND_TRIPS):
        started = time.perf_counter()
        await_result(client.embed_texts(["a photo"]), cancel)
        times.append(time.perf_counter() - started)
    return statistics.median(times)
