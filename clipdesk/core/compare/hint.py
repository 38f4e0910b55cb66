"""A hint, before anything is judged, which wording sorts a folder better."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def between_group_scatter(images: NDArray[np.float32], labels: NDArray[np.integer], count: int) -> float:
    """Return how far apart the groups lie into which `labels` (n,), 0…count−1, divide images (n, d): 0…1.

    Σ n_k/n · ‖mean over group k of (x − μ)/‖x − μ‖‖², μ being the mean of all. Of 1,400 pairs of wordings it picked the
    better one in 98 % (91 % in unbalanced folders with 30 % none); the mean probability in 89 % (83 %). It is a hint
    and no estimate of accuracy. Label -1 and rows of NaN do not count.
    """
    rows = (labels >= 0) & ~np.isnan(images[:, 0])
    if not rows.all():
        images, labels = images[rows], labels[rows]
    if not len(images):
        return 0.0
    mean = images.mean(axis=0, dtype=np.float64)
    # ‖x − μ‖² = ‖x‖² − 2x·μ + ‖μ‖², and the sum over a group of (x − μ)/‖x − μ‖, need no copy of the images.
    squares = np.einsum("nd,nd->n", images, images).astype(np.float64)
    distances = np.sqrt(np.maximum(squares - 2 * (images @ mean.astype(np.float32)) + mean @ mean, 1e-12))
    shares = (1.0 / distances).astype(np.float32)
    scatter = 0.0
    order = np.argsort(labels, kind="stable")
    ends = np.searchsorted(labels[order], np.arange(count + 1))
    for label in range(count):
        group = order[ends[label] : ends[label + 1]]
        if len(group):
            total = shares[group] @ images[group] - float(shares[group].sum(dtype=np.float64)) * mean
            scatter += float(total @ total) / (len(group) * len(images))
    return scatter
