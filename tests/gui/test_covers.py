"""What covers the window for a while: the quick look, the review and the choice of a label."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from accessible_names import nameless, roleless
from cut_off import faults
from focus_rings import without_ring
from PIL import Image
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from clipdesk.core.labels.label_set import Label
from clipdesk.gui.kit import theme
from clipdesk.gui.labels.label_popup import LabelPopup
from clipdesk.gui.loading.picture_loader import PictureLoader
from clipdesk.gui.picture.quick_look import QuickLook, QuickLookCaption
from clipdesk.gui.review.key_list import Answer
from clipdesk.gui.review.label_ranges import LabelRange
from clipdesk.gui.review.review_view import ReviewCaption, ReviewFigures, ReviewView

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class Covers:
    """Opens each of them over a window."""

    def __init__(self, qtbot: QtBot, path: Path) -> None:
        self._qtbot, self._path = qtbot, path
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        self.window.setCentralWidget(QLineEdit())
        self.window.resize(1400, 900)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.loader = PictureLoader(self.window)

    def quick_look(self) -> QWidget:
        look = QuickLook(self.window, loader=self.loader)
        look.show_picture(self._path, QuickLookCaption("a long name.png", "a long label", "#0072B2", 0.97, 3, 1214))
        self._qtbot.waitUntil(lambda: look.view.has_picture)
        return look

    def review(self) -> QWidget:
        view = ReviewView(self.window, self.loader)
        view.open()
        view.show_picture(self._path, ReviewCaption("a label with a long name"))
        view.show_answers([Answer("confirm", "“dog” is right", "Enter"), Answer("give_1", "cat", "1", "#0072B2")])
        view.show_figures(
            ReviewFigures(
                "About 12 of 1,000 wrong (5 to 21)",
                "200 pictures looked at. The automatic label was right for 170.",
                "That is enough.",
                True,
                "37 pictures got another label since this round began.",
                (LabelRange("a label with a long name", "#009E73", "12 of 14", "3 (1 to 9)"),),
            )
        )
        view.show_check("What was learned from your corrections can be checked.")
        view.set_check_keys("Ctrl+Shift+C")
        view.set_round_keys("Ctrl+Shift+R")
        self._qtbot.waitUntil(lambda: view.view.has_picture)
        return view

    def label_popup(self) -> QWidget:
        popup = LabelPopup([Label("dog"), Label("a label with a long name")], self.window)
        popup.open()
        return popup


COVERS = [name for name in vars(Covers) if not name.startswith("_")]


@pytest.fixture
def covers(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[[], Covers]]:
    """Makes the window, in the language and the font of that moment."""
    Image.new("RGB", (300, 200), (80, 90, 160)).save(tmp_path / "a.png")
    made: list[Covers] = []

    def make() -> Covers:
        made.append(Covers(qtbot, tmp_path / "a.png"))
        return made[-1]

    yield make
    for one in made:
        one.loader.stop()


@pytest.mark.parametrize(("language", "scale"), [("en", 1.0), ("en", 2.0), ("ko", 2.0)])
@pytest.mark.parametrize("name", COVERS)
def test_nothing_is_cut_or_overlaps(
    qtbot: QtBot,
    covers: Callable[[], Covers],
    set_font_scale: Callable[[float], None],
    set_language: Callable[[str], None],
    name: str,
    scale: float,
    language: str,
) -> None:
    set_font_scale(scale)
    set_language(language)

    cover: QWidget = getattr(covers(), name)()

    def nothing_is_cut() -> None:
        QApplication.sendPostedEvents()
        assert faults(cover) == []

    qtbot.waitUntil(nothing_is_cut)


@pytest.mark.parametrize("name", COVERS)
def test_every_control_has_a_name_a_role_and_a_focus_ring(
    covers: Callable[[], Covers], set_font_scale: Callable[[float], None], name: str
) -> None:
    set_font_scale(1)
    theme.apply_theme(theme.application(), "light")
    made = covers()
    cover: QWidget = getattr(made, name)()

    assert nameless(cover) == []
    assert roleless(cover) == []
    if name != "label_popup":  # which closes when it loses the focus, and has only one stop
        assert without_ring(made.window) == []
