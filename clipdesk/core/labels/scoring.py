"""Score image embeddings against label vectors: arithmetic only, no I/O."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.encoder import ScoreRule
from clipdesk.core.labels.prompts import ImagePrompt, Prompt
from clipdesk.core.labels.word_scale import WordScale, measure_word_scale, needs_word_scale

FloatArray = NDArray[np.float32]
Mask = NDArray[np.bool_]

#: Scores ranked at once, few enough to stay in the CPU cache.
_CHUNK = 65_536
#: From this many labels on, the probabilities of one image lie next to each other in memory.
_MANY_LABELS = 64
#: With fewer scores for each, more threads save less than a millisecond.
_LEAST_SCORES_A_THREAD = 1_000_000
_MOST_THREADS = 4

#: Up to this many new labels are scored one by one, reusing the cosines of the others. With more, all are recomputed.
_FEW_LABELS = 3


@dataclass(frozen=True)
class Scores:
    """The scores of n images against m labels. Rows without an embedding are NaN, with `best` -1.

    - `cosine` (n, m): cosine similarities, -1…1.
    - `probability` (n, m): probabilities, 0…1.
    - `best` (n,): the index of the label with the highest probability.
    - `top` (n,): that probability.
    - `margin` (n,): how far it is above the second highest; `top` itself if there is only one label.
    - `scale`: what `cosine` was mapped by before the probabilities were computed. None if labels with reference images
      and labels without are not mixed.
    """

    cosine: FloatArray
    probability: FloatArray
    best: NDArray[np.int32]
    top: FloatArray
    margin: FloatArray
    scale: WordScale | None = None

    @property
    def rows(self) -> int:
        return len(self.best)

    def copy(self) -> Scores:
        """Return a copy that does not change with the original."""
        return Scores(
            self.cosine.copy(),
            self.probability.copy(),
            self.best.copy(),
            self.top.copy(),
            self.margin.copy(),
            self.scale,
        )


def normalise(vectors: FloatArray) -> FloatArray:
    """Divide each row of (n, d) by its L2 norm. A zero row stays zero."""
    norms = np.linalg.norm(vectors.astype(np.float64), axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-12), dtype=np.float32)


def prompt_ensemble(embeddings: FloatArray) -> FloatArray:
    """Combine the vectors (k, d) of a label's prompts into one (d,): normalise, average, normalise.

    Radford et al. 2021, section 3.1.4 (prompt ensembling in embedding space).
    """
    mean: FloatArray = normalise(embeddings).mean(axis=0, keepdims=True)
    return np.asarray(normalise(mean)[0])


def label_vectors(prompts: Sequence[Sequence[Prompt]], embeddings: Mapping[Prompt, FloatArray]) -> FloatArray:
    """Return (m, d): for each of m labels the ensemble of its prompts' vectors (d,), looked up in `embeddings`."""
    if not prompts:
        return np.zeros((0, 0), np.float32)
    return np.stack([prompt_ensemble(np.stack([embeddings[prompt] for prompt in of_label])) for of_label in prompts])


def have_references(prompts: Iterable[Iterable[Prompt]]) -> Mask:
    """Return whether each of m labels has an image among its prompts, shape (m,).

    A label with both texts and images counts: its vector is their ensemble, and close to images.
    """
    return np.array([any(isinstance(prompt, ImagePrompt) for prompt in of_label) for of_label in prompts], np.bool_)


def cosine_similarity(images: FloatArray, labels: FloatArray) -> FloatArray:
    """Return the cosine similarities (n, m), -1…1, of L2-normalised images (n, d) and labels (m, d)."""
    cosine = np.asarray(images @ labels.T, dtype=np.float32)
    # In float32, a vector's similarity to itself can be 1.0000001.
    return np.clip(cosine, -1.0, 1.0, out=cosine)


def probabilities(cosine: FloatArray, rule: ScoreRule) -> FloatArray:
    """Return the probabilities (n, m), 0…1, of cosine similarities (n, m) under a model's score rule.

    The result has the memory order of `cosine`.
    """
    if rule.logit_bias is not None:
        # The sigmoid by way of tanh, which cannot overflow.
        half = cosine.astype(np.float64) * (0.5 * rule.logit_scale) + 0.5 * rule.logit_bias
        return np.asarray(0.5 * (1.0 + np.tanh(half)), dtype=np.float32)
    if not cosine.shape[1]:
        return np.zeros_like(cosine)
    # Subtract the row maximum before scaling: logits of 100 would lose their fifth digit in float32.
    below: FloatArray = cosine - cosine.max(axis=1, keepdims=True)
    below *= np.float32(rule.logit_scale)
    np.exp(below, out=below)
    below /= below.sum(axis=1, keepdims=True)
    return below


def score(
    images: FloatArray,
    labels: FloatArray,
    rule: ScoreRule,
    has_references: Mask | None = None,
    scale: WordScale | None = None,
) -> Scores:
    """Score images (n, d) against labels (m, d). An image row of NaN gives a row of NaN.

    `has_references` (m,) says which labels have reference images; None means that no label has. If only some have,
    their cosines are put on the scale of the others before they are compared: on `scale`, or else on the scale of these
    images, which should then be the whole folder.
    """
    n, m = len(images), len(labels)
    if m == 0:
        return empty_scores(n, 0)
    # One large product: BLAS synchronises its threads after each, which on a busy CPU takes longer than the product
    # (61 products of 3,276 rows took 5 times as long as one).
    return ranked(_unranked(cosine_similarity(images, labels), scale), rule, has_references)


