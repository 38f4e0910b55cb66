"""Corrections in the real window teach the starter model, on real pictures."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clipdesk.__main__ import main
from clipdesk.core.desk.decisions import Origin, Source
from clipdesk.core.desk.order import ResultsFilter
from clipdesk.core.export.rows import Results
from clipdesk.core.teaching.rounds import begin_round, drawn_order
from clipdesk.encoders.models import catalog
from clipdesk.gui.application import Application
from clipdesk.gui.kit.qt_application import make_application
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.startup import Start
from clipdesk.gui.teaching.check_dialog import CheckDialog
from clipdesk.resources import resource_path

pytestmark = pytest.mark.skipif(not catalog.has_starter(), reason="the starter model is not in resources/ yet")

#: Labels that say nothing to the model, as the names of pets or parts do, and the samples that a person means by them.
MEANT = {
    "Rex": ("cat", "owl", "fish", "butterfly"),
    "Lot 7": ("apple", "banana", "lemons", "oranges"),
    "Type B": ("daisies", "rose", "sunflowers"),
    "Garage": ("red car", "sailing boat", "yellow bus"),
    "Tour": ("beach", "desert", "green hills", "mountains", "night sky", "sunset at sea"),
}
PARTS = ((0.0, 0.0), (0.25, 0.0), (0.0, 0.25), (0.25, 0.25))
COUNT = 80

Open = Callable[[], Application]


@pytest.fixture
def open_window(qtbot: QtBot, preferences: Preferences) -> Iterator[Open]:
    opened: list[Application] = []

    def open_one() -> Application:
        make_application()
        application = Application(Start(model="starter"), preferences)
        opened.append(application)
        with qtbot.waitExposed(application.window):
            application.window.show()
        with qtbot.waitSignal(application.labelling.encoder_changed, timeout=60_000):
            application.begin()
        return application

    yield open_one
    for application in opened:
        application.window.close()
        application.stop()


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Four parts of each of twenty samples, which are photos and drawings, in a folder for each meaning."""
    for label, names in MEANT.items():
        (tmp_path / "own" / label).mkdir(parents=True)
        for name in names:
            with Image.open(resource_path("samples") / f"{name}.jpg") as image:
                width, height = image.size
                for number, (left, top) in enumerate(PARTS):
                    box = (left * width, top * height, (left + 0.75) * width, (top + 0.75) * height)
                    part = image.convert("RGB").crop(tuple(round(edge) for edge in box))  # type: ignore[arg-type]
                    part.thumbnail((256, 256))
                    part.save(tmp_path / "own" / label / f"{name} {number}.jpg")
    return tmp_path / "own"


def meant(application: Application, row: int) -> str:
    return application.labelling.desk.images.path(row).parent.name


def accuracy(application: Application) -> float:
    """The share of right labels among pictures that the person has not labelled."""
    desk = application.labelling.desk
    rows = np.flatnonzero(desk.decisions.source != Source.USER).tolist()
    return float(np.mean([desk.labels[desk.decisions.column[row]].name == meant(application, row) for row in rows]))


def label_all(qtbot: QtBot, application: Application, pictures: Path) -> None:
    for name in MEANT:
        qtbot.keyClicks(application.window.labels.input, name)
        qtbot.keyClick(application.window.labels.input, Qt.Key.Key_Return)
    application.desk_commands.add_paths([pictures])
    wait_until_scored(qtbot, application)


def wait_until_scored(qtbot: QtBot, application: Application) -> None:
    desk = application.labelling.desk
    qtbot.waitUntil(lambda: len(desk) == COUNT and bool((desk.scores.best >= 0).all()), timeout=60_000)
    wait_until_learned(qtbot, application)


def wait_until_learned(qtbot: QtBot, application: Application) -> None:
    labelling = application.labelling
    qtbot.waitUntil(lambda: not labelling.teaching.is_busy and not labelling.background.is_busy, timeout=20_000)


