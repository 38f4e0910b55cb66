"""Tell camera raw files by their names, and which of them lie beside a JPEG of the same shot."""

from __future__ import annotations

import functools
import importlib.util
from collections import Counter
from collections.abc import Collection

#: Lower-case suffixes of the raw files that the extra `raw` reads. Without `.raw`, which many other programs use.
RAW_SUFFIXES = frozenset(
    (
        *(".3fr", ".arw", ".bay", ".cr2", ".cr3", ".crw", ".dcr", ".dcs", ".dng", ".drf", ".erf", ".fff", ".gpr"),
        *(".iiq", ".k25", ".kdc", ".mdc", ".mef", ".mos", ".mrw", ".nef", ".nrw", ".orf", ".ori", ".pef", ".ptx"),
        *(".pxn", ".raf", ".rw2", ".rwl", ".rwz", ".sr2", ".srf", ".srw", ".x3f"),
    )
)

#: What cameras write beside a raw file.
_JPEG_SUFFIXES = (".jpg", ".jpeg", ".jpe")


@functools.cache
def can_read_raw() -> bool:
    """Return whether the extra `raw` is installed, without importing it."""
    return importlib.util.find_spec("rawpy") is not None


def paired_raws(names: Collection[str]) -> set[str]:
    """Return those of a folder's files that are the raw file of a RAW + JPEG pair.

    Both have the same stem, ignoring case. If there are several raw files or several JPEGs of one stem, all of them
    count, because nothing tells which two belong together.
    """
    raws: dict[str, str] = {}
    raw_counts: Counter[str] = Counter()
    jpeg_counts: Counter[str] = Counter()
    for name in names:
        stem, suffix = _split(name)
        if suffix in RAW_SUFFIXES:
            raws[stem] = name
            raw_counts[stem] += 1
        elif suffix in _JPEG_SUFFIXES:
            jpeg_counts[stem] += 1
    return {name for stem, name in raws.items() if raw_counts[stem] == jpeg_counts[stem] == 1}


def _split(name: str) -> tuple[str, str]:
    """Return the stem and the suffix in a form in which equal names are equal texts."""
    stem, dot, suffix = name.rpartition(".")
    return stem.casefold(), dot + suffix.lower()
