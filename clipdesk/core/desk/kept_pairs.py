"""Pairs of images that the user wants to keep both: they are not offered as duplicates again.

They are remembered by content, so that they stay true after files were renamed or moved.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

#: The content keys of two images, the smaller first. Both are the same for two copies of one file.
Pair = tuple[bytes, bytes]
KeptPairs = frozenset[Pair]


def pair_of(one: bytes, other: bytes) -> Pair:
    """Return the pair of two content keys, whatever their order."""
    return (one, other) if one <= other else (other, one)


def pairs_of(contents: Sequence[bytes]) -> KeptPairs:
    """Return all pairs of images with these content keys, one key for each image. Unknown keys, empty, have none."""
    return frozenset(pair_of(one, other) for one, other in combinations(contents, 2) if one and other)
