"""The cost of a new image: from file to embedding on the CPU, with a ViT-B/32 of random weights.

CLIPDESK_BENCH_FULL=1 embeds as many images as the targets name (200 of 12 megapixels, 2,000 of 0.3).
"""

from __future__ import annotations

import functools
import os
import threading
from pathlib import Path

from photos import draw_few_and_many, draw_jpegs
from programs import clipdesk_label, compare, cpu_ratio, plain_script, runtime_of, times_as_fast
from random_model import random_model
from rows import Measured, Row, in_turns

from clipdesk.core.line.embed import embed_images
from clipdesk.core.pictures.decode import decode
from clipdesk.encoders.local.open_clip import load_encoder

ARCHITECTURE = "ViT-B-32"
LARGE, SMALL, TINY = (4000, 3000), (640, 480), (224, 224)
IS_FULL = os.environ.get("CLIPDESK_BENCH_FULL") == "1"
#: Images whose time counts, and those that both programs get before.
COUNTS = {LARGE: 200 if IS_FULL else 96, SMALL: 2000 if IS_FULL else 512}
FEW = 8


def embed(folder: Path, size: tuple[int, int], device: str = "cpu") -> Measured:
    """Measure how many times as fast as the plain script `clipdesk label` is, start-up apart. Its store is included."""
    model = random_model(ARCHITECTURE)
    few, many = draw_few_and_many(folder, size, FEW, COUNTS[size])
    label, script = clipdesk_label(model, device), plain_script(model)
    runtime = runtime_of(label, few, folder)
    ours, theirs = compare((label, script), few, many, folder)
    megabytes = sum(path.stat().st_size for path in many.iterdir()) / 1e6
    return Measured(
        times_as_fast(ours, theirs),
        {
            "computed by": runtime,
            "pictures": f"{COUNTS[size]} of {megabytes / (FEW + COUNTS[size]):.2f} MB",
            label.name: str(ours),
            script.name: str(theirs),
            "CPU time": cpu_ratio(ours, theirs),
        },
    )


def encoder_busy(folder: Path) -> Measured:
    """Measure which share of the encoder's own speed the line reaches where reading the files takes almost no time."""
    encoder = load_encoder(f"local-dir:{random_model(ARCHITECTURE)}", device="cpu")
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


def has_bf16() -> bool:
    """Return whether the CPU computes bf16 by itself. Where the system does not say so, the lower targets apply."""
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return False
    return "avx512_bf16" in flags or "amx_bf16" in flags


_AGAINST = "Pillow, open_clip's transform, torch fp32, batches of 32, as a script; start-up apart"
_large, _small = functools.partial(embed, size=LARGE), functools.partial(embed, size=SMALL)
_large_fp32, _small_fp32 = functools.partial(_large, device="cpu:fp32"), functools.partial(_small, device="cpu:fp32")
_LARGE, _SMALL = "“clipdesk label” on new JPEGs of 12 megapixels", "“clipdesk label” on new JPEGs of 0.3 megapixels"

ROWS = (
    Row("embed-large", _LARGE, _AGAINST, 3.5 if has_bf16() else 2.5, "×", _large, more_is_better=True),
    Row("embed-large-fp32", "the same without bf16", _AGAINST, 2.5, "×", _large_fp32, more_is_better=True),
    Row("embed-small", _SMALL, _AGAINST, 2.5 if has_bf16() else 1.3, "×", _small, more_is_better=True),
    Row("embed-small-fp32", "the same without bf16", _AGAINST, 1.3, "×", _small_fp32, more_is_better=True),
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
