from __future__ import annotations

import contextlib
import io
import json
import logging
import os
import random
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from dataclasses import replace
from email.utils import formatdate
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from clip_server import Answer, Break, ClipServer, Fault, Received, Spoil, running
from color_encoder import ColorEncoder, save_color_pictures
from PIL import Image
from waiting import wait_until

from clipdesk.core.encoder import RemoteEncoder
from clipdesk.core.errors import (
    AccessError,
    AddressError,
    Cancelled,
    EncoderError,
    ImageRefusedError,
    ModelNotAvailableError,
    ServerError,
)
from clipdesk.core.labels.prompts import ImagePrompt
from clipdesk.core.line.embed import embed_images
from clipdesk.core.line.prompts import encode_prompts
from clipdesk.core.line.results import EmbeddedImage
from clipdesk.core.store.cached_encoder import CachedRemoteEncoder, is_loaded
from clipdesk.core.store.embedding_store import EmbeddingStore
from clipdesk.encoders.local.open_clip import load_encoder
from clipdesk.encoders.remote.api_keys import NO_KEY, ApiKey
from clipdesk.encoders.remote.pacing import Patience
from clipdesk.encoders.remote.roboflow import RoboflowEncoder, connect
from clipdesk.encoders.remote.servers import ServerChoice

CANARY = "rf_CANARY+key/42"

QUICK = Patience(
    connect_s=5, answer_s=10, warm_up_s=10, first_delay_s=0.004, longest_delay_s=0.05, longest_pause_s=60, tries=4
)

#: The tolerance for embeddings, which are rounded to the precision of the store.
AS_KEPT = 5e-4

SLOW = (Break("drip"), Break("stall"))

Connect = Callable[..., RoboflowEncoder]


@pytest.fixture
def server() -> Iterator[ClipServer]:
    with running(ClipServer(ColorEncoder())) as server:
        yield server


@pytest.fixture
def encoder_of() -> Iterator[Connect]:
    """Return a function that connects to servers. All encoders are closed at the end."""
    opened: list[RoboflowEncoder] = []

    def open_encoder(
        *servers: ClipServer,
        key: str = "",
        patience: Patience = QUICK,
        notice: Callable[[str], None] | None = None,
        **choice: Any,
    ) -> RoboflowEncoder:
        encoder = connect(
            ServerChoice(tuple(server.url for server in servers), **choice),
            key_of=lambda _: ApiKey(key),
            patience=patience,
            notice=notice,
        )
        opened.append(encoder)
        return encoder

    yield open_encoder
    for encoder in opened:
        encoder.close()


def picture(red: int, green: int, blue: int) -> np.ndarray[Any, np.dtype[np.uint8]]:
    return np.full((224, 224, 3), (red, green, blue), np.uint8)


RED = picture(255, 0, 0)


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    """Forty images, each with a different colour."""
    paths = []
    for number in range(40):
        path = tmp_path / f"{number}.png"
        Image.new("RGB", (30, 20), (number * 6, 255 - number * 6, 40)).save(path)
        paths.append(path)
    return paths


def expected(number: int) -> np.ndarray[Any, np.dtype[np.float32]]:
    color = np.array([number * 6, 255 - number * 6, 40], np.float32)
    return color / np.linalg.norm(color)


def embed(paths: list[Path], encoder: RoboflowEncoder) -> list[EmbeddedImage]:
    batches = embed_images(enumerate(paths), encoder, cancel=threading.Event())
    return [result for batch in batches for result in batch]


# --- What is sent, and what comes back


def test_every_picture_gets_its_own_vector_in_order(
    server: ClipServer, encoder_of: Connect, pictures: list[Path]
) -> None:
    server.latency_s = 0.002
    results = embed(pictures, encoder_of(server))

    assert [result.row for result in results] == list(range(40))
    for number, result in enumerate(results):
        assert result.embedding == pytest.approx(expected(number), abs=AS_KEPT)
    assert len(server.images()) == 40


def test_each_request_is_one_picture_with_version_key_and_length(server: ClipServer, encoder_of: Connect) -> None:
    encoder = encoder_of(server, key=CANARY, version="ViT-B-32")
    encoder.encode_images([RED, RED])
    encoder.encode_texts(["red"])

    for request in server.requests:
        assert request.method == "POST"
        assert request.fields["clip_version_id"] == "ViT-B-32"
        assert request.fields["api_key"] == CANARY
        assert int(request.headers["content-length"]) == len(request.body)
        assert "transfer-encoding" not in request.headers
        assert "authorization" not in request.headers
        assert CANARY not in request.path + str(request.headers)
    assert [request.fields["image"]["type"] for request in server.images()] == ["base64", "base64"]


def test_without_a_key_none_is_sent(server: ClipServer, encoder_of: Connect) -> None:
    encoder_of(server).encode_images([RED])

    assert all("api_key" not in request.fields for request in server.requests)


