"""Names for groups of images, from words that the model knows, and labels of groups."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from clipdesk.core.encoder import Encoder
from clipdesk.core.find.groups import PictureGroup
from clipdesk.core.find.progress import OnProgress, ignore_progress
from clipdesk.core.find.vectors import FloatArray
from clipdesk.core.labels.label_set import Label


@dataclass(frozen=True)
class Vocabulary:
    """Words that a model knows, and their embeddings (w, d)."""

    words: tuple[str, ...]
    vectors: FloatArray


def read_words() -> tuple[str, ...]:
    """Return the words of `resources/vocabulary.txt`, the more general of two first."""
    raise NotImplementedError


def encode_words(
    encoder: Encoder,
    words: Sequence[str],
    *,
    on_progress: OnProgress = ignore_progress,
    cancel: threading.Event | None = None,
) -> Vocabulary:
    """Embed words in parts. An encoder that caches texts keeps them, so this takes long once for each model.

    Raises EncoderError and Cancelled.
    """
    raise NotImplementedError


def propose_names(groups: Sequence[PictureGroup], vocabulary: Vocabulary, count: int = 3) -> list[tuple[str, ...]]:
    """Return for each group the words that say best in what it differs from the rest of the folder, the best first.

    No two groups have the same first word. Words are ranked by the centroid of the group, minus the folder's mean,
    times the word's embedding.
    """
    raise NotImplementedError


def label_of_group(name: str, typical: Sequence[Path]) -> Label:
    """Return a label that stands for a group: its name as the text, and typical images as references."""
    raise NotImplementedError
