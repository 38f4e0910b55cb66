"""Groups of a folder's images: “what is on this disk?”, without asking for a number of groups."""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass

import numpy as np

from clipdesk.core.errors import raise_if_set
from clipdesk.core.find.louvain import Graph, find_communities
from clipdesk.core.find.progress import FindProgress, OnProgress, ignore_progress
from clipdesk.core.find.vectors import FloatArray, Rows, Vectors, embedded_rows, take_vectors
from clipdesk.core.labels.scoring import normalise

#: The range of `fineness`.
COARSEST, USUAL, FINEST = 0.5, 1.0, 4.0


@dataclass(frozen=True)
class NeighbourGraph:
    """Which images resemble each other: what groups are made of, at any fineness. Made once for a folder.

    `rows` (m,) are the images in it: all that have an embedding, or a sample of them in a large folder. They are the
    nodes of `graph`. `mean` (d,) is the folder's mean embedding.
    """

    rows: Rows
    graph: Graph
    mean: FloatArray


@dataclass(frozen=True)
class PictureGroup:
    """Images that resemble each other.

    `rows` (k,) are in the order of their likeness to the centroid, behind the first ones, which are typical and not all
    the same: a burst would otherwise be all that is seen of a group. `centroid` (d,) is the mean of their embeddings,
    minus that of the folder.
    """

    rows: Rows
    centroid: FloatArray

    def __len__(self) -> int:
        return len(self.rows)

    def typical(self, count: int = 4) -> Rows:
        """Return the rows of the most typical images."""
        return self.rows[:count]


@dataclass(frozen=True)
class PictureGroups:
    """The groups of a folder, the largest first, and the rows of the images in none: *various*."""

    groups: tuple[PictureGroup, ...]
    various: Rows


def connect_neighbours(
    vectors: Vectors, *, on_progress: OnProgress = ignore_progress, cancel: threading.Event | None = None
) -> NeighbourGraph:
    """Find which images resemble each other. Takes about 5 s for 10,000 images, and not much more for more.

    Each image is connected with its nearest neighbours, by the share of neighbours that both have (Jarvis and Patrick
    1973), after the folder's mean was subtracted. Raises Cancelled.
    """
    rows = embedded_rows(vectors)
    mean = _mean(vectors, rows)
    if len(rows) > _SAMPLE:
        rows = np.sort(np.random.default_rng(0).choice(rows, _SAMPLE, replace=False))
    if len(rows) < 2:
        empty = np.empty(0, np.intp)
        return NeighbourGraph(rows, Graph.of(len(rows), empty, empty, np.empty(0)), mean)
    nearest = _nearest(normalise(take_vectors(vectors, rows) - mean), on_progress, cancel)
    count, neighbours = nearest.shape
    first, second = np.repeat(np.arange(count), neighbours), nearest.ravel()
    weights = _shared(nearest, first, second, cancel)
    # Both directions. An edge that both ends have has the same weight from both, and counts once.
    low, high = np.minimum(first, second), np.maximum(first, second)
    keys, places = np.unique(low * count + high, return_index=True)
    low, high = np.divmod(keys, count)
    weights = np.tile(weights[places], 2)
    return NeighbourGraph(rows, Graph.of(count, np.append(low, high), np.append(high, low), weights), mean)


def make_groups(
    vectors: Vectors,
    graph: NeighbourGraph,
    fineness: float = USUAL,
    *,
    on_progress: OnProgress = ignore_progress,
    cancel: threading.Event | None = None,
) -> PictureGroups:
    """Divide the images of a folder into groups: more and smaller ones at a higher `fineness`, 0.5…4.

    Louvain's method on the graph. Images that are not in the graph join the group with the nearest centroid. Small
    groups, and images that do not resemble the centroid of theirs, are *various*. Raises Cancelled.
    """
    on_progress(FindProgress("Making groups", 0, 2))
    communities = find_communities(graph.graph, fineness, cancel)
    on_progress(FindProgress("Making groups", 1, 2))
    sizes = np.bincount(communities)
    large = np.flatnonzero(sizes >= _least_size(len(graph.rows)))
    rows = embedded_rows(vectors)
    if not len(large):
        return PictureGroups((), rows)
    members = take_vectors(vectors, graph.rows) - graph.mean
    centroids = np.stack([members[communities == one].mean(axis=0) for one in large])
    places = np.full(len(sizes), -1, np.intp)
    places[large] = np.arange(len(large))
    joined, likeness = _join(vectors, rows, graph, places[communities], centroids, sizes[large], cancel)
    groups: list[PictureGroup] = []
    for place, centroid in enumerate(centroids):
        own = np.flatnonzero((joined == place) & (likeness >= _LEAST_LIKENESS))
        own = rows[own[np.argsort(-likeness[own], kind="stable")]]
        groups.append(PictureGroup(_typical_first(vectors, own, graph.mean), centroid))
    groups = sorted((group for group in groups if len(group) > 1), key=lambda group: -len(group))
    on_progress(FindProgress("Making groups", 2, 2))
    various = np.setdiff1d(rows, np.concatenate([group.rows for group in groups])) if groups else rows
    return PictureGroups(tuple(groups), various)


