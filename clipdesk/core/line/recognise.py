"""Recognise renamed and copied images by their content: hash files ahead, and ask the store about many at once."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.encoder import EncoderIdentity
from clipdesk.core.line.decoding_threads import wait_for_any
from clipdesk.core.pictures.content import Content, read_content
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.store.embedding_store import EmbeddingStore, StoredImage

#: Files are hashed in groups that take about this long: one look-up and one batch of results for each.
_GROUP_S = 0.1
_LARGEST_GROUP = 512


@dataclass(frozen=True)
class FoundImage:
    """An image of a job: known to the store by its content (`embedding`, (d,)), or yet to be encoded.

    `content` is None without a store, and if the file could not be read.
    """

    row: int
    path: Path
    content: Content | None = None
    embedding: NDArray[np.float32] | None = None

    @property
    def is_known(self) -> bool:
        return self.embedding is not None

    def new_path(self) -> StoredImage | None:
        """Return what the store should keep of a known image: the path that it was found at."""
        file = settled_file(self.content)
        if self.content is None or file is None or not self.is_known:
            return None
        return StoredImage(self.content.key, None, file)


class ImageSource:
    """Takes (row, path) pairs in their order, and hashes and looks them up in groups, one group ahead.

    The first image is a group of its own, and further groups grow while they are quick, so that neither the first image
    nor a slow disk makes the others wait. A group costs one query instead of one for each image: with 5,000 known
    images the Python code of the queries kept the window from painting. Without a `store`, images are passed on as
    they are.
    """

    def __init__(
        self,
        images: Iterator[tuple[int, Path]],
        identity: EncoderIdentity,
        pool: ThreadPoolExecutor,
        *,
        threads: int,
        cancel: threading.Event,
        store: EmbeddingStore | None,
    ) -> None:
        self._images = images
        self._identity = identity
        self._pool = pool
        self._threads = threads
        self._cancel = cancel
        self._store = store
        self._size = threads
        self._found: deque[FoundImage] = deque()
        self._groups: deque[_Group] = deque()
        self._has_begun = False

    def take(self, *, wait: bool) -> FoundImage | None:
        """Return the next image. None at the end, after a cancel, or unless `wait`, if its file is still being read."""
        if self._store is None:
            return next((FoundImage(row, path) for row, path in self._images), None)
        if not self._found:
            if not self._has_begun:
                self._has_begun = True
                self._begin_group(1)
                self._begin_group(self._size)
            if not self._groups or not (wait or self._groups[0].is_read):
                return None
            if not all(wait_for_any([part], self._cancel) for part in self._groups[0].parts):
                return None
            group = self._groups.popleft()
            contents, took_s = group.result()
            if took_s < _GROUP_S / 2:
                self._size = min(2 * self._size, _LARGEST_GROUP)
            elif took_s > _GROUP_S:
                self._size = max(self._size // 2, self._threads)
            if not self._groups:
                self._begin_group(self._size)
            self._found.extend(_look_up(group.images, contents, self._identity, self._store))
        return self._found.popleft()

    def _begin_group(self, size: int) -> None:
        images = [] if self._cancel.is_set() else list(islice(self._images, size))
        if not images:
            return
        # One core is left to the window: hashing on all of them delays its painting.
        share = -(-len(images) // max(self._threads - 1, 1))
        parts = [[path for _, path in images[start : start + share]] for start in range(0, len(images), share)]
        self._groups.append(_Group(images, [self._pool.submit(_read_contents, part, self._cancel) for part in parts]))


@dataclass(frozen=True)
class _Group:
    """Images whose files are being hashed, in parts of equal size."""

    images: list[tuple[int, Path]]
    parts: list[Future[tuple[list[Content | None], float]]]

    @property
    def is_read(self) -> bool:
        return all(part.done() for part in self.parts)

    def result(self) -> tuple[list[Content | None], float]:
        """Return the contents, and how many seconds the slowest part took. Waits for them."""
        results = [part.result() for part in self.parts]
        return [content for contents, _ in results for content in contents], max(took_s for _, took_s in results)


def _read_contents(paths: Sequence[Path], cancel: threading.Event) -> tuple[list[Content | None], float]:
    began = time.perf_counter()
    contents = [None if cancel.is_set() else read_content(path, cancel) for path in paths]
    return contents, time.perf_counter() - began


def _look_up(
    images: Sequence[tuple[int, Path]],
    contents: Sequence[Content | None],
    identity: EncoderIdentity,
    store: EmbeddingStore,
) -> Iterator[FoundImage]:
    keys = [content.key for content in contents if content is not None]
    known = store.find_images(identity, keys)
    for (row, path), content in zip(images, contents, strict=True):
        yield FoundImage(row, path, content, None if content is None else known.get(content.key))


def settled_file(content: Content | None) -> ImageFile | None:
    """Return the file if its path, size, time and stamp identify that content, else None."""
    return content.file if content is not None and content.is_settled else None
