"""Dialogs that are always large enough for their contents."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QLayout, QWidget

from clipdesk.gui.kit.theme import font_scale

#: What the system's frame around a dialog takes at most.
_FRAME = QSize(16, 48)


class FittedDialog(QDialog):
    """A dialog that grows with its contents, including wrapped text, and with the font.

    Qt's own minimum size does not follow the height of wrapped text: lines would be cut, and rows that are added later
    would overlap.
    """

    def __init__(self, parent: QWidget | None, width: int, height: int = 0) -> None:
        """Make the dialog at least `width` × `height` px large; both grow with the font, up to the screen's size."""
        super().__init__(parent)
        screen = self.screen().availableSize() - _FRAME
        self._least_width = min(round(width * font_scale()), screen.width())
        self._least_height = min(round(height * font_scale()), screen.height())
        self._most_height = screen.height()
        self._fitted_height = 0

    def fit(self) -> None:
        """Fit the size to the contents. A height that the person has chosen is only ever increased."""
        layout = self.layout()
        if layout is None:
            return
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        layout.activate()
        was_resized = self._fitted_height not in (0, self.height())
        least_width = max(self._least_width, layout.totalMinimumSize().width())
        width = max(least_width, self.width()) if self.isVisible() else least_width
        self._fitted_height = self._height_for(width)
        self.setMinimumSize(least_width, self._fitted_height)
        self.resize(width, max(self._fitted_height, self.height()) if was_resized else self._fitted_height)

    def _height_for(self, width: int) -> int:
        layout = self.layout()
        assert layout is not None
        is_wrapped = layout.hasHeightForWidth()
        height = layout.totalHeightForWidth(width) if is_wrapped else layout.totalSizeHint().height()
        # Contents that may be higher than the screen are in a DownScroll.
        return min(max(height, self._least_height), self._most_height)

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self.fit()
        return handled

    def setVisible(self, visible: bool) -> None:
        if visible and not self.isVisible():
            # Apply the stylesheet's fonts and measure the widgets again: Qt does so only once they are visible.
            widgets = (self, *self.findChildren(QWidget))
            for widget in widgets:
                widget.ensurePolished()
            for widget in widgets:
                widget.updateGeometry()
            self.fit()
        super().setVisible(visible)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted_height and event.size().width() != event.oldSize().width():
            # Wrapped text needs more lines in a narrower dialog.
            self.setMinimumHeight(self._height_for(self.width()))
