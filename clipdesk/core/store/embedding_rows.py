"""The rows of the embedding store: their schema, their checksums, and their values as bytes.

No value that comes out of the file is trusted. Each row has a CRC-32 over its key and its value, because SQLite alone
does not notice a flipped bit in a value. A row whose checksum fails counts as absent.
"""

from __future__ import annotations

import dataclasses
import json
import os
import sqlite3
import struct
import zlib
from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.encoder import EncoderFacts, EncoderIdentity, ScoreRule
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.store.listing_rows import LISTINGS
from clipdesk.core.store.look_rows import LOOKS

T = TypeVar("T")

# `entries` is separate from `vectors`, so that an update of `used` rewrites 70 bytes of a row instead of 1,100.
_TABLES = """
CREATE TABLE IF NOT EXISTS files (
    path BLOB PRIMARY KEY, size INTEGER, mtime_ns INTEGER, stamp INTEGER, content BLOB, crc INTEGER
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS entries (
    id INTEGER PRIMARY KEY, content BLOB, encoder BLOB, used INTEGER, UNIQUE (content, encoder)
);
CREATE TABLE IF NOT EXISTS vectors (id INTEGER PRIMARY KEY, crc INTEGER, cut INTEGER, vector BLOB);
CREATE TABLE IF NOT EXISTS models (fingerprint TEXT PRIMARY KEY, crc INTEGER, facts BLOB)
"""
SCHEMA = f"{_TABLES}; {LOOKS}; {LISTINGS}"

#: Turns a file of an earlier version into one of this version (see StoreFile). Version 1 gave `files` their stamp. The
#: paths of version 0 are dropped: their images are hashed once more, and found by content. Version 2 added `looks`,
#: and version 3 `listings`, which older programs leave alone.
UPGRADES = (f"DROP TABLE IF EXISTS pictures; {_TABLES}", LOOKS, LISTINGS)

#: Values in one IN (…): every SQLite since 3.32 accepts 32,766.
_KEYS_AT_ONCE = 1000

#: Vectors that are read at once: 256 KB of 512 dimensions. 1,000 took a fifth longer.
_VECTORS_AT_ONCE = 256
_HALF = np.dtype("<f2")
#: The float32 of each 16 bits. numpy converts them one by one, in software, which takes a third longer.
_FLOATS = np.arange(1 << 16, dtype=np.uint16).view(np.float16).astype(np.float32)


def encoder_key(identity: EncoderIdentity) -> bytes:
    """Return the key of an encoder in `entries`, 16 bytes."""
    return bytes.fromhex(identity.key)


# --- paths, in `files`


def path_row(content: bytes, file: ImageFile) -> tuple[bytes, int, int, int, bytes, int | None]:
    """Return the row that leads from a file's path, size, time and stamp to its content key."""
    path, state = os.fsencode(file.path), state_of(file)
    return path, *state, content, _path_crc(path, state, content)


def state_of(file: ImageFile) -> tuple[int, int, int]:
    """Return what differs after a change of the file: size in bytes, modification time in ns, stamp."""
    return file.size_bytes, file.mtime_ns, file.stamp


def is_path_row_sound(path: bytes, state: tuple[object, ...], content: object, crc: object) -> bool:
    """Return whether a row of `files` passes its checksum."""
    return crc is not None and crc == _path_crc(path, state, content)


def _path_crc(path: bytes, state: tuple[object, ...], content: object) -> int | None:
    if not isinstance(content, bytes):
        return None
    try:
        return zlib.crc32(struct.pack("<qqq", *state) + content, zlib.crc32(path))
    except struct.error:
        return None


# --- embeddings, in `vectors`


def vector_row(
    entry: int, encoder: bytes, content: bytes, embedding: NDArray[np.float32], *, is_cut: bool
) -> tuple[int, int, int, bytes]:
    """Return the row that holds an embedding (d,), in float16."""
    vector, cut = embedding.astype(_HALF).tobytes(), int(is_cut)
    return entry, _vector_crc(encoder, content, cut, vector), cut, vector


def matrix_of(vectors: Sequence[bytes]) -> NDArray[np.float32]:
    """Return the values of n rows as an array (n, d)."""
    if not vectors:
        return np.zeros((0, 0), np.float32)
    return np.frombuffer(b"".join(vectors), _HALF).reshape(len(vectors), -1).astype(np.float32)


class VectorCheck:
    """Tells whether a row of `vectors` passes its checksum for one encoder and is as long as those before it."""

    def __init__(self, encoder: bytes) -> None:
        self._encoder = encoder
        self._bytes = 0

    def __call__(self, content: object, crc: object, cut: object, vector: object) -> bool:
        if not (isinstance(content, bytes) and isinstance(vector, bytes) and vector and cut in (0, 1)):
            return False
        if crc != _vector_crc(self._encoder, content, 1 if cut else 0, vector):
            return False
        self._bytes = self._bytes or len(vector)
        return len(vector) == self._bytes


