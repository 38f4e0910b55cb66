"""The bar above the results: counts or chips, the switches between values and views, and the thumbnail size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from clipdesk.core.desk.decisions import Status
from clipdesk.core.desk.order import ResultsCounts, ResultsFilter
from clipdesk.core.labels.label_set import Label, LabelId
from clipdesk.gui.kit.theme import GAP, PADDING, font_scale
from clipdesk.gui.kit.value_switch import ValueSwitch, ViewSwitch
from clipdesk.gui.results.finder import Finder
from clipdesk.gui.results.gallery.arranged_view import GALLERY_SIZES
from clipdesk.gui.results.gallery.chips import Choice, LabelChips
from clipdesk.gui.results.summary_line import SummaryLine
from clipdesk.gui.results.table import THUMBNAIL_SIZES

#: Below these widths texts are shortened, then the slider and the switch between the views are hidden. Ctrl+wheel, keys
#: and the menu do the same. Above the gallery there is no switch between values, and so more room.
_ROOMY, _NARROW, _NARROWEST = 880, 520, 440
_SPARE_IN_GALLERY = 40


class FilterBar(QWidget):
    """The bar above the table or gallery. Owns the `finder`, which is placed in the toolbar.

    Signals report what the user chose. Setters emit nothing, but `reset_filter` and the `show_…` methods do.
    """

    filter_changed = Signal(object)  # ResultsFilter
    value_mode_changed = Signal(str)  # cosine or probability
    thumbnail_size_changed = Signal(int)  # of the table
    gallery_size_changed = Signal(int)
    view_chosen = Signal(str)  # table or gallery

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finder = Finder(self)
        self.summary = SummaryLine(self)
        self.chips = LabelChips(self)
        self.chips.hide()
        self.value_switch = ValueSwitch(self)
        self.view_switch = ViewSwitch(self)
        self._sizes = {"table": THUMBNAIL_SIZES, "gallery": GALLERY_SIZES}
        self._size = {"table": THUMBNAIL_SIZES[0], "gallery": GALLERY_SIZES[0]}
        self._by_similarity = False
        self.zoom = self._make_zoom()

        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(PADDING, 6, PADDING, 6)
        row.setSpacing(GAP)
        # `_fit` adapts the contents. Their size at a larger width must not keep the bar from shrinking.
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        row.addWidget(self.summary, 1)
        row.addWidget(self.chips, 1)
        row.addWidget(self.value_switch)
        row.addWidget(self.view_switch)
        row.addWidget(self.zoom)

        self.finder.filter_changed.connect(self.filter_changed)
        self.summary.part_clicked.connect(self._on_part_clicked)
        self.value_switch.mode_chosen.connect(self.value_mode_changed)
        self.finder.filter_changed.connect(self.chips.set_filter)
        self.chips.chosen.connect(self._on_chip_chosen)
        self.view_switch.chosen.connect(self.view_chosen)
        self.zoom.valueChanged.connect(self._on_zoomed)

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
        self.chips.set_labels(labels, colors)
        self.finder.send()

    def set_counts(self, counts: ResultsCounts) -> None:
        """Show these counts."""
        self.summary.set_counts(counts)
        self.chips.set_counts(counts)
        self._by_similarity = counts.by_similarity
        self._show_parts()

    def set_value_mode(self, mode: str) -> None:
        """Set the mode: `cosine` or `probability`."""
        self.value_switch.set_mode(mode)

    def set_thumbnail_size(self, size: int) -> None:
        """Set the table's size, one of THUMBNAIL_SIZES. Other sizes are ignored."""
        self._set_size("table", size)

    def set_gallery_size(self, size: int) -> None:
        """Set the gallery's size, one of GALLERY_SIZES. Other sizes are ignored."""
        self._set_size("gallery", size)

    def set_view(self, view: str) -> None:
        """Set the view: `table` or `gallery`."""
        self.view_switch.select(view)
        with QSignalBlocker(self.zoom):
            self.zoom.setRange(0, len(self._sizes[view]) - 1)
            self.zoom.setValue(self._sizes[view].index(self._size[view]))
        self._show_parts()
        self._fit()

    # --- helpers

    def _set_size(self, view: str, size: int) -> None:
        if size in self._sizes[view]:
            self._size[view] = size
            if view == self.view_switch.choice:
                with QSignalBlocker(self.zoom):
                    self.zoom.setValue(self._sizes[view].index(size))

    @Slot(int)
    def _on_zoomed(self, place: int) -> None:
        view = self.view_switch.choice
        self._size[view] = self._sizes[view][place]
        changed = self.gallery_size_changed if view == "gallery" else self.thumbnail_size_changed
        changed.emit(self._size[view])

    @Slot(object, bool)
    def _on_chip_chosen(self, choice: Choice, adds: bool) -> None:
        wanted = self.filter
        if choice is None:
            self.reset_filter()
        elif isinstance(choice, Status):
            is_chosen = wanted.status == choice
            self.finder.choose(ResultsFilter() if is_chosen else ResultsFilter(status=choice))
        elif adds and wanted.labels is not None:
            labels = wanted.labels ^ {choice}
            self.finder.choose(replace(wanted, labels=labels or None))
        elif wanted.labels == frozenset([choice]):
            self.reset_filter()
        else:
            self.show_label(choice)

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

    def _show_parts(self) -> None:
        """Show what belongs to the view. Beside the similarity to one label alone, there is no probability."""
        is_gallery = self.view_switch.choice == "gallery"
        self.summary.setVisible(not is_gallery)
        self.chips.setVisible(is_gallery)
        self.value_switch.setVisible(not is_gallery and not self._by_similarity)

    def _fit(self) -> None:
        """Adapt the contents to the width."""
        width = self.width() / font_scale()
        self.value_switch.set_short(width < _ROOMY)
        self.value_switch.setFixedHeight(self.fontMetrics().height() + 15)
        self.view_switch.setFixedHeight(self.value_switch.height())
        room = width + (_SPARE_IN_GALLERY if self.view_switch.choice == "gallery" else 0)
        self.zoom.setVisible(room >= _NARROW)
        self.view_switch.setVisible(room >= _NARROWEST)
        # Lay out at once: a request would be carried out after the next paint.
        self.value_switch.updateGeometry()
        self._row.activate()

    # --- Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(300, super().minimumSizeHint().height())
