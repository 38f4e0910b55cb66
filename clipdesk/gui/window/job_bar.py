"""The content of the status bar: the running job, its progress, and the model with its device or server."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QToolButton, QWidget

from clipdesk.gui.kit.elided_label import ElidedLabel, plain_tooltip
from clipdesk.gui.kit.icons import icon
from clipdesk.gui.kit.theme import GAP, GRID, PADDING
from clipdesk.gui.kit.translation import tr

_BAR_WIDTH = 200
_TEXT_CHARACTERS = 44
_STEPS = 1000
_ICON = QSize(16, 16)


class JobBar(QWidget):
    """Shows the job on the left (progress, text, Pause, Cancel) and the model with its device on the right."""

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
        # Takes the space that the job's text leaves; the full text is in the tooltip.
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
        # Equally high with and without buttons, so that the table above does not jump when a job starts.
        self.setMinimumHeight(self.cancel_button.sizeHint().height() + 2 * GRID)
        self.set_idle("")

    def set_progress(
        self,
        done: int,
        total: int,
        per_second: float | None,
        seconds_left: float | None,
        more: str = "",
        *,
        title: str = "",
    ) -> None:
        """Show how many pictures are done. Omits speed and remaining time while they are None; appends `more`.

        `title` says what is done with them, such as “Moving”.
        """
        self._show_share(done, total)
        counts = self.tr("{done} of {total}").format(done=_number(done), total=_number(total))
        parts = [f"{title} {counts}".lstrip()]
        if per_second:
            parts.append(speed_text(per_second))
        if seconds_left is not None:
            parts.append(time_left_text(seconds_left))
        if more:
            parts.append(more)
        self._running_text = " · ".join(parts)
        if self._paused:
            self._show_text(self.tr("Paused · {progress}").format(progress=parts[0]))
        else:
            self._show_text(self._running_text)
        self._show_buttons(pause=True, cancel=True)

    def set_busy(self, text: str, *, can_cancel: bool = True) -> None:
        """Show a task of unknown duration."""
        self.set_paused(False)
        if self.progress.maximum() != 0:
            self.progress.setRange(0, 0)
        self.progress.show()
        self._show_text(text)
        self._show_buttons(pause=False, cancel=can_cancel)

    def set_download(self, done_bytes: int, total_bytes: int, text: str) -> None:
        """Show a download of `text`. `total_bytes` is 0 if the server did not report the size."""
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
        """Show that nothing is running."""
        self.set_paused(False)
        # A busy indicator would keep a timer running.
        self.progress.setRange(0, _STEPS)
        self.progress.hide()
        self._show_text(text)
        self._show_buttons(pause=False, cancel=False)

    def set_paused(self, paused: bool) -> None:
        """Show whether the job is paused. The next `set_progress` completes the text."""
        if paused == self._paused:
            return
        self._paused = paused
        done = self._running_text.split(" · ")[0]
        if paused:
            self._show_text(self.tr("Paused · {progress}").format(progress=done) if done else self.tr("Paused"))
        else:
            self._show_text(self._running_text)
        self._refresh_buttons()

    def set_place(self, text: str, tooltip: str = "") -> None:
        """Show the model and where it runs."""
        self.place.setText(text)
        self.place.setToolTip(plain_tooltip(tooltip or text))
        # Otherwise screen readers would read the tooltip, with its tags.
        self.place.setAccessibleDescription(tooltip or text)

    def _button(self) -> QToolButton:
        button = QToolButton(autoRaise=True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIconSize(_ICON)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # The padding of the stylesheet is meant for toolbars and too high for a status bar.
        button.setStyleSheet("padding: 3px 6px;")
        return button

    def _show_share(self, done: int, total: int) -> None:
        # QProgressBar.setValue would repaint at once, and with it all that is due in the window: up to 600 ms while
        # other threads compute.
        self.progress.setUpdatesEnabled(False)
        # In thousandths, because the 32 bits of QProgressBar are too few for the bytes of a download.
        self.progress.setRange(0, _STEPS)
        self.progress.setValue(round(_STEPS * min(done, total) / total) if total > 0 else 0)
        self.progress.setUpdatesEnabled(True)
        self.progress.show()

    def _show_text(self, text: str) -> None:
        self.text.setText(text)
        self.text.setVisible(bool(text))
        # While a job runs the text only ever gets wider, so that the buttons do not move away from the mouse.
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
    """Format a speed, such as `38 a second`, `6.5 a second` or `18 a minute`."""
    if per_second < 1:
        text = tr("{number} a minute")
        return text.format(number=_number(max(1, round(per_second * 60))))
    number = _number(round(per_second)) if per_second >= 10 else QLocale().toString(per_second, "f", 1)
    return tr("{number} a second").format(number=number)


def time_left_text(seconds: float) -> str:
    """Format the remaining time, such as `34 s left`, `about 5 min left` or `about 2 h left`."""
    if seconds < 1:
        return tr("almost done")
    if seconds < 90:
        return tr("{seconds} s left").format(seconds=_number(round(seconds)))
    if seconds < 90 * 60:
        return tr("about {minutes} min left").format(minutes=_number(round(seconds / 60)))
    return tr("about {hours} h left").format(hours=_number(round(seconds / 3600)))


def _number(value: int) -> str:
    return QLocale().toString(value)
