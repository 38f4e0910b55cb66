"""CSV as every program reads it: UTF-8, LF at line ends, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import IO

#: Characters that make a spreadsheet treat a cell as a formula (OWASP, “CSV Injection”).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class CsvWriter:
    """Writes rows to an open text stream. Cells are written as they are: pass texts through `neutralise`."""

    def __init__(self, stream: IO[str], delimiter: str = ",") -> None:
        # Before 3.11.9 and 3.12.3, Python quotes only the line breaks that are part of the line terminator.
        self._writer = csv.writer(_LineFeedEnds(stream), delimiter=delimiter, lineterminator="\r\n")

    def write_row(self, cells: Iterable[str]) -> None:
        self._writer.writerow(cells)


def neutralise(text: str) -> str:
    """Return the text with a leading `'` if a spreadsheet would run it as a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


class _LineFeedEnds:
    """Ends the lines of a csv.writer with LF, which it ends with CR LF."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, line: str) -> int:
        return self._stream.write(line.removesuffix("\r\n") + "\n")
