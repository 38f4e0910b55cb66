"""A view of one image over the whole window, for browsing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, QObject, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QIcon, QImage, QKeyEvent, QPainter, QPaintEvent, QTransform
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from clipdesk.gui.kit.elided_label import ElidedLabel
from clipdesk.gui.kit.icons import ICON_SIZE, icon
from clipdesk.gui.kit.number_texts import percent_text
from clipdesk.gui.kit.theme import GAP, GRID, PADDING, tokens
from clipdesk.gui.loading.picture_loader import PREVIEW_EDGE, PictureLoader, full_size
from clipdesk.gui.picture.picture_view import PictureView
from clipdesk.gui.session.verdict import dot_pixmap

if TYPE_CHECKING:
    from clipdesk.core.pictures.facts import ImageFacts

_STEPS: dict[int, int] = {
    Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageDown: 1,
}  # fmt: skip
_CLOSING_KEYS: frozenset[int] = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Escape})


@dataclass(frozen=True)
class QuickLookCaption:
    """The caption below an image. `color` is `#RRGGBB` or "". `position` counts from 1, 0 if unknown."""

    name: str
    label: str = ""
    color: str = ""
    probability: float | None = None
    position: int = 0
    total: int = 0
    unsure: bool = False
    error: str = ""


class QuickLook(QWidget):
    """Covers its parent. Space and Esc close it, the arrow keys request another image, the wheel zooms."""

    moved = Signal(int)  # -1 for the previous image, 1 for the next
    closed = Signal()

    def __init__(self, parent: QWidget | None = None, *, loader: PictureLoader | None = None) -> None:
        """`loader` may be shared with the inspector. Creates its own if it is None."""
        super().__init__(parent)
        self._loader = loader or PictureLoader(self)
        self._path: Path | None = None
        self._caption = QuickLookCaption("")
        self._focus_before: QWidget | None = None
        self.view = PictureView()
        self._dot = QLabel()
        self.label = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.label.setProperty("role", "title")
        self.name = ElidedLabel()
        self.name.setProperty("role", "secondary")
        self.place = QLabel()
        self.place.setProperty("role", "secondary")
        self.zoom_text = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.zoom_text.setProperty("role", "secondary")
        self.previous_button = self._button("", self.tr("Previous picture (←)"))
        self.next_button = self._button("chevron-right", self.tr("Next picture (→)"))
        self.zoom_out_button = self._button("zoom-out", self.tr("Smaller (−)"))
        self.zoom_in_button = self._button("zoom-in", self.tr("Larger (+)"))
        self.fit_button = self._button("fit", self.tr("Whole picture (F)"))
        self.close_button = self._button("close", self.tr("Close (Space)"))
        self._lay_out()

        self.previous_button.clicked.connect(lambda: self.moved.emit(-1))
        self.next_button.clicked.connect(lambda: self.moved.emit(1))
        self.zoom_out_button.clicked.connect(self.view.zoom_out)
        self.zoom_in_button.clicked.connect(self.view.zoom_in)
        self.fit_button.clicked.connect(self.view.fit)
        self.close_button.clicked.connect(self.close)
        self.view.zoom_changed.connect(self._on_zoom_changed)
        self.view.detail_wanted.connect(self._on_detail_wanted)
        self.view.double_clicked.connect(self._on_double_clicked)
        self._loader.picture_loaded.connect(self._on_picture_loaded)
        self._loader.picture_failed.connect(self._on_picture_failed)
        if parent is not None:
            parent.installEventFilter(self)
        self._refresh_icons()
        self.hide()

    @property
    def path(self) -> Path | None:
        return self._path

    def show_picture(self, path: Path, caption: QuickLookCaption, neighbours: Sequence[Path] = ()) -> None:
        """Show this image, and open if closed. If it is shown already, only update the caption.

        `neighbours` are preloaded: the images that the arrow keys lead to.
        """
        self._show_caption(caption)
        if not self.isVisible():
            self._open()
        if path != self._path:
            self._path = path
            if caption.error:
                self.view.show_message(caption.error, "warning")
            else:
                self.view.show_loading()
                self._loader.load(path)
        self._loader.preload(neighbours)

    def _lay_out(self) -> None:
        strip = QWidget(self)
        row = QHBoxLayout(strip)
        row.setContentsMargins(PADDING, GRID, PADDING, GRID)
        row.setSpacing(GAP)
        row.addWidget(self._dot)
        row.addWidget(self.label)
        row.addSpacing(GAP)
        row.addWidget(self.name, 1)
        row.addSpacing(GAP)
        widget: QWidget
        for widget in (self.previous_button, self.place, self.next_button):
            row.addWidget(widget)
        row.addSpacing(2 * PADDING)
        for widget in (self.zoom_out_button, self.zoom_text, self.zoom_in_button, self.fit_button):
            row.addWidget(widget)
        row.addSpacing(2 * PADDING)
        row.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)  # for the line that paintEvent draws
        column.addWidget(self.view, 1)
        column.addWidget(strip)
        self._strip = strip
        self.setFocusProxy(self.view)

    def _button(self, icon_name: str, tip: str) -> QToolButton:
        button = QToolButton(autoRaise=True)
        button.setObjectName(icon_name)
        button.setIconSize(QSize(18, 18))
        button.setToolTip(tip)
        button.setAccessibleName(tip.split(" (")[0])
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _open(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
            self._focus_before = parent.focusWidget()
        self.show()
        self.raise_()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_caption(self, caption: QuickLookCaption) -> None:
        self._caption = caption
        self.name.setText(caption.name)
        self.label.setText(self._label_text(caption))
        self.label.setVisible(bool(self.label.text()))
        self._dot.setVisible(bool(caption.color))
        number = QLocale().toString
        known = caption.position > 0 and caption.total > 0
        self.place.setText(
            self.tr("{position} of {total}").format(position=number(caption.position), total=number(caption.total))
            if known
            else ""
        )
        self.previous_button.setEnabled(not known or caption.position > 1)
        self.next_button.setEnabled(not known or caption.position < caption.total)
        self.view.setAccessibleName(caption.name)
        self.setAccessibleName(self.tr("Quick look: {name}").format(name=caption.name))
        self._refresh_icons()

    def _label_text(self, caption: QuickLookCaption) -> str:
        if caption.error:
            return self.tr("Can't be read")
        if not caption.label:
            return ""
        name = self.tr("Unsure · {label}").format(label=caption.label) if caption.unsure else caption.label
        share = "" if caption.probability is None else f"  {percent_text(caption.probability)}"
        return name + share

    def _refresh_icons(self) -> None:
        for button in self.findChildren(QToolButton):
            if button.objectName():
                button.setIcon(icon(button.objectName()))
        self.previous_button.setIcon(_mirrored(icon("chevron-right")))
        if self._caption.color:
            dot = dot_pixmap(QColor(self._caption.color), self.devicePixelRatioF(), hollow=self._caption.unsure)
            self._dot.setPixmap(dot)

    def _on_zoom_changed(self, zoom: float) -> None:
        self.zoom_text.setMinimumWidth(self.zoom_text.fontMetrics().horizontalAdvance("1,600 %"))
        self.zoom_text.setText(self.tr("{percent} %").format(percent=QLocale().toString(round(100 * zoom))))
        for button in (self.zoom_in_button, self.zoom_out_button, self.fit_button):
            button.setEnabled(self.view.has_picture)
        self.fit_button.setEnabled(self.view.has_picture and not self.view.is_fitted)
        self.zoom_text.setVisible(self.view.has_picture)

    def _on_detail_wanted(self) -> None:
        if self._path is not None:
            self._loader.load_full(self._path)

    def _on_double_clicked(self) -> None:
        if self.view.is_fitted:
            self.view.show_actual_size()
        else:
            self.view.fit()

    def _on_picture_loaded(self, path: Path, image: QImage, facts: ImageFacts | None) -> None:
        if path != self._path or not self.isVisible():
            return
        if max(image.width(), image.height()) > PREVIEW_EDGE:
            self.view.set_detail(image)
        else:
            self.view.set_picture(image, full_size(image, facts))
        self.view.setAccessibleDescription("")

    def _on_picture_failed(self, path: Path, reason: str) -> None:
        if path == self._path:
            self.view.show_message(reason, "warning")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens().panel))
        painter.fillRect(0, self._strip.y() - 1, self.width(), 1, QColor(tokens().line))

    def event(self, event: QEvent) -> bool:
        # Take precedence over shortcuts of the window on the same keys.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            key = event.key()
            if not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier and (key in _STEPS or key in _CLOSING_KEYS):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in _CLOSING_KEYS:
            self.close()
        elif key in _STEPS:
            self.moved.emit(_STEPS[key])
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep the focus within the quick look, because it covers the other widgets."""
        stops: list[QWidget] = [self.view, *(b for b in self.findChildren(QToolButton) if b.isEnabled())]
        here = self.focusWidget()
        place = stops.index(here) if here in stops else 0
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[(place + (1 if forward else -1)) % len(stops)].setFocus(reason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget) and self.isVisible():
            self.setGeometry(watched.rect())
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._refresh_icons()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self._path = None
        # Only cancel preloading: the inspector may still be waiting for this image.
        self._loader.preload(())
        if self._focus_before is not None:
            self._focus_before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._focus_before = None
        self.closed.emit()


def _mirrored(source: QIcon) -> QIcon:
    result = QIcon()
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled):
        drawn = source.pixmap(QSize(ICON_SIZE, ICON_SIZE), 2.0, mode)
        result.addPixmap(drawn.transformed(QTransform.fromScale(-1, 1)), mode)
    return result
