"""The target folder of each image, as a path on disk."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from clipdesk.core.sorting.folder_names import clash_key
from clipdesk.core.sorting.listings import Listings
from clipdesk.core.sorting.rules import SortingRules


@dataclass(frozen=True, slots=True)
class TargetFolder:
    """A target folder, and whether the images of the source folder are there already."""

    folder: str
    is_reached: bool


class TargetFolders:
    """Finds target folders, once for each source folder. Names that differ in case only are one folder."""

    def __init__(self, rules: SortingRules, listings: Listings) -> None:
        self.root = os.path.abspath(rules.root)  # noqa: PTH100 - Path.absolute keeps `..`
        self._listings = listings
        self._keep_tree = rules.keep_tree
        # The innermost base comes first.
        self._bases = sorted((os.path.abspath(base) for base in rules.bases), key=len, reverse=True)  # noqa: PTH100
        self._found: dict[tuple[Path, str], TargetFolder] = {}
        self._spelled: dict[tuple[str, str], str] = {}  # the first spelling of each folder, by parent and `clash_key`

    def of(self, folder: Path, source: str) -> TargetFolder:
        """Return the target for images in `source` that go to `folder`, which is absolute or relative to the root.

        With `keep_tree`, images that are somewhere below their folder are there already: sorting them again would nest
        the tree once more.
        """
        found = self._found.get((folder, source))
        if found is None:
            found = self._found[folder, source] = self._find(folder, source)
        return found

    def _find(self, folder: Path, source: str) -> TargetFolder:
        if folder.is_absolute():
            top = str(folder)
        else:
            top = self._below(self.root, folder.parts)
        base = next((base for base in self._bases if _is_within(source, base)), None) if self._keep_tree else None
        if base is None:
            target = top
        else:
            target = self._below(top, Path(os.path.relpath(source, base)).parts)
            real_top = self._real(top)
            if _is_within(self._real(source), real_top) and not _is_within(self._real(base), real_top):
                return TargetFolder(target, is_reached=True)
        return TargetFolder(target, is_reached=self._real(source) == self._real(target))

    def _below(self, folder: str, parts: tuple[str, ...]) -> str:
        for part in parts:
            name = self._listings.existing(folder, part)
            if name not in self._listings.of(folder).entries:
                name = self._spelled.setdefault((folder, clash_key(name)), name)
            folder = os.path.join(folder, name)  # noqa: PTH118
        return folder

    def _real(self, folder: str) -> str:
        return os.path.normcase(self._listings.of(folder).real)


def _is_within(folder: str, top: str) -> bool:
    return folder == top or folder.startswith(top.rstrip(os.sep) + os.sep)
