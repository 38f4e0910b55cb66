"""The work that `rows_window.py` measures: the real window, off screen, in a process of its own. Prints a line of JSON.

python packaging/bench/window_work.py {bare,start,table,gallery,label,job,known,folder} [FOLDER …]
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clipdesk.core.desk.desk import Desk
    from clipdesk.core.pictures.scan import ImageFile
    from clipdesk.gui.application import Application

DIMENSION = 512
LABELS = [f"label {number}" for number in range(20)]
#: The interval of the heartbeat. Any longer gap between two beats is a stall.
_BEAT_MS = 2
_TIMEOUT_S = 100


def say(**result: Any) -> None:
    print(json.dumps(result), flush=True)


# --- the start


def bare() -> None:
    """Show an empty PySide6 window."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication(sys.argv[:1])
    _say_when_painted(QMainWindow, lambda painted: _end(painted=painted))
    window = QMainWindow()
    window.resize(1280, 800)
    window.show()
    app.exec()


def start(*arguments: str) -> None:
    """Start `clipdesk` as a user does: the frame, then table, labels and inspector."""
    from clipdesk.__main__ import main
    from clipdesk.gui import start as starting
    from clipdesk.gui.window.main_window import MainWindow

    times = []
    furnish = starting._furnished

    def furnished(*given: Any) -> Application:
        application = furnish(*given)
        _after_what_is_posted(lambda: _end(painted=times[0], complete=time.time()))
        return application

    starting._furnished = furnished
    _say_when_painted(MainWindow, times.append)
    main(list(arguments))


def _end(**result: Any) -> None:
    say(**result)
    os._exit(0)


def _say_when_painted(base: type, say_when: Callable[[float], object]) -> None:
    """Call `say_when` with the time at which a window of this class and its contents are first painted."""
    paint, is_first = base.paintEvent, [True]

    def painted(self: Any, event: Any) -> None:
        paint(self, event)
        if is_first and is_first.pop():
            # Posted events are delivered once all widgets are painted, and this one before all others.
            _after_what_is_posted(lambda: say_when(time.time()), first=True)

    base.paintEvent = painted


_kept: list[Any] = []


def _after_what_is_posted(call: Callable[[], object], *, first: bool = False) -> None:
    """Call once from the event loop: in its next iteration, before (`first`) or after the other posted events."""
    from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt

    class Caller(QObject):
        def event(self, event: QEvent) -> bool:
            call()
            return True

    _kept.append(Caller())
    priority = Qt.EventPriority.HighEventPriority if first else Qt.EventPriority.LowEventPriority
    QCoreApplication.postEvent(_kept[-1], QEvent(QEvent.Type.User), priority.value)


# --- the table


def table(rows_text: str) -> None:
    """Sort, scroll and select in a table with this number of rows."""
    from PySide6.QtCore import Qt

    from clipdesk.gui.kit import theme
    from clipdesk.gui.kit.qt_application import make_application
    from clipdesk.gui.loading.thumbnails import Thumbnails
    from clipdesk.gui.results.cells import FIRST_LABEL, Column
    from clipdesk.gui.results.model import ResultsModel
    from clipdesk.gui.results.table import ResultsTable
    from clipdesk.gui.session.background import Background

    rows = int(rows_text)
    app = make_application()
    theme.apply_theme(app, theme.chosen_scheme("light"))
    desk = _scored_desk(image_files(rows))
    thumbnails = Thumbnails()
    background = Background()
    model = ResultsModel(desk, thumbnails, background=background)
    view = ResultsTable(model)
    view.resize(1000, 700)
    view.show()
    app.processEvents()

    def timed(work: Callable[[], object]) -> float:
        began = time.perf_counter()
        work()
        view.viewport().repaint()
        return (time.perf_counter() - began) * 1000

    def sort(column: int) -> float:
        down = Qt.SortOrder.DescendingOrder
        before, beat, began = model.shown_rows, Heartbeat(), time.perf_counter()
        took = timed(lambda: view.sortByColumn(column, down))
        until(lambda: model.shown_rows is not before)
        shown.append(((time.perf_counter() - began) * 1000, beat.take()[0] if took < 50 else 0))
        view.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        app.processEvents()
        return took

    shown: list[tuple[float, float]] = []
    columns = (Column.NAME, Column.LABEL, Column.PROBABILITY, Column.MARGIN, FIRST_LABEL)
    names = ("name", "label", "probability", "margin", "a label")
    first = {name: sort(column) for name, column in zip(names, columns, strict=True)}
    first_name = {"shown_ms": shown[0][0], "stall_ms": shown[0][1]}
    again = {name: min(sort(column) for _ in range(3)) for name, column in zip(names, columns, strict=True)}

    view.sortByColumn(Column.PROBABILITY, Qt.SortOrder.DescendingOrder)
    bar = view.verticalScrollBar()
    pages, began, cpu_began = 0, time.perf_counter(), time.thread_time()
    while time.perf_counter() - began < 3:
        bar.setValue(bar.value() + bar.pageStep() if bar.value() < bar.maximum() else 0)
        app.processEvents()
        pages += 1
    scrolled = {
        "pages_per_s": pages / (time.perf_counter() - began),
        "pages_per_cpu_s": pages / (time.thread_time() - cpu_began),
    }

    select = []
    for _ in range(5):
        select.append(timed(view.selectAll))
        assert len(view.selected_desk_rows()) == rows
        view.clearSelection()
    say(first_name=first_name, sort_first_ms=first, sort_ms=again, **scrolled, select_all_ms=min(select))
    view.close()
    background.stop()
    thumbnails.stop()


