"""The kinds of files that results are exported as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication

FormatKey = Literal["csv", "jsonl"]


@dataclass(frozen=True)
class ExportFormat:
    """A kind of file. `title` says what it is for; `kind` names it in the system's file dialog."""

    key: FormatKey
    title: str
    kind: str
    suffix: str

    @property
    def file_filter(self) -> str:
        """The entry of a file dialog for these files."""
        return f"{self.kind} (*{self.suffix})"


def export_formats() -> tuple[ExportFormat, ...]:
    """Return all formats, the most common one first, in the language of the window."""
    translate = QCoreApplication.translate
    return (
        ExportFormat(
            "csv", translate("export", "CSV, for spreadsheets"), translate("export", "Table for spreadsheets"), ".csv"
        ),
        ExportFormat(
            "jsonl", translate("export", "JSON Lines, for programs"), translate("export", "JSON Lines"), ".jsonl"
        ),
    )


def export_format(key: str) -> ExportFormat:
    """Return the format with this key, or else the most common one."""
    formats = export_formats()
    return next((one for one in formats if one.key == key), formats[0])
