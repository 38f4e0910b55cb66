"""Group near-duplicates among reviewed images, which must not be in two folds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]

#: Images of the folder of which all pairs are compared.
_SAMPLE = 500
#: One in 10,000 pairs of different images is more similar.
_QUANTILE = 0.9999
#: Reviewed images compared at once, to limit memory.
_BLOCK = 1_000


def group_near_duplicates(images: FloatArray, folder_sample: FloatArray) -> NDArray[np.int64]:
    """Return a group number (n,) for images (n, d): each joins the first image that it resembles very much.

    That is a cosine of at least the 99.99 % quantile among pairs of `folder_sample` (k, d). No fixed cosine tells
    copies from different images in every model.
    """
    groups = np.arange(len(images), dtype=np.int64)
    least = _least_cosine(folder_sample)
    for start in range(0, len(images), _BLOCK):
        rows = images[start : start + _BLOCK]
        is_near = rows @ images[: start + len(rows)].T >= least
        is_near[np.arange(len(rows)), start + np.arange(len(rows))] = True
        groups[start : start + len(rows)] = is_near.argmax(axis=1)
    # An image's first neighbour may have joined another: stars, not chains.
    return np.asarray(groups[groups])


def _least_cosine(sample: FloatArray) -> float:
    step = max(1, len(sample) // _SAMPLE)
    chosen = sample[::step][:_SAMPLE]
    if len(chosen) < 2:
        return 2.0
    cosines = (chosen @ chosen.T)[np.triu_indices(len(chosen), 1)]
    # Copies in the folder itself count among the pairs, so cap just below 1, where rounding ends.
    return min(float(np.quantile(cosines, _QUANTILE)), 0.9999)