# --- the gallery


def gallery(pictures: str) -> None:
    """Scroll through the gallery of these pictures, grouped by label, in a window of 1920 × 1000 px."""
    from clipdesk.core.pictures.scan import ImageFile
    from clipdesk.gui.kit import theme
    from clipdesk.gui.kit.qt_application import make_application
    from clipdesk.gui.loading.thumbnails import Thumbnails
    from clipdesk.gui.results.model import ResultsModel
    from clipdesk.gui.results.views import ResultsViews

    app = make_application()
    theme.apply_theme(app, theme.chosen_scheme("light"))
    desk = _scored_desk(ImageFile(path, 1, 1) for path in sorted(Path(pictures).glob("*/*.jpg")))
    thumbnails = Thumbnails()
    views = ResultsViews(ResultsModel(desk, thumbnails))
    views.resize(1920, 1000)
    views.show()
    app.processEvents()

    def timed(work: Callable[[], object]) -> tuple[float, float]:
        """Return ms of CPU time of the GUI thread, which other programs do not prolong much, and by the clock."""
        began, cpu_began = time.perf_counter(), time.thread_time()
        work()
        app.processEvents()
        return (time.thread_time() - cpu_began) * 1000, (time.perf_counter() - began) * 1000

    view, bar = views.gallery, views.gallery.verticalScrollBar()
    switch_ms = timed(lambda: views.set_view("gallery"))
    result: dict[str, Any] = {"pictures": len(desk), "switch_ms": switch_ms[0]}
    for size in (96, 320):
        view.set_size(size)
        bar.setValue(0)
        for page in range(4):
            bar.setValue(page * bar.pageStep())
            until(lambda: False, 2)
        bar.setValue(0)
        until(lambda: False, 0.2)
        whole = [timed(view.viewport().repaint) for _ in range(20)]
        loaded = [timed(lambda: bar.setValue(bar.value() + 40)) for _ in range(60)]
        fresh = [timed(lambda: bar.setValue(bar.value() + 40)) for _ in range(600)]
        result[str(size)] = {
            "cells": len(list(view.visible_cells())),
            "whole_ms": [sorted(times) for times in zip(*whole, strict=True)],
            "loaded_ms": [sorted(times) for times in zip(*loaded, strict=True)],
            "fresh_ms": [sorted(times) for times in zip(*fresh, strict=True)],
        }
    result["select_all_ms"] = timed(views.select_all)[0]
    assert len(views.table.selected_desk_rows()) == len(desk)
    say(**result)
    views.close()
    thumbnails.stop()


# --- a label


def label(rows_text: str, folder: str) -> None:
    """Change one of 20 labels with this number of images, and wait until the table shows the new scores."""
    import numpy as np

    from clipdesk.core.labels.label_set import Label, LabelSet
    from clipdesk.core.line.results import RecalledImages

    rows = int(rows_text)
    with running_application(Path(folder), embed_dim=DIMENSION) as application:
        labelling, viewport = application.labelling, application.window.table.viewport()
        desk = labelling.desk
        change = desk.add_images(image_files(rows))
        desk.put_recalled(RecalledImages(np.arange(rows), random_vectors(rows, DIMENSION, 2)))
        labelling.desk_changed.emit(change)
        painted = _Painted(viewport)
        took = []
        kept = tuple(map(Label, LABELS[:-1]))
        for turn in range(9):
            labels = LabelSet((*kept, Label(f"another {turn}")))
            names = labels.names
            began = time.perf_counter(), time.process_time(), time.thread_time()
            labelling.set_label_set(labels)
            painted.wait(lambda names=names: desk.scored_labels == names)
            ended = time.perf_counter(), time.process_time(), time.thread_time()
            took.append([(after - before) * 1000 for before, after in zip(began, ended, strict=True)])
            until(lambda: False, 0.4)
        clock, cpu, gui = [sorted(times) for times in zip(*took[1:], strict=True)]
        say(label_ms=clock, cpu_ms=cpu, gui_cpu_ms=gui, first_ms=took[0][0])


