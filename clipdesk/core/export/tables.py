"""Write results as CSV or JSON Lines. Each file is written completely or not at all."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Any

import numpy as np

from clipdesk.core.export.rows import ResultRow
from clipdesk.core.files import replace_atomically

#: Characters that make a spreadsheet treat a cell as a formula (OWASP, “CSV Injection”).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_header(names: Sequence[str]) -> list[str]:
    """Return the column names for these labels, as documented in the README."""
    fixed = ["filepath", "label", "label_source", "status", "probability", "margin"]
    return [*fixed, *(f"cosine:{name}" for name in names), "error"]


def write_csv(path: Path, rows: Iterable[ResultRow], names: Sequence[str]) -> int:
    """Write a CSV file (UTF-8, LF, header always) and return the number of rows. Raises ExportError."""
    with replace_atomically(path) as stream:
        return stream_csv(stream, rows, names)


def stream_csv(stream: IO[str], rows: Iterable[ResultRow], names: Sequence[str]) -> int:
    """Write CSV to an open stream and return the number of rows."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(neutralise(cell) for cell in csv_header(names))
    count = 0
    for row in rows:
        texts = [neutralise(text) for text in (row.filepath, row.label, row.label_source, row.status)]
        numbers = [_number(value) for value in (row.probability, row.margin, *row.cosine)]
        writer.writerow([*texts, *numbers, neutralise(row.error)])
        count += 1
    return count


def write_jsonl(path: Path, rows: Iterable[ResultRow], names: Sequence[str]) -> int:
    """Write JSON Lines and return the number of rows: one object per image with the fields of the CSV.

    Missing numbers are null. Raises ExportError.
    """
    header = csv_header(names)
    with replace_atomically(path) as stream:
        count = 0
        for row in rows:
            values = [row.filepath, row.label, row.label_source, row.status, row.probability, row.margin]
            cells = dict(zip(header, [*values, *row.cosine, row.error], strict=True))
            stream.write(json.dumps({name: _json_value(value) for name, value in cells.items()}, ensure_ascii=False))
            stream.write("\n")
            count += 1
    return count


def write_results(path: Path, rows: Iterable[ResultRow], names: Sequence[str]) -> int:
    """Write JSON Lines if the extension is `.jsonl` or `.ndjson`, otherwise CSV. Return the number of rows."""
    write = write_jsonl if path.suffix.lower() in (".jsonl", ".ndjson") else write_csv
    return write(path, rows, names)


def neutralise(text: str) -> str:
    """Return the text with a leading `'` if a spreadsheet would run it as a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _number(value: float | None) -> str:
    """Format with nine significant digits, which restore a float32 exactly, and a decimal point. Empty if missing."""
    if value is None or not np.isfinite(value):
        return ""
    return f"{value:#.9g}"


def _json_value(value: Any) -> Any:
    return None if isinstance(value, float) and not np.isfinite(value) else value
