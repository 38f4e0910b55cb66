"""The button that filters by label and by status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QColor,
    QGuiApplication,
    QIcon,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from clipdesk.core.desk.decisions import Origin, Status
from clipdesk.core.desk.order import ResultsFilter
from clipdesk.core.labels.label_set import Label, LabelId
from clipdesk.gui.kit import icons
from clipdesk.gui.kit.menu_button import MenuButton
from clipdesk.gui.kit.theme import tokens
from clipdesk.gui.kit.translation import tr

_SPOT = 16
_WIDEST_TEXT = 120


class FilterButton(MenuButton):
    """Opens a menu of statuses and labels, which stays open while items are checked."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: tuple[Label, ...] = ()
        self._colors: tuple[str, ...] = ()
        self._wanted: frozenset[LabelId] = frozenset()
        self._label_actions: list[QAction] = []
        self._is_short = False
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.setToolTip(self.tr("Show only some labels, or only unsure, learned or corrected ones"))
        menu = _StayingMenu(self)
        menu.setStyleSheet("QMenu { menu-scrollable: 1; }")
        self._statuses = QActionGroup(self)
        for status, text in (
            (None, self.tr("All pictures")),
            (Status.OK, self.tr("Sure")),
            (Status.UNSURE, self.tr("Unsure")),
            (Status.NONE, self.tr("None of these")),
            (Status.ERROR, self.tr("Can't be read")),
            (Status.WAITING, self.tr("Not labelled yet")),
        ):
            action = self._statuses.addAction(text)
            action.setCheckable(True)
            action.setChecked(status is None)
            action.setData(status)
        menu.addActions(self._statuses.actions())
        menu.addSeparator()
        self._origins = QActionGroup(self)
        # A second click on the one that is checked shows all again.
        self._origins.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        for origin, text in (
            (Origin.AUTO, self.tr("By the words")),
            (Origin.TAUGHT, self.tr("Learned")),
            (Origin.CONFIRMED, self.tr("Confirmed")),
            (Origin.CORRECTED, self.tr("Corrected")),
        ):
            action = self._origins.addAction(text)
            action.setCheckable(True)
            action.setData(origin)
        menu.addActions(self._origins.actions())
        self._labels_heading = menu.addSeparator()
        self.setMenu(menu)
        self._statuses.triggered.connect(self._on_status_chosen)
        self._origins.triggered.connect(self._on_changed)
        self._refresh()

    def apply_to(self, wanted: ResultsFilter) -> ResultsFilter:
        """Return the filter with the labels and status chosen here."""
        action = self._statuses.checkedAction()
        status = None if action is None or action.data() is None else Status(action.data())
        shown = {label.id for label in self._labels}
        chosen = self._origins.checkedAction()
        origin = None if chosen is None else Origin(chosen.data())
        return replace(wanted, labels=self._wanted & shown or None, status=status, origin=origin)

    def choose(
        self,
        labels: frozenset[LabelId] = frozenset(),
        status: Status | None = None,
        origin: Origin | None = None,
    ) -> None:
        """Choose labels, a status and an origin without emitting a signal. No labels means all labels."""
        self._wanted = labels
        for action in self._statuses.actions():
            action.setChecked(action.data() == status)
        for action in self._origins.actions():
            action.setChecked(action.data() == origin)
        for action, label in zip(self._label_actions, self._labels, strict=True):
            with QSignalBlocker(action):
                action.setChecked(label.id in labels)
        self._refresh()

    def set_labels(self, labels: Sequence[Label], colors: Sequence[str]) -> None:
        """Set the labels, with colours as #RRGGBB. Checked labels stay checked, even if they are absent for a while."""
        if ([(label.id, label.name) for label in labels], tuple(colors)) == (
            [(label.id, label.name) for label in self._labels],
            self._colors,
        ):
            return
        before, self._colors = self._colors, tuple(colors)
        for action in self._label_actions[len(labels) :]:
            self.menu().removeAction(action)
            action.deleteLater()
        del self._label_actions[len(labels) :]
        self._labels = tuple(labels)
        for place, (label, color) in enumerate(zip(labels, colors, strict=True)):
            if place == len(self._label_actions):
                self._label_actions.append(self._add_label_action())
            action = self._label_actions[place]
            if color not in before[place : place + 1]:
                action.setIcon(_label_icon(color))
            action.setText(label.name.replace("&", "&&"))
            with QSignalBlocker(action):
                action.setChecked(label.id in self._wanted)
        self._refresh()

    def _add_label_action(self) -> QAction:
        action = QAction(self)
        action.setCheckable(True)
        action.toggled.connect(self._on_changed)
        self.menu().addAction(action)
        return action

    def set_short(self, short: bool) -> None:
        """Hide the text while nothing is chosen."""
        if short != self._is_short:
            self._is_short = short
            self._refresh()

    def _on_status_chosen(self, action: QAction) -> None:
        if action.data() is None and (chosen := self._origins.checkedAction()) is not None:
            chosen.setChecked(False)  # “All pictures” means all of them
        self._on_changed()

    def _on_changed(self) -> None:
        self._wanted = frozenset(
            label.id for action, label in zip(self._label_actions, self._labels, strict=True) if action.isChecked()
        )
        self._refresh()
        self.changed.emit()

    def _refresh(self) -> None:
        """Show what is chosen."""
        chosen = self.apply_to(ResultsFilter())
        status = self._statuses.checkedAction()
        labels = [label.name for label in self._labels if label.id in (chosen.labels or ())]
        parts = [labels[0] if len(labels) == 1 else tr("%Ln label(s)", "", len(labels))] if labels else []
        if chosen.status is not None and status is not None:
            parts.append(status.text())
        if chosen.origin is not None and (origin := self._origins.checkedAction()) is not None:
            parts.append(origin.text())
        text = ", ".join(parts) or ("" if self._is_short else self.tr("Filter"))
        self.setText(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, _WIDEST_TEXT).replace("&", "&&"))
        self.setAccessibleName(self.tr("Filter: {filters}").format(filters=", ".join(parts) or self.tr("All pictures")))
        self._refresh_icon()

    def _refresh_icon(self) -> None:
        """Use the accent colour while a filter is active."""
        t = tokens()
        color = t.text if self.apply_to(ResultsFilter()).shows_all else t.accent
        self.setIcon(QIcon(icons.pixmap("filter", icons.ICON_SIZE, color)))

    # --- Qt

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._refresh_icon()


