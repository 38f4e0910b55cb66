"""What the line yields for images: embeddings by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class EmbeddedImage:
    """One finished image: either `embedding` (d,) is set, or `error` gives the reason in one sentence.

    `row` is the number the image was submitted with. `content` is the key of its content, empty without a store.
    """

    row: int
    path: Path
    embedding: NDArray[np.float32] | None
    error: str = ""
    content: bytes = b""


@dataclass(frozen=True)
class RecalledImages:
    """Images found in the store: their rows (n,), their embeddings (n, d), and their content keys (n, or none).

    `is_listed`: by the listings of their folders, and not one by one.
    """

    rows: NDArray[np.intp]
    embeddings: NDArray[np.float32]
    contents: Sequence[bytes] = ()
    is_listed: bool = False
