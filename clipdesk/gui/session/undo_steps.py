"""What can be undone: changes of the labels, and pictures that were taken off the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QUndoCommand

from clipdesk.core.desk.desk import RemovedImages
from clipdesk.core.labels.label_set import LabelSet
from clipdesk.gui.kit.words import pictures_text
from clipdesk.gui.session.labelling import Labelling


class LabelSetChange(QUndoCommand):
    """Other labels, prompts or templates."""

    def __init__(self, before: LabelSet, after: LabelSet, apply: Callable[[LabelSet], None]) -> None:
        super().__init__(change_text(before, after))
        self._before, self._after, self._apply = before, after, apply

    def redo(self) -> None:
        self._apply(self._after)

    def undo(self) -> None:
        self._apply(self._before)


class ImagesRemoval(QUndoCommand):
    """Pictures taken off the list. The files stay where they are."""

    def __init__(self, labelling: Labelling, rows: Sequence[int]) -> None:
        super().__init__(_tr("removal of {}").format(pictures_text(len(rows))))
        self._labelling = labelling
        # By path: pictures that came meanwhile may have moved the rows.
        self._images = labelling.desk.images.take(rows)
        self._removed: RemovedImages | None = None

    def redo(self) -> None:
        rows = self._labelling.desk.images.rows_of(self._images)
        self._removed = self._labelling.remove_images(rows[rows >= 0].tolist())

    def undo(self) -> None:
        if self._removed is not None:
            self._labelling.restore_images(self._removed)


def change_text(before: LabelSet, after: LabelSet) -> str:
    """What was done to the labels, as it follows the word “Undo”."""
    gone = [name for name in before.names if name not in after.names]
    new = [name for name in after.names if name not in before.names]
    if gone and new:
        return _tr("renaming of “{}”").format(gone[0]) if len(gone) == len(new) == 1 else _tr("change of labels")
    if new:
        return _tr("new label “{}”").format(new[0]) if len(new) == 1 else _tr("{} new labels").format(len(new))
    if gone:
        return (
            _tr("deletion of “{}”").format(gone[0])
            if len(gone) == 1
            else _tr("deletion of {} labels").format(len(gone))
        )
    if before.names != after.names:
        return _tr("order of the labels")
    if before.templates != after.templates:
        return _tr("change of templates")
    changed = [label.name for label, old in zip(after.labels, before.labels, strict=True) if label != old]
    return _tr("change of “{}”").format(changed[0]) if changed else _tr("change of labels")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Undo", text)
