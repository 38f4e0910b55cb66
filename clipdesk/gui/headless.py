"""Label pictures in a window without a display: for servers, and over ssh."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from clipdesk.core.errors import ExportError
from clipdesk.core.export.rows import ResultRow, Results
from clipdesk.core.export.tables import write_csv
from clipdesk.gui.application import Application
from clipdesk.gui.kit.qt_application import make_application
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.problem import Problem
from clipdesk.gui.session.startup import Start

#: Time for thumbnails and the preview to load before the screenshot is taken.
_SETTLE_MS = 1500

_NO_MODEL = (
    "There is no model on this computer yet, so the pictures were not labelled. "
    "“clipdesk models list” shows the available models, and “clipdesk models download MODEL” downloads one."
)


@dataclass(frozen=True)
class HeadlessResult:
    """The result: rows in the order of the desk, the labels' names, the files written, and a message if any."""

    rows: tuple[ResultRow, ...]
    names: tuple[str, ...]
    files: tuple[Path, ...]
    message: str
    ok: bool


def run_headless(start: Start, folder: Path, preferences: Preferences | None = None) -> HeadlessResult:
    """Label the pictures in an off-screen window, and save the scores and a screenshot in `folder`.

    Raises ExportError if the files cannot be written.
    """
    make_application()
    application = Application(start, preferences or Preferences())
    try:
        message = _run(application)
        return _save(application, folder, message)
    finally:
        application.stop()
        application.window.close()


def _run(application: Application) -> str:
    """Label everything. Return a message for the person, or an empty text."""
    loop = QEventLoop()
    messages: list[str] = []
    labelling, window = application.labelling, application.window

    def end(problem: Problem | None) -> None:
        messages.append(problem.message if problem else "")
        loop.quit()

    labelling.load_failed.connect(lambda _, problem: end(problem))
    labelling.job_ended.connect(end)
    window.resize(1280, 800)
    window.show()
    application.begin()
    if not labelling.is_loading:
        messages.append(_NO_MODEL)
        labelling.scan_ended.connect(loop.quit)
    loop.exec()
    if application.model.rowCount():
        window.table.selectRow(0)
    QTimer.singleShot(_SETTLE_MS, loop.quit)
    loop.exec()
    return next(filter(None, messages), "")


def _save(application: Application, folder: Path, message: str) -> HeadlessResult:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"“{folder}” could not be created: {error.strerror}. Choose another folder.") from error
    desk = application.labelling.desk
    rows = tuple(Results.of(desk))
    screenshot = folder / "window.png"
    files = [screenshot]
    if not application.window.grab().save(str(screenshot)):
        raise ExportError(f"“{screenshot}” could not be written. Choose another folder.")
    if desk.scored_labels:
        write_csv(folder / "scores.csv", rows, desk.scored_labels)
        files.insert(0, folder / "scores.csv")
    return HeadlessResult(
        rows if desk.scored_labels else (), desk.scored_labels, tuple(files), message, message in ("", _NO_MODEL)
    )
