"""A popup that finds a label by its first letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QIcon, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from clipdesk.core.labels.label_set import Label
from clipdesk.gui.kit.theme import GAP, ROW_HEIGHT, font_scale, label_color
from clipdesk.gui.session.verdict import dot_pixmap

_WIDTH = 280
_MOST_ROWS = 9
_DOT = 10
_ID = Qt.ItemDataRole.UserRole


class LabelPopup(QFrame):
    """Lists labels over the middle of a window. Typing narrows the list, Enter chooses, Esc closes.

    Deletes itself when it closes or loses the focus, which goes back to where it was.
    """

    chosen = Signal(object)  # LabelId

    def __init__(self, labels: Sequence[Label], parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._focus_before: QWidget | None = None
        self._is_closed = False
        self.setProperty("role", "popup")
        self.setAccessibleName(self.tr("Choose a label"))
        self._labels = labels
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("First letters of a label"))
        self.field.setAccessibleName(self.tr("First letters of a label"))
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._fill)
        self.field.returnPressed.connect(self._choose)
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setIconSize(QSize(_DOT, _DOT))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setAccessibleName(self.tr("Labels"))
        self.list.itemClicked.connect(lambda _: self._choose())
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self._fill("")

    def open(self) -> None:
        """Show the popup in the middle of its parent."""
        self._focus_before = self._over.focusWidget()
        self.ensurePolished()
        self.resize(round(_WIDTH * font_scale()), self.sizeHint().height())
        self.move(self._over.rect().center() - self.rect().center())
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_popup(self) -> None:
        """Close the popup, and give the focus back."""
        if self._is_closed:
            return
        self._is_closed = True
        had_focus = self.field.hasFocus()
        self.hide()
        if had_focus and self._focus_before is not None:
            self._focus_before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.deleteLater()

    def _fill(self, text: str) -> None:
        self.list.clear()
        for label in matching(self._labels, text):
            item = QListWidgetItem(_icon(label_color(label.color_index or 0, label.color), self), label.name)
            item.setData(_ID, label.id)
            item.setSizeHint(QSize(0, max(ROW_HEIGHT - 4, self.fontMetrics().height() + 10)))
            self.list.addItem(item)
        if not self.list.count():
            self.list.addItem(QListWidgetItem(self.tr("No label has “{text}” in its name").format(text=text.strip())))
            self.list.item(0).setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.setCurrentRow(0)
        height = max(ROW_HEIGHT - 4, self.fontMetrics().height() + 10)
        self.list.setFixedHeight(height * min(max(len(self._labels), 1), _MOST_ROWS) + 2)

    def _choose(self) -> None:
        item = self.list.currentItem()
        label_id = item.data(_ID) if item is not None else None
        if label_id is not None:
            self.close_popup()
            self.chosen.emit(label_id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys move in the list while the field has the focus, and close when that ends."""
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
                self.close_popup()
            return super().eventFilter(watched, event)
        is_key = event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
        if is_key and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self.close_popup()
            return True
        keys = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in keys:
            step = {keys[0]: -1, keys[1]: 1, keys[2]: -_MOST_ROWS, keys[3]: _MOST_ROWS}[Qt.Key(event.key())]
            self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), self.list.count() - 1))
            return True
        return super().eventFilter(watched, event)


def matching(labels: Sequence[Label], text: str) -> list[Label]:
    """Return the labels whose name, or one of its words, begins with this text, then those that contain it.

    The first consonant of a Korean syllable finds it, too.
    """
    wanted = _plain(text).strip()
    if not wanted:
        return list(labels)
    ranked: list[tuple[int, int]] = []
    for place, label in enumerate(labels):
        name = _plain(label.name)
        if name.startswith(wanted):
            ranked.append((0, place))
        elif any(word.startswith(wanted) for word in name.split()):
            ranked.append((1, place))
        elif wanted in name:
            ranked.append((2, place))
    return [labels[place] for _, place in sorted(ranked)]


def _plain(text: str) -> str:
    # NFKD takes Korean syllables apart, so that an unfinished one is the beginning of others.
    return unicodedata.normalize("NFKD", text).casefold()


def _icon(color: QColor, widget: QWidget) -> QIcon:
    return QIcon(dot_pixmap(color, widget.devicePixelRatioF()))
