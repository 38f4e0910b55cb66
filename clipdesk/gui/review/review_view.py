"""The review over the whole window: a large picture, its label, the keys, and what the answers say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from clipdesk.gui.kit.down_scroll import DownScroll
from clipdesk.gui.kit.elided_label import ElidedLabel
from clipdesk.gui.kit.icons import icon
from clipdesk.gui.kit.segments import Segments
from clipdesk.gui.kit.theme import GAP, GRID, PADDING, font_scale, tokens
from clipdesk.gui.kit.translation import percent_suffix
from clipdesk.gui.loading.picture_loader import PREVIEW_EDGE, PictureLoader, full_size
from clipdesk.gui.picture.picture_view import PictureView
from clipdesk.gui.review.key_list import Answer, KeyList
from clipdesk.gui.review.label_ranges import LabelRange, LabelRanges
from clipdesk.gui.session.verdict import dot_pixmap

if TYPE_CHECKING:
    from clipdesk.core.pictures.facts import ImageFacts

_PANEL_WIDTH = 360
_STEPS: dict[int, int] = {
    Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageDown: 1,
}  # fmt: skip


@dataclass(frozen=True)
class ReviewCaption:
    """What is known of a picture. `color` is `#RRGGBB` or "". `place` is such as “25 of 1,000”."""

    name: str
    label: str = ""
    color: str = ""
    is_hollow: bool = False
    place: str = ""
    error: str = ""


@dataclass(frozen=True)
class ReviewFigures:
    """What the answers say: sentences and a row for each label. Empty texts are not shown."""

    wrong: str = ""
    looked: str = ""
    enough: str = ""
    is_enough: bool = False
    note: str = ""
    rows: tuple[LabelRange, ...] = ()


class ReviewView(QWidget):
    """Covers its parent. Esc closes it, the arrow keys request another picture, Space shows the picture alone.

    The label keys are the window's.
    """

    moved = Signal(int)  # -1 for the previous picture, 1 for the next
    answer_clicked = Signal(str)  # the action's name
    order_chosen = Signal(str)  # queue or doubtful
    round_wanted = Signal()
    check_wanted = Signal()
    target_changed = Signal(float)  # 0…1
    closed = Signal()

    def __init__(self, parent: QWidget, loader: PictureLoader) -> None:
        super().__init__(parent)
        self._loader = loader
        self._path: Path | None = None
        self._caption = ReviewCaption("")
        self._focus_before: QWidget | None = None
        self.view = PictureView()
        self.close_button = QToolButton(autoRaise=True)
        self.close_button.setIconSize(QSize(18, 18))
        self.close_button.setToolTip(self.tr("Close the review (Esc)"))
        self.close_button.setAccessibleName(self.tr("Close the review"))
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.orders = Segments(
            [
                ("queue", self.tr("Fair sample"), self.tr("Doubtful pictures come early, and the rest is estimated")),
                ("doubtful", self.tr("Doubtful first"), self.tr("Finds wrong labels fastest, but estimates nothing")),
            ]
        )
        self._dot = QLabel()
        self.label = ElidedLabel(elide=Qt.TextElideMode.ElideRight)
        self.label.setProperty("role", "heading")
        self.name = ElidedLabel()
        self.name.setProperty("role", "secondary")
        self.place = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.place.setProperty("role", "secondary")
        self.keys = KeyList()
        self.wrong = self._sentence("title")
        self.looked = self._sentence("secondary")
        self.enough = self._sentence("")
        self.note = self._sentence("secondary")
        self.check = self._sentence("secondary")
        self.check_button = QPushButton()
        self.set_check_keys("")
        self.check_button.hide()
        self.round_button = QPushButton()
        self.set_round_keys("")
        self.target = QDoubleSpinBox()
        self.target.setRange(0.5, 50.0)
        self.target.setDecimals(1)
        self.target.setSingleStep(0.5)
        self.target.setSuffix(percent_suffix())
        self.target.setAccessibleName(self.tr("Wrong labels that are acceptable"))
        self.ranges = LabelRanges()
        self._lay_out()
        self.show_figures(ReviewFigures())
        self._connect()
        self._refresh_icons()
        self.hide()

    @property
    def path(self) -> Path | None:
        return self._path

    # --- what is shown

    def open(self) -> None:
        """Cover the window and take the focus."""
        if self.isVisible():
            return
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
            self._focus_before = parent.focusWidget()
        self.panel.show()
        self.show()
        self.raise_()
        self.take_focus()

    def show_picture(self, path: Path, caption: ReviewCaption, neighbours: Sequence[Path] = ()) -> None:
        """Show this image. If it is shown already, only update the caption. `neighbours` are preloaded."""
        self._show_caption(caption)
        if path != self._path:
            self._path = path
            if caption.error:
                self.view.show_message(caption.error, "warning")
            else:
                self.view.show_loading()
                self._loader.load(path)
        self._loader.preload(neighbours)

    def show_message(self, text: str) -> None:
        """Show a message instead of an image, as when nothing is left."""
        self._path = None
        self._show_caption(ReviewCaption(""))
        self.view.show_message(text, "check")

    def show_answers(self, answers: Sequence[Answer]) -> None:
        """Show the keys with what they mean."""
        self.keys.show_answers(answers)

    def show_figures(self, figures: ReviewFigures) -> None:
        """Show what the answers say."""
        for label, text in (
            (self.wrong, figures.wrong),
            (self.looked, figures.looked),
            (self.enough, figures.enough),
            (self.note, figures.note),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        color = tokens().good if figures.is_enough else tokens().secondary
        self.enough.setStyleSheet(f"color: {color}")
        self._target_line.setVisible(bool(figures.enough))
        self.round_button.setVisible(bool(figures.note))
        self.ranges.show_rows(figures.rows)

    def set_round_keys(self, keys: str) -> None:
        """Show the keys that begin a new round."""
        text = self.tr("Begin a new round")
        self.round_button.setText(f"{text} ({keys})" if keys else text)

    def set_check_keys(self, keys: str) -> None:
        """Show the keys that open the check of what was learned."""
        text = self.tr("Check what was learned")
        self.check_button.setText(f"{text} ({keys})" if keys else text)

    def show_check(self, text: str) -> None:
        """Offer the check of what was learned with this sentence; "" takes the offer back."""
        if not text and self.check_button.hasFocus():
            self.take_focus()
        self.check.setText(text)
        self.check.setVisible(bool(text))
        self.check_button.setVisible(bool(text))

    def take_focus(self) -> None:
        """Let the label keys answer again. Without this, they would go to what follows a button that was hidden."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_target(self, share: float) -> None:
        """Show this share, 0…1, of acceptable wrong labels without emitting `target_changed`."""
        self.target.blockSignals(True)
        self.target.setValue(100 * share)
        self.target.blockSignals(False)

    def _show_caption(self, caption: ReviewCaption) -> None:
        self._caption = caption
        self.label.setText(caption.label)
        self.name.setText(caption.name)
        self.place.setText(caption.place)
        self._dot.setVisible(bool(caption.color))
        self.view.setAccessibleName(caption.name)
        self.setAccessibleName(self.tr("Review: {name}").format(name=caption.name))
        self._refresh_icons()

    # --- parts

    def _sentence(self, role: str) -> QLabel:
        label = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        label.setProperty("role", role)
        label.hide()
        return label

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        title = QLabel(self.tr("Review"))
        title.setProperty("role", "title")
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self.close_button)
        label = QHBoxLayout()
        label.setSpacing(GAP)
        label.addWidget(self._dot)
        label.addWidget(self.label, 1)
        facts = QHBoxLayout()
        facts.addWidget(self.name, 1)
        facts.addWidget(self.place)
        line = QFrame()
        line.setProperty("role", "line")
        self._target_line = QWidget()
        target = QHBoxLayout(self._target_line)
        target.setContentsMargins(0, 0, 0, 0)
        target.setSpacing(GAP)
        target.addWidget(QLabel(self.tr("Enough when at most")))
        target.addWidget(self.target)
        target.addWidget(QLabel(self.tr("are wrong")))
        target.addStretch(1)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(PADDING, 0, PADDING, PADDING)
        column.setSpacing(GAP)
        column.addLayout(label)
        column.addLayout(facts)
        column.addWidget(self.keys)
        column.addWidget(line)
        for widget in (self.wrong, self.looked, self.enough, self._target_line, self.check, self.check_button):
            column.addWidget(widget)
        for widget in (self.note, self.round_button):
            column.addWidget(widget)
        column.addSpacing(GRID)
        column.addWidget(self.ranges)
        column.addStretch(1)
        area = DownScroll(content)
        area.setAccessibleName(self.tr("Label, keys and figures"))
        self.panel = QWidget(self)
        self.panel.setFixedWidth(round(_PANEL_WIDTH * font_scale()))
        side = QVBoxLayout(self.panel)
        side.setContentsMargins(0, PADDING, 0, 0)
        side.setSpacing(GAP)
        head.setContentsMargins(PADDING, 0, PADDING, 0)
        side.addLayout(head)
        orders = QHBoxLayout()
        orders.setContentsMargins(PADDING, 0, PADDING, 0)
        orders.addWidget(self.orders)
        orders.addStretch(1)
        side.addLayout(orders)
        side.addWidget(area, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)  # for the line that paintEvent draws
        row.addWidget(self.view, 1)
        row.addWidget(self.panel)
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        self.close_button.clicked.connect(self.close)
        self.orders.chosen.connect(self.order_chosen)
        self.orders.chosen.connect(lambda _: self.view.setFocus())
        self.keys.clicked.connect(self.answer_clicked)
        self.round_button.clicked.connect(self.round_wanted)
        self.check_button.clicked.connect(self.check_wanted)
        self.target.valueChanged.connect(lambda percent: self.target_changed.emit(percent / 100))
        # Not `editingFinished`, which Tab emits, too: the button behind the field could not be reached.
        self.target.lineEdit().returnPressed.connect(self.take_focus)
        self.view.detail_wanted.connect(self._on_detail_wanted)
        self.view.double_clicked.connect(self._on_double_clicked)
        self._loader.picture_loaded.connect(self._on_picture_loaded)
        self._loader.picture_failed.connect(self._on_picture_failed)
        parent = self.parentWidget()
        if parent is not None:
            parent.installEventFilter(self)

    def _refresh_icons(self) -> None:
        self.close_button.setIcon(icon("close"))
        if self._caption.color:
            hollow = self._caption.is_hollow
            self._dot.setPixmap(dot_pixmap(QColor(self._caption.color), self.devicePixelRatioF(), hollow=hollow))

    # --- the picture

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

    # --- Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens().panel))
        if self.panel.isVisible():
            painter.fillRect(self.panel.x() - 1, 0, 1, self.height(), QColor(tokens().line))

    def event(self, event: QEvent) -> bool:
        # Take precedence over shortcuts of the window on the same keys.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and (event.key() in _STEPS or event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Space)):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in _STEPS:
            self.moved.emit(_STEPS[event.key()])
        elif event.key() == Qt.Key.Key_Space:
            self.panel.setVisible(not self.panel.isVisible())
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep the focus within the review, because it covers the other widgets."""
        # Not by `nextInFocusChain`: PySide 6.11 takes each widget of the chain for a child of the one before. Once one
        # is deleted, what Python knows of those after it is invalid, such as the actions of the toolbar.
        stops = sorted(filter(_is_tab_stop, self.findChildren(QWidget)), key=self._place_of)
        if not stops:  # Qt asks where the focus goes while the view is being hidden
            return super().focusNextPrevChild(forward)
        here = self.focusWidget()
        place = stops.index(here) if here in stops else 0
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[(place + (1 if forward else -1)) % len(stops)].setFocus(reason)
        return True

    def _place_of(self, widget: QWidget) -> tuple[bool, int, int]:
        """Return where a widget comes in the order of Tab: after the picture, from top to bottom."""
        at = widget.mapTo(self, QPoint(0, 0))
        return self.panel.isAncestorOf(widget), at.y(), at.x()

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
        self._loader.preload(())
        if self._focus_before is not None:
            self._focus_before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._focus_before = None
        self.closed.emit()


def _is_tab_stop(widget: QWidget) -> bool:
    is_reached = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
    return is_reached and widget.isVisible() and widget.isEnabled()
