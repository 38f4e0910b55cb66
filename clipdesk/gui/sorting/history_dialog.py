"""The history of past sorts, each of which can be undone, whole or in part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QDateTime,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from clipdesk.core.sorting.journal import JournalStep, PastSort, StepState
from clipdesk.core.sorting.steps import Reason
from clipdesk.gui.kit.fitted_dialog import FittedDialog
from clipdesk.gui.kit.theme import GAP, PADDING, font_scale
from clipdesk.gui.kit.translated import translated
from clipdesk.gui.session.verdict import shown_name
from clipdesk.gui.sorting.words import files_text, reason_text, sorted_text, undone_text

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_WIDTH, _HEIGHT = 760, 560
_ROW_HEIGHT = 28


class HistoryDialog(FittedDialog):
    """Shows past sorts and the files of the chosen one.

    Asks for the files with `files_wanted`; the owner answers with `show_files`. `undo_requested` carries the numbers of
    the files to take back, or None for all of them.
    """

    files_wanted = Signal(int)  # sort id
    undo_requested = Signal(object, object)  # PastSort, list[int] of step numbers or None
    folder_requested = Signal(object)  # Path

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, _WIDTH, _HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Sorting history"))
        self.sorts = SortsModel(self)
        self.files = FilesModel(self)
        self.sorts_view = _table(self.sorts, self.tr("Past sorts"))
        self.files_view = _table(self.files, self.tr("Files of this sort"))
        self.empty = QLabel(self.tr("Nothing has been sorted yet."))
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setProperty("role", "secondary")
        self.note = QLabel(wordWrap=True)
        self.note.setProperty("role", "secondary")
        self.undo_button = QPushButton()
        self.undo_button.setProperty("primary", True)
        self.folder_button = QPushButton(self.tr("Show folders"))
        self.close_button = QPushButton(self.tr("Close"))
        self._build()
        self.sorts_view.selectionModel().currentRowChanged.connect(lambda *_: self._on_sort_chosen())
        self.files.ticks_changed.connect(self._refresh)
        self.undo_button.clicked.connect(self._on_undo_clicked)
        self.folder_button.clicked.connect(lambda: self.folder_requested.emit(self._current_root()))
        self.close_button.clicked.connect(self.close)
        self._refresh()

    def _build(self) -> None:
        header = self.sorts_view.horizontalHeader()
        header.setSectionResizeMode(SortsColumn.WHEN, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(SortsColumn.WHAT, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(SortsColumn.FOLDER, QHeaderView.ResizeMode.Stretch)
        self.files_view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(PADDING)
        self._split.addWidget(self.sorts_view)
        self._split.addWidget(self.files_view)
        self._split.setStretchFactor(1, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self.folder_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.undo_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(PADDING)
        whole.addWidget(self.empty, 1)
        whole.addWidget(self._split, 1)
        whole.addWidget(self.note)
        whole.addLayout(buttons)

    def show_sorts(self, sorts: Sequence[PastSort]) -> None:
        """Show these sorts, the latest first, and choose the one that was chosen before, or the latest."""
        chosen = self.current
        self.sorts.show(sorts)
        self.files.show((), can_undo=False)
        rows = [row for row, past in enumerate(self.sorts.sorts) if chosen is not None and past.id == chosen.id]
        if self.sorts.sorts:
            self.sorts_view.setCurrentIndex(self.sorts.index(rows[0] if rows else 0, 0))
        self._refresh()

    def show_files(self, sort_id: int, steps: Sequence[JournalStep]) -> None:
        """Show the files of a sort, if it is still the chosen one."""
        if self.current is not None and self.current.id == sort_id:
            self.files.show(steps, can_undo=self.current.done > 0)
            self._refresh()

    def show_note(self, sentence: str) -> None:
        """Show how an undo ended, or why the history cannot be read."""
        self.note.setText(translated(sentence))
        self.note.setVisible(bool(sentence))

    @property
    def current(self) -> PastSort | None:
        """The chosen sort."""
        row = self.sorts_view.currentIndex().row()
        return self.sorts.sorts[row] if 0 <= row < len(self.sorts.sorts) else None

    def _current_root(self) -> Path:
        return self.current.root if self.current is not None else Path()

    def _on_sort_chosen(self) -> None:
        self.files.show((), can_undo=False)
        self._refresh()
        if self.current is not None:
            self.files_wanted.emit(self.current.id)

    def _on_undo_clicked(self) -> None:
        if self.current is not None:
            self.undo_requested.emit(self.current, self.files.chosen())

    def _refresh(self) -> None:
        has_sorts = bool(self.sorts.sorts)
        self.empty.setVisible(not has_sorts)
        self._split.setVisible(has_sorts)
        self.note.setVisible(bool(self.note.text()))
        self.folder_button.setVisible(has_sorts)
        self.undo_button.setVisible(has_sorts)
        past = self.current
        count = self.files.ticked_count if self.files.rowCount() else past.done if past is not None else 0
        form = self.tr("Redo {files}") if past is not None and past.is_undo else self.tr("Undo {files}")
        self.undo_button.setText(form.format(files=files_text(count)))
        self.undo_button.setEnabled(count > 0)


class SortsColumn(IntEnum):
    WHEN = 0
    WHAT = 1
    FOLDER = 2


class SortsModel(QAbstractTableModel):
    """Past sorts, the latest first. Those in which no file was placed are left out."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sorts: list[PastSort] = []

    def show(self, sorts: Sequence[PastSort]) -> None:
        """Show these sorts."""
        self.beginResetModel()
        self.sorts = [past for past in sorts if past.done or past.undone]
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.sorts)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(SortsColumn)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("When"), self.tr("What"), self.tr("Folder"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        past = self.sorts[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == SortsColumn.FOLDER:
            return shown_name(past.root, whole=True)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if index.column() == SortsColumn.WHEN:
            when = QDateTime.fromSecsSinceEpoch(int(past.time))
            return QLocale().toString(when, QLocale.FormatType.ShortFormat)
        return self._what(past) if index.column() == SortsColumn.WHAT else shown_name(past.root, whole=True)

    def _what(self, past: PastSort) -> str:
        files = past.done + past.undone
        text = undone_text(files) if past.is_undo else sorted_text(past.action, files)
        if not past.undone:
            return text
        if past.is_undo:
            return self.tr("{sort} Redone.").format(sort=text)
        if past.done:
            return self.tr("{sort} {count} of them taken back.").format(
                sort=text, count=QLocale().toString(past.undone)
            )
        return self.tr("{sort} Taken back.").format(sort=text)


@dataclass
class _FileRow:
    step: JournalStep
    can_undo: bool
    ticked: bool


class FilesModel(QAbstractTableModel):
    """The files of one sort: where each was, where it went, and how it ended. Those that can be undone have a tick."""

    ticks_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_FileRow] = []

    def show(self, steps: Sequence[JournalStep], *, can_undo: bool) -> None:
        """Show these files, all of them ticked."""
        self.beginResetModel()
        is_undoable = [can_undo and step.state is StepState.DONE for step in steps]
        self._rows = [_FileRow(step, able, able) for step, able in zip(steps, is_undoable, strict=True)]
        self.endResetModel()

    @property
    def ticked_count(self) -> int:
        return sum(row.ticked for row in self._rows)

    def chosen(self) -> list[int] | None:
        """Return the numbers of the ticked files; None if all that can be undone are ticked."""
        if all(row.ticked for row in self._rows if row.can_undo):
            return None
        return [row.step.number for row in self._rows if row.ticked]

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("File"), self.tr("Where it went"))[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        is_tick = index.column() == 0 and self._rows[index.row()].can_undo
        return flags | Qt.ItemFlag.ItemIsUserCheckable if is_tick else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.CheckStateRole and column == 0 and row.can_undo:
            return Qt.CheckState.Checked if row.ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ToolTipRole:
            return shown_name(row.step.source if column == 0 else row.step.target, whole=True)
        if role == Qt.ItemDataRole.DisplayRole:
            return shown_name(row.step.source) if column == 0 else self._where(row.step)
        return None

    def _where(self, step: JournalStep) -> str:
        if step.state is StepState.UNDONE:
            return self.tr("taken back")
        if step.state is StepState.NOTHING_DONE:
            why = translated(step.detail) or (reason_text(step.reason) if step.reason is not Reason.LABEL else "")
            return self.tr("left where it was: {reason}").format(reason=why) if why else self.tr("left where it was")
        return shown_name(step.target, whole=True)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        self._rows[index.row()].ticked = Qt.CheckState(value) == Qt.CheckState.Checked
        self.dataChanged.emit(index, index)
        self.ticks_changed.emit()
        return True


def _table(model: QAbstractTableModel, name: str) -> QTableView:
    view = QTableView()
    view.setModel(model)
    view.setAccessibleName(name)
    view.setProperty("plain", True)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(round(_ROW_HEIGHT * font_scale()))
    header = view.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return view
