"""The language of the window: texts, plural forms, numbers, and Qt's own words."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QDate, QLocale, QObject
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from clipdesk.gui.kit.number_texts import percent_text
from clipdesk.gui.kit.translation import install_language, installed_language, percent_suffix, tr
from clipdesk.gui.kit.words import pictures_text


@pytest.fixture
def korean(qapp: QApplication) -> Iterator[None]:
    install_language(qapp, "ko")
    yield
    install_language(qapp, "en")


def test_english_has_a_form_for_one_and_a_form_for_many() -> None:
    assert pictures_text(1) == "1 picture"
    assert pictures_text(3214) == "3,214 pictures"


def test_verbs_follow_the_number() -> None:
    texts = [tr("%Ln other picture(s) have another label because of that.", "", count) for count in (1, 2)]

    assert texts == [
        "1 other picture has another label because of that.",
        "2 other pictures have another label because of that.",
    ]


@pytest.mark.usefixtures("korean")
def test_korean_texts_and_numbers(qtbot: QtBot) -> None:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(buttons)

    assert pictures_text(3214) == "사진 3,214장"
    assert percent_text(0.97) == "97%"
    assert percent_suffix() == "%"
    assert buttons.button(QDialogButtonBox.StandardButton.Cancel).text() == "취소"
    assert QLocale().toString(QDate(2026, 11, 29), QLocale.FormatType.ShortFormat) == "26. 11. 29."


@pytest.mark.usefixtures("korean")
def test_a_subclass_finds_the_texts_of_its_base_class() -> None:
    class Toolbar(QObject):
        def text(self) -> str:
            return self.tr("Label now")

    class OwnToolbar(Toolbar):
        pass

    assert OwnToolbar().text() == "라벨 붙이기"


def test_another_language_replaces_the_one_before(qapp: QApplication) -> None:
    install_language(qapp, "ko")
    assert installed_language(qapp) == "ko"

    install_language(qapp, "en")

    assert installed_language(qapp) == "en"
    assert tr("almost done") == "almost done"
    assert QLocale().toString(0.5, "f", 2) == "0.50"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="sets the language as Linux does")
@pytest.mark.parametrize(
    ("system", "choice", "expected"),
    [
        ("ko_KR.UTF-8", "system", "ko 사진 1,234장"),
        ("de_DE.UTF-8", "system", "en 1.234 pictures"),  # we speak no German, but write its numbers
        ("de_DE.UTF-8", "en", "en 1,234 pictures"),
        ("C.UTF-8", "made up", "en 1,234 pictures"),
    ],
)
def test_the_language_follows_the_system_unless_one_is_chosen(system: str, choice: str, expected: str) -> None:
    program = f"""
from PySide6.QtCore import QCoreApplication
from clipdesk.gui.kit.translation import install_language, installed_language, tr
app = QCoreApplication([])
install_language(app, {choice!r})
print(installed_language(app), tr("%Ln picture(s)", "", 1234))
"""
    names = ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE")
    environment = {name: value for name, value in os.environ.items() if name not in names}

    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
        env=environment | {"LC_ALL": system, "PYTHONIOENCODING": "utf-8"},
    )

    assert done.stdout.strip() == expected
