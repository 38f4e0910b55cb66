"""Format results as a plain text table."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clipdesk.core.export.rows import ResultRow

_MAX_NAME_COLUMNS = 48


def text_table(rows: Sequence[ResultRow], names: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a table: file, label, probability, margin, and the cosine similarity with each label.

    `names` are the labels. All rows are read before the first line, to find the widths of the columns.
    """
    header = ["picture", "label", "prob.", "margin", *names]
    cells = [header, *(_cells(row) for row in rows)]
    widths = [max(_columns(line[column]) for line in cells) for column in range(len(header))]
    for line in cells:
        texts = [_padded(line[0], widths[0]), _padded(line[1], widths[1])]
        numbers = [_padded(text, width, right=True) for text, width in zip(line[2:], widths[2:], strict=True)]
        yield "  ".join([*texts, *numbers]).rstrip()


def _cells(row: ResultRow) -> list[str]:
    name = _elided(printable(row.filepath), _MAX_NAME_COLUMNS)
    if row.status == "error":
        return [name, "cannot be read", *[""] * (2 + len(row.cosine))]
    label = {"ok": row.label, "unsure": f"{row.label}?", "none": "-"}[row.status]
    return [
        name,
        label,
        "" if row.probability is None else f"{row.probability:.1%}",
        "" if row.margin is None else f"{row.margin:.3f}",
        *("" if value is None else f"{value:.4f}" for value in row.cosine),
    ]


def printable(text: str) -> str:
    """Escape line breaks, control characters and everything else that a terminal would not print as it is."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape", "surrogatepass").decode() for char in text
    )


def _columns(text: str) -> int:
    """Return the number of terminal columns: two for wide East Asian characters, none for combining marks."""
    return sum(_width(char) for char in text)


def _width(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def _padded(text: str, width: int, *, right: bool = False) -> str:
    space = " " * (width - _columns(text))
    return space + text if right else text + space


def _elided(text: str, width: int) -> str:
    """Shorten a path to `width` columns from the left, because the file name is at its end."""
    if _columns(text) <= width:
        return text
    kept: list[str] = []
    room = width - 1
    for char in reversed(text):
        room -= _width(char)
        if room < 0:
            break
        kept.append(char)
    return "…" + "".join(reversed(kept))