def ranked(scores: Scores, rule: ScoreRule, has_references: Mask | None) -> Scores:
    """Compute probabilities and ranking of all rows in place, from their cosines (n, m) with m > 0.

    Return the scores with the scale that was used: theirs if they have one, else one measured on all rows.
    """
    if scores.scale is None and has_references is not None and needs_word_scale(has_references):
        scores = replace(scores, scale=measure_word_scale(scores.cosine, has_references))
    rows, labels = scores.cosine.shape
    step = max(1, _CHUNK // labels)

    def fill(starts: range) -> None:
        for start in starts:
            fill_ranking(scores, slice(start, start + step), rule)

    threads = min(_MOST_THREADS, os.cpu_count() or 1, rows * labels // _LEAST_SCORES_A_THREAD)
    if threads <= 1:
        fill(range(0, rows, step))
    else:
        with ThreadPoolExecutor(threads, thread_name_prefix="score") as pool:
            list(pool.map(fill, [range(place * step, rows, threads * step) for place in range(threads)]))
    return scores


def score_changed(
    images: FloatArray,
    labels: FloatArray,
    rule: ScoreRule,
    before: Scores,
    labels_before: FloatArray,
    has_references: Mask | None = None,
) -> Scores:
    """Score as `score` does, reusing the cosines in `before` of labels that were among `labels_before` (k, d).

    `before` may cover fewer images and may be filled meanwhile by another thread: what is missing there is computed.
    """
    n, m, known = len(images), len(labels), min(len(images), before.rows)
    if not m or labels_before.shape[1:] != labels.shape[1:] or before.cosine.shape[1] != len(labels_before):
        return score(images, labels, rule, has_references)
    is_same = (labels[:, None] == labels_before[None]).all(axis=-1)
    kept, new = np.flatnonzero(is_same.any(axis=1)), np.flatnonzero(~is_same.any(axis=1))
    if len(new) > _FEW_LABELS or not len(kept):
        return score(images, labels, rule, has_references)
    scores = _unranked(np.empty((n, m), np.float32))
    cosine, sources = scores.cosine, is_same[kept].argmax(axis=1)
    cosine[known:] = np.nan
    for label in new:
        cosine[:, label] = np.clip(images @ labels[label], -1.0, 1.0)
    for here, there in _runs(kept, sources):
        cosine[:known, here] = before.cosine[:known, there]
    is_waiting = np.isnan(images[:, 0])
    cosine[is_waiting] = np.nan
    # The sum of a row, as a product, is NaN if one of its parts is: ten times as fast as `isnan` and `any`.
    missing = np.flatnonzero(np.isnan(cosine @ np.ones(m, np.float32)) & ~is_waiting)
    if len(missing):
        cosine[missing] = cosine_similarity(images[missing], labels)
    return ranked(scores, rule, has_references)


def _runs(kept: NDArray[np.intp], sources: NDArray[np.intp]) -> Iterator[tuple[slice, slice]]:
    """Yield where runs of kept labels are now, and where they were: slices are copied much faster than lists."""
    ends = np.flatnonzero((np.diff(kept) != 1) | (np.diff(sources) != 1)) + 1
    for start, stop in zip((0, *ends.tolist()), (*ends.tolist(), len(kept)), strict=True):
        here, there, length = int(kept[start]), int(sources[start]), stop - start
        yield slice(here, here + length), slice(there, there + length)


def empty_scores(rows: int, labels: int) -> Scores:
    """Return scores of images that have no embedding yet."""
    return Scores(
        cosine=np.full((rows, labels), np.nan, np.float32),
        probability=np.full((rows, labels), np.nan, np.float32),
        best=np.full(rows, -1, np.int32),
        top=np.full(rows, np.nan, np.float32),
        margin=np.full(rows, np.nan, np.float32),
    )


def _unranked(cosine: FloatArray, scale: WordScale | None = None) -> Scores:
    """Return scores with these cosines (n, m). All else is still to be computed, by `ranked`."""
    n = len(cosine)
    return Scores(
        cosine,
        np.empty_like(cosine),
        np.empty(n, np.int32),
        np.empty(n, np.float32),
        np.empty(n, np.float32),
        scale,
    )


def fill_ranking(scores: Scores, rows: slice, rule: ScoreRule) -> None:
    """Compute probabilities and ranking of these rows from `scores.cosine` and `scores.scale`, in place."""
    cosine = scores.cosine[rows]
    if scores.scale is not None:
        cosine = scores.scale.apply(cosine)
    if cosine.shape[1] < _MANY_LABELS:
        # Column order: the maxima of many short rows take 20 times as long.
        cosine = np.asfortranarray(cosine)
    best = _best_places(cosine)
    place = np.arange(len(best))
    probability = probabilities(cosine, rule)
    scores.probability[rows] = probability
    top = probability[place, best]
    probability[place, best] = -1.0
    scores.best[rows] = best
    scores.top[rows] = top
    scores.margin[rows] = top - probability.max(axis=1) if cosine.shape[1] > 1 else top


def _best_places(cosine: FloatArray) -> NDArray[np.int32]:
    """Return the index (n,) of the largest of each row (n, m), the first of equal ones, and -1 for rows with NaN."""
    largest, labels = cosine.max(axis=1), cosine.shape[1]
    if labels < _MANY_LABELS:
        # Half the time of `argmax`, which compares one row after the other. Bytes are compared 64 at a time.
        is_largest = (cosine == largest[:, None]).view(np.int8)
        places: NDArray[np.int32] = (is_largest * np.arange(-labels, 0, dtype=np.int8)).min(axis=1).astype(np.int32)
        places += np.int32(labels)
        places[places == labels] = -1
        return places
    return np.where(np.isnan(largest), np.int32(-1), cosine.argmax(axis=1)).astype(np.int32)
