"""What is on the desk: pictures, labels, embeddings, scores."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import IntEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.labels import LabelSet
from clipdesk.core.pipeline import EmbeddedImage
from clipdesk.core.scan import ImageFile


class RowState(IntEnum):
    """How far a picture has come with the chosen model."""

    WAITING = 0
    EMBEDDED = 1
    FAILED = 2


class EmbeddingTable:
    """The embeddings of the desk's pictures under one encoder identity, row for row; grows by doubling.

    Waiting and failed rows are NaN. The arrays that the properties return are views: valid until the next `grow`.
    """

    def __init__(self, dimension: int) -> None:
        self.errors: dict[int, str] = {}
        self._vectors = np.empty((0, dimension), np.float32)
        self._states = np.empty(0, np.uint8)
        self._rows = 0

    @property
    def dimension(self) -> int:
        return int(self._vectors.shape[1])

    @property
    def vectors(self) -> NDArray[np.float32]:
        """(rows, dimension), NaN where there is none yet."""
        return self._vectors[: self._rows]

    @property
    def states(self) -> NDArray[np.uint8]:
        """(rows,) of RowState."""
        return self._states[: self._rows]

    def grow(self, rows: int) -> None:
        """Make room for `rows` pictures in all; new ones wait."""
        if rows > len(self._states):
            capacity = max(rows, 2 * len(self._states), 64)
            vectors = np.full((capacity, self.dimension), np.nan, np.float32)
            states = np.zeros(capacity, np.uint8)
            vectors[: self._rows], states[: self._rows] = self.vectors, self.states
            self._vectors, self._states = vectors, states
        self._rows = max(rows, self._rows)

    def put(self, results: Iterable[EmbeddedImage]) -> None:
        """Take finished pictures in."""
        for result in results:
            if result.embedding is None:
                self._states[result.row] = RowState.FAILED
                self.errors[result.row] = result.error
            else:
                self._vectors[result.row] = result.embedding
                self._states[result.row] = RowState.EMBEDDED
                self.errors.pop(result.row, None)

    def waiting(self) -> NDArray[np.intp]:
        """The rows that are still to be embedded, in desk order."""
        return np.flatnonzero(self.states == RowState.WAITING)

    def retry_failed(self) -> int:
        """Let the failed rows wait again; how many there were."""
        failed = self.states == RowState.FAILED
        self.states[failed] = RowState.WAITING
        self.errors.clear()
        return int(failed.sum())

    def keep(self, rows: NDArray[np.intp]) -> None:
        """Keep only these rows, in this order."""
        self._vectors, self._states = self._vectors[rows], self._states[rows]
        self._rows = len(rows)
        self.errors = {new: self.errors[old] for new, old in enumerate(rows.tolist()) if old in self.errors}


class Desk:
    """The open set of pictures and labels.

    A picture is known by its row, its place in the order in which it was put here. `generation` changes when rows
    move, so that results of an older generation can be told apart.
    """

    def __init__(self) -> None:
        self.images: list[ImageFile] = []
        self.label_set = LabelSet()
        self.generation = 0
        self._row_of: dict[Path, int] = {}
        self._tables: dict[str, EmbeddingTable] = {}

    def __len__(self) -> int:
        return len(self.images)

    def add_images(self, images: Iterable[ImageFile]) -> range:
        """Put pictures at the end, each file once; the rows of those that were new."""
        first = len(self.images)
        for image in images:
            if image.path not in self._row_of:
                self._row_of[image.path] = len(self.images)
                self.images.append(image)
        for table in self._tables.values():
            table.grow(len(self.images))
        return range(first, len(self.images))

    def remove_images(self, rows: Iterable[int]) -> None:
        """Take pictures off the desk. The files stay where they are."""
        gone = set(rows)
        kept = np.array([row for row in range(len(self.images)) if row not in gone], np.intp)
        self.images = [self.images[row] for row in kept]
        self._row_of = {image.path: row for row, image in enumerate(self.images)}
        for table in self._tables.values():
            table.keep(kept)
        self.generation += 1

    def row_of(self, path: Path) -> int | None:
        return self._row_of.get(path)

    def embeddings(self, identity_key: str, dimension: int) -> EmbeddingTable:
        """The table of one encoder identity; tables of other models are kept beside it."""
        table = self._tables.get(identity_key)
        if table is None:
            table = self._tables[identity_key] = EmbeddingTable(dimension)
            table.grow(len(self.images))
        return table


def prompt_keys(label_set: LabelSet) -> list[list[str]]:
    """For each label the keys of its vectors: `text:…` for a prompt in a template, `image:…` for a reference."""
    return [
        [text_key(text) for text in label_set.prompt_texts(label)] + [image_key(path) for path in label.references]
        for label in label_set.labels
    ]


def text_key(text: str) -> str:
    return f"text:{text}"


def image_key(path: Path) -> str:
    return f"image:{path}"


def encode_prompts(
    keys: Sequence[str],
    encode_texts: Callable[[Sequence[str]], NDArray[np.float32]],
    encode_references: Callable[[Sequence[Path]], NDArray[np.float32]],
) -> dict[str, NDArray[np.float32]]:
    """The vectors of `prompt_keys`, each kind encoded in one call."""
    texts = [key.removeprefix("text:") for key in keys if key.startswith("text:")]
    paths = [Path(key.removeprefix("image:")) for key in keys if key.startswith("image:")]
    vectors = {text_key(text): vector for text, vector in zip(texts, encode_texts(texts), strict=True)} if texts else {}
    if paths:
        pairs = zip(paths, encode_references(paths), strict=True)
        vectors |= {image_key(path): vector for path, vector in pairs}
    return vectors
