"""An encoder with known embeddings: the mean colour of an image, and the colours that the words of a text name."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from clipdesk.core.encoder import EncoderIdentity, ScoreRule
from clipdesk.core.errors import EncoderError
from clipdesk.core.labels.scoring import normalise

WORDS = {"red": (255, 0, 0), "green": (0, 255, 0), "blue": (0, 0, 255), "white": (255, 255, 255)}
#: The colours of images, which are close to those of the words, but not equal.
COLORS = {"red": (250, 5, 5), "green": (5, 250, 5), "blue": (5, 5, 250)}


def save_color_pictures(folder: Path, count: int) -> Path:
    """Create a folder with `count` images: red, green and blue in turn."""
    folder.mkdir()
    for number in range(count):
        name, color = list(COLORS.items())[number % 3]
        # All files have different contents, because the store recognises images by their content.
        Image.new("RGB", (30 + number, 20), color).save(folder / f"{number:02} {name}.png")
    return folder


class ColorEncoder:
    """Embeds in RGB space, so that a test can tell which embedding belongs to which image."""

    identity = EncoderIdentity("color", "0" * 64, "4x4")
    dimension = 3
    image_size = (4, 4)
    score_rule = ScoreRule(20.0)
    place = "this computer (test)"

    def __init__(self, batch_size: int = 4) -> None:
        self.batch_size = batch_size
        self.batches: list[int] = []
        self.fails_after: int | None = None
        self.before_batch = threading.Event()
        self.closed = False

    def prepare_image(self, image: Image.Image) -> NDArray[np.uint8]:
        return np.asarray(image.convert("RGB").resize((4, 4)))

    def encode_images(self, images: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
        if self.fails_after is not None and len(self.batches) >= self.fails_after:
            raise EncoderError("The device went away. Start again.")
        self.batches.append(len(images))
        return normalise(np.stack([image.reshape(-1, 3).mean(axis=0) for image in images]).astype(np.float32))

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        colors = [next((WORDS[word] for word in text.split() if word in WORDS), (1, 1, 1)) for text in texts]
        return normalise(np.array(colors, np.float32))

    def cut_texts(self, texts: Sequence[str]) -> list[str]:
        return [text for text in texts if len(text.split()) > 8]

    def close(self) -> None:
        self.closed = True
