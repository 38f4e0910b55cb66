from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QLocale, QObject, Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from clipdesk.gui.kit.elided_label import ElidedLabel, plain_tooltip
from clipdesk.gui.window.job_bar import JobBar, speed_text, time_left_text

#: Of the offscreen platform, about hints for a window manager that is not there.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[JobBar]:
    window = QMainWindow()
    qtbot.addWidget(window)
    bar = JobBar(window)
    window.statusBar().setSizeGripEnabled(False)
    window.statusBar().addPermanentWidget(bar, 1)
    window.resize(1024, 200)
    window.show()
    yield bar


def test_progress_is_shown_as_text(bar: JobBar) -> None:
    bar.set_progress(1920, 3214, 38.2, 34.0)

    assert bar.text.text() == "1,920 of 3,214 · 38 a second · 34 s left"
    assert bar.progress.value() == 597
    assert bar.pause_button.isVisible()
    assert bar.cancel_button.isVisible()


def test_unknown_values_are_omitted(bar: JobBar) -> None:
    bar.set_progress(0, 12, None, None)

    assert bar.text.text() == "0 of 12"
    assert bar.progress.value() == 0


def test_busy_has_no_end_and_no_pause(bar: JobBar) -> None:
    bar.set_busy("Loading the model…")

    assert bar.progress.maximum() == 0
    assert bar.text.text() == "Loading the model…"
    assert not bar.pause_button.isVisible()


def test_a_download_of_many_gigabytes(bar: JobBar) -> None:
    bar.set_download(3_000_000_000, 6_000_000_000, "Downloading ViT-L-14")

    assert bar.text.text() == "Downloading ViT-L-14 · 3.0 GB of 6.0 GB"
    assert bar.progress.value() == 500


def test_a_download_of_unknown_size(bar: JobBar) -> None:
    bar.set_download(3_000_000, 0, "Downloading")

    assert bar.text.text() == "Downloading · 3.0 MB"
    assert bar.progress.maximum() == 0


def test_idle_shows_only_the_text(bar: JobBar) -> None:
    bar.set_busy("Loading…")

    bar.set_idle("Done")

    assert bar.text.text() == "Done"
    assert not bar.progress.isVisible()
    assert not bar.cancel_button.isVisible()


def test_the_buttons_ask(qtbot: QtBot, bar: JobBar) -> None:
    bar.set_progress(1, 10, 1.0, 9.0)

    with qtbot.waitSignal(bar.pause_requested) as paused:
        qtbot.mouseClick(bar.pause_button, Qt.MouseButton.LeftButton)
    bar.set_paused(True)
    with qtbot.waitSignal(bar.pause_requested) as resumed:
        qtbot.mouseClick(bar.pause_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(bar.cancel_requested):
        qtbot.mouseClick(bar.cancel_button, Qt.MouseButton.LeftButton)

    assert paused.args == [True]
    assert resumed.args == [False]


def test_paused_is_shown_and_the_button_resumes(bar: JobBar) -> None:
    bar.set_progress(1, 10, 1.0, 9.0)

    bar.set_paused(True)
    paused = bar.text.text(), bar.pause_button.accessibleName()
    bar.set_progress(2, 10, None, None)
    still = bar.text.text()
    bar.set_paused(False)

    assert paused == ("Paused · 1 of 10", "Resume")
    assert still == "Paused · 2 of 10"
    assert bar.pause_button.toolTip() == "Pause"


def test_paused_before_any_progress(bar: JobBar) -> None:
    bar.set_paused(True)
    bar.set_progress(3, 10, None, None)

    assert bar.text.text() == "Paused · 3 of 10"


def test_the_buttons_do_not_move_while_it_runs(bar: JobBar) -> None:
    bar.set_progress(1888, 3214, 38.0, 88.0)
    bar.grab()
    before = bar.cancel_button.x()

    bar.set_progress(2000, 3214, 9.0, 9.0)
    bar.grab()

    assert bar.cancel_button.x() == before


def test_the_place_is_elided_first_and_keeps_its_tooltip(bar: JobBar) -> None:
    place = "A model with a long name on a server with a long name " * 4
    bar.set_place(place, "No NVIDIA GPU was found.")
    bar.set_progress(1920, 3214, 38.2, 34.0)
    bar.grab()

    assert bar.text.shown_text == bar.text.text()
    assert "…" in bar.place.shown_text
    assert "No NVIDIA GPU" in bar.place.toolTip()


def test_nothing_is_cut_in_height_with_a_large_font(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    font = window.font()
    font.setPixelSize(26)
    window.setFont(font)
    bar = JobBar()
    bar.setFont(font)
    window.statusBar().addPermanentWidget(bar, 1)
    bar.set_progress(1, 2, 1.0, 1.0)
    window.resize(1024, 200)
    window.show()
    window.grab()

    assert bar.text.height() >= bar.text.fontMetrics().height()
    assert bar.height() >= bar.text.height()
    assert window.statusBar().height() >= bar.height()


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.2, "almost done"),
        (34.4, "34 s left"),
        (100, "about 2 min left"),
        (300, "about 5 min left"),
        (7200, "about 2 h left"),
    ],
)
def test_time_left(seconds: float, text: str) -> None:
    assert time_left_text(seconds) == text


@pytest.mark.parametrize(
    ("per_second", "text"), [(1380.0, "1,380 a second"), (6.46, "6.5 a second"), (0.3, "18 a minute")]
)
def test_speed(per_second: float, text: str) -> None:
    assert speed_text(per_second) == text


def test_an_elided_label_shows_a_line_break_as_a_space(qtbot: QtBot) -> None:
    label = ElidedLabel("two\nlines")
    qtbot.addWidget(label)
    label.resize(300, 20)

    assert label.shown_text == "two lines"


def test_tooltips_are_not_markup() -> None:
    assert plain_tooltip("<b>.jpg") == "<qt>&lt;b&gt;.jpg</qt>"
    assert plain_tooltip("") == ""


def test_progress_is_painted_later_not_at_once(qtbot: QtBot) -> None:
    bar = JobBar()
    qtbot.addWidget(bar)
    with qtbot.waitExposed(bar):
        bar.show()
    bar.set_progress(1, 100, None, None)
    bar.grab()
    painted: list[QEvent.Type] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                painted.append(event.type())
            return False

    watch = Watch()
    bar.progress.installEventFilter(watch)

    bar.set_progress(90, 100, None, None)
    assert not painted

    qtbot.waitUntil(lambda: bool(painted))
