"""The dialog for unexpected errors, which shows each error once and has a report to copy."""

from __future__ import annotations

import logging
import os
import platform
import re
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal, qVersion
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from clipdesk import __version__
from clipdesk.gui.kit.copy_button import CopyButton
from clipdesk.gui.kit.fitted_dialog import FittedDialog
from clipdesk.gui.kit.icons import icon, pixmap
from clipdesk.gui.kit.theme import GAP, GRID, PADDING, tokens
from clipdesk.gui.kit.translated import translated

logger = logging.getLogger(__name__)

_WIDTH = 520
_DETAILS_HEIGHT = 200
#: Secrets that must not be in a report: `api_key=…` in an address, `Authorization: Bearer …` in a header.
_SECRET = re.compile(
    r"""(?ix) ( \b (?: api[-_]?key | access[-_]?token | token | secret | password | authorization ) \b ["']?
    \s* [=:] \s* ["']? (?: (?: bearer | basic ) \s+ )? ) [^\s"'&,;)}\]]+"""
)


class ErrorDialog(FittedDialog):
    """Says what happened, shows details on request, and copies a report. Not modal."""

    def __init__(self, parent: QWidget | None, title: str, message: str, details: str) -> None:
        super().__init__(parent, _WIDTH)
        # The report stays in English for whoever reads it.
        self.report = report_text(f"{title}\n{message}\n\n{details}")
        self.setWindowTitle(title)
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._symbol = QLabel(alignment=Qt.AlignmentFlag.AlignTop)
        heading = QLabel(title, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        heading.setProperty("role", "title")
        self.message = QLabel(translated(message), wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.message.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.message.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.details_button = QToolButton(autoRaise=True)
        self.details_button.setText(self.tr("Details"))
        self.details_button.setCheckable(True)
        self.details_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.details_button.setVisible(bool(details))
        self.details = QPlainTextEdit(without_secrets(details), readOnly=True)
        self.details.setAccessibleName(self.tr("Details"))
        self.details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.details.setMinimumHeight(_DETAILS_HEIGHT)
        self.details.hide()
        self.copy_button = CopyButton(self.tr("Copy report"), lambda: self.report)
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.setDefault(True)
        self._lay_out(heading)
        self.details_button.toggled.connect(self._on_details_toggled)
        self.close_button.clicked.connect(self.close)
        self._refresh_icons()
        self.close_button.setFocus()

    def _lay_out(self, heading: QLabel) -> None:
        words = QVBoxLayout()
        words.setSpacing(GAP)
        words.addWidget(heading)
        words.addWidget(self.message)
        words.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(PADDING)
        top.addWidget(self._symbol, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self.details_button)
        buttons.addStretch(1)
        buttons.addWidget(self.copy_button)
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(5 * GRID, 5 * GRID, 5 * GRID, 4 * GRID)
        column.setSpacing(4 * GRID)
        column.addLayout(top)
        column.addWidget(self.details, 1)
        column.addLayout(buttons)

    def _refresh_icons(self) -> None:
        self._symbol.setPixmap(pixmap("error", 24, tokens().bad))
        opened = self.details_button.isChecked()
        self.details_button.setIcon(icon("chevron-down" if opened else "chevron-right"))

    def _on_details_toggled(self, shown: bool) -> None:
        self.details.setVisible(shown)
        self._refresh_icons()
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._refresh_icons()
        super().changeEvent(event)


def show_error(parent: QWidget | None, title: str, message: str, details: str) -> ErrorDialog:
    """Open an ErrorDialog above `parent`, which stays usable, and return it."""
    dialog = ErrorDialog(parent, title, message, details)
    # Keep a reference until it is closed: a dialog without a parent has no other owner.
    _open_dialogs.add(dialog)
    dialog.destroyed.connect(lambda: _open_dialogs.discard(dialog))
    dialog.show()
    return dialog


_open_dialogs: set[ErrorDialog] = set()


def report_text(details: str) -> str:
    """Return a report that can be sent to us: versions and details, without keys and the path of the home folder."""
    facts = (
        f"ClipDesk {__version__}",
        f"{platform.platform()}, {platform.machine()}",
        f"Python {platform.python_version()}, Qt {qVersion()}",
    )
    return "\n".join((*facts, "", without_secrets(details).strip(), ""))


def without_secrets(text: str) -> str:
    """Return the text with the home folder replaced by `~` and keys by `…`."""
    home = os.path.normpath(Path.home())
    if len(home) > 1:
        for written in {home, home.replace("\\", "/"), home.replace("\\", "\\\\")}:
            text = re.sub(re.escape(written) + r"(?![\w.-])", "~", text, flags=re.IGNORECASE if os.name == "nt" else 0)
    return _SECRET.sub(r"\1…", text)


class ExceptionReporter(QObject):
    """Catches otherwise uncaught exceptions of all threads, logs them, and shows each distinct one once."""

    error_shown = Signal(ErrorDialog)

    _caught = Signal(str, str)

    def __init__(self, parent_getter: Callable[[], QWidget | None]) -> None:
        super().__init__()
        self._parent_getter = parent_getter
        self._seen: set[tuple[str, str, int]] = set()
        self._before = (sys.excepthook, threading.excepthook)
        self._caught.connect(self._on_caught, Qt.ConnectionType.QueuedConnection)
        sys.excepthook = self._handle
        threading.excepthook = self._handle_thread

    def uninstall(self) -> None:
        """Restore the hooks that were installed before."""
        sys.excepthook, threading.excepthook = self._before

    def _handle_thread(self, caught: threading.ExceptHookArgs) -> None:
        if caught.exc_value is not None and not isinstance(caught.exc_value, SystemExit):
            self._handle(caught.exc_type, caught.exc_value, caught.exc_traceback)

    def _handle(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log and report an exception. Runs on the thread that raised it."""
        if not issubclass(kind, Exception):  # KeyboardInterrupt, SystemExit
            self._before[0](kind, error, trace)
            return
        logger.error("uncaught", exc_info=(kind, error, trace))
        last = traceback.extract_tb(trace)[-1:]
        place = (kind.__name__, last[0].filename, last[0].lineno or 0) if last else (kind.__name__, "", 0)
        if place not in self._seen and QCoreApplication.instance() is not None:
            self._seen.add(place)
            self._caught.emit(f"{kind.__name__}: {error}", "".join(traceback.format_exception(kind, error, trace)))

    def _on_caught(self, summary: str, details: str) -> None:
        message = self.tr(
            "Your pictures are unchanged, and you can go on. If ClipDesk behaves strangely from now on, restart it; "
            "finished work is kept. A report helps us fix this."
        )
        title = self.tr("Something went wrong in ClipDesk")
        parent = self._parent_getter()
        if parent is not None and not shiboken6.isValid(parent):  # the window has been destroyed
            parent = None
        dialog = show_error(parent, title, message, details or summary)
        self.error_shown.emit(dialog)


def install_excepthook(parent_getter: Callable[[], QWidget | None]) -> ExceptionReporter:
    """Show uncaught exceptions in a dialog above the widget that `parent_getter` returns. Call it on the GUI thread."""
    return ExceptionReporter(parent_getter)
