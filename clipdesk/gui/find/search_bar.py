"""The bar above the results in which words and pictures are searched for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from clipdesk.core.find.query import Term, parse_query
from clipdesk.core.pictures.scan import readable_suffixes
from clipdesk.gui.find.likeness_slider import LikenessSlider
from clipdesk.gui.find.picture_term import THUMBNAIL_SIZE, PictureTerm
from clipdesk.gui.kit import icons
from clipdesk.gui.kit.desktop import local_paths
from clipdesk.gui.kit.drop_frame import DropFrame
from clipdesk.gui.kit.number_texts import NumberTexts
from clipdesk.gui.kit.theme import GAP, GRID, PADDING, font_scale
from clipdesk.gui.kit.timers import single_shot
from clipdesk.gui.loading.thumbnails import Thumbnails

Mode = Literal["words", "similar"]

#: Delay before typed words are searched for.
_TYPING_MS = 250
#: How many pictures are shown, 0 for all. The first is chosen at first.
_COUNTS = (100, 10, 25, 50, 250, 1000, 0)
#: Below these widths, the controls have a row of their own, then texts are left out.
_ROOMY, _NARROW, _NARROWEST = 760, 560, 400
#: More pictures than this do not fit into the bar, and blur what is searched for.
MOST_PICTURES = 8


class SearchBar(QWidget):
    """Hidden until `open_for`. In the mode `words` terms are texts and pictures, in `similar` only pictures."""

    terms_changed = Signal()  # `terms` or `least_alike`
    count_changed = Signal()
    label_requested = Signal()
    left = Signal()
    results_requested = Signal()  # the focus shall go to what was found

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mode: Mode = "words"
        self._thumbnails: Thumbnails | None = None
        self._pictures: list[PictureTerm] = []
        self._sent: tuple[object, ...] = ()
        self._typing = single_shot(self, _TYPING_MS, self.send)
        self._sign = QLabel(self)
        self.title = QLabel(self)
        self.title.setProperty("role", "title")
        self.field = _QueryField(self)
        self.counts = QComboBox(self)
        self.counts.setAccessibleName(self.tr("How many pictures"))
        self.counts.setToolTip(self.tr("How many of the best pictures are shown"))
        number = NumberTexts().count
        for count in sorted(_COUNTS, key=lambda count: count or float("inf")):
            text = self.tr("Best {count}").format(count=number(count)) if count else self.tr("All, best first")
            self.counts.addItem(text, count)
        self.counts.setCurrentIndex(self.counts.findData(_COUNTS[0]))
        self.loosely, self.nearly = QLabel(self.tr("vaguely"), self), QLabel(self.tr("nearly the same"), self)
        self.slider = LikenessSlider(self)
        self.label_button = QPushButton(self)
        self.label_button.setAccessibleName(self.tr("Make a label of this"))
        self.label_button.setToolTip(self.tr("Add a label that finds these pictures from now on"))
        self.close_button = QToolButton(self)
        self.close_button.setToolTip(self.tr("Leave the search (Esc)"))
        self.close_button.setAccessibleName(self.tr("Leave the search"))
        self.hint = QLabel(self)
        self.hint.setWordWrap(True)
        self.hint.setProperty("role", "secondary")
        self.drop_frame = DropFrame(self.tr("Search for pictures like this"), self)
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._refresh_icons()
        self.hide()

    def _lay_out(self) -> None:
        self._row = row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self._sign)
        row.addWidget(self.title)
        row.addWidget(self.field, 1)
        row.addStretch(0)
        row.addWidget(self.close_button)
        self._controls = QWidget(self)
        controls = QHBoxLayout(self._controls)
        controls.setContentsMargins(0, 0, 0, 0)
        controls.setSpacing(GAP)
        for widget in (self.counts, self.loosely, self.slider, self.nearly, self.label_button):
            controls.addWidget(widget)
        self._column = column = QVBoxLayout(self)
        # `_fit` adapts the contents. Their size at a larger width must not keep the bar from shrinking.
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        column.setContentsMargins(PADDING, GAP, GAP, GAP)
        column.setSpacing(GRID)
        column.addLayout(row)
        column.addWidget(self._controls, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.hint)

    def _connect(self) -> None:
        self.field.textChanged.connect(lambda _: self._typing.start())
        self.field.returnPressed.connect(self.send)
        self.field.escaped.connect(self.left)
        self.field.results_requested.connect(self.results_requested)
        self.counts.currentIndexChanged.connect(lambda _: self.count_changed.emit())
        self.slider.share_changed.connect(lambda _: self.send())
        self.label_button.clicked.connect(self.label_requested)
        self.close_button.clicked.connect(self.left)

    # --- what is searched for

    @property
    def terms(self) -> tuple[Term, ...]:
        """The pictures, then the words."""
        words = parse_query(self.field.text()) if self.mode == "words" else ()
        return (*(picture.term for picture in self._pictures), *words)

    @property
    def least_alike(self) -> float | None:
        """How alike pictures have to be, 0…1; None in the mode `words`."""
        return self.slider.share if self.mode == "similar" else None

    @property
    def count(self) -> int | None:
        """Show at most this many pictures; None for all."""
        return (self.counts.currentData() or None) if self.mode == "words" else None

    def open_for(self, mode: Mode, pictures: Sequence[Path] = (), total: int = 0) -> None:
        """Show the bar in a mode, with these pictures as terms. `total` is the number of pictures to search."""
        if mode != self.mode or mode == "similar":
            self._set_pictures(pictures)
        self.mode = mode
        if mode == "similar":
            self.slider.set_for(total)
        is_words = mode == "words"
        self.title.setText("" if is_words else self.tr("Similar to"))
        self.field.setVisible(is_words)
        self.counts.setVisible(is_words)
        self.slider.setVisible(not is_words)
        self._fit()
        self._row.setStretch(self._row.indexOf(self.field) + 1, 0 if is_words else 1)
        self.show_state()
        self.show()
        if is_words:
            self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.field.selectAll()
        self._sent = ()
        self.send()

    def clear(self) -> None:
        """Hide the bar, and forget what was searched for. Emits nothing."""
        self._set_pictures(())
        self.field.clear()
        self._typing.stop()
        self._sent = ()
        self.hide()

    def add_pictures(self, paths: Sequence[Path]) -> None:
        """Search for pictures like these, too."""
        known = [picture.term.image for picture in self._pictures]
        self._set_pictures([], [*self._pictures, *(Term(image=path) for path in paths if path not in known)])
        self.send()

    def send(self) -> None:
        """Announce what is searched for now, if it has changed."""
        self._typing.stop()
        now = (self.terms, self.least_alike)
        if now != self._sent:
            self._sent = now
            self.show_state()
            self.terms_changed.emit()

    # --- what is shown

    def use_thumbnails(self, thumbnails: Thumbnails) -> None:
        """Set the source of the pictures' thumbnails."""
        self._thumbnails = thumbnails
        thumbnails.thumbnails_loaded.connect(lambda _: self._show_thumbnails())

    def show_state(self, problem: str = "", *, busy: bool = False, note: str = "") -> None:
        """Show why there is no answer, that it is being computed, a note on the terms, or what can be typed."""
        self.label_button.setEnabled(any(not term.is_excluded for term in self.terms))
        self.label_button.setVisible(self.mode == "words" or bool(self._pictures))
        if problem:
            text = problem
        elif busy:
            text = self.tr("Searching…")
        elif self.terms:
            text = note
        elif self.mode == "similar":
            text = self.tr("Drop pictures here, or select some and choose Find similar.")
        else:
            text = self.tr(
                "Describe what the pictures show. A comma begins another term, +term counts twice, -term leaves out. "
                "A picture dropped here is a term, too."
            )
        self.hint.setText(text)
        self.hint.setVisible(bool(text))

    def _set_pictures(self, paths: Sequence[Path], kept: Sequence[PictureTerm | Term] = ()) -> None:
        terms = [one.term if isinstance(one, PictureTerm) else one for one in kept]
        terms = [*terms, *(Term(image=path) for path in paths)][:MOST_PICTURES]
        for picture in self._pictures:
            self._row.removeWidget(picture)
            picture.hide()
            picture.deleteLater()
        self._pictures = [PictureTerm(term, self, has_weight=self.mode == "words") for term in terms]
        for place, picture in enumerate(self._pictures):
            picture.changed.connect(self.send)
            picture.remove_requested.connect(lambda picture=picture: self._remove(picture))
            self._row.insertWidget(2 + place, picture)
            picture.show()
        self._show_thumbnails()

    def _remove(self, picture: PictureTerm) -> None:
        self._set_pictures([], [other for other in self._pictures if other is not picture])
        self.send()

    def _show_thumbnails(self) -> None:
        for picture in self._pictures if self._thumbnails is not None else ():
            assert self._thumbnails is not None
            assert picture.term.image is not None
            picture.show_thumbnail(self._thumbnails.pixmap(picture.term.image, THUMBNAIL_SIZE))

    def _fit(self) -> None:
        """Adapt the texts to the width."""
        width = self.width() / font_scale()
        is_roomy, is_narrow = width >= _ROOMY, width < _NARROW
        for label in (self.loosely, self.nearly):
            label.setVisible(self.mode == "similar" and not is_narrow)
        is_narrowest = width < _NARROWEST
        self.label_button.setText(self.tr("Make a label") if is_narrowest else self.tr("Make a label of this"))
        self.title.setVisible(self.mode == "similar")
        self._sign.setVisible(self.mode == "words")
        if is_roomy != (self._row.indexOf(self._controls) >= 0):
            self._row.removeWidget(self._controls)
            self._column.removeWidget(self._controls)
            if is_roomy:
                self._row.insertWidget(self._row.count() - 1, self._controls)
            else:
                self._column.insertWidget(1, self._controls, 0, Qt.AlignmentFlag.AlignLeft)
            self._controls.show()
            self.updateGeometry()
        self._column.activate()

    def _refresh_icons(self) -> None:
        self._sign.setPixmap(icons.pixmap("search", 16, self.palette().placeholderText().color().name()))
        self.close_button.setIcon(icons.icon("close"))

    # --- Qt

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._offer(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._offer(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.drop_frame.set_shown(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._offer(event)
        self.drop_frame.set_shown(False)
        if paths := _dragged_pictures(event):
            self.add_pictures(paths)

    def _offer(self, event: QDropEvent) -> None:
        """Accept pictures, whether they are in the list or not. Others go to the window."""
        if not _dragged_pictures(event):
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.drop_frame.set_shown(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(300, super().minimumSizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "drop_frame"):
            self._refresh_icons()
            self._show_thumbnails()


class _QueryField(QLineEdit):
    """A field for words. Escape leaves the search, and Down goes to the results."""

    escaped = Signal()
    results_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setPlaceholderText(self.tr("Search by words, such as “beach at sunset, -people”"))
        self.setAccessibleName(self.tr("Search by words"))
        self.setClearButtonEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.results_requested.emit()
        else:
            super().keyPressEvent(event)


def _dragged_pictures(event: QDropEvent) -> list[Path]:
    """Return the dragged image files. Empty if there is anything else, or too many."""
    paths = local_paths(event.mimeData())
    are_pictures = len(paths) <= MOST_PICTURES and all(path.suffix.lower() in readable_suffixes() for path in paths)
    return paths if are_pictures and all(path.is_file() for path in paths) else []
