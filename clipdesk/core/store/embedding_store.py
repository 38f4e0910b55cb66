"""A cache of embeddings on disk: one SQLite file, keyed by content and encoder identity.

The key of an image is a hash of its file's bytes, so that a renamed or copied image is found again. Path, size,
modification time and stamp (change time and file id) lead to that hash without reading the file. The key of a text is
a hash of the text.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.encoder import EncoderFacts, EncoderIdentity
from clipdesk.core.pictures.content import text_key
from clipdesk.core.pictures.look import Look
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.store.embedding_rows import (
    SCHEMA,
    UPGRADES,
    VectorCheck,
    encoder_key,
    facts_from_row,
    facts_row,
    in_parts,
    is_path_row_sound,
    matrix_of,
    note_from_row,
    note_row,
    path_row,
    placeholders,
    state_of,
    vector_row,
)
from clipdesk.core.store.file_columns import FileColumns, columns_of
from clipdesk.core.store.listings import Listings, delete_listings, pass_on_use
from clipdesk.core.store.look_rows import FoundLooks, look_row, looks_from_rows
from clipdesk.core.store.store_file import USE_STEP_S, StoreFile, evict_oldest, used_bytes

logger = logging.getLogger(__name__)

Rows = list[tuple[Any, ...]]

#: A version of the schema that cannot be upgraded to (see UPGRADES) gets another number, and so a file of its own.
FILE_NAME = "embeddings-1.sqlite3"
DEFAULT_LIMIT_BYTES = 2_000_000_000


@dataclass(frozen=True)
class StoredImage:
    """An image to store: its content key, and its embedding (d,) unless the store has that already.

    `file` will lead to the content without reading it. None if it may not, because the file is still changing. `look`
    is None if it was not computed.
    """

    content: bytes
    embedding: NDArray[np.float32] | None
    file: ImageFile | None = None
    look: Look | None = None


@dataclass(frozen=True)
class StoredText:
    """A text's embedding (d,). `is_cut`: the text was longer than the model reads, and its end was ignored."""

    embedding: NDArray[np.float32]
    is_cut: bool


