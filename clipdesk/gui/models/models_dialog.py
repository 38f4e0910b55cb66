"""The list of all models: what each is good at, its size, licence and speed, and whether it is on this computer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QLocale, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from clipdesk.encoders.models import catalog
from clipdesk.gui.kit.fitted_dialog import FittedDialog
from clipdesk.gui.kit.icons import icon
from clipdesk.gui.kit.theme import ROW_HEIGHT, font_scale
from clipdesk.gui.kit.translated import translated
from clipdesk.gui.kit.words import size_text
from clipdesk.gui.session.background import Background
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.problem import Problem

_MODEL_ROLE = Qt.ItemDataRole.UserRole
_SEARCH_MS = 200
_WIDTH, _HEIGHT = 820, 520


class ModelsDialog(FittedDialog):
    """Choose, download or delete a model. The main window shows the progress of downloading and loading."""

    model_chosen = Signal(str)
    folder_requested = Signal()

    def __init__(
        self, background: Background, preferences: Preferences, parent: QWidget | None = None, *, in_use: str = ""
    ) -> None:
        super().__init__(parent, _WIDTH, _HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Models"))
        self._background = background
        self._preferences = preferences
        self._in_use = in_use
        self._found: list[str] = []
        self._closed = False
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_SEARCH_MS)
        self._delay.timeout.connect(self._search)
        self._build()
        self._fill()

    def _build(self) -> None:
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search all open_clip models: ViT-L, SigLIP, convnext…"))
        self.search.setAccessibleName(self.tr("Search all models"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(lambda _: self._delay.start())
        self.table = QTableWidget(0, 5)
        self.table.setHorizontalHeaderLabels(
            [self.tr("Model"), self.tr("On this computer"), self.tr("Size"), self.tr("Speed here"), self.tr("Licence")]
        )
        self.table.setAccessibleName(self.tr("Models"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(round(ROW_HEIGHT * font_scale()))
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        self.table.viewport().installEventFilter(self)
        self.table.setWordWrap(False)
        self.table.currentCellChanged.connect(lambda *_: self._on_current_changed())
        self.table.cellDoubleClicked.connect(lambda *_: self._on_use_clicked())
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        # Room for two lines: the dialog must not change its size from one model to the next.
        self.summary.setMinimumHeight(2 * self.summary.fontMetrics().lineSpacing())
        self.summary.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.summary.setProperty("role", "secondary")
        self.delete_button = QPushButton(self.tr("Delete download…"))
        self.use_button = QPushButton(self.tr("Use"))
        self.use_button.setProperty("primary", True)
        self.use_button.setDefault(True)
        folder = QPushButton(self.tr("From a folder…"))
        folder.setToolTip(self.tr("Use a model from a folder with open_clip_config.json and the weights"))
        folder.clicked.connect(self._on_folder_clicked)
        close = QPushButton(self.tr("Close"))
        self.delete_button.clicked.connect(self._on_delete_clicked)
        self.use_button.clicked.connect(self._on_use_clicked)
        close.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.addWidget(folder)
        buttons.addWidget(self.delete_button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(self.use_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(12)
        for part in (self.search, self.table, self.summary):
            whole.addWidget(part)
        whole.addLayout(buttons)

    # --- the list

    def _fill(self) -> None:
        selected = self._current()
        names = self._found if self._words() else [entry.name for entry in catalog.entries()]
        if self._in_use and not self._words() and self._in_use not in names:
            names = [*names, self._in_use]
        self.table.setRowCount(len(names))
        for row, name in enumerate(names):
            entry = catalog.find_entry(name)
            ready = catalog.is_downloaded(name)
            speed = self._preferences.speed(name)
            texts = (
                translated(entry.title) if entry else Path(name).name if name.startswith("local-dir:") else name,
                self._place_text(name, ready=ready),
                size_text(entry.size_bytes) if entry else size_text(catalog.downloaded_size(name)) if ready else "",
                self.tr("{number} a second").format(number=QLocale().toString(speed, "f", 1)) if speed else "–",
                translated(entry.licence) if entry else "",
            )
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setData(_MODEL_ROLE, name)
                item.setToolTip(name)
                self.table.setItem(row, column, item)
        wanted = selected or self._in_use
        row = names.index(wanted) if wanted in names else 0
        self._fit_name_column()
        if names:
            self.table.setCurrentCell(row, 0)
        self._on_current_changed()

    def _fit_name_column(self) -> None:
        """Give the names what the other columns leave, but at least their own width: then the table scrolls."""
        header = self.table.horizontalHeader()
        least = max(self.table.sizeHintForColumn(0), header.sectionSizeHint(0))
        others = header.length() - header.sectionSize(0)
        header.resizeSection(0, max(least, self.table.viewport().width() - others))

    def _place_text(self, name: str, *, ready: bool) -> str:
        if name == self._in_use:
            return self.tr("In use")
        if name == "starter":
            return self.tr("Built in")
        return self.tr("Ready") if ready else "–"

    def _words(self) -> str:
        return self.search.text().strip()

    def _search(self) -> None:
        words = self._words()
        if not words:
            self._fill()
            return
        # In the background, because the first search imports open_clip, which takes seconds.
        self._background.run(
            lambda: catalog.search_models(words, translated), lambda found: self._on_found(words, found)
        )

    def _on_found(self, words: str, found: list[str]) -> None:
        if not self._closed and words == self._words():
            self._found = list(found)
            self._fill()

    def _current(self) -> str:
        item = self.table.item(self.table.currentRow(), 0)
        return str(item.data(_MODEL_ROLE)) if item else ""

    def _on_current_changed(self) -> None:
        name = self._current()
        entry = catalog.find_entry(name) if name else None
        ready = bool(name) and catalog.is_downloaded(name)
        lines = (
            [f"{translated(entry.summary)}\n{name}"]
            if entry
            else [name or self.tr("No model's name contains these words.")]
        )
        self.summary.setText("\n".join(lines))
        self.use_button.setEnabled(bool(name) and name != self._in_use)
        self.use_button.setText(self.tr("Use") if ready or not name else self.tr("Download and use"))
        self.delete_button.setEnabled(ready and catalog.can_delete(name))

    # --- buttons

    def _on_folder_clicked(self) -> None:
        self.close()
        self.folder_requested.emit()

    def _on_use_clicked(self) -> None:
        if (name := self._current()) and name != self._in_use:
            self.model_chosen.emit(name)
            self.close()

    def _on_delete_clicked(self) -> None:
        name = self._current()
        answer = QMessageBox.question(
            self,
            self.tr("Delete download"),
            self.tr("Delete {name} ({size}) from this computer? You can download it again.").format(
                name=name, size=size_text(catalog.downloaded_size(name))
            ),
        )
        if answer == QMessageBox.StandardButton.Yes:
            self._background.run(lambda: catalog.delete_download(name), self._on_deleted, self._on_delete_failed)

    def _on_deleted(self, _freed: int) -> None:
        if not self._closed:
            self._fill()

    def _on_delete_failed(self, problem: Problem) -> None:
        if not self._closed:
            self.summary.setText(translated(problem.message))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.table.viewport():
            self._fit_name_column()
        return super().eventFilter(watched, event)

    def done(self, result: int) -> None:
        self._closed = True
        super().done(result)
