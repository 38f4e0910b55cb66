"""Desks with fixed vectors for the tests of the table, so that no encoder has to run."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.desk.desk import Desk
from clipdesk.core.encoder import EncoderIdentity, ScoreRule
from clipdesk.core.labels.label_set import Label, LabelId, LabelSet
from clipdesk.core.line.results import EmbeddedImage
from clipdesk.core.pictures.scan import ImageFile

DIMENSION = 16
LABELS = ("dog", "cat", "car")
IDENTITY = EncoderIdentity("model", "checkpoint", "preprocessing")


def unit_vectors(count: int, seed: int) -> NDArray[np.float32]:
    vectors = np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def image_files(paths: Sequence[Path | str]) -> list[ImageFile]:
    return [ImageFile(Path(path), 1, 1) for path in paths]


def make_desk(paths: Sequence[Path | str], labels: Sequence[str] = LABELS) -> Desk:
    """Return a desk with these images, all waiting, and these labels."""
    desk = Desk()
    desk.add_images(image_files(paths))
    desk.choose_encoder(IDENTITY, DIMENSION, ScoreRule(logit_scale=5.0))
    set_labels(desk, labels)
    return desk


@functools.cache
def label(name: str) -> Label:
    """Return the label of this name, always the same object, so that a label that returns keeps its id."""
    return Label(name)


def ids(*names: str) -> frozenset[LabelId]:
    """Return the ids of these labels, for a filter."""
    return frozenset(label(name).id for name in names)


def column_key(name: str) -> str:
    """Return the key of this label's column."""
    return f"label:{label(name).id}"


def set_labels(desk: Desk, labels: Sequence[str], seed: int = 7) -> None:
    """Replace the labels, and score the images that are embedded."""
    desk.set_label_set(LabelSet(tuple(map(label, labels))))
    desk.set_labels(desk.label_set.labels, unit_vectors(len(labels), seed))


def embed(desk: Desk, rows: Sequence[int], seed: int = 3) -> NDArray[np.intp]:
    """Embed these rows with vectors that depend only on the row."""
    vectors = unit_vectors(len(desk), seed)
    desk.put([EmbeddedImage(row, desk.images[row].path, vectors[row]) for row in rows])
    return np.array(rows, np.intp)


def fail(desk: Desk, row: int, reason: str = "The file is empty.") -> NDArray[np.intp]:
    desk.put([EmbeddedImage(row, desk.images[row].path, None, reason)])
    return np.array([row], np.intp)


def scored_desk(count: int = 40, waiting: Sequence[int] = (5, 11), failed: Sequence[int] = (7,)) -> Desk:
    """Return a desk with images img0.jpg … in two folders, most of them embedded and scored."""
    desk = make_desk([f"/pictures/{'even' if row % 2 == 0 else 'odd'}/img{row}.jpg" for row in range(count)])
    embed(desk, [row for row in range(count) if row not in (*waiting, *failed)])
    for row in failed:
        fail(desk, row)
    return desk
