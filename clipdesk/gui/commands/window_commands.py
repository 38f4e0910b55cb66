"""Commands of the window itself: appearance, columns, full screen, preferences, quit."""

from __future__ import annotations

import platform
from collections.abc import Callable
from typing import cast

import shiboken6
from PySide6.QtCore import QObject, Signal, qVersion
from PySide6.QtGui import QActionGroup, QGuiApplication, QKeySequence

from clipdesk.core.store.embedding_store import EmbeddingStore
from clipdesk.core.store.thumbnail_store import ThumbnailStore
from clipdesk.gui.commands.opening import open_release_page
from clipdesk.gui.kit import theme
from clipdesk.gui.kit.system_wishes import SystemWishes
from clipdesk.gui.kit.translated import translated
from clipdesk.gui.results.model import ResultsModel
from clipdesk.gui.session.labelling import Labelling
from clipdesk.gui.session.preferences import Preferences, SchemeChoice, ValueMode
from clipdesk.gui.settings.preferences_dialog import PreferencesDialog
from clipdesk.gui.settings.store_fields import StoreFields
from clipdesk.gui.window.about_dialog import AboutDialog
from clipdesk.gui.window.action_texts import keys_of
from clipdesk.gui.window.first_steps_dialog import FirstStepsDialog
from clipdesk.gui.window.key_bindings import KeyBindings
from clipdesk.gui.window.keys_dialog import KeysDialog, key_groups
from clipdesk.gui.window.licences_dialog import LicencesDialog
from clipdesk.gui.window.main_window import MainWindow

_LIBRARIES = ("open_clip_torch", "torch", "PySide6-Essentials", "pillow", "numpy", "huggingface_hub", "transformers")