@pytest.mark.parametrize(
    ("version", "side"),
    [
        ("ViT-B-16", 224),
        ("ViT-B-32", 224),
        ("ViT-L-14", 224),
        ("RN50", 224),
        ("RN101", 224),
        ("ViT-L-14-336px", 336),
        ("RN50x4", 288),
        ("RN50x16", 384),
        ("RN50x64", 448),
        ("of-our-own", 448),
    ],
)
def test_pictures_are_sent_in_the_size_of_the_version(
    server: ClipServer, encoder_of: Connect, version: str, side: int
) -> None:
    encoder = encoder_of(server, version=version)

    encoder.encode_images([encoder.prepare_image(Image.new("RGB", (700, 500), (9, 9, 9)))])

    assert Image.open(io.BytesIO(server.images()[0].image)).size == (side, side)


@pytest.mark.parametrize(
    ("told", "side"),
    [
        ({"preprocessing": "v1 size=256x256 mode=RGB"}, 256),
        ({"preprocessing": "v1 size=256x128"}, 224),
        ({"preprocessing": "v1 size=1024x1024"}, 1024),
        *(({"preprocessing": f"v1 size={side}x{side}"}, 224) for side in (10, 31, 1025, 9999, 10_000)),
        *((told, 224) for told in ({"preprocessing": 5}, {"preprocessing": "none"}, {}, None, "clip", [1])),
    ],
)
def test_the_size_that_the_server_reports_takes_precedence(
    server: ClipServer, encoder_of: Connect, told: object, side: int
) -> None:
    server.resolved_model = told

    assert encoder_of(server).image_size == (side, side)


def test_a_number_with_thousands_of_digits_is_a_row_with_an_error(
    server: ClipServer, encoder_of: Connect, tmp_path: Path
) -> None:
    paths = save_color_pictures(tmp_path / "pictures", 6)
    encoder = encoder_of(server)
    long = Spoil(lambda answer: {**answer, "embeddings": [[int("9" * 4000), 1, 2]]})
    spoiled: list[bytes] = []

    def fault_of(request: Received) -> Fault | None:
        if not request.path.endswith("embed_image"):
            return None
        if not spoiled:
            spoiled.append(request.image)
        return long if request.image == spoiled[0] else None

    server.fault_of = fault_of

    results = embed(sorted(paths.iterdir()), encoder)

    assert sorted(result.embedding is None for result in results) == [False] * 4 + [True] * 2


def test_only_upright_pixels_are_sent_and_no_metadata(server: ClipServer, encoder_of: Connect, tmp_path: Path) -> None:
    upright = Image.new("RGB", (60, 60), (255, 0, 0))
    upright.paste((0, 0, 255), (0, 30, 60, 60))
    exif = Image.Exif()
    exif[0x0112] = 3  # orientation: rotated by 180°
    exif[0x010E] = "CANARY description"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    path = tmp_path / "CANARY name.jpg"
    upright.rotate(180).save(path, exif=exif, comment=b"CANARY comment", quality=95)

    embed([path], encoder_of(server))

    sent = server.images()[0]
    assert b"CANARY" not in sent.body
    assert b"CANARY" not in sent.image
    back = Image.open(io.BytesIO(sent.image))
    back.load()
    assert not back.info
    assert not back.getexif()
    assert back.getpixel((112, 30))[0] > 200  # type: ignore[index]
    assert back.getpixel((112, 190))[2] > 200  # type: ignore[index]


def test_jpeg_is_sent_on_request_and_has_its_own_identity(server: ClipServer, encoder_of: Connect) -> None:
    png, jpeg = encoder_of(server), encoder_of(server, image_format="jpeg")

    jpeg.encode_images([RED])

    assert server.images()[0].image.startswith(b"\xff\xd8")
    assert png.identity.key != jpeg.identity.key
    assert jpeg.upload.bytes_per_image < png.upload.bytes_per_image / 2


def test_each_text_is_sent_once(server: ClipServer, encoder_of: Connect) -> None:
    encoder = encoder_of(server)
    first = encoder.encode_texts(["red", "blue"])

    again = encoder.encode_texts(["blue", "green", "red"])

    assert again[[2, 0]] == pytest.approx(first)
    assert [request.fields["text"] for request in server.texts()[1:]] == [["red", "blue"], ["green"]]


def test_many_texts_are_all_answered(server: ClipServer, encoder_of: Connect) -> None:
    texts = [f"{color} {number}" for number in range(70) for color in ("red", "green", "blue")]

    vectors = encoder_of(server).encode_texts(texts)

    assert vectors.argmax(axis=1).tolist() == [0, 1, 2] * 70


def test_a_text_that_is_too_long_is_truncated_at_a_word_and_reported(server: ClipServer, encoder_of: Connect) -> None:
    long, short = "a red and blue parrot " * 20, "a red parrot"
    encoder = encoder_of(server)

    encoder.encode_texts([long, short])

    sent = server.texts()[-1].fields["text"]
    assert encoder.cut_texts([long, short]) == [long]
    assert long.startswith(sent[0])
    assert 70 <= len(sent[0].split()) <= 75
    assert sent[1] == short


def test_the_identity_depends_on_host_version_and_preprocessing(server: ClipServer, encoder_of: Connect) -> None:
    with running(ClipServer(ColorEncoder())) as other:
        encoders = [
            encoder_of(server),
            encoder_of(server, version="ViT-B-32"),
            encoder_of(server, version="RN50x4"),
            encoder_of(other),
            encoder_of(server, other),
        ]

    assert len({encoder.identity.key for encoder in encoders}) == len(encoders)
    assert encoders[0].identity.key == encoder_of(server).identity.key
    assert encoders[0].identity.preprocessing.startswith("v2 ")  # version 1 had unconverted colours
    assert encoders[0].score_rule.logit_scale == 100
    assert not encoders[0].score_rule.is_sigmoid


