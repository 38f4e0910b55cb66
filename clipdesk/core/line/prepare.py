"""Prepare one image for an encoder: decode and resize it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.encoder import Encoder
from clipdesk.core.errors import ImageError
from clipdesk.core.line.recognise import FoundImage, settled_file
from clipdesk.core.messages import message
from clipdesk.core.pictures.content import is_unchanged, read_content
from clipdesk.core.pictures.look import Look, ShotFacts, look_of, shot_facts
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.store.thumbnail_store import ThumbnailStore

if TYPE_CHECKING:
    from PIL import Image


@dataclass(frozen=True)
class Decoded:
    """A decoded image, and what its file's header says."""

    picture: Image.Image
    facts: ShotFacts


#: Gets the decoded image, before it is prepared.
OnPicture = Callable[["Image.Image"], object]
#: Decodes a file for an encoder's image size; see `decode_file`.
Decode = Callable[[Path, tuple[int, int], threading.Event], Decoded]


def decode_file(path: Path, image_size: tuple[int, int], cancel: threading.Event | None = None) -> Decoded:
    """Decode a file to at least twice an encoder's image size. Raises ImageError, also when `cancel` is set."""
    # Imports Pillow, which neither recalled images nor the start of the window need.
    from clipdesk.core.pictures.decode import decode

    facts: list[ShotFacts] = []
    try:
        picture = decode(path, image_size, on_opened=lambda opened: facts.append(shot_facts(opened)), cancel=cancel)
    except MemoryError as error:
        raise _no_memory(path) from error
    return Decoded(picture, facts[0])


def _no_memory(path: Path) -> ImageError:
    return ImageError(path, message("core", "There is not enough memory to open this picture."))


@dataclass(frozen=True)
class Prepared:
    """An image ready to encode.

    `content` is the key under which the store keeps the embedding, empty if it must not be stored. `file` is set when
    its path, size, time and stamp identify that content, too. `look` is set if the store may keep it.
    """

    pixels: NDArray[np.uint8]
    content: bytes = b""
    file: ImageFile | None = None
    look: Look | None = None


def prepare_image(
    image: FoundImage,
    on_picture: OnPicture = lambda _: None,
    *,
    encoder: Encoder,
    cancel: threading.Event,
    thumbnails: ThumbnailStore | None,
    decode: Decode = decode_file,
) -> Prepared:
    """Return the prepared image, storing its thumbnail on the way. Runs in a decoding thread.

    Raises ImageError when the file cannot be read or decoded, or when `cancel` is set.
    """
    from clipdesk.core.pictures.opening import require_going

    require_going(image.path, cancel)
    content = image.content
    if content is not None and not is_unchanged(content):
        content = read_content(image.path, cancel)  # it was hashed a while ago
    decoded = decode(image.path, encoder.image_size, cancel)
    require_going(image.path, cancel)  # nothing is stored after a job has ended
    on_picture(decoded.picture)
    try:
        pixels = encoder.prepare_image(decoded.picture)
        # While the pixels are there: later, the image would have to be decoded once more.
        look = look_of(decoded.picture, decoded.facts) if content is not None else None
    except MemoryError as error:
        raise _no_memory(image.path) from error
    if content is None or not is_unchanged(content):
        # The file changed between hashing and decoding: these pixels may not belong to the content key.
        return Prepared(pixels)
    file = settled_file(content)
    if thumbnails is not None and file is not None:
        thumbnails.put_image(file, decoded.picture)
    return Prepared(pixels, content.key, file, look)


def default_workers() -> int:
    """Return the number of decoding threads: one per core, because Pillow releases the GIL while it decodes."""
    return max(2, min(16, os.cpu_count() or 2))
