from __future__ import annotations

from pathlib import Path

import pytest
from running_server import RunningServer, Serve
from tiny_model import build_tiny_model
from waiting import wait_until

from clipdesk.core.errors import ServeError
from clipdesk.server.settings import VERSIONS, ServerSettings, model_map


@pytest.fixture(scope="module")
def other_model_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_tiny_model(tmp_path_factory.mktemp("other-model"), image_size=48)


def embed(server: RunningServer, version: str) -> tuple[int, list[int]]:
    """Ask for a version until it answers; return the last status, and all of them."""
    statuses: list[int] = []

    def is_answered() -> bool:
        answer = server.post("/clip/embed_text", {"text": "dog", "clip_version_id": version})
        statuses.append(answer.status)
        assert answer.status != 503 or answer.headers["retry-after"] == "1"
        return answer.status != 503

    wait_until(is_answered)
    return statuses[-1], statuses


def loaded(server: RunningServer) -> int:
    line = next(
        line for line in server.get("/metrics").body.decode().splitlines() if line.startswith("clipdesk_models_loaded ")
    )
    return int(float(line.split()[1]))


def test_a_server_is_ready_once_its_default_model_is_loaded(serve: Serve) -> None:
    server = serve(loaded=False)
    seen = []

    def is_ready() -> bool:
        seen.append(server.get("/readiness").status)
        assert server.get("/healthz").json == {"status": "healthy"}
        return seen[-1] == 200

    wait_until(is_ready)

    assert set(seen) <= {200, 503}
    assert server.get("/readiness").json == {"status": "ready"}
    assert server.post("/clip/embed_text", {"text": "dog"}).status == 200


def test_another_version_is_loaded_when_it_is_first_asked_for(
    serve: Serve, tiny_model_dir: Path, other_model_dir: Path
) -> None:
    server = serve(models={"ViT-B-16": f"local-dir:{tiny_model_dir}", "other": f"local-dir:{other_model_dir}"})
    assert loaded(server) == 1

    status, statuses = embed(server, "other")

    assert status == 200
    assert statuses[0] == 503  # the model is being loaded
    assert loaded(server) == 2
    answer = server.post("/clip/embed_text", {"text": "dog", "clip_version_id": "other"}).json
    assert answer["resolved_model"]["model_id"] == "clip/other"


def test_the_number_of_models_in_memory_is_limited(serve: Serve, tiny_model_dir: Path) -> None:
    names = ("ViT-B-16", "second", "third")
    server = serve(models=dict.fromkeys(names, f"local-dir:{tiny_model_dir}"), keep_models=2)

    for version in ("second", "ViT-B-16", "third"):
        assert embed(server, version)[0] == 200
        assert loaded(server) <= 2

    # The least recently used model, “second”, has been unloaded; the others are still in memory.
    assert embed(server, "ViT-B-16") == (200, [200])
    assert embed(server, "third") == (200, [200])
    assert embed(server, "second")[1][0] == 503


def test_a_model_that_cannot_be_loaded_is_a_500_that_names_no_folder(
    serve: Serve, tiny_model_dir: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server = serve(models={"ViT-B-16": f"local-dir:{tiny_model_dir}", "broken": f"local-dir:{tmp_path}"})

    status, _ = embed(server, "broken")
    answer = server.post("/clip/embed_text", {"text": "dog", "clip_version_id": "broken"})

    assert status == answer.status == 500
    assert "server's log" in answer.json["message"]
    assert str(tmp_path) not in answer.json["message"]
    assert str(tmp_path) in caplog.text
    assert embed(server, "ViT-B-16")[0] == 200


def test_the_map_begins_with_the_nine_versions() -> None:
    from clipdesk.encoders.models.names import parse_model

    assert len(VERSIONS) == 9
    assert all(str(parse_model(name)) == name and "-quickgelu:openai" in name for name in VERSIONS.values())
    assert ServerSettings().models == VERSIONS


def test_a_model_and_pairs_override_the_default_models() -> None:
    found = model_map("starter", ["mine=local-dir:/a=b", " RN50 = hf-hub:a/b "])

    assert found == {**VERSIONS, "ViT-B-16": "starter", "mine": "local-dir:/a=b", "RN50": "hf-hub:a/b"}


@pytest.mark.parametrize("pair", ["mine", "=starter", "mine=", ""])
def test_an_invalid_pair_is_refused(pair: str) -> None:
    with pytest.raises(ServeError, match="VERSION=MODEL"):
        model_map(None, [pair])
