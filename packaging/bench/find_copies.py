"""Copies of held-back pictures, made for the benchmark of duplicates: embeddings and looks, kept in a work folder."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageEnhance

from clipdesk.core.encoder import Encoder, as_stored
from clipdesk.core.pictures.look import dhash_of, tile_of

#: Of the 10,100 pictures of Tiny ImageNet that nothing was trained on, one in so many is copied in each way.
_ONE_IN = 20
_BATCH = 32


@dataclass(frozen=True)
class Looked:
    """n pictures: their classes, embeddings (n, d), dHashes and tiles (n, 256), and which picture each is a copy of."""

    classes: NDArray[np.int64]
    vectors: NDArray[np.float32]
    dhash: NDArray[np.uint64]
    tiles: NDArray[np.uint8]
    of: NDArray[np.int64]


def _recompressed(image: Image.Image, quality: int) -> Image.Image:
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=quality)
    return Image.open(stream).convert("RGB")


def _cropped(image: Image.Image, share: float) -> Image.Image:
    width, height = image.size
    left, top = width * (1 - share) / 3, height * (1 - share) / 2
    return image.crop((round(left), round(top), round(left + width * share), round(top + height * share)))


def _captioned(image: Image.Image) -> Image.Image:
    copy, (width, height) = image.copy(), image.size
    draw = ImageDraw.Draw(copy)
    draw.rectangle((0, round(0.88 * height), width, height), fill="black")
    draw.text((0.1 * width, 0.86 * height), "2024", fill="white")
    return copy


def _resized(image: Image.Image, factor: float) -> Image.Image:
    width, height = image.size
    return image.resize((round(width * factor), round(height * factor)), Image.Resampling.BICUBIC)


COPIES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "half the size": lambda image: _resized(image, 0.5),
    "twice the size": lambda image: _resized(image, 2.0),
    "JPEG of quality 40": lambda image: _recompressed(image, 40),
    "a quarter brighter": lambda image: ImageEnhance.Brightness(image).enhance(1.25),
    "grey": lambda image: image.convert("L").convert("RGB"),
    "with a caption": _captioned,
    "cropped to 95 %": lambda image: _cropped(image, 0.95),
    "cropped to 90 %": lambda image: _cropped(image, 0.9),
}


def looked_pictures(name: str, model: str, archives: Path, work: Path) -> tuple[Looked, dict[str, Looked]]:
    """Return the pictures of Tiny ImageNet's validation part under a model, and copies of some, by their kind."""
    path = work / f"copies-{name}.npz"
    if not path.exists():
        work.mkdir(parents=True, exist_ok=True)
        _make(model, archives, path)
    with np.load(path) as kept:
        kinds = [_looked(kept, str(number)) for number in range(len(COPIES) + 1)]
    return kinds[0], dict(zip(COPIES, kinds[1:], strict=True))


def _looked(kept: dict[str, NDArray[np.generic]], key: str) -> Looked:
    return Looked(*(kept[f"{key}-{name}"] for name in ("classes", "vectors", "dhash", "tiles", "of")))


def _make(model: str, archives: Path, path: Path) -> None:
    from clipdesk.encoders.local.open_clip import load_encoder

    print(f"embedding {path.stem}", flush=True)
    encoder = load_encoder(model, device="cpu")
    pictures = list(_pictures(archives / "tinyimagenet-val.tar.xz"))
    chosen = range(0, len(pictures), _ONE_IN)
    columns: dict[str, NDArray[np.generic]] = {}
    for number, change in enumerate((None, *COPIES.values())):
        numbers = range(len(pictures)) if change is None else chosen
        images = (pictures[place][1] if change is None else change(pictures[place][1]) for place in numbers)
        vectors, dhash, tiles = _columns(encoder, images)
        columns[f"{number}-classes"] = np.array([pictures[place][0] for place in numbers])
        columns[f"{number}-vectors"], columns[f"{number}-dhash"], columns[f"{number}-tiles"] = vectors, dhash, tiles
        columns[f"{number}-of"] = np.array(numbers)
    encoder.close()
    np.savez(path, **columns)


def _columns(
    encoder: Encoder, images: Iterator[Image.Image]
) -> tuple[NDArray[np.float32], NDArray[np.uint64], NDArray[np.uint8]]:
    vectors, hashes, tiles, batch = [], [], [], []
    for image in images:
        hashes.append(dhash_of(image))
        tiles.append(np.frombuffer(tile_of(image), np.uint8))
        batch.append(encoder.prepare_image(image))
        if len(batch) == _BATCH:
            vectors.append(encoder.encode_images(batch))
            batch = []
    if batch:
        vectors.append(encoder.encode_images(batch))
    return as_stored(np.concatenate(vectors)), np.array(hashes, np.uint64), np.array(tiles)


def _pictures(archive: Path) -> Iterator[tuple[int, Image.Image]]:
    classes: dict[str, int] = {}
    with tarfile.open(archive) as tar:
        for member in tar:
            file = tar.extractfile(member) if member.isfile() else None
            if file is not None:
                with Image.open(file) as image:
                    yield classes.setdefault(Path(member.name).parent.name, len(classes)), image.convert("RGB")