class EmbeddingStore:
    """Embeddings in one file, which several windows and commands may share. Thread-safe.

    Faults of the file or the disk never raise (see StoreFile). The store then finds nothing, or stores nothing, and
    `on_problem` gets a sentence, on the thread that met the fault. The file is opened when it is first needed.
    """

    def __init__(
        self,
        path: Path,
        *,
        limit_bytes: int = DEFAULT_LIMIT_BYTES,
        on_problem: Callable[[str], None] | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._file = StoreFile(path, SCHEMA, logger.warning if on_problem is None else on_problem, upgrades=UPGRADES)
        self._limit_bytes = limit_bytes
        self._clock = clock
        self.listings = Listings(self._file, self._write, self._now)

    @property
    def path(self) -> Path:
        return self._file.path

    # --- images

    def find_files(
        self, identity: EncoderIdentity, files: Sequence[ImageFile]
    ) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Look up the embeddings of unchanged files without reading them.

        Returns the positions in `files` of those that were found, (n,), in any order, and their embeddings, (n, d).
        """
        return self.recall_files(identity, columns_of(files))[:2]

    def recall_files(
        self, identity: EncoderIdentity, files: FileColumns
    ) -> tuple[NDArray[np.intp], NDArray[np.float32], list[bytes]]:
        """Return what `find_files` does, and the content keys (n) of the files that were found."""
        position_of = {path: position for position, path in enumerate(files.paths())}
        states = [tuple(state) for state in files.states.tolist()]
        nothing: Rows = []
        found = self._file.read(lambda connection: _rows_of_paths(connection, identity, list(position_of)), nothing)
        positions: list[int] = []
        vectors: list[bytes] = []
        contents: list[bytes] = []
        stale: list[int] = []
        is_sound = VectorCheck(encoder_key(identity))
        oldest = self._now() - USE_STEP_S
        is_damaged = False
        for path, size, mtime_ns, stamp, content, path_crc, entry, used, crc, cut, vector in found:
            position, state = position_of.get(path), (size, mtime_ns, stamp)
            if position is None or state != states[position]:
                continue
            if is_path_row_sound(path, state, content, path_crc) and is_sound(content, crc, cut, vector):
                positions.append(position)
                vectors.append(vector)
                contents.append(content)
                if not isinstance(used, int) or used < oldest:
                    stale.append(entry)
            else:
                is_damaged = True
        if is_damaged:
            self._file.repair()
        self._touch(stale)
        return np.array(positions, np.intp), matrix_of(vectors), contents

    def find_content(self, identity: EncoderIdentity, content: bytes) -> NDArray[np.float32] | None:
        """Return the embedding (d,) of the image with this content key; None if it is not stored."""
        return self.find_images(identity, [content]).get(content)

    def find_images(self, identity: EncoderIdentity, contents: Sequence[bytes]) -> dict[bytes, NDArray[np.float32]]:
        """Return the embeddings (d,) of those content keys that are stored."""
        return {content: stored.embedding for content, stored in self._find(identity, contents).items()}

    def find_contents(self, files: Sequence[ImageFile]) -> dict[Path, bytes]:
        """Return the content keys of those files that are stored and unchanged, without reading them."""
        of_path = {os.fsencode(file.path): file for file in files}

        def read(connection: sqlite3.Connection) -> Rows:
            query = "SELECT path, size, mtime_ns, stamp, content, crc FROM files WHERE path IN"
            rows: Rows = []
            for part in in_parts(list(of_path)):
                rows += connection.execute(f"{query} ({placeholders(part)})", part).fetchall()
            return rows

        nothing: Rows = []
        return {
            of_path[path].path: content
            for path, *state, content, crc in self._file.read(read, nothing)
            if path in of_path
            and tuple(state) == state_of(of_path[path])
            and is_path_row_sound(path, tuple(state), content, crc)
        }

    def put_images(self, identity: EncoderIdentity, images: Sequence[StoredImage]) -> None:
        """Store a batch in one transaction."""

        def write(connection: sqlite3.Connection) -> None:
            for image in images:
                if image.embedding is not None:
                    self._put(connection, identity, image.content, image.embedding)
            rows = [path_row(image.content, image.file) for image in images if image.file is not None]
            connection.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)", rows)
            _put_looks(connection, {image.content: image.look for image in images if image.look})

        if images:
            self._write(write)
            if not self._has(identity, images) and self._file.repair():
                self._write(write)

    # --- looks

    def find_looks(self, contents: Sequence[bytes]) -> FoundLooks:
        """Return the looks of those contents (n) that are stored."""

        def read(connection: sqlite3.Connection) -> Rows:
            rows: Rows = []
            for part in in_parts(contents):
                query = f"SELECT content, crc, look FROM looks WHERE content IN ({placeholders(part)})"
                rows += connection.execute(query, part).fetchall()
            return rows

        nothing: Rows = []
        return looks_from_rows(contents, self._file.read(read, nothing))

    def put_looks(self, looks: Mapping[bytes, Look]) -> None:
        """Store the looks of images by their content keys, in one transaction."""
        if looks:
            self._write(lambda connection: _put_looks(connection, looks))

    # --- texts

    def find_texts(self, identity: EncoderIdentity, texts: Iterable[str]) -> dict[str, StoredText]:
        """Return the embeddings of those texts that are stored."""
        text_of = {text_key(text): text for text in texts}
        return {text_of[content]: stored for content, stored in self._find(identity, list(text_of)).items()}

    def put_texts(self, identity: EncoderIdentity, texts: dict[str, StoredText]) -> None:
        """Store texts in one transaction."""

        def write(connection: sqlite3.Connection) -> None:
            for text, stored in texts.items():
                self._put(connection, identity, text_key(text), stored.embedding, is_cut=stored.is_cut)

        if texts:
            self._write(write)

    # --- encoders

    def find_facts(self, fingerprint: str) -> EncoderFacts | None:
        """Return the stored facts of the encoder whose files have this fingerprint."""
        query = "SELECT crc, facts FROM models WHERE fingerprint = ?"
        nothing: Rows = []
        found = self._file.read(lambda connection: connection.execute(query, (fingerprint,)).fetchall(), nothing)
        return next((facts_from_row(fingerprint, crc, content) for crc, content in found), None)

    def put_facts(self, fingerprint: str, facts: EncoderFacts) -> None:
        """Store the facts of an encoder."""
        row = facts_row(fingerprint, facts)
        self._write(lambda connection: connection.execute("INSERT OR REPLACE INTO models VALUES (?, ?, ?)", row))

    def forget_facts(self, fingerprint: str) -> None:
        """Delete the facts of an encoder that turned out to be a different one."""
        self._write(lambda connection: connection.execute("DELETE FROM models WHERE fingerprint = ?", (fingerprint,)))

    def find_note(self, key: str) -> str:
        """Return a text that `put_note` has stored about a model; "" if there is none."""
        query = "SELECT crc, facts FROM models WHERE fingerprint = ?"
        nothing: Rows = []
        found = self._file.read(lambda connection: connection.execute(query, (key,)).fetchall(), nothing)
        return next((note_from_row(key, crc, content) for crc, content in found), "")

    def put_note(self, key: str, text: str) -> None:
        """Store a short text about a model. Its key must not be a fingerprint."""
        row = note_row(key, text)
        self._write(lambda connection: connection.execute("INSERT OR REPLACE INTO models VALUES (?, ?, ?)", row))

    def count(self, identity: EncoderIdentity, *, at_most: int) -> int:
        """Return how many embeddings of an encoder are stored, of images and texts; `at_most` if there are more."""
        query = "SELECT count(*) FROM (SELECT 1 FROM entries WHERE encoder = ? LIMIT ?)"
        values = (encoder_key(identity), at_most)
        return self._file.read(lambda connection: int(connection.execute(query, values).fetchone()[0]), 0)

    def forget_encoder(self, identity: EncoderIdentity) -> None:
        """Delete all embeddings of an encoder."""
        key = (encoder_key(identity),)

        def delete(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM vectors WHERE id IN (SELECT id FROM entries WHERE encoder = ?)", key)
            connection.execute("DELETE FROM entries WHERE encoder = ?", key)
            delete_listings(connection, "encoder = ?", key)

        self._write(delete)

    # --- maintenance

    @property
    def size_bytes(self) -> int:
        """The size of the file."""
        return self._file.size_bytes

    @property
    def limit_bytes(self) -> int:
        return self._limit_bytes

    def set_limit(self, limit_bytes: int) -> None:
        """Limit the file to about this size from now on, and delete the least recently used rows beyond it."""
        self._limit_bytes = limit_bytes

        def shrink(connection: sqlite3.Connection) -> None:
            while used_bytes(connection) > limit_bytes and self._evict(connection):
                pass

        self._file.allow_writes()
        self._write(shrink)
        self._file.shrink()

    def clear(self) -> None:
        """Delete everything. Other windows that have the file open go on with the empty one."""

        def empty(connection: sqlite3.Connection) -> None:
            for table in ("files", "entries", "vectors", "models", "looks", "listings", "listed"):
                connection.execute(f"DELETE FROM {table}")

        self._file.allow_writes()
        self._write(empty)
        self._file.shrink()

    def move(self, path: Path) -> bool:
        """Move to another file (see StoreFile.move). Return whether that worked."""
        return self._file.move(path)

    def close(self) -> None:
        """Close the file. It is opened again when it is needed."""
        self._file.close()

    # --- reading and writing

    def _has(self, identity: EncoderIdentity, images: Sequence[StoredImage]) -> bool:
        """Return whether what was stored of these images is found, by content and by file."""
        contents = {image.content for image in images if image.embedding is not None}
        files = [image.file for image in images if image.file is not None]
        return len(self._find(identity, list(contents))) == len(contents) and (
            not files or len(self.find_contents(files)) == len({file.path for file in files})
        )

    def _find(self, identity: EncoderIdentity, contents: Sequence[bytes]) -> dict[bytes, StoredText]:
        """Return what is stored under these content keys, of texts and of images."""

        def read(connection: sqlite3.Connection) -> Rows:
            rows: Rows = []
            for part in in_parts(contents):
                rows += connection.execute(
                    "SELECT e.content, e.id, e.used, v.crc, v.cut, v.vector "
                    "FROM entries e JOIN vectors v ON v.id = e.id "
                    f"WHERE e.encoder = ? AND e.content IN ({placeholders(part)})",
                    (encoder_key(identity), *part),
                ).fetchall()
            return rows

        wanted, is_sound, oldest = set(contents), VectorCheck(encoder_key(identity)), self._now() - USE_STEP_S
        sound: Rows = []
        stale: list[int] = []
        is_damaged = False
        nothing: Rows = []
        for content, entry, used, crc, cut, vector in self._file.read(read, nothing) if contents else ():
            if content in wanted and is_sound(content, crc, cut, vector):
                sound.append((content, cut, vector))
                if not isinstance(used, int) or used < oldest:
                    stale.append(entry)
            else:
                is_damaged = True
        if is_damaged:
            self._file.repair()
        self._touch(stale)
        embeddings = matrix_of([vector for _, _, vector in sound])
        return {
            content: StoredText(embedding, bool(cut))
            for (content, cut, _), embedding in zip(sound, embeddings, strict=True)
        }

    def _put(
        self,
        connection: sqlite3.Connection,
        identity: EncoderIdentity,
        content: bytes,
        embedding: NDArray[np.float32],
        *,
        is_cut: bool = False,
    ) -> None:
        encoder = encoder_key(identity)
        connection.execute(
            "INSERT INTO entries (content, encoder, used) VALUES (?, ?, ?) "
            "ON CONFLICT (content, encoder) DO UPDATE SET used = excluded.used",
            (content, encoder, self._now()),
        )
        found = connection.execute(
            "SELECT id FROM entries WHERE content = ? AND encoder = ?", (content, encoder)
        ).fetchone()
        if found is None:
            raise sqlite3.DatabaseError("its index contradicts its table")
        row = vector_row(found[0], encoder, content, embedding, is_cut=is_cut)
        connection.execute("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?)", row)

    def _touch(self, entries: Sequence[int]) -> None:
        """Mark these entries as used now."""

        def write(connection: sqlite3.Connection) -> None:
            for part in in_parts(entries):
                query = f"UPDATE entries SET used = ? WHERE id IN ({placeholders(part)})"
                connection.execute(query, (self._now(), *part))

        if entries:
            self._write(write)

    def _now(self) -> int:
        return int(self._clock())

    def _write(self, work: Callable[[sqlite3.Connection], object]) -> None:
        """Run `work` in one transaction, and evict rows if the file is beyond its limit."""

        def within_limit(connection: sqlite3.Connection) -> None:
            work(connection)
            if used_bytes(connection) > self._limit_bytes:
                self._evict(connection)

        self._file.write(within_limit)

    def _evict(self, connection: sqlite3.Connection) -> int:
        """Delete the least recently used rows and the paths that led to them. Return how many rows."""
        pass_on_use(connection)
        deleted = evict_oldest(connection, "vectors", self._limit_bytes)
        for table in ("files", "looks"):
            connection.execute(
                f"DELETE FROM {table} WHERE NOT EXISTS (SELECT 1 FROM entries WHERE entries.content = {table}.content)"
            )
        delete_listings(connection, "used < coalesce((SELECT min(used) FROM entries), used + 1)")
        return deleted


def _rows_of_paths(connection: sqlite3.Connection, identity: EncoderIdentity, paths: Sequence[bytes]) -> Rows:
    rows: Rows = []
    for part in in_parts(paths):
        rows += connection.execute(
            "SELECT f.path, f.size, f.mtime_ns, f.stamp, f.content, f.crc, e.id, e.used, v.crc, v.cut, v.vector "
            "FROM files f JOIN entries e ON e.content = f.content AND e.encoder = ? "
            f"JOIN vectors v ON v.id = e.id WHERE f.path IN ({placeholders(part)})",
            (encoder_key(identity), *part),
        ).fetchall()
    return rows


def _put_looks(connection: sqlite3.Connection, looks: Mapping[bytes, Look]) -> None:
    rows = [look_row(content, look) for content, look in looks.items()]
    connection.executemany("INSERT OR REPLACE INTO looks VALUES (?, ?, ?)", rows)
