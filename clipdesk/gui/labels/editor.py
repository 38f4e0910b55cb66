"""The editor of a label's prompts and reference images."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from clipdesk.core.labels.label_set import Label
from clipdesk.core.pictures.scan import readable_suffixes
from clipdesk.gui.kit.icons import icon
from clipdesk.gui.kit.lines_edit import LinesEdit
from clipdesk.gui.kit.theme import GAP, GRID, PADDING, tokens
from clipdesk.gui.loading.thumbnails import Thumbnails

_REFERENCE_SIZE = 48


class LabelEditor(QWidget):
    """Edits the prompts and references of one label at a time."""

    label_edited = Signal(object)  # Label
    compare_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label: Label | None = None
        self._thumbnails: Thumbnails | None = None
        note = QLabel(self.tr("Texts that the model compares pictures with, one per line. Several are averaged."))
        note.setProperty("role", "small")
        note.setWordWrap(True)
        self.prompts = LinesEdit(3)
        self.prompts.setAccessibleName(self.tr("Prompts"))
        self.prompts.lines_edited.connect(self._on_prompts_edited)
        self.references = QListWidget()
        self.references.setViewMode(QListWidget.ViewMode.IconMode)
        self.references.setIconSize(QSize(_REFERENCE_SIZE, _REFERENCE_SIZE))
        self.references.setGridSize(QSize(_REFERENCE_SIZE + GAP, _REFERENCE_SIZE + GAP))
        self.references.setMovement(QListWidget.Movement.Static)
        self.references.setFixedHeight(_REFERENCE_SIZE + 2 * GAP)
        self.references.setWrapping(False)
        self.references.setProperty("ring", True)
        self.references.setAccessibleName(self.tr("Reference pictures"))
        self.references.itemSelectionChanged.connect(self._on_reference_selected)
        self.add_button = QPushButton(self.tr("Add picture…"))
        self.add_button.setToolTip(self.tr("Find pictures that look like an example"))
        self.add_button.clicked.connect(self.choose_reference)
        self.remove_button = QPushButton(self.tr("Remove"))
        self.remove_button.clicked.connect(self._on_remove_clicked)
        self.compare_button = QPushButton(self.tr("Compare wordings…"))
        self.compare_button.setToolTip(self.tr("Find out whether other words find your pictures better (Ctrl+K)"))
        self.compare_button.clicked.connect(self._on_compare_clicked)
        for button in (self.add_button, self.compare_button, self.remove_button):
            button.setProperty("flat", True)
        buttons = QHBoxLayout()
        # Align the text of the flat buttons with the widgets above.
        buttons.setContentsMargins(-GAP, 0, 0, 0)
        buttons.setSpacing(GRID)
        buttons.addWidget(self.add_button)
        buttons.addWidget(self.remove_button)
        buttons.addStretch(1)
        compare = QHBoxLayout()
        compare.setContentsMargins(-GAP, 0, 0, 0)
        compare.addWidget(self.compare_button)
        compare.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(PADDING, GRID, PADDING, GAP)
        column.setSpacing(GAP)
        column.addWidget(note)
        column.addWidget(self.prompts)
        column.addLayout(compare)
        column.addWidget(self.references)
        column.addLayout(buttons)
        self._refresh_icons()
        self.show_label(None)

    def use_thumbnails(self, thumbnails: Thumbnails) -> None:
        """Set the source of thumbnails."""
        self._thumbnails = thumbnails
        thumbnails.thumbnails_loaded.connect(self._on_thumbnails_loaded)

    def show_label(self, label: Label | None) -> None:
        """Edit this label, or disable the editor if it is None."""
        if label is not None and self._label is not None and (label.id, label) == (self._label.id, self._label):
            return
        self._label = label
        self.setEnabled(label is not None)
        self.prompts.set_lines(label.prompts if label else ())
        self.prompts.setPlaceholderText(self._placeholder(label))
        self._fill_references()

    def _placeholder(self, label: Label | None) -> str:
        if label is None:
            return ""
        return self.tr("No text, only the pictures below") if label.references else label.name

    def choose_reference(self) -> None:
        kinds = " ".join(f"*{suffix}" for suffix in sorted(readable_suffixes()))
        files, _ = QFileDialog.getOpenFileNames(
            self, self.tr("Choose example pictures"), str(Path.home()), self.tr("Pictures") + f" ({kinds})"
        )
        for file in files:
            self.add_reference(Path(file))

    def add_reference(self, path: Path) -> None:
        """Add an example image to the label."""
        if self._label is not None:
            self._edit(self._label.with_reference(path))
            self.prompts.set_lines(self._label.prompts)

    def _on_prompts_edited(self, lines: tuple[str, ...]) -> None:
        if self._label is not None:
            self._edit(replace(self._label, prompts=tuple(dict.fromkeys(lines))))

    def _on_compare_clicked(self) -> None:
        self.prompts.report()  # what was typed last belongs to A
        self.compare_requested.emit()

    def _on_remove_clicked(self) -> None:
        gone = {str(item.data(Qt.ItemDataRole.UserRole)) for item in self.references.selectedItems()}
        if self._label is not None:
            kept = tuple(path for path in self._label.references if str(path) not in gone)
            self._edit(replace(self._label, references=kept))

    def _edit(self, label: Label) -> None:
        if label != self._label:
            self._label = label
            self._fill_references()
            self.label_edited.emit(label)

    def _fill_references(self) -> None:
        self.references.clear()
        paths = self._label.references if self._label else ()
        for path in paths:
            item = QListWidgetItem(self._thumbnail_icon(path), "")
            item.setData(Qt.ItemDataRole.UserRole, str(path))
            item.setToolTip(str(path))
            self.references.addItem(item)
        self.references.setVisible(bool(paths))
        self._on_reference_selected()

    def _thumbnail_icon(self, path: Path) -> QIcon:
        pixmap = self._thumbnails.pixmap(path, _REFERENCE_SIZE) if self._thumbnails else None
        if pixmap is None:
            pixmap = QPixmap(_REFERENCE_SIZE, _REFERENCE_SIZE)
            pixmap.fill(QColor(tokens().line))
        return QIcon(pixmap)

    def _on_thumbnails_loaded(self, paths: list[Path]) -> None:
        if self._label is not None and not set(paths).isdisjoint(self._label.references):
            self._fill_references()

    def _on_reference_selected(self) -> None:
        self.remove_button.setVisible(bool(self.references.selectedItems()))

    def _refresh_icons(self) -> None:
        self.add_button.setIcon(icon("picture"))
        self.compare_button.setIcon(icon("compare"))
        self.remove_button.setIcon(icon("trash"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._refresh_icons()
