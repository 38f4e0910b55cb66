"""A folder of made-up embeddings whose label vectors are off."""

from __future__ import annotations

import numpy as np

from clipdesk.core.labels.scoring import normalise

SCALE = 20.0


def folder(
    seed: int, images: int = 600, labels: int = 4, dimension: int = 24, misleading: float = 1.5
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return images (n, d), their labels (n,), and label vectors (m, d) that are off by `misleading`."""
    generator = np.random.default_rng(seed)
    centres = normalise(generator.normal(size=(labels, dimension)))
    truth = generator.integers(0, labels, images)
    pictures = normalise((centres[truth] + 0.15 * generator.normal(size=(images, dimension))).astype(np.float32))
    words = normalise(centres + misleading / np.sqrt(dimension) * generator.normal(size=centres.shape))
    return pictures, truth, words.astype(np.float32)
