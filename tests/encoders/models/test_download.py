"""Downloads from a Hub on loopback: complete, interrupted, cancelled, damaged, refused and missing."""

from __future__ import annotations

import errno
import hashlib
import shutil
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from encoders.conftest import COMMIT, HubServer

from clipdesk.core.errors import Cancelled, ModelNotAvailableError
from clipdesk.encoders.local.open_clip import load_encoder
from clipdesk.encoders.models.catalog import download_model, is_downloaded
from clipdesk.encoders.models.download import download_files
from clipdesk.encoders.models.hub_cache import HubFile, UrlFile
from clipdesk.encoders.models.names import parse_model
from clipdesk.encoders.models.needed_files import needed_files
from clipdesk.encoders.models.progress import LoadProgress
from clipdesk.encoders.models.transfer import Retries

MODEL = "hf-hub:acme/tiny"
WEIGHTS = "open_clip_model.safetensors"
REPO_FOLDER = "models--acme--tiny"


@pytest.fixture
def tiny_hub(hub: HubServer, tiny_model_dir: Path) -> HubServer:
    hub.publish("acme/tiny", tiny_model_dir)
    return hub


@pytest.fixture
def size(tiny_model_dir: Path) -> int:
    return (tiny_model_dir / WEIGHTS).stat().st_size


def _go_offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)


# --- a complete download


