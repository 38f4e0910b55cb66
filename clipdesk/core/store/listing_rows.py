"""The listings of folders in the embedding store: for each file its state, its content key and where its vector is.

A listing repeats rows of `files` and `entries` in one value for a folder and an encoder, because 100,000 rows that are
found one by one take ten times as long. Nothing depends on it, and it may be out of date: that a file in some state has
some content stays true, and that an entry holds this content is checked with the vector.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.pictures.content import KEY_BYTES

# `listings` is separate from `listed`, so that an update of `used` rewrites 100 bytes instead of 80 for each file.
# `passed_on` is the time of last use that the entries know of.
LISTINGS = """
CREATE TABLE IF NOT EXISTS listings (
    id INTEGER PRIMARY KEY, encoder BLOB, folder BLOB, used INTEGER, passed_on INTEGER, UNIQUE (encoder, folder)
);
CREATE TABLE IF NOT EXISTS listed (id INTEGER PRIMARY KEY, crc INTEGER, count INTEGER, files BLOB)
"""

_FILE = np.dtype([("state", "<i8", (3,)), ("entry", "<i8"), ("content", "V", KEY_BYTES)])


@dataclass(frozen=True)
class Listing:
    """n files of a folder: names, states (n, 3) as in FileColumns, content keys (n,) of V20, and entry ids (n,)."""

    names: Sequence[str]
    states: NDArray[np.int64]
    contents: NDArray[np.void]
    entries: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.names)

    def take(self, places: NDArray[np.intp]) -> Listing:
        """Return these files."""
        names = [self.names[place] for place in places.tolist()]
        return Listing(names, self.states[places], self.contents[places], self.entries[places])

    def with_files(self, others: Listing) -> Listing:
        """Return a listing of these files and `others`, which replace those with the same names."""
        gone = set(others.names)
        kept = self.take(np.array([place for place, name in enumerate(self.names) if name not in gone], np.intp))
        return Listing(
            [*kept.names, *others.names],
            np.concatenate((kept.states, others.states)),
            np.concatenate((kept.contents, others.contents)),
            np.concatenate((kept.entries, others.entries)),
        )

    def places_of(self, names: Sequence[str]) -> NDArray[np.intp]:
        """Return the place of each name (n,), -1 for those that are not listed."""
        if list(names) == list(self.names):
            return np.arange(len(names))
        place_of = {name: place for place, name in enumerate(self.names)}
        return np.array([place_of.get(name, -1) for name in names], np.intp)


NO_FILES = Listing([], np.zeros((0, 3), np.int64), np.zeros(0, f"V{KEY_BYTES}"), np.zeros(0, np.int64))


def listed_row(key: int, encoder: bytes, folder: bytes, listing: Listing) -> tuple[int, int, int, bytes]:
    """Return the row of `listed` that holds a listing."""
    files = np.empty(len(listing), _FILE)
    files["state"], files["entry"], files["content"] = listing.states, listing.entries, listing.contents
    packed = files.tobytes() + os.fsencode("\0".join(listing.names))
    return key, _crc(encoder, folder, len(listing), packed), len(listing), packed


def listing_from_row(encoder: bytes, folder: bytes, crc: object, count: object, packed: object) -> Listing | None:
    """Return the listing in a row of `listed`; None if it is damaged."""
    if not (isinstance(count, int) and isinstance(packed, bytes) and crc == _crc(encoder, folder, count, packed)):
        return None
    if not 0 < count * _FILE.itemsize <= len(packed):
        return None
    files = np.frombuffer(packed, _FILE, count)
    try:
        names = os.fsdecode(packed[files.nbytes :]).split("\0")
    except UnicodeDecodeError:
        return None
    if len(names) != count:
        return None
    return Listing(names, files["state"], files["content"], files["entry"])


def _crc(encoder: bytes, folder: bytes, count: int, packed: bytes) -> int:
    return zlib.crc32(packed, zlib.crc32(b"%b%d %b" % (encoder, count, folder)))
