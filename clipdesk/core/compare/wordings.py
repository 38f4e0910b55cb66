"""What wordings would label, where they differ, and how good each is on reviewed images."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.beta import beta_quantile
from clipdesk.core.compare.evidence import ENOUGH, evidence

FloatArray = NDArray[np.float32]
Labels = NDArray[np.int32]

_TAIL = 0.05
_CHUNK = 65_536


def label_by_each(images: FloatArray, wordings: Sequence[FloatArray]) -> list[Labels]:
    """Return for each wording the label of each image, (n,): the index of the nearest of its label vectors (m, d).

    Softmax and sigmoid models agree: both grow with the cosine. Rows of NaN get -1. Vectors that several wordings share
    are compared with the images (n, d) once, so another wording of one label costs one product more.
    """
    if not wordings:
        return []
    vectors, place = np.unique(np.concatenate(wordings), axis=0, return_inverse=True)
    # One large product, as in `labels.scoring`. Each row is then read by all wordings while it is in the CPU cache.
    cosine = images @ vectors.T
    columns = np.split(place.ravel(), np.cumsum([len(wording) for wording in wordings])[:-1])
    labels = [np.full(len(images), -1, np.int32) for _ in wordings]
    step = max(1, _CHUNK // len(vectors))
    for start in range(0, len(images), step):
        part = np.asfortranarray(cosine[start : start + step])
        is_waiting = np.isnan(part[:, 0])
        for found, of_wording in zip(labels, columns, strict=True):
            if len(of_wording):
                best = part[:, of_wording].argmax(axis=1)
                found[start : start + step] = np.where(is_waiting, -1, best)
    return labels


@dataclass(frozen=True)
class LabelPair:
    """`rows` (k,): the images that A gives label `a` and B gives label `b`, indices."""

    a: int
    b: int
    rows: NDArray[np.intp]


@dataclass(frozen=True)
class Agreement:
    """Where two wordings agree, of images that have a label by both.

    `agreeing`: how many images. `counts_a` and `counts_b` (m,): images of each label. `differing` (k,): rows on which
    they differ, ascending. `pairs`: the same by label pair, the most frequent first.
    """

    agreeing: int
    counts_a: NDArray[np.intp]
    counts_b: NDArray[np.intp]
    differing: NDArray[np.intp]
    pairs: tuple[LabelPair, ...]

    @property
    def share(self) -> float:
        """The share of images on which they agree, 0…1; 1 without images."""
        total = self.agreeing + len(self.differing)
        return self.agreeing / total if total else 1.0


def compare(a: Labels, b: Labels, labels: int) -> Agreement:
    """Compare labels (n,) by A and by B, indices 0…labels−1, or -1 for images that have none yet."""
    known = (a >= 0) & (b >= 0)
    differing = np.flatnonzero(known & (a != b))
    pair = a[differing].astype(np.intp) * labels + b[differing]
    order = np.argsort(pair, kind="stable")
    names, starts = np.unique(pair[order], return_index=True)
    groups = np.split(differing[order], starts[1:]) if len(names) else []
    pairs = [LabelPair(int(n // labels), int(n % labels), rows) for n, rows in zip(names, groups, strict=True)]
    pairs.sort(key=lambda found: -len(found.rows))
    return Agreement(
        int(np.count_nonzero(known)) - len(differing),
        np.bincount(a[known], minlength=labels),
        np.bincount(b[known], minlength=labels),
        differing,
        tuple(pairs),
    )


@dataclass(frozen=True)
class Report:
    """How good one wording is on reviewed images.

    - `reviewed`, `right`: how many images, and how many of them it labels rightly.
    - `accuracy` with the ends `low` and `high` of its 90 % range (Clopper–Pearson), 0…1; NaN, 0, 1 without images.
    - `confusion` (m+1, m): images by their true label, the last row being "none fits", and by the wording's label.
    - `precision` (m,): of the images it gives a label, the share that has it. `recall` (m,): of the images that have a
      label, the share it finds. NaN where there are none.
    """

    reviewed: int
    right: int
    accuracy: float
    low: float
    high: float
    confusion: NDArray[np.intp]
    precision: NDArray[np.float64]
    recall: NDArray[np.float64]


def report(found: Labels, truth: NDArray[np.integer], labels: int) -> Report:
    """Judge a wording's labels (n,) by the true ones (n,), both 0…labels−1. Truth -1: no label fits.

    Images without a label by the wording (-1) do not count. If the images were not drawn at random, the figures are
    about these images only.
    """
    has_label = found >= 0
    found, truth = found[has_label], truth[has_label]
    place = np.where(truth < 0, labels, truth).astype(np.intp) * labels + found
    confusion = np.bincount(place, minlength=(labels + 1) * labels).reshape(labels + 1, labels)
    right = np.diagonal(confusion)
    count, total = int(right.sum()), len(found)
    with np.errstate(invalid="ignore"):
        precision, recall = right / confusion.sum(axis=0), right / confusion[:labels].sum(axis=1)
    low, high = accuracy_range(count, total)
    return Report(total, count, count / total if total else np.nan, low, high, confusion, precision, recall)


def accuracy_range(right: int, total: int) -> tuple[float, float]:
    """Return the 90 % range of Clopper and Pearson (1934) for a share of which `right` of `total` were seen."""
    if not total:
        return 0.0, 1.0
    return beta_quantile(_TAIL, right, total - right + 1), beta_quantile(1 - _TAIL, right + 1, total - right)


def rank(found: Sequence[Labels], truth: NDArray[np.integer]) -> list[list[int]]:
    """Return the wordings' indices in groups, the best first. Members of a group cannot be told from its first.

    `found`: each wording's labels (n,); `truth` (n,), -1: no label fits. Two are told apart if the evidence on the
    images of which exactly one of them is right is at least 20 times the number of comparisons made (Bonferroni), so
    that a false difference anywhere in the ranking has a probability of at most 5 %.
    """
    is_right = [labels == truth for labels in found]
    order = sorted(range(len(found)), key=lambda index: -int(is_right[index].sum()))
    comparisons = max(1, len(found) * (len(found) - 1) // 2)
    groups: list[list[int]] = []
    for index in order:
        if groups and not _is_worse(is_right[index], is_right[groups[-1][0]], ENOUGH * comparisons):
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _is_worse(one: NDArray[np.bool_], than: NDArray[np.bool_], enough: float) -> bool:
    wins, losses = int(np.count_nonzero(one & ~than)), int(np.count_nonzero(than & ~one))
    return losses > wins and evidence(wins, losses) >= enough
