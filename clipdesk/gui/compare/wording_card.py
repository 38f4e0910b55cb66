"""One wording of a comparison, which the person can edit and choose."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from clipdesk.core.desk.comparison import Wording
from clipdesk.core.errors import LabelError
from clipdesk.core.labels.label_set import check_template
from clipdesk.gui.compare.words import prompts_text, templates_text
from clipdesk.gui.kit.elided_label import ElidedLabel, plain_tooltip
from clipdesk.gui.kit.icons import icon
from clipdesk.gui.kit.lines_edit import LinesEdit
from clipdesk.gui.kit.selection_bar import paint_selection_bar
from clipdesk.gui.kit.theme import GAP, GRID, RADIUS, mixed, tokens
from clipdesk.gui.kit.translated import translated


class Kind(Enum):
    """What differs from A, and so what can be edited."""

    NOW = "now"
    PROMPTS = "prompts"
    TEMPLATES = "templates"
    MODEL = "model"


def kind_of(wording: Wording, a: Wording) -> Kind:
    """Return what the person edits in a wording that is compared with A."""
    if wording.encoder != a.encoder:
        return Kind.MODEL
    return Kind.TEMPLATES if wording.templates != a.templates else Kind.PROMPTS


class WordingCard(QWidget):
    """Shows a wording under its name, A, B, …. Prompts and templates are edited in place, one per line."""

    edited = Signal()
    chosen = Signal()
    removed = Signal()

    def __init__(self, kind: Kind, wording: Wording, model_title: str, parent: QWidget | None = None) -> None:
        """Without prompts, a card to edit prompts begins empty: a draft, which is no wording yet."""
        super().__init__(parent)
        self.kind = kind
        self._base = wording
        self._model_title = model_title
        self._is_chosen = False
        self.name = QLabel(self)
        self.name.setProperty("role", "title")
        self.title = ElidedLabel(parent=self)
        self.title.setProperty("role", "secondary")
        self.remove_button = QToolButton(self)
        self.remove_button.setToolTip(self.tr("Remove this wording"))
        self.remove_button.clicked.connect(self.removed)
        self.remove_button.setVisible(kind is not Kind.NOW)
        self.edit: LinesEdit | None = None
        self.text = QLabel(self)
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.note = QLabel(self)
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setProperty("role", "small")
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self.name)
        top.addWidget(self.title, 1)
        top.addWidget(self.remove_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, GAP, 10, GAP)
        column.setSpacing(GRID)
        column.addLayout(top)
        column.addWidget(self.text)
        if kind in (Kind.PROMPTS, Kind.TEMPLATES):
            self._add_edit(column)
        column.addWidget(self.note)
        self.text.setVisible(self.edit is None)
        self.set_problem("")
        self._refresh_icon()

    def _add_edit(self, column: QVBoxLayout) -> None:
        self.edit = LinesEdit(2, self)
        is_prompts = self.kind is Kind.PROMPTS
        self.edit.set_lines(self._base.prompts if is_prompts else self._base.templates)
        if is_prompts:
            self.edit.setPlaceholderText(self.tr("Type another wording, one per line"))
        else:
            self.edit.setPlaceholderText(self.tr("Such as: a photo of a {}"))
        self.edit.lines_edited.connect(lambda _: self.edited.emit())
        self.edit.installEventFilter(self)
        column.addWidget(self.edit)

    # --- the wording

    def wording(self) -> Wording | None:
        """Return the wording as it stands; None for an empty draft. Raises LabelError for a wrong template."""
        if self.edit is None:
            return self._base
        lines = tuple(dict.fromkeys(self.edit.lines()))
        if not lines:
            return None
        if self.kind is Kind.PROMPTS:
            return replace(self._base, prompts=lines)
        for line in lines:
            check_template(line)
        return replace(self._base, templates=lines)

    @property
    def problem(self) -> str:
        """Why what was typed is no wording, or an empty string."""
        try:
            self.wording()
        except LabelError as error:
            return str(error)
        return ""

    # --- display

    def show_name(self, name: str, label: str) -> None:
        """Show the name of the wording. `label` is the name of the compared label."""
        self.name.setText(name)
        wording = self._base
        titles = {
            Kind.NOW: self.tr("as it is now"),
            Kind.PROMPTS: self.tr("other prompts"),
            Kind.TEMPLATES: templates_text(self._templates()),
            Kind.MODEL: self._model_title,
        }
        self.title.setText(titles[self.kind])
        text = prompts_text(wording, label)
        if self.kind is Kind.NOW:
            text += f"\n{templates_text(wording.templates)} · {self._model_title}"
        self.text.setText(_shortened(text))
        self.text.setToolTip(plain_tooltip(text))
        if self.edit is not None:
            self.edit.setAccessibleName(self.tr("Wording {wording}").format(wording=name))
        self.remove_button.setAccessibleName(self.tr("Remove wording {wording}").format(wording=name))

    def _templates(self) -> tuple[str, ...]:
        return (self.edit.lines() if self.edit is not None else ()) or self._base.templates

    def show_note(self, text: str) -> None:
        """Show what the wording labels."""
        self._set_note(text, "small")

    def set_problem(self, text: str) -> None:
        """Show why the wording cannot be compared."""
        self._set_note(translated(text), "error" if text else "small")

    def _set_note(self, text: str, role: str) -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))
        if self.note.property("role") != role:
            self.note.setProperty("role", role)
            self.note.style().unpolish(self.note)
            self.note.style().polish(self.note)

    def set_chosen(self, is_chosen: bool) -> None:
        """Mark the card as the one that is compared with A."""
        self._is_chosen = is_chosen
        self.update()

    def focus(self) -> None:
        if self.edit is not None:
            self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refresh_icon(self) -> None:
        self.remove_button.setIcon(icon("close"))

    # --- Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        t, painter = tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(t.accent if self._is_chosen else t.line), 1.5 if self._is_chosen else 1))
        painter.setBrush(mixed(t.accent, 0.05) if self._is_chosen else QColor(t.panel))
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(area, RADIUS, RADIUS)
        if self._is_chosen:
            paint_selection_bar(painter, area, active=True)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.chosen.emit()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._refresh_icon()


def _shortened(text: str, most: int = 160) -> str:
    return text if len(text) <= most else f"{text[: most // 2]}…{text[-most // 2 :]}"
