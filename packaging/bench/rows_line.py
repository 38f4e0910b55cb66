"""The cost of a new image: from file to embedding on the CPU, with a ViT-B/32 of random weights.

CLIPDESK_BENCH_FULL=1 embeds as many images as the targets name (200 of 12 megapixels, 2,000 of 0.3).
"""

from __future__ import annotations

import functools
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PIL import Image
from rows import Measured, Row, in_turns

from clipdesk.core.line.embed import embed_images
from clipdesk.core.pictures.decode import decode
from clipdesk.core.store.embedding_store import EmbeddingStore
from clipdesk.encoders.local.open_clip import OpenClipEncoder, load_encoder

ARCHITECTURE = "ViT-B-32"
LARGE, SMALL, TINY = (4000, 3000), (640, 480), (224, 224)
IS_FULL = os.environ.get("CLIPDESK_BENCH_FULL") == "1"
TURNS = 4 if IS_FULL else 2
DIFFERENT = 8
REPOSITORY = Path(__file__).resolve().parents[2]


def embed(folder: Path, size: tuple[int, int], count: int, device: str = "cpu") -> Measured:
    """Measure how many times as fast as the plain script the line is, once both are loaded. The store is included.

    They run in `TURNS` turns, so that other programs slow both alike, and the median ratio counts. Turns are long,
    because the line starts with small batches.
    """
    model, pictures = untrained_model(folder / "model"), folder / "pictures"
    paths = draw_jpegs(pictures, size, count)
    encoder = load_encoder(f"local-dir:{model}", device=device)
    ready = [encoder.prepare_image(decode(path, encoder.image_size)) for path in paths[: encoder.batch_size]]
    for doublings in range(len(ready).bit_length()):  # OpenVINO prepares for each batch size on first use
        encoder.encode_images(ready[: 1 << doublings])
    ours, theirs = [], []
    with plain_script(model, pictures) as plain:
        for first in range(0, count, count // TURNS):
            part = paths[first : first + count // TURNS]
            theirs.append(plain(first, first + len(part)))
            ours.append(our_line(encoder, part, folder / f"store {first}"))
    (line_s, line_used_s), (plain_s, plain_used_s) = (
        [sum(of) for of in zip(*both, strict=True)] for both in (ours, theirs)
    )
    turns = [other / own for (own, _), (other, _) in zip(ours, theirs, strict=True)]
    megabytes = sum(path.stat().st_size for path in paths) / 1e6
    return Measured(
        statistics.median(turns),
        {
            "place": encoder.place,
            "pictures": f"{count} of {megabytes / count:.2f} MB",
            "line": f"{count / line_s:.1f}/s ({1000 * line_used_s / count:.0f} ms of CPU time each)",
            "plain script": f"{count / plain_s:.1f}/s ({1000 * plain_used_s / count:.0f} ms)",
            "turns": f"{min(turns):.2f} to {max(turns):.2f}",
        },
    )


def our_line(encoder: OpenClipEncoder, paths: list[Path], store_at: Path) -> tuple[float, float]:
    """Return the seconds that the line takes, by the clock and of CPU time."""
    store = EmbeddingStore(store_at / "s.sqlite3")
    began, used = time.perf_counter(), time.process_time()
    for batch in embed_images(enumerate(paths), encoder, cancel=threading.Event(), store=store):
        assert all(result.embedding is not None for result in batch)
    took = time.perf_counter() - began, time.process_time() - used
    store.close()
    return took


def encoder_busy(folder: Path) -> Measured:
    """Measure which share of the encoder's own speed the line reaches where reading the files takes almost no time."""
    encoder = load_encoder(f"local-dir:{untrained_model(folder / 'model')}", device="cpu")
    paths = draw_jpegs(folder / "pictures", TINY, 256)
    ready = [encoder.prepare_image(decode(path, encoder.image_size)) for path in paths]
    size = encoder.batch_size

    def alone() -> None:
        for start in range(0, len(ready), size):
            encoder.encode_images(ready[start : start + size])

    def line() -> None:
        list(embed_images(enumerate(paths), encoder, cancel=threading.Event()))

    line()
    line_took, alone_took = in_turns(line, alone, times=3)
    details = {"place": encoder.place, "line": str(line_took), "alone": str(alone_took)}
    return Measured(alone_took.clock_s / line_took.clock_s, details)


def untrained_model(folder: Path, architecture: str = ARCHITECTURE) -> Path:
    """Save a model with random weights. Its scores mean nothing, but it takes as long as a trained one."""
    sys.path.insert(0, str(REPOSITORY / "tests"))
    import torch
    from tiny_model import save_model

    from clipdesk.encoders.devices import import_open_clip
    from clipdesk.encoders.models.pretrained import architecture_config

    config = architecture_config(architecture)
    torch.manual_seed(0)
    save_model(folder, import_open_clip().CLIP(**config), config)
    return folder


def draw_jpegs(folder: Path, size: tuple[int, int], count: int) -> list[Path]:
    """Draw JPEGs of blots of all sizes and camera noise, about as large as photos. No two files are the same."""
    folder.mkdir()
    random = np.random.default_rng(0)
    paths = []
    for number in range(DIFFERENT):
        picture = np.full((size[1], size[0], 3), 128, np.float32)
        side = 3
        while side < max(size):
            blots = Image.fromarray(random.integers(0, 256, (side, side, 3), np.uint8))
            layer = np.asarray(blots.resize(size, Image.Resampling.BICUBIC), np.float32)
            picture += (layer - 128) * (1.2 / np.sqrt(side))
            side *= 2
        picture += random.normal(0, 3, (size[1], size[0], 1)).astype(np.float32)
        first = folder / f"{number:05}.jpg"
        Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8)).save(first, quality=90)
        paths.append(first)
    for number in range(DIFFERENT, count):
        path = folder / f"{number:05}.jpg"
        # Bytes after the end of a JPEG make it another file for the store, but the same work for the decoder.
        path.write_bytes(paths[number % DIFFERENT].read_bytes() + number.to_bytes(4, "big"))
        paths.append(path)
    return paths[:count]


