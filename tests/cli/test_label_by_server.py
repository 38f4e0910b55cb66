"""`clipdesk label --server`, with a real server on loopback."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from clip_server import Answer, Break, ClipServer, Fault, Received, running
from color_encoder import ColorEncoder, save_color_pictures
from numpy.typing import NDArray
from PIL import Image

from clipdesk.__main__ import main
from clipdesk.encoders.local.open_clip import load_encoder

CANARY = "rf_CANARY+key/42"


@pytest.fixture
def server() -> Iterator[ClipServer]:
    with running(ClipServer(ColorEncoder())) as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return save_color_pictures(tmp_path / "pictures", 12)


def label(folder: Path, server: ClipServer, *options: str) -> int:
    labels = ["--label", "red", "--label", "green", "--label", "blue"]
    return main(["label", str(folder), "--server", server.url, *labels, *options])


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_folder_is_labelled_by_a_server(
    folder: Path, server: ClipServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = label(folder, server, "--csv", str(tmp_path / "scores.csv"), "--model", "ViT-B-32")

    rows = read_csv(tmp_path / "scores.csv")
    said = capsys.readouterr().err
    assert code == 0
    assert [row["label"] for row in rows] == ["red", "green", "blue"] * 4
    assert f"ViT-B-32 on {server.host}" in said
    assert f"Sending 12 pictures, about 1.3 MB, and the prompts to {server.host}" in said
    assert {request.fields["clip_version_id"] for request in server.requests} == {"ViT-B-32"}


def test_without_a_model_the_version_is_named_all_the_same(folder: Path, server: ClipServer) -> None:
    label(folder, server)

    assert {request.fields["clip_version_id"] for request in server.requests} == {"ViT-B-16"}


def test_the_estimate_of_what_is_sent_is_about_right(
    shared_photos: Path, server: ClipServer, capsys: pytest.CaptureFixture[str]
) -> None:
    for options in ((), ("--jpeg",)):
        server.requests.clear()
        main(["label", str(shared_photos / "everyday"), "--server", server.url, "--label", "red", *options])
        told = float(capsys.readouterr().err.partition("about ")[2].partition(" MB")[0])
        sent = sum(len(request.body) for request in server.images()) / 1e6
        assert told == pytest.approx(sent, rel=0.35)


def test_the_same_weights_give_the_same_table_as_here(folder: Path, tiny_model_dir: Path, tmp_path: Path) -> None:
    model = f"local-dir:{tiny_model_dir}"
    labels = ["--label", "dog", "--label", "cat"]
    with running(ClipServer(load_encoder(model, device="cpu"))) as server:
        there = ["--server", server.url, "--same-weights-as", model]
        main(["label", str(folder), *there, *labels, "--csv", str(tmp_path / "there.csv")])
    main(["label", str(folder), "--model", model, *labels, "--csv", str(tmp_path / "here.csv")])

    for one, other in zip(read_csv(tmp_path / "there.csv"), read_csv(tmp_path / "here.csv"), strict=True):
        assert one["label"] == other["label"]
        for name in ("cosine:dog", "cosine:cat"):
            assert float(one[name]) == pytest.approx(float(other[name]), abs=1e-4)


def settle(folder: Path) -> None:
    """Images that have just been modified are recognised only by their content."""
    for path in folder.iterdir():
        os.utime(path, (1_600_000_000, 1_600_000_000))


def asked_texts(server: ClipServer) -> list[str]:
    return [text for request in server.texts() for text in request.fields["text"]]


def test_the_second_time_no_picture_and_no_text_is_sent(
    folder: Path, server: ClipServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settle(folder)
    assert label(folder, server, "--csv", str(tmp_path / "first.csv")) == 0
    assert len(server.images()) == 12
    assert set(asked_texts(server)) == {"a photo", "red", "green", "blue"}
    server.requests.clear()
    capsys.readouterr()

    assert label(folder, server, "--csv", str(tmp_path / "second.csv")) == 0

    assert server.images() == []
    assert asked_texts(server) == ["a photo"]  # the probe
    assert (tmp_path / "second.csv").read_bytes() == (tmp_path / "first.csv").read_bytes()
    said = capsys.readouterr().err
    assert "Nothing has to be sent" in said
    assert "Sending" not in said


def test_only_new_pictures_are_sent_and_their_number_is_reported(
    folder: Path, server: ClipServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settle(folder)
    assert label(folder, server) == 0
    (folder / "00 red.png").rename(folder / "renamed red.png")
    Image.new("RGB", (9, 9), (0, 0, 255)).save(folder / "new blue.png")
    server.requests.clear()
    capsys.readouterr()

    assert label(folder, server, "--label", "white", "--csv", str(tmp_path / "scores.csv")) == 0

    assert len(server.images()) == 1
    assert asked_texts(server) == ["a photo", "white"]
    # The renamed file is recognised only when it is read.
    assert "Sending 2 pictures" in capsys.readouterr().err
    assert all(row["label"] in row["filepath"].rpartition(os.sep)[2] for row in read_csv(tmp_path / "scores.csv"))


def test_without_the_store_everything_is_sent_again(folder: Path, server: ClipServer, own_store: Path) -> None:
    for _ in range(2):
        assert label(folder, server, "--no-cache") == 0

    assert len(server.images()) == 24
    assert not own_store.exists()


def test_what_was_answered_before_a_fault_is_not_sent_again(folder: Path, server: ClipServer) -> None:
    server.fault_of = lambda _: Answer(402) if len(server.images()) > 5 else None
    assert label(folder, server, "--parallel", "1") == 1
    server.fault_of = lambda _: None
    server.requests.clear()

    assert label(folder, server) == 0

    assert len(server.images()) == 7


def test_servers_and_models_do_not_share_embeddings(folder: Path, server: ClipServer) -> None:
    assert label(folder, server) == 0
    assert label(folder, server, "--model", "RN50") == 0
    assert len(server.images()) == 24

    with running(ClipServer(ColorEncoder())) as other:
        assert label(folder, other) == 0
        assert len(other.images()) == 12


class OtherColors(ColorEncoder):
    """Another model with the same name: its red is blue."""

    def encode_images(self, images: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
        return super().encode_images(images)[:, ::-1]

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = super().encode_texts(texts)[:, ::-1].copy()
        vectors[[text == "a photo" for text in texts]] = (0, 0, 1)
        return vectors


def test_another_model_behind_the_same_name_is_noticed(folder: Path, server: ClipServer, tmp_path: Path) -> None:
    settle(folder)
    assert label(folder, server) == 0
    server.encoder = OtherColors()
    server.requests.clear()

    for _ in range(2):
        assert label(folder, server, "--csv", str(tmp_path / "scores.csv")) == 0

    assert len(server.images()) == 12
    assert [row["label"] for row in read_csv(tmp_path / "scores.csv")] == ["red", "green", "blue"] * 4


def test_several_servers_share_a_folder(folder: Path, server: ClipServer, tmp_path: Path) -> None:
    with running(ClipServer(ColorEncoder(), latency_s=0.01)) as other:
        server.latency_s = 0.01
        code = label(folder, server, "--server", other.url, "--csv", str(tmp_path / "scores.csv"))

        assert code == 0
        assert len(server.images()) + len(other.images()) == 12
        assert other.images()
    assert [row["label"] for row in read_csv(tmp_path / "scores.csv")] == ["red", "green", "blue"] * 4


def test_a_refused_picture_is_a_row_and_exit_code_3(folder: Path, server: ClipServer, tmp_path: Path) -> None:
    server.next_faults += [None, None, Answer(400, b'{"message": "odd picture"}')]

    code = label(folder, server, "--parallel", "1", "--csv", str(tmp_path / "scores.csv"))

    rows = read_csv(tmp_path / "scores.csv")
    assert code == 3
    assert [row["status"] for row in rows].count("error") == 1
    assert "odd picture" in next(row["error"] for row in rows if row["status"] == "error")


def test_a_fault_that_ends_the_job_keeps_what_is_finished(
    folder: Path, server: ClipServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.fault_of = lambda _: Answer(402) if len(server.images()) > 5 else None

    code = label(folder, server, "--csv", str(tmp_path / "scores.csv"), "--parallel", "1")

    said = capsys.readouterr().err
    statuses = [row["status"] for row in read_csv(tmp_path / "scores.csv")]
    assert code == 1
    assert statuses.count("ok") == 5
    assert statuses.count("none") == 7
    assert said.count("no credits left") == 1
    assert said.splitlines()[-1].startswith("clipdesk: ")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--server", "http://93.184.216.34"], 1, "Use https"),
        (["--server", "https://host/?api_key=CANARY"], 1, "contains more than a host"),
        (["--server", "http://localhost:1"], 1, "cannot be reached"),
        (["--jpeg"], 2, "--server"),
    ],
)
def test_impossible_arguments_are_reported_in_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str
) -> None:
    assert main(["label", str(folder), "--label", "red", *arguments]) == code

    errors = capsys.readouterr().err.strip().splitlines()
    assert len(errors) == 1
    assert said in errors[0]
    assert "CANARY" not in errors[0]


def test_the_key_from_the_environment_is_used_and_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("API_KEY", CANARY)
    with running(ClipServer(ColorEncoder(), key=CANARY)) as server:
        code = label(folder, server)

    said = capsys.readouterr().err
    assert code == 0
    assert "the key in API_KEY" in said
    assert CANARY not in said


def test_no_output_contains_the_key(folder: Path, tmp_path: Path) -> None:
    """Run the real program with all its outputs against a server that repeats the key in every error."""
    written = tmp_path / "written"
    written.mkdir()
    environment = {**os.environ, "ROBOFLOW_API_KEY": CANARY}
    environment |= {"HOME": str(written), "XDG_CONFIG_HOME": str(written), "XDG_CACHE_HOME": str(written)}
    faults: list[Fault] = [
        *(
            Answer(status, json.dumps({"message": f"key {CANARY}"}).encode(), {"X-Key": CANARY})
            for status in (400, 422, 500, 503)
        ),
        Break("reset"),
        Answer(200, CANARY.encode()),
    ]
    left: list[Fault] = []

    def fault_of(request: Received) -> Fault | None:
        return left.pop() if left and request.path.endswith("embed_image") else None

    outputs = []
    with running(ClipServer(ColorEncoder(), key=CANARY)) as server:
        server.fault_of = fault_of
        for more in ([], ["--server", f"{server.url}/nowhere"]):
            left += faults
            command = [
                sys.executable,
                "-m",
                "clipdesk",
                "label",
                str(folder),
                "-v",
                "--label",
                "red",
                "--label",
                "blue",
            ]
            command += ["--server", server.url, *more, "--csv", str(written / "s.csv")]
            command += ["--jsonl", str(written / "s.jsonl"), "--details", str(written / "s.json")]
            result = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
            outputs += [result.stdout, result.stderr]
            assert not left
        assert CANARY in server.requests[-1].fields["api_key"]

    files = [path for path in written.rglob("*") if path.is_file()]
    assert {"s.csv", "s.jsonl", "s.json"} <= {path.name for path in files}
    assert any("DEBUG:asyncio" in output for output in outputs), "-v has no effect"
    for form in (CANARY, "rf_CANARY", "CANARY"):
        assert all(form not in output for output in outputs)
        assert all(form.encode() not in path.read_bytes() for path in files)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_an_interrupt_does_not_wait_for_the_server(folder: Path, server: ClipServer, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "clipdesk", "label", str(folder), "--label", "red", "--label", "blue"]
    command += ["--server", server.url, "--csv", str(tmp_path / "scores.csv")]
    server.hold()

    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert server.held.wait(60)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)

    assert process.returncode == 130, errors
    assert {row["status"] for row in read_csv(tmp_path / "scores.csv")} == {"none"}