def test_the_same_weights_give_the_same_scores(encoder_of: Connect, photo_clip: Path, shared_photos: Path) -> None:
    local = load_encoder(f"local-dir:{photo_clip}", device="cpu")
    paths = sorted((shared_photos / "everyday").glob("*.jpg"))
    texts = ["a photo of a cat", "a photo of an owl", "a photo of a hot dog"]
    with running(ClipServer(load_encoder(f"local-dir:{photo_clip}", device="cpu"))) as server:
        remote = encoder_of(server, patience=Patience())
        there = np.stack([result.embedding for result in embed(paths, remote)])  # type: ignore[misc]
        here = np.stack(
            [r.embedding for b in embed_images(enumerate(paths), local, cancel=threading.Event()) for r in b]
        )  # type: ignore[misc]

        cosines_there = there @ remote.encode_texts(texts).T
    assert np.abs(cosines_there - here @ local.encode_texts(texts).T).max() < 1e-4
    assert (there * here).sum(axis=1).min() > 1 - 1e-4


def test_a_server_with_the_same_weights_may_share_the_local_identity(encoder_of: Connect, tiny_model_dir: Path) -> None:
    model = f"local-dir:{tiny_model_dir}"
    local = load_encoder(model, device="cpu")
    with running(ClipServer(load_encoder(model, device="cpu"))) as server:
        remote = encoder_of(server, same_weights_as=model, patience=Patience())
        lossy = encoder_of(server, same_weights_as=model, image_format="jpeg", patience=Patience())

        assert remote.identity == local.identity
        assert remote.score_rule == local.score_rule
        assert remote.image_size == local.image_size
        assert lossy.identity.key != local.identity.key
        pixels = local.prepare_image(Image.effect_noise((50, 40), 90).convert("RGB"))
        assert remote.encode_images([pixels]) == pytest.approx(local.encode_images([pixels]), abs=1e-5)


def test_a_server_with_other_weights_may_not_share_the_local_identity(
    server: ClipServer, encoder_of: Connect, tiny_model_dir: Path
) -> None:
    with pytest.raises(ServerError, match="does not have the weights"):
        encoder_of(server, same_weights_as=f"local-dir:{tiny_model_dir}")
    with pytest.raises(ModelNotAvailableError):
        encoder_of(server, same_weights_as="ViT-B-16-quickgelu:openai")


# --- How many requests at once


def embed_until(is_so: Callable[[], bool], paths: list[Path], encoder: RoboflowEncoder) -> None:
    """Embed again and again: on a busy computer answers are late, and the client rightly holds back."""
    deadline = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < deadline
        embed(paths, encoder)


def test_more_requests_are_sent_at_once_while_the_latency_stays_the_same(
    server: ClipServer, encoder_of: Connect, pictures: list[Path]
) -> None:
    server.latency_s = 0.05

    embed_until(lambda: server.busiest > 4, pictures, encoder_of(server, patience=Patience()))

    assert server.busiest <= 16


@pytest.mark.parametrize("most", [1, 3])
def test_the_number_of_concurrent_requests_is_limited(
    server: ClipServer, encoder_of: Connect, pictures: list[Path], most: int
) -> None:
    server.latency_s = 0.01

    results = embed(pictures, encoder_of(server, most_at_once=most))

    assert server.busiest == most
    assert [result.row for result in results] == list(range(40))


def test_several_servers_share_the_work(server: ClipServer, encoder_of: Connect, pictures: list[Path]) -> None:
    server.latency_s = 0.01
    with running(ClipServer(ColorEncoder(), latency_s=0.01)) as other:
        results = embed(pictures * 3, encoder_of(server, other))
        shares = len(server.images()), len(other.images())

    assert [result.row for result in results] == list(range(120))
    assert sum(shares) == 120
    assert min(shares) > 10


def test_when_one_of_several_servers_fails_the_others_take_over(
    server: ClipServer, encoder_of: Connect, pictures: list[Path]
) -> None:
    with running(ClipServer(ColorEncoder())) as other:
        encoder = encoder_of(server, other)
        other.fault_of = lambda _: Break("reset")
        results = embed(pictures * 3, encoder)

    assert [result.embedding is not None for result in results] == [True] * 120


def test_servers_with_different_models_are_refused(server: ClipServer, encoder_of: Connect) -> None:
    class Turned(ColorEncoder):
        def encode_texts(self, texts: Any) -> Any:
            return super().encode_texts(texts) * np.array([1, -1, 1], np.float32)

    with running(ClipServer(Turned())) as other, pytest.raises(ServerError, match="the same model"):
        encoder_of(server, other)


def test_memory_does_not_grow_with_the_folder(server: ClipServer, encoder_of: Connect, pictures: list[Path]) -> None:
    taken = 0

    def endless() -> Iterator[tuple[int, Path]]:
        nonlocal taken
        while True:
            taken += 1
            yield taken, pictures[0]

    encoder = encoder_of(server, most_at_once=4)
    generator = embed_images(endless(), encoder, cancel=threading.Event())
    finished = sum(len(next(generator)) for _ in range(8))
    generator.close()

    assert 0 <= taken - finished <= 2 * encoder.batch_size == 16