@contextmanager
def plain_script(model: Path, pictures: Path) -> Iterator[Callable[[int, int], tuple[float, float]]]:
    """Start the plain script; yield a function that embeds the images of numbers first to last, last excluded."""
    command = [sys.executable, str(Path(__file__).with_name("plain_script.py")), str(model), str(pictures)]
    # The environment of a new terminal: importing ClipDesk has set the variable for this process.
    environment = {name: value for name, value in os.environ.items() if name != "OMP_WAIT_POLICY"}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        try:
            yield functools.partial(_ask, process)
        finally:
            process.terminate()


def _ask(process: subprocess.Popen[str], first: int, last: int) -> tuple[float, float]:
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(f"{first} {last}\n")
    process.stdin.flush()
    clock_s, cpu_s = map(float, process.stdout.readline().split())
    return clock_s, cpu_s


_AGAINST = "Pillow, open_clip's transform, torch fp32, batches of 32"

ROWS = (
    Row(
        "embed-large",
        "embed JPEGs of 12 megapixels on the CPU",
        _AGAINST,
        3.5,
        "×",
        functools.partial(embed, size=LARGE, count=200 if IS_FULL else 64),
        more_is_better=True,
    ),
    Row(
        "embed-small",
        "embed JPEGs of 0.3 megapixels on the CPU",
        _AGAINST,
        2.5,
        "×",
        functools.partial(embed, size=SMALL, count=2000 if IS_FULL else 512),
        more_is_better=True,
    ),
    Row(
        "embed-small-fp32",
        "the same without bf16",
        _AGAINST,
        1.3,
        "×",
        functools.partial(embed, size=SMALL, count=2000 if IS_FULL else 512, device="cpu:fp32"),
        more_is_better=True,
    ),
    Row(
        "encoder-busy",
        "speed that the line leaves the encoder on the CPU, files being small",
        "the encoder alone on ready pictures",
        0.9,
        "×",
        encoder_busy,
        more_is_better=True,
    ),
)
