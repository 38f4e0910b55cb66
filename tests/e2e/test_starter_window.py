"""The first start labels pictures without network and download."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from kept_desk import keep_labels
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from clipdesk.cli import main
from clipdesk.core.export.rows import Results
from clipdesk.core.labels.label_set import Label, LabelSet, save_label_set
from clipdesk.encoders.models import catalog
from clipdesk.gui.application import Application
from clipdesk.gui.kit.qt_application import make_application
from clipdesk.gui.labels.model import Role
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.startup import Start
from clipdesk.resources import resource_path

pytestmark = pytest.mark.skipif(not catalog.has_starter(), reason="the starter model is not in resources/ yet")

Open = Callable[[Start], Application]


@pytest.fixture
def open_window(qtbot: QtBot, preferences: Preferences) -> Iterator[Open]:
    opened: list[Application] = []

    def build(start: Start) -> Application:
        make_application()
        application = Application(start, preferences)
        opened.append(application)
        with qtbot.waitSignal(application.labelling.job_ended, timeout=60_000):
            application.begin()
        return application

    yield build
    for application in opened:
        application.stop()
        application.window.close()


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """The person's own pictures, outside the folder of the samples."""
    folder = tmp_path / "own"
    folder.mkdir()
    for name in ("cat.jpg", "red car.jpg", "rose.jpg"):
        shutil.copy(resource_path("samples") / name, folder)
    return folder


def test_the_first_start_labels_the_samples_with_the_starter_model(open_window: Open) -> None:
    application = open_window(Start(samples=True))

    desk = application.labelling.desk
    assert application.labelling.encoder is not None
    assert application.labelling.encoder.model == "starter"
    assert (desk.scores.best >= 0).all()
    assert len(desk) >= 24
    assert not application.window.news.isVisibleTo(application.window)


def test_the_model_box_says_what_the_starter_is_and_offers_a_better_one(open_window: Open) -> None:
    application = open_window(Start(samples=True))
    menu = application.window.toolbar.model_button.menu()
    assert isinstance(menu, QMenu)

    menu.aboutToShow.emit()

    texts = [action.text() for action in menu.actions()]
    assert "Starter (built in): simple things only, offline" in texts
    assert any(text.startswith("For real work, get Recommended") for text in texts)


def test_labels_in_another_language_are_marked_and_the_model_for_them_is_named(
    open_window: Open, preferences: Preferences, pictures: Path
) -> None:
    keep_labels(LabelSet((Label("고양이"), Label("cat"))))
    application = open_window(Start(paths=(pictures,)))

    warnings = [application.window.labels.model.index(row).data(Role.WARNING) for row in range(2)]

    assert "고양이" in warnings[0]
    assert catalog.ANY_LANGUAGE.title in warnings[0]
    assert not warnings[1]


def test_after_own_pictures_one_click_leads_to_the_recommended_model(
    qtbot: QtBot, open_window: Open, preferences: Preferences, pictures: Path
) -> None:
    keep_labels(LabelSet((Label("cat"), Label("car"), Label("flower"))))
    application = open_window(Start(paths=(pictures,)))
    news = application.window.news
    text = news.text.text()

    with qtbot.waitSignal(application.labelling.load_started) as started:
        news.action_button.click()
    application.labelling.cancel()

    assert "simple things" in text
    assert started.args == [catalog.RECOMMENDED]


def test_the_offer_of_a_better_model_stays_until_closed_and_then_does_not_come_back(
    open_window: Open, preferences: Preferences, pictures: Path
) -> None:
    keep_labels(LabelSet((Label("cat"), Label("car"), Label("flower"))))
    news = open_window(Start(paths=(pictures,))).window.news
    assert news.current is not None and news.current.timeout_ms == 0
    assert "simple things" in open_window(Start(paths=(pictures,))).window.news.text.text()

    news.close_button.click()

    assert open_window(Start(paths=(pictures,))).window.news.current is None


def test_a_model_that_the_person_did_not_choose_is_not_saved(open_window: Open, preferences: Preferences) -> None:
    open_window(Start(samples=True))

    assert not preferences.model


def test_window_and_command_line_agree_about_an_example_picture_among_words(
    qtbot: QtBot, open_window: Open, preferences: Preferences, tmp_path: Path
) -> None:
    words = ("flower", "fruit", "vehicle", "building", "document")
    label_set = LabelSet((*map(Label, words), Label("like this", (), (resource_path("samples") / "green hills.jpg",))))
    save_label_set(label_set, tmp_path / "labels.json")
    samples, scores = resource_path("samples"), tmp_path / "scores.csv"
    options = ["--labels", str(tmp_path / "labels.json"), "--model", "starter", "--no-cache", "--csv", str(scores)]
    main(["label", str(samples), *options])
    with scores.open(encoding="utf-8", newline="") as stream:
        expected = {row["filepath"]: row for row in csv.DictReader(stream)}

    keep_labels(label_set)  # so that pictures are scored as they arrive
    labelling = open_window(Start(paths=(samples,), model="starter", no_cache=True)).labelling
    assert labelling.desk.scored_labels == label_set.names
    found = {row.filepath: row for row in Results.of(labelling.desk)}

    assert {path: row.label for path, row in found.items()} == {path: row["label"] for path, row in expected.items()}
    for path, row in found.items():
        assert row.probability == pytest.approx(float(expected[path]["probability"]), abs=1e-3)
        cosines = [float(expected[path][f"cosine:{name}"]) for name in label_set.names]
        assert row.cosine == pytest.approx(cosines, abs=1e-3)
    # The raw cosines of the example are higher: without the scale of words it would take these, too.
    closest = [max(range(len(row.cosine)), key=lambda at: row.cosine[at] or 0.0) for row in found.values()]
    taken = sum(row.label == "like this" for row in found.values())
    assert 0 < taken < closest.count(len(words))


def test_the_answers_beside_an_example_picture_follow_removed_pictures_and_their_return(
    qtbot: QtBot, open_window: Open
) -> None:
    application = open_window(Start(samples=True))
    labelling, desk = application.labelling, application.labelling.desk
    example = Label("like this", (), (resource_path("samples") / "rose.jpg",))
    labelling.set_label_set(LabelSet((Label("building"), Label("vehicle"), example)))
    qtbot.waitUntil(lambda: len(desk.scored) == 3)
    before = desk.scores.copy()

    change = labelling.remove_images(range(20))
    qtbot.waitUntil(lambda: desk.scale_lag == 0)
    after = desk.scores.copy()
    labelling.revert(change)
    qtbot.waitUntil(lambda: desk.scale_lag == 0)

    assert after.scale is not None
    assert after.scale.measured == before.rows - 20
    assert desk.scores.best.tolist() == before.best.tolist()
    assert desk.scores.probability == pytest.approx(before.probability, abs=1e-5)
