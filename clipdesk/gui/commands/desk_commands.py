"""Commands on the desk: add images, change labels, undo."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from clipdesk.core.desk.changes import DeskChange
from clipdesk.core.desk.document import is_document
from clipdesk.core.errors import ClipDeskError
from clipdesk.core.labels.label_set import NO_LABEL_FITS_ID, LabelId, LabelSet, load_label_set, save_label_set
from clipdesk.core.pictures.scan import readable_suffixes
from clipdesk.gui.kit.desktop import local_paths
from clipdesk.gui.kit.translation import tr
from clipdesk.gui.kit.words import pictures_text
from clipdesk.gui.session.autosave import Autosave
from clipdesk.gui.session.labelling import Labelling
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.window.main_window import MainWindow
from clipdesk.resources import resource_path


class DeskCommands(QObject):
    """Carries out the actions that change the desk."""

    document_wanted = Signal(object, list)  # Path of a `.clipdesk` file, and pictures and folders that came with it

    def __init__(
        self,
        window: MainWindow,
        labelling: Labelling,
        preferences: Preferences,
        autosave: Autosave,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._autosave = autosave
        self._window = window
        self._labelling = labelling
        self._preferences = preferences
        self._on_samples = False
        self._undo = window.undo_stack
        self._connect()
        self._fill_recent()

    def _connect(self) -> None:
        actions, window = self._window.actions_, self._window
        actions["add_folder"].triggered.connect(self.choose_folder)
        actions["add_pictures"].triggered.connect(self.choose_pictures)
        actions["continue"].triggered.connect(self.continue_last)
        actions["samples"].triggered.connect(self.open_samples)
        actions["look_again"].triggered.connect(self._labelling.look_again)
        actions["paste"].triggered.connect(self.paste)
        actions["clear"].triggered.connect(self.clear)
        actions["open_labels"].triggered.connect(self.open_labels)
        actions["save_labels"].triggered.connect(self.save_labels)
        actions["new_label"].triggered.connect(window.labels.focus_input)
        actions["paste_labels"].triggered.connect(self.paste_labels)
        actions["templates"].triggered.connect(window.labels.edit_templates)
        label_menu = actions.submenus["label"]
        label_menu.aboutToShow.connect(lambda: window.labels.fill_label_menu(label_menu))
        window.drop_zone.continue_requested.connect(self.continue_last)
        window.drop_zone.choose_folder_requested.connect(self.choose_folder)
        window.drop_zone.samples_requested.connect(self.open_samples)
        window.paths_dropped.connect(self.add_paths)
        self._autosave.desk_replacing.connect(self._on_desk_replacing)
        window.labels.label_set_changed.connect(self._on_label_set_edited)
        window.labels.correction_requested.connect(self.correct)
        window.gallery.correction_dropped.connect(self.correct)
        window.labels.examples_added.connect(self._on_examples_added)
        self._labelling.desk_changed.connect(self._on_desk_changed)
        menu = actions.submenus["undo"]
        first = menu.actions()[0] if menu.actions() else None
        for action, icon in ((self._undo.undo_action, "undo"), (self._undo.redo_action, "redo")):
            actions.adopt(action, icon=icon)
            menu.insertAction(first, action)  # type: ignore[arg-type]  # None appends

    # --- images

    def choose_folder(self) -> None:
        recent = self._preferences.recent_folders
        start = recent[0].parent if recent else _pictures_folder()
        folder = QFileDialog.getExistingDirectory(self._window, self.tr("Choose a folder of pictures"), str(start))
        if folder:
            self.add_paths([Path(folder)])

    def choose_pictures(self) -> None:
        kinds = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in sorted(readable_suffixes()))
        files, _ = QFileDialog.getOpenFileNames(
            self._window,
            self.tr("Choose pictures"),
            str(_pictures_folder()),
            self.tr("Pictures") + f" ({kinds});;" + self.tr("All files") + " (*)",
        )
        if files:
            self.add_paths([Path(file) for file in files])

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Add files and folders to the desk. Labelling starts automatically. A document replaces the desk."""
        documents = [path for path in paths if is_document(path)]
        if documents:
            self.document_wanted.emit(documents[0], [path for path in paths if not is_document(path)])
            return
        self._close_samples()  # the user's own images replace them
        for path in paths:
            if path.is_dir():
                self._preferences.add_recent_folder(path.absolute())
        self._fill_recent()
        if not len(self._labelling.desk) and self._autosave.offers(paths):
            # The same pictures as last time, which may have corrections.
            self._autosave.continue_last()
            return
        self._labelling.add_paths(paths)
        if not self._labelling.desk.label_set.labels:
            self._window.labels.focus_input()

    def open_samples(self) -> None:
        """Replace what is on the desk with the sample images, and use the sample labels if there are none."""
        samples = resource_path("samples")
        if self._on_samples:
            self._labelling.clear()
        else:
            self._autosave.begin_samples()
            if len(self._labelling.desk):
                self.clear()
        self._labelling.add_paths([samples])
        self._on_samples = True
        if not self._labelling.desk.label_set.labels:
            labels = load_label_set(samples / "labels.json")
            self._autosave.keep_sample_labels(labels)
            self.show_labels(labels)
        self._window.focus_results()

    def _close_samples(self) -> None:
        if self._on_samples:
            self._on_samples = False
            self._labelling.clear()
            self._autosave.end_samples()

    def _on_desk_replacing(self) -> None:
        self._on_samples = False

    def continue_last(self) -> None:
        """Bring the last desk back."""
        self._close_samples()
        self._autosave.continue_last()
        self._window.focus_results()  # otherwise it goes to what follows the button, which is hidden

    def paste(self) -> None:
        paths = local_paths(QGuiApplication.clipboard().mimeData())
        if paths:
            self.add_paths(paths)
        else:
            self._window.news.show_news(self.tr("Copy pictures or a folder in your file manager first, then paste."))

    def clear(self) -> None:
        """Remove all images. Can be undone unless these are the samples."""
        count = len(self._labelling.desk)
        self._labelling.stop_scan()
        self._close_samples()
        if not len(self._labelling.desk):
            self._labelling.clear()
            return
        self._undo.push(self._labelling.remove_images(range(count)))
        self._window.show_undoable(
            self.tr("{pictures} removed from the list. The files stay where they are.").format(
                pictures=pictures_text(count)
            )
        )

    def _fill_recent(self) -> None:
        menu = self._window.actions_.submenus["recent"]
        menu.clear()
        folders = self._preferences.recent_folders
        for folder in folders:
            action = menu.addAction(str(folder))
            action.triggered.connect(lambda _=False, folder=folder: self.add_paths([folder]))
        if folders:
            menu.addSeparator()
            menu.addAction(self.tr("Clear this list")).triggered.connect(self._clear_recent)
        menu.setEnabled(bool(folders))

    def _clear_recent(self) -> None:
        self._preferences.clear_recent_folders()
        self._fill_recent()

    # --- labels

    def show_labels(self, label_set: LabelSet) -> None:
        """Use these labels without adding an undo step."""
        self._labelling.set_label_set(label_set)

    def _on_label_set_edited(self, label_set: LabelSet) -> None:
        change = self._labelling.set_label_set(label_set)
        self._undo.push(change)
        if change.labels is not None:
            before, after = change.labels.before, change.labels.after
            gone = [label.name for label in before.labels if after.by_id(label.id) is None]
            if gone and len(after.labels) < len(before.labels):
                one = self.tr("“{label}” deleted.").format(label=gone[0])
                self._window.show_undoable(one if len(gone) == 1 else tr("%Ln label(s) deleted.", "", len(gone)))

    def correct(self, paths: Sequence[Path], label_id: LabelId) -> None:
        """Give these images a label by hand, or say that none fits (NO_LABEL_FITS_ID), and offer to undo that."""
        desk = self._labelling.desk
        label = desk.label_set.by_id(label_id)
        rows = [row for path in paths if (row := desk.row_of(path)) is not None]
        is_none = label_id == NO_LABEL_FITS_ID
        if (label is None and not is_none) or not rows:
            return
        name = self.tr("none of these") if label is None else label.name
        change = self._labelling.correct(rows, label_id)
        if change.corrected is None:
            self._window.news.show_news(self.tr("You had chosen “{label}” already.").format(label=name))
            return
        self._undo.push(change)
        text = self.tr("{pictures} corrected to “{label}”.")
        self._window.show_undoable(text.format(pictures=pictures_text(len(change.corrected.images)), label=name))

    def _on_examples_added(self, label_id: LabelId, count: int) -> None:
        """Offer to undo the examples that were just dropped on a label."""
        label = self._labelling.desk.label_set.by_id(label_id)
        if label is not None:
            text = tr("%Ln example(s) of “{label}” added.", "", count)
            self._window.show_undoable(text.format(label=label.name))

    def _on_desk_changed(self, change: DeskChange) -> None:
        if change.labels is not None:
            self._window.labels.set_label_set(change.labels.after)

    def paste_labels(self) -> None:
        if not self._window.labels.paste():
            self._window.news.show_news(self.tr("Copy a list of names first, one per line, then paste."))

    def open_labels(self) -> None:
        file, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Open labels"),
            str(self._preferences.export_folder),
            self.tr("Label sets") + " (*.json *.txt);;" + self.tr("All files") + " (*)",
        )
        if file:
            try:
                labels = load_label_set(Path(file))
                self._on_label_set_edited(labels.with_ids_of(self._labelling.desk.label_set))
            except ClipDeskError as error:
                self._window.news.show_news(str(error), level="bad")

    def save_labels(self) -> None:
        start = self._preferences.export_folder / "labels.json"
        file, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Save labels"),
            str(start),
            self.tr("Label set") + " (*.json);;" + self.tr("One label per line") + " (*.txt)",
        )
        if file:
            try:
                save_label_set(self._labelling.desk.label_set, Path(file))
            except ClipDeskError as error:
                self._window.news.show_news(str(error), level="bad")
            else:
                self._window.news.show_news(self.tr("Labels saved as {file}.").format(file=file), level="good")


def _pictures_folder() -> Path:
    text = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    return Path(text) if text and Path(text).is_dir() else Path.home()
