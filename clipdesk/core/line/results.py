"""What the line yields for images: embeddings by row."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class EmbeddedImage:
    """One finished image: either `embedding` (d,) is set, or `error` gives the reason in one sentence.

    `row` is the number the image was submitted with.
    """

    row: int
    path: Path
    embedding: NDArray[np.float32] | None
    error: str = ""


@dataclass(frozen=True)
class RecalledImages:
    """Images found in the store: their rows (n,), and their embeddings (n, d)."""

    rows: NDArray[np.intp]
    embeddings: NDArray[np.float32]
