"""Pairs of images that the user wants to keep both: duplicates that are not offered again. By content, so they stay
true after the files were renamed or moved."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

#: The content keys of two images, the smaller first.
Pair = tuple[bytes, bytes]
KeptPairs = frozenset[Pair]


def pairs_of(contents: Iterable[bytes]) -> KeptPairs:
    """Return all pairs of these content keys. Unknown ones, which are empty, have none."""
    return frozenset(combinations(sorted({content for content in contents if content}), 2))
