from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from running_server import RunningServer, Serve, metric
from tiny_model import build_tiny_model
from waiting import wait_until

from clipdesk.core.errors import ServeError
from clipdesk.server.settings import VERSIONS, ServerSettings, model_map


@pytest.fixture(scope="module")
def other_model_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_tiny_model(tmp_path_factory.mktemp("other-model"), image_size=48)


def embed(server: RunningServer, version: str) -> int:
    return server.post("/clip/embed_text", {"text": "dog", "clip_version_id": version}).status


def loaded(server: RunningServer) -> int:
    return int(metric(server, "clipdesk_models_loaded"))


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


def test_the_first_request_for_another_version_waits_until_it_is_loaded(
    serve: Serve, tiny_model_dir: Path, other_model_dir: Path
) -> None:
    server = serve(models={"ViT-B-16": f"local-dir:{tiny_model_dir}", "other": f"local-dir:{other_model_dir}"})
    assert loaded(server) == 1

    answer = server.post("/clip/embed_text", {"text": "dog", "clip_version_id": "other"})

    assert answer.status == 200
    assert answer.json["resolved_model"]["model_id"] == "clip/other"
    assert loaded(server) == 2


def test_a_request_does_not_wait_longer_than_the_limit(serve: Serve, tiny_model_dir: Path) -> None:
    server = serve(models=dict.fromkeys(("ViT-B-16", "other"), f"local-dir:{tiny_model_dir}"), load_wait_s=0.0)

    answer = server.post("/clip/embed_text", {"text": "dog", "clip_version_id": "other"})

    assert answer.status == 503
    assert answer.headers["retry-after"] == "1"
    wait_until(lambda: embed(server, "other") == 200)


def test_requests_for_several_versions_at_once_load_one_after_the_other(serve: Serve, tiny_model_dir: Path) -> None:
    names = ("ViT-B-16", "second", "third", "fourth")
    server = serve(models=dict.fromkeys(names, f"local-dir:{tiny_model_dir}"), keep_models=2)

    with ThreadPoolExecutor(6) as pool:
        statuses = list(pool.map(lambda version: embed(server, version), names[1:] * 2))

    assert statuses == [200] * 6
    assert loaded(server) == 2


def test_the_default_model_stays_and_another_makes_room(serve: Serve, tiny_model_dir: Path) -> None:
    names = ("ViT-B-16", "second", "third", "fourth")
    server = serve(models=dict.fromkeys(names, f"local-dir:{tiny_model_dir}"), keep_models=3, load_wait_s=0.0)

    for version in names[1:]:
        wait_until(lambda version=version: embed(server, version) == 200)  # the default one is never asked for
        assert loaded(server) <= 3

    # With `load_wait_s` 0, only models in memory answer at once. “second” was the least recently used.
    assert [embed(server, version) for version in ("ViT-B-16", "third", "fourth", "second")] == [200, 200, 200, 503]


def test_models_that_cannot_be_loaded_displace_nothing(serve: Serve, tiny_model_dir: Path, tmp_path: Path) -> None:
    good, broken = f"local-dir:{tiny_model_dir}", f"local-dir:{tmp_path}"
    models = {"ViT-B-16": good, "good": good, "broken": broken, "also broken": broken}
    server = serve(models=models, keep_models=2)
    assert embed(server, "good") == 200

    statuses = [embed(server, version) for version in ("broken", "also broken", "ViT-B-16", "good")]

    assert statuses == [500, 500, 200, 200]
    assert loaded(server) == 2


def test_a_model_that_cannot_be_loaded_is_a_500_that_names_no_folder(
    serve: Serve, tiny_model_dir: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server = serve(models={"ViT-B-16": f"local-dir:{tiny_model_dir}", "broken": f"local-dir:{tmp_path}"})

    answers = [server.post("/clip/embed_text", {"text": "dog", "clip_version_id": "broken"}) for _ in range(2)]

    for answer in answers:
        assert answer.status == 500
        assert "server's log" in answer.json["message"]
        assert str(tmp_path) not in answer.json["message"]
    assert caplog.text.count("cannot be served") == 1  # it is not loaded again at once
    assert str(tmp_path) in caplog.text


def test_preloaded_models_are_in_memory_from_the_start(serve: Serve, tiny_model_dir: Path) -> None:
    models = dict.fromkeys(("ViT-B-16", "second"), f"local-dir:{tiny_model_dir}")

    server = serve(models=models, preload=("second",), keep_models=1, load_wait_s=0.0)

    assert loaded(server) == 2
    assert (embed(server, "ViT-B-16"), embed(server, "second")) == (200, 200)


def test_a_server_is_not_ready_before_its_preloaded_models_are(
    serve: Serve, tiny_model_dir: Path, tmp_path: Path
) -> None:
    models = {"ViT-B-16": f"local-dir:{tiny_model_dir}", "broken": f"local-dir:{tmp_path}"}
    server = serve(models=models, preload=("broken",), loaded=False)

    wait_until(lambda: embed(server, "ViT-B-16") == 200 and embed(server, "broken") == 500)

    assert server.get("/readiness").status == 503


def test_a_server_with_room_for_its_pinned_models_only_says_so(serve: Serve, tiny_model_dir: Path) -> None:
    models = dict.fromkeys(("ViT-B-16", "second"), f"local-dir:{tiny_model_dir}")
    server = serve(models=models, keep_models=1, preload=("ViT-B-16",))

    answer = server.post("/clip/embed_text", {"text": "dog", "clip_version_id": "second"})

    assert answer.status == 400
    assert "--keep-models 2" in answer.json["message"]


def test_a_server_with_room_for_one_model_loads_each_that_is_asked_for(serve: Serve, tiny_model_dir: Path) -> None:
    server = serve(models=dict.fromkeys(("ViT-B-16", "second"), f"local-dir:{tiny_model_dir}"), keep_models=1)

    statuses = [(embed(server, version), loaded(server)) for version in ("ViT-B-16", "second", "ViT-B-16")]

    assert statuses == [(200, 1)] * 3
    assert server.get("/readiness").status == 200


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