# --- a job


def job(pictures: str, folder: str) -> None:
    """Label real images and record how long the window does not respond."""
    from clipdesk.core.labels.label_set import Label, LabelSet

    with running_application(Path(folder), wait=False, image_size=224) as application:
        beat = Heartbeat()
        ended: list[object] = []
        labelling = application.labelling
        labelling.job_ended.connect(ended.append)
        labelling.set_label_set(LabelSet(tuple(map(Label, LABELS))))
        until(lambda: labelling.encoder is not None)
        load = beat.take()
        began = time.perf_counter()
        labelling.add_paths([Path(pictures)])
        until(lambda: bool(ended))
        took_s = time.perf_counter() - began
        stalls = beat.take()
        assert ended == [None], ended
        count = int((labelling.desk.scores.best >= 0).sum())
        assert count == len(labelling.desk)
        say(stalls_ms=stalls, load_stalls_ms=load, pictures=count, took_s=took_s)


def known(pictures: str, folder: str) -> None:
    """Open images whose contents the store knows, but not their paths, as after a folder was renamed."""
    from clipdesk.core.labels.label_set import Label, LabelSet
    from clipdesk.core.pictures.content import read_content
    from clipdesk.core.store.embedding_store import StoredImage

    with running_application(Path(folder), embed_dim=DIMENSION) as application:
        labelling, store = application.labelling, application.store
        assert store is not None
        assert labelling.encoder is not None
        contents = [content for path in sorted(Path(pictures).iterdir()) if (content := read_content(path)) is not None]
        vectors = random_vectors(len(contents), DIMENSION, 2)
        images = [StoredImage(content.key, vector) for content, vector in zip(contents, vectors, strict=True)]
        store.put_images(labelling.encoder.identity, images)
        labelling.set_label_set(LabelSet(tuple(map(Label, LABELS))))
        until(lambda: False, 1)
        ended: list[object] = []
        labelling.job_ended.connect(ended.append)
        beat, began = Heartbeat(), time.perf_counter()
        labelling.add_paths([Path(pictures)])
        # A job may end before the scan, and another one follow.
        until(lambda: bool(ended) and int((labelling.desk.scores.best >= 0).sum()) == len(contents))
        took_s, stalls, count = time.perf_counter() - began, beat.take(), beat.long_count
        say(stalls_ms=stalls, over_100_ms=count, pictures=len(contents), took_s=took_s)


def folder(pictures: str, folder: str) -> None:
    """Open a very large folder without labels, and measure time, stalls and memory."""
    with running_application(Path(folder)) as application:
        beat, table = Heartbeat(), application.window.table
        painted = _Painted(table.viewport())
        before = _resident_mb()
        scanned: list[int] = []
        application.labelling.scan_ended.connect(lambda found, *_: scanned.append(found))
        began = time.perf_counter()
        application.labelling.add_paths([Path(pictures)])
        painted.wait(lambda: application.model.rowCount() > 0)
        first_rows_s = time.perf_counter() - began
        shown: list[float] = []
        application.thumbnails.thumbnails_loaded.connect(lambda _: shown.append(time.perf_counter() - began))
        until(lambda: bool(scanned))
        scan_s, scan_mb = time.perf_counter() - began, _resident_mb() - before
        scan_stalls = beat.take()
        until(lambda: bool(shown))
        bar = table.verticalScrollBar()
        # About 6,000 thumbnails, three times what memory keeps.
        for page in range(500):
            bar.setValue(page * bar.pageStep())
            until(lambda: False, 0.02)
        until(lambda: False, 0.5)
        say(
            pictures=scanned[0],
            first_rows_s=first_rows_s,
            first_thumbnails_s=shown[0],
            scan_s=scan_s,
            scan_mb=scan_mb,
            scan_stalls_ms=scan_stalls,
            scroll_stalls_ms=beat.take(),
            scroll_mb=_resident_mb() - before - scan_mb,
        )


# --- parts


