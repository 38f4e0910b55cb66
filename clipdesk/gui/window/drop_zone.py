"""The empty state in the middle of the window, which says what to do first."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from clipdesk.gui.kit.icons import accent_icon, icon, illustration
from clipdesk.gui.kit.theme import GAP, GRID, PADDING, font_scale, is_dark, mixed, tokens

_PICTURE = QSize(120, 96)
_WIDEST_FRAME = 560
_TALLEST_FRAME = 380
_CORNER = 12
_MIN_HEIGHT, _PICTURE_FROM_HEIGHT = 190, 300


class DropZone(QWidget):
    """Invites to drop pictures. The window handles the drop, and calls `set_hovered` during a drag."""

    continue_requested = Signal()
    choose_folder_requested = Signal()
    samples_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hovered = False
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        heading = self._line(self.tr("Drop a folder of pictures here"), "heading")
        self.sentence = self._line("", "secondary")
        self.set_server("")
        self.continue_button = QPushButton()
        self.continue_button.setProperty("primary", True)
        self.continue_button.setAccessibleName(self.tr("Continue with the last pictures"))
        self.continue_button.setAutoDefault(True)  # so that Enter presses it, too
        self.continue_button.hide()
        self.choose_button = QPushButton(self.tr("Choose folder…"))
        self.choose_button.setProperty("primary", True)
        self.samples_button = QPushButton(self.tr("Try the samples"))
        self.continue_button.clicked.connect(self.continue_requested)
        self.choose_button.clicked.connect(self.choose_folder_requested)
        self.samples_button.clicked.connect(self.samples_requested)

        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addStretch(1)
        buttons.addWidget(self.choose_button)
        buttons.addWidget(self.samples_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * PADDING, 2 * PADDING, 2 * PADDING, 2 * PADDING)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self._picture)
        column.addSpacing(4 * GRID)
        column.addWidget(heading)
        column.addSpacing(GAP)
        column.addWidget(self.sentence)
        column.addSpacing(6 * GRID)
        column.addWidget(self.continue_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(GAP)
        column.addLayout(buttons)
        column.addStretch(1)
        self._refresh_icons()

    @property
    def is_hovered(self) -> bool:
        return self._hovered

    def set_hovered(self, hovered: bool) -> None:
        """Highlight the zone while pictures are dragged over it."""
        if hovered != self._hovered:
            self._hovered = hovered
            self._refresh_icons()
            self.update()

    def set_offer(self, text: str) -> None:
        """Offer to continue with the last desk, with this text; empty for no offer."""
        has_focus = self.continue_button.hasFocus()
        self.continue_button.setText(text.replace("&", "&&"))
        if text:
            self.continue_button.setAccessibleName(text)
        self.continue_button.setVisible(bool(text))
        if has_focus and not text:
            self.choose_button.setFocus()
        if self.choose_button.property("primary") == bool(text):
            # Only one button is the primary one.
            self.choose_button.setProperty("primary", not text)
            self.choose_button.style().unpolish(self.choose_button)
            self.choose_button.style().polish(self.choose_button)
            self._refresh_icons()

    def set_server(self, name: str) -> None:
        """Say that pictures are sent to the server of this name, or, if it is empty, that they are not sent."""
        self.sentence.setText(
            self.tr("Pictures stay where they are. Small copies of them are sent to {server}.").format(server=name)
            if name
            else self.tr("Pictures stay where they are. Nothing leaves this computer.")
        )

    def _line(self, text: str, role: str) -> QLabel:
        label = QLabel(text, textFormat=Qt.TextFormat.PlainText, alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        label.setProperty("role", role)
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        return label

    def _refresh_icons(self) -> None:
        color = tokens().accent if self._hovered else tokens().secondary
        self._picture.setPixmap(illustration("empty-pictures", _PICTURE, color))
        self.choose_button.setIcon(accent_icon("folder") if self.choose_button.property("primary") else icon("folder"))

    def _frame(self) -> QRectF:
        area = QRectF(self.rect()).adjusted(PADDING, PADDING, -PADDING, -PADDING)
        widest, tallest = _WIDEST_FRAME * font_scale(), _TALLEST_FRAME * font_scale()
        frame = QRectF(0, 0, min(area.width(), widest), min(area.height(), tallest))
        frame.moveCenter(area.center())
        return frame

    def paintEvent(self, event: QPaintEvent) -> None:
        t = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(t.accent if self._hovered else t.line_strong), 1.5)
        # Dashes and gaps of 6 px, in units of the pen's width.
        pen.setDashPattern([4.0, 4.0])
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        share = 0.08 if not is_dark() else 0.12
        painter.setBrush(mixed(t.accent, share) if self._hovered else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self._frame(), _CORNER, _CORNER)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), round(_MIN_HEIGHT * font_scale()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # The words need the room more than the drawing does.
        self._picture.setVisible(self.height() >= _PICTURE_FROM_HEIGHT)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._refresh_icons()
        super().changeEvent(event)
