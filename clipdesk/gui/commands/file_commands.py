"""The desk as a file: new, open, save under a name, and what the window's title says of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, QObject, QStandardPaths, Qt, Slot
from PySide6.QtWidgets import QFileDialog, QMenu

from clipdesk.core.desk.changes import DeskChange
from clipdesk.core.desk.document import SUFFIX
from clipdesk.core.desk.open_document import KeptDesk
from clipdesk.core.export.options import proposed_stem
from clipdesk.gui.commands.desk_commands import DeskCommands
from clipdesk.gui.kit.words import pictures_text
from clipdesk.gui.session.autosave import Autosave
from clipdesk.gui.session.documents import Documents, NamedDocument
from clipdesk.gui.session.labelling import Labelling
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.window.main_window import MainWindow
from clipdesk.gui.window.news_bar import News


class FileCommands(QObject):
    """Carries out the actions that open and save desks as files."""

    def __init__(
        self,
        window: MainWindow,
        labelling: Labelling,
        desk_commands: DeskCommands,
        autosave: Autosave,
        documents: Documents,
        preferences: Preferences,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._labelling = labelling
        self._desk_commands = desk_commands
        self._autosave = autosave
        self._documents = documents
        self._preferences = preferences
        self._news: News | None = None  # about a document that is read-only
        self._next_paths: list[Path] = []  # pictures that were dropped together with a document
        actions = window.actions_
        actions["new_desk"].triggered.connect(self.begin_new)
        actions["open_desk"].triggered.connect(self.choose_desk)
        actions["save_desk"].triggered.connect(self.save)
        actions["save_desk_as"].triggered.connect(self.choose_name)
        desk_commands.document_wanted.connect(self.open)
        autosave.desk_replacing.connect(window.undo_stack.clear)
        autosave.desk_opened.connect(self._on_desk_opened)
        documents.changed.connect(self._on_document_changed)
        documents.failed.connect(self._on_document_failed)
        documents.saved.connect(self._on_document_saved)
        documents.kept_listed.connect(self._on_kept_listed)
        labelling.desk_changed.connect(self._on_desk_changed)
        self._kept: list[KeptDesk] = []
        self._fill_recent()
        file_menu = actions.submenus["recent_documents"].parent()
        assert isinstance(file_menu, QMenu)
        file_menu.aboutToShow.connect(self.list_desks)

    # --- new and open

    def begin_new(self) -> None:
        """Begin an empty desk. The one that is open is kept, and offered on the start page."""
        if self._is_free():
            self._documents.begin_new()
            self._window.filter_bar.reset_filter()
            self._labelling.set_threshold(self._preferences.threshold)
            self._window.labels.focus_input()

    def choose_desk(self) -> None:
        """Let the person choose a document to open."""
        file, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Open a desk"), str(self._folder()), self._file_filter()
        )
        if file:
            self.open(Path(file))

    def open(self, path: Path, others: Sequence[Path] = ()) -> None:
        """Open a document in place of this desk, then add the `others`, which are pictures and folders."""
        if self._is_free():
            self._next_paths = list(others)
            self._documents.open(path.absolute())

    def _is_free(self) -> bool:
        """Return whether the desk may be replaced. Say so if not."""
        if self._labelling.holds_changes:
            self._window.news.show_news(self.tr("Pictures are being sorted. Wait until that is done, or cancel it."))
            return False
        return True

    # --- save

    def save(self) -> None:
        """Save the desk in its document, or ask for a name if it has none that can be written."""
        document = self._documents.current
        if document is None or document.read_only:
            self.choose_name()
        else:
            self.save_as(document.path)

    def choose_name(self) -> None:
        """Ask for a name and save the desk under it."""
        dialog = QFileDialog(self._window, self.tr("Save desk"), str(self._folder()), self._file_filter())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
        dialog.selectFile(self._proposed_name())
        dialog.fileSelected.connect(lambda file: self.save_as(Path(file)))
        dialog.open()

    def save_as(self, path: Path) -> None:
        """Save the desk as this document, and go on with it."""
        self._documents.save_as(path.absolute())

    def _proposed_name(self) -> str:
        document, images = self._documents.current, self._labelling.desk.images
        if document is not None:
            return (
                self.tr("{name} (copy)").format(name=document.path.stem) + SUFFIX
                if document.read_only
                else document.path.name
            )
        return (proposed_stem(images) if len(images) else self.tr("My desk")) + SUFFIX

    def _folder(self) -> Path:
        recent = self._preferences.recent_documents
        if recent:
            return recent[0].parent
        text = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return Path(text) if text else Path.home()

    def _file_filter(self) -> str:
        return self.tr("Desks of ClipDesk") + f" (*{SUFFIX})"

    # --- what follows

    @Slot(object)
    def _on_document_changed(self, document: NamedDocument | None) -> None:
        self._window.news.withdraw(self._news)
        self._news = None
        self._window.set_document_name(
            document.path.stem if document is not None else "",
            read_only=document is not None and bool(document.read_only),
        )
        if document is None:
            return
        self._preferences.last_document = document.path
        self._preferences.add_recent_document(document.path)
        self._fill_recent()
        if document.read_only:
            reasons = {
                "open elsewhere": self.tr("“{name}” is open in another window, so changes made here are not saved."),
                "write-protected": self.tr("“{name}” is write-protected, so changes made here are not saved."),
            }
            self._news = self._window.news.show_news(
                reasons[document.read_only].format(name=document.path.stem),
                level="warn",
                action=(self.tr("Save as…"), self.choose_name),
                timeout_ms=0,
            )

    @Slot()
    def _on_desk_opened(self, *_: object) -> None:
        paths, self._next_paths = self._next_paths, []
        if paths:
            self._desk_commands.add_paths(paths)

    @Slot(object)
    def _on_document_saved(self, path: Path) -> None:
        self._window.news.show_news(
            self.tr("Saved as “{name}”. Changes are saved there from now on.").format(name=path.stem), level="good"
        )

    @Slot(object)
    def _on_document_failed(self, sentence: str) -> None:
        self._next_paths = []
        self._window.news.show_news(sentence, level="bad")

    @Slot(object)
    def _on_desk_changed(self, change: DeskChange) -> None:
        """Offer a desk without a name next time, once it has pictures of the person."""
        is_unnamed = self._documents.current is None and not self._autosave.is_on_samples
        if change.added and is_unnamed and self._preferences.last_document is not None:
            self._preferences.last_document = None

    # --- recent desks

    def list_desks(self) -> None:
        """Bring the list of desks without a name in the menu up to date."""
        self._documents.list_kept()

    def _fill_recent(self) -> None:
        menu = self._window.actions_.submenus["recent_documents"]
        menu.clear()
        menu.setToolTipsVisible(True)
        locale = QLocale()
        documents = self._preferences.recent_documents
        for path in documents:
            action = menu.addAction(path.stem.replace("&", "&&"))
            action.setToolTip(str(path))
            action.setStatusTip(str(path))
            action.triggered.connect(lambda _=False, path=path: self.open(path))
        if documents:
            menu.addSeparator()
            menu.addAction(self.tr("Clear this list")).triggered.connect(self._clear_recent)
        if self._kept:
            menu.addSeparator()
            menu.addAction(self.tr("Kept without a name")).setEnabled(False)
        for desk in self._kept:
            saved = QDateTime.fromSecsSinceEpoch(round(desk.saved_s))
            day = locale.toString(saved.date(), QLocale.FormatType.ShortFormat)
            parts = [desk.title, pictures_text(desk.image_count), day]
            action = menu.addAction(" · ".join(filter(None, parts)).replace("&", "&&"))
            action.triggered.connect(lambda _=False, path=desk.path: self.open(path))
        menu.setEnabled(bool(documents or self._kept))

    @Slot(object)
    def _on_kept_listed(self, kept: list[KeptDesk]) -> None:
        if kept != self._kept:
            self._kept = kept
            self._fill_recent()

    def _clear_recent(self) -> None:
        self._preferences.clear_recent_documents()
        self._fill_recent()