def correct(qtbot: QtBot, application: Application, rows: list[int]) -> None:
    """Correct these pictures as a drop on a label does."""
    desk = application.labelling.desk
    for label in desk.label_set.labels:
        paths = [desk.images.path(row) for row in rows if meant(application, row) == label.name]
        application.desk_commands.correct(paths, label.id)
    wait_until_learned(qtbot, application)


def shown(application: Application) -> dict[str, tuple[str, str, str, float]]:
    """Return label, source, status and probability of each picture, as the window shows them."""
    rows = Results.of(application.labelling.desk)
    return {row.filepath: (row.label, row.label_source, row.status, row.probability or 0.0) for row in rows}


def by_command(qtbot: QtBot, application: Application, folder: Path) -> dict[str, tuple[str, str, str, float]]:
    """Save the desk as a document, and return the same from `clipdesk label --desk` and `clipdesk export`."""
    document, tables = folder / "taught.clipdesk", (folder / "label.csv", folder / "export.csv")
    with qtbot.waitSignal(application.documents.saved, timeout=10_000):
        application.file_commands.save_as(document)
    assert main(["label", "--desk", str(document), "--csv", str(tables[0])]) == 0
    assert main(["export", str(document), "--csv", str(tables[1])]) == 0
    assert tables[0].read_bytes() == tables[1].read_bytes()
    with tables[0].open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {
        row["filepath"]: (row["label"], row["label_source"], row["status"], float(row["probability"])) for row in rows
    }


def assert_same(
    found: dict[str, tuple[str, str, str, float]], expected: dict[str, tuple[str, str, str, float]]
) -> None:
    assert {path: row[:3] for path, row in found.items()} == {path: row[:3] for path, row in expected.items()}
    for path, row in expected.items():
        assert found[path][3] == pytest.approx(row[3], abs=1e-3)


