"""Groups of images that look alike and that the user wants to keep: they are not offered as duplicates again.

They are remembered by content, so that they stay true after files were renamed or moved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

#: The content keys of images that are all wanted, sorted, at least two. A key occurs twice if copies of it are wanted.
KeptGroup = tuple[bytes, ...]
KeptGroups = frozenset[KeptGroup]


def kept_group(contents: Iterable[bytes]) -> KeptGroups:
    """Return the group of images with these content keys, one key for each image.

    Unknown keys, empty, are left out. The result is empty if fewer than two keys are left.
    """
    copies = Counter(content for content in contents if content)
    group = tuple(sorted(content for content, count in copies.items() for _ in range(min(count, 2))))
    return frozenset([group]) if len(group) > 1 else frozenset()


class KeptIndex:
    """Tells quickly whether two images, or all of several, are in one kept group."""

    def __init__(self, groups: KeptGroups) -> None:
        self._groups = groups
        self._groups_of: dict[bytes, set[KeptGroup]] = {}
        self._copies_wanted: set[bytes] = set()
        for group in groups:
            for before, content in zip((b"", *group), group, strict=False):
                self._groups_of.setdefault(content, set()).add(group)
                if content == before:
                    self._copies_wanted.add(content)

    def __bool__(self) -> bool:
        return bool(self._groups)

    def are_kept(self, one: bytes, other: bytes) -> bool:
        """Return whether two images with these content keys are both wanted; equal keys mean copies of one file."""
        if one == other:
            return one in self._copies_wanted
        return not self._groups_of.get(one, _NONE).isdisjoint(self._groups_of.get(other, _NONE))

    def are_all_kept(self, contents: Sequence[bytes]) -> bool:
        """Return whether every two of these images are wanted."""
        if not self._groups:
            return False
        copies = Counter(contents)
        if any(count > 1 and content not in self._copies_wanted for content, count in copies.items()):
            return False
        groups = [self._groups_of.get(content, _NONE) for content in copies]
        if set.intersection(*groups):
            return True
        return all(self.are_kept(one, other) for one, other in combinations(copies, 2))


_NONE: set[KeptGroup] = set()
