"""Names for groups of images, from words that the model knows, and labels of groups."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from clipdesk.core.encoder import Encoder, as_stored
from clipdesk.core.errors import raise_if_set
from clipdesk.core.find.groups import PictureGroup
from clipdesk.core.find.progress import FindProgress, OnProgress, ignore_progress
from clipdesk.core.find.vectors import FloatArray
from clipdesk.core.labels.label_set import Label
from clipdesk.core.labels.scoring import normalise
from clipdesk.resources import resource_path


@dataclass(frozen=True)
class Vocabulary:
    """Words that a model knows, and their embeddings (w, d)."""

    words: tuple[str, ...]
    vectors: FloatArray


def read_words() -> tuple[str, ...]:
    """Return the words of `resources/vocabulary.txt`: about 1,400 things that people take pictures of.

    Leave out those that the model does not know (`encoders.models.languages.unknown_words_finder`).
    """
    text = resource_path("vocabulary.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


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
    parts: list[FloatArray] = []
    for start in range(0, len(words), _AT_ONCE):
        raise_if_set(cancel)
        on_progress(FindProgress("Learning words", start, len(words)))
        parts.append(as_stored(encoder.encode_texts(words[start : start + _AT_ONCE])))
    on_progress(FindProgress("Learning words", len(words), len(words)))
    return Vocabulary(tuple(words), np.concatenate(parts) if parts else np.empty((0, encoder.dimension), np.float32))


def propose_names(groups: Sequence[PictureGroup], vocabulary: Vocabulary, count: int = 3) -> list[tuple[str, ...]]:
    """Return for each group the words that say best in what it differs from the rest of the folder, the best first.

    Words are ranked by their embedding times the centroid of the group, from which the folder's mean was subtracted. No
    two groups have the same first word, so that the first names can become labels: the group that it fits best has it.
    """
    if not groups or not vocabulary.words:
        return [() for _ in groups]
    scores = normalise(np.stack([group.centroid for group in groups])) @ vocabulary.vectors.T
    names: dict[int, list[int]] = {}
    taken: set[int] = set()
    # Only the best words of each group can become its first: as many as there are groups.
    best = np.argsort(-scores, axis=1, kind="stable")[:, : len(groups) + count]
    rows = np.repeat(np.arange(len(groups)), best.shape[1])
    order = np.argsort(-scores[rows, best.ravel()], kind="stable")
    for row, word in zip(rows[order].tolist(), best.ravel()[order].tolist(), strict=True):
        if row not in names and word not in taken:
            names[row] = [word]
            taken.add(word)
    for row, words in names.items():
        words += [word for word in best[row].tolist() if word != words[0]][: count - 1]
    return [tuple(vocabulary.words[word] for word in names.get(row, ())) for row in range(len(groups))]


def label_of_group(name: str, typical: Sequence[Path]) -> Label:
    """Return a label that stands for a group: its name as the text, and typical images as references."""
    return Label(name, prompts=(name,), references=tuple(typical))


#: Texts encoded between two looks at `cancel`: about a second of work.
_AT_ONCE = 64
