"""The plan of a sort as a tree: target folders, and in each the pictures that go there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from clipdesk.core.sorting.steps import Action, Plan, Step
from clipdesk.gui.kit.translation import tr
from clipdesk.gui.kit.words import size_text
from clipdesk.gui.loading.thumbnails import Thumbnails
from clipdesk.gui.session.verdict import shown_name

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
#: Pictures whose thumbnails a folder's row shows.
FIRST_THUMBNAILS = 6


class Column(IntEnum):
    NAME = 0
    PICTURES = 1
    SIZE = 2


class Role(IntEnum):
    PATHS = Qt.ItemDataRole.UserRole
    """The first pictures of a folder, or the picture itself: list[Path]."""
    NOTE = Qt.ItemDataRole.UserRole + 1
    """A few words behind the name."""


@dataclass
class Folder:
    """A target folder with the indices of its pictures in the plan's steps."""

    path: Path
    name: str
    images: list[int] = field(default_factory=list)
    size: int = 0


class PlanModel(QAbstractItemModel):
    """Shows a plan. Each picture has a tick; `chosen_plan` is the plan without those whose tick was removed."""

    ticks_changed = Signal()
    folder_renamed = Signal(object, str)  # Path, the new name

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.thumbnails = thumbnails
        self._plan = Plan(Path(), Action.COPY, steps=())
        self._folders: list[Folder] = []
        self._companions: dict[int, list[int]] = {}
        self._unticked: set[Path] = set()

    # --- the plan

    def set_plan(self, plan: Plan, folders: Sequence[Path]) -> None:
        """Show this plan. `folders` are the target folders that the rules name, which pictures are grouped by.

        Ticks that were removed stay removed.
        """
        self.beginResetModel()
        self._plan = plan
        self._folders, self._companions = _grouped(plan, folders)
        self.endResetModel()
        self.ticks_changed.emit()

    @property
    def plan(self) -> Plan:
        return self._plan

    @property
    def folders(self) -> Sequence[Folder]:
        return self._folders

    def chosen_plan(self) -> Plan:
        """Return the plan without the files whose ticks were removed, and without their companions."""
        if not self._unticked:
            return self._plan
        kept = [place for place in range(len(self._plan.steps)) if self.is_ticked(place)]
        new_place = {place: new for new, place in enumerate(kept)}
        steps = (
            replace(step, image=new_place.get(step.image, -1)) for step in (self._plan.steps[place] for place in kept)
        )
        return replace(self._plan, steps=tuple(steps))

    def counts(self) -> tuple[int, int]:
        """Return how many pictures go into how many folders."""
        if not self._unticked:
            return sum(len(folder.images) for folder in self._folders), len(self._folders)
        ticked = [sum(map(self.is_ticked, folder.images)) for folder in self._folders]
        return sum(ticked), sum(map(bool, ticked))

    # --- ticks

    def is_ticked(self, place: int) -> bool:
        """Return whether this step will be carried out. A companion follows its picture."""
        step = self._plan.steps[place]
        if self._unticked and 0 <= step.image != place and not self.is_ticked(step.image):
            return False
        return step.source not in self._unticked

    def set_ticked(self, places: Iterable[int], ticked: bool) -> None:
        """Set the ticks of these steps."""
        sources = {self._plan.steps[place].source for place in places}
        self._unticked = self._unticked - sources if ticked else self._unticked | sources
        if self._folders:
            last = len(self._folders) - 1
            self.dataChanged.emit(self.index(0, 0), self.index(last, Column.SIZE))
            for row, folder in enumerate(self._folders):
                parent = self.index(row, 0)
                self.dataChanged.emit(self.index(0, 0, parent), self.index(len(folder.images) - 1, Column.SIZE, parent))
        self.ticks_changed.emit()

    def _folder_state(self, folder: Folder) -> Qt.CheckState:
        if not self._unticked:
            return Qt.CheckState.Checked
        ticked = sum(map(self.is_ticked, folder.images))
        if ticked == len(folder.images):
            return Qt.CheckState.Checked
        return Qt.CheckState.PartiallyChecked if ticked else Qt.CheckState.Unchecked

    # --- Qt: the tree. The internal id of a folder is 0; that of a picture is its folder's row + 1.

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = _ROOT) -> QModelIndex:  # type: ignore[override]  # also QObject.parent()
        if not index.isValid() or not index.internalId():
            return QModelIndex()
        return self.createIndex(int(index.internalId()) - 1, 0, 0)

    def rowCount(self, parent: Index = _ROOT) -> int:
        if not parent.isValid():
            return len(self._folders)
        if parent.internalId() or parent.column() != 0:
            return 0
        return len(self._folders[parent.row()].images)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return len(Column)

    def folder_at(self, index: Index) -> Folder | None:
        """Return the folder of this row, None for the row of a picture."""
        return self._folders[index.row()] if index.isValid() and not index.internalId() else None

    def place_at(self, index: Index) -> int | None:
        """Return the picture of this row as its place in the plan's steps, None for the row of a folder."""
        if not index.isValid() or not index.internalId():
            return None
        return self._folders[int(index.internalId()) - 1].images[index.row()]

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == Column.NAME:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
            if self.folder_at(index) is not None:
                flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Folder"), self.tr("Pictures"), self.tr("Size"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section != Column.NAME:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() != Column.NAME:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        folder = self.folder_at(index)
        if folder is not None:
            return self._folder_data(folder, index.column(), role)
        place = self.place_at(index)
        assert place is not None
        return self._picture_data(place, index.column(), role)

    def _folder_data(self, folder: Folder, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.CheckStateRole and column == Column.NAME:
            return self._folder_state(folder)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            if column == Column.NAME:
                return folder.name
            return QLocale().toString(len(folder.images)) if column == Column.PICTURES else size_text(folder.size)
        if role == Qt.ItemDataRole.ToolTipRole:
            return shown_name(folder.path, whole=True)
        if role == Role.PATHS:
            return [self._plan.steps[place].source for place in folder.images[:FIRST_THUMBNAILS]]
        return None

    def _picture_data(self, place: int, column: int, role: int) -> Any:
        step = self._plan.steps[place]
        if role == Qt.ItemDataRole.CheckStateRole and column == Column.NAME:
            return Qt.CheckState.Checked if self.is_ticked(place) else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            if column == Column.NAME:
                return shown_name(step.source)
            return size_text(step.size) if column == Column.SIZE else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{shown_name(step.source, whole=True)}\n→ {shown_name(step.target, whole=True)}"
        if role == Role.PATHS:
            return [step.source]
        if role == Role.NOTE:
            return self._note(place, step)
        return None

    def _note(self, place: int, step: Step) -> str:
        parts = (
            [self.tr("as {name}").format(name=shown_name(step.target))] if step.target.name != step.source.name else []
        )
        companions = len(self._companions.get(place, ()))
        if companions == 1:
            parts.append(
                self.tr("with {name}").format(name=shown_name(self._plan.steps[self._companions[place][0]].source))
            )
        elif companions:
            parts.append(tr("with %Ln companion(s)", "", companions))
        return " · ".join(parts)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        folder = self.folder_at(index)
        if role == Qt.ItemDataRole.CheckStateRole:
            place = self.place_at(index)
            places = folder.images if folder is not None else [place] if place is not None else []
            self.set_ticked(places, Qt.CheckState(value) == Qt.CheckState.Checked)
            return True
        if role == Qt.ItemDataRole.EditRole and folder is not None and (name := str(value).strip()):
            if name != folder.name:
                self.folder_renamed.emit(folder.path, name)
            return True
        return False


def _grouped(plan: Plan, folders: Sequence[Path]) -> tuple[list[Folder], dict[int, list[int]]]:
    """Return the target folders, in the order of `folders`, and the companions of each picture, by place."""
    named = dict.fromkeys(folders)
    top_of: dict[Path, Path] = {}
    groups: dict[Path, Folder] = {}
    companions: dict[int, list[int]] = {}
    for place, step in enumerate(plan.steps):
        if step.image not in (place, -1):
            companions.setdefault(step.image, []).append(place)
            image = plan.steps[step.image]
            group = groups.get(_top(image.target.parent, named, top_of))
            if group is not None:
                group.size += step.size
            continue
        top = _top(step.target.parent, named, top_of)
        group = groups.get(top)
        if group is None:
            group = groups[top] = Folder(top, _folder_name(top, plan.root))
        group.images.append(place)
        group.size += step.size
    order = {folder: rank for rank, folder in enumerate(named)}
    ranked = sorted(groups.values(), key=lambda group: (order.get(group.path, len(order)), str(group.path)))
    return ranked, companions


def _top(folder: Path, named: dict[Path, None], top_of: dict[Path, Path]) -> Path:
    """Return the folder of `named` that `folder` is or lies in, or else `folder` itself."""
    if folder not in top_of:
        top_of[folder] = next((one for one in (folder, *folder.parents) if one in named), folder)
    return top_of[folder]


def _folder_name(folder: Path, root: Path) -> str:
    inside = folder.relative_to(root) if folder.is_relative_to(root) else folder
    return shown_name(inside, whole=True) if inside != Path() else shown_name(root)
