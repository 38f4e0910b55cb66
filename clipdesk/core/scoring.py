"""From embeddings to scores: arithmetic only, nothing that waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.encoder import ScoreRule

FloatArray = NDArray[np.float32]

#: Rows scored at once: keeps the float64 scratch of the softmax small beside the vectors themselves.
_CHUNK_ROWS = 65_536


@dataclass(frozen=True)
class Scores:
    """The scores of n pictures against m labels. Rows without an embedding are NaN, with `best` -1.

    `cosine` and `probability` are (n, m) float32; `best` (n,) int32 is the label with the highest probability;
    `top` and `margin` (n,) float32 are its probability and how far it is above the second label's (itself, when
    there is only one label).
    """

    cosine: FloatArray
    probability: FloatArray
    best: NDArray[np.int32]
    top: FloatArray
    margin: FloatArray

    @property
    def rows(self) -> int:
        return len(self.best)

    def copy(self) -> Scores:
        """A copy that stays as it is while the original goes on changing."""
        return Scores(
            self.cosine.copy(), self.probability.copy(), self.best.copy(), self.top.copy(), self.margin.copy()
        )


def normalise(vectors: FloatArray) -> FloatArray:
    """Rows of (n, d) divided by their L2 norm; a zero row stays zero."""
    norms = np.linalg.norm(vectors.astype(np.float64), axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-12), dtype=np.float32)


def prompt_ensemble(embeddings: FloatArray) -> FloatArray:
    """One vector (d,) for a label from those of its prompts (k, d): normalise, mean, normalise.

    Radford et al. 2021, section 3.1.4 (prompt ensembling in embedding space).
    """
    mean: FloatArray = normalise(embeddings).mean(axis=0, keepdims=True)
    return np.asarray(normalise(mean)[0])


def label_vectors(prompts: Sequence[Sequence[str]], embeddings: Mapping[str, FloatArray]) -> FloatArray:
    """(m, d): the ensemble of each label's prompts, looked up by their keys in `embeddings`."""
    if not prompts:
        return np.zeros((0, 0), np.float32)
    return np.stack([prompt_ensemble(np.stack([embeddings[key] for key in keys])) for keys in prompts])


def cosine_similarity(images: FloatArray, labels: FloatArray) -> FloatArray:
    """(n, m) cosine similarities, -1…1, of L2-normalised (n, d) and (m, d)."""
    cosine = np.asarray(images @ labels.T, dtype=np.float32)
    # Of a picture and itself float32 makes 1.0000001.
    return np.clip(cosine, -1.0, 1.0, out=cosine)


def probabilities(cosine: FloatArray, rule: ScoreRule) -> FloatArray:
    """(n, m) probabilities, 0…1, of cosine similarities (n, m) under a model's own rule."""
    logits = cosine.astype(np.float64) * rule.logit_scale
    if rule.logit_bias is not None:
        # 1 / (1 + e^-x) without overflow at either end.
        return np.asarray(0.5 * (1.0 + np.tanh(0.5 * (logits + rule.logit_bias))), dtype=np.float32)
    if logits.shape[1] == 0:
        return np.zeros_like(cosine)
    logits -= logits.max(axis=1, keepdims=True)
    np.exp(logits, out=logits)
    return np.asarray(logits / logits.sum(axis=1, keepdims=True), dtype=np.float32)


def score(images: FloatArray, labels: FloatArray, rule: ScoreRule) -> Scores:
    """Scores of (n, d) pictures against (m, d) labels. A picture row of NaN gives a row of NaN."""
    n, m = len(images), len(labels)
    scores = empty_scores(n, m)
    if m == 0:
        return scores
    for start in range(0, n, _CHUNK_ROWS):
        rows = slice(start, start + _CHUNK_ROWS)
        scores.cosine[rows] = cosine_similarity(images[rows], labels)
        fill_ranking(scores, rows, rule)
    return scores


def empty_scores(rows: int, labels: int) -> Scores:
    """Scores of pictures that have none yet."""
    return Scores(
        cosine=np.full((rows, labels), np.nan, np.float32),
        probability=np.full((rows, labels), np.nan, np.float32),
        best=np.full(rows, -1, np.int32),
        top=np.full(rows, np.nan, np.float32),
        margin=np.full(rows, np.nan, np.float32),
    )


def fill_ranking(scores: Scores, rows: slice, rule: ScoreRule) -> None:
    """Fill everything that follows from `scores.cosine` in these rows, in place."""
    cosine = scores.cosine[rows]
    probability = probabilities(cosine, rule)
    known = ~np.isnan(cosine[:, 0])
    scores.probability[rows] = probability
    best = np.where(known, np.where(known[:, None], probability, 0.0).argmax(axis=1), -1)
    scores.best[rows] = best
    top = np.take_along_axis(probability, np.maximum(best, 0)[:, None], axis=1)[:, 0]
    scores.top[rows] = top
    if cosine.shape[1] > 1:
        second = np.partition(probability, -2, axis=1)[:, -2]
        scores.margin[rows] = top - second
    else:
        scores.margin[rows] = top
