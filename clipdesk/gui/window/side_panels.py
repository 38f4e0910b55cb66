"""The panels at the sides of the window. Two on one side are one below the other, or tabs if that would be too high."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget


class SidePanel(QDockWidget):
    """A panel that `action` shows and hides. Its contents have a title, so it has none."""

    needs_changed = Signal()  # it is shown or hidden, or its contents need more or less room

    def __init__(self, name: str, title: str, action: QAction, window: QMainWindow) -> None:
        super().__init__(title, window)
        self._action = action
        self.setObjectName(name)
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        bar = QWidget(self)
        bar.setFixedHeight(0)
        self.setTitleBarWidget(bar)
        self.setWidget(QWidget(self))
        action.toggled.connect(self._on_toggled)
        self.visibilityChanged.connect(self._on_visibility_changed)

    @property
    def is_seen(self) -> bool:
        """Whether the panel is seen as soon as the window is: it is neither hidden nor behind another tab."""
        # Qt moves what is behind another tab out of the window.
        return not self.isHidden() and self.geometry().right() >= 0

    def set_content(self, content: QWidget) -> None:
        self.widget().deleteLater()
        self.setWidget(content)

    def _on_visibility_changed(self, _: bool) -> None:
        self._action.setChecked(self.is_seen)
        self.needs_changed.emit()

    def _on_toggled(self, shown: bool) -> None:
        if shown and not self.is_seen:
            self.show()
            self.raise_()
        elif not shown and self.is_seen:
            self.hide()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.needs_changed.emit()
        return done


def stack(upper: SidePanel, lower: SidePanel, room: int) -> None:
    """Put one panel below the other, or behind each other as tabs if both together are higher than `room` px."""
    window = upper.parentWidget()
    assert isinstance(window, QMainWindow)
    if upper.isHidden() or lower.isHidden():
        return
    needed = sum(max(one.widget().minimumHeight(), one.widget().minimumSizeHint().height()) for one in (upper, lower))
    are_tabs = lower in window.tabifiedDockWidgets(upper)
    if needed > room and not are_tabs:
        window.tabifyDockWidget(upper, lower)
        lower.raise_()
    elif needed <= room and are_tabs:
        # `splitDockWidget` would only add another tab.
        window.removeDockWidget(lower)
        window.addDockWidget(window.dockWidgetArea(upper), lower, Qt.Orientation.Vertical)
        lower.show()