# --- Cancelling


def test_a_job_can_be_cancelled_while_the_server_does_not_answer(
    server: ClipServer, encoder_of: Connect, pictures: list[Path]
) -> None:
    encoder = encoder_of(server, patience=Patience())
    server.hold()
    cancel = threading.Event()
    batches: list[list[EmbeddedImage]] = []
    job = threading.Thread(target=lambda: batches.extend(embed_images(enumerate(pictures), encoder, cancel=cancel)))
    job.start()
    assert server.held.wait(10)

    started = time.monotonic()
    cancel.set()
    job.join(20)

    assert not job.is_alive()
    assert time.monotonic() - started < 10  # the timeout of a request is 60 s
    assert batches == []
    # No more requests follow, and the next job can use the server at once.
    sent = len(server.images())
    server.release()
    assert [result.embedding is not None for result in embed(pictures[:3], encoder)] == [True] * 3
    assert len(server.images()) == sent + 3


def test_nothing_is_sent_after_a_cancel_even_when_another_request_ends(server: ClipServer, encoder_of: Connect) -> None:
    encoder = encoder_of(server, most_at_once=1)
    cancel = threading.Event()
    server.hold()
    first, second = encoder.send_image(RED, cancel), encoder.send_image(RED, cancel)
    assert server.held.wait(10)

    cancel.set()
    server.release()

    assert first.result(10) == pytest.approx([1, 0, 0])
    with pytest.raises(CancelledError):
        second.result(10)
    assert len(server.images()) == 1


def test_a_job_can_be_cancelled_during_a_rate_limit(
    server: ClipServer, encoder_of: Connect, pictures: list[Path]
) -> None:
    encoder = encoder_of(server)
    server.fault_of = lambda _: Answer(429, headers={"Retry-After": "50"})
    cancel = threading.Event()
    job = threading.Thread(target=lambda: list(embed_images(enumerate(pictures), encoder, cancel=cancel)))
    job.start()
    wait_until(lambda: encoder.activity.waiting_s > 0)

    assert 40 < encoder.activity.waiting_s <= 50
    cancel.set()
    job.join(20)

    assert not job.is_alive()


def test_answers_before_a_cancel_are_kept(server: ClipServer, encoder_of: Connect, pictures: list[Path]) -> None:
    """The first image is never answered, but the later ones are, and need not be sent again."""
    encoder = encoder_of(server, patience=Patience(), most_at_once=4)
    server.next_faults.append(Break("stall"))
    cancel = threading.Event()
    kept: list[EmbeddedImage] = []

    def job() -> None:
        for batch in embed_images(enumerate(pictures[:8]), encoder, cancel=cancel, workers=1):
            kept.extend(batch)

    thread = threading.Thread(target=job)
    thread.start()
    wait_until(lambda: len(server.images()) == 8 and encoder.activity.in_flight == 1)
    cancel.set()
    thread.join(20)

    rows = [result.row for result in kept]
    assert len(rows) == 7
    assert rows == sorted(rows)
    assert all(result.embedding == pytest.approx(expected(result.row), abs=AS_KEPT) for result in kept)


def test_an_encoder_with_stored_texts_is_still_remote(server: ClipServer, encoder_of: Connect, tmp_path: Path) -> None:
    remote = encoder_of(server)
    with contextlib.closing(EmbeddingStore(tmp_path / "s.sqlite3")) as store:
        kept = CachedRemoteEncoder(remote, store)
        assert isinstance(kept, RemoteEncoder)
        assert is_loaded(kept)
        assert (kept.upload, kept.place, kept.identity) == (remote.upload, remote.place, remote.identity)
        first = kept.encode_texts(["red", "blue"])

        again = CachedRemoteEncoder(encoder_of(server), store).encode_texts(["blue", "red"])

        assert np.array_equal(again, first[::-1])
        assert [request.fields["text"] for request in server.texts()].count(["a photo"]) == 2
        assert len(server.texts()) == 3


@pytest.mark.parametrize("ended_by", ["cancel", "fault"])
def test_answers_before_the_end_of_a_job_are_stored(
    server: ClipServer, encoder_of: Connect, pictures: list[Path], tmp_path: Path, ended_by: str
) -> None:
    """The first image is never answered, or its answer ends the job."""
    encoder = encoder_of(server, patience=Patience(), most_at_once=4)
    server.next_faults.append(Break("stall") if ended_by == "cancel" else Answer(402))
    server.latency_s = 0.05
    cancel = threading.Event()
    rows: list[int] = []

    with contextlib.closing(EmbeddingStore(tmp_path / "s.sqlite3")) as store:

        def job() -> None:
            with contextlib.suppress(AccessError):
                for batch in embed_images(enumerate(pictures[:8]), encoder, cancel=cancel, workers=1, store=store):
                    rows.extend(result.row for result in batch)

        thread = threading.Thread(target=job)
        thread.start()
        if ended_by == "cancel":
            wait_until(lambda: len(server.images()) == 8 and encoder.activity.in_flight == 1)
            cancel.set()
        thread.join(10)
        server.requests.clear()
        results = embed_with_store(pictures[:8], encoder, store)

    assert len(rows) == 7 or ended_by == "fault"
    assert len(server.images()) == 8 - len(rows)
    assert [result.row for result in results] == list(range(8))
    assert all(result.embedding == pytest.approx(expected(result.row), abs=AS_KEPT) for result in results)


