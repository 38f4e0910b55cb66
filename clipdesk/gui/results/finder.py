"""The filter fields in the toolbar: search text, labels and status, minimum probability."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from clipdesk.core.desk.order import ResultsFilter
from clipdesk.gui.kit import icons
from clipdesk.gui.kit.theme import GAP, font_scale, tokens
from clipdesk.gui.results.filter_menu import FilterButton
from clipdesk.gui.results.probability_field import ProbabilityField

#: Delay before a typed text or number filters the table.
_TYPING_MS = 150
#: Below these widths texts are shortened.
_ROOMY, _NARROW = 430, 330
_SEARCH_WIDTHS = (100, 220)
#: What the symbols and margins in the search field take up.
_SIDES = 84


class Finder(QWidget):
    """Emits the filter whenever it changes, whether by the user or by `choose`."""

    filter_changed = Signal(object)  # ResultsFilter
    left = Signal()  # Escape was pressed in an empty field
    search_requested = Signal()  # for pictures by what they show, not by their names

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sent = ResultsFilter()
        self.search = _SearchField(self)
        self.menu_button = FilterButton(self)
        self.minimum = ProbabilityField(self)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        # `_fit` adapts the contents. Their size at a larger width must not keep the row from shrinking.
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        row.addStretch(1)
        row.addWidget(self.search, 1000)
        row.addWidget(self.menu_button)
        row.addWidget(self.minimum)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

        self._typing.timeout.connect(self.send)
        self.search.textChanged.connect(lambda _: self._typing.start())
        self.search.returnPressed.connect(self.send)
        self.search.escaped.connect(self.left)
        self.search.search_requested.connect(self.search_requested)
        self.menu_button.changed.connect(self.send)
        self.menu_button.changed.connect(self.updateGeometry)
        self.minimum.valueChanged.connect(lambda _: self._typing.start())
        self.minimum.editingFinished.connect(self.send)
        self.minimum.escaped.connect(self.left)

    @property
    def filter(self) -> ResultsFilter:
        """The filter that the user has chosen."""
        wanted = ResultsFilter(text=self.search.text().strip(), minimum_probability=self.minimum.value() / 100)
        return self.menu_button.apply_to(wanted)

    def choose(self, wanted: ResultsFilter) -> None:
        """Set the filter and emit it if it is new."""
        self.search.setText(wanted.text)
        with QSignalBlocker(self.minimum):
            self.minimum.setValue(round(wanted.minimum_probability * 100))
        self.menu_button.choose(wanted.labels or frozenset(), wanted.status, wanted.origin)
        self.updateGeometry()
        self.send()

    @Slot()
    def send(self) -> None:
        """Emit the filter now if it has changed."""
        self._typing.stop()
        if self.filter != self._sent:
            self._sent = self.filter
            self.filter_changed.emit(self._sent)

    @Slot()
    def focus_search(self) -> None:
        """Focus the search field and select its text."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _fit(self) -> None:
        """Adapt the texts to the width."""
        width = self.width() / font_scale()
        roomy, narrow = width >= _ROOMY, width < _NARROW
        if roomy:
            self.minimum.set_texts(self.tr("at least {percent}"), self.tr("any probability"))
        else:
            self.minimum.set_texts("≥ {percent}", self.tr("any %"))
        self.menu_button.set_short(narrow)
        height = self._height()
        for widget in (self.search, self.menu_button, self.minimum):
            widget.setFixedHeight(height)

    def _height(self) -> int:
        return max(widget.sizeHint().height() for widget in (self.search, self.menu_button, self.minimum))

    # --- Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(round(_ROOMY * font_scale()) + 80, self._height())

    def minimumSizeHint(self) -> QSize:
        others = self.menu_button.sizeHint().width() + self.minimum.width() + 2 * GAP
        return QSize(round(_SEARCH_WIDTHS[0] * font_scale()) + others, self._height())


class _SearchField(QLineEdit):
    """A field for part of a name. Escape clears it, and a second Escape leaves it."""

    escaped = Signal()
    search_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setPlaceholderText(self.tr("Find by name"))
        self.setAccessibleName(self.tr("Find by name"))
        self.setToolTip(self.tr("Show only pictures whose name or folder contains this text"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(round(_SEARCH_WIDTHS[0] * font_scale()))
        self.setMaximumWidth(round(_SEARCH_WIDTHS[1] * font_scale()))
        self._sign = QAction(self)
        self.addAction(self._sign, QLineEdit.ActionPosition.LeadingPosition)
        self._by_words = QAction(self.tr("Search by what the pictures show"), self)
        self._by_words.triggered.connect(self.search_requested)
        self.addAction(self._by_words, QLineEdit.ActionPosition.TrailingPosition)
        self._clear = QAction(self.tr("Clear"), self)
        self._clear.triggered.connect(self.clear)
        self._clear.setVisible(False)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self.textChanged.connect(lambda text: self._clear.setVisible(bool(text)))
        self._refresh_icons()

    def _refresh_icons(self) -> None:
        color = tokens().secondary
        self._sign.setIcon(icons.pixmap("search", 16, color))
        self._clear.setIcon(icons.pixmap("close", 16, color))
        self._by_words.setIcon(icons.pixmap("picture", 16, color))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._refresh_icons()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        whole = self.tr("Find by name")
        fits = self.fontMetrics().horizontalAdvance(whole) + _SIDES <= self.width()
        self.setPlaceholderText(whole if fits else self.tr("Find"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.text():
            self.clear()
        else:
            self.escaped.emit()
