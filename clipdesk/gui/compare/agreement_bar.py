"""The bar that shows how far two wordings agree."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QAccessible, QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from clipdesk.core.compare.wordings import Agreement
from clipdesk.gui.compare.words import agreement_text
from clipdesk.gui.kit.accessible_roles import set_accessible_role
from clipdesk.gui.kit.theme import tokens

_HEIGHT, _THIN = 10, 4
#: One differing picture among many is still visible.
_LEAST_WIDTH = 4.0


class AgreementBar(QWidget):
    """A bar: thin and grey for pictures that both label alike, then high in the accent for those that differ."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_accessible_role(self, QAccessible.Role.Chart)
        self._agreement: Agreement | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Agreement"))

    def show_agreement(self, agreement: Agreement | None) -> None:
        self._agreement = agreement
        self.setAccessibleDescription("" if agreement is None else agreement_text(agreement))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        outline = QPainterPath()
        outline.addRoundedRect(area, _HEIGHT / 2, _HEIGHT / 2)
        painter.setClipPath(outline)
        painter.fillRect(area, QColor(tokens().line))
        agreement = self._agreement
        if agreement is not None and agreement.agreeing + len(agreement.differing):
            differing = area.width() * (1 - agreement.share)
            if len(agreement.differing):
                differing = min(max(differing, _LEAST_WIDTH), area.width())
            same = area.width() - differing
            thin = QRectF(0, _HEIGHT / 2 - _THIN / 2, same, _THIN)
            painter.fillRect(thin, QColor(tokens().secondary))
            painter.fillRect(QRectF(same, 0, differing, area.height()), QColor(tokens().accent))
        painter.end()