def embed_with_store(paths: list[Path], encoder: RoboflowEncoder, store: EmbeddingStore) -> list[EmbeddedImage]:
    batches = embed_images(enumerate(paths), encoder, cancel=threading.Event(), store=store)
    return [result for batch in batches for result in batch]


def test_waiting_for_texts_can_be_interrupted(server: ClipServer, encoder_of: Connect) -> None:
    encoder = encoder_of(server, patience=Patience())
    arrived = threading.Event()

    def stall(_: Received) -> Fault:
        arrived.set()
        return Break("stall")

    server.fault_of = stall
    errors: list[Exception] = []

    def ask() -> None:
        try:
            encoder.encode_texts(["red"])
        except Cancelled as error:
            errors.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    assert arrived.wait(10)
    encoder.interrupt()
    thread.join(20)

    assert len(errors) == 1


def test_connecting_can_be_cancelled(server: ClipServer) -> None:
    cancel = threading.Event()

    def stall(_: Received) -> Fault:
        cancel.set()
        return Break("stall")

    server.fault_of = stall

    with pytest.raises(Cancelled):
        connect(ServerChoice((server.url,)), key_of=lambda _: NO_KEY, cancel=cancel)


# --- Faults


def embed_red(encoder: RoboflowEncoder) -> np.ndarray[Any, np.dtype[np.float32]]:
    return encoder.encode_images([RED])[0]


@pytest.mark.parametrize("status", [400, 413, 415])
def test_a_refused_picture_is_a_row_and_is_not_sent_again(
    server: ClipServer, encoder_of: Connect, pictures: list[Path], status: int
) -> None:
    encoder = encoder_of(server, most_at_once=1)
    server.next_faults += [None, Answer(status, b'{"message": "this picture is odd"}'), None]

    results = embed(pictures[:4], encoder)

    assert [result.embedding is None for result in results].count(True) == 1
    error = next(result.error for result in results if result.error)
    assert str(status) in error
    assert status == 413 or "this picture is odd" in error
    assert len(server.images()) == 4


def test_the_body_of_a_422_is_never_shown(server: ClipServer, encoder_of: Connect) -> None:
    encoder = encoder_of(server, key=CANARY)
    server.next_faults.append(Answer(422, json.dumps({"detail": [{"input": {"api_key": CANARY}}]}).encode()))

    with pytest.raises(ImageRefusedError) as refused:
        embed_red(encoder)

    assert str(refused.value) == f"{server.host} refused this picture (422)."


@pytest.mark.parametrize(
    ("status", "remedy"), [(401, "another key"), (402, "credits"), (403, "workspace"), (423, "Resume")]
)
def test_missing_access_ends_the_job_with_one_message_and_the_remedy(
    server: ClipServer, encoder_of: Connect, pictures: list[Path], status: int, remedy: str
) -> None:
    encoder = encoder_of(server, key=CANARY, most_at_once=1)
    server.fault_of = lambda request: Answer(status, CANARY.encode()) if len(server.images()) > 5 else None
    finished: list[EmbeddedImage] = []

    with pytest.raises(AccessError, match=remedy) as ended:
        for batch in embed_images(enumerate(pictures), encoder, cancel=threading.Event()):
            finished += batch

    assert CANARY not in str(ended.value)
    assert len({result.row for result in finished}) == len(finished) == 5
    assert len(server.images()) == 6


def test_after_the_end_of_a_job_its_later_pictures_are_not_sent(server: ClipServer, encoder_of: Connect) -> None:
    """The decoding threads may hand over an image after its job has ended."""
    encoder = encoder_of(server)
    job, next_job = threading.Event(), threading.Event()
    server.next_faults.append(Answer(402))
    with pytest.raises(AccessError):
        encoder.send_image(RED, job).result(10)

    with pytest.raises(AccessError, match="credits"):
        encoder.send_image(RED, job).result(10)

    assert len(server.images()) == 1
    assert encoder.send_image(RED, next_job).result(10) == pytest.approx([1, 0, 0])


def test_a_missing_key_and_a_wrong_key_are_distinguished(encoder_of: Connect) -> None:
    with running(ClipServer(ColorEncoder(), key="right")) as server:
        with pytest.raises(AccessError, match="needs an API key"):
            encoder_of(server)
        with pytest.raises(AccessError, match="does not accept the key"):
            encoder_of(server, key="wrong")
        encoder_of(server, key="right")


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_a_rate_limit_pauses_for_as_long_as_the_server_asks(server: ClipServer, encoder_of: Connect, form: str) -> None:
    encoder = encoder_of(server)
    # A date has whole seconds, so a date two seconds from now is at least one second away.
    value, least_s = ("0.4", 0.4) if form == "seconds" else (formatdate(time.time() + 2, usegmt=True), 0.95)
    server.next_faults.append(Answer(429, b"slow down", {"Retry-After": value}))

    started = time.monotonic()
    vector = embed_red(encoder)

    assert time.monotonic() - started >= least_s
    assert vector == pytest.approx([1, 0, 0])
    assert len(server.images()) == 2


