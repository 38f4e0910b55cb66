"""`clipdesk serve --ray`, with two replicas on this computer.

Ray is an extra of its own. Where it is not installed beside everything else, name a Python that has both:

    CLIPDESK_RAY_PYTHON=/some/where/bin/python make test ARGS=tests/server/test_ray.py
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from running_server import RunningServer, picture, port_for_later, unit, wire
from waiting import wait_until

from clipdesk.encoders.local.open_clip import OpenClipEncoder

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
        finally:
            process.terminate()
            code = process.wait(timeout=180)

    expected = tiny_encoder.encode_images([np.asarray(picture(seed)) for seed in range(40)])
    np.testing.assert_allclose(unit(found), expected, rtol=0, atol=1e-5)
    assert len(replicas) == 2
    assert (refused.status, too_many.status) == (401, 500)
    assert code == 0
    assert "canary" not in log.read_text(errors="replace")
