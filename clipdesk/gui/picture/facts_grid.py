"""A grid of facts about an image file, with values that can be copied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale, QSize, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QLineEdit,
    QWidget,
)

from clipdesk.core.desk.desk import Desk
from clipdesk.gui.kit.elided_label import plain_tooltip
from clipdesk.gui.kit.theme import PADDING
from clipdesk.gui.kit.translated import translated
from clipdesk.gui.kit.translation import tr
from clipdesk.gui.kit.words import size_text
from clipdesk.gui.session.verdict import shown_name

if TYPE_CHECKING:
    from clipdesk.core.pictures.facts import ImageFacts


class FactsGrid(QWidget):
    """A grid of names and values. Values can be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(PADDING)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        self._rows: list[tuple[QLabel, FactValue]] = []

    def set_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show these names and values."""
        while len(self._rows) < len(facts):
            name, value = QLabel(), FactValue()
            name.setProperty("role", "secondary")
            name.setBuddy(value)
            self._grid.addWidget(name, len(self._rows), 0)
            self._grid.addWidget(value, len(self._rows), 1)
            self._rows.append((name, value))
        for place, (name, value) in enumerate(self._rows):
            known = place < len(facts)
            name.setVisible(known)
            value.setVisible(known)
            if known:
                name.setText(facts[place][0])
                value.setAccessibleName(facts[place][0])
                value.set_value(facts[place][1])

    def values(self) -> dict[str, str]:
        """Return the names and complete values that are shown."""
        return {name.text(): value.value for name, value in self._rows if not value.isHidden()}

    def value_widget(self, name: str) -> FactValue:
        return next(value for caption, value in self._rows if caption.text() == name)


class FactValue(QLineEdit):
    """A selectable line of text, elided in the middle unless it has the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.value = ""
        self.setReadOnly(True)
        self.setFrame(False)
        self.setStyleSheet(
            "QLineEdit { background: transparent; border: 1px solid transparent; padding: 1px 0;"
            f" min-height: {self.fontMetrics().height()}px; }}"
            "QLineEdit:focus { border-color: palette(link); }"
        )

    def set_value(self, value: str) -> None:
        if value != self.value:
            self.value = value
            self._show()

    def _show(self) -> None:
        room = self.contentsRect().width() - 6
        elided = self.fontMetrics().elidedText(self.value, Qt.TextElideMode.ElideMiddle, max(room, 20))
        whole = self.hasFocus() or elided == self.value
        self.setText(self.value if whole else elided)
        self.setToolTip("" if elided == self.value else plain_tooltip(self.value))
        self.setCursorPosition(0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.setText(self.value)
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # The context menu with Copy takes the focus only temporarily.
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.deselect()
            self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.sizeHint().height())


def fact_rows(desk: Desk, row: int, facts: ImageFacts | None) -> list[tuple[str, str]]:
    """Return names and values of an image's facts. `facts` from inside the file is None until it has been read."""
    image, locale = desk.images[row], QLocale()
    rows = [(tr("Name"), shown_name(image.path)), (tr("Folder"), shown_name(image.path.parent, whole=True))]
    if facts is not None:
        size = tr("{width} × {height} px").format(width=facts.width, height=facts.height)
        rows += [
            (tr("Pixels"), size),
            (
                tr("Format"),
                tr("{format}, {colours}").format(
                    format=translated(facts.format_name), colours=translated(facts.colours)
                ),
            ),
        ]
    rows.append((tr("Size"), size_text(image.size_bytes)))
    if facts is not None:
        rows += [(tr("Taken"), _shown_time(facts.taken or "")), (tr("Camera"), facts.camera or "")]
    changed = QDateTime.fromMSecsSinceEpoch(image.mtime_ns // 1_000_000)
    rows.append((tr("Modified"), locale.toString(changed, QLocale.FormatType.ShortFormat)))
    return [(name, value) for name, value in rows if value]


def _shown_time(taken: str) -> str:
    """Format the time for the locale, or return the text unchanged if it is not a valid time."""
    time = QDateTime.fromString(taken, "yyyy-MM-dd HH:mm:ss")
    return QLocale().toString(time, QLocale.FormatType.ShortFormat) if time.isValid() else taken
