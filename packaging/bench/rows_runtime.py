"""The choice of a runtime on the CPU: what it gains, and what it costs. With a ViT-B/32 of random weights."""

from __future__ import annotations

import functools
import time
from pathlib import Path
from typing import Any

import numpy as np
from random_model import random_model
from rows import Measured, Row, in_turns

from clipdesk.core.store.embedding_store import EmbeddingStore
from clipdesk.encoders import devices
from clipdesk.encoders.local.candidate import draw_test_images
from clipdesk.encoders.local.choosing.choice import PLAIN
from clipdesk.encoders.local.open_clip import OpenClipEncoder, load_encoder

BATCH = 8


def chosen_against_plain(folder: Path) -> Measured:
    """Return the CPU time of plain PyTorch over that of the chosen runtime, for prepared images."""
    devices.import_torch()  # before anybody else does: with threads that sleep while they wait
    name = f"local-dir:{random_model('ViT-B-32')}"
    store = EmbeddingStore(folder / "store.sqlite3")
    _measured(name, store)
    encoder = load_encoder(name, device="cpu", notes=store)
    images = _images(encoder)
    plain = _plain(name, encoder)
    fast, slow = in_turns(lambda: encoder.encode_images(images), lambda: plain(np.stack(images)), times=6)
    place = encoder.place
    encoder.close()
    store.close()
    return Measured(slow.cpu_s / fast.cpu_s, {"place": place, "chosen": str(fast), PLAIN: str(slow)})


def cost_of_choosing(folder: Path) -> Measured:
    """Return the CPU time that a later load takes more than one without any choice to remember.

    The details have what the first load and the measurement behind the first batches take.
    """
    devices.import_torch()  # before anybody else does: with threads that sleep while they wait
    name = f"local-dir:{random_model('ViT-B-32')}"
    load_encoder(name, device="cpu").close()  # the imports
    store = EmbeddingStore(folder / "store.sqlite3")
    first = functools.partial(_load, name, EmbeddingStore(folder / "unused.sqlite3"))
    unmeasured, without = in_turns(first, functools.partial(_load, name, None), times=1)
    contest, waited_s = _measured(name, store)
    later, same = in_turns(functools.partial(_load, name, store), functools.partial(_load, name, None), times=3)
    store.close()
    details = {
        "first load": str(unmeasured),
        "the same without": str(without),
        "measuring, between batches": contest,
        "longest turn": f"{waited_s:.2f} s",
        "later load": str(later),
        "that without": str(same),
    }
    return Measured(later.cpu_s - same.cpu_s, details)


def _load(name: str, store: EmbeddingStore | None) -> None:
    load_encoder(name, device="cpu", notes=store).close()


def _measured(name: str, store: EmbeddingStore) -> tuple[str, float]:
    """Measure the runtimes to the end. Return how long that took, and the seconds of the longest turn."""
    encoder = load_encoder(name, device="cpu", notes=store)
    images = _images(encoder)
    encoder.encode_images(images)
    contest = encoder._contest
    assert contest is not None
    turns: list[float] = []
    began, used = time.perf_counter(), time.process_time()
    while not contest.is_over:
        turn = time.perf_counter()
        contest._take_turn()
        turns.append(time.perf_counter() - turn)
    took = f"{time.perf_counter() - began:.2f} s ({time.process_time() - used:.2f} s of CPU time)"
    encoder.close()
    return took, max(turns)


def _images(encoder: OpenClipEncoder) -> list[Any]:
    width, height = encoder.image_size
    return list(np.resize(draw_test_images((height, width)), (BATCH, height, width, 3)))


def _plain(name: str, encoder: OpenClipEncoder) -> Any:
    """Return what computes embeddings with PyTorch alone, as open_clip builds the model."""
    import torch

    from clipdesk.encoders.local.model_building import build_network
    from clipdesk.encoders.models.model_files import locate
    from clipdesk.encoders.models.names import parse_model

    network = build_network(locate(parse_model(name), download=False, progress=None, cancel=None))
    forward = encoder._preparation.forward_on("cpu")

    def plain(pixels: Any) -> Any:
        with torch.inference_mode():
            return forward(network, torch.from_numpy(pixels), torch.float32)

    return plain


ROWS = (
    Row(
        "runtime",
        "embed prepared pictures by the runtime that was measured to be the fastest, CPU time",
        "PyTorch in fp32",
        1.2,
        "×",
        chosen_against_plain,
        more_is_better=True,
    ),
    Row(
        "runtime-choice",
        "load a model whose runtime was chosen before, CPU time",
        "the same without a remembered choice",
        0.5,
        "s",
        cost_of_choosing,
    ),
)
