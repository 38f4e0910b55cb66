"""Build the parts of the window and connect them. `start` has shown an empty frame before this is imported."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from clipdesk.core.desk.changes import DeskChange
from clipdesk.core.desk.desk_keeper import LastDesk
from clipdesk.core.encoder import Encoder
from clipdesk.core.labels.label_set import LabelSet
from clipdesk.core.store.embedding_store import EmbeddingStore
from clipdesk.gui.commands.compare_commands import CompareCommands
from clipdesk.gui.commands.desk_commands import DeskCommands
from clipdesk.gui.commands.document_commands import DocumentCommands
from clipdesk.gui.commands.duplicate_commands import DuplicateCommands
from clipdesk.gui.commands.export_commands import ExportCommands
from clipdesk.gui.commands.file_commands import FileCommands
from clipdesk.gui.commands.find_commands import FindCommands
from clipdesk.gui.commands.group_commands import GroupCommands
from clipdesk.gui.commands.label_commands import LabelCommands
from clipdesk.gui.commands.model_commands import ModelCommands
from clipdesk.gui.commands.picture_commands import PictureCommands
from clipdesk.gui.commands.review_commands import ReviewCommands
from clipdesk.gui.commands.server_commands import ServerCommands
from clipdesk.gui.commands.sorting_commands import SortingCommands
from clipdesk.gui.commands.status import Status
from clipdesk.gui.commands.teaching_commands import TeachingCommands
from clipdesk.gui.commands.unread_errors import UnreadErrors
from clipdesk.gui.commands.window_commands import WindowCommands
from clipdesk.gui.kit import theme
from clipdesk.gui.kit.garbage import GarbageCollector
from clipdesk.gui.kit.qt_application import make_application
from clipdesk.gui.loading.picture_loader import PictureLoader
from clipdesk.gui.loading.thumbnails import Thumbnails
from clipdesk.gui.picture.inspector import Inspector
from clipdesk.gui.picture.quick_look import QuickLook
from clipdesk.gui.results.model import ResultsModel
from clipdesk.gui.results.views import ResultsViews
from clipdesk.gui.session.autosave import Autosave
from clipdesk.gui.session.documents import Documents
from clipdesk.gui.session.labelling import Labelling
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.startup import Start
from clipdesk.gui.session.undo import UndoStack
from clipdesk.gui.window.main_window import MainWindow
from clipdesk.store_settings import desks_folder, open_journal, open_store, open_thumbnails


class Application(QObject):
    """The window with its session and commands."""

    _store_failed = Signal(object)  # Message

    def __init__(
        self,
        start: Start,
        preferences: Preferences,
        load: Callable[..., Encoder] | None = None,
        window: MainWindow | None = None,
        *,
        keeps_desk: bool = True,
    ) -> None:
        """Fill `window`, or create one if it is None. With `keeps_desk` the desk is saved, and the last one offered."""
        super().__init__()
        self._start = start
        self._stopped = False
        self._has_begun = False
        self._garbage = GarbageCollector(self)
        if window is None:
            theme.apply_theme(make_application(), theme.chosen_scheme(preferences.scheme))
            window = MainWindow(preferences)
        self.window = window
        self.preferences = preferences
        # The store may report a problem from any thread, hence the signal.
        self.store = None if start.no_cache else open_store(self._store_failed.emit)
        self.thumbnail_store = None if start.no_cache else open_thumbnails()
        self.labelling = Labelling(
            load or functools.partial(_open_encoder, self.store), self.store, self, self.thumbnail_store
        )
        self.thumbnails = Thumbnails(
            self, self.thumbnail_store, shared=self.labelling.shared_pictures, is_due=self.labelling.is_due
        )
        for signal in (self.labelling.job_progressed, self.labelling.job_ended, self.labelling.load_failed):
            signal.connect(self.thumbnails.replace_provisional)
        self.loader = PictureLoader(self)
        self.model = ResultsModel(self.labelling.desk, self.thumbnails, self, self.labelling.background)
        self.labelling.set_threshold(preferences.threshold if start.threshold is None else start.threshold)
        self.labelling.set_join_pairs(preferences.join_pairs)
        window.furnish(
            ResultsViews(self.model), Inspector(loader=self.loader), UndoStack(self.labelling.revert, self.window)
        )
        # Destroy the views before their model: Qt warns about a view that outlives its model.
        self.model.setParent(self.window)
        self.window.labels.use_thumbnails(self.thumbnails)
        quick_look = QuickLook(self.window, loader=self.loader)

        self.status = Status(self.window, self.labelling, self.model, self)
        self.unread_errors = UnreadErrors(self.window, self.labelling, preferences, self)
        self.autosave = Autosave(self.labelling, desks_folder() if keeps_desk else None, self.store, self)
        self.documents = Documents(self.labelling, self.autosave, self)
        self.desk_commands = DeskCommands(self.window, self.labelling, preferences, self.autosave, self)
        self.export_commands = ExportCommands(self.window, self.labelling, self.model, preferences, self)
        self.picture_commands = PictureCommands(self.window, self.labelling, self.model, quick_look, self)
        self.find_commands = FindCommands(self.window, self.labelling, self.model, self.thumbnails, self)
        self.teaching_commands = TeachingCommands(self.window, self.labelling, self.loader, self)
        self.label_commands = LabelCommands(self.window, self.labelling, self.model, quick_look, preferences, self)
        self.review_commands = ReviewCommands(
            self.window, self.labelling, self.label_commands, preferences, self.loader, self
        )
        self.model_commands = ModelCommands(self.window, self.labelling, preferences, self)
        self.server_commands = ServerCommands(self.window, self.labelling, self.model_commands, preferences, self)
        self.window_commands = WindowCommands(
            self.window, self.labelling, self.model, preferences, self.store, self, self.thumbnail_store
        )
        self.document_commands = DocumentCommands(
            self.window, self.labelling, self.model, self.autosave, self.model_commands, start, self
        )
        self.file_commands = FileCommands(
            self.window, self.labelling, self.desk_commands, self.autosave, self.documents, preferences, self
        )
        self.compare_commands = CompareCommands(
            self.window, self.labelling, self.thumbnails, self.model_commands, preferences, self
        )
        self.group_commands = GroupCommands(self.window, self.labelling, self.thumbnails, self)
        self.sorting_journal = open_journal(self._store_failed.emit)
        self.sorting_commands = SortingCommands(
            self.window, self.labelling, self.model, self.thumbnails, preferences, self.sorting_journal, self
        )
        self.duplicate_commands = DuplicateCommands(
            self.window, self.labelling, self.thumbnails, preferences, self.sorting_commands, self
        )
        self.window_commands.can_reopen = self._can_reopen
        self.window_commands.int8_refusal = self.model_commands.int8_refusal
        self.window_commands.device_chosen.connect(self.model_commands.use_device)
        self._connect_line()
        self.window.closed.connect(self.stop)
        self.window.destroyed.connect(self.deleteLater)
        make_application().aboutToQuit.connect(self.stop)

    def _connect_line(self) -> None:
        """Connect the labelling session to the table."""
        self.labelling.desk_changed.connect(self._forget_changed)
        self.labelling.desk_changed.connect(self.model.desk_changed)
        self.labelling.desk_changed.connect(self.window.undo_stack.follow)
        self._store_failed.connect(lambda sentence: self.window.news.show_news(sentence, level="warn", timeout_ms=0))

    def _forget_changed(self, change: DeskChange) -> None:
        """Drop cached pixels of files whose contents changed, and keep those of files that were moved."""
        if change.relocated is not None:
            self.thumbnails.follow(change.relocated.paths)
        if change.renewed:
            self.thumbnails.forget(change.renewed)
            self.loader.clear()

    def begin(self, labels: LabelSet | None = None) -> None:
        """Load the requested model and images, with `labels` or those of the last desk."""
        if labels is not None:
            self._on_last_read(LastDesk(labels))
        else:
            self.autosave.last_read.connect(self._on_last_read)
            self.autosave.read_last(self.preferences.old_label_set, self.preferences.last_document)

    @Slot(object)
    def _on_last_read(self, last: LastDesk) -> None:
        if self._stopped:
            return
        self._has_begun = True
        self.sorting_commands.begin()
        start = self._start
        if last.is_kept:
            self.preferences.forget_old_label_set()
        if not self.server_commands.begin(start.server, start.model):
            self.model_commands.load_first(start.model, start.device)
        if start.samples:
            self.desk_commands.open_samples()
        elif start.continues and self.autosave.offer is not None:
            self.desk_commands.continue_last()
        elif not self.labelling.desk.label_set.labels:
            self.autosave.show_labels(last)
        if start.paths:
            self.desk_commands.add_paths(list(start.paths))
        if self.window.drop_zone.continue_button.isVisible() and not start.paths:
            self.window.drop_zone.continue_button.setFocus()
        elif not start.samples:
            self.window.labels.focus_input()

    def _can_reopen(self) -> bool:
        """Return whether a new window could show this desk: it is saved, and no files are being moved."""
        document = self.documents.current
        is_saved = self.autosave.keeper is not None and (document is None or not document.read_only)
        return is_saved and not self.labelling.holds_changes

    def start_again(self) -> Start:
        """Return how a new window opens what is open in this one. Call it before `stop`."""
        encoder, start = self.labelling.encoder, self._start
        keeps_model = encoder is None or encoder.model == start.model
        return Start(
            samples=self.autosave.is_on_samples,
            model=start.model if keeps_model else "",
            device=start.device,
            server=self.server_commands.requested,
            no_cache=start.no_cache,
            continues=True,
        )

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open files and folders that the system handed over, after those of the command line."""
        if self._has_begun:
            self.desk_commands.add_paths(paths)
        else:
            self._start = replace(self._start, paths=(*self._start.paths, *paths))

    def stop(self) -> None:
        """Stop all work and save the state. Later calls do nothing."""
        if self._stopped:
            return
        self._stopped = True
        self.window_commands.save()
        # First, so that the next window finds everything while this one waits for the model.
        self.autosave.stop()
        self.sorting_commands.stop()
        self.export_commands.stop()
        self.model_commands.fast_choice.stop()
        self.labelling.stop()
        self.thumbnails.stop()
        self.loader.stop()
        if self.store is not None:
            self.store.close()
        self.sorting_journal.close()
        self._garbage.stop()
        if self.thumbnail_store is not None:
            self.thumbnail_store.close()


def _open_encoder(store: EmbeddingStore | None, model: str, **options: object) -> Encoder:
    from clipdesk.encoders.opening import open_encoder

    return open_encoder(model, store=store, **options)  # type: ignore[arg-type]  # typed by LoadRequest
