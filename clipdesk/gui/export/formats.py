"""The kinds of files that results are exported as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from clipdesk.core.export.embeddings import PARQUET_SUFFIX, can_write_parquet
from clipdesk.gui.kit.translation import tr

FormatKey = Literal["csv", "jsonl", "xmp", "imagefolder", "npz", "parquet"]


@dataclass(frozen=True)
class ExportFormat:
    """A kind of file. `title` says what it is for; `kind` names it in the system's file dialog.

    `suffix` is that of the file; empty if there is no one file to name.
    """

    key: FormatKey
    title: str
    kind: str = ""
    suffix: str = ""

    @property
    def file_filter(self) -> str:
        """The entry of a file dialog for these files."""
        return f"{self.kind} (*{self.suffix})"

    @property
    def is_table(self) -> bool:
        """Whether the file has the columns of `TableOptions`."""
        return self.key in ("csv", "jsonl")

    @property
    def is_embeddings(self) -> bool:
        """Whether the file holds embeddings."""
        return self.key in ("npz", "parquet")


def export_formats() -> tuple[ExportFormat, ...]:
    """Return all formats, the most common one first, in the language of the window."""
    formats = (
        ExportFormat("csv", tr("CSV, for spreadsheets"), tr("Table for spreadsheets"), ".csv"),
        ExportFormat("jsonl", tr("JSON Lines, for programs"), tr("JSON Lines"), ".jsonl"),
        ExportFormat("xmp", tr("Keywords in XMP sidecars, for photo programs")),
        ExportFormat("imagefolder", tr("Hugging Face ImageFolder, for training")),
        ExportFormat("npz", tr("Embeddings for numpy (.npz)"), tr("Arrays of numpy"), ".npz"),
    )
    if not can_write_parquet():
        return formats
    return (*formats, ExportFormat("parquet", tr("Embeddings as Parquet"), tr("Parquet"), PARQUET_SUFFIX))


def export_format(key: str) -> ExportFormat:
    """Return the format with this key, or else the most common one."""
    formats = export_formats()
    return next((one for one in formats if one.key == key), formats[0])