class _StayingMenu(QMenu):
    """A menu that stays open while its items are checked."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.activeAction()
        if (
            action is not None
            and action.isCheckable()
            and action.isEnabled()
            and self.rect().contains(event.position().toPoint())
        ):
            action.trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action is not None and action.isCheckable():
            action.trigger()
        else:
            super().keyPressEvent(event)


def _label_icon(color: str) -> QIcon:
    """Return a round icon in the label's colour, with a check mark when the label is checked."""
    icon = QIcon()
    icon.addPixmap(_spot(color, checked=False), QIcon.Mode.Normal, QIcon.State.Off)
    icon.addPixmap(_spot(color, checked=True), QIcon.Mode.Normal, QIcon.State.On)
    return icon


def _spot(color: str, *, checked: bool) -> QPixmap:
    edge, ratio = _SPOT, QGuiApplication.primaryScreen().devicePixelRatio()
    pixmap = QPixmap(QSize(edge, edge) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    radius = edge / 2 if checked else 5
    painter.drawEllipse(QPointF(edge / 2, edge / 2), radius, radius)
    if checked:
        # White on dark labels, black on light ones.
        on_label = Qt.GlobalColor.white if QColor(color).lightnessF() < 0.6 else Qt.GlobalColor.black
        pen = QPen(on_label, 1.75)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPolyline([QPointF(4.5, 8.5), QPointF(7, 11), QPointF(11.5, 5.5)])
    painter.end()
    return pixmap
