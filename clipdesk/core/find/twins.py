"""Files that are one shot: a camera raw file and its JPEG. They look alike, but are not duplicates."""

from __future__ import annotations

from collections.abc import Sequence

from clipdesk.core.pictures.raw_files import RAW_SUFFIXES
from clipdesk.core.pictures.scan import ImageFile


def find_twins(images: Sequence[ImageFile]) -> list[tuple[int, int]]:
    """Return the pairs of rows that have one name in one folder, of which one is a camera raw file."""
    by_stem: dict[str, list[int]] = {}
    for row, image in enumerate(images):
        by_stem.setdefault(str(image.path.with_suffix("")), []).append(row)
    pairs: list[tuple[int, int]] = []
    for rows in by_stem.values():
        raws = [row for row in rows if images[row].path.suffix.lower() in RAW_SUFFIXES]
        pairs += [(raw, row) for raw in raws for row in rows if row != raw]
    return pairs
