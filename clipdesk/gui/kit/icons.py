"""Line icons in the colours of the theme."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from clipdesk.gui.kit.theme import tokens
from clipdesk.resources import resource_path

ICON_SIZE = 20


def icon(name: str) -> QIcon:
    """Return the icon `resources/icons/NAME.svg` in the text colour, and paler for disabled widgets."""
    t = tokens()
    result = QIcon()
    for ratio in (1.0, 2.0):
        result.addPixmap(pixmap(name, ICON_SIZE, t.text, ratio), QIcon.Mode.Normal)
        result.addPixmap(pixmap(name, ICON_SIZE, t.disabled, ratio), QIcon.Mode.Disabled)
    return result


def accent_icon(name: str) -> QIcon:
    """Return the icon in the text colour of primary buttons, which are filled with the accent colour."""
    return QIcon(pixmap(name, ICON_SIZE, tokens().on_accent, 2.0))


def app_icon() -> QIcon:
    """Return the application's own icon, in full colour."""
    result = QIcon()
    for size in (16, 20, 24, 32, 48, 64, 128, 256):
        # Below 32 px the check mark and the second picture are only blurs.
        result.addPixmap(_render("app" if size >= 32 else "app-small", size, size, "", 1.0))
    return result


def pixmap(name: str, size: int, color: str, ratio: float | None = None) -> QPixmap:
    """Return a square pixmap `size` px wide, at the device pixel ratio `ratio` or that of the primary screen."""
    return _render(name, size, size, color, ratio or QGuiApplication.primaryScreen().devicePixelRatio())


def illustration(name: str, size: QSize, color: str) -> QPixmap:
    """Return a drawing that need not be square."""
    return _render(name, size.width(), size.height(), color, QGuiApplication.primaryScreen().devicePixelRatio())


@lru_cache(maxsize=512)
def _render(name: str, width: int, height: int, color: str, ratio: float) -> QPixmap:
    source = resource_path(f"icons/{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", color).encode()))
    result = QPixmap(round(width * ratio), round(height * ratio))
    result.setDevicePixelRatio(ratio)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    renderer.render(painter, QRectF(0, 0, width, height))
    painter.end()
    return result
