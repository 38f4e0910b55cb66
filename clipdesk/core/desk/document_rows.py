"""The tables of a document: its labels, images, corrections and sources as rows.

Paths are stored as bytes (`os.fsencode`), because file names need not be valid Unicode. The functions that read raise
ValueError or TypeError for values that ClipDesk cannot have written.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.desk.columns import other_rows
from clipdesk.core.desk.desk_state import Corrections, DeskState
from clipdesk.core.desk.image_list import Entry, ImageList
from clipdesk.core.desk.review_marks import ReviewMarks
from clipdesk.core.labels.label_set import NO_LABEL_FITS_ID, UNSURE_ID, Label, LabelSet
from clipdesk.core.pictures.content import KEY_BYTES
from clipdesk.core.pictures.scan import ImageFile

REVIEWS_TABLE = """
CREATE TABLE reviews (
    row INTEGER PRIMARY KEY, share REAL NOT NULL, key REAL NOT NULL, size REAL NOT NULL, proposed INTEGER NOT NULL
)
"""
SCHEMA = f"""
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE labels (place INTEGER PRIMARY KEY, id INTEGER NOT NULL UNIQUE, name TEXT NOT NULL, color TEXT);
CREATE TABLE prompts (
    label INTEGER, place INTEGER, text TEXT, image BLOB, PRIMARY KEY (label, place)
) WITHOUT ROWID;
CREATE TABLE templates (place INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE sources (place INTEGER PRIMARY KEY, path BLOB NOT NULL);
CREATE TABLE folders (id INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE);
CREATE TABLE images (
    row INTEGER PRIMARY KEY, folder INTEGER, name BLOB, size INTEGER, mtime_ns INTEGER, stamp INTEGER
);
CREATE TABLE taken_off (
    row INTEGER PRIMARY KEY, folder INTEGER, name BLOB, size INTEGER, mtime_ns INTEGER, stamp INTEGER
);
CREATE TABLE corrections (path BLOB PRIMARY KEY, content BLOB, label INTEGER NOT NULL) WITHOUT ROWID;
{REVIEWS_TABLE}"""

#: Returns the content keys of those files that are known.
FindContents = Callable[[Sequence[ImageFile]], dict[Path, bytes]]

_LARGEST_ID = 2**52
#: Rows that are turned into Python's numbers at a time.
_PART = 4_096
_REVIEW = np.dtype(
    [("row", np.intp), ("share", np.float32), ("key", np.float32), ("size", np.float32), ("proposed", np.int64)]
)


# --- labels


def read_label_set(connection: sqlite3.Connection) -> LabelSet:
    """Return the labels with their prompts, and the templates."""
    texts: dict[int, list[str]] = {}
    references: dict[int, list[Path]] = {}
    for label, text, image in connection.execute("SELECT label, text, image FROM prompts ORDER BY label, place"):
        if text is not None:
            texts.setdefault(label, []).append(text)
        else:
            references.setdefault(label, []).append(_path(image))
    labels = tuple(
        Label(name, tuple(texts.get(one, ())), tuple(references.get(one, ())), color, _label_id(one))
        for one, name, color in connection.execute("SELECT id, name, color FROM labels ORDER BY place")
    )
    templates = tuple(text for (text,) in connection.execute("SELECT text FROM templates ORDER BY place"))
    return LabelSet(labels, templates) if templates else LabelSet(labels)


def write_label_set(connection: sqlite3.Connection, label_set: LabelSet) -> None:
    """Replace the labels, their prompts and the templates."""
    for table in ("labels", "prompts", "templates"):
        connection.execute(f"DELETE FROM {table}")
    for place, label in enumerate(label_set.labels):
        connection.execute("INSERT INTO labels VALUES (?, ?, ?, ?)", (place, label.id, label.name, label.color))
        prompts: list[tuple[str | None, bytes | None]] = [(text, None) for text in label.prompts]
        prompts += [(None, os.fsencode(path)) for path in label.references]
        rows = ((label.id, number, text, image) for number, (text, image) in enumerate(prompts))
        connection.executemany("INSERT INTO prompts VALUES (?, ?, ?, ?)", rows)
    connection.executemany("INSERT INTO templates VALUES (?, ?)", enumerate(label_set.templates))


def _label_id(value: object) -> int:
    if not isinstance(value, int) or not 0 < value <= _LARGEST_ID:
        raise ValueError("not the id of a label")
    return value


# --- images


def read_images(connection: sqlite3.Connection, table: str) -> ImageList:
    """Return the images of a table in their order, ready to be looked up by path."""
    folders = {number: os.fsdecode(path) for number, path in connection.execute("SELECT id, path FROM folders")}
    rows = connection.execute(f"SELECT folder, name, size, mtime_ns, stamp FROM {table} ORDER BY row")

    def entries() -> Iterator[Entry]:
        for folder, name, size, mtime_ns, stamp in rows:
            if folder not in folders or not isinstance(name, bytes) or not name:
                raise ValueError("not an image")
            yield folders[folder], os.fsdecode(name), size, mtime_ns, stamp

    images = ImageList()
    images.add_entries(entries())
    return images


def write_images(connection: sqlite3.Connection, table: str, images: ImageList, before: ImageList) -> None:
    """Write the rows that differ from those `before`, which are in the table."""
    if images is before:
        return
    connection.execute(f"DELETE FROM {table} WHERE row >= ?", (len(images),))
    changed = images.rows_unlike(before)
    if not len(changed):
        return
    folders = [(os.fsencode(folder),) for folder in images.folders]
    connection.executemany("INSERT OR IGNORE INTO folders (path) VALUES (?)", folders)
    numbers = {path: number for number, path in connection.execute("SELECT id, path FROM folders")}
    rows = (
        (row, numbers[os.fsencode(folder)], os.fsencode(name), size, mtime_ns, stamp)
        for row, (folder, name, size, mtime_ns, stamp) in images.entries_of(changed)
    )
    connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?, ?, ?, ?)", rows)


# --- corrections


def read_corrections(
    connection: sqlite3.Connection, images: ImageList
) -> tuple[NDArray[np.intp], NDArray[np.int64], tuple[bytes, ...], Corrections]:
    """Return the rows of `images` that are corrected, their label ids and content keys, and corrections of others."""
    by_row: dict[int, tuple[int, bytes]] = {}
    absent: Corrections = {}
    for path, (key, one) in read_all_corrections(connection).items():
        row = images.row_of(path)
        if row is None:
            absent[path] = key, one
        else:
            by_row[row] = (one, key)
    rows = sorted(by_row)
    ids, contents = [by_row[row][0] for row in rows], tuple(by_row[row][1] for row in rows)
    return np.array(rows, np.intp), np.array(ids, np.int64), contents, absent


def read_all_corrections(connection: sqlite3.Connection) -> Corrections:
    """Return the content key and the label of every corrected image."""
    corrections: Corrections = {}
    for path, content, label in connection.execute("SELECT path, content, label FROM corrections"):
        one = label if label in (NO_LABEL_FITS_ID, UNSURE_ID) else _label_id(label)
        key = content if isinstance(content, bytes) and len(content) == KEY_BYTES else b""
        corrections[_path(path)] = key, one
    return corrections


def write_corrections(
    connection: sqlite3.Connection, state: DeskState, before: DeskState, find_contents: FindContents | None
) -> None:
    """Write the corrections that differ from those `before`, with the content keys that `find_contents` knows."""
    if not _same_corrections(state, before):
        old, new = map(_by_path, _differing(before, state))
        connection.executemany("DELETE FROM corrections WHERE path = ?", [(path,) for path in old.keys() - new.keys()])
        for path, (content, one) in new.items():
            known, label = old.get(path, (b"", 0))
            if not content and label == one:
                new[path] = known, one  # the key that was found for the file, which the desk does not know yet
        changed = [(path, content or None, one) for path, (content, one) in new.items() if old.get(path) != new[path]]
        connection.executemany("INSERT OR REPLACE INTO corrections VALUES (?, ?, ?)", changed)
    if find_contents is not None:
        _fill_contents(connection, state.images, find_contents)


def _fill_contents(connection: sqlite3.Connection, images: ImageList, find_contents: FindContents) -> None:
    """Add the content keys that have become known."""
    missing = connection.execute("SELECT path FROM corrections WHERE content IS NULL").fetchall()
    rows = [row for (path,) in missing if (row := images.row_of(_path(path))) is not None]
    contents = find_contents([images[row] for row in rows]) if rows else {}
    found = [(content, os.fsencode(path)) for path, content in contents.items()]
    connection.executemany("UPDATE corrections SET content = ? WHERE path = ?", found)


def _same_corrections(state: DeskState, before: DeskState) -> bool:
    return (
        (state.images is before.images or not len(state.corrected_rows))
        and np.array_equal(state.corrected_rows, before.corrected_rows)
        and np.array_equal(state.corrected_ids, before.corrected_ids)
        and _contents(state) == _contents(before)
        and state.absent_corrections == before.absent_corrections
    )


def _differing(before: DeskState, state: DeskState) -> tuple[DeskState, DeskState]:
    """Return both states with those corrections only that are not the same in both.

    While one picture after the other is labelled by hand, that is one of perhaps 100,000.
    """
    if state.images is not before.images:
        return before, state
    _, here, there = np.intersect1d(
        state.corrected_rows, before.corrected_rows, assume_unique=True, return_indices=True
    )
    contents, old_contents = _contents(state), _contents(before)
    is_same = state.corrected_ids[here] == before.corrected_ids[there]
    is_same &= np.fromiter(
        (contents[a] == old_contents[b] for a, b in zip(here.tolist(), there.tolist(), strict=True)),
        np.bool_,
        len(here),
    )
    is_alike = state.absent_corrections == before.absent_corrections
    return (
        _without_corrections(before, there[is_same], keeps_absent=not is_alike),
        _without_corrections(state, here[is_same], keeps_absent=not is_alike),
    )


def _without_corrections(state: DeskState, places: NDArray[np.intp], *, keeps_absent: bool) -> DeskState:
    """Return the state without the corrections at these places of `corrected_rows`."""
    kept, contents = other_rows(places, len(state.corrected_rows)), _contents(state)
    return replace(
        state,
        corrected_rows=state.corrected_rows[kept],
        corrected_ids=state.corrected_ids[kept],
        corrected_contents=tuple(contents[place] for place in kept.tolist()),
        absent_corrections=state.absent_corrections if keeps_absent else {},
    )


def _by_path(state: DeskState) -> dict[bytes, tuple[bytes, int]]:
    """Return content key and label id of each correction."""
    found = {os.fsencode(path): (content, one) for path, (content, one) in state.absent_corrections.items()}
    rows, ids = state.corrected_rows.tolist(), state.corrected_ids.tolist()
    for row, one, content in zip(rows, ids, _contents(state), strict=True):
        found[os.fsencode(state.images.path_text(row))] = (content, one)
    return found


def _contents(state: DeskState) -> tuple[bytes, ...]:
    return state.corrected_contents or (b"",) * len(state.corrected_rows)


# --- reviews


def read_reviews(connection: sqlite3.Connection, images: int) -> ReviewMarks:
    """Return the marks of the images that were or will be reviewed, of a desk with this many images."""
    found = np.fromiter(connection.execute("SELECT row, share, key, size, proposed FROM reviews ORDER BY row"), _REVIEW)
    if not len(found):
        return ReviewMarks()
    marks = ReviewMarks(*(found[name].copy() for name in _REVIEW.names or ()))
    if marks.rows[0] < 0 or marks.rows[-1] >= images or not marks.is_valid():
        raise ValueError("not a review")
    return marks


def write_reviews(connection: sqlite3.Connection, reviews: ReviewMarks, before: ReviewMarks) -> None:
    """Write the marks that differ from those `before`, which are in the table."""
    gone = np.setdiff1d(before.rows, reviews.rows, assume_unique=True)
    connection.executemany("DELETE FROM reviews WHERE row = ?", ((row,) for row in gone.tolist()))
    changed = reviews.take(reviews.places_unlike(before)).columns()

    def rows() -> Iterator[tuple[float, ...]]:
        # In parts: lists of a million numbers would block other threads.
        for start in range(0, len(changed[0]), _PART):
            yield from zip(*(column[start : start + _PART].tolist() for column in changed), strict=True)

    connection.executemany("INSERT OR REPLACE INTO reviews VALUES (?, ?, ?, ?, ?)", rows())


# --- sources


def read_sources(connection: sqlite3.Connection) -> tuple[Path, ...]:
    """Return the files and folders that the user added, in their order."""
    return tuple(_path(path) for (path,) in connection.execute("SELECT path FROM sources ORDER BY place"))


def write_sources(connection: sqlite3.Connection, sources: Sequence[Path]) -> None:
    """Replace the files and folders that the user added."""
    connection.execute("DELETE FROM sources")
    rows = [(place, os.fsencode(source)) for place, source in enumerate(sources)]
    connection.executemany("INSERT INTO sources VALUES (?, ?)", rows)


def _path(value: object) -> Path:
    if not isinstance(value, bytes) or not value:
        raise ValueError("not a path")
    return Path(os.fsdecode(value))
