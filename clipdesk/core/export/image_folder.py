"""Write the labels as `metadata.csv` beside the images, which Hugging Face `datasets` reads as an ImageFolder.

https://huggingface.co/docs/datasets/image_dataset#imagefolder
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from clipdesk.core.csv_text import CsvWriter
from clipdesk.core.errors import ExportError
from clipdesk.core.export.rows import ResultRow
from clipdesk.core.export.tables import number_text
from clipdesk.core.files import replace_atomically
from clipdesk.core.messages import message

METADATA_NAME = "metadata.csv"
METADATA_HEADER = ["file_name", "label", "label_source", "status", "probability"]


def metadata_cells(row: ResultRow, folder: str) -> list[str]:
    """Return the cells of one image. `file_name` is relative to `folder`, with `/` on every system.

    No cell is protected from spreadsheets, because the loader needs the file names as they are.
    """
    name = os.path.relpath(row.filepath, folder).replace(os.sep, "/")
    return [name, row.label, row.label_source, row.status, number_text(row.probability)]


def write_metadata(folder: Path, rows: Iterable[ResultRow]) -> int:
    """Write `metadata.csv` into a folder that contains all images, and return the number of rows.

    Raises ExportError, also if the folder has a `metadata.csv` that ClipDesk did not write. All images have a row,
    because older versions of `datasets` refuse images without one.
    """
    if is_of_others(folder / METADATA_NAME):
        raise ExportError(
            message("core", "“{path}” was not written by ClipDesk. Rename that file, or choose another folder.").of(
                path=folder / METADATA_NAME
            )
        )
    base = os.path.join(os.path.abspath(folder), "")  # noqa: PTH100, PTH118 - texts, for speed
    with replace_atomically(folder / METADATA_NAME) as stream:
        writer = CsvWriter(stream)
        writer.write_row(METADATA_HEADER)
        count = 0
        for row in rows:
            if not row.filepath.startswith(base):
                raise ExportError(
                    message(
                        "core",
                        "“{path}” is not in “{folder}”. {name} belongs into a folder that contains all the pictures. "
                        "Choose another folder.",
                    ).of(path=row.filepath, folder=folder, name=METADATA_NAME)
                )
            writer.write_row(metadata_cells(row, base))
            count += 1
    return count


def is_of_others(path: Path) -> bool:
    """Return whether this is a `metadata.csv` that ClipDesk did not write. A file that cannot be read is none."""
    try:
        with path.open(encoding="utf-8", errors="replace") as stream:
            return stream.readline().rstrip("\r\n") != ",".join(METADATA_HEADER)
    except OSError:
        return False