def _join(
    vectors: Vectors,
    rows: Rows,
    graph: NeighbourGraph,
    groups: Rows,
    centroids: FloatArray,
    sizes: Rows,
    cancel: threading.Event | None,
) -> tuple[Rows, FloatArray]:
    """Return for each of `rows` (n,) its group, -1 for none, and its cosine with the mean of the others in that.

    `groups` (m,) are those of the images in the graph, with `centroids` (g, d) and `sizes` (g,). Other images join the
    nearest.
    """
    joined, likeness = np.empty(len(rows), np.intp), np.empty(len(rows), np.float32)
    own = np.full(len(vectors), _OUTSIDE, np.intp)
    own[graph.rows] = groups
    directions = normalise(centroids)
    for start in range(0, len(rows), _BLOCK):
        raise_if_set(cancel)
        part = slice(start, start + _BLOCK)
        centred = take_vectors(vectors, rows[part]) - graph.mean
        group = own[rows[part]]
        is_member = group >= 0
        group = joined[part] = np.where(group == _OUTSIDE, (centred @ directions.T).argmax(axis=1), group)
        # Without itself, as an image that nothing resembles is near a centroid that it is part of.
        others = centroids[group] * sizes[group, None] - centred * is_member[:, None]
        likeness[part] = np.einsum("ij,ij->i", normalise(centred), normalise(others))
    return joined, likeness


def _typical_first(vectors: Vectors, rows: Rows, mean: FloatArray) -> Rows:
    """Return rows (k,) with a few in front that differ the most among the first half, which are the most typical.

    The first row stays. Each of the next is the one that is least like those before it.
    """
    candidates = rows[: min(max(_TYPICAL, len(rows) // 2), _TYPICAL_CANDIDATES)]
    if len(candidates) <= _TYPICAL:
        return rows
    directions = normalise(take_vectors(vectors, candidates) - mean)
    chosen, nearest = [0], directions @ directions[0]
    while len(chosen) < _TYPICAL:
        nearest[chosen] = np.inf
        chosen.append(int(nearest.argmin()))
        nearest = np.maximum(nearest, directions @ directions[chosen[-1]])
    return np.concatenate((candidates[chosen], np.delete(rows, chosen)))


#: Typical images of a group, and how many of them they are chosen from.
_TYPICAL, _TYPICAL_CANDIDATES = 4, 64
#: The image is not in the graph.
_OUTSIDE = -2
#: Nearest neighbours of each image. Between 10 and 20, groups of thousands hardly differ. With as many in a folder of
#: 60, all are neighbours of all.
_FEWEST, _NEIGHBOURS = 4, 15
#: Larger folders are sampled: the time for neighbours grows with the square.
_SAMPLE = 10_000
_BLOCK = 1_024
#: The least cosine of an image with the centroid of its group, after the folder's mean was subtracted.
_LEAST_LIKENESS = 0.1


def _least_size(count: int) -> int:
    """Return how many of `count` images make a group: 3, and 10 of 10,000."""
    return max(3, round(math.sqrt(count) / 10))


def _mean(vectors: Vectors, rows: Rows) -> FloatArray:
    total = np.zeros(take_vectors(vectors, rows[:1]).shape[1:], np.float64)
    for start in range(0, len(rows), _BLOCK):
        total += take_vectors(vectors, rows[start : start + _BLOCK]).sum(axis=0, dtype=np.float64)
    return np.asarray(total / max(len(rows), 1), np.float32)


def _nearest(vectors: FloatArray, on_progress: OnProgress, cancel: threading.Event | None) -> Rows:
    """Return the nearest neighbours (m, k) of each vector, without itself."""
    count = len(vectors)
    neighbours = min(max(_FEWEST, min(_NEIGHBOURS, round(math.sqrt(count)))), count - 1)
    nearest = np.empty((count, neighbours), np.intp)
    for start in range(0, count, _BLOCK):
        raise_if_set(cancel)
        on_progress(FindProgress("Comparing pictures", start, count))
        similar = vectors[start : start + _BLOCK] @ vectors.T
        place = np.arange(len(similar))
        similar[place, start + place] = -2.0
        nearest[start : start + _BLOCK] = np.argpartition(similar, -neighbours, axis=1)[:, -neighbours:]
    return nearest


def _shared(nearest: Rows, first: Rows, second: Rows, cancel: threading.Event | None) -> FloatArray:
    """Return for each edge (e,) the share of neighbours that both ends have, among those of either: 0…1.

    Each node counts as a neighbour of itself.
    """
    count = len(nearest)
    sets = np.sort(np.column_stack((nearest, np.arange(count))), axis=1)
    weights = np.empty(len(first), np.float32)
    step = _BLOCK * 16
    for start in range(0, len(first), step):
        raise_if_set(cancel)
        a, b = sets[first[start : start + step]], sets[second[start : start + step]]
        both = np.sort(np.concatenate((a, b), axis=1), axis=1)
        shared = (both[:, 1:] == both[:, :-1]).sum(axis=1)
        weights[start : start + step] = shared / (2 * sets.shape[1] - shared)
    return weights
