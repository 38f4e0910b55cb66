from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QObject, Qt, QThread, QTranslator, Signal, Slot
from pytestqt.qtbot import QtBot

from clipdesk.core.messages import Message, counted, decimal, listed, message, sentences
from clipdesk.gui.kit.translated import translated

_WORDS = {
    "“{path}” could not be written: {reason}.": "{reason} – {path} nicht geschrieben.",
    "the disk is full": "Platte voll",
    "{count} files": {1: "{count} Datei", 2: "{count} Dateien"},
    "{names} and {last}": "{names} und {last}",
    "{size} MB": "{size} MB!",
    "{wrong} name": "{name}",
}


class ToyGerman(QTranslator):
    """A translation with two plural forms, without a file."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        found = _WORDS.get(source) if context == "core" else None
        return found[1 if n == 1 else 2] if isinstance(found, dict) else found  # type: ignore[return-value]


@pytest.fixture
def german(qapp: QCoreApplication) -> Iterator[None]:
    before, translator = QLocale(), ToyGerman()
    QLocale.setDefault(QLocale(QLocale.Language.German))
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)
    QLocale.setDefault(before)


@pytest.fixture
def english(qapp: QCoreApplication) -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English))
    yield
    QLocale.setDefault(before)


_FULL = message("core", "“{path}” could not be written: {reason}.").of(
    path=Path("a.csv"), reason=message("core", "the disk is full")
)


def test_a_message_is_translated_with_its_values(german: None) -> None:
    assert translated(_FULL) == "Platte voll – a.csv nicht geschrieben."
    assert translated(listed(["Hund", "Katze", "Auto"])) == "Hund, Katze und Auto"
    assert translated(sentences(_FULL, "Fertig.")) == "Platte voll – a.csv nicht geschrieben. Fertig."
    assert type(translated(_FULL)) is str


def test_numbers_and_counts_are_written_as_the_language_does(german: None) -> None:
    files = counted("core", "{count} files", "1 file", 1)

    assert [translated(files.of(count=count)) for count in (1, 1200)] == ["1 Datei", "1.200 Dateien"]
    assert translated(message("core", "{size} MB").of(size=decimal(1234.56, 1))) == "1.234,6 MB!"


def test_without_a_translation_a_message_is_english(english: None) -> None:
    files = counted("core", "{count} files", "1 file", 1)

    assert translated(_FULL) == _FULL
    assert [translated(files.of(count=count)) for count in (1, 1200)] == ["1 file", "1,200 files"]
    assert translated("any other {text}") == "any other {text}"


def test_a_translation_with_a_wrong_placeholder_is_not_used(german: None, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.CRITICAL):
        assert translated(message("core", "{wrong} name").of(wrong="a")) == "a name"


class _Sender(QObject):
    failed = Signal(object)


class _Receiver(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.received: list[object] = []

    @Slot(object)
    def on_failed(self, sentence: str) -> None:
        self.received.append(sentence)


def test_a_message_passes_between_threads_by_a_signal(qtbot: QtBot) -> None:
    thread, sender, receiver = QThread(), _Sender(), _Receiver()
    sender.moveToThread(thread)
    sender.failed.connect(receiver.on_failed)
    thread.started.connect(lambda: sender.failed.emit(_FULL), Qt.ConnectionType.DirectConnection)

    thread.start()
    qtbot.waitUntil(lambda: bool(receiver.received))
    thread.quit()
    assert thread.wait(5000)

    (message_,) = receiver.received
    assert isinstance(message_, Message) and message_.values == _FULL.values
