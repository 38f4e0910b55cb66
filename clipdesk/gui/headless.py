"""Label pictures in a window without a display: for servers, and over ssh."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from clipdesk.core.desk.desk_keeper import last_summary
from clipdesk.core.errors import ExportError, LabelError
from clipdesk.core.export.rows import ResultRow, Results
from clipdesk.core.export.tables import write_csv
from clipdesk.core.files import check_writable
from clipdesk.core.labels.label_set import LabelSet
from clipdesk.core.reasons import os_reason
from clipdesk.gui.application import Application
from clipdesk.gui.kit.qt_application import make_application
from clipdesk.gui.kit.translation import install_language
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.problem import Problem
from clipdesk.gui.session.startup import Start
from clipdesk.store_settings import desks_folder

#: Time for thumbnails and the preview to load before the screenshot is taken.
_SETTLE_MS = 1500

_NO_MODEL = (
    "There is no model on this computer yet, so the pictures were not labelled. "
    "“clipdesk models list” shows the available models, and “clipdesk models download MODEL” downloads one."
)
_NO_LABELS = (
    "There are no labels, so nothing was labelled. Type some in the window first, or name them on the command line: "
    "clipdesk label FOLDER --label dog --label cat."
)
_NO_PICTURES = "No pictures were found there."
_NO_CONSENT = "Nothing was sent to the server, because nobody agreed to it. Name the server with --server to agree."


@dataclass(frozen=True)
class HeadlessResult:
    """The results in desk order, the files that were written, and a message for the person ("" for none)."""

    rows: tuple[ResultRow, ...]
    names: tuple[str, ...]
    files: tuple[Path, ...]
    message: str
    ok: bool


def run_headless(start: Start, folder: Path, preferences: Preferences | None = None) -> HeadlessResult:
    """Label the pictures in an off-screen window, and save the scores and a screenshot of the window in `folder`.

    Raises LabelError if there are no labels, and ExportError if a file cannot be written.
    """
    install_language(make_application(), "en")  # like the rest of the command line
    preferences = preferences or Preferences()
    last = last_summary(desks_folder(), preferences.last_document)
    labels = preferences.old_label_set if last is None else last.label_set
    if not start.samples and not labels.labels:
        raise LabelError(_NO_LABELS)
    # Fail now rather than after hours of work.
    _make_folder(folder)
    application = Application(start, preferences, keeps_desk=False)
    try:
        message, ok = _run(application, labels)
        return _save(application, folder, message, ok)
    finally:
        application.stop()
        application.window.close()


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"“{folder}” could not be created: {os_reason(error)}. Choose another folder.") from error
    check_writable(folder / "scores.csv")


def _run(application: Application, labels: LabelSet) -> tuple[str, bool]:
    """Label everything. Return a message about what was not done, "" for none, and whether the run succeeded."""
    loop = QEventLoop()
    messages: list[str] = []
    scan_problems: list[str] = []
    passed_over: list[str] = []
    labelling, window = application.labelling, application.window

    def keep_message(problem: Problem | None) -> None:
        messages.append(problem.message if problem else "")

    def end_if_idle() -> None:
        if not (labelling.is_scanning or labelling.is_loading or labelling.is_running):
            loop.quit()

    def check_later() -> None:
        # The labelling emits its signals before it starts the next step.
        QTimer.singleShot(0, end_if_idle)

    labelling.load_failed.connect(lambda _, problem: keep_message(problem))
    labelling.load_failed.connect(loop.quit)
    labelling.job_ended.connect(keep_message)
    labelling.scan_ended.connect(lambda _, problems, kinds: scan_problems.extend(problems))
    labelling.scan_ended.connect(lambda _, problems, kinds: passed_over.append(kinds.sentence()))
    for signal in (labelling.job_ended, labelling.scan_ended, labelling.encoder_changed, labelling.consent_wanted):
        signal.connect(check_later)
    window.resize(1280, 800)
    window.show()
    application.begin(labels)
    has_model = labelling.is_loading
    check_later()
    loop.exec()
    if application.model.rowCount():
        window.table.selectRow(0)
    QTimer.singleShot(_SETTLE_MS, loop.quit)
    loop.exec()
    if not application.model.rowCount():
        messages.append(scan_problems[0] if scan_problems else _NO_PICTURES)
    if not has_model:
        messages.insert(0, _NO_MODEL)
    if application.server_commands.consent is not None:
        messages.append(_NO_CONSENT)
    message = next(filter(None, messages), "")
    return " ".join(filter(None, [message, *passed_over])), message in ("", _NO_MODEL)


def _save(application: Application, folder: Path, message: str, ok: bool) -> HeadlessResult:
    desk = application.labelling.desk
    rows = tuple(Results.of(desk))
    screenshot = folder / "window.png"
    files = [screenshot]
    if not application.window.grab().save(str(screenshot)):
        raise ExportError(f"“{screenshot}” could not be written. Choose another folder.")
    if desk.scored_labels:
        write_csv(folder / "scores.csv", rows, desk.scored_labels)
        files.insert(0, folder / "scores.csv")
    return HeadlessResult(rows if desk.scored_labels else (), desk.scored_labels, tuple(files), message, ok)
