from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from clipdesk.core.desk.decisions import Status
from clipdesk.core.desk.desk import Desk
from clipdesk.core.encoder import EncoderIdentity, ScoreRule
from clipdesk.core.labels.label_set import Label, LabelSet
from clipdesk.core.line.results import EmbeddedImage
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.gui.kit import theme
from clipdesk.gui.kit.number_texts import percent_text
from clipdesk.gui.picture.inspector import Inspector
from clipdesk.gui.session.verdict import color_of, shown_name, verdict

#: The offscreen platform warns about hints for a window manager that does not exist.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

NAMES = ("dog", "고양이", "car")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Five images: dog, 고양이, unreadable, waiting, and one between dog and car."""
    vectors = {0: (1.0, 0.1, 0.0), 1: (0.0, 1.0, 0.2), 4: (0.7, 0.0, 0.69)}
    files = []
    for number in range(5):
        path = tmp_path / f"IMG_{number}.png"
        Image.new("RGB", (60, 40), (40 * number, 90, 160)).save(path)
        files.append(ImageFile(path, path.stat().st_size, path.stat().st_mtime_ns))
    desk = Desk()
    desk.add_images(files)
    desk.set_label_set(LabelSet(tuple(Label(name) for name in NAMES)))
    desk.choose_encoder(EncoderIdentity("m", "c", "p"), 3, ScoreRule(logit_scale=10.0))
    desk.set_labels(desk.label_set.labels, np.eye(3, dtype=np.float32))
    results = [
        EmbeddedImage(row, files[row].path, np.asarray(vector, np.float32) / np.float32(np.linalg.norm(vector)))
        for row, vector in vectors.items()
    ]
    desk.put([*results, EmbeddedImage(2, files[2].path, None, "The file is damaged. Copy it again.")])
    return desk


@pytest.fixture
def inspector(qtbot: QtBot) -> Inspector:
    inspector = Inspector()
    qtbot.addWidget(inspector)
    inspector.resize(300, 640)
    inspector.show()
    return inspector


def wait_for_picture(qtbot: QtBot, inspector: Inspector) -> None:
    qtbot.waitUntil(lambda: inspector.preview.has_picture)


def test_without_an_image_it_says_what_to_do(inspector: Inspector) -> None:
    assert inspector.preview.message == "Select a picture"
    assert inspector.facts.values() == {}


def test_an_image_with_its_label_bars_and_facts(qtbot: QtBot, inspector: Inspector, desk: Desk) -> None:
    inspector.show_picture(desk, 0)
    wait_for_picture(qtbot, inspector)

    assert inspector.headline.text() == "dog"
    assert inspector.percentage.text() == percent_text(float(desk.scores.top[0]))
    assert [bar.name for bar in inspector.bars.bars] == ["dog", "고양이", "car"]
    assert [bar.share for bar in inspector.bars.bars] == sorted(desk.scores.probability[0].tolist(), reverse=True)
    facts = inspector.facts.values()
    assert facts["Name"] == "IMG_0.png"
    assert facts["Folder"] == str(desk.images[0].path.parent)
    assert facts["Pixels"] == "60 × 40 px"
    assert facts["Format"].startswith("PNG")
    assert "Modified" in facts
    inspector.grab()


def test_below_the_threshold_it_is_unsure(inspector: Inspector, desk: Desk) -> None:
    desk.set_threshold(0.9)
    inspector.show_picture(desk, 4)

    assert inspector.headline.text() == "Unsure · dog"
    assert verdict(desk, 4).status == Status.UNSURE


def test_an_unreadable_image_says_why(inspector: Inspector, desk: Desk) -> None:
    inspector.show_picture(desk, 2)

    assert inspector.headline.text() == "Can't be read"
    assert inspector.error_text.text() == "The file is damaged. Copy it again."
    assert inspector.error_text.isVisible()
    assert inspector.bars.bars == []


def test_a_waiting_image_is_shown_without_bars(qtbot: QtBot, inspector: Inspector, desk: Desk) -> None:
    inspector.show_picture(desk, 3)
    wait_for_picture(qtbot, inspector)

    assert inspector.headline.text() == "Not labelled yet"
    assert inspector.bars.bars == []


def test_a_desk_without_labels_and_model(inspector: Inspector, desk: Desk) -> None:
    bare = Desk()
    bare.add_images(desk.images)

    inspector.show_picture(bare, 0)

    assert inspector.headline.text() == "Not labelled yet"


def test_several_images_are_counted(inspector: Inspector, desk: Desk) -> None:
    desk.set_threshold(0.9)
    inspector.show_selection(desk, range(5))

    assert inspector.headline.text() == "5 pictures selected"
    assert {bar.name: bar.value for bar in inspector.bars.bars} == {
        "dog": "1",
        "고양이": "1",
        "unsure": "1",
        "can't be read": "1",
        "not labelled yet": "1",
    }
    assert not inspector.preview.has_picture


def test_a_selection_of_one_is_that_image(inspector: Inspector, desk: Desk) -> None:
    inspector.show_selection(desk, [1])

    assert inspector.headline.text() == "고양이"


def test_refresh_shows_new_scores(inspector: Inspector, desk: Desk) -> None:
    inspector.show_picture(desk, 0)
    names = ("wolf", "house")
    desk.set_label_set(LabelSet(tuple(Label(name) for name in names)))
    desk.set_labels(desk.label_set.labels, np.eye(3, dtype=np.float32)[:2])

    inspector.refresh()

    assert inspector.headline.text() == "wolf"
    assert len(inspector.bars.bars) == 2


def test_refresh_follows_an_image_whose_row_moved(inspector: Inspector, desk: Desk) -> None:
    inspector.show_picture(desk, 1)
    desk.remove_images([0])

    inspector.refresh()

    assert inspector.headline.text() == "고양이"
    assert inspector.facts.values()["Name"] == "IMG_1.png"


def test_refresh_clears_an_image_that_was_removed(inspector: Inspector, desk: Desk) -> None:
    inspector.show_picture(desk, 1)
    desk.remove_images([1])

    inspector.refresh()

    assert inspector.preview.message == "Select a picture"
    assert inspector.path is None


def test_refresh_does_not_load_or_unzoom_the_image_again(qtbot: QtBot, inspector: Inspector, desk: Desk) -> None:
    inspector.show_picture(desk, 0)
    wait_for_picture(qtbot, inspector)
    inspector.preview.set_zoom(9.0)

    inspector.refresh()
    inspector.show_picture(desk, 0)

    assert inspector.preview.zoom == pytest.approx(9.0)


def test_stepping_through_images_shows_the_last_one(qtbot: QtBot, inspector: Inspector, desk: Desk) -> None:
    for row in (0, 1, 3, 4, 0, 3):
        inspector.show_picture(desk, row)
    wait_for_picture(qtbot, inspector)

    middle = inspector.preview.grab().toImage().pixel(inspector.preview.rect().center())
    assert QColor(middle) == QColor(120, 90, 160)


def test_a_double_click_asks_for_the_quick_look(qtbot: QtBot, inspector: Inspector, desk: Desk) -> None:
    inspector.show_picture(desk, 0)

    with qtbot.waitSignal(inspector.quick_look_requested):
        qtbot.mouseDClick(inspector.preview, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(inspector.quick_look_requested):
        inspector.quick_look_button.click()
    with qtbot.waitSignal(inspector.quick_look_requested):
        qtbot.keyClick(inspector.preview, Qt.Key.Key_Space)


def test_the_tooltip_says_that_an_example_is_compared_on_the_scale_of_words(inspector: Inspector, desk: Desk) -> None:
    labels = (*desk.label_set.labels[:2], Label("like this", references=(desk.images.path(0),)))
    desk.set_labels(labels, np.eye(3, dtype=np.float32))

    inspector.show_picture(desk, 0)

    explained = {bar.name for bar in inspector.bars.bars if "example pictures" in bar.tooltip}
    assert explained == {"like this"}
    shares = [bar.share for bar in inspector.bars.bars]
    assert shares == sorted(desk.scores.probability[0].tolist(), reverse=True)


def test_the_tooltip_has_the_cosine_similarity(inspector: Inspector, desk: Desk) -> None:
    inspector.show_picture(desk, 0)

    spot = QPoint(20, 5)
    QApplication.sendEvent(inspector.bars, QHelpEvent(QHelpEvent.Type.ToolTip, spot, inspector.mapToGlobal(spot)))

    assert "dog" in QToolTip.text()
    assert f"{desk.scores.cosine[0, 0]:.4f}" in QToolTip.text()
    QToolTip.hideText()


def test_thirty_labels_with_long_names_can_be_scrolled(inspector: Inspector, desk: Desk) -> None:
    names = tuple(f"{number} a very long label name, 아주 긴 이름" for number in range(30))
    desk.set_label_set(LabelSet(tuple(Label(name) for name in names)))
    vectors = np.random.default_rng(1).normal(size=(30, 3)).astype(np.float32)
    desk.set_labels(desk.label_set.labels, vectors / np.linalg.norm(vectors, axis=1, keepdims=True))

    inspector.show_picture(desk, 0)
    inspector.resize(220, 480)
    QApplication.processEvents()

    assert len(inspector.bars.bars) == 30
    assert inspector.bars.height() == 30 * inspector.bars.row_height
    assert inspector.minimumSizeHint().width() <= 220
    assert inspector.preview.height() >= 180
    inspector.grab()


def test_a_label_keeps_its_own_colour(desk: Desk) -> None:
    dog, *others = desk.label_set.labels
    desk.set_label_set(LabelSet((replace(dog, color="#112233"), *others)))

    assert color_of(desk, 0) == QColor("#112233")
    assert color_of(desk, 1) == theme.label_color(1)


def test_a_long_fact_is_elided_until_it_is_clicked(
    qtbot: QtBot, inspector: Inspector, desk: Desk, tmp_path: Path
) -> None:
    folder = tmp_path / ("a long folder name " * 6).strip()
    folder.mkdir()
    path = folder / "a.png"
    Image.new("RGB", (10, 10)).save(path)
    desk.add_images([ImageFile(path, path.stat().st_size, path.stat().st_mtime_ns)])

    inspector.show_picture(desk, 5)
    value = inspector.facts.value_widget("Folder")
    cut = value.text()
    qtbot.mouseClick(value, Qt.MouseButton.LeftButton)

    assert "…" in cut
    assert value.text() == str(folder)
    assert value.isReadOnly()


def test_a_name_that_is_not_unicode_can_be_shown() -> None:
    assert shown_name(Path("/x/caf\udce9.jpg")) == "caf�.jpg"


@pytest.mark.parametrize(
    ("probability", "text"), [(0.974, "97 %"), (0.0, "0 %"), (0.003, "0 %"), (1.0, "100 %"), (float("nan"), "")]
)
def test_percentages(probability: float, text: str) -> None:
    assert percent_text(probability) == text


def test_a_new_theme_redraws(qtbot: QtBot, inspector: Inspector, desk: Desk) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    inspector.show_picture(desk, 0)
    theme.apply_theme(app, "light")
    light = inspector.quick_look_button.grab().toImage()

    theme.apply_theme(app, "dark")
    dark = inspector.quick_look_button.grab().toImage()
    theme.apply_theme(app, "light")

    assert light != dark
