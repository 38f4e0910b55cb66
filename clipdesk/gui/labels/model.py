"""The Qt model of the labels: one row per label with colour, count and warning."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QLocale,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from clipdesk.core.errors import LabelError
from clipdesk.core.labels.label_set import NO_LABEL, Label, LabelId, LabelSet, clean_name
from clipdesk.gui.kit.theme import label_color
from clipdesk.gui.kit.translation import tr

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_LABEL_TYPE = "application/x-clipdesk-label"


class Role(IntEnum):
    """Roles for the delegate."""

    COLOR = Qt.ItemDataRole.UserRole + 1  # QColor
    COUNT = Qt.ItemDataRole.UserRole + 2  # int, or None while there are no scores
    WARNING = Qt.ItemDataRole.UserRole + 3  # str, "" for none
    HAS_REFERENCES = Qt.ItemDataRole.UserRole + 4  # bool: whether the label has reference images
    KEY = Qt.ItemDataRole.UserRole + 5  # str: the key that gives pictures this label, "" for none


class LabelsModel(QAbstractListModel):
    """Shows a label set that is owned elsewhere.

    Edits are requests: `edited` carries the label set that would result, and the owner answers with `show`. Invalid
    edits emit `refused` with the reason. Labels are addressed by id, because rows may move at any time, as by undo.
    """

    edited = Signal(object)  # LabelSet
    refused = Signal(object)  # str or Message

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._set = LabelSet()
        self._counts: dict[LabelId, int] = {}
        self._cut: frozenset[str] = frozenset()
        self._keys: tuple[str, ...] = ()
        self._unknown_words: Callable[[Sequence[str]], Sequence[str]] | None = None
        self._notes: Mapping[LabelId, str] = {}

    @property
    def label_set(self) -> LabelSet:
        return self._set

    def show(self, label_set: LabelSet) -> None:
        """Show this set without emitting `edited`. Selection and current row stay with their labels."""
        before = self._set.ids
        if set(label_set.ids) != set(before):
            self.beginResetModel()
            self._set = label_set
            self.endResetModel()
        elif label_set.ids == before:
            self._set = label_set
            self._changed()
        else:
            self.layoutAboutToBeChanged.emit()
            self._set = label_set
            old = self.persistentIndexList()
            self.changePersistentIndexList(old, [self.index(self.row_of(before[index.row()])) for index in old])
            self.layoutChanged.emit()

    def row_of(self, label_id: LabelId) -> int:
        """Return the row of the label with this id, or -1."""
        place = self._set.place_of(label_id)
        return -1 if place is None else place

    def id_at(self, row: int) -> LabelId:
        """Return the id of the label in this row, or NO_LABEL."""
        return self._set.ids[row] if 0 <= row < len(self._set.labels) else NO_LABEL

    def set_counts(self, counts: Sequence[int] | None) -> None:
        """Set the number of images of each label of the set, -1 for one that is unknown, or None if all are."""
        by_id = dict(zip(self._set.ids, counts or (), strict=False))
        if by_id != self._counts:
            self._counts = by_id
            self._changed()

    def set_keys(self, keys: Sequence[str]) -> None:
        """Set the keys that give pictures the first labels."""
        if tuple(keys) != self._keys:
            self._keys = tuple(keys)
            self._changed()

    def set_cut_prompts(self, texts: Sequence[str]) -> None:
        """Set the prompts that are too long for the model and get truncated."""
        if frozenset(texts) != self._cut:
            self._cut = frozenset(texts)
            self._changed()

    def set_unknown_words(self, find: Callable[[Sequence[str]], Sequence[str]] | None) -> None:
        """Set the function that finds words in prompts that the model does not know, or None if there is none."""
        self._unknown_words = find
        self._changed()

    def set_notes(self, notes: Mapping[LabelId, str]) -> None:
        """Set a sentence about each label, which its tooltip shows."""
        if notes != self._notes:
            self._notes = notes
            self._changed()

    # --- changes

    def add(self, labels: Sequence[Label]) -> int:
        """Append labels, refusing names that exist already. Return the number of labels added."""
        result = self._set
        refused: list[str] = []
        for label in labels:
            try:
                result = result.with_label(label)
            except LabelError as error:
                refused.append(str(error))
        added = len(result.labels) - len(self._set.labels)
        if added:
            self._edit(result)
        if refused:
            self.refused.emit(refused[0] if len(refused) == 1 else tr("%Ln label(s) already exist.", "", len(refused)))
        return added

    def change(self, label: Label) -> bool:
        """Replace the label of the same id. Return whether the change is valid."""
        return self._try([label if old.id == label.id else old for old in self._set.labels])

    def remove(self, label_ids: Collection[LabelId]) -> None:
        self._try([label for label in self._set.labels if label.id not in label_ids])

    def move(self, label_id: LabelId, to: int) -> None:
        """Move a label in front of the one that is now at row `to`."""
        labels, row = list(self._set.labels), self.row_of(label_id)
        if row < 0:
            return
        label = labels.pop(row)
        labels.insert(to - 1 if to > row else to, label)
        self._try(labels)

    def set_templates(self, templates: Sequence[str]) -> None:
        self._edit(replace(self._set, templates=tuple(templates)))

    def _try(self, labels: Sequence[Label]) -> bool:
        try:
            self._edit(self._set.with_labels(labels))
        except LabelError as error:
            self.refused.emit(str(error))
            return False
        return True

    def _edit(self, label_set: LabelSet) -> None:
        if label_set != self._set:
            self.edited.emit(label_set)

    def _changed(self) -> None:
        if self._set.labels:
            self.dataChanged.emit(self.index(0), self.index(len(self._set.labels) - 1))

    # --- Qt

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._set.labels)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        label = self._set.labels[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return label.name
        if role == Role.COLOR:
            return label_color(label.color_index or 0, label.color)
        if role == Role.COUNT:
            return self._counts.get(label.id)
        if role == Role.KEY:
            return self._keys[index.row()] if index.row() < len(self._keys) else ""
        if role == Role.HAS_REFERENCES:
            return bool(label.references)
        if role == Role.WARNING:
            return self._warning(label)
        if role == Qt.ItemDataRole.ToolTipRole:
            key = self.data(index, Role.KEY)
            hint = self.tr("Key {key}").format(key=key) if key else ""
            texts = self._set.prompt_texts(label)
            return "\n".join(filter(None, [*texts, hint, self._notes.get(label.id), self._warning(label)]))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            count = self.data(index, Role.COUNT)
            return label.name if count is None or count < 0 else f"{label.name}: {QLocale().toString(count)}"
        return None

    def _warning(self, label: Label) -> str:
        texts = self._set.prompt_texts(label)
        if self._unknown_words is not None and (unknown := self._unknown_words(texts)):
            problem = self.tr("The model does not know “{words}”, so do not rely on its scores.")
            remedy = self.tr("For labels in other languages than English, choose the model “Any language”.")
            return f"{problem.format(words=QLocale().createSeparatedList(list(unknown)))} {remedy}"
        if self._cut.isdisjoint(texts):
            return ""
        return self.tr("A prompt is too long for the model. Its end is ignored.")

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.EditRole:
            return False
        name = clean_name(str(value))
        label = self._set.labels[index.row()]
        if not name:
            self.refused.emit(self.tr("A label needs a name."))
            return False
        # A prompt that only repeats the name follows it: a label with an example has its old name as a prompt.
        prompts = tuple(dict.fromkeys(name if prompt == label.name else prompt for prompt in label.prompts))
        return name == label.name or self.change(replace(label, name=name, prompts=prompts))

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.ItemIsDropEnabled
        return flag.ItemIsSelectable | flag.ItemIsEnabled | flag.ItemIsEditable | flag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return [_LABEL_TYPE]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        mime = QMimeData()
        if indexes:
            mime.setData(_LABEL_TYPE, str(self.id_at(indexes[0].row())).encode())
            mime.setText("\n".join(str(index.data()) for index in indexes))
        return mime

    def supportedDragActions(self) -> Qt.DropAction:
        # With MoveAction the view would remove the row itself after a drop.
        return Qt.DropAction.CopyAction


def dragged_label(mime: QMimeData) -> LabelId | None:
    """Return the id of the dragged label, or None if the drag is not a label."""
    if not mime.hasFormat(_LABEL_TYPE):
        return None
    return int(mime.data(_LABEL_TYPE).data())