def test_a_rate_limit_without_a_time_backs_off_exponentially(server: ClipServer, encoder_of: Connect) -> None:
    encoder = encoder_of(server)
    server.next_faults += [Answer(429)] * 7

    assert embed_red(encoder) == pytest.approx([1, 0, 0])
    assert len(server.images()) == 8


def test_a_rate_limit_that_never_ends_ends_the_job(server: ClipServer, encoder_of: Connect) -> None:
    encoder = encoder_of(server)
    server.fault_of = lambda _: Answer(429)

    with pytest.raises(ServerError, match="too many requests"):
        embed_red(encoder)


def test_a_pause_of_an_hour_ends_the_job(server: ClipServer, encoder_of: Connect) -> None:
    encoder = encoder_of(server)
    server.next_faults.append(Answer(429, headers={"Retry-After": "3600"}))

    with pytest.raises(ServerError, match="60 min"):
        embed_red(encoder)


@pytest.mark.parametrize("status", [429, 503])
def test_an_overload_halves_the_number_of_concurrent_requests(
    server: ClipServer, encoder_of: Connect, pictures: list[Path], status: int
) -> None:
    server.latency_s = 0.02
    encoder = encoder_of(server)
    pace = encoder._client.servers[0]
    embed_until(lambda: pace.limit >= 4, pictures, encoder)
    before = pace.limit
    server.next_faults.append(Answer(status))

    embed_red(encoder)

    assert pace.limit == before / 2


@pytest.mark.parametrize(
    "stumble",
    [
        Answer(500, b"Internal Server Error"),
        Answer(501),
        Answer(200, b"<html>not json</html>"),
        Answer(200, b""),
        Answer(200, b"[" * 100_000),
        Answer(200, b'{"message": "fine"}'),
        Answer(204),
        Answer(200, b"not gzip", {"Content-Encoding": "gzip"}),
        Spoil(lambda answer: {**answer, "embeddings": []}),
        Spoil(lambda answer: {**answer, "embeddings": answer["embeddings"] * 2}),
        Spoil(lambda answer: {**answer, "embeddings": answer["embeddings"][0]}),
        Spoil(lambda answer: {**answer, "embeddings": [answer["embeddings"][0][:2]]}),
        Spoil(lambda answer: {**answer, "embeddings": [[float("nan"), 1, 2]]}),
        Spoil(lambda answer: {**answer, "embeddings": [[float("inf"), 1, 2]]}),
        Spoil(lambda answer: {**answer, "embeddings": [[1e308, 1e308, 1e308]]}),
        Spoil(lambda answer: {**answer, "embeddings": [[0, 0, 0]]}),
        Spoil(lambda answer: {**answer, "embeddings": [[None, None, None]]}),
        Spoil(lambda answer: {**answer, "embeddings": [["a", "b", "c"]]}),
        Spoil(lambda answer: {**answer, "embeddings": {"0": 1}}),
        Spoil(lambda answer: [answer]),
        Spoil(lambda answer: {**answer, "embeddings": [[int("9" * 4000), 1, 2]]}),
        Spoil(lambda answer: json.dumps(answer).encode().replace(b"[[", b"[[" + b"9" * 5000)),
        Spoil(lambda answer: {**answer, "embeddings": [[1.0] * 20_000]}),
        Spoil(lambda answer: {**answer, "more": [[]] * 1000}),
    ],
)
def test_a_server_error_is_retried_once_then_the_picture_is_given_up(
    server: ClipServer, encoder_of: Connect, stumble: Fault
) -> None:
    encoder = encoder_of(server)
    server.next_faults.append(stumble)
    assert embed_red(encoder) == pytest.approx([1, 0, 0])
    assert len(server.images()) == 2

    server.next_faults += [stumble, stumble]
    with pytest.raises(ImageRefusedError):
        embed_red(encoder)
    assert len(server.images()) == 4


@pytest.mark.parametrize(
    "absence",
    [
        Answer(502),
        Answer(503, b"loading"),
        Answer(503, headers={"Retry-After": "0.02"}),
        Answer(504),
        Answer(408),
        Answer(522, b"<html>"),
        Break("reset"),
        Break("close"),
        Break("cut"),
        Break("drip"),
        Break("stall"),
    ],
)
def test_an_unavailable_server_is_retried_several_times_then_the_picture_is_given_up(
    server: ClipServer, encoder_of: Connect, absence: Fault
) -> None:
    tries = 2 if absence in SLOW else 4  # each slow attempt takes the whole timeout
    encoder = encoder_of(server, patience=replace(QUICK, answer_s=0.6 if absence in SLOW else 10, tries=tries))
    server.next_faults += [absence] * (tries - 1)
    assert embed_red(encoder) == pytest.approx([1, 0, 0])
    assert len(server.images()) == tries

    # The server still answers texts, so only the image is given up.
    server.fault_of = lambda request: absence if request.path.endswith("embed_image") else None
    with pytest.raises(ImageRefusedError):
        embed_red(encoder)
    assert len(server.images()) == 2 * tries


