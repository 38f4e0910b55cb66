"""Commands that write results to files: tables, keywords in sidecars, data sets, embeddings."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLocale, QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from clipdesk import __version__
from clipdesk.core.export.embeddings import Embeddings, write_embeddings
from clipdesk.core.export.image_folder import METADATA_NAME, write_metadata
from clipdesk.core.export.options import PLAIN_TABLE, TableOptions, common_folder, proposed_stem
from clipdesk.core.export.rows import Results
from clipdesk.core.export.run_details import write_run_details
from clipdesk.core.export.tables import is_json_lines, write_results
from clipdesk.core.export.xmp.sidecars import SidecarOptions, SidecarReport, write_sidecars
from clipdesk.gui.commands.opening import reveal
from clipdesk.gui.commands.problems import show_problem
from clipdesk.gui.export.export_dialog import ExportChoice, ExportDialog
from clipdesk.gui.export.formats import ExportFormat
from clipdesk.gui.export.preview import ROWS as PREVIEW_ROWS
from clipdesk.gui.export.preview_rows import FirstRows
from clipdesk.gui.export.sidecar_fields import sidecar_options_from_json, sidecar_options_to_json
from clipdesk.gui.kit.error_dialog import show_error
from clipdesk.gui.kit.translated import translated
from clipdesk.gui.kit.translation import tr
from clipdesk.gui.kit.words import pictures_text
from clipdesk.gui.results.model import ResultsModel
from clipdesk.gui.session.labelling import Labelling
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.problem import Problem
from clipdesk.gui.window.main_window import MainWindow
from clipdesk.gui.window.news_bar import Action, News

_SIDECARS = "sidecars"
_PROGRESS_S = 0.5
Rows = NDArray[np.integer] | None


class ExportCommands(QObject):
    """Opens the export dialog, and writes what it asks for in the background."""

    _progressed = Signal(object, int, int)  # News, finished sidecars, all sidecars

    def __init__(
        self,
        window: MainWindow,
        labelling: Labelling,
        model: ResultsModel,
        preferences: Preferences,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._labelling = labelling
        self._model = model
        self._preferences = preferences
        self._failure: News | None = None  # about an export that failed
        self._stop = threading.Event()  # ends the writing of sidecars
        self._writing = threading.Lock()  # held while sidecars are written
        window.actions_["export"].triggered.connect(self.choose)
        self._progressed.connect(self._on_progressed)

    def stop(self) -> None:
        """Stop writing sidecars after the present one."""
        self._stop.set()

    def choose(self) -> None:
        """Open the export dialog."""
        desk, preferences = self._labelling.desk, self._preferences
        folder = common_folder(desk.images)

        def first_rows(only_shown: bool) -> FirstRows:
            rows = (self._model.shown_rows if only_shown else np.arange(len(desk)))[:PREVIEW_ROWS]
            return FirstRows(self._results(rows), self._embeddings(rows), folder)

        shown = len(self._model.shown_rows)
        dialog = ExportDialog(
            preferences.export_format,
            preferences.export_options,
            shown,
            len(desk),
            first_rows,
            self._window,
            sidecars=sidecar_options_from_json(preferences.choices(_SIDECARS)),
        )
        dialog.save_requested.connect(lambda choice: self._on_save_requested(dialog, choice))
        dialog.open()

    def _on_save_requested(self, dialog: ExportDialog, choice: ExportChoice) -> None:
        """Ask for the file, then write it. The dialog stays open if the person does not name one."""
        path = self._chosen_path(dialog, choice.format)
        if path is None:
            return
        preferences = self._preferences
        preferences.export_format, preferences.export_options = choice.format.key, choice.options
        preferences.set_choices(_SIDECARS, sidecar_options_to_json(choice.sidecars))
        rows = self._model.shown_rows.copy() if choice.only_shown else None
        dialog.accept()
        if choice.format.key == "xmp":
            self.write_sidecars(choice.sidecars, rows)
        elif choice.format.key == "imagefolder":
            self.write_metadata(path, rows)
        elif choice.format.is_embeddings:
            self.write_embeddings(path, rows)
        else:
            self.export(path, choice.options, rows)

    def _chosen_path(self, dialog: ExportDialog, chosen: ExportFormat) -> Path | None:
        """Return the file or folder that the person names, and None if they do not. Sidecars have their own names."""
        images, start = self._labelling.desk.images, self._preferences.export_folder
        if chosen.key == "xmp":
            return Path()
        if chosen.key == "imagefolder":
            title = self.tr("Choose a folder that contains all the pictures")
            folder = QFileDialog.getExistingDirectory(dialog, title, common_folder(images))
            return Path(folder) if folder else None
        proposed = str(start / f"{proposed_stem(images)}{chosen.suffix}")
        file, _ = QFileDialog.getSaveFileName(dialog, self.tr("Export"), proposed, chosen.file_filter)
        if not file:
            return None
        path = Path(file)
        self._preferences.export_folder = path.parent
        is_other = path.suffix.lower() != chosen.suffix
        if chosen.is_table:
            is_other = is_json_lines(path) != (chosen.key == "jsonl") or not path.suffix
        # The extension decides what is written, and a name such as “scores 1.5” has none.
        return path.with_name(path.name + chosen.suffix) if is_other else path

    # --- files

    def export(self, path: Path, options: TableOptions = PLAIN_TABLE, rows: Rows = None) -> None:
        """Write the scores of all images in desk order, or of these desk rows in the given order.

        Writes the run details beside them if preferred.
        """
        self._preferences.export_folder = path.parent
        desk, encoder, results = self._labelling.desk, self._labelling.encoder, self._results(rows)
        label_set, threshold = desk.label_set, desk.threshold
        options = replace(options, match=results.matches is not None)
        with_details, is_taught = self._preferences.export_details, desk.is_taught

        def write() -> int:
            if encoder is not None and with_details:
                details = path.with_name(f"{path.name}.json")
                write_run_details(
                    details, encoder.identity, encoder.rule, label_set, threshold, __version__, is_taught=is_taught
                )
            return write_results(path, results, results.names, options)

        done = self.tr("Scores of {pictures} saved as {file}.")
        self._labelling.background.run(write, lambda count: self._on_saved(path, done, count), self._on_failed)

    def _results(self, rows: Rows) -> Results:
        """Copy the results of all images or of these desk rows, with what a search says of them."""
        desk, ranking = self._labelling.desk, self._model.ranking
        if ranking is None:
            return Results.of(desk, rows)
        chosen = np.arange(len(desk)) if rows is None else rows
        return Results.of(desk, rows, ranking.keys(chosen.astype(np.int32)))

    def write_metadata(self, folder: Path, rows: Rows = None) -> None:
        """Write `metadata.csv` into this folder."""
        results, path = Results.of(self._labelling.desk, rows), folder / METADATA_NAME
        done = self.tr("Labels of {pictures} saved as {file}.")
        self._labelling.background.run(
            lambda: write_metadata(folder, results), lambda count: self._on_saved(path, done, count), self._on_failed
        )

    def write_embeddings(self, path: Path, rows: Rows = None) -> None:
        """Write the embeddings to this file. Does nothing before there is an encoder."""
        embeddings = self._embeddings(rows)
        if embeddings is None:
            return
        done = self.tr("Embeddings of {pictures} saved as {file}.")
        self._labelling.background.run(
            lambda: write_embeddings(path, embeddings), lambda count: self._on_saved(path, done, count), self._on_failed
        )

    def _embeddings(self, rows: Rows) -> Embeddings | None:
        desk, encoder = self._labelling.desk, self._labelling.encoder
        return None if encoder is None or desk.table is None else Embeddings.of(desk, encoder.identity, rows)

    def _on_saved(self, path: Path, text: str, count: int) -> None:
        self._window.news.withdraw(self._failure)
        self._window.news.show_news(
            text.format(pictures=pictures_text(count), file=path),
            level="good",
            action=(self.tr("Show file"), lambda: reveal(self._window, path)),
        )

    def _on_failed(self, problem: Problem) -> None:
        action = (self.tr("Choose another location…"), self.choose)
        self._failure = show_problem(self._window, self.tr("The export failed"), problem, action)

    # --- sidecars

    def write_sidecars(self, options: SidecarOptions, rows: Rows = None) -> None:
        """Merge the labels into the sidecars of all images, or of these desk rows. It can be stopped."""
        results, stop, news = Results.of(self._labelling.desk, rows), threading.Event(), self._window.news
        self._stop.set()  # an earlier export, whose labels may be out of date
        self._stop = stop
        text = self.tr("Writing the keywords of {pictures}…").format(pictures=pictures_text(len(results)))
        running = news.show_news(text, action=(self.tr("Stop"), stop.set), timeout_ms=0)

        shown_at = time.monotonic()

        def on_progress(done: int, total: int) -> None:
            nonlocal shown_at
            if time.monotonic() - shown_at >= _PROGRESS_S:
                shown_at = time.monotonic()
                self._progressed.emit(running, done, total)

        def write() -> SidecarReport:
            with self._writing:
                return write_sidecars(results, options, on_progress=on_progress, should_stop=stop.is_set)

        def on_written(report: SidecarReport) -> None:
            news.withdraw(running)
            if self._stop is stop:
                self._report_sidecars(report)

        def on_failed(problem: Problem) -> None:
            news.withdraw(running)
            self._on_failed(problem)

        self._labelling.background.run(write, on_written, on_failed)

    @Slot(object, int, int)
    def _on_progressed(self, running: News, done: int, total: int) -> None:
        number = QLocale().toString
        text = self.tr("Writing keywords: {done} of {total} sidecars").format(done=number(done), total=number(total))
        self._window.news.show_progress(running, text)

    def _report_sidecars(self, report: SidecarReport) -> None:
        news = self._window.news
        parts = [
            self.tr("The sidecars of {pictures} have their keywords.").format(pictures=pictures_text(report.pictures))
        ]
        if report.cleared:
            parts.append(
                self.tr("Earlier keywords were removed from {sidecars}.").format(
                    sidecars=_sidecars_text(report.cleared)
                )
            )
        if report.was_stopped:
            parts = [
                self.tr("Stopped. The sidecars of {pictures} have their keywords.").format(
                    pictures=pictures_text(report.pictures)
                )
            ]
        details: Action | None = None
        if report.problems:
            parts.append(_left_alone_text(report.problems))
            lines = "\n".join(f"{path}: {translated(reason)}" for path, reason in report.problems)
            title = self.tr("Sidecars that were left alone")
            details = self.tr("Details…"), lambda: show_error(self._window, title, parts[-1], lines)
        is_whole = not (report.problems or report.was_stopped)
        news.show_news(
            " ".join(parts),
            level="good" if is_whole else "warn",
            second=details,
            timeout_ms=0 if report.problems else None,
        )


def _sidecars_text(count: int) -> str:
    return tr("%Ln sidecar(s)", "", count)


def _left_alone_text(problems: Sequence[tuple[str, str]]) -> str:
    path, reason = problems[0]
    if len(problems) == 1:
        text = tr("“{name}” was left alone, because {reason}.")
    else:
        text = tr("%Ln sidecar(s) were left alone, the first, “{name}”, because {reason}.", "", len(problems))
    return text.format(name=Path(path).name, reason=translated(reason))
