"""`clipdesk serve --ray`, with two replicas on this computer.

Ray is an extra of its own. Where it is not installed beside everything else, name a Python that has both:

    CLIPDESK_RAY_PYTHON=/some/where/bin/python make test ARGS=tests/server/test_ray.py
"""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from running_server import RunningServer, picture, port_for_later, unit, wire
from waiting import wait_until

from clipdesk.core.line.embed import embed_images
from clipdesk.core.line.results import EmbeddedImage
from clipdesk.encoders.local.open_clip import OpenClipEncoder
from clipdesk.encoders.remote.api_keys import ApiKey
from clipdesk.encoders.remote.roboflow import connect
from clipdesk.encoders.remote.servers import ServerChoice

_PYTHON = os.environ.get("CLIPDESK_RAY_PYTHON") or (sys.executable if importlib.util.find_spec("ray") else "")

pytestmark = pytest.mark.skipif(not _PYTHON, reason="needs ray, or CLIPDESK_RAY_PYTHON: a Python that has it")


def test_two_replicas_share_the_load_and_answer_the_same(
    tiny_model_dir: Path, tiny_encoder: OpenClipEncoder, tmp_path: Path
) -> None:
    keys = tmp_path / "keys"
    keys.write_text("canary-51d0\n")
    port = port_for_later()
    server = RunningServer(port, None, None)  # type: ignore[arg-type]
    command = [_PYTHON, "-m", "clipdesk", "serve", "--ray", "--replicas", "2", "--port", str(port), "-v"]
    command += ["--model", f"local-dir:{tiny_model_dir}", "--device", "cpu", "--api-key-file", str(keys)]
    # Ray writes its logs and a token there.
    (tmp_path / "home").mkdir()
    environment = {**os.environ, "HOME": str(tmp_path / "home")}
    log = tmp_path / "log"
    with log.open("wb") as output, subprocess.Popen(command, stderr=output, stdout=output, env=environment) as process:
        try:
            address = f"http://127.0.0.1:{port}/docs"
            wait_until(lambda: address in log.read_text(errors="replace") or process.poll() is not None, timeout_s=300)
            assert process.poll() is None, log.read_text(errors="replace")

            def ask(seed: int) -> np.ndarray:
                body = {"image": wire(picture(seed)), "api_key": "canary-51d0"}
                return server.post("/clip/embed_image?api_key=canary-51d0", body).embeddings[0]

            with ThreadPoolExecutor(8) as pool:
                found = np.stack(list(pool.map(ask, range(40))))
                replicas = {info.json["uuid"] for info in pool.map(lambda _: server.get("/info"), range(40))}
            refused = server.post("/clip/embed_text", {"text": "dog", "api_key": "wrong"})
            too_many = server.post("/clip/embed_text", {"text": [], "api_key": "canary-51d0"})
            results = list(embedded_while_a_replica_dies(server, process.pid, tmp_path))
        finally:
            process.terminate()
            code = process.wait(timeout=180)

    assert not [result.error for result in results if result.embedding is None]
    assert len(results) == 200
    expected = tiny_encoder.encode_images([np.asarray(picture(seed)) for seed in range(40)])
    np.testing.assert_allclose(unit(found), expected, rtol=0, atol=1e-5)
    assert len(replicas) == 2
    assert (refused.status, too_many.status) == (401, 500)
    assert code == 0
    assert "canary" not in log.read_text(errors="replace")


def embedded_while_a_replica_dies(server: RunningServer, process: int, folder: Path) -> Iterator[EmbeddedImage]:
    """Embed 200 pictures with ClipDesk's own client, and kill a replica on the way."""
    paths = [folder / f"{seed}.png" for seed in range(200)]
    for seed, path in enumerate(paths):
        picture(seed).save(path)
    encoder = connect(ServerChoice((server.url,)), key_of=lambda host: ApiKey("canary-51d0"))
    victim = replica_processes(process)[0]
    try:
        for batch in embed_images(enumerate(paths), encoder, cancel=threading.Event()):
            if victim:
                os.kill(victim, signal.SIGKILL)
                victim = 0
            yield from batch
    finally:
        encoder.close()


def replica_processes(server: int) -> list[int]:
    """Return the ids of the replicas' processes, which descend from the process `server`."""
    found = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    processes = [line.split(maxsplit=2) for line in found.splitlines()]
    parents = {int(pid): int(parent) for pid, parent, *_ in processes}

    def descends(pid: int) -> bool:
        return pid == server or (pid in parents and descends(parents[pid]))

    return [int(pid) for pid, _, *args in processes if "ray::ServeReplica" in "".join(args) and descends(int(pid))]