class WindowCommands(QObject):
    """Connects the actions that change how the window looks, and saves these choices."""

    device_chosen = Signal(str)

    def __init__(
        self,
        window: MainWindow,
        labelling: Labelling,
        model: ResultsModel,
        preferences: Preferences,
        store: EmbeddingStore | None = None,
        parent: QObject | None = None,
        thumbnail_store: ThumbnailStore | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._labelling = labelling
        self._model = model
        self._preferences = preferences
        self._store = store
        self._thumbnail_store = thumbnail_store
        self.can_reopen: Callable[[], bool] = lambda: False
        """Returns whether the window can be closed and opened again without losing anything."""
        self.int8_refusal: Callable[[], str] = lambda: ""
        """Returns why the model in use is not offered in int8; empty if it is."""
        self._wishes = SystemWishes(self)
        self._has_contrast = theme.system_wants_contrast()
        self.key_bindings = KeyBindings(window.actions_)
        self.key_bindings.restore(preferences.choices("keys"))
        self._connect()
        self._restore()

    def _connect(self) -> None:
        window, actions = self._window, self._window.actions_
        bar, table = window.filter_bar, window.table
        bar.filter_changed.connect(self._model.set_filter)
        bar.value_mode_changed.connect(self._on_value_mode_changed)
        bar.thumbnail_size_changed.connect(self._on_thumbnail_size_changed)
        table.thumbnail_size_changed.connect(self._on_thumbnail_size_changed)
        bar.view_chosen.connect(self.choose_view)
        bar.gallery_size_changed.connect(self._on_gallery_size_changed)
        window.gallery.size_changed.connect(self._on_gallery_size_changed)
        for view in (table, window.gallery):
            view.show_all_requested.connect(bar.reset_filter)
        actions["gallery"].triggered.connect(lambda chosen: self.choose_view("gallery" if chosen else "table"))
        actions["group_by_label"].triggered.connect(self._on_group_by_label_chosen)
        actions["collapse_groups"].triggered.connect(lambda: window.gallery.headings.set_all_collapsed(True))
        actions["expand_groups"].triggered.connect(lambda: window.gallery.headings.set_all_collapsed(False))
        window.labels.label_activated.connect(bar.show_label)
        actions["find"].triggered.connect(bar.finder.focus_search)
        actions["show_all"].triggered.connect(bar.reset_filter)
        bar.finder.left.connect(lambda: window.views.setFocus())
        actions["zoom_in"].triggered.connect(lambda: self._zoom(1))
        actions["zoom_out"].triggered.connect(lambda: self._zoom(-1))
        actions["full_screen"].toggled.connect(self._on_full_screen_toggled)
        actions["preferences"].triggered.connect(self.show_preferences)
        actions["first_steps"].triggered.connect(self.show_first_steps)
        actions["keys"].triggered.connect(self.show_keys)
        actions["check_updates"].triggered.connect(lambda: open_release_page(window))
        actions["licences"].triggered.connect(self.show_licences)
        actions["about"].triggered.connect(self.show_about)
        actions["quit"].triggered.connect(window.close)
        table.fill_columns_menu(actions.submenus["columns"])
        table.fill_sort_menu(actions.submenus["sort"])
        actions["show_similarity"].toggled.connect(
            lambda shown: self._on_value_mode_changed("cosine" if shown else "probability")
        )
        for scheme in ("system", "light", "dark"):
            actions[f"appearance_{scheme}"].triggered.connect(
                lambda _=False, scheme=scheme: self.choose_scheme(cast(SchemeChoice, scheme))
            )
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_scheme_changed)
        self._wishes.changed.connect(self._on_wishes_changed)

    def _restore(self) -> None:
        preferences, bar, table = self._preferences, self._window.filter_bar, self._window.table
        self._on_value_mode_changed(preferences.value_mode)
        bar.set_thumbnail_size(preferences.thumbnail_size)
        table.set_thumbnail_size(preferences.thumbnail_size)
        table.restore_state(preferences.layout("table"))
        bar.set_gallery_size(preferences.gallery_size)
        self._window.gallery.set_size(preferences.gallery_size)
        self._window.views.set_wants_groups(preferences.group_by_label)
        self.choose_view(preferences.view)
        self._window.actions_[f"appearance_{preferences.scheme}"].setChecked(True)
        self._window.set_less_motion(self._wishes.less_motion)

    def save(self) -> None:
        """Save the layout of the window and the table."""
        if self._window.isVisible():  # otherwise the window has saved it when it was closed
            self._window.save_layout()
        self._preferences.set_layout("table", self._window.table.save_state())
        self._preferences.sync()

    # --- appearance

    def choose_scheme(self, scheme: SchemeChoice) -> None:
        """Use this colour scheme from now on."""
        self._preferences.scheme = scheme
        group = self._window.actions_["appearance_system"].actionGroup()
        assert isinstance(group, QActionGroup)
        self._window.actions_[f"appearance_{scheme}"].setChecked(True)
        self._apply_scheme()

    def _on_system_scheme_changed(self, *_: object) -> None:
        if self._preferences.scheme == "system":
            self._apply_scheme()

    def _on_wishes_changed(self) -> None:
        self._window.set_less_motion(self._wishes.less_motion)
        if self._wishes.contrast != self._has_contrast:
            self._apply_scheme()

    def _apply_scheme(self) -> None:
        self._has_contrast = self._wishes.contrast
        scheme = theme.chosen_scheme(self._preferences.scheme)
        theme.apply_theme(theme.application(), scheme, contrast=self._has_contrast)

    def _on_value_mode_changed(self, mode: str) -> None:
        self._preferences.value_mode = cast(ValueMode, mode)
        self._model.set_value_mode(self._preferences.value_mode)
        self._window.filter_bar.set_value_mode(mode)
        self._window.actions_["show_similarity"].setChecked(mode == "cosine")

    def _on_thumbnail_size_changed(self, size: int) -> None:
        self._preferences.thumbnail_size = size
        self._window.table.set_thumbnail_size(size)
        self._window.filter_bar.set_thumbnail_size(size)

    def _on_gallery_size_changed(self, size: int) -> None:
        self._preferences.gallery_size = size
        self._window.gallery.set_size(size)
        self._window.filter_bar.set_gallery_size(size)

    def _zoom(self, step: int) -> None:
        """Use the next size of the slider."""
        zoom = self._window.filter_bar.zoom
        zoom.setValue(zoom.value() + step)

    # --- table and gallery

    def choose_view(self, view: str) -> None:
        """Show the table or the gallery from now on."""
        window, is_gallery = self._window, view == "gallery"
        self._preferences.view = view
        window.views.set_view("gallery" if is_gallery else "table")
        window.filter_bar.set_view(window.views.view)
        window.actions_["gallery"].setChecked(is_gallery)
        window.actions_["show_similarity"].setEnabled(not is_gallery)
        window.actions_.submenus["columns"].setEnabled(not is_gallery)
        self._show_groups()

    def _on_group_by_label_chosen(self, grouped: bool) -> None:
        self._preferences.group_by_label = grouped
        self._window.views.set_wants_groups(grouped)
        self._show_groups()

    def _show_groups(self) -> None:
        actions, views = self._window.actions_, self._window.views
        is_gallery = views.view == "gallery"
        actions["group_by_label"].setChecked(views.wants_groups)
        actions["group_by_label"].setEnabled(is_gallery)
        for name in ("collapse_groups", "expand_groups"):
            actions[name].setEnabled(is_gallery and views.wants_groups)

    def _on_full_screen_toggled(self, full: bool) -> None:
        if full:
            self._window.showFullScreen()
        else:
            self._window.showNormal()

    # --- dialogs

    def show_preferences(self) -> None:
        """Open the preferences."""
        dialog = PreferencesDialog(
            self._preferences, self._labelling.desk.threshold, self._window, can_reopen=self.can_reopen()
        )
        if self._store is not None:
            fields = StoreFields(self._store, self._labelling.background, dialog, self._thumbnail_store)
            fields.failed.connect(lambda sentence: self._window.news.show_news(sentence, level="bad"))
            dialog.add_store(fields)
        dialog.scheme_chosen.connect(self.choose_scheme)
        dialog.reopen_wanted.connect(self._on_reopen_wanted)
        dialog.threshold_changed.connect(self._on_threshold_changed)
        dialog.device_changed.connect(self.device_chosen)
        if refusal := self.int8_refusal():
            dialog.disable_device("cpu:int8", refusal)
        dialog.join_pairs_changed.connect(self._on_join_pairs_changed)
        dialog.open()

    def _on_reopen_wanted(self) -> None:
        if self.can_reopen():  # a sort may have begun meanwhile
            self._window.reopen()

    def _on_threshold_changed(self, threshold: float) -> None:
        self._preferences.threshold = threshold
        self._labelling.set_threshold(threshold)

    def _on_join_pairs_changed(self, join_pairs: bool) -> None:
        self._preferences.join_pairs = join_pairs
        self._labelling.set_join_pairs(join_pairs)

    def show_first_steps(self) -> None:
        """Open the dialog with the first steps."""
        actions = self._window.actions_
        dialog = FirstStepsDialog(lambda name: keys_of(actions[name]), self._window)
        dialog.samples_requested.connect(actions["samples"].trigger)
        dialog.keys_requested.connect(self.show_keys)
        dialog.show()

    def show_keys(self) -> None:
        """Open the list of keys, in which they can be changed."""
        bindings, bar = self.key_bindings, self._window.menuBar()
        dialog = KeysDialog(key_groups(bar, bindings.can_change), self._window)

        def show() -> None:
            self._preferences.set_choices("keys", dict(bindings.changed))
            dialog.show_keys(key_groups(bar, bindings.can_change))

        def assign(name: str, key: QKeySequence) -> None:
            if problem := bindings.assign(name, key):
                dialog.show_problem(problem)
            else:
                show()

        def reset() -> None:
            bindings.reset()
            show()

        dialog.key_chosen.connect(assign)
        dialog.reset_wanted.connect(reset)
        dialog.show()

    def show_licences(self) -> None:
        """Open the licences of ClipDesk and of the software that it uses."""
        from clipdesk.gui.window import licences  # imports importlib.metadata, which takes 50 ms: not at the start

        dialog = LicencesDialog(self._window)
        self._labelling.background.run(
            lambda: (licences.own_licence(), licences.other_licences()),
            lambda texts: dialog.show_licences(*texts) if shiboken6.isValid(dialog) else None,
        )
        dialog.open()

    def show_about(self) -> None:
        """Open the About dialog with the versions of the libraries in use."""
        encoder = self._labelling.encoder
        rows = [(self.tr("Python"), platform.python_version()), (self.tr("Qt"), qVersion())]
        rows += [(name, _version(name)) for name in _LIBRARIES]
        if encoder is not None:
            place = translated(encoder.place)
            rows.append((self.tr("Model"), self.tr("{model} on {place}").format(model=encoder.model, place=place)))
        AboutDialog(self._window, rows).open()


def _version(library: str) -> str:
    import importlib.metadata  # takes 50 ms: not at the start

    try:
        return importlib.metadata.version(library)
    except importlib.metadata.PackageNotFoundError:
        return "?"
