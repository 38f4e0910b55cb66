"""Finding pictures in files and folders."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ImageFile:
    """A picture file as it was found: absolute path, size, time of the last change."""

    path: Path
    size_bytes: int
    mtime_ns: int
