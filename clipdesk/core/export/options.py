"""What a table of results contains beside its fixed columns, and how its file begins."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # The preferences import this module before the first paint, which numpy would delay.
    from clipdesk.core.desk.image_list import ImageList

_PLAIN_STEM = "scores"


@dataclass(frozen=True)
class TableOptions:
    """Columns that follow the fixed ones, for CSV and JSON Lines, and how Excel wants a CSV file.

    `file` is a column with the file's name without its folder. `probabilities` are columns `probability:<label>`.
    `match` is a column with how well the image fits what was searched for. The byte order mark makes Excel read the
    file as UTF-8. With `decimal_comma`, numbers have a comma and cells are separated by semicolons, as Excel expects
    where numbers are written like that. Other programs would misread it.
    """

    file: bool = False
    probabilities: bool = False
    byte_order_mark: bool = False
    decimal_comma: bool = False
    match: bool = False

    @property
    def delimiter(self) -> str:
        """What separates the cells of a CSV file."""
        return ";" if self.decimal_comma else ","

    def more_columns(self, names: Sequence[str]) -> list[str]:
        """Return the names of the additional columns for these labels."""
        file, match = ["file"] if self.file else [], ["match"] if self.match else []
        return [*file, *(f"probability:{name}" for name in names if self.probabilities), *match]


PLAIN_TABLE = TableOptions()


def proposed_stem(images: ImageList) -> str:
    """Return a file name without extension for the results of these images: “Holiday scores” if all are in Holiday.

    Images in several folders are named after the folder around all of them, unless that is the root of a disk.
    """
    name = os.path.basename(common_folder(images))  # noqa: PTH119 - of a text, not a Path
    return f"{name} {_PLAIN_STEM}" if name else _PLAIN_STEM


def common_folder(images: ImageList) -> str:
    """Return the path of the folder around all images; empty if there is none."""
    used = {images.folders[number] for number in set(images.folder_numbers.tolist())}
    try:
        return str(os.path.commonpath(used))
    except ValueError:  # no images, or several disks
        return ""
