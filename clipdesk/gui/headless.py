"""The window's main job without a display: for servers, and for a first look over ssh."""

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

#: Time for thumbnails and the preview to come in before the picture is taken.
_SETTLE_MS = 1500

_NO_MODEL = (
    "There is no model on this computer yet, so the pictures were not labelled. "
    "“clipdesk models list” shows what there is; “clipdesk models download MODEL” fetches one."
)


@dataclass(frozen=True)
class HeadlessResult:
    """What came out: rows in desk order, the files that were written, and what is to be said."""

    rows: tuple[ResultRow, ...]
    names: tuple[str, ...]
    files: tuple[Path, ...]
    message: str
    ok: bool


def run_headless(start: Start, folder: Path, preferences: Preferences | None = None) -> HeadlessResult:
    """Open the window off screen, wait until all is labelled, and save the scores and a picture of it in `folder`."""
    make_application()
    application = Application(start, preferences or Preferences())
    try:
        message = _run(application)
        return _save(application, folder, message)
    finally:
        application.stop()
        application.window.close()


def _run(application: Application) -> str:
    """Label everything; what is to be said in the end, or nothing."""
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
        raise ExportError(f"“{folder}” could not be made: {error.strerror}. Choose another place.") from error
    desk = application.labelling.desk
    rows = tuple(Results.of(desk))
    picture = folder / "window.png"
    files = [picture]
    if not application.window.grab().save(str(picture)):
        raise ExportError(f"“{picture}” could not be written. Choose another place.")
    if desk.scored_labels:
        write_csv(folder / "scores.csv", rows, desk.scored_labels)
        files.insert(0, folder / "scores.csv")
    return HeadlessResult(
        rows if desk.scored_labels else (), desk.scored_labels, tuple(files), message, message in ("", _NO_MODEL)
    )
