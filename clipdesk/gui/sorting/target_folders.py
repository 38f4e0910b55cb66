"""The folders that a person sorts into by hand, each with a key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

_KEYS = tuple(f"Alt+{digit}" for digit in range(1, 10))


@dataclass(frozen=True)
class TargetFolder:
    """A folder and its key sequence, as Qt writes it (“Alt+1”); "" if it has none."""

    path: Path
    key: str = ""


@dataclass(frozen=True)
class TargetFolders:
    """The folders of the panel, in order. No path and no key occurs twice."""

    folders: tuple[TargetFolder, ...] = ()

    def with_folder(self, path: Path) -> TargetFolders:
        """Return these folders and a new one at the end, which gets the first free key. One that is there stays."""
        if any(one.path == path for one in self.folders):
            return self
        taken = {one.key for one in self.folders}
        key = next((key for key in _KEYS if key not in taken), "")
        return TargetFolders((*self.folders, TargetFolder(path, key)))

    def without(self, path: Path) -> TargetFolders:
        """Return these folders without one. The others keep their keys."""
        return TargetFolders(tuple(one for one in self.folders if one.path != path))

    def with_key(self, path: Path, key: str) -> TargetFolders:
        """Give a folder this key, and take the key away from another folder that has it."""

        def changed(one: TargetFolder) -> TargetFolder:
            if one.path == path:
                return replace(one, key=key)
            return replace(one, key="") if key and one.key == key else one

        return TargetFolders(tuple(map(changed, self.folders)))

    def to_json(self) -> list[list[str]]:
        return [[str(one.path), one.key] for one in self.folders]

    @classmethod
    def from_json(cls, values: object) -> TargetFolders:
        """Return the saved folders. Invalid entries are left out."""
        result = cls()
        for path, key in _pairs(values):
            if Path(path).is_absolute():
                result = result.with_folder(Path(path)).with_key(Path(path), key)
        return result


def _pairs(values: object) -> Iterable[tuple[str, str]]:
    for value in values if isinstance(values, list) else ():
        if isinstance(value, list) and len(value) == 2 and all(isinstance(one, str) for one in value):
            yield value[0], value[1]
