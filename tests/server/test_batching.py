from __future__ import annotations

import contextvars
import threading
from concurrent.futures import CancelledError, ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from running_server import Serve, picture, wire

from clipdesk.core.errors import EncoderError, UnknownModelError
from clipdesk.encoders.local.open_clip import OpenClipEncoder, load_encoder
from clipdesk.server.batching import MAX_TEXTS_PER_JOB, EncoderThread, Kind, StoppedError, TextTooLongError
from clipdesk.server.guard.clients import current_client


class Batches:
    """Records the calls of `on_batch`. Until `hold` is set, the encoder's thread waits after its first batch."""

    def __init__(self) -> None:
        self.heard: list[tuple[Kind, int]] = []
        self.first = threading.Event()
        self.hold = threading.Event()

    def __call__(self, kind: Kind, count: int, seconds: float) -> None:
        self.heard.append((kind, count))
        self.first.set()
        assert self.hold.wait(60)


@pytest.fixture
def batches() -> Batches:
    return Batches()


@pytest.fixture
def thread(tiny_model_dir: Path, batches: Batches):
    thread = EncoderThread(
        lambda: load_encoder(f"local-dir:{tiny_model_dir}", device="cpu"), max_wait_s=0.005, on_batch=batches
    )
    thread.start()
    thread.ready.result(timeout=60)
    yield thread
    batches.hold.set()
    thread.stop()
    thread.join()


def pixels(seed: int) -> NDArray[np.uint8]:
    return np.asarray(picture(seed))


def test_jobs_that_arrive_during_a_batch_form_the_next_one(
    thread: EncoderThread, batches: Batches, tiny_encoder: OpenClipEncoder
) -> None:
    first = thread.encode_images([pixels(0)])
    assert batches.first.wait(60)
    full = tiny_encoder.batch_size
    later = [thread.encode_images([pixels(seed)]) for seed in range(1, 1 + full + 3)]
    batches.hold.set()

    found = np.concatenate([future.result(timeout=60) for future in (first, *later)])

    assert batches.heard == [("image", 1), ("image", full), ("image", 3)]
    expected = tiny_encoder.encode_images([pixels(seed) for seed in range(1 + full + 3)], normalized=False)
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-5)


def test_clients_are_served_in_turn(thread: EncoderThread, batches: Batches) -> None:
    def put(client: str, text: str) -> None:
        def put_in_context() -> None:
            current_client.set(client)
            thread.encode_texts([text] * MAX_TEXTS_PER_JOB).add_done_callback(lambda _: served.append(text))

        contextvars.copy_context().run(put_in_context)

    served: list[str] = []
    put("ann", "first")
    assert batches.first.wait(60)
    for number in range(6):
        put("ann", f"ann {number}")
    put("bob", "bob 0")
    batches.hold.set()
    thread.stop()
    thread.join()

    assert served[:3] == ["first", "ann 0", "bob 0"]
    assert served[3:] == [f"ann {number}" for number in range(1, 6)]


def test_pictures_and_texts_share_a_batch_and_get_their_own_back(
    thread: EncoderThread, batches: Batches, tiny_encoder: OpenClipEncoder
) -> None:
    batches.hold.set()
    with thread.expecting():
        images = thread.encode_images([pixels(1), pixels(2)])
        texts = thread.encode_texts(["dog", "cat", "car"])

    np.testing.assert_allclose(
        images.result(timeout=60), tiny_encoder.encode_images([pixels(1), pixels(2)], normalized=False), atol=1e-5
    )
    np.testing.assert_allclose(
        texts.result(timeout=60), tiny_encoder.encode_texts(["dog", "cat", "car"], normalized=False), atol=1e-5
    )


def test_only_the_text_that_is_too_long_fails(thread: EncoderThread, batches: Batches) -> None:
    batches.hold.set()
    long, short = thread.encode_texts(["word " * 20]), thread.encode_texts(["dog"])

    assert short.result(timeout=60).shape == (1, 64)
    with pytest.raises(TextTooLongError):
        long.result(timeout=60)


def test_only_the_pictures_that_the_model_cannot_take_fail(thread: EncoderThread, batches: Batches) -> None:
    batches.hold.set()
    with pytest.raises(EncoderError):
        thread.encode_images([np.zeros((16, 16, 3), np.uint8)]).result(timeout=60)

    assert thread.encode_images([pixels(1)]).result(timeout=60).shape == (1, 64)


def test_stopping_finishes_queued_jobs_and_accepts_no_more(thread: EncoderThread, batches: Batches) -> None:
    jobs = [thread.encode_images([pixels(seed)]) for seed in range(20)]
    thread.stop()

    with pytest.raises(StoppedError):
        thread.encode_images([pixels(0)])
    batches.hold.set()
    thread.join()
    assert all(job.done() and job.result().shape == (1, 64) for job in jobs)


def test_a_cancelled_job_is_not_computed(thread: EncoderThread, batches: Batches) -> None:
    thread.encode_images([pixels(0)])
    assert batches.first.wait(60)
    gone, kept = thread.encode_images([pixels(1)]), thread.encode_images([pixels(2)])
    assert gone.cancel()
    batches.hold.set()

    assert kept.result(timeout=60).shape == (1, 64)
    assert batches.heard == [("image", 1), ("image", 1)]
    with pytest.raises(CancelledError):
        gone.result()


def test_a_model_that_cannot_be_loaded_fails_every_job() -> None:
    thread = EncoderThread(lambda: load_encoder("no-such:model"), max_wait_s=0.005)
    job = thread.encode_texts(["dog"])
    thread.start()
    thread.join()

    for future in (thread.ready, job):
        with pytest.raises(UnknownModelError):
            future.result(timeout=60)
    with pytest.raises(StoppedError):
        thread.encode_texts(["dog"])


def test_concurrent_clients_share_batches_and_get_their_own_answers(
    serve: Serve, tiny_encoder: OpenClipEncoder
) -> None:
    server = serve()
    bodies = [{"image": wire(picture(seed))} for seed in range(160)]

    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(lambda body: server.post("/clip/embed_image", body).embeddings[0], bodies))

    expected = tiny_encoder.encode_images([pixels(seed) for seed in range(160)], normalized=False)
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-4)
    metrics = server.get("/metrics").body.decode().splitlines()
    count = next(
        float(line.split()[1]) for line in metrics if line.startswith('clipdesk_batch_size_count{kind="image"')
    )
    assert count < 160 / 1.5  # without batching, there would be 160
    assert 'clipdesk_encoded_total{kind="image"} 160.0' in metrics