def test_corrections_teach_after_a_blind_check_and_survive_a_restart(
    qtbot: QtBot, open_window: Open, pictures: Path, qapp: QApplication
) -> None:
    first = open_window()
    label_all(qtbot, first, pictures)
    before = accuracy(first)
    assert before < 0.6
    correct(qtbot, first, np.random.default_rng(1).permutation(COUNT)[:30].tolist())
    desk, window = first.labelling.desk, first.window
    assert desk.decisions.source[desk.decisions.source != Source.USER].tolist() == [Source.AUTO] * 50
    qtbot.waitUntil(lambda: window.actions_["check_learning"].isEnabled())
    assert "A short check tells if that is better" in window.news.text.text()
    assert "more would help" in str(window.labels.model.index(0).data(Qt.ItemDataRole.ToolTipRole))

    window.actions_["review"].trigger()  # covers the message
    review = first.review_commands.view
    assert "A short check tells if that is better" in review.check.text()
    qtbot.keyClick(window, Qt.Key.Key_F8)
    (dialog,) = window.findChildren(CheckDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    for _ in range(40):
        if dialog.is_decided:
            break
        question = dialog._questions[dialog.place]
        right = question.path.parent.name
        key = {question.first.name: Qt.Key.Key_1, question.second.name: Qt.Key.Key_2}.get(right, Qt.Key.Key_0)
        qtbot.keyClick(dialog, key)
    asked = dialog.place
    qtbot.keyClick(dialog.close_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.is_taught, timeout=20_000)
    qtbot.waitUntil(review.check.isHidden)
    review.close()
    wait_until_learned(qtbot, first)
    qtbot.waitUntil(lambda: "other labels have changed" in window.news.text.text())

    assert accuracy(first) > before + 0.3
    assert "learned" in window.learning.note.text().casefold()
    learned = desk.decisions.has_origin(Origin.TAUGHT)
    assert (
        learned.sum()
        == COUNT - desk.decisions.has_origin(Origin.CONFIRMED).sum() - desk.decisions.has_origin(Origin.CORRECTED).sum()
    )
    sources = [row.label_source for row in Results.of(desk)]
    assert {sources[row] for row in np.flatnonzero(learned)} == {"taught"}
    window.filter_bar.finder.choose(ResultsFilter(origin=Origin.TAUGHT))
    assert sorted(first.model.shown_rows.tolist()) == np.flatnonzero(learned).tolist()
    window.undo_stack.undo()  # all answers of the check in one step; the result of the check stays
    wait_until_learned(qtbot, first)
    assert len(desk.corrections[0]) == 30
    window.undo_stack.redo()
    wait_until_learned(qtbot, first)
    assert len(desk.corrections[0]) > 30 and asked <= 20
    expected = desk.decisions.label_id.tolist()
    assert_same(by_command(qtbot, first, pictures.parent), shown(first))
    window.close()

    second = open_window()
    with qtbot.waitSignal(second.autosave.desk_opened, timeout=20_000):
        qtbot.mouseClick(second.window.drop_zone.continue_button, Qt.MouseButton.LeftButton)
    wait_until_scored(qtbot, second)
    again = second.labelling.desk
    # What is learned from the first pictures that are there again may differ for a moment.
    qtbot.waitUntil(lambda: again.is_taught and again.decisions.label_id.tolist() == expected, timeout=20_000)
    assert second.model.filter.origin == Origin.TAUGHT

    switch = second.window.actions_["learning"]
    qtbot.waitUntil(switch.isEnabled)
    switch.trigger()  # off
    qtbot.waitUntil(lambda: not again.is_taught, timeout=20_000)
    assert accuracy(second) < 0.6
    switch.trigger()
    qtbot.waitUntil(lambda: again.is_taught and again.decisions.label_id.tolist() == expected, timeout=20_000)


def test_a_threshold_of_a_label_is_one_step_of_undo_and_marks_only_its_pictures(
    qtbot: QtBot, open_window: Open, pictures: Path
) -> None:
    application = open_window()
    label_all(qtbot, application, pictures)
    window, desk = application.window, application.labelling.desk
    window.unsure_section.set_open(True)
    label = desk.label_set.by_id(window.labels.current)
    assert label is not None
    column = [one.id for one in desk.labels].index(label.id)
    before = desk.scores.copy()
    with qtbot.waitSignal(application.labelling.desk_changed, timeout=10_000):
        window.unsure.slider.setValue(100)
    assert desk.threshold_of(column) == 1.0
    np.testing.assert_array_equal(desk.scores.probability, before.probability)
    unsure = desk.decisions.status == 1
    assert unsure[desk.decisions.column == column].sum() == (desk.scores.top[desk.decisions.column == column] < 1).sum()
    window.undo_stack.undo()
    assert desk.threshold_of(column) == desk.threshold
    assert window.unsure.reset_button.isHidden()


def test_a_review_in_the_order_of_the_queue_proves_the_gain_without_a_check(
    qtbot: QtBot, open_window: Open, pictures: Path
) -> None:
    application = open_window()
    label_all(qtbot, application, pictures)
    before, desk = accuracy(application), application.labelling.desk
    application.labelling.follow_round(begin_round(desk, 5))
    for row in drawn_order(desk).rows[:40].tolist():
        label = next(one for one in desk.label_set.labels if one.name == meant(application, row))
        application.labelling.correct([row], label.id, in_queue=True)
    qtbot.waitUntil(lambda: desk.is_taught, timeout=20_000)
    wait_until_learned(qtbot, application)

    progress = application.labelling.teaching.progress
    assert progress is not None and progress.choice is not None
    assert progress.choice.is_better and 35 <= progress.choice.sampled <= 40
    assert progress.choice.accuracy_taught > progress.choice.accuracy_words + 0.1
    assert accuracy(application) > before + 0.3
    assert not application.labelling.teaching.can_check
    # The command line labels the saved desk alike.
    application.labelling.set_threshold(0.5)
    assert "taught" in {row[1] for row in shown(application).values()}
    assert_same(by_command(qtbot, application, pictures.parent), shown(application))
