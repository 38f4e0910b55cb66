"""A picture as a term of a search: a small button with its thumbnail, and a menu that says how much it counts."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from clipdesk.core.find.query import Term
from clipdesk.gui.kit import icons
from clipdesk.gui.kit.theme import tokens

THUMBNAIL_SIZE = 24


class PictureTerm(QToolButton):
    """Shows the `term`. Its menu changes the weight, or takes it away."""

    changed = Signal()
    remove_requested = Signal()

    def __init__(self, term: Term, parent: QWidget, *, has_weight: bool) -> None:
        """With `has_weight`, the picture can count twice or exclude."""
        super().__init__(parent)
        self.term = term
        self.setIconSize(QSize(THUMBNAIL_SIZE, THUMBNAIL_SIZE))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setStyleSheet("QToolButton { padding: 2px; } QToolButton::menu-indicator { image: none; width: 0; }")
        menu = QMenu(self)
        if has_weight:
            for weight, text in (
                (1.0, self.tr("Like this picture")),
                (2.0, self.tr("Counts twice")),
                (-1.0, self.tr("Not like this picture")),
            ):
                menu.addAction(text).triggered.connect(lambda _=False, weight=weight: self._weigh(weight))
            menu.addSeparator()
        menu.addAction(self.tr("Take away")).triggered.connect(self.remove_requested)
        self.setMenu(menu)
        self._refresh()
        self.show_thumbnail(None)

    def show_thumbnail(self, pixmap: QPixmap | None) -> None:
        """Show the picture, or a symbol until it is loaded."""
        symbol = icons.pixmap("picture", 16, tokens().secondary)
        self.setIcon(QIcon(symbol if pixmap is None else pixmap))

    def _weigh(self, weight: float) -> None:
        self.term = replace(self.term, weight=weight)
        self._refresh()
        self.changed.emit()

    def _refresh(self) -> None:
        term = self.term
        self.setText("−" if term.is_excluded else "+" if term.weight > 1 else "")
        if term.is_excluded:
            said = self.tr("Not like {file}")
        elif term.weight > 1:
            said = self.tr("Like {file}, counts twice")
        else:
            said = self.tr("Like {file}")
        self.setToolTip(said.format(file=term.name))
        self.setAccessibleName(said.format(file=term.name))
