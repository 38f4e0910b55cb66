"""A desk whose words mislead, so that there is something to learn."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.desk.desk import Desk
from clipdesk.core.encoder import EncoderIdentity, ScoreRule
from clipdesk.core.labels.label_set import Label, LabelSet
from clipdesk.core.labels.scoring import normalise
from clipdesk.core.line.results import EmbeddedImage
from clipdesk.core.pictures.scan import ImageFile

DIMENSION = 24
IDENTITY = EncoderIdentity("model", "checkpoint", "preprocessing")


def make_desk(count: int = 300, seed: int = 1, *, noise: float = 1.0) -> tuple[Desk, NDArray[np.intp]]:
    """Return a scored desk with three labels whose words are bad, and the true label of each image.

    Images lie around three centres; the words of the last two labels are swapped in part.
    """
    generator = np.random.default_rng(seed)
    centres = normalise(generator.normal(size=(3, DIMENSION)).astype(np.float32))
    truth = np.arange(count) % 3
    spread = generator.normal(size=(count, DIMENSION)) * noise / np.sqrt(DIMENSION)
    images = normalise((centres[truth] + spread).astype(np.float32))
    words = normalise((centres + 1.05 * centres[[0, 2, 1]] + 0.3 * centres[[1, 1, 1]]).astype(np.float32))
    desk = Desk(0.0)
    desk.add_images([ImageFile(Path(f"/p/{row}.jpg"), 1, 1) for row in range(count)])
    desk.choose_encoder(IDENTITY, DIMENSION, ScoreRule(20.0))
    desk.set_label_set(LabelSet((Label("one"), Label("two"), Label("three"))))
    desk.set_labels(desk.label_set.labels, words)
    desk.put([EmbeddedImage(row, desk.images[row].path, images[row]) for row in range(count)])
    return desk, truth