def test_a_server_that_goes_away_ends_the_job_which_can_be_continued(
    server: ClipServer, encoder_of: Connect, pictures: list[Path]
) -> None:
    encoder = encoder_of(server, most_at_once=2)
    server.fault_of = lambda request: Break("reset") if len(server.images()) > 10 else None
    rows: list[int] = []
    with pytest.raises(ServerError, match="continue when it is back"):
        for batch in embed_images(enumerate(pictures), encoder, cancel=threading.Event()):
            rows += [result.row for result in batch]
    assert 8 <= len(rows) <= 10

    server.fault_of = lambda _: None
    rest = [(row, path) for row, path in enumerate(pictures) if row not in rows]
    for batch in embed_images(rest, encoder, cancel=threading.Event()):
        rows += [result.row for result in batch if result.embedding is not None]

    assert sorted(rows) == list(range(40))


def test_all_requests_share_the_retries_of_one_when_the_server_goes_away(
    encoder_of: Connect, pictures: list[Path]
) -> None:
    """Delays count the failures of one request: counting those of all requests in flight would take minutes."""
    patience = replace(QUICK, first_delay_s=0.02, longest_delay_s=60, worth_telling_s=0.03)
    pauses: list[float] = []

    def on_notice(text: str) -> None:
        if "does not answer: trying again" in text:
            pauses.append(encoder.activity.waiting_s)

    with running(ClipServer(ColorEncoder(), latency_s=0.01)) as server:
        encoder = encoder_of(server, patience=patience, notice=on_notice)
        embed_until(lambda: server.busiest > 3, pictures, encoder)
    pauses.clear()
    with pytest.raises(ServerError, match="cannot be reached"):
        embed(pictures, encoder)

    assert pauses
    assert not encoder.activity.is_asked_to_wait
    # 0.02 s, doubled for each of its failures except the last.
    assert max(pauses) <= 0.02 * 2 ** (patience.tries - 1)


def test_a_server_that_fails_with_every_picture_ends_the_job(
    server: ClipServer, encoder_of: Connect, pictures: list[Path]
) -> None:
    encoder = encoder_of(server, most_at_once=2)
    server.fault_of = lambda request: Answer(500) if request.path.endswith("embed_image") else None

    with pytest.raises(ServerError, match="in a row"):
        embed(pictures, encoder)

    assert len(server.images()) <= 30


def test_a_port_without_a_server_is_reported(encoder_of: Connect) -> None:
    with running(ClipServer(ColorEncoder())) as server:
        pass

    with pytest.raises(ServerError, match=r"cannot be reached\. Is the server running"):
        encoder_of(server)


def test_a_server_that_is_loading_its_model_is_awaited_with_a_notice(server: ClipServer) -> None:
    server.next_faults += [Answer(503, b'{"message": "loading"}', {"Retry-After": "0.1"})] * 3
    patience = Patience(first_delay_s=0.01, worth_telling_s=0.15)
    said: list[str] = []

    encoder = connect(ServerChoice((server.url,)), key_of=lambda _: NO_KEY, notice=said.append, patience=patience)
    encoder.close()

    assert len(said) == 1
    assert "warming up" in said[0]


def test_a_model_that_the_server_lacks_is_reported(server: ClipServer, encoder_of: Connect) -> None:
    server.fault_of = lambda _: Answer(500, b"Internal error")
    with pytest.raises(ServerError, match="no model “ViT-B-61”"):
        encoder_of(server, version="ViT-B-61")
    server.fault_of = lambda _: Answer(400, b'{"message": "known: starter"}')
    with pytest.raises(ServerError, match="known: starter"):
        encoder_of(server, version="begin")


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed_and_takes_no_key_elsewhere(
    server: ClipServer, encoder_of: Connect, status: int
) -> None:
    with running(ClipServer(ColorEncoder())) as other:
        encoder = encoder_of(server, key=CANARY)
        server.fault_of = lambda request: Answer(status, headers={"Location": f"{other.url}{request.path}?k={CANARY}"})

        with pytest.raises(ServerError, match=r"127\.0\.0\.1, which ClipDesk does not follow") as ended:
            embed_red(encoder)

        assert other.count == 0
        assert CANARY not in str(ended.value)


@pytest.mark.parametrize("status", [404, 405])
def test_a_server_without_the_clip_api_is_reported(server: ClipServer, encoder_of: Connect, status: int) -> None:
    server.fault_of = lambda _: Answer(status, b"<html>nginx</html>")

    with pytest.raises(ServerError, match="no CLIP API"):
        encoder_of(server)


def test_http_to_the_internet_is_refused_before_anything_is_sent() -> None:
    with pytest.raises(AddressError):
        connect(ServerChoice(("http://93.184.216.34",)), key_of=lambda _: ApiKey(CANARY))


def test_an_untrusted_certificate_is_not_accepted(tmp_path: Path) -> None:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-keyout", tmp_path / "key.pem", "-out", tmp_path / "cert.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    with running(ClipServer(ColorEncoder(), tls=context)) as server:
        with pytest.raises(ServerError, match="certificate"):
            connect(ServerChoice((f"https://{server.host}",)), key_of=lambda _: ApiKey(CANARY), patience=QUICK)
        assert server.count == 0


