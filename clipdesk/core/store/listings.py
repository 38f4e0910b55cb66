"""Finds the embeddings of whole folders by their listings, and writes these listings. See `listing_rows`."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.encoder import EncoderIdentity
from clipdesk.core.pictures.content import KEY_BYTES
from clipdesk.core.store.embedding_rows import (
    encoder_key,
    in_parts,
    is_path_row_sound,
    placeholders,
    read_vectors,
    where_id,
)
from clipdesk.core.store.file_columns import FileColumns
from clipdesk.core.store.listing_rows import NO_FILES, Listing, listed_row, listing_from_row
from clipdesk.core.store.store_file import USE_STEP_S, StoreFile

Write = Callable[[Callable[[sqlite3.Connection], object]], None]

#: Embeddings that are read at once: 16 MB of 512 dimensions.
_PART = 8192
#: Fewer files of a folder are looked up one by one as fast as its listing is read, and so is a smaller share of it.
_LEAST_FILES, _LEAST_SHARE = 16, 0.02
#: The share of a listing that has to be new before it is written again.
_NEW_SHARE = 0.05

#: Rows (n,), the ids of their entries (n,), and their content keys (n,).
_Part = tuple[NDArray[np.intp], NDArray[np.int64], NDArray[np.void]]
_NOTHING = np.zeros(0, np.int64), np.zeros((0, 0), np.float32)


@dataclass(frozen=True)
class ListedVectors:
    """Files that were found by the listings of their folders: rows (n,), embeddings (n, d) and content keys (n)."""

    rows: NDArray[np.intp]
    embeddings: NDArray[np.float32]
    contents: list[bytes]


class Listings:
    """The listings in the file of an embedding store. `write` runs a transaction within the limit of that."""

    def __init__(self, file: StoreFile, write: Write, now: Callable[[], int]) -> None:
        self._file = file
        self._write = write
        self._now = now

    # --- finding

    def recall(
        self, identity: EncoderIdentity, images: FileColumns, cancel: threading.Event
    ) -> Iterator[ListedVectors]:
        """Yield the embeddings of unchanged files as far as listings lead to them. Setting `cancel` ends it."""
        encoder = encoder_key(identity)
        stale: list[int] = []
        parts: list[_Part] = []
        count = 0
        for folder, rows in images.by_folder():
            if cancel.is_set():
                return
            if (part := self._find(encoder, os.fsencode(folder), images, rows, stale)) is None:
                continue
            parts.append(part)
            count += len(part[0])
            if count >= _PART:
                yield from self._vectors(encoder, parts, cancel)
                parts, count = [], 0
        yield from self._vectors(encoder, parts, cancel)
        self._touch(stale)

    def _find(
        self, encoder: bytes, folder: bytes, images: FileColumns, rows: NDArray[np.intp], stale: list[int]
    ) -> _Part | None:
        """Return which of these rows of a folder are listed as they are, and what is listed of them."""

        def read(connection: sqlite3.Connection) -> Listing | None:
            found = connection.execute(
                "SELECT l.id, l.used, d.count FROM listings l JOIN listed d ON d.id = l.id "
                "WHERE l.encoder = ? AND l.folder = ?",
                (encoder, folder),
            ).fetchone()
            if found is None or not isinstance(found[2], int) or len(rows) < _LEAST_SHARE * found[2]:
                return None
            if not isinstance(found[1], int) or found[1] < self._now() - USE_STEP_S:
                stale.append(found[0])
            return _read_listing(connection, encoder, folder) or NO_FILES

        listing = self._file.read(read, None) if len(rows) >= _LEAST_FILES else None
        if listing is None:
            return None
        if not len(listing):
            self._file.repair()
            return None
        places = listing.places_of(images.names_of(rows))
        is_same = (places >= 0) & (listing.states[places] == images.states[rows]).all(axis=1)
        places = places[is_same]
        return rows[is_same], listing.entries[places], listing.contents[places]

    def _vectors(self, encoder: bytes, parts: Sequence[_Part], cancel: threading.Event) -> Iterator[ListedVectors]:
        """Yield the embeddings of these rows and what is listed of them."""
        if not parts:
            return
        rows, entries, contents = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
        for start in range(0, len(rows), _PART):
            if cancel.is_set():
                return
            part = slice(start, start + _PART)
            places, embeddings = self._read_vectors(encoder, entries[part], contents[part])
            if len(places):
                yield ListedVectors(rows[part][places], embeddings, contents[part][places].tolist())

    def _read_vectors(
        self, encoder: bytes, entries: NDArray[np.int64], contents: NDArray[np.void]
    ) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Return the places of the entries (n,) that hold these contents (n,), and their embeddings (n, d)."""
        keys, first, place_of = np.unique(entries, return_index=True, return_inverse=True)

        # An entry that was deleted meanwhile may have another content now: that is no damage.
        found, matrix = self._file.read(
            lambda connection: read_vectors(connection, encoder, keys, contents[first]), _NOTHING
        )
        numbers = np.searchsorted(keys, found)
        if len(keys) == len(entries):
            return first[numbers], matrix
        # Copies of an image share an entry.
        vector_of = np.full(len(keys), -1)
        vector_of[numbers] = np.arange(len(numbers))
        is_found = (vector_of[place_of] >= 0) & (contents == contents[first[place_of]])
        return np.flatnonzero(is_found), matrix[vector_of[place_of[is_found]]]

    def _touch(self, listings: Sequence[int]) -> None:
        """Mark these listings as used now."""

        def write(connection: sqlite3.Connection) -> None:
            for part in in_parts(listings):
                query = f"UPDATE listings SET used = ? WHERE id IN ({placeholders(part)})"
                connection.execute(query, (self._now(), *part))

        if listings:
            self._write(write)

    # --- writing

    def add(self, identity: EncoderIdentity, images: FileColumns, is_new: NDArray[np.bool_]) -> Iterator[None]:
        """List the new ones (n,) among n images that are stored by now, in folders where they are many.

        Yields after each transaction of about 50 ms, so that the caller can do other things, or stop.
        """
        encoder = encoder_key(identity)
        folders: list[tuple[str, NDArray[np.intp]]] = []
        count = 0

        def write(connection: sqlite3.Connection) -> None:
            for folder, rows in folders:
                self._list(connection, encoder, os.fsencode(folder), images, rows, rows[is_new[rows]])

        for folder, rows in images.by_folder() if is_new.any() else ():
            if (new := int(is_new[rows].sum())) >= _LEAST_FILES:
                folders.append((folder, rows))
                count += new
            if count >= _PART:
                self._write(write)
                folders, count = [], 0
                yield
        if folders:
            self._write(write)

    def _list(
        self,
        connection: sqlite3.Connection,
        encoder: bytes,
        folder: bytes,
        images: FileColumns,
        rows: NDArray[np.intp],
        new: NDArray[np.intp],
    ) -> None:
        """Add new ones of these rows of a folder to its listing."""
        listing = _read_listing(connection, encoder, folder) or NO_FILES
        if len(new) < _NEW_SHARE * len(listing):
            return
        added = _look_up(connection, encoder, images, new)
        if len(added) < max(_LEAST_FILES, _NEW_SHARE * len(listing)):
            return
        if len(listing) > len(rows):  # files that are gone make it grow
            listing = listing.take(np.flatnonzero(np.isin(listing.names, images.names_of(rows))))
        listing = listing.with_files(added)
        connection.execute(
            "INSERT INTO listings (encoder, folder, used, passed_on) VALUES (?, ?, ?, 0) "
            "ON CONFLICT (encoder, folder) DO UPDATE SET used = excluded.used",
            (encoder, folder, self._now()),
        )
        found = connection.execute(
            "SELECT id FROM listings WHERE encoder = ? AND folder = ?", (encoder, folder)
        ).fetchone()
        if found is None:
            raise sqlite3.DatabaseError("its index contradicts its table")
        row = listed_row(found[0], encoder, folder, listing)
        connection.execute("INSERT OR REPLACE INTO listed VALUES (?, ?, ?, ?)", row)


