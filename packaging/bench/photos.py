"""JPEGs to measure with, drawn so that they take as long to read as photos."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

DIFFERENT = 8


def draw_few_and_many(folder: Path, size: tuple[int, int], few: int, more: int) -> tuple[Path, Path]:
    """Draw two folders of JPEGs, one with `few` and one with these and `more`."""
    paths = draw_jpegs(folder / "many", size, few + more)
    (folder / "few").mkdir()
    for path in paths[:few]:
        os.link(path, folder / "few" / path.name)
    return folder / "few", folder / "many"


def draw_jpegs(folder: Path, size: tuple[int, int], count: int) -> list[Path]:
    """Draw JPEGs of blots of all sizes and camera noise, about as large as photos. No two files are the same."""
    folder.mkdir(parents=True)
    random = np.random.default_rng(0)
    paths: list[Path] = []
    for number in range(count):
        path = folder / f"{number:05}.jpg"
        if number < DIFFERENT:
            _draw(random, size).save(path, quality=90)
        else:
            # Bytes after the end of a JPEG make it another file for the store, but the same work for the decoder.
            path.write_bytes(paths[number % DIFFERENT].read_bytes() + number.to_bytes(4, "big"))
        paths.append(path)
    return paths


def _draw(random: np.random.Generator, size: tuple[int, int]) -> Image.Image:
    picture = Image.new("RGB", (1, 1), (128, 128, 128))
    side = 3
    while side < max(size):
        blots = random.integers(0, 256, (side, side, 3)).astype(np.float32) - 128
        picture = _add(picture.resize((side, side), Image.Resampling.BICUBIC), blots * (1.2 / np.sqrt(side)))
        side *= 2
    noise = random.normal(0, 3, (size[1], size[0], 1)).astype(np.float32)
    return _add(picture.resize(size, Image.Resampling.BICUBIC), noise)


def _add(picture: Image.Image, values: NDArray[np.float32]) -> Image.Image:
    return Image.fromarray(np.clip(np.asarray(picture, np.float32) + values, 0, 255).astype(np.uint8))
