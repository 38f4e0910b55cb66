"""The bar above the table: counts, the switch between values, and the thumbnail size."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from clipdesk.core.desk.decisions import Status
from clipdesk.core.desk.order import ResultsCounts, ResultsFilter
from clipdesk.core.labels.label_set import Label, LabelId
from clipdesk.gui.kit.theme import GAP, PADDING
from clipdesk.gui.kit.value_switch import ValueSwitch
from clipdesk.gui.results.finder import Finder
from clipdesk.gui.results.summary_line import SummaryLine
from clipdesk.gui.results.table import THUMBNAIL_SIZES

#: Below these widths texts are shortened, then the slider is hidden. Ctrl+wheel and the menu set the size as well.
_ROOMY, _NARROW = 600, 440


class FilterBar(QWidget):
    """The bar above the table. Owns the `finder`, which is placed in the toolbar.

    Signals report what the user chose. Setters emit nothing, but `reset_filter` and the `show_…` methods do.
    """

    filter_changed = Signal(object)  # ResultsFilter
    value_mode_changed = Signal(str)  # cosine or probability
    thumbnail_size_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finder = Finder(self)
        self.summary = SummaryLine(self)
        self.value_switch = ValueSwitch(self)
        self.zoom = self._make_zoom()

        row = QHBoxLayout(self)
        row.setContentsMargins(PADDING, 6, PADDING, 6)
        row.setSpacing(GAP)
        # `_fit` adapts the contents. Their size at a larger width must not keep the bar from shrinking.
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        row.addWidget(self.summary, 1)
        row.addWidget(self.value_switch)
        row.addWidget(self.zoom)

        self.finder.filter_changed.connect(self.filter_changed)
        self.summary.part_clicked.connect(self._on_part_clicked)
        self.value_switch.mode_chosen.connect(self.value_mode_changed)
        self.zoom.valueChanged.connect(lambda place: self.thumbnail_size_changed.emit(THUMBNAIL_SIZES[place]))

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
        """The filter that the user has chosen."""
        return self.finder.filter

    @Slot()
    def reset_filter(self) -> None:
        """Show all images."""
        self.finder.choose(ResultsFilter())

    @Slot(object)
    def show_label(self, label_id: LabelId) -> None:
        """Show the images of one label."""
        self.finder.choose(ResultsFilter(labels=frozenset([label_id])))

    @Slot()
    def show_unsure(self) -> None:
        """Show the images whose label is a guess."""
        self.finder.choose(ResultsFilter(status=Status.UNSURE))

    @Slot()
    def show_unreadable(self) -> None:
        """Show the images that could not be read."""
        self.finder.choose(ResultsFilter(status=Status.ERROR))

    # --- what is shown

    def set_labels(self, labels: Sequence[Label], colors: Sequence[str]) -> None:
        """Set the labels that the table has columns for, with colours as #RRGGBB."""
        self.finder.menu_button.set_labels(labels, colors)
        self.summary.set_labels(labels)
        self.finder.send()

    def set_counts(self, counts: ResultsCounts) -> None:
        """Show these counts."""
        self.summary.set_counts(counts)
        self.value_switch.setVisible(not counts.by_similarity)  # there is only the similarity

    def set_value_mode(self, mode: str) -> None:
        """Set the mode: `cosine` or `probability`."""
        self.value_switch.set_mode(mode)

    def set_thumbnail_size(self, size: int) -> None:
        """Set the size, one of THUMBNAIL_SIZES. Other sizes are ignored."""
        if size in THUMBNAIL_SIZES:
            with QSignalBlocker(self.zoom):
                self.zoom.setValue(THUMBNAIL_SIZES.index(size))

    # --- helpers

    @Slot(str)
    def _on_part_clicked(self, key: str) -> None:
        if key.startswith("label:"):
            self.show_label(int(key.removeprefix("label:")))
        elif key == "unsure":
            self.show_unsure()
        elif key == "error":
            self.show_unreadable()
        elif key == "all":
            self.reset_filter()

    def _fit(self) -> None:
        """Adapt the contents to the width."""
        self.value_switch.set_short(self.width() < _ROOMY)
        self.value_switch.setFixedHeight(self.fontMetrics().height() + 15)
        self.zoom.setVisible(self.width() >= _NARROW)

    # --- Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(300, super().minimumSizeHint().height())