def pass_on_use(connection: sqlite3.Connection) -> None:
    """Tell the entries when their listings were used, which they do not know. Before any is deleted."""
    for key, encoder, folder, used in connection.execute(
        "SELECT id, encoder, folder, used FROM listings WHERE used > passed_on"
    ).fetchall():
        listing = _read_listing(connection, encoder, folder) or NO_FILES
        for part in in_parts(np.unique(listing.entries).tolist()):
            where, values = where_id(part)
            connection.execute(f"UPDATE entries SET used = ? WHERE used < ? AND {where}", (used, used, *values))
        connection.execute("UPDATE listings SET passed_on = ? WHERE id = ?", (used, key))


def delete_listings(connection: sqlite3.Connection, where: str, values: Sequence[object] = ()) -> None:
    """Delete the listings for which the condition holds."""
    connection.execute(f"DELETE FROM listings WHERE {where}", values)
    connection.execute("DELETE FROM listed WHERE id NOT IN (SELECT id FROM listings)")


def _read_listing(connection: sqlite3.Connection, encoder: bytes, folder: bytes) -> Listing | None:
    row = connection.execute(
        "SELECT d.crc, d.count, d.files FROM listings l JOIN listed d ON d.id = l.id "
        "WHERE l.encoder = ? AND l.folder = ?",
        (encoder, folder),
    ).fetchone()
    return None if row is None else listing_from_row(encoder, folder, *row)


def _look_up(connection: sqlite3.Connection, encoder: bytes, images: FileColumns, rows: NDArray[np.intp]) -> Listing:
    """Return what is stored of these rows, as far as it is sound and they are unchanged."""
    files = images.take(rows)
    place_of = {path: place for place, path in enumerate(files.paths())}
    states = [tuple(state) for state in files.states.tolist()]
    kept: list[tuple[int, bytes, int]] = []
    for part in in_parts(list(place_of)):
        kept += [
            (place_of[path], content, entry)
            for path, *state, content, crc, entry in connection.execute(
                "SELECT f.path, f.size, f.mtime_ns, f.stamp, f.content, f.crc, e.id "
                "FROM files f JOIN entries e ON e.content = f.content AND e.encoder = ? "
                f"WHERE f.path IN ({placeholders(part)})",
                (encoder, *part),
            )
            if path in place_of
            and tuple(state) == states[place_of[path]]
            and is_path_row_sound(path, tuple(state), content, crc)
            and len(content) == KEY_BYTES
        ]
    kept.sort()
    if not kept:
        return NO_FILES
    places, contents, entries = zip(*kept, strict=True)
    found = files.take(np.array(places, np.intp))
    return Listing(
        found.names,
        found.states,
        np.frombuffer(b"".join(contents), NO_FILES.contents.dtype),
        np.array(entries, np.int64),
    )
