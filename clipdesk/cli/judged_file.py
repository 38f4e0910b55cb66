"""Read which label is right for which picture from a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.errors import LabelError
from clipdesk.core.labels.label_set import name_key
from clipdesk.core.reasons import os_reason

#: Says that no label fits.
NONE = "none"
_FILE_TITLES = ("file", "filepath", "filename", "path")


@dataclass
class Judged:
    """`labels`: the index of the right label by row, -1 if no label fits.

    `unknown_files` are on no row, or on several. `unknown_labels` are names that no label has; their pictures have -1.
    """

    labels: dict[int, int] = field(default_factory=dict)
    unknown_files: list[str] = field(default_factory=list)
    unknown_labels: list[str] = field(default_factory=list)


def read_judged(path: Path, images: ImageList, names: Sequence[str]) -> Judged:
    """Read a CSV file with the columns “file” and “label”; without titles, its first two columns.

    A file is named by its path, or by its name or the end of its path if only one picture has it. Rows without a label
    are skipped. Raises LabelError.
    """
    rows = _rows(path)
    file_column, label_column, rows = _columns(path, rows)
    places = {name_key(name): place for place, name in enumerate(names)}
    find, judged = _Finder(images), Judged()
    for row in rows:
        if len(row) <= max(file_column, label_column):
            continue
        file, label = row[file_column].strip(), row[label_column].strip()
        if not file or not label:
            continue
        found = find.row(_plain(file))
        if found is None:
            judged.unknown_files.append(file)
            continue
        place = places.get(name_key(_plain(label)))
        if place is None and name_key(label) != NONE and label not in judged.unknown_labels:
            judged.unknown_labels.append(label)
        judged.labels[found] = -1 if place is None else place
    return judged


def _rows(path: Path) -> list[list[str]]:
    try:
        # surrogateescape: file names need not be valid Unicode, and ClipDesk writes such names that way.
        text = path.read_bytes().decode("utf-8-sig", "surrogateescape")
        return [row for row in csv.reader(io.StringIO(text, newline="")) if row]
    except OSError as error:
        raise LabelError(f"“{path}” could not be read: {os_reason(error)}.") from error
    except csv.Error as error:
        raise LabelError(f"“{path}” is not a CSV file: {error}.") from error


def _columns(path: Path, rows: list[list[str]]) -> tuple[int, int, list[list[str]]]:
    """Return the columns of files and labels, and the rows below the titles."""
    if not rows:
        raise LabelError(f"“{path}” is empty. It needs the columns “file” and “label”.")
    titles = [title.strip().casefold() for title in rows[0]]
    files = [titles.index(title) for title in _FILE_TITLES if title in titles]
    if files and "label" in titles:
        return files[0], titles.index("label"), rows[1:]
    if len(rows[0]) < 2:
        raise LabelError(f"“{path}” needs the columns “file” and “label”.")
    return 0, 1, rows


def _plain(text: str) -> str:
    """Undo `neutralise`, by which ClipDesk's own CSV files keep spreadsheets from running a cell."""
    return text[1:] if text.startswith("'") and text[1:].startswith(("=", "+", "-", "@")) else text


class _Finder:
    """Finds rows by a path or its end."""

    def __init__(self, images: ImageList) -> None:
        self._images = images
        self._by_name: dict[str, list[int]] = {}
        for row, name in enumerate(images.names):
            self._by_name.setdefault(name, []).append(row)

    def row(self, text: str) -> int | None:
        path = Path(text)
        row = self._images.row_of(path if path.is_absolute() else path.absolute())
        if row is not None:
            return row
        parts = path.parts
        rows = [row for row in self._by_name.get(path.name, ()) if self._images.path(row).parts[-len(parts) :] == parts]
        return rows[0] if len(rows) == 1 else None
