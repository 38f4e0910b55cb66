"""A picture that takes long to decode holds up neither the answers to others nor the end of a job."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from clip_server import ClipServer, running
from color_encoder import ColorEncoder, save_color_pictures
from numpy.typing import NDArray
from PIL import Image

from clipdesk.core.line import decoding_threads
from clipdesk.core.line import remote as remote_line
from clipdesk.core.line.embed import embed_images
from clipdesk.encoders.remote.api_keys import NO_KEY
from clipdesk.encoders.remote.roboflow import RoboflowEncoder, connect
from clipdesk.encoders.remote.servers import ServerChoice


class Stuck:
    """Holds the preparation of the first picture, which is the narrowest, until `released` is set."""

    def __init__(self, encoder: RoboflowEncoder) -> None:
        self._prepare = encoder.prepare_image
        self.begun = threading.Event()
        self.released = threading.Event()

    def __call__(self, image: Image.Image) -> NDArray[np.uint8]:
        if image.width == 30:
            self.begun.set()
            assert self.released.wait(60)
        return self._prepare(image)


@pytest.fixture
def encoder() -> Iterator[RoboflowEncoder]:
    with running(ClipServer(ColorEncoder())) as server:
        encoder = connect(ServerChoice((server.url,)), key_of=lambda _: NO_KEY)
        yield encoder
        encoder.close()


@pytest.fixture
def stuck(encoder: RoboflowEncoder, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stuck]:
    stuck = Stuck(encoder)
    monkeypatch.setattr(encoder, "prepare_image", stuck)
    yield stuck
    stuck.released.set()


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    return sorted(save_color_pictures(tmp_path / "pictures", 6).iterdir())


def test_other_answers_overtake_a_slow_picture(
    encoder: RoboflowEncoder, stuck: Stuck, pictures: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote_line, "_PATIENCE_S", 0.0)
    done: list[int] = []

    for batch in embed_images(enumerate(pictures), encoder, cancel=threading.Event(), workers=2):
        done += [image.row for image in batch]
        if len(done) == 5:
            assert not stuck.released.is_set()
            stuck.released.set()

    assert sorted(done[:5]) == [1, 2, 3, 4, 5]
    assert done[5:] == [0]


def test_a_cancel_does_not_wait_for_a_slow_picture(
    encoder: RoboflowEncoder, stuck: Stuck, pictures: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoding_threads, "_PATIENCE_S", 0.0)
    cancel, done = threading.Event(), []
    job = threading.Thread(
        target=lambda: done.extend(embed_images(enumerate(pictures[:1]), encoder, cancel=cancel, workers=1))
    )
    job.start()
    assert stuck.begun.wait(60)

    cancel.set()
    job.join(60)

    assert not job.is_alive()
    assert not stuck.released.is_set()
    assert done == []
