"""The actions Undo and Redo, on top of the desk's history."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence

from clipdesk.core.desk.changes import DeskChange, LabelsChange
from clipdesk.core.desk.history import History
from clipdesk.gui.kit.translation import tr
from clipdesk.gui.kit.words import pictures_text


class UndoStack(QObject):
    """Undoes and redoes changes of the desk. Unlike QUndoStack it limits memory instead of the number of steps."""

    changed = Signal()

    def __init__(self, revert: Callable[[DeskChange], DeskChange], parent: QObject | None = None) -> None:
        """`revert` undoes a change and returns the change that redoes it."""
        super().__init__(parent)
        self._history = History(revert)
        self.undo_action = QAction(self)
        self.undo_action.setShortcuts(QKeySequence.StandardKey.Undo)
        self.undo_action.triggered.connect(self.undo)
        self.redo_action = QAction(self)
        self.redo_action.setShortcuts(QKeySequence.StandardKey.Redo)
        self.redo_action.triggered.connect(self.redo)
        self._show()

    @property
    def undo_text(self) -> str:
        """The text of the step that `undo` would undo, or ""."""
        return self._history.undo_text

    @property
    def redo_text(self) -> str:
        """The text of the step that `redo` would redo, or ""."""
        return self._history.redo_text

    def push(self, change: DeskChange) -> None:
        """Add a change that was just made. See `History.push`."""
        self._history.push(change, change_text(change))
        self._show()

    def clear(self) -> None:
        """Forget all steps: they belong to a desk that is no longer open."""
        self._history.clear()
        self._show()

    def follow(self, change: DeskChange) -> None:
        """Keep older steps usable after files were moved."""
        if change.relocated is not None:
            self._history.relocate(change.relocated)

    def undo(self) -> None:
        self._history.undo()
        self._show()

    def redo(self) -> None:
        self._history.redo()
        self._show()

    def _show(self) -> None:
        for action, word, text in (
            (self.undo_action, self.tr("Undo {step}"), self.undo_text),
            (self.redo_action, self.tr("Redo {step}"), self.redo_text),
        ):
            action.setText(word.format(step=text).strip())
            action.setEnabled(bool(text))
        self.changed.emit()


def change_text(change: DeskChange) -> str:
    """Return what the user did, to be put into “Undo …” and “Redo …”."""
    if change.removed is not None:
        return tr("removal of {pictures}").format(pictures=pictures_text(len(change.removed.images)))
    if change.sorted_files is not None:
        return tr("sorting of {pictures}").format(pictures=pictures_text(change.sorted_files.count))
    if change.corrected is not None:
        return tr("label of {pictures}").format(pictures=pictures_text(len(change.corrected.images)))
    if change.kept_groups is not None:
        return tr("keeping of pictures that look alike")
    return _labels_text(change.labels) if change.labels is not None else tr("change of the threshold")


def _labels_text(labels: LabelsChange) -> str:
    before, after = labels.before, labels.after
    gone = [label.name for label in before.labels if after.by_id(label.id) is None]
    new = [label.name for label in after.labels if before.by_id(label.id) is None]
    if gone and new:
        return tr("change of labels")
    if new:
        return tr("new label “{label}”").format(label=new[0]) if len(new) == 1 else tr("%Ln new label(s)", "", len(new))
    if gone:
        if len(gone) == 1:
            return tr("deletion of “{label}”").format(label=gone[0])
        return tr("deletion of %Ln label(s)", "", len(gone))
    if before.ids != after.ids:
        return tr("order of the labels")
    if before.templates != after.templates:
        return tr("change of templates")
    pairs = [(old, new) for old, new in zip(before.labels, after.labels, strict=True) if old != new]
    if len(pairs) != 1:
        return tr("change of labels")
    old, changed = pairs[0]
    text = tr("renaming of “{label}”") if old.name != changed.name else tr("change of “{label}”")
    return text.format(label=old.name)
