"""The row above the table: what is there, what of it is shown, and how."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QSlider, QSpinBox, QWidget

from clipdesk.gui import icons
from clipdesk.gui.filter_menu import FilterButton
from clipdesk.gui.results_order import ResultsCounts, ResultsFilter, RowKind
from clipdesk.gui.results_table import THUMBNAIL_SIZES
from clipdesk.gui.summary_line import SummaryLine
from clipdesk.gui.theme import GAP, PADDING, tokens
from clipdesk.gui.value_switch import ValueSwitch

#: The table follows the typing at this pace.
_TYPING_MS = 150
#: Below these widths words are shortened, then the slider goes: Ctrl+wheel and the menu do the same.
_ROOMY, _NARROW = 860, 660
_SEARCH_WIDTHS = (100, 180)


class FilterBar(QWidget):
    """Emits what the person chose. Setting something from the program emits nothing, `reset_filter` and `show_…` do."""

    filter_changed = Signal(object)  # ResultsFilter
    value_mode_changed = Signal(str)  # cosine or probability
    thumbnail_size_changed = Signal(int)
    left = Signal()  # by Escape, from an empty search field

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sent = ResultsFilter()
        self.summary = SummaryLine(self)
        self.search = _SearchField(self)
        self.menu_button = FilterButton(self)
        self.minimum = self._make_minimum()
        self.value_switch = ValueSwitch(self)
        self.zoom = self._make_zoom()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)

        row = QHBoxLayout(self)
        row.setContentsMargins(PADDING, 6, PADDING, 6)
        row.setSpacing(GAP)
        # `_fit` makes room; what was fitted to a wider bar must not keep this one wide.
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        row.addWidget(self.summary, 1)
        for widget in (self.search, self.menu_button, self.minimum, self.value_switch, self.zoom):
            row.addWidget(widget)

        self._typing.timeout.connect(self._send)
        self.search.textChanged.connect(lambda _: self._typing.start())
        self.search.returnPressed.connect(self._send)
        self.search.escaped.connect(self.left)
        self.menu_button.changed.connect(self._send)
        self.menu_button.changed.connect(self._fit)
        self.minimum.valueChanged.connect(lambda _: self._send())
        self.summary.part_clicked.connect(self._on_part_clicked)
        self.value_switch.mode_chosen.connect(self.value_mode_changed)
        self.zoom.valueChanged.connect(lambda place: self.thumbnail_size_changed.emit(THUMBNAIL_SIZES[place]))

    def _make_minimum(self) -> QSpinBox:
        spin = QSpinBox(self)
        spin.setRange(0, 100)
        spin.setSingleStep(5)
        spin.setSuffix(" %")
        spin.setKeyboardTracking(False)
        # No buttons, but not by setButtonSymbols: with a stylesheet Qt 6.11 then makes the field 1 px wide. And the
        # window's style for text fields would give the field in the box a frame of its own.
        spin.setStyleSheet(
            "QSpinBox::up-button, QSpinBox::down-button { width: 0; border: none; }"
            "QLineEdit { border: none; padding: 0 6px; min-height: 0; background: transparent; }"
        )
        spin.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        spin.setToolTip(self.tr("Show only pictures whose label is at least this probable"))
        spin.setAccessibleName(self.tr("Least probability"))
        return spin

    def _make_zoom(self) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setRange(0, len(THUMBNAIL_SIZES) - 1)
        slider.setPageStep(1)
        slider.setFixedWidth(56)
        slider.setToolTip(self.tr("Size of the pictures (Ctrl+wheel)"))
        slider.setAccessibleName(self.tr("Size of the pictures"))
        return slider

    # --- what is chosen

    @property
    def filter(self) -> ResultsFilter:
        """What the person asks for now."""
        wanted = ResultsFilter(text=self.search.text().strip(), minimum_probability=self.minimum.value() / 100)
        return self.menu_button.apply_to(wanted)

    @Slot()
    def reset_filter(self) -> None:
        """Show all pictures."""
        self._choose(ResultsFilter())

    @Slot(str)
    def show_label(self, name: str) -> None:
        """Show the pictures of one label."""
        self._choose(ResultsFilter(labels=frozenset([name])))

    @Slot()
    def show_unsure(self) -> None:
        """Show the pictures whose label is a guess."""
        self._choose(ResultsFilter(kind=RowKind.UNSURE))

    @Slot()
    def show_unreadable(self) -> None:
        """Show the pictures that could not be read."""
        self._choose(ResultsFilter(kind=RowKind.ERROR))

    @Slot()
    def focus_search(self) -> None:
        """Type to filter by name."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    # --- what is shown

    def set_label_names(self, names: Sequence[str], colors: Sequence[str]) -> None:
        """The labels that the table has columns for, and their colours as #RRGGBB."""
        self.menu_button.set_labels(names, colors)
        self.summary.set_names(names)
        self._send()

    def set_counts(self, counts: ResultsCounts) -> None:
        """Say how many pictures there are of what."""
        self.summary.set_counts(counts)
        self._fit()

    def set_value_mode(self, mode: str) -> None:
        """`cosine` or `probability`."""
        self.value_switch.set_mode(mode)

    def set_thumbnail_size(self, size: int) -> None:
        """One of THUMBNAIL_SIZES."""
        if size in THUMBNAIL_SIZES:
            with QSignalBlocker(self.zoom):
                self.zoom.setValue(THUMBNAIL_SIZES.index(size))

    # --- helpers

    def _choose(self, wanted: ResultsFilter) -> None:
        self.search.setText(wanted.text)
        with QSignalBlocker(self.minimum):
            self.minimum.setValue(round(wanted.minimum_probability * 100))
        self.menu_button.choose(wanted.labels or frozenset(), wanted.kind)
        self._fit()
        self._send()

    @Slot()
    def _send(self) -> None:
        self._typing.stop()
        if self.filter != self._sent:
            self._sent = self.filter
            self.filter_changed.emit(self._sent)

    @Slot(str)
    def _on_part_clicked(self, key: str) -> None:
        if key.startswith("label:"):
            self.show_label(key.removeprefix("label:"))
        elif key == "unsure":
            self.show_unsure()
        elif key == "error":
            self.show_unreadable()

    @Slot()
    def _fit(self) -> None:
        """Shorten what is secondary where it is narrow."""
        roomy, narrow = self.width() >= _ROOMY, self.width() < _NARROW
        prefix = self.tr("at least ") if roomy else "≥ "
        self.minimum.setPrefix(prefix)
        self.minimum.setFixedWidth(self.fontMetrics().horizontalAdvance(f"{prefix}100 %") + 24)
        self.menu_button.set_short(narrow)
        self.value_switch.set_short(not roomy)
        self.zoom.setVisible(not narrow)
        height = self.fontMetrics().height() + 15
        for widget in (self.search, self.menu_button, self.minimum, self.value_switch):
            widget.setFixedHeight(height)
        # The search field gives way to the number of pictures.
        others = [self.menu_button, self.minimum, self.value_switch, *([] if narrow else [self.zoom])]
        taken = sum(widget.sizeHint().width() + GAP for widget in others) + 2 * PADDING + GAP
        least, widest = _SEARCH_WIDTHS
        width = min(max(self.width() - taken - self.summary.shortest_width, least), widest)
        self.search.setFixedWidth(width)
        self.search.setPlaceholderText(self.tr("Find") if width < 140 else self.tr("Find by name"))

    # --- Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(380, super().minimumSizeHint().height())


class _SearchField(QLineEdit):
    """A field for a part of a name. Escape empties it, then leaves it."""

    escaped = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setPlaceholderText(self.tr("Find by name"))
        self.setAccessibleName(self.tr("Find by name"))
        self.setToolTip(self.tr("Show only pictures with this in their name or folder"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._sign = QAction(self)
        self.addAction(self._sign, QLineEdit.ActionPosition.LeadingPosition)
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

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._refresh_icons()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.text():
            self.clear()
        else:
            self.escaped.emit()
