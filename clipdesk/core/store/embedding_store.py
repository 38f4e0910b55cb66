"""Embeddings that outlive the program: one SQLite file, keyed by content and encoder identity.

A picture is known by its content. Path, size and time of the last change lead to the content without reading the file;
a renamed or copied picture is known again once it is read. A text is its own content.

Nothing that comes out of the file is believed: each row has a CRC over key and value, because SQLite alone lets a
flipped bit in a value pass. A row that fails is as good as absent; a file that SQLite cannot read is put aside.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import os
import sqlite3
import struct
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.encoder import EncoderFacts, EncoderIdentity, ScoreRule
from clipdesk.core.pictures.content import text_key
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.store.store_file import USE_STEP_S, StoreFile, evict_oldest, used_bytes

logger = logging.getLogger(__name__)

T = TypeVar("T")
Rows = list[tuple[Any, ...]]

#: The name says which schema: an older or newer ClipDesk uses a file of its own.
FILE_NAME = "embeddings-1.sqlite3"
DEFAULT_LIMIT_BYTES = 2_000_000_000

#: Values in one IN (…): every SQLite since 3.32 takes 32,766.
_KEYS_AT_ONCE = 1000

# `entries` is apart from `vectors` so that a change of `used` rewrites 70 bytes of a row, not 1,100.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS pictures (
    path BLOB PRIMARY KEY, size INTEGER, mtime_ns INTEGER, content BLOB, crc INTEGER
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS entries (
    id INTEGER PRIMARY KEY, content BLOB, encoder BLOB, used INTEGER, UNIQUE (content, encoder)
);
CREATE TABLE IF NOT EXISTS vectors (id INTEGER PRIMARY KEY, crc INTEGER, cut INTEGER, vector BLOB);
CREATE TABLE IF NOT EXISTS models (fingerprint TEXT PRIMARY KEY, crc INTEGER, facts BLOB);
"""


@dataclass(frozen=True)
class KeptPicture:
    """One picture to be kept: its content key, and its embedding unless that is in the store already.

    `file` leads to the content without reading it; None where it may not (the file is changing).
    """

    content: bytes
    embedding: NDArray[np.float32] | None
    file: ImageFile | None = None


@dataclass(frozen=True)
class KeptText:
    """A text's embedding, and whether the model cut the text's end off."""

    embedding: NDArray[np.float32]
    is_cut: bool