def read_vectors(
    connection: sqlite3.Connection, encoder: bytes, entries: NDArray[np.int64], contents: NDArray[np.void]
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Return those of the sorted entries (n,) that hold a sound vector of an image with that content (n,).

    Returns their ids (k,) and the embeddings (k, d). Believes what VectorCheck does, in a fifth of the time: vectors
    are read, checked and converted a few at a time, so that they stay in the processor's cache.
    """
    keys = np.empty(len(contents), [("content", contents.dtype), ("cut", "S1")])
    keys["content"], keys["cut"] = contents, b"0"
    packed_keys, start = keys.view(f"V{keys.itemsize}"), zlib.crc32(encoder)
    places: list[int] = []
    matrix = np.zeros((0, 0), np.float32)
    for first in range(0, len(entries), _VECTORS_AT_ONCE):
        part = slice(first, first + _VECTORS_AT_ONCE)
        starts = map(zlib.crc32, packed_keys[part].tolist(), repeat(start))
        sound = _sound_vectors(connection, dict(zip(entries[part].tolist(), starts, strict=True)))
        if not sound:
            continue
        bits = np.frombuffer(b"".join(sound.values()), "<u2").reshape(len(sound), -1)
        if not places:
            matrix = np.empty((len(entries), bits.shape[1]), np.float32)
        if bits.shape[1] == matrix.shape[1] and len(set(map(len, sound.values()))) == 1:
            _FLOATS.take(bits, out=matrix[len(places) : len(places) + len(sound)], mode="clip")
            places += sound
    return np.array(places, np.int64), matrix[: len(places)]


def _sound_vectors(connection: sqlite3.Connection, start_of: dict[int, int]) -> dict[int, bytes]:
    """Return the vectors of entries, by ids that are sorted, whose CRC begins with that of their keys."""
    ids = list(start_of)
    where, values = where_id(ids)
    rows = connection.execute(
        f"SELECT id, crc, vector FROM vectors WHERE {where} AND cut = 0 AND typeof(vector) = 'blob'", values
    ).fetchall()
    if not rows:
        return {}
    found, crcs, vectors = zip(*rows, strict=True)
    if found == tuple(ids) and list(map(zlib.crc32, vectors, start_of.values())) == list(crcs):
        return dict(zip(ids, vectors, strict=True))
    return {
        entry: vector for entry, crc, vector in rows if entry in start_of and crc == zlib.crc32(vector, start_of[entry])
    }


def where_id(ids: Sequence[int]) -> tuple[str, Sequence[int]]:
    """Return the condition that picks these sorted ids, and perhaps some others between them, with its values.

    Rows that were written one after the other are read one after the other, in half the time.
    """
    if ids[-1] - ids[0] < 2 * len(ids):
        return "id BETWEEN ? AND ?", (ids[0], ids[-1])
    return f"id IN ({placeholders(ids)})", ids


def _vector_crc(encoder: bytes, content: bytes, cut: int, vector: bytes) -> int:
    return zlib.crc32(vector, zlib.crc32(b"%b%b%d" % (encoder, content, cut)))


# --- facts of encoders, in `models`


def facts_row(fingerprint: str, facts: EncoderFacts) -> tuple[str, int, bytes]:
    """Return the row that holds the facts of an encoder, as JSON."""
    content = json.dumps(dataclasses.asdict(facts)).encode()
    return fingerprint, _facts_crc(fingerprint, content), content


def facts_from_row(fingerprint: str, crc: object, content: object) -> EncoderFacts | None:
    """Return the facts in a row of `models`; None if it is damaged."""
    if not isinstance(content, bytes) or crc != _facts_crc(fingerprint, content):
        return None
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


def note_row(key: str, text: str) -> tuple[str, int, bytes]:
    """Return the row that holds a short text about a model."""
    content = text.encode()
    return key, _facts_crc(key, content), content


def note_from_row(key: str, crc: object, content: object) -> str:
    """Return the text in a row of `models`; "" if the row is damaged."""
    if not isinstance(content, bytes) or crc != _facts_crc(key, content):
        return ""
    return content.decode("utf-8", "replace")


def _facts_crc(fingerprint: str, content: bytes) -> int:
    return zlib.crc32(content, zlib.crc32(fingerprint.encode()))


# --- queries for many keys


def in_parts(keys: Sequence[T]) -> Iterator[Sequence[T]]:
    """Split keys into parts that fit into one IN (…)."""
    for start in range(0, len(keys), _KEYS_AT_ONCE):
        yield keys[start : start + _KEYS_AT_ONCE]


def placeholders(keys: Sequence[object]) -> str:
    """Return a question mark for each key, for IN (…)."""
    return ", ".join("?" * len(keys))
