"""A view of one image, fitted or zoomed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from clipdesk.gui.kit.icons import pixmap
from clipdesk.gui.kit.theme import GAP, PADDING, RADIUS, body_font, tokens
from clipdesk.gui.kit.translated import translated

#: Maximum zoom when fitting a small image, so that it does not become blurry.
_MAX_FIT = 4.0
_MAX_ZOOM = 16.0
_STEP = 1.25
#: From this many screen pixels per image pixel, pixels are drawn sharp instead of interpolated.
_CRISP_FROM = 4.0
_LOADING_DELAY_MS = 150


class PictureView(QWidget):
    """Shows an image. The wheel, a pinch and the keys + and − zoom, F fits, Z shows 100 %, dragging pans.

    At a zoom of 1, one pixel of the file takes one pixel of the screen, even if `set_picture` got a smaller copy.
    `detail_wanted` is emitted when the copy is too coarse for the zoom.
    """

    zoom_changed = Signal(float)
    detail_wanted = Signal()
    double_clicked = Signal()

    def __init__(self, parent: QWidget | None = None, *, corner: int = 0) -> None:
        """`corner` is the radius of the background's corners, in px."""
        super().__init__(parent)
        self._corner = corner
        self._levels: list[QPixmap] = []
        self._image = QImage()
        self._full_size = QSizeF()
        self._zoom: float | None = None
        self._center = QPointF()
        self._message, self._message_icon = "", ""
        self._drag_from: QPoint | None = None
        self._wants_detail = False
        self._shows_focus = False
        self._loading = QTimer(self, singleShot=True, interval=_LOADING_DELAY_MS)
        self._loading.timeout.connect(lambda: self.show_message(self.tr("Loading…")))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Picture"))

    @property
    def has_picture(self) -> bool:
        return not self._image.isNull()

    def image_size(self) -> QSize:
        """Return the size in pixels of the copy that is shown."""
        return self._image.size()

    @property
    def message(self) -> str:
        """The message shown instead of an image, or "" while there is an image."""
        return "" if self.has_picture else self._message

    @property
    def zoom(self) -> float:
        """Screen pixels per pixel of the file."""
        return self._fit_zoom() if self._zoom is None else self._zoom

    @property
    def is_fitted(self) -> bool:
        return self._zoom is None

    def set_picture(self, image: QImage, full_size: QSize | None = None) -> None:
        """Show an image, fitted to the view. `full_size` is the size in the file if `image` is a smaller copy."""
        self._full_size = QSizeF(full_size if full_size is not None and full_size.isValid() else image.size())
        self._zoom = None
        self._wants_detail = False
        self._center = QPointF(self._full_size.width() / 2, self._full_size.height() / 2)
        self.set_detail(image)

    def set_detail(self, image: QImage) -> None:
        """Replace the copy that is shown with a finer one of the same image. Zoom and position stay the same."""
        self._loading.stop()
        self._image, self._levels, self._message = image, [], ""
        self._changed()

    def show_loading(self) -> None:
        """Show that the next image is loading, after a short delay."""
        if self.has_picture or not self._message:
            self._loading.start()
        else:
            self.show_message(self.tr("Loading…"))

    def show_message(self, text: str, icon_name: str = "") -> None:
        """Show a message and an icon instead of an image."""
        self._loading.stop()
        self._image, self._levels = QImage(), []
        self._message, self._message_icon = translated(text), icon_name
        self.setAccessibleDescription(self._message)
        self._changed()

    def fit(self) -> None:
        """Fit the whole image into the view."""
        self._zoom = None
        self._center = QPointF(self._full_size.width() / 2, self._full_size.height() / 2)
        self._changed()

    def set_zoom(self, zoom: float, anchor: QPointF | None = None) -> None:
        """Zoom around `anchor` in widget coordinates, or around the centre if it is None."""
        if not self.has_picture:
            return
        fit = self._fit_zoom()
        target = min(max(zoom, min(fit, 1.0)), max(_MAX_ZOOM, fit))
        anchor = anchor or QPointF(self.rect().center())
        offset = (anchor - QRectF(self.rect()).center()) * self.devicePixelRatioF()
        self._center += offset / self.zoom - offset / target
        self._zoom = None if abs(target / fit - 1) < 1e-3 else target
        self._hold_center()
        self._changed()
        if self._scale_of_copy() > 1.0 and self._image.width() < self._full_size.width() and not self._wants_detail:
            self._wants_detail = True
            self.detail_wanted.emit()

    def zoom_in(self) -> None:
        self.set_zoom(self.zoom * _STEP)

    def zoom_out(self) -> None:
        self.set_zoom(self.zoom / _STEP)

    def show_actual_size(self) -> None:
        """Zoom to 100 %."""
        self.set_zoom(1.0)

    def _changed(self) -> None:
        self._update_cursor()
        self.update()
        self.zoom_changed.emit(self.zoom)

    def _fit_zoom(self) -> float:
        if self._full_size.isEmpty():
            return 1.0
        ratio = self.devicePixelRatioF()
        fit = min(
            self.width() * ratio / self._full_size.width(),
            self.height() * ratio / self._full_size.height(),
            _MAX_FIT,
        )
        return max(fit, 1e-4)

    def _scale_of_copy(self) -> float:
        """Return screen pixels per pixel of the copy that is shown."""
        return self.zoom * self._full_size.width() / max(1, self._image.width())

    def _target(self) -> QRectF:
        """Return the area of the whole image, in widget coordinates."""
        scale = self.zoom / self.devicePixelRatioF()
        size = self._full_size * scale
        middle = QRectF(self.rect()).center()
        return QRectF(middle - self._center * scale, size)

    def _overflows(self) -> bool:
        target = self._target()
        return target.width() > self.width() + 1 or target.height() > self.height() + 1

    def _hold_center(self) -> None:
        """Centre the image where it is smaller than the view, and avoid gaps where it is larger."""
        scale = self.zoom / self.devicePixelRatioF()
        half = QSizeF(self.size()) / (2 * scale)
        width, height = self._full_size.width(), self._full_size.height()
        x = width / 2 if half.width() * 2 >= width else min(max(self._center.x(), half.width()), width - half.width())
        y = (
            height / 2
            if half.height() * 2 >= height
            else min(max(self._center.y(), half.height()), height - half.height())
        )
        self._center = QPointF(x, y)

    def _level(self) -> QPixmap:
        """Return the smallest mipmap level that is not coarser than the screen: smooth and fast at every zoom."""
        if not self._levels:
            self._levels = [QPixmap.fromImage(self._image)]
        place, scale = 0, self._scale_of_copy()
        while scale <= 0.5 and min(self._levels[place].width(), self._levels[place].height()) > 1:
            if place + 1 == len(self._levels):
                half = self._levels[place].size() / 2
                self._levels.append(
                    self._levels[place].scaled(
                        half.expandedTo(QSize(1, 1)),
                        Qt.AspectRatioMode.IgnoreAspectRatio,
                        Qt.TransformationMode.SmoothTransformation,
                    )
                )
            place, scale = place + 1, scale * 2
        return self._levels[place]

    def _update_cursor(self) -> None:
        if self._drag_from is not None:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self.has_picture and self._overflows():
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.unsetCursor()

    def _paint_message(self, painter: QPainter) -> None:
        area = self.rect().adjusted(PADDING, PADDING, -PADDING, -PADDING)
        painter.setFont(body_font(self.font()))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        text = painter.boundingRect(area, int(flags), self._message)
        height = text.height()
        if self._message_icon:
            symbol = pixmap(self._message_icon, 32, tokens().disabled, self.devicePixelRatioF())
            height += 32 + GAP
        top = max(area.top(), area.center().y() - height // 2)
        if self._message_icon:
            painter.drawPixmap(QPoint(area.center().x() - 16, top), symbol)
            top += 32 + GAP
        painter.setPen(QColor(tokens().secondary))
        painter.drawText(area.adjusted(0, top - area.top(), 0, 0), int(flags), self._message)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._scale_of_copy() < _CRISP_FROM)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().window))
        painter.drawRoundedRect(self.rect(), self._corner, self._corner)
        if self.has_picture:
            level = self._level()
            painter.drawPixmap(self._target(), level, QRectF(level.rect()))
        elif self._message:
            self._paint_message(painter)
        if self.hasFocus() and self._shows_focus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens().accent), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._hold_center()
        self._changed()

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Like :focus-visible on the web: show the ring for keyboard navigation, not after a click.
        reasons = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
        self._shows_focus = event.reason() in reasons
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Plus: self.zoom_in, Qt.Key.Key_Equal: self.zoom_in, Qt.Key.Key_Minus: self.zoom_out,
            Qt.Key.Key_F: self.fit, Qt.Key.Key_Z: self.show_actual_size,
        }  # fmt: skip
        step = steps.get(event.key())
        if step is None or event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        ):
            super().keyPressEvent(event)
        else:
            step()

    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.angleDelta().y() or event.angleDelta().x()
        if delta and self.has_picture:
            self.set_zoom(self.zoom * _STEP ** (delta / 120), event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.set_zoom(self.zoom * (1 + event.value()), event.position())
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.has_picture and self._overflows():
            self._drag_from = event.position().toPoint()
            self._update_cursor()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag_from is None:
            super().mouseMoveEvent(event)
            return
        here = event.position().toPoint()
        self._center -= QPointF(here - self._drag_from) * self.devicePixelRatioF() / self.zoom
        self._drag_from = here
        self._hold_center()
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drag_from = None
        self._update_cursor()
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._drag_from = None
        self.double_clicked.emit()

    def sizeHint(self) -> QSize:
        return QSize(276, 220)