class EmbeddingStore:
    """Embeddings in one file that several windows and commands may share. Safe to use from several threads.

    Never raises for what is wrong with the file or the disk (see StoreFile): the store then knows nothing, or keeps
    nothing, and `on_problem` gets a sentence, from whichever thread met it. Nothing is opened before it is needed.
    """

    def __init__(
        self,
        path: Path,
        *,
        limit_bytes: int = DEFAULT_LIMIT_BYTES,
        on_problem: Callable[[str], None] | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._file = StoreFile(path, _SCHEMA, logger.warning if on_problem is None else on_problem)
        self._limit_bytes = limit_bytes
        self._clock = clock

    @property
    def path(self) -> Path:
        return self._file.path

    # --- pictures

    def find_pictures(
        self, identity: EncoderIdentity, images: Sequence[ImageFile]
    ) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """The embeddings of files that have not changed, without reading them: their places in `images`, and (n, d)."""
        place_of = {os.fsencode(image.path): place for place, image in enumerate(images)}
        nothing: Rows = []
        found = self._file.read(lambda connection: _rows_of_paths(connection, identity, list(place_of)), nothing)
        places: list[int] = []
        vectors: list[bytes] = []
        stale: list[int] = []
        check = _Checker(identity)
        oldest = self._now() - USE_STEP_S
        for path, size, mtime_ns, content, file_crc, entry, used, crc, cut, vector in found:
            place = place_of.get(path)
            if place is None or (size, mtime_ns) != (images[place].size_bytes, images[place].mtime_ns):
                continue
            if file_crc == _file_crc(path, size, mtime_ns, content) and check(content, crc, cut, vector):
                places.append(place)
                vectors.append(vector)
                if not isinstance(used, int) or used < oldest:
                    stale.append(entry)
        self._touch(stale)
        return np.array(places, np.intp), _matrix(vectors)

    def find_content(self, identity: EncoderIdentity, content: bytes) -> NDArray[np.float32] | None:
        """The embedding (d,) of a picture with this content key, if it is kept."""
        found = self._find(identity, [content]).get(content)
        return None if found is None else found.embedding

    def put_pictures(self, identity: EncoderIdentity, pictures: Sequence[KeptPicture]) -> None:
        """Keep a batch, in one transaction."""

        def write(connection: sqlite3.Connection) -> None:
            for picture in pictures:
                if picture.embedding is not None:
                    self._put(connection, identity, picture.content, KeptText(picture.embedding, is_cut=False))
                if picture.file is not None:
                    path, file = os.fsencode(picture.file.path), picture.file
                    crc = _file_crc(path, file.size_bytes, file.mtime_ns, picture.content)
                    row = (path, file.size_bytes, file.mtime_ns, picture.content, crc)
                    connection.execute("INSERT OR REPLACE INTO pictures VALUES (?, ?, ?, ?, ?)", row)

        if pictures:
            self._write(write)

    # --- texts

    def find_texts(self, identity: EncoderIdentity, texts: Iterable[str]) -> dict[str, KeptText]:
        """The embeddings of those texts that are kept."""
        text_of = {text_key(text): text for text in texts}
        return {text_of[content]: kept for content, kept in self._find(identity, list(text_of)).items()}

    def put_texts(self, identity: EncoderIdentity, texts: dict[str, KeptText]) -> None:
        """Keep texts, in one transaction."""

        def write(connection: sqlite3.Connection) -> None:
            for text, kept in texts.items():
                self._put(connection, identity, text_key(text), kept)

        if texts:
            self._write(write)

    # --- models

    def find_facts(self, fingerprint: str) -> EncoderFacts | None:
        """What was remembered of the encoder whose files have this fingerprint."""
        query = "SELECT crc, facts FROM models WHERE fingerprint = ?"
        nothing: Rows = []
        found = self._file.read(lambda connection: connection.execute(query, (fingerprint,)).fetchall(), nothing)
        for crc, facts in found:
            if isinstance(facts, bytes) and crc == _crc(fingerprint.encode(), facts):
                return _facts_from_json(facts)
        return None

    def put_facts(self, fingerprint: str, facts: EncoderFacts) -> None:
        """Remember an encoder."""
        content = json.dumps(dataclasses.asdict(facts)).encode()
        row = (fingerprint, _crc(fingerprint.encode(), content), content)
        self._write(lambda connection: connection.execute("INSERT OR REPLACE INTO models VALUES (?, ?, ?)", row))

    def forget_facts(self, fingerprint: str) -> None:
        """The encoder turned out to be another."""
        self._write(lambda connection: connection.execute("DELETE FROM models WHERE fingerprint = ?", (fingerprint,)))

    def forget_encoder(self, identity: EncoderIdentity) -> None:
        """Forget all embeddings of an encoder."""
        key = (_encoder_key(identity),)

        def delete(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM vectors WHERE id IN (SELECT id FROM entries WHERE encoder = ?)", key)
            connection.execute("DELETE FROM entries WHERE encoder = ?", key)

        self._write(delete)

    # --- care

    @property
    def size_bytes(self) -> int:
        """The size of the file."""
        return self._file.size_bytes

    @property
    def limit_bytes(self) -> int:
        return self._limit_bytes

    def set_limit(self, limit_bytes: int) -> None:
        """From now on the file is at most about this large; what was used least recently leaves first."""
        self._limit_bytes = limit_bytes

        def shrink(connection: sqlite3.Connection) -> None:
            while used_bytes(connection) > limit_bytes and self._evict(connection):
                pass

        self._file.try_again()
        self._write(shrink)
        self._file.give_back()

    def clear(self) -> None:
        """Forget everything. Another window that has the file open goes on with the empty one."""

        def empty(connection: sqlite3.Connection) -> None:
            for table in ("pictures", "entries", "vectors", "models"):
                connection.execute(f"DELETE FROM {table}")

        self._file.try_again()
        self._write(empty)
        self._file.give_back()

    def move(self, path: Path) -> bool:
        """Go on in another file and take along what is kept; whether that worked.

        The old file is deleted once all of it is in the new one. A file that is there already is used as it is, and the
        old one stays.
        """
        return self._file.move(path)

    def close(self) -> None:
        """Let the file go. It is opened again when it is needed."""
        self._file.close()

    # --- reading and writing

    def _find(self, identity: EncoderIdentity, contents: Sequence[bytes]) -> dict[bytes, KeptText]:
        def read(connection: sqlite3.Connection) -> Rows:
            rows: Rows = []
            for part in _parts(contents):
                rows += connection.execute(
                    "SELECT e.content, e.id, e.used, v.crc, v.cut, v.vector "
                    "FROM entries e JOIN vectors v ON v.id = e.id "
                    f"WHERE e.encoder = ? AND e.content IN ({_marks(part)})",
                    (_encoder_key(identity), *part),
                ).fetchall()
            return rows

        wanted, check, oldest = set(contents), _Checker(identity), self._now() - USE_STEP_S
        kept: dict[bytes, KeptText] = {}
        stale: list[int] = []
        nothing: Rows = []
        for content, entry, used, crc, cut, vector in self._file.read(read, nothing) if contents else ():
            if content in wanted and check(content, crc, cut, vector):
                kept[content] = KeptText(_matrix([vector])[0], bool(cut))
                if not isinstance(used, int) or used < oldest:
                    stale.append(entry)
        self._touch(stale)
        return kept

    def _put(self, connection: sqlite3.Connection, identity: EncoderIdentity, content: bytes, kept: KeptText) -> None:
        encoder, cut = _encoder_key(identity), int(kept.is_cut)
        vector = kept.embedding.astype("<f2").tobytes()
        connection.execute(
            "INSERT INTO entries (content, encoder, used) VALUES (?, ?, ?) "
            "ON CONFLICT (content, encoder) DO UPDATE SET used = excluded.used",
            (content, encoder, self._now()),
        )
        (entry,) = connection.execute(
            "SELECT id FROM entries WHERE content = ? AND encoder = ?", (content, encoder)
        ).fetchone()
        row = (entry, _vector_crc(encoder, content, cut, vector), cut, vector)
        connection.execute("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?)", row)

    def _touch(self, entries: Sequence[int]) -> None:
        """These were used now."""

        def write(connection: sqlite3.Connection) -> None:
            for part in _parts(entries):
                connection.execute(f"UPDATE entries SET used = ? WHERE id IN ({_marks(part)})", (self._now(), *part))

        if entries:
            self._write(write)

    def _now(self) -> int:
        return int(self._clock())

    def _write(self, work: Callable[[sqlite3.Connection], object]) -> None:
        """Run `work` in one transaction, and keep within the limit."""

        def within_limit(connection: sqlite3.Connection) -> None:
            work(connection)
            if used_bytes(connection) > self._limit_bytes:
                self._evict(connection)

        self._file.write(within_limit)

    # --- the limit

    def _evict(self, connection: sqlite3.Connection) -> int:
        """Delete the least recently used rows, and the paths that led to them; how many."""
        deleted = evict_oldest(connection, "vectors", self._limit_bytes)
        connection.execute(
            "DELETE FROM pictures WHERE NOT EXISTS (SELECT 1 FROM entries WHERE entries.content = pictures.content)"
        )
        return deleted


# --- rows


def _rows_of_paths(connection: sqlite3.Connection, identity: EncoderIdentity, paths: Sequence[bytes]) -> Rows:
    rows: Rows = []
    for part in _parts(paths):
        rows += connection.execute(
            "SELECT p.path, p.size, p.mtime_ns, p.content, p.crc, e.id, e.used, v.crc, v.cut, v.vector "
            "FROM pictures p JOIN entries e ON e.content = p.content AND e.encoder = ? "
            f"JOIN vectors v ON v.id = e.id WHERE p.path IN ({_marks(part)})",
            (_encoder_key(identity), *part),
        ).fetchall()
    return rows


class _Checker:
    """Whether a row holds what was kept for this encoder."""

    def __init__(self, identity: EncoderIdentity) -> None:
        self._encoder = _encoder_key(identity)
        self._bytes = 0

    def __call__(self, content: object, crc: object, cut: object, vector: object) -> bool:
        if not (isinstance(content, bytes) and isinstance(vector, bytes) and vector and cut in (0, 1)):
            return False
        if crc != _vector_crc(self._encoder, content, 1 if cut else 0, vector):
            return False
        self._bytes = self._bytes or len(vector)
        return len(vector) == self._bytes


def _encoder_key(identity: EncoderIdentity) -> bytes:
    return bytes.fromhex(identity.key)


def _vector_crc(encoder: bytes, content: bytes, cut: int, vector: bytes) -> int:
    return zlib.crc32(vector, zlib.crc32(b"%b%b%d" % (encoder, content, cut)))


def _file_crc(path: bytes, size: object, mtime_ns: object, content: object) -> int | None:
    if not isinstance(content, bytes):
        return None
    try:
        return zlib.crc32(struct.pack("<qq", size, mtime_ns) + content, zlib.crc32(path))
    except struct.error:
        return None


def _crc(*parts: bytes) -> int:
    crc = 0
    for part in parts:
        crc = zlib.crc32(part, crc)
    return crc


def _matrix(vectors: Sequence[bytes]) -> NDArray[np.float32]:
    """(n, d) of n vectors as they are kept."""
    if not vectors:
        return np.zeros((0, 0), np.float32)
    return np.frombuffer(b"".join(vectors), "<f2").reshape(len(vectors), -1).astype(np.float32)


def _facts_from_json(content: bytes) -> EncoderFacts | None:
    try:
        data = json.loads(content)
        width, height = data["image_size"]
        return EncoderFacts(
            identity=EncoderIdentity(**data["identity"]),
            dimension=int(data["dimension"]),
            image_size=(int(width), int(height)),
            batch_size=int(data["batch_size"]),
            score_rule=ScoreRule(**data["score_rule"]),
        )
    except (ValueError, TypeError, KeyError):
        return None


def _parts(keys: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(keys), _KEYS_AT_ONCE):
        yield keys[start : start + _KEYS_AT_ONCE]


def _marks(keys: Sequence[object]) -> str:
    return ", ".join("?" * len(keys))
