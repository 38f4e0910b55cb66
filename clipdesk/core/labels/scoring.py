"""From embeddings to scores: arithmetic only, nothing that waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.encoder import ScoreRule
from clipdesk.core.labels.prompts import Prompt

FloatArray = NDArray[np.float32]

#: Numbers scored at once, which stay in the processor's own cache from the product to the ranking.
_CHUNK = 65_536
_MANY_LABELS = 64

#: So many new labels are scored one by one beside the others' kept cosines; with more, all are computed at once.
_FEW_LABELS = 3


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


def label_vectors(prompts: Sequence[Sequence[Prompt]], embeddings: Mapping[Prompt, FloatArray]) -> FloatArray:
    """Return (m, d): for each of m labels the ensemble of its prompts' vectors (d,), looked up in `embeddings`."""
    if not prompts:
        return np.zeros((0, 0), np.float32)
    return np.stack([prompt_ensemble(np.stack([embeddings[prompt] for prompt in of_label])) for of_label in prompts])


def cosine_similarity(images: FloatArray, labels: FloatArray) -> FloatArray:
    """(n, m) cosine similarities, -1…1, of L2-normalised (n, d) and (m, d)."""
    cosine = np.asarray(images @ labels.T, dtype=np.float32)
    # Of a picture and itself float32 makes 1.0000001.
    return np.clip(cosine, -1.0, 1.0, out=cosine)


def probabilities(cosine: FloatArray, rule: ScoreRule) -> FloatArray:
    """(n, m) probabilities, 0…1, of cosine similarities (n, m) under a model's own rule; as they lie in memory."""
    if rule.logit_bias is not None:
        # 1 / (1 + e^-x) without overflow at either end.
        half = cosine.astype(np.float64) * (0.5 * rule.logit_scale) + 0.5 * rule.logit_bias
        return np.asarray(0.5 * (1.0 + np.tanh(half)), dtype=np.float32)
    if not cosine.shape[1]:
        return np.zeros_like(cosine)
    # Taken from the largest first, cosines lose nothing; logits of 100 would lose their fifth digit in float32.
    below: FloatArray = cosine - cosine.max(axis=1, keepdims=True)
    below *= np.float32(rule.logit_scale)
    np.exp(below, out=below)
    below /= below.sum(axis=1, keepdims=True)
    return below


def score(images: FloatArray, labels: FloatArray, rule: ScoreRule) -> Scores:
    """Scores of (n, d) pictures against (m, d) labels. A picture row of NaN gives a row of NaN."""
    n, m = len(images), len(labels)
    if m == 0:
        return empty_scores(n, 0)
    # One product: the threads of a matrix library wait for each other at the end of each, and where another program
    # has the processor, that takes longer than the product itself (61 products of 3,276 rows: 5 times as long as one).
    scores = Scores(
        cosine_similarity(images, labels),
        np.empty((n, m), np.float32),
        np.empty(n, np.int32),
        np.empty(n, np.float32),
        np.empty(n, np.float32),
    )
    step = max(1, _CHUNK // m)
    for start in range(0, n, step):
        fill_ranking(scores, slice(start, start + step), rule)
    return scores


def score_changed(
    images: FloatArray, labels: FloatArray, rule: ScoreRule, before: Scores, labels_before: FloatArray
) -> Scores:
    """As `score`; the cosines of labels that were among `labels_before` (k, d) are taken from `before`, their scores.

    `before` may be of fewer pictures, and may change meanwhile: what it does not have yet is computed.
    """
    n, m, known = len(images), len(labels), min(len(images), before.rows)
    if not m or labels_before.shape[1:] != labels.shape[1:] or before.cosine.shape[1] != len(labels_before):
        return score(images, labels, rule)
    is_same = (labels[:, None] == labels_before[None]).all(axis=-1)
    kept, new = np.flatnonzero(is_same.any(axis=1)), np.flatnonzero(~is_same.any(axis=1))
    if len(new) > _FEW_LABELS or not len(kept):
        return score(images, labels, rule)
    scores, sources = empty_scores(n, m), is_same[kept].argmax(axis=1)
    for label in new:
        np.clip(images @ labels[label], -1.0, 1.0, out=scores.cosine[:, label])
    step = max(2_048, _CHUNK // m)
    for start in range(0, n, step):
        rows = slice(start, min(start + step, n))
        old = before.cosine[start : min(rows.stop, known)]
        cosine = scores.cosine[rows]
        cosine[: len(old), kept] = old[:, sources]
        is_waiting = np.isnan(images[rows, 0])
        cosine[is_waiting] = np.nan
        is_missing = np.isnan(cosine).any(axis=1) & ~is_waiting
        if is_missing.any():
            cosine[is_missing] = cosine_similarity(images[rows][is_missing], labels)
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
    best = cosine.argmax(axis=1)
    place = np.arange(len(best))
    # Label by label where there are few: the largest of many short rows takes 20 times as long.
    probability = probabilities(np.asfortranarray(cosine) if cosine.shape[1] < _MANY_LABELS else cosine, rule)
    scores.probability[rows] = probability
    top = probability[place, best]
    probability[place, best] = -1.0
    scores.best[rows] = np.where(np.isnan(top), -1, best)
    scores.top[rows] = top
    scores.margin[rows] = top - probability.max(axis=1) if cosine.shape[1] > 1 else top
