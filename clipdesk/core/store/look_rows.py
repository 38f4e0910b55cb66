"""The looks of images in the embedding store: one row for each content, whatever the encoder."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.pictures.look import TILE_SIDE, Look

LOOKS = "CREATE TABLE IF NOT EXISTS looks (content BLOB PRIMARY KEY, crc INTEGER, look BLOB) WITHOUT ROWID"

#: A row's value. `taken_s` and `sharpness` are NaN where they are unknown.
LOOK_DTYPE = np.dtype(
    [
        ("dhash", "<u8"),
        ("width", "<i4"),
        ("height", "<i4"),
        ("taken_s", "<f8"),
        ("sharpness", "<f4"),
        ("tile", "u1", (TILE_SIDE * TILE_SIDE,)),
    ]
)

#: Increase it when looks are computed in another way, so that older ones are made again.
_VERSION = 1


@dataclass(frozen=True)
class FoundLooks:
    """The looks of n contents as an array (n,) of LOOK_DTYPE, and which of them are known, (n,)."""

    looks: NDArray[np.void]
    is_known: NDArray[np.bool_]


def look_row(content: bytes, look: Look) -> tuple[bytes, int, bytes]:
    """Return the row that holds a look."""
    packed = look_values(look).tobytes()
    return content, _crc(content, packed), packed


def look_values(look: Look) -> NDArray[np.void]:
    """Return a look as an array () of LOOK_DTYPE."""
    values = np.zeros((), LOOK_DTYPE)
    values["dhash"], values["width"], values["height"] = look.dhash, look.width, look.height
    values["taken_s"] = np.nan if look.taken_s is None else look.taken_s
    values["sharpness"] = np.nan if look.sharpness is None else look.sharpness
    values["tile"] = np.frombuffer(look.tile, np.uint8)
    return values


def looks_from_rows(contents: Sequence[bytes], rows: Iterable[tuple[object, object, object]]) -> FoundLooks:
    """Return the looks of these contents that are among the rows and sound."""
    found: Mapping[object, bytes] = {
        content: look
        for content, crc, look in rows
        if isinstance(content, bytes)
        and isinstance(look, bytes)
        and len(look) == LOOK_DTYPE.itemsize
        and crc == _crc(content, look)
    }
    is_known = np.array([content in found for content in contents], np.bool_)
    nothing = bytes(LOOK_DTYPE.itemsize)
    joined = b"".join(found.get(content, nothing) for content in contents)
    return FoundLooks(np.frombuffer(joined, LOOK_DTYPE).copy(), is_known)


def _crc(content: bytes, look: bytes) -> int:
    return zlib.crc32(look, zlib.crc32(content, _VERSION))
