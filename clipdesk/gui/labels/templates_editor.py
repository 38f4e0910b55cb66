"""The editor of the prompt templates."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from clipdesk.core.errors import LabelError
from clipdesk.core.labels.label_set import PLAIN_TEMPLATE, TEMPLATE_PRESETS, check_template, fill_template
from clipdesk.gui.kit.lines_edit import LinesEdit
from clipdesk.gui.kit.theme import GAP, GRID, PADDING
from clipdesk.gui.kit.translated import translated


class TemplatesEditor(QWidget):
    """A list of presets, and the templates themselves, one per line."""

    templates_edited = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._example = ""
        self._templates: tuple[str, ...] = (PLAIN_TEMPLATE,)
        note = QLabel(self.tr("Each prompt takes the place of {}. Several templates are averaged."))
        note.setProperty("role", "small")
        note.setWordWrap(True)
        self.presets = QComboBox()
        self.presets.setAccessibleName(self.tr("Template presets"))
        for name in TEMPLATE_PRESETS:
            self.presets.addItem(name)
        self.presets.addItem(self.tr("Custom"))
        self.presets.activated.connect(self._on_preset_chosen)
        self.edit = LinesEdit(4)
        self.edit.setAccessibleName(self.tr("Templates"))
        self.edit.lines_edited.connect(self._on_lines_edited)
        self.preview = QLabel()
        self.preview.setProperty("role", "small")
        self.preview.setWordWrap(True)
        self.message = QLabel()
        self.message.setProperty("role", "error")
        self.message.setWordWrap(True)
        self.message.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(PADDING, GRID, PADDING, PADDING)
        column.setSpacing(GAP)
        for part in (note, self.presets, self.edit, self.message, self.preview):
            column.addWidget(part)
        self.show_templates(self._templates)

    @property
    def templates(self) -> tuple[str, ...]:
        """The current templates, or the last valid ones while the text is invalid."""
        return self._templates

    def show_templates(self, templates: Sequence[str]) -> None:
        """Show these templates without emitting `templates_edited`."""
        self._templates = tuple(templates)
        self.edit.set_lines(templates)
        self.message.hide()
        place = (
            list(TEMPLATE_PRESETS.values()).index(self._templates) if self._is_preset() else self.presets.count() - 1
        )
        self.presets.setCurrentIndex(place)
        self._show_preview()

    def show_example(self, text: str) -> None:
        """Set the prompt that is used in the preview."""
        self._example = text
        self._show_preview()

    def _is_preset(self) -> bool:
        return self._templates in TEMPLATE_PRESETS.values()

    def _on_preset_chosen(self, place: int) -> None:
        if place < len(TEMPLATE_PRESETS):
            self._use(list(TEMPLATE_PRESETS.values())[place])
        else:
            self.edit.setFocus()

    def _on_lines_edited(self, lines: tuple[str, ...]) -> None:
        try:
            templates = tuple(check_template(line) for line in dict.fromkeys(lines)) or (PLAIN_TEMPLATE,)
        except LabelError as error:
            self.message.setText(translated(str(error)))
            self.message.show()
        else:
            self._use(templates)

    def _use(self, templates: tuple[str, ...]) -> None:
        changed = templates != self._templates
        self.show_templates(templates)
        if changed:
            self.templates_edited.emit(templates)

    def _show_preview(self) -> None:
        example = self._example or self.tr("dog")
        self.preview.setText(
            self.tr("For example: “{prompt}”").format(prompt=fill_template(self._templates[0], example))
        )
