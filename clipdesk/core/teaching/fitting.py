"""Fit logistic regression around logits that are already there, with a quadratic penalty on the difference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
_Float = TypeVar("_Float", np.float32, np.float64)

_ITERATIONS = 50
#: Images of a folder that teaching looks at although nobody has labelled them.
_SAMPLE = 2_000


@dataclass(frozen=True)
class Folder:
    """Where the embeddings of a folder lie.

    `mean` (d,); `deviation`, the root of mean‖x − mean‖²; `sample` (k, d): evenly spaced images, at most 2,000,
    corrected as by `correct`.
    """

    mean: Doubles
    deviation: float
    sample: NDArray[np.float32]

    def correct(self, images: NDArray[np.float32]) -> Doubles:
        """Return images (n, d) centred on the folder's mean, in units of its deviation."""
        return (images - self.mean) / self.deviation


def measure_folder(images: NDArray[np.float32]) -> Folder:
    """Return the mean and the deviation of images (n, d). Rows of NaN, which have no embedding yet, do not count."""
    is_known = ~np.isnan(images[:, 0])
    # A large folder is copied only if something is missing.
    embedded = images if is_known.all() else images[is_known]
    if not len(embedded):
        return Folder(np.zeros(images.shape[1]), 1.0, np.asarray(embedded, np.float32))
    mean = embedded.mean(axis=0, dtype=np.float64)
    # mean‖x − μ‖² = mean‖x‖² − ‖μ‖², which needs no copy of the images.
    squares = np.einsum("nd,nd->n", embedded, embedded).mean(dtype=np.float64)
    deviation = float(np.sqrt(max(squares - mean @ mean, 1e-12)))
    chosen = embedded[:: -(-len(embedded) // _SAMPLE)]
    return Folder(mean, deviation, ((chosen - mean) / deviation).astype(np.float32))


def softmax(logits: NDArray[_Float]) -> NDArray[_Float]:
    """Return the softmax over the last axis of logits (n, m)."""
    powers: NDArray[_Float] = np.exp(logits - logits.max(axis=-1, keepdims=True))
    powers /= powers.sum(axis=-1, keepdims=True)
    return powers


def log_losses(logits: Doubles, labels: NDArray[np.intp]) -> Doubles:
    """Return −ln of the softmax probability of each row's label: logits (n, m), labels (n,) 0…m−1."""
    below = logits - logits.max(axis=1, keepdims=True)
    return np.asarray(np.log(np.exp(below).sum(axis=1)) - below[np.arange(len(labels)), labels])


def scaled_weights(weights: Doubles) -> Doubles:
    """Return weights (n,) scaled so that they sum to n."""
    return np.asarray(weights * (len(weights) / weights.sum()))


def fit_around(
    features: Doubles, labels: NDArray[np.intp], logits: Doubles, weights: Doubles, strength: float, learns_offset: bool
) -> tuple[Doubles, Doubles]:
    """Return directions (m, d) and offsets (m,) that, added to `logits`, fit the labels.

    `features` (n, d), `labels` (n,) 0…m−1, `logits` (n, m) before the fit, `weights` (n,). `strength` is λ, above 0:
    how strongly the result is drawn to the logits that are there. With `learns_offset`, each label also gets an offset,
    which is penalised as one more feature that is always 1; otherwise the offsets are 0.

    Minimises Σ w·loss + λ/2·‖directions‖² by 50 steps that use ½ as the upper bound of the softmax's curvature (Böhning
    1992), so that one matrix is inverted for all steps. It is (n, n) for few images (K·½w + λI with K = F·Fᵀ + b), and
    (d, d) for many. Both take the same steps.
    """
    n, m = logits.shape
    wide = np.hstack([features, np.ones((n, 1))]) if learns_offset else features
    wanted = np.eye(m)[labels]
    if n <= wide.shape[1]:
        kernel = wide @ wide.T
        inverse = np.linalg.inv(0.5 * weights[:, None] * kernel + strength * np.eye(n))
        dual = np.zeros((n, m))
        for _ in range(_ITERATIONS):
            excess = weights[:, None] * (softmax(logits + kernel @ dual) - wanted)
            dual -= inverse @ (excess + strength * dual)
        learned = dual.T @ wide
    else:
        inverse = np.linalg.inv(0.5 * (wide.T * weights) @ wide + strength * np.eye(wide.shape[1]))
        primal = np.zeros((wide.shape[1], m))
        for _ in range(_ITERATIONS):
            excess = weights[:, None] * (softmax(logits + wide @ primal) - wanted)
            primal -= inverse @ (wide.T @ excess + strength * primal)
        learned = primal.T
    if learns_offset:
        return learned[:, :-1], learned[:, -1]
    return learned, np.zeros(m)
