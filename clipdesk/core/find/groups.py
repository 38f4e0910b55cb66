"""Groups of a folder's images: “what is on this disk?”, without asking for a number of groups."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.find.progress import OnProgress, ignore_progress
from clipdesk.core.find.vectors import FloatArray, Rows, Vectors

#: The range of `fineness`.
COARSEST, USUAL, FINEST = 0.5, 1.0, 4.0


@dataclass(frozen=True)
class NeighbourGraph:
    """Which images resemble each other: what groups are made of, at any fineness. Made once for a folder.

    `rows` (m,) are the images in it: all that have an embedding, or a sample of them in a large folder. The edges of
    the image at place i, with the neighbour's place and a weight 0…1, are `neighbours` and `weights` from `starts[i]`
    to `starts[i + 1]`; each edge is there in both directions. `mean` (d,) is the folder's mean embedding.
    """

    rows: Rows
    starts: NDArray[np.intp]
    neighbours: NDArray[np.int32]
    weights: FloatArray
    mean: FloatArray


@dataclass(frozen=True)
class PictureGroup:
    """Images that resemble each other.

    `rows` (k,) are in the order of their likeness to the centroid, so that the first ones are typical. `centroid` (d,)
    is the mean of their embeddings, minus that of the folder.
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
    """Find which images resemble each other. Takes about 5 s for 10,000 images, and no more for more. Raises Cancelled.

    Each image is connected with its nearest neighbours, by the share of neighbours that both have (Jarvis and Patrick
    1973), after the folder's mean was subtracted.
    """
    raise NotImplementedError


def make_groups(
    vectors: Vectors,
    graph: NeighbourGraph,
    fineness: float = USUAL,
    *,
    on_progress: OnProgress = ignore_progress,
    cancel: threading.Event | None = None,
) -> PictureGroups:
    """Divide the images of a folder into groups: more and smaller ones at a higher `fineness`, 0.5…4.

    Louvain's method on the graph (Blondel et al. 2008). Images that are not in the graph join the group with the
    nearest centroid. Small groups, and images that do not resemble the centroid of theirs, are *various*.
    Raises Cancelled.
    """
    raise NotImplementedError
