"""The real inference-sdk, unmodified, against a real server.

The SDK lives in a virtual environment of its own, because it wants older versions of packages that ClipDesk uses:

    python -m venv /some/where && /some/where/bin/pip install inference-sdk
    CLIPDESK_SDK_PYTHON=/some/where/bin/python make test ARGS=tests/server/test_sdk.py
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from running_server import RunningServer, file_of, picture, running_server, unit

from clipdesk.encoders.local.open_clip import OpenClipEncoder
from clipdesk.server.settings import ServerSettings, key_digest

_PYTHON = os.environ.get("CLIPDESK_SDK_PYTHON", "")

pytestmark = pytest.mark.skipif(not _PYTHON, reason="needs CLIPDESK_SDK_PYTHON: a Python with inference-sdk")

_PROGRAM = """
import json, sys
from inference_sdk import InferenceHTTPClient
call = json.load(sys.stdin)
client = InferenceHTTPClient(api_url=call["url"], api_key=call["key"])
if call["mode"]:
    getattr(client, call["mode"])()
try:
    found = getattr(client, call["method"])(*call["arguments"], **call["options"])
except Exception as error:
    found = {"error": type(error).__name__, "status": getattr(error, "status_code", None), "text": repr(error)}
json.dump(found, sys.stdout)
"""


def sdk(
    server: RunningServer, method: str, *arguments: Any, key: str = "sdk-key", mode: str = "", **options: Any
) -> Any:
    """Call a method of the SDK's client in its own Python, and return the result."""
    call = {"url": server.url, "key": key, "mode": mode, "method": method, "arguments": arguments, "options": options}
    found = subprocess.run(
        [_PYTHON, "-W", "ignore", "-c", _PROGRAM], input=json.dumps(call), capture_output=True, text=True, timeout=120
    )
    assert found.returncode == 0, found.stderr
    return json.loads(found.stdout)


@pytest.fixture(scope="module")
def server(tiny_model_dir: Path) -> Iterator[RunningServer]:
    """A server that needs a key."""
    models = {"ViT-B-16": f"local-dir:{tiny_model_dir}"}
    keys = (key_digest("sdk-key"),)
    with running_server(ServerSettings(models=models, device="cpu", key_digests=keys), pools_started=True) as server:
        yield server


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    paths = [tmp_path / f"{seed}.png" for seed in range(3)]
    for seed, path in enumerate(paths):
        path.write_bytes(file_of(picture(seed, (60, 40))))
    return [str(path) for path in paths]


def local(encoder: OpenClipEncoder, seed: int) -> np.ndarray:
    return encoder.encode_images([encoder.prepare_image(picture(seed, (60, 40)))])[0]


def test_get_clip_text_embeddings(server: RunningServer, tiny_encoder: OpenClipEncoder) -> None:
    one = sdk(server, "get_clip_text_embeddings", "dog")
    several = sdk(server, "get_clip_text_embeddings", ["dog", "cat"], clip_version="ViT-B-16")

    expected = tiny_encoder.encode_texts(["dog", "cat"])
    np.testing.assert_allclose(unit(np.array(one["embeddings"])), expected[:1], atol=1e-5)
    np.testing.assert_allclose(unit(np.array(several["embeddings"])), expected, atol=1e-5)


def test_get_clip_image_embeddings(server: RunningServer, tiny_encoder: OpenClipEncoder, files: list[str]) -> None:
    one = sdk(server, "get_clip_image_embeddings", files[0])
    several = sdk(server, "get_clip_image_embeddings", files, clip_version="ViT-B-16")

    # The SDK decodes a file and sends it as JPEG.
    found = unit(np.array([one["embeddings"][0], *(answer["embeddings"][0] for answer in several)]))
    assert found.shape == (4, 64)
    expected = np.array([local(tiny_encoder, seed) for seed in (0, 0, 1, 2)])
    assert (found * expected).sum(axis=1) == pytest.approx(1, abs=0.02)
    np.testing.assert_allclose(found[0], found[1], atol=1e-5)


def test_clip_compare(server: RunningServer, files: list[str]) -> None:
    texts = sdk(server, "clip_compare", files[0], ["dog", "cat", "car"])
    named = sdk(server, "clip_compare", files[0], {"a": "dog", "b": "cat"})
    images = sdk(server, "clip_compare", files[0], files, prompt_type="image", clip_version="ViT-B-16")
    words = sdk(server, "clip_compare", "dog", ["dog", "cat"], subject_type="text")

    assert len(texts["similarity"]) == 3
    assert [named["similarity"]["a"], named["similarity"]["b"]] == pytest.approx(texts["similarity"][:2], abs=1e-5)
    assert images["similarity"][0] == pytest.approx(1, abs=1e-5)
    assert max(images["similarity"][1:]) < 0.99
    assert words["similarity"][0] == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("mode", ["select_api_v0", "select_api_v1"])
def test_both_modes_of_the_sdk_send_the_key(server: RunningServer, files: list[str], mode: str) -> None:
    # The SDK's older mode sends the key in the query.
    assert len(sdk(server, "clip_compare", files[0], "dog", mode=mode)["similarity"]) == 1
    assert len(sdk(server, "get_clip_image_embeddings", files[0], mode=mode)["embeddings"]) == 1
    assert len(sdk(server, "get_clip_text_embeddings", "dog", mode=mode)["embeddings"]) == 1


def test_errors_of_the_sdk_contain_the_message_of_the_server(server: RunningServer, files: list[str]) -> None:
    wrong = sdk(server, "clip_compare", files[0], "dog", key="other")
    nine = sdk(server, "clip_compare", files[0], ["dog"] * 9)
    long = sdk(server, "get_clip_text_embeddings", "word " * 20)

    assert [found["status"] for found in (wrong, nine, long)] == [401, 500, 400]
    assert all(found["error"] == "HTTPCallErrorError" for found in (wrong, nine, long))
    assert "maximum number of prompts" in nine["text"]
    assert "too long for the model" in long["text"]
