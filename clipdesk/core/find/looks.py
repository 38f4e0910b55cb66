"""The looks of the images of a desk as columns: recalled from the store, or made from thumbnails and files."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.errors import ImageError, raise_if_set
from clipdesk.core.find.progress import FindProgress, OnProgress, ignore_progress
from clipdesk.core.line.prepare import default_workers
from clipdesk.core.pictures.content import read_content
from clipdesk.core.pictures.look import Look, ShotFacts, look_of, sharpness_of, shot_facts
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.store.embedding_store import EmbeddingStore
from clipdesk.core.store.look_rows import LOOK_DTYPE, FoundLooks, look_values
from clipdesk.core.store.thumbnail_store import ThumbnailStore

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile as JpegFile

T = TypeVar("T")

#: Images looked up at once, and images made before they are stored: about a second of work.
_LOOKUP_SIZE, _MADE_SIZE = 8_192, 128


@dataclass(frozen=True)
class Looks:
    """The looks of n images, as columns (n,) of `Look`.

    `contents` has the content key of each, empty for files that could not be read. `is_known` (n,) is false where there
    is no look. `taken_s` and `sharpness` are NaN where they are unknown.
    """

    contents: tuple[bytes, ...]
    is_known: NDArray[np.bool_]
    values: NDArray[np.void]

    def __len__(self) -> int:
        return len(self.contents)

    @property
    def dhash(self) -> NDArray[np.uint64]:
        return self.values["dhash"]

    @property
    def tiles(self) -> NDArray[np.uint8]:
        """The tiles (n, 256)."""
        return self.values["tile"]

    @property
    def widths(self) -> NDArray[np.int32]:
        return self.values["width"]

    @property
    def heights(self) -> NDArray[np.int32]:
        return self.values["height"]

    @property
    def taken_s(self) -> NDArray[np.float64]:
        return self.values["taken_s"]

    @property
    def sharpness(self) -> NDArray[np.float32]:
        return self.values["sharpness"]

    def without(self, is_out: Sequence[bool]) -> Looks:
        """Return the looks without those of files that are gone or moved away: the store still knows them."""
        if not any(is_out):
            return self
        contents = tuple(b"" if out else key for key, out in zip(self.contents, is_out, strict=True))
        return Looks(contents, self.is_known & ~np.array(is_out), self.values)

    def look(self, row: int) -> Look:
        """Return the look of a row."""
        one = self.values[row]
        taken_s, sharpness = float(one["taken_s"]), float(one["sharpness"])
        return Look(
            int(one["dhash"]),
            one["tile"].tobytes(),
            int(one["width"]),
            int(one["height"]),
            None if np.isnan(taken_s) else taken_s,
            None if np.isnan(sharpness) else sharpness,
        )


def find_looks(
    images: Sequence[ImageFile],
    contents: Sequence[bytes] = (),
    *,
    store: EmbeddingStore | None = None,
    thumbnails: ThumbnailStore | None = None,
    on_progress: OnProgress = ignore_progress,
    cancel: threading.Event | None = None,
) -> Looks:
    """Return the looks of images, whose content keys are `contents` (n, empty where unknown; or none at all).

    They come from the store, else from thumbnails, else from the files, and are kept in the store. The line stores the
    looks of what it decodes. Files that cannot be read have none. Raises Cancelled.
    """
    keys = list(contents) or [b""] * len(images)
    if store is not None and not all(keys):
        unknown = [row for row, key in enumerate(keys) if not key]
        known = store.find_contents([images[row] for row in unknown])
        for row in unknown:
            keys[row] = known.get(images[row].path, b"")
    values, is_known = np.zeros(len(images), LOOK_DTYPE), np.zeros(len(images), np.bool_)
    for start in range(0, len(images) if store is not None else 0, _LOOKUP_SIZE):
        raise_if_set(cancel)
        assert store is not None
        part = slice(start, start + _LOOKUP_SIZE)
        found: FoundLooks = store.find_looks(keys[part])
        values[part], is_known[part] = found.looks, found.is_known
    missing = np.flatnonzero(~is_known).tolist()

    def make(row: int) -> tuple[bytes, Look | None]:
        image = images[row]
        content = keys[row] or _content_of(image, cancel)
        return content, _make_look(image, thumbnails) if content else None

    for rows, made in _in_parts(make, missing, "Looking at pictures", on_progress, cancel):
        for row, (content, look) in zip(rows, made, strict=True):
            keys[row] = content
            if look is not None:
                values[row], is_known[row] = look_values(look), True
        if store is not None:
            store.put_looks({content: look for content, look in made if look is not None})
    return Looks(tuple(keys), is_known, values)


def measure_sharpness(
    looks: Looks,
    rows: Sequence[int],
    images: Sequence[ImageFile],
    *,
    store: EmbeddingStore | None = None,
    on_progress: OnProgress = ignore_progress,
    cancel: threading.Event | None = None,
) -> Looks:
    """Return the looks with the sharpness of these rows, as far as their files can be read. Raises Cancelled.

    Takes about 50 ms for a photo, so it is meant for the images of groups. It is kept in the store. `images` are those
    of all rows.
    """
    values = looks.values.copy()
    missing = [row for row in rows if looks.is_known[row] and np.isnan(values[row]["sharpness"])]

    def measure(row: int) -> float:
        try:
            return sharpness_of(images[row].path)
        except ImageError:
            return float("nan")

    for part, found in _in_parts(measure, missing, "Measuring sharpness", on_progress, cancel):
        values["sharpness"][part] = found
        if store is not None:
            known = {row: one for row, one in zip(part, found, strict=True) if not np.isnan(one)}
            store.put_looks(
                {looks.contents[row]: replace(looks.look(row), sharpness=one) for row, one in known.items()}
            )
    return replace(looks, values=values)


def _in_parts(
    work: Callable[[int], T],
    rows: Sequence[int],
    stage: str,
    on_progress: OnProgress,
    cancel: threading.Event | None,
) -> Iterator[tuple[list[int], list[T]]]:
    """Run `work` on each row in threads. Yield some rows and their results at a time. Raises Cancelled."""
    if not rows:
        return
    with ThreadPoolExecutor(default_workers(), thread_name_prefix="look") as pool:
        for start in range(0, len(rows), _MADE_SIZE):
            raise_if_set(cancel)
            on_progress(FindProgress(stage, start, len(rows)))
            part = list(rows[start : start + _MADE_SIZE])
            yield part, list(pool.map(work, part))
    on_progress(FindProgress(stage, len(rows), len(rows)))


def _content_of(image: ImageFile, cancel: threading.Event | None) -> bytes:
    content = read_content(image.path, cancel)
    return b"" if content is None else content.key


def _make_look(image: ImageFile, thumbnails: ThumbnailStore | None) -> Look | None:
    from clipdesk.core.pictures.decode import decode, decode_bytes
    from clipdesk.core.pictures.opening import opened

    thumbnail = thumbnails.find(image) if thumbnails is not None else None
    facts: list[ShotFacts] = []
    try:
        if thumbnail is None:
            pixels = decode(image.path, _LEAST_SIZE, on_opened=lambda header: facts.append(shot_facts(header)))
        else:
            pixels = decode_bytes(thumbnail, admit=_draft_grey)
            with opened(image.path) as header:
                facts.append(shot_facts(header))
        return look_of(pixels, facts[0])
    except (ImageError, MemoryError):
        return None


def _draft_grey(thumbnail: JpegFile) -> None:
    """Have a JPEG decoded without its colours: looks have none, and it takes half the time."""
    thumbnail.draft("L", thumbnail.size)


#: The size that images are decoded for, (width, height): at least twice as much as a tile needs.
_LEAST_SIZE = (64, 64)
