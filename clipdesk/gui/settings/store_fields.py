"""Where scores are kept, how much room they may take, and how much they take."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QSpinBox,
)

from clipdesk.core.errors import ExportError
from clipdesk.core.store.embedding_store import EmbeddingStore
from clipdesk.core.store.thumbnail_store import THUMBNAILS_NAME, ThumbnailStore
from clipdesk.gui.kit.elided_label import ElidedLabel
from clipdesk.gui.kit.words import size_text
from clipdesk.gui.session.background import Background
from clipdesk.store_settings import (
    FOLDER_VARIABLE,
    StoreSettings,
    default_folder,
    load_store_settings,
    save_store_settings,
)

_GIGABYTE = 1_000_000_000


class StoreFields(QObject):
    """Rows for a form of `dialog`. What takes time (moving, clearing) is done in the background."""

    failed = Signal(str)

    def __init__(
        self,
        store: EmbeddingStore,
        background: Background,
        dialog: QDialog,
        thumbnails: ThumbnailStore | None = None,
    ) -> None:
        """The `thumbnails` beside the store are moved, limited and cleared with it."""
        super().__init__(dialog)
        self._thumbnails = thumbnails
        self._dialog = dialog
        self._store = store
        self._background = background
        self._settings = load_store_settings()
        self.folder = ElidedLabel(elide=Qt.TextElideMode.ElideMiddle)
        self.change = QPushButton(self.tr("Change…"))
        self.change.clicked.connect(self.choose_folder)
        self.limit = QSpinBox()
        self.limit.setRange(1, 1000)
        self.limit.setSuffix(" GB")
        self.limit.setFixedWidth(96)
        self.limit.setValue(max(1, round(self._settings.limit_bytes / _GIGABYTE)))
        self.limit.editingFinished.connect(self._on_limit_edited)
        self.clear = QPushButton()
        self.clear.clicked.connect(self._on_clear_clicked)
        if os.environ.get(FOLDER_VARIABLE):
            self.change.setEnabled(False)
            self.change.setToolTip(self.tr("The environment variable {} names the folder.").format(FOLDER_VARIABLE))
        self.refresh()

    def add_rows(self, form: QFormLayout) -> None:
        """Put the fields into a form."""
        place = QHBoxLayout()
        place.addWidget(self.folder, 1)
        place.addWidget(self.change)
        room = QHBoxLayout()
        room.addWidget(self.limit)
        room.addStretch(1)
        room.addWidget(self.clear)
        form.addRow(self.tr("&Keep scores in"), place)
        form.addRow(self.tr("At &most"), room)
        for row, field in ((place, self.change), (room, self.limit)):
            label = form.labelForField(row)
            assert isinstance(label, QLabel)
            label.setBuddy(field)

    def refresh(self) -> None:
        """Show the folder and the size as they are now."""
        if not shiboken6.isValid(self):
            return  # the dialog was closed meanwhile
        self.folder.setText(str(self._store.path.parent))
        size = size_text(self._size_bytes)
        self.clear.setText(self.tr("Clear… ({})").format(size) if size else self.tr("Clear…"))
        self.clear.setEnabled(bool(size))
        self.clear.setToolTip(self.tr("Forget all kept scores and small pictures; pictures are then looked at again"))

    @property
    def _size_bytes(self) -> int:
        return self._store.size_bytes + (self._thumbnails.size_bytes if self._thumbnails else 0)

    # --- the folder

    def choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self._dialog, self.tr("Choose a folder to keep scores in"), str(self._store.path.parent)
        )
        if folder:
            self.move_store(Path(folder))

    def move_store(self, folder: Path) -> None:
        """Keep scores in this folder from now on, and take the kept ones along."""
        settings = dataclasses.replace(self._settings, folder=None if folder == default_folder() else folder)
        self.change.setEnabled(False)
        self._background.run(
            lambda: self._move(settings.path),
            lambda moved: self._on_moved(settings, moved=moved),
            lambda problem: self._on_moved(settings, moved=False, message=problem.message),
        )

    def _move(self, path: Path) -> bool:
        moved = self._store.move(path)
        if moved and self._thumbnails:
            self._thumbnails.move(path.with_name(THUMBNAILS_NAME))
        return moved

    def _on_moved(self, settings: StoreSettings, *, moved: bool, message: str = "") -> None:
        if moved:
            self._save(settings)
        if shiboken6.isValid(self):
            self.change.setEnabled(True)
            self.refresh()
            if message:
                self.failed.emit(message)

    # --- the room

    def _on_limit_edited(self) -> None:
        limit_bytes = self.limit.value() * _GIGABYTE
        if limit_bytes != self._settings.limit_bytes:
            self._save(dataclasses.replace(self._settings, limit_bytes=limit_bytes))
            self._background.run(lambda: self._set_limit(limit_bytes), lambda _: self.refresh())

    def _set_limit(self, limit_bytes: int) -> None:
        self._store.set_limit(limit_bytes)
        if self._thumbnails:
            self._thumbnails.set_limit(limit_bytes // 4)

    def _on_clear_clicked(self) -> None:
        box = QMessageBox(self._dialog)
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(self.tr("Forget all kept scores and small pictures?"))
        box.setInformativeText(
            self.tr("{} are freed. Pictures and labels stay; folders opened later are looked at again.").format(
                size_text(self._size_bytes)
            )
        )
        clear = box.addButton(self.tr("Clear"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        clear.clicked.connect(self.clear_store)
        box.open()

    def clear_store(self) -> None:
        """Forget everything."""
        self.clear.setEnabled(False)
        self._background.run(self._clear, lambda _: self.refresh())

    def _clear(self) -> None:
        self._store.clear()
        if self._thumbnails:
            self._thumbnails.clear()

    def _save(self, settings: StoreSettings) -> None:
        self._settings = settings
        try:
            save_store_settings(settings)
        except (ExportError, OSError) as error:
            if shiboken6.isValid(self):
                self.failed.emit(str(error))
