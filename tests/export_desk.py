"""A small desk with every kind of result, for the tests of export."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from clipdesk.core.desk.desk import Desk
from clipdesk.core.encoder import EncoderIdentity, ScoreRule
from clipdesk.core.labels.label_set import Label
from clipdesk.core.line.results import EmbeddedImage
from clipdesk.core.pictures.scan import ImageFile

NAMES = ("dog", "=cat")


def desk_of_four(threshold: float = 0.6) -> Desk:
    """Return a desk with four images: sure, unsure, waiting, and unreadable."""
    desk = Desk(threshold)
    desk.add_images(ImageFile(Path(f"/p/{name}.jpg"), 1, 1) for name in "abcd")
    desk.choose_encoder(EncoderIdentity("m", "c", "p"), 2, ScoreRule(10.0))
    desk.set_labels([Label(name) for name in NAMES], np.eye(2, dtype=np.float32))
    for row, vector in enumerate(([1, 0], [0.7071, 0.7072])):
        desk.put([EmbeddedImage(row, Path(), np.array(vector, np.float32))])
    desk.put([EmbeddedImage(3, Path(), None, "The file is empty.")])
    return desk
