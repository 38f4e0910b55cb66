"""The folders that a person sorts into by hand, each with a key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

_KEYS = tuple(f"Alt+{digit}" for digit in range(1, 10))


@dataclass(frozen=True)
class PanelFolder:
    """A folder and its key sequence, as Qt writes it (“Alt+1”); "" if it has none."""

    path: Path
    key: str = ""


@dataclass(frozen=True)
class PanelFolders:
    """The folders of the panel, in order. No path and no key occurs twice."""

    folders: tuple[PanelFolder, ...] = ()

    def with_folder(self, path: Path) -> PanelFolders:
        """Return these folders and a new one at the end, which gets the first free key. One that is there stays."""
        if any(one.path == path for one in self.folders):
            return self
        taken = {one.key for one in self.folders}
        key = next((key for key in _KEYS if key not in taken), "")
        return PanelFolders((*self.folders, PanelFolder(path, key)))

    def without(self, path: Path) -> PanelFolders:
        """Return these folders without one. The others keep their keys."""
        return PanelFolders(tuple(one for one in self.folders if one.path != path))

    def with_key(self, path: Path, key: str) -> PanelFolders:
        """Give a folder this key, and take the key away from another folder that has it."""

        def changed(one: PanelFolder) -> PanelFolder:
            if one.path == path:
                return replace(one, key=key)
            return replace(one, key="") if key and one.key == key else one

        return PanelFolders(tuple(map(changed, self.folders)))

    def to_json(self) -> list[list[str]]:
        return [[str(one.path), one.key] for one in self.folders]

    @classmethod
    def from_json(cls, values: object) -> PanelFolders:
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
