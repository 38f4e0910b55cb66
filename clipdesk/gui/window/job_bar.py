"""What runs, how far it is, and where the model computes: the content of the status bar."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QToolButton, QWidget

from clipdesk.gui.kit.elided_label import ElidedLabel, plain_tooltip
from clipdesk.gui.kit.icons import icon
from clipdesk.gui.kit.theme import GAP, GRID, PADDING

_BAR_WIDTH = 200
_TEXT_CHARACTERS = 44
_STEPS = 1000
_ICON = QSize(16, 16)


class JobBar(QWidget):
    """Left the job: bar, words, Pause and Cancel. Right the model and its place."""

    pause_requested = Signal(bool)
    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paused = False
        self._running_text = ""
        self.progress = QProgressBar(textVisible=False)
        self.progress.setMinimumWidth(_BAR_WIDTH // 3)
        self.progress.setMaximumWidth(_BAR_WIDTH)
        self.progress.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.progress.setAccessibleName(self.tr("Progress"))
        self.text = ElidedLabel(elide=Qt.TextElideMode.ElideRight)
        self.pause_button = self._button()
        self.cancel_button = self._button()
        self.place = ElidedLabel(elide=Qt.TextElideMode.ElideMiddle)
        # It gets what the words leave: they change, and it has a tooltip.
        self.place.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.place.setProperty("role", "secondary")
        self.place.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

        row = QHBoxLayout(self)
        row.setContentsMargins(PADDING, GRID, PADDING, GRID)
        row.setSpacing(GAP)
        row.addWidget(self.progress, 1)
        for widget in (self.text, self.pause_button, self.cancel_button):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(2 * PADDING)
        row.addWidget(self.place, 2)

        self.pause_button.clicked.connect(self._on_pause_clicked)
        self.cancel_button.clicked.connect(self.cancel_requested)
        self._refresh_buttons()
        # As high with buttons as without: the table above must not jump when a job begins.
        self.setMinimumHeight(self.cancel_button.sizeHint().height() + 2 * GRID)
        self.set_idle("")

    def set_progress(
        self, done: int, total: int, per_second: float | None, seconds_left: float | None, more: str = ""
    ) -> None:
        """Pictures done of all. Speed and time are left out while they are not known; `more` is put at the end."""
        self._show_share(done, total)
        parts = [self.tr("{done} of {total}").format(done=_number(done), total=_number(total))]
        if per_second:
            parts.append(speed_text(per_second))
        if seconds_left is not None:
            parts.append(time_left_text(seconds_left))
        if more:
            parts.append(more)
        self._running_text = " · ".join(parts)
        if self._paused:
            self._show_text(self.tr("Paused · {}").format(parts[0]))
        else:
            self._show_text(self._running_text)
        self._show_buttons(pause=True, cancel=True)

    def set_busy(self, text: str, *, can_cancel: bool = True) -> None:
        """Something runs, and nobody knows for how long."""
        self.set_paused(False)
        if self.progress.maximum() != 0:
            self.progress.setRange(0, 0)
        self.progress.show()
        self._show_text(text)
        self._show_buttons(pause=False, cancel=can_cancel)

    def set_download(self, done_bytes: int, total_bytes: int, text: str) -> None:
        """A download: `text` says of what. `total_bytes` 0 where the server did not say."""
        self.set_paused(False)
        si = QLocale.DataSizeFormat.DataSizeSIFormat
        if total_bytes > 0:
            self._show_share(done_bytes, total_bytes)
            amount = self.tr("{done} of {total}").format(
                done=QLocale().formattedDataSize(done_bytes, 1, si),
                total=QLocale().formattedDataSize(total_bytes, 1, si),
            )
        else:
            self.progress.setRange(0, 0)
            self.progress.show()
            amount = QLocale().formattedDataSize(done_bytes, 1, si)
        self._show_text(f"{text} · {amount}")
        self._show_buttons(pause=False, cancel=True)

    def set_idle(self, text: str) -> None:
        """Nothing runs."""
        self.set_paused(False)
        # A bar without an end keeps a timer running.
        self.progress.setRange(0, _STEPS)
        self.progress.hide()
        self._show_text(text)
        self._show_buttons(pause=False, cancel=False)

    def set_paused(self, paused: bool) -> None:
        """Show whether the job waits. The next `set_progress` completes the words."""
        if paused == self._paused:
            return
        self._paused = paused
        done = self._running_text.split(" · ")[0]
        if paused:
            self._show_text(self.tr("Paused · {}").format(done) if done else self.tr("Paused"))
        else:
            self._show_text(self._running_text)
        self._refresh_buttons()

    def set_place(self, text: str, tooltip: str = "") -> None:
        """The model and where it computes, in plain words."""
        self.place.setText(text)
        self.place.setToolTip(plain_tooltip(tooltip or text))

    def _button(self) -> QToolButton:
        button = QToolButton(autoRaise=True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIconSize(_ICON)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # Low enough for a status bar; the padding of the stylesheet is for toolbars.
        button.setStyleSheet("padding: 3px 6px;")
        return button

    def _show_share(self, done: int, total: int) -> None:
        # In thousandths, because a QProgressBar counts in 32 bits and downloads do not.
        self.progress.setRange(0, _STEPS)
        self.progress.setValue(round(_STEPS * min(done, total) / total) if total > 0 else 0)
        self.progress.show()

    def _show_text(self, text: str) -> None:
        self.text.setText(text)
        self.text.setVisible(bool(text))
        # The words come before the place, and only ever take more room, lest the buttons move away from the mouse.
        wanted = min(self.text.sizeHint().width(), self.text.fontMetrics().averageCharWidth() * _TEXT_CHARACTERS)
        self.text.setMinimumWidth(max(wanted, self.text.minimumWidth() if self.progress.isVisibleTo(self) else 0))

    def _show_buttons(self, *, pause: bool, cancel: bool) -> None:
        self.pause_button.setVisible(pause)
        self.cancel_button.setVisible(cancel)

    def _refresh_buttons(self) -> None:
        words = self.tr("Resume") if self._paused else self.tr("Pause")
        self.pause_button.setIcon(icon("play" if self._paused else "pause"))
        self.cancel_button.setIcon(icon("close"))
        for button, text in ((self.pause_button, words), (self.cancel_button, self.tr("Cancel"))):
            button.setText(text)
            button.setToolTip(text)
            button.setAccessibleName(text)

    def _on_pause_clicked(self) -> None:
        self.pause_requested.emit(not self._paused)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._refresh_buttons()
        super().changeEvent(event)


def speed_text(per_second: float) -> str:
    """`38 a second`, `6.5 a second`, `18 a minute`."""
    if per_second < 1:
        text = QCoreApplication.translate("JobBar", "{} a minute")
        return text.format(_number(max(1, round(per_second * 60))))
    text = QCoreApplication.translate("JobBar", "{} a second")
    return text.format(_number(round(per_second)) if per_second >= 10 else QLocale().toString(per_second, "f", 1))


def time_left_text(seconds: float) -> str:
    """`34 s left`, `about 5 min left`, `about 2 h left`: as exact as such a guess deserves."""
    translate = QCoreApplication.translate
    if seconds < 1:
        return translate("JobBar", "almost done")
    if seconds < 90:
        return translate("JobBar", "{} s left").format(_number(round(seconds)))
    if seconds < 90 * 60:
        return translate("JobBar", "about {} min left").format(_number(round(seconds / 60)))
    return translate("JobBar", "about {} h left").format(_number(round(seconds / 3600)))


def _number(value: int) -> str:
    return QLocale().toString(value)
