"""Resizing, cropping and encoding by Pillow, compared with what open_clip prepares."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from clipdesk.core.pictures.decode import decode
from clipdesk.encoders.local.open_clip import load_encoder
from clipdesk.encoders.preprocessing import encoded, resized_and_cropped


def noise(width: int, height: int) -> Image.Image:
    return Image.fromarray(np.random.default_rng(width).integers(0, 256, (height, width, 3), np.uint8))


@pytest.fixture(scope="module")
def square_model(tiny_model_dir: Path) -> Path:
    return tiny_model_dir


@pytest.mark.parametrize(
    "size", [(32, 32), (33, 32), (47, 31), (31, 47), (200, 99), (99, 200), (640, 427), (7, 7), (1, 90), (3000, 2)]
)
def test_pixels_are_those_that_open_clip_prepares(square_model: Path, size: tuple[int, int]) -> None:
    encoder = load_encoder(f"local-dir:{square_model}", device="cpu")

    expected = encoder.prepare_image(noise(*size))

    assert (resized_and_cropped(noise(*size), 32) == expected).all()


def test_pixels_of_real_photos_are_those_that_open_clip_prepares(photo_clip: Path, shared_photos: Path) -> None:
    encoder = load_encoder(f"local-dir:{photo_clip}", device="cpu")
    for path in sorted((shared_photos / "everyday").glob("*.jpg")):
        image = decode(path, (224, 224))
        assert (resized_and_cropped(image, 224) == encoder.prepare_image(image)).all(), path


def test_a_png_keeps_every_pixel() -> None:
    pixels = np.asarray(noise(64, 64))

    back = Image.open(io.BytesIO(encoded(pixels, "png")))

    assert back.format == "PNG"
    assert (np.asarray(back) == pixels).all()


def test_a_jpeg_is_smaller_and_close() -> None:
    pixels = np.asarray(noise(8, 8).resize((64, 64), Image.Resampling.BICUBIC))

    back = Image.open(io.BytesIO(encoded(pixels, "jpeg")))

    assert back.format == "JPEG"
    assert len(encoded(pixels, "jpeg")) < len(encoded(pixels, "png"))
    assert np.abs(np.asarray(back).astype(int) - pixels).mean() < 4


@pytest.mark.parametrize("image_format", ["png", "jpeg"])
def test_the_file_has_no_metadata(image_format: str) -> None:
    back = Image.open(io.BytesIO(encoded(np.asarray(noise(16, 16)), image_format)))  # type: ignore[arg-type]
    back.load()

    assert not back.getexif()
    assert set(back.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