@contextmanager
def running_application(folder: Path, *, wait: bool = True, **model: Any) -> Iterator[Application]:
    """Run the window with a small real model, and with its own settings and store in `folder`."""
    from PySide6.QtCore import QSettings

    from clipdesk.gui.application import Application
    from clipdesk.gui.kit.qt_application import make_application
    from clipdesk.gui.session.preferences import Preferences
    from clipdesk.gui.session.startup import Start

    if not (folder / "model").exists():
        # In another process: this one must import torch while its window is open, as in real use.
        code = "import pathlib, tiny_model; "
        code += f"tiny_model.build_tiny_model(pathlib.Path({str(folder / 'model')!r}), **{model!r})"
        subprocess.run([sys.executable, "-c", code], check=True)
    make_application()
    preferences = Preferences(QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat))
    application = Application(Start(model=f"local-dir:{folder / 'model'}"), preferences)
    application.window.resize(1280, 800)
    application.window.show()
    application.begin()
    if wait:
        until(lambda: application.labelling.encoder is not None)
        until(lambda: False, 0.5)
    try:
        yield application
    finally:
        application.stop()
        application.window.close()


class _Painted:
    """Waits until a widget is painted while a condition holds."""

    def __init__(self, widget: Any) -> None:
        from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt

        outer = self
        self._holds: Callable[[], bool] = lambda: False
        self._is_painted = False

        class Filter(QObject):
            def eventFilter(self, watched: QObject, event: QEvent) -> bool:
                if event.type() == QEvent.Type.Paint and outer._holds():
                    QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), Qt.EventPriority.HighEventPriority.value)
                return False

            def event(self, event: QEvent) -> bool:
                outer._is_painted = outer._is_painted or event.type() == QEvent.Type.User
                return super().event(event)

        self._filter = Filter()
        widget.installEventFilter(self._filter)

    def wait(self, holds: Callable[[], bool]) -> None:
        self._holds, self._is_painted = holds, False
        until(lambda: self._is_painted)
        self._holds = lambda: False


class Heartbeat:
    """Records the gaps between iterations of the event loop, in ms."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self._last, self._last_cpu = time.perf_counter(), time.thread_time()
        self._gaps: list[float] = []
        self._cpu: list[float] = []
        self.cpu_ms: list[float] = []
        """The longest CPU times of the GUI thread between two beats, in what was taken last."""
        self.long_count = 0  # of stalls over 100 ms in what was taken last
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=_BEAT_MS)
        self._timer.timeout.connect(self._on_beat)
        self._timer.start()

    def _on_beat(self) -> None:
        now, cpu = time.perf_counter(), time.thread_time()
        self._gaps.append((now - self._last) * 1000 - _BEAT_MS)
        self._cpu.append((cpu - self._last_cpu) * 1000)
        self._last, self._last_cpu = now, cpu

    def take(self) -> list[float]:
        gaps, self._gaps, cpu, self._cpu = self._gaps, [], self._cpu, []
        self.long_count = sum(gap > 100 for gap in gaps)
        self.cpu_ms = _longest(cpu)
        return _longest(gaps)


def _longest(times: list[float]) -> list[float]:
    return [round(time, 1) for time in sorted(times, reverse=True)[:5]]


def until(holds: Callable[[], bool], timeout_s: float = _TIMEOUT_S) -> None:
    """Run the event loop until a condition holds or the timeout is over."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    look = QTimer(interval=1)
    look.timeout.connect(lambda: loop.quit() if holds() else None)
    look.start()
    QTimer.singleShot(round(timeout_s * 1000), loop, loop.quit)
    loop.exec()
    look.stop()
    assert timeout_s < _TIMEOUT_S or holds(), "it did not happen in time"


def _scored_desk(files: Iterable[ImageFile]) -> Desk:
    """Return a desk with these images, random embeddings and LABELS."""
    import numpy as np

    from clipdesk.core.desk.desk import Desk
    from clipdesk.core.encoder import EncoderIdentity, ScoreRule
    from clipdesk.core.labels.label_set import Label, LabelSet
    from clipdesk.core.line.results import RecalledImages

    dimension, desk = 16, Desk()
    desk.set_label_set(LabelSet(tuple(map(Label, LABELS))))
    desk.add_images(files)
    desk.choose_encoder(EncoderIdentity("m", "c", "p"), dimension, ScoreRule(20.0))
    desk.set_labels(desk.label_set.labels, random_vectors(len(LABELS), dimension, 1))
    desk.put_recalled(RecalledImages(np.arange(len(desk)), random_vectors(len(desk), dimension, 2)))
    return desk


def image_files(count: int) -> Iterator[ImageFile]:
    from clipdesk.core.pictures.scan import ImageFile

    for number in range(count):
        path = Path(f"/home/someone/Pictures/holiday {number // 1000}/IMG_{number:07}.jpg")
        yield ImageFile(path, 4_000_000 + number, 10**18 + number)


def random_vectors(count: int, dimension: int, seed: int) -> Any:
    import numpy as np

    vectors = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    WORK = {
        "bare": bare, "start": start, "table": table, "gallery": gallery,
        "label": label, "job": job, "known": known, "folder": folder,
    }  # fmt: skip
    WORK[sys.argv[1]](*sys.argv[2:])
