"""The fields for the store: its folder, its size limit, its present size, and a button to clear it."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QMessageBox,
    QPushButton,
    QSpinBox,
)

from clipdesk.core.errors import ExportError
from clipdesk.core.reasons import os_reason
from clipdesk.core.store.embedding_store import EmbeddingStore
from clipdesk.core.store.thumbnail_store import THUMBNAILS_NAME, ThumbnailStore
from clipdesk.gui.kit.elided_label import ElidedLabel
from clipdesk.gui.kit.translated import translated
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
    """Fields for a form in `dialog`. Moving and clearing the store run in the background."""

    failed = Signal(object)  # a sentence for the person, which may be a Message

    def __init__(
        self,
        store: EmbeddingStore,
        background: Background,
        dialog: QDialog,
        thumbnails: ThumbnailStore | None = None,
        *,
        settings_file: Path | None = None,
    ) -> None:
        """Move, limit and clear `thumbnails`, which lie next to the store, together with it.

        `settings_file` is where the folder and the limit are saved; by default the person's own settings.
        """
        super().__init__(dialog)
        self._thumbnails = thumbnails
        self._dialog = dialog
        self._store = store
        self._background = background
        self._settings_file = settings_file
        self._settings = load_store_settings(settings_file)
        self.folder = ElidedLabel(elide=Qt.TextElideMode.ElideMiddle)
        self.change = QPushButton(self.tr("Change…"))
        self.change.clicked.connect(self.choose_folder)
        self.limit = QSpinBox()
        self.limit.setRange(1, 1000)
        self.limit.setSuffix(" GB")
        self.limit.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.limit.setValue(max(1, round(self._settings.limit_bytes / _GIGABYTE)))
        self.limit.editingFinished.connect(self._on_limit_edited)
        self.clear = QPushButton()
        self.clear.clicked.connect(self._on_clear_clicked)
        if os.environ.get(FOLDER_VARIABLE):
            self.change.setEnabled(False)
            tip = self.tr("The folder is set by the environment variable {name}.")
            self.change.setToolTip(tip.format(name=FOLDER_VARIABLE))
        self.refresh()

    def folder_row(self) -> QHBoxLayout:
        """Lay out the folder with its button, for one row of a form."""
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        row.addWidget(self.change)
        return row

    def limit_row(self) -> QHBoxLayout:
        """Lay out the limit and the button that clears the store, for one row of a form."""
        row = QHBoxLayout()
        # Aligned, so that the lower of the two does not limit the height of the other.
        row.addWidget(self.limit, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        row.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def refresh(self) -> None:
        """Show the present folder and size."""
        if not shiboken6.isValid(self):
            return  # the dialog has been closed
        self.folder.setText(str(self._store.path.parent))
        size = size_text(self._size_bytes)
        self.clear.setText(self.tr("Clear… ({size})").format(size=size) if size else self.tr("Clear…"))
        self.clear.setEnabled(bool(size))
        self.clear.setToolTip(
            self.tr("Delete all kept scores and thumbnails. Pictures are computed again when needed.")
        )

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
        """Move the store to this folder, with all scores kept so far."""
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

    # --- size

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
        box.setText(self.tr("Delete all kept scores and thumbnails?"))
        box.setInformativeText(
            self.tr(
                "This frees {size}. Your pictures and labels stay. Pictures that you open later are computed again."
            ).format(size=size_text(self._size_bytes))
        )
        clear = box.addButton(self.tr("Clear"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        clear.clicked.connect(self.clear_store)
        box.open()

    def clear_store(self) -> None:
        """Delete everything that is kept."""
        self.clear.setEnabled(False)
        self._background.run(self._clear, lambda _: self.refresh())

    def _clear(self) -> None:
        self._store.clear()
        if self._thumbnails:
            self._thumbnails.clear()

    def _save(self, settings: StoreSettings) -> None:
        self._settings = settings
        try:
            save_store_settings(settings, self._settings_file)
        except (ExportError, OSError) as error:
            if shiboken6.isValid(self):
                words = self.tr("The settings could not be saved: {reason}.")
                reason = words.format(reason=translated(os_reason(error))) if isinstance(error, OSError) else str(error)
                self.failed.emit(reason)