def test_plain_http_uses_no_proxy(server: ClipServer, encoder_of: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    with running(ClipServer(ColorEncoder())) as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        monkeypatch.setenv("no_proxy", "")
        encoder_of(server, key=CANARY).encode_images([RED])
        assert proxy.count == 0


def test_an_answer_that_is_too_large_is_cut_off(server: ClipServer, encoder_of: Connect) -> None:
    encoder = encoder_of(server, patience=Patience(first_delay_s=0.01))
    server.next_faults.append(Answer(200, b" " * 33_000_000))

    assert embed_red(encoder) == pytest.approx([1, 0, 0])


def test_the_reason_for_a_refused_prompt_is_shown(server: ClipServer, encoder_of: Connect) -> None:
    encoder = encoder_of(server)
    server.next_faults.append(Answer(400, b'{"message": "text too long"}'))

    with pytest.raises(EncoderError, match="text too long"):
        encoder.encode_texts(["red"])
    assert encoder.encode_texts(["red"])[0] == pytest.approx([1, 0, 0])


def test_reference_images_are_embedded(server: ClipServer, encoder_of: Connect, pictures: list[Path]) -> None:
    references = [ImagePrompt(path) for path in pictures[:2]]

    vectors, _ = encode_prompts(references, encoder_of(server))

    assert vectors[references[1]] == pytest.approx(expected(1), abs=AS_KEPT)


# --- All of it together


@pytest.mark.parametrize("calls", [int(os.environ.get("CLIPDESK_FAULT_CALLS", "1000"))])
def test_no_row_is_missing_or_duplicated_whatever_the_server_does(
    tmp_path: Path, encoder_of: Connect, calls: int
) -> None:
    """Each image has a different colour, and must get its own embedding. CLIPDESK_FAULT_CALLS=10000 runs it longer."""
    generator = random.Random(4)
    paths = []
    for number in range(64):
        paths.append(tmp_path / f"{number}.png")
        Image.new("RGB", (4, 4), (number * 4, 255 - number * 4, 9)).save(paths[-1])
    (tmp_path / "broken.png").write_bytes(b"\x89PNG")
    paths.append(tmp_path / "broken.png")
    faults: list[Fault] = [
        *(Answer(status) for status in (400, 413, 429, 500, 502, 503, 504)),
        Answer(422, CANARY.encode()),
        Answer(429, headers={"Retry-After": "0"}),
        Answer(503, headers={"Retry-After": "0.01"}),
        Answer(200, b"{"),
        *(Break(how) for how in ("reset", "close", "cut")),
        Spoil(lambda answer: {**answer, "embeddings": [[float("nan")] * 3]}),
        Spoil(lambda answer: {**answer, "embeddings": answer["embeddings"] * 2}),
        Spoil(lambda answer: {**answer, "embeddings": [[1.0]]}),
    ]
    with running(ClipServer(ColorEncoder(), keep_requests=False)) as server:
        encoder = encoder_of(server, key=CANARY)
        server.fault_of = lambda _: generator.choice(faults) if generator.random() < 0.2 else None
        rows: list[int] = []
        errors = 0
        source = ((row, paths[row % len(paths)]) for row in range(calls))
        for batch in embed_images(source, encoder, cancel=threading.Event()):
            for result in batch:
                rows.append(result.row)
                number = result.row % len(paths)
                if result.embedding is None:
                    errors += 1
                    assert CANARY not in result.error
                else:
                    color = np.array([number * 4, 255 - number * 4, 9], np.float32)
                    assert result.embedding == pytest.approx(color / np.linalg.norm(color), abs=AS_KEPT)
        sent = server.count

    assert rows == list(range(calls))
    assert calls // len(paths) < errors < calls // 8
    assert sent > calls


def test_the_key_is_in_no_log_and_no_error(
    encoder_of: Connect, caplog: pytest.LogCaptureFixture, pictures: list[Path]
) -> None:
    # By name as well: `clipdesk` itself lets these two say no more than warnings once it has run in this process.
    for name in (None, "httpx2", "httpcore2"):
        caplog.set_level(logging.DEBUG, logger=name)
    faults: list[Fault] = [
        *(Answer(status, f"bad {CANARY}".encode()) for status in (302, 400, 401, 404, 422, 429, 500, 503)),
        *(Answer(s, json.dumps({"message": f"no {CANARY}", "api_key": CANARY}).encode()) for s in (400, 403, 500, 503)),
        *(Break(how) for how in ("reset", "close", "cut")),
        Answer(200, CANARY.encode()),
    ]
    said = []
    with running(ClipServer(ColorEncoder())) as server:
        encoder = encoder_of(server, key=CANARY, patience=replace(QUICK, answer_s=0.5))
        for fault in faults:
            server.fault_of = lambda _, fault=fault: fault  # type: ignore[misc]
            for work in (lambda: embed_red(encoder), lambda: encoder.encode_texts(["red"])):
                try:
                    work()
                except Exception as error:
                    said.append(f"{error!s} {error!r} {error.__cause__!r} {vars(error)}")
        assert CANARY in server.requests[-1].fields["api_key"]
        said.append(repr(encoder) + repr(vars(encoder)) + repr(encoder._client.servers) + repr(vars(encoder._client)))

    assert len(said) == 2 * len(faults) + 1
    assert CANARY not in "".join(said)
    assert len(caplog.records) > 100
    assert CANARY not in caplog.text
    assert all(CANARY not in repr(vars(record)) for record in caplog.records)