def test_a_downloaded_model_loads_offline_with_the_same_numbers(
    tiny_hub: HubServer, tiny_model_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not is_downloaded(MODEL)
    download_model(MODEL)
    tiny_hub.requests.clear()
    _go_offline(monkeypatch)

    encoder = load_encoder(MODEL)

    assert is_downloaded(MODEL)
    assert tiny_hub.requests == []
    expected = load_encoder(f"local-dir:{tiny_model_dir}")
    np.testing.assert_array_equal(encoder.encode_texts(["a"]), expected.encode_texts(["a"]))
    assert encoder.identity.checkpoint == hashlib.sha256((tiny_model_dir / WEIGHTS).read_bytes()).hexdigest()
    assert encoder.identity.model == MODEL


def test_load_encoder_downloads_first_and_reports_both_stages(tiny_hub: HubServer, size: int) -> None:
    said: list[LoadProgress] = []

    load_encoder(MODEL, progress=said.append)

    assert [said[0].stage, said[-1].stage] == ["Downloading", "Loading"]
    assert said[-2] == LoadProgress("Downloading", size, size)
    assert sorted(progress.done_bytes for progress in said[:-1]) == [progress.done_bytes for progress in said[:-1]]


def test_huggingface_hub_finds_what_was_downloaded(tiny_hub: HubServer, own_cache: Path) -> None:
    from huggingface_hub import scan_cache_dir, try_to_load_from_cache

    download_model(MODEL)

    path = try_to_load_from_cache("acme/tiny", WEIGHTS, cache_dir=own_cache)
    assert str(own_cache / REPO_FOLDER / "snapshots" / COMMIT / WEIGHTS) == path
    (repo,) = scan_cache_dir(own_cache).repos
    assert {file.file_name for revision in repo.revisions for file in revision.files} == {
        "open_clip_config.json",
        WEIGHTS,
    }


def test_what_huggingface_hub_downloaded_is_found(
    tiny_hub: HubServer, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huggingface_hub import constants, hf_hub_download

    # It builds its URL template once, from the endpoint that was set when it was imported.
    template = constants.HUGGINGFACE_CO_URL_TEMPLATE.replace("https://huggingface.co", tiny_hub.url)
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)

    for name in ("open_clip_config.json", WEIGHTS):
        hf_hub_download("acme/tiny", name, cache_dir=own_cache)

    assert is_downloaded(MODEL)


def test_safetensors_are_preferred_to_a_pickle(tiny_hub: HubServer) -> None:
    tiny_hub.files["acme/tiny/open_clip_pytorch_model.bin"] = b"never"

    download_model(MODEL)

    assert tiny_hub.gets(".bin") == []


def test_text_tower_and_tokenizer_are_fetched_with_the_weights(
    hub: HubServer, hf_text_model_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, bert = tmp_path / "model", tmp_path / "bert"
    for folder in (model, bert):
        shutil.copytree(hf_text_model_dir, folder)
    for name in ("config.json", "tokenizer.json", "tokenizer_config.json"):
        (model / name).unlink()
    hub.publish("acme/korean", model)
    hub.publish("acme/tiny-bert", bert)
    download_model("hf-hub:acme/korean")
    hub.requests.clear()
    _go_offline(monkeypatch)

    cat, dog = load_encoder("hf-hub:acme/korean").encode_texts(["고양이", "dog"])

    assert hub.requests == []
    assert float(cat @ dog) < 0.99999


def test_a_folder_fetches_the_text_files_that_it_lacks(hub: HubServer, hf_text_model_dir: Path, tmp_path: Path) -> None:
    model = Path(shutil.copytree(hf_text_model_dir, tmp_path / "model"))
    hub.publish("acme/tiny-bert", hf_text_model_dir)
    for name in ("config.json", "tokenizer.json", "tokenizer_config.json"):
        (model / name).unlink()

    assert load_encoder(f"local-dir:{model}").encode_texts(["cat"]).shape == (1, 64)


def test_the_token_goes_to_the_hub_and_not_to_the_storage_host(
    tiny_hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "canary")

    download_model(MODEL)

    seen = {(host, authorization) for _, host, _, _, authorization in tiny_hub.requests}
    assert seen == {("127.0.0.1", "Bearer canary"), ("localhost", "")}


# --- interrupted, cancelled, resumed


def test_a_lost_connection_is_resumed(tiny_hub: HubServer, size: int) -> None:
    tiny_hub.cut_after = [300_000, 500_000]

    download_model(MODEL)

    assert is_downloaded(MODEL)
    ranges = [range_ for _, host, _, range_, _ in tiny_hub.gets(WEIGHTS) if host == "localhost"]
    assert ranges == ["", "bytes=300000-", "bytes=800000-"]


def test_a_cancelled_download_does_not_count_and_is_resumed_later(
    tiny_hub: HubServer, own_cache: Path, size: int
) -> None:
    tiny_hub.stall_after = 400_000
    cancel, arriving = threading.Event(), threading.Event()
    outcome: list[BaseException] = []

    def note(progress: LoadProgress) -> None:
        if progress.done_bytes:
            arriving.set()

    def run() -> None:
        try:
            download_model(MODEL, note, cancel)
        except Cancelled as stopped:
            outcome.append(stopped)

    thread = threading.Thread(target=run)
    thread.start()
    assert tiny_hub.stalled.wait(10)
    assert arriving.wait(10)
    cancel.set()
    tiny_hub.release.set()
    thread.join()

    assert len(outcome) == 1
    assert not is_downloaded(MODEL)
    with pytest.raises(ModelNotAvailableError):
        load_encoder(MODEL, download=False)
    (part,) = (own_cache / REPO_FOLDER / "blobs").glob("*.incomplete")
    there = part.stat().st_size
    assert 0 < there < size

    said: list[LoadProgress] = []
    download_model(MODEL, said.append)

    assert is_downloaded(MODEL)
    assert said[0] == LoadProgress("Downloading", there, size)
    assert tiny_hub.gets(WEIGHTS)[-1][3] == f"bytes={there}-"
    assert not list((own_cache / REPO_FOLDER).rglob("*.incomplete"))


def test_a_cancel_takes_effect_at_once_while_the_server_is_silent(tiny_hub: HubServer) -> None:
    tiny_hub.stall_after = 400_000
    files = needed_files(parse_model(MODEL))
    patient = Retries(timeout_s=60.0)
    cancel = threading.Event()

    with ThreadPoolExecutor(1) as pool:
        download = pool.submit(download_files, files, title=MODEL, progress=None, cancel=cancel, retries=patient)
        assert tiny_hub.stalled.wait(10)
        cancel.set()
        with pytest.raises(Cancelled):
            download.result(timeout=5)

    assert not tiny_hub.release.is_set()


def test_a_cancel_takes_effect_at_once_before_the_hub_answers(monkeypatch: pytest.MonkeyPatch, hub: HubServer) -> None:
    patient = Retries(timeout_s=60.0)
    cancel = threading.Event()

    with socket.create_server(("127.0.0.1", 0)) as silent, ThreadPoolExecutor(1) as pool:
        silent.settimeout(10)
        monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", f"http://127.0.0.1:{silent.getsockname()[1]}")
        files = [HubFile("acme/tiny", (WEIGHTS,))]
        download = pool.submit(download_files, files, title=MODEL, progress=None, cancel=cancel, retries=patient)
        connection, _ = silent.accept()
        with connection:
            cancel.set()
            with pytest.raises(Cancelled):
                download.result(timeout=5)


def test_a_download_that_keeps_breaking_ends_with_one_sentence_and_keeps_the_partial_file(tiny_hub: HubServer) -> None:
    tiny_hub.cut_after = [1_000_000, 0, 0, 0, 0]
    impatient = Retries(pause_s=0.01)

    with pytest.raises(ModelNotAvailableError, match=r"it goes on where it stopped \(1 of 1 MB are here\)"):
        download_files(needed_files(parse_model(MODEL)), title=MODEL, progress=None, cancel=None, retries=impatient)
    assert not is_downloaded(MODEL)

    download_model(MODEL)
    assert tiny_hub.gets(WEIGHTS)[-1][3] == "bytes=1000000-"


def test_a_damaged_download_is_deleted(tiny_hub: HubServer, own_cache: Path) -> None:
    tiny_hub.damaged.add(f"acme/tiny/{WEIGHTS}")

    with pytest.raises(ModelNotAvailableError, match="arrived damaged"):
        download_model(MODEL)

    assert not is_downloaded(MODEL)
    assert not list(own_cache.rglob("*.incomplete"))


def test_a_partial_file_that_is_longer_than_the_file_is_not_used(
    tiny_hub: HubServer, own_cache: Path, size: int
) -> None:
    checksum = hashlib.sha256(tiny_hub.files[f"acme/tiny/{WEIGHTS}"]).hexdigest()
    blobs = own_cache / REPO_FOLDER / "blobs"
    blobs.mkdir(parents=True)
    (blobs / f"{checksum}.incomplete").write_bytes(bytes(size + 10))

    with pytest.raises(ModelNotAvailableError, match="damaged"):
        download_model(MODEL)
    download_model(MODEL)

    assert is_downloaded(MODEL)


def test_two_downloads_at_once_fetch_the_weights_once(tiny_hub: HubServer) -> None:
    threads = [threading.Thread(target=download_model, args=(MODEL,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert is_downloaded(MODEL)
    assert len([host for _, host, *_ in tiny_hub.gets(WEIGHTS) if host == "localhost"]) == 1


def test_without_the_privilege_to_create_links_the_file_itself_is_kept(
    tiny_hub: HubServer, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise OSError(errno.EPERM, "A required privilege is not held by the client")  # Windows' message

    monkeypatch.setattr(Path, "symlink_to", refuse)

    download_model(MODEL)

    assert is_downloaded(MODEL)
    assert not (own_cache / REPO_FOLDER / "snapshots" / COMMIT / WEIGHTS).is_symlink()


# --- not available


def test_offline_is_one_sentence_and_quick(monkeypatch: pytest.MonkeyPatch, hub: HubServer) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", f"http://127.0.0.1:{unused.getsockname()[1]}")
        begun = time.monotonic()

        with pytest.raises(ModelNotAvailableError, match=r"cannot be reached.*Connect to the internet and try again"):
            download_model("ViT-B-32-256:datacomp_s34b_b86k")

    assert time.monotonic() - begun < 3


def test_a_hub_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch, hub: HubServer) -> None:
    impatient = Retries(timeout_s=0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", f"http://127.0.0.1:{silent.getsockname()[1]}")

        with pytest.raises(ModelNotAvailableError, match="cannot be reached"):
            download_files(needed_files(parse_model(MODEL)), title=MODEL, progress=None, cancel=None, retries=impatient)


def test_downloads_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    _go_offline(monkeypatch)

    with pytest.raises(ModelNotAvailableError, match="HF_HUB_OFFLINE"):
        load_encoder("ViT-B-32-256:datacomp_s34b_b86k")


def test_a_model_that_may_not_be_downloaded_is_reported() -> None:
    with pytest.raises(ModelNotAvailableError, match="clipdesk models download ViT-L-14:openai"):
        load_encoder("ViT-L-14:openai", download=False)


def test_a_repository_that_does_not_exist(tiny_hub: HubServer) -> None:
    with pytest.raises(ModelNotAvailableError, match="no model “acme/nothing”"):
        download_model("hf-hub:acme/nothing")


def test_a_repository_without_an_open_clip_model(hub: HubServer) -> None:
    hub.files["acme/words/README.md"] = b"words"

    with pytest.raises(ModelNotAvailableError, match=r"holds no open_clip_config\.json"):
        download_model("hf-hub:acme/words")


def test_a_page_that_is_not_the_hub(hub: HubServer) -> None:
    hub.portal = b"<html>Welcome to the hotel</html>"

    with pytest.raises(ModelNotAvailableError, match="does not answer as the Hugging Face Hub"):
        download_model(MODEL)


def test_a_full_disk_is_reported_before_the_download_begins(
    tiny_hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: type(usage)(usage.total, usage.total, 1000))

    with pytest.raises(ModelNotAvailableError, match="needs 1 MB more than is free"):
        download_files([HubFile("acme/tiny", (WEIGHTS,))], title=MODEL, progress=None, cancel=None)
    assert tiny_hub.gets(WEIGHTS) == []


# --- a URL of its own


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_disk_that_fills_up_during_the_download_is_not_taken_for_a_lost_connection(hub: HubServer) -> None:
    hub.files["weights.bin"] = bytes(range(256)) * 4000
    file = UrlFile(f"{hub.url}/storage/weights.bin", hashlib.sha256(hub.files["weights.bin"]).hexdigest())
    part = file.path.with_name(f"{file.path.name}.incomplete")
    part.parent.mkdir(parents=True, exist_ok=True)
    part.symlink_to("/dev/full")

    with pytest.raises(ModelNotAvailableError) as caught:
        download_files([file], title="weights", progress=None, cancel=None)

    assert "could not be downloaded: the disk is full" in str(caught.value)
    assert len(hub.gets("weights.bin")) == 1


def test_weights_with_a_url_are_checked_against_the_checksum_in_it(hub: HubServer) -> None:
    hub.files["weights.bin"] = bytes(range(256)) * 4000
    hub.cut_after = [100_000]
    checksum = hashlib.sha256(hub.files["weights.bin"]).hexdigest()
    right = UrlFile(f"{hub.url}/storage/weights.bin", checksum[:8])
    wrong = UrlFile(f"{hub.url}/storage/weights.bin", "0" * 64)

    download_files([right], title="weights", progress=None, cancel=None)
    with pytest.raises(ModelNotAvailableError, match="damaged"):
        download_files([wrong], title="weights", progress=None, cancel=None)

    cached = right.cached()
    assert cached is not None
    assert cached.read_bytes() == hub.files["weights.bin"]
    assert wrong.cached() is None
    assert "bytes=100000-" in [request[3] for request in hub.gets("weights.bin")]
