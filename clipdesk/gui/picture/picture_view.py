"""One picture, fitted or zoomed."""

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

#: A picture smaller than the view is enlarged to fit, but not into a blur.
_LARGEST_FIT = 4.0
_LARGEST_ZOOM = 16.0
_STEP = 1.25
#: Beyond this many screen pixels for one of the picture, its pixels are shown as they are.
_CRISP_FROM = 4.0
_LOADING_DELAY_MS = 150


class PictureView(QWidget):
    """Shows a picture: the wheel, a pinch and + − zoom about a point, 0 fits, 1 is 100 %, dragging moves it.

    A zoom of 1 is one pixel of the file on one pixel of the screen, even when `set_picture` was given a smaller copy;
    `detail_wanted` then says that the copy has become too coarse.
    """

    zoom_changed = Signal(float)
    detail_wanted = Signal()
    double_clicked = Signal()

    def __init__(self, parent: QWidget | None = None, *, corner: int = 0) -> None:
        """`corner` is the radius of the background's corners."""
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
        """The pixels of the copy that is shown."""
        return self._image.size()

    @property
    def message(self) -> str:
        """What is said in the place of a picture; empty while there is one."""
        return "" if self.has_picture else self._message

    @property
    def zoom(self) -> float:
        """Pixels of the screen for one pixel of the file."""
        return self._fit_zoom() if self._zoom is None else self._zoom

    @property
    def is_fitted(self) -> bool:
        return self._zoom is None

    def set_picture(self, image: QImage, full_size: QSize | None = None) -> None:
        """Show a picture, fitted. `full_size` is the file's size where `image` is a smaller copy of it."""
        self._full_size = QSizeF(full_size if full_size is not None and full_size.isValid() else image.size())
        self._zoom = None
        self._wants_detail = False
        self._center = QPointF(self._full_size.width() / 2, self._full_size.height() / 2)
        self.set_detail(image)

    def set_detail(self, image: QImage) -> None:
        """Replace the copy that is shown by a finer one of the same picture; zoom and place stay."""
        self._loading.stop()
        self._image, self._levels, self._message = image, [], ""
        self._changed()

    def show_loading(self) -> None:
        """Keep what is shown for a moment, then say that the next picture is being loaded."""
        if self.has_picture or not self._message:
            self._loading.start()
        else:
            self.show_message(self.tr("Loading…"))

    def show_message(self, text: str, icon_name: str = "") -> None:
        """Say something in the place of a picture, below an icon of ours."""
        self._loading.stop()
        self._image, self._levels = QImage(), []
        self._message, self._message_icon = text, icon_name
        self.setAccessibleDescription(text)
        self._changed()

    def fit(self) -> None:
        """The whole picture."""
        self._zoom = None
        self._center = QPointF(self._full_size.width() / 2, self._full_size.height() / 2)
        self._changed()

    def set_zoom(self, zoom: float, anchor: QPointF | None = None) -> None:
        """Zoom so that the picture's point under `anchor` (the middle, when None) stays where it is."""
        if not self.has_picture:
            return
        fit = self._fit_zoom()
        target = min(max(zoom, min(fit, 1.0)), max(_LARGEST_ZOOM, fit))
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
        """100 %: one pixel of the file on one of the screen."""
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
            _LARGEST_FIT,
        )
        return max(fit, 1e-4)

    def _scale_of_copy(self) -> float:
        """Pixels of the screen for one pixel of the copy that is shown."""
        return self.zoom * self._full_size.width() / max(1, self._image.width())

    def _target(self) -> QRectF:
        """Where the whole picture lies, in the widget's coordinates."""
        scale = self.zoom / self.devicePixelRatioF()
        size = self._full_size * scale
        middle = QRectF(self.rect()).center()
        return QRectF(middle - self._center * scale, size)

    def _overflows(self) -> bool:
        target = self._target()
        return target.width() > self.width() + 1 or target.height() > self.height() + 1

    def _hold_center(self) -> None:
        """Keep the picture in the view: centred where it is smaller, without a gap where it is larger."""
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
        """The smallest of the halved copies that is not coarser than the screen: smooth at every size, and quick."""
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
        # As on the web: the ring is for who moves by keyboard, not for a click on the picture.
        reasons = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
        self._shows_focus = event.reason() in reasons
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Plus: self.zoom_in, Qt.Key.Key_Equal: self.zoom_in, Qt.Key.Key_Minus: self.zoom_out,
            Qt.Key.Key_0: self.fit, Qt.Key.Key_1: self.show_actual_size,
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
