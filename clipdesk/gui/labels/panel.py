"""The panel on the left: labels, their prompts and references, and templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QScrollArea, QToolButton, QVBoxLayout, QWidget

from clipdesk.core.errors import LabelError
from clipdesk.core.labels.label_set import NO_LABEL, Label, LabelId, LabelSet, clean_name
from clipdesk.core.labels.typed_labels import parse_typed_labels
from clipdesk.gui.kit.disclosure import Disclosure
from clipdesk.gui.kit.drop_frame import DropFrame
from clipdesk.gui.kit.icons import icon
from clipdesk.gui.kit.theme import GAP, GRID, PADDING, ROW_HEIGHT, font_scale
from clipdesk.gui.kit.translated import translated
from clipdesk.gui.labels.alone_note import AloneNote
from clipdesk.gui.labels.editor import LabelEditor
from clipdesk.gui.labels.entry_preview import EntryPreview
from clipdesk.gui.labels.list_view import LabelsList, dragged_images, unique_name
from clipdesk.gui.labels.model import LabelsModel
from clipdesk.gui.labels.templates_editor import TemplatesEditor
from clipdesk.gui.loading.thumbnails import Thumbnails


class LabelsPanel(QWidget):
    """Lets the user type, paste, rename, reorder and delete labels, and edit prompts and templates.

    Shows a label set that is owned elsewhere: `label_set_changed` requests a change, and the owner answers with
    `set_label_set`.
    """

    label_set_changed = Signal(object)  # LabelSet, once per change by the user
    label_activated = Signal(object)  # LabelId
    correction_requested = Signal(list, object)  # list[Path] of images on the desk, LabelId
    compare_requested = Signal()
    examples_added = Signal(object, int)  # LabelId, number of pictures: after the change of the label set
    current_changed = Signal()  # the label that `current` names, or its name

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._current: LabelId = NO_LABEL
        self._nearest_row = -1  # where the current label was, for when it is deleted
        self.model = LabelsModel(self)
        self.list = LabelsList(self.model, self)
        self.input = QLineEdit(self)
        self.input.setObjectName("new-label")
        self.input.setPlaceholderText(self.tr("Type labels, press Enter"))
        self.input.setToolTip(
            self.tr("Separate labels with commas. Prompts follow an equals sign: dog=a puppy, asleep|a hound")
        )
        self.input.setAccessibleName(self.tr("New label"))
        self.input.installEventFilter(self)
        self.preview = EntryPreview(self)
        self.message = QLabel(self)
        self.message.setProperty("role", "error")
        self.message.setWordWrap(True)
        self.message.hide()
        self.alone_note = AloneNote(self)
        self.hint = QLabel(self.tr("What are you looking for?\nFor example: dog, cat, red car"), self)
        self.hint.setProperty("role", "secondary")
        self.hint.setWordWrap(True)
        self.hint.setContentsMargins(PADDING, GAP, PADDING, GAP)
        self.editor = LabelEditor(self)
        self.drop_frame = DropFrame(self.tr("Make a new label"), self)
        self.templates = TemplatesEditor(self)
        self.prompts_disclosure = Disclosure(self.tr("Prompts"), self.editor, self)
        self.templates_disclosure = Disclosure(self.tr("Templates"), self.templates, self)
        self._opened_sections = [self.prompts_disclosure, self.templates_disclosure]
        self.menu_button = QToolButton(self)
        self.menu_button.setToolTip(self.tr("Open and save labels"))
        self.menu_button.setAccessibleName(self.tr("Label sets"))
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_button.hide()
        self._lay_out()
        self._connect()
        self._refresh_icons()
        self._refresh()
        self.setMinimumWidth(200)
        self.setAcceptDrops(True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Labels"), self)
        title.setProperty("role", "title")
        top = QHBoxLayout()
        top.setContentsMargins(PADDING, GAP, GAP, GRID)
        top.addWidget(title)
        top.addStretch(1)
        top.addWidget(self.menu_button)
        field = QVBoxLayout()
        field.setContentsMargins(PADDING, GRID, PADDING, GAP)
        field.setSpacing(GRID)
        field.addWidget(self.input)
        field.addWidget(self.preview)
        field.addWidget(self.message)
        below = QWidget(self)
        details = QVBoxLayout(below)
        details.setContentsMargins(0, 0, 0, GAP)
        details.setSpacing(0)
        details.addWidget(self.prompts_disclosure)
        details.addWidget(self.templates_disclosure)
        details.addStretch(1)
        self._sections = details
        self._details = QScrollArea(self)
        self._details.setAccessibleName(self.tr("Details of the selected label"))
        self._details.setWidgetResizable(True)
        self._details.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._details.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._details.setWidget(below)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.hint)
        column.addWidget(self.list)
        column.addWidget(self.alone_note)
        column.addLayout(field)
        column.addWidget(self._details, 1)

    def _connect(self) -> None:
        self.model.edited.connect(self._on_edited)
        self.model.refused.connect(self._show_message)
        self.model.modelReset.connect(self._refresh)
        self.alone_note.counter_label_wanted.connect(lambda label: self.model.add([label]))
        self.input.returnPressed.connect(self._on_return_pressed)
        self.input.textEdited.connect(lambda _: self.message.hide())
        self.input.textChanged.connect(lambda _: self._refresh_preview())
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        self.list.examples_dropped.connect(self._on_examples_dropped)
        self.list.correction_dropped.connect(self.correction_requested)
        self.list.prompts_wanted.connect(self._on_prompts_wanted)
        self.list.only_wanted.connect(self.label_activated)
        self.editor.label_edited.connect(self._on_label_edited)
        self.editor.compare_requested.connect(self.compare_requested)
        self.templates.templates_edited.connect(self.model.set_templates)
        for disclosure in (self.prompts_disclosure, self.templates_disclosure):
            disclosure.toggled.connect(lambda _: self._fit_list())

    # --- for the window

    def label_set(self) -> LabelSet:
        return self.model.label_set

    def set_label_set(self, label_set: LabelSet) -> None:
        """Show this set without emitting `label_set_changed`."""
        self.model.show(label_set)
        if label_set.templates != self.templates.templates:
            self.templates.show_templates(label_set.templates)
        self.message.hide()
        self._refresh()

    @property
    def current_label_id(self) -> LabelId:
        """The label whose prompts are shown, NO_LABEL without labels."""
        return self._current

    def set_can_compare(self, enabled: bool) -> None:
        """Say whether wordings of a label can be compared now."""
        self.editor.compare_button.setEnabled(enabled)

    def set_counts(self, counts: Sequence[int] | None) -> None:
        self.model.set_counts(counts)

    def set_keys(self, keys: Sequence[str]) -> None:
        """Show the keys that give pictures the first labels."""
        self.model.set_keys(keys)

    def set_alone(self, alone: bool) -> None:
        """Say whether the label is alone, so that there are no probabilities, and offer a counter-label."""
        self.alone_note.setVisible(alone)

    def set_cut_prompts(self, texts: Sequence[str]) -> None:
        """Mark the labels with prompts that are too long for the model."""
        self.model.set_cut_prompts(texts)

    def set_unknown_words(self, find: Callable[[Sequence[str]], Sequence[str]] | None) -> None:
        """Mark the labels with words that the model does not know. `find` is None if that cannot be determined."""
        self.model.set_unknown_words(find)

    def set_notes(self, notes: Mapping[LabelId, str]) -> None:
        """Set a sentence about each label, which its tooltip shows."""
        self.model.set_notes(notes)

    @property
    def current(self) -> LabelId:
        """The id of the current label, NO_LABEL without labels."""
        return self._current

    def add_section(self, title: str, content: QWidget) -> Disclosure:
        """Add a section below the prompts and templates, closed at first."""
        section = Disclosure(title, content, self)
        # Before the stretch at the end.
        self._sections.insertWidget(self._sections.count() - 1, section)
        section.toggled.connect(lambda _: self._fit_list())
        self._opened_sections.append(section)
        return section

    def short_name(self, name: str, beside: str) -> str:
        """Return a label's name, elided to fit into the title of a section beside other words."""
        return self._elided(name, f"{beside}: “”")

    def set_menu(self, menu: QMenu) -> None:
        self.menu_button.setMenu(menu)
        self.menu_button.show()

    def use_thumbnails(self, thumbnails: Thumbnails) -> None:
        self.editor.use_thumbnails(thumbnails)

    def focus_input(self) -> None:
        self.input.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def edit_templates(self) -> None:
        """Open the templates and focus their editor."""
        self.templates_disclosure.set_open(True)
        self._details.ensureWidgetVisible(self.templates)
        self.templates.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def fill_label_menu(self, menu: QMenu) -> None:
        """Fill the menu with the actions for the current label."""
        menu.clear()
        if (row := self.model.row_of(self._current)) >= 0:
            self.list.fill_menu(menu, row)

    def add_reference(self, path: Path) -> None:
        """Add a label with this reference image, named after the file."""
        name = unique_name(clean_name(path.stem) or self.tr("picture"), self.model.label_set.names)
        self.model.add([Label(name, references=(path,))])

    # --- user input

    def _on_return_pressed(self) -> None:
        try:
            labels = parse_typed_labels(self.input.text())
        except LabelError:
            if self.input.text().strip():
                self._show_message(self.tr("A label needs a name."))
            return
        if self.model.add(labels):
            # Not `clear`: Ctrl+Z would then restore this text instead of undoing the label.
            self.input.setText("")

    def paste(self, *, least: int = 1) -> bool:
        """Add the text on the clipboard as labels, as if typed. Return whether it has at least `least` lines."""
        lines = [line.split("\t")[0] for line in QGuiApplication.clipboard().text().splitlines() if line.strip()]
        if len(lines) < least:
            return False
        try:
            self.model.add(parse_typed_labels("\n".join(lines)))
        except LabelError as error:
            self._show_message(str(error))
        return True

    def _on_examples_dropped(self, paths: Sequence[Path], label_id: LabelId) -> None:
        label = before = self.model.label_set.by_id(label_id)
        if label is None or before is None:
            self.add_reference(paths[0])
            return
        for path in paths:
            label = label.with_reference(path)
        if self.model.change(label) and label != before:
            self.examples_added.emit(label_id, len(label.references) - len(before.references))

    def _on_prompts_wanted(self, label_id: LabelId) -> None:
        self.list.select_row(self.model.row_of(label_id))
        self.prompts_disclosure.set_open(True)
        self.editor.prompts.setFocus()

    def _on_label_edited(self, label: Label) -> None:
        # Prompts that were typed last are reported late: their label may have been deleted meanwhile.
        if (now := self.model.label_set.by_id(label.id)) is not None:
            self.model.change(replace(now, prompts=label.prompts, references=label.references))

    def _on_edited(self, label_set: LabelSet) -> None:
        self.message.hide()
        before = self.model.rowCount()
        self.label_set_changed.emit(label_set)  # the owner calls `set_label_set` in here
        if self.model.rowCount() > before:
            self.list.select_row(self.model.rowCount() - 1)

    def _on_current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        self._nearest_row, self._current = current.row(), self.model.id_at(current.row())
        self.editor.prompts.report()
        self._refresh_editor()

    # --- display

    def _show_message(self, text: str) -> None:
        self.message.setText(translated(text))
        self.message.show()

    def _refresh(self) -> None:
        count = len(self.model.label_set.labels)
        row = self.model.row_of(self._current)
        if row < 0:
            row = self._nearest_row if 0 <= self._nearest_row < count else count - 1
        self._nearest_row, self._current = row, self.model.id_at(row)
        if count and self.list.currentIndex().row() != row:
            self.list.select_row(row)
        self.hint.setVisible(not count)
        self.list.setVisible(bool(count))
        self.prompts_disclosure.setVisible(bool(count))
        self._refresh_preview()
        self._refresh_editor()
        self._fit_list()

    def _refresh_preview(self) -> None:
        self.preview.show_entry(self.input.text(), self.model.label_set.names)
        self.input.setAccessibleDescription(self.preview.text())

    def _refresh_editor(self) -> None:
        label = self.model.label_set.by_id(self._current)
        self.editor.show_label(label)
        self.prompts_disclosure.set_title(self._prompts_title(label))
        self.templates.show_example(next(iter(label.texts), label.name) if label else "")
        self.current_changed.emit()

    def _prompts_title(self, label: Label | None) -> str:
        if label is None:
            return self.tr("Prompts")
        title = self.tr("Prompts of “{label}”")
        return title.format(label=self._elided(label.name, title.format(label="")))

    def _elided(self, name: str, beside: str) -> str:
        """Return a label's name, elided to fit into the title of a section beside other words."""
        metrics, scroll_bar = self.fontMetrics(), self._details.verticalScrollBar().sizeHint().width()
        around = self.prompts_disclosure.beside_title + metrics.horizontalAdvance(beside) + scroll_bar + GRID
        return metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, max(self.width() - around, 40))

    def _fit_list(self) -> None:
        """Fit the list to its rows, but leave room for what is below."""
        rows = len(self.model.label_set.labels)
        row_height = self.list.sizeHintForRow(0) if rows else ROW_HEIGHT
        opened = any(section.is_open for section in self._opened_sections)
        below = round((380 if opened else 200) * font_scale())
        room = max(self.height() - below, 3 * row_height)
        self.list.setFixedHeight(max(min(rows * row_height + 2, room), row_height))

    def _refresh_icons(self) -> None:
        self.menu_button.setIcon(icon("more"))
        self.menu_button.setIconSize(QSize(20, 20))

    # --- Qt

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._offer(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._offer(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.drop_frame.set_shown(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Make a new label from an image dropped beside the list. Drops on a row go to the list."""
        self._offer(event)
        self.drop_frame.set_shown(False)
        images = dragged_images(event)
        if len(images) == 1:
            self.add_reference(images[0])

    def _offer(self, event: QDropEvent) -> None:
        if len(dragged_images(event)) != 1:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.drop_frame.set_shown(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.input and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            has_words = bool(self.input.text()) or not self.message.isHidden()
            if event.key() == Qt.Key.Key_Escape and has_words:
                self.input.clear()
                self.message.hide()
                return True
            if event.matches(QKeySequence.StandardKey.Paste) and self.paste(least=2):
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_list()
        self._refresh_editor()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._refresh_icons()
