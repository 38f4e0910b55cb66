"""Write results as CSV or JSON Lines. Each file is written completely or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Any

import numpy as np

from clipdesk.core.csv_text import CsvWriter, neutralise
from clipdesk.core.export.options import PLAIN_TABLE, TableOptions
from clipdesk.core.export.rows import ResultRow
from clipdesk.core.files import replace_atomically

_BYTE_ORDER_MARK = "\ufeff"


def csv_header(names: Sequence[str], options: TableOptions = PLAIN_TABLE) -> list[str]:
    """Return the column names for these labels, as documented in the README. Additional columns come last."""
    fixed = ["filepath", "label", "label_source", "status", "probability", "margin"]
    return [*fixed, *(f"cosine:{name}" for name in names), "error", *options.more_columns(names)]


def write_csv(path: Path, rows: Iterable[ResultRow], names: Sequence[str], options: TableOptions = PLAIN_TABLE) -> int:
    """Write a CSV file (UTF-8, LF, header always) and return the number of rows. Raises ExportError."""
    with replace_atomically(path) as stream:
        return stream_csv(stream, rows, names, options)


def stream_csv(
    stream: IO[str], rows: Iterable[ResultRow], names: Sequence[str], options: TableOptions = PLAIN_TABLE
) -> int:
    """Write CSV to an open stream and return the number of rows."""
    if options.byte_order_mark:
        stream.write(_BYTE_ORDER_MARK)
    writer = CsvWriter(stream, options.delimiter)
    writer.write_row(map(neutralise, csv_header(names, options)))
    count = 0
    for row in rows:
        writer.write_row(csv_cells(row, options))
        count += 1
    return count


def csv_cells(row: ResultRow, options: TableOptions = PLAIN_TABLE) -> list[str]:
    """Return the cells of one row as they are written to a CSV file, before quoting."""
    point = "," if options.decimal_comma else "."
    return [
        neutralise(value) if isinstance(value, str) else number_text(value).replace(".", point)
        for value in _values(row, options)
    ]


def _values(row: ResultRow, options: TableOptions) -> list[str | float | None]:
    """Return the values of one row in the order of `csv_header`."""
    file = [row.file] if options.file else []
    probabilities = row.probabilities if options.probabilities else ()
    fixed = [row.filepath, row.label, row.label_source, row.status, row.probability, row.margin]
    match = [row.match] if options.match else []
    return [*fixed, *row.cosine, row.error, *file, *probabilities, *match]


def write_jsonl(
    path: Path, rows: Iterable[ResultRow], names: Sequence[str], options: TableOptions = PLAIN_TABLE
) -> int:
    """Write JSON Lines and return the number of rows: one object per image with the fields of the CSV.

    Missing numbers are null. What is for Excel has no effect. Raises ExportError.
    """
    header = csv_header(names, options)
    with replace_atomically(path) as stream:
        count = 0
        for row in rows:
            cells = dict(zip(header, _values(row, options), strict=True))
            stream.write(json.dumps({name: _json_value(value) for name, value in cells.items()}, ensure_ascii=False))
            stream.write("\n")
            count += 1
    return count


def is_json_lines(path: Path) -> bool:
    """Return whether `write_results` writes JSON Lines to this file."""
    return path.suffix.lower() in (".jsonl", ".ndjson")


def write_results(
    path: Path, rows: Iterable[ResultRow], names: Sequence[str], options: TableOptions = PLAIN_TABLE
) -> int:
    """Write JSON Lines if the extension is `.jsonl` or `.ndjson`, otherwise CSV. Return the number of rows."""
    write = write_jsonl if is_json_lines(path) else write_csv
    return write(path, rows, names, options)


def number_text(value: float | None) -> str:
    """Format with nine significant digits, which restore a float32 exactly, and a decimal point. Empty if missing."""
    if value is None or not np.isfinite(value):
        return ""
    return f"{value:#.9g}"


def _json_value(value: Any) -> Any:
    return None if isinstance(value, float) and not np.isfinite(value) else value
