from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from clipdesk import store_settings
from clipdesk.core.encoder import EncoderIdentity
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.store.embedding_store import EmbeddingStore, StoredText
from clipdesk.core.store.thumbnail_store import THUMBNAILS_NAME, ThumbnailStore
from clipdesk.gui.kit.words import size_text
from clipdesk.gui.session.background import Background
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.settings.preferences_dialog import PreferencesDialog
from clipdesk.gui.settings.store_fields import StoreFields

IDENTITY = EncoderIdentity("m", "c", "p")


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A settings file for this test."""
    path = tmp_path / "config" / "store.json"
    monkeypatch.delenv("CLIPDESK_CACHE_DIR")
    return path


@pytest.fixture
def store(tmp_path: Path, saved: Path) -> Iterator[EmbeddingStore]:
    with contextlib.closing(EmbeddingStore(tmp_path / "cache" / store_settings.FILE_NAME)) as store:
        store.put_texts(IDENTITY, {f"{n}": StoredText(np.ones(64, np.float32), False) for n in range(2000)})
        yield store


@pytest.fixture
def background() -> Iterator[Background]:
    background = Background()
    yield background
    background.stop()


@pytest.fixture
def dialog(qtbot: QtBot, store: EmbeddingStore, tmp_path: Path) -> PreferencesDialog:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    dialog = PreferencesDialog(Preferences(settings), 0.5)
    qtbot.addWidget(dialog)
    return dialog


@pytest.fixture
def fields(store: EmbeddingStore, background: Background, dialog: PreferencesDialog, saved: Path) -> StoreFields:
    fields = StoreFields(store, background, dialog, settings_file=saved)
    dialog.add_store(fields)
    return fields


def test_the_folder_the_limit_and_the_size_are_shown(fields: StoreFields, store: EmbeddingStore) -> None:
    assert fields.folder.text() == str(store.path.parent)
    assert fields.limit.value() == 2
    assert fields.clear.text().startswith("Clear… (") and "kB" in fields.clear.text()


def test_clearing_asks_first_and_frees_the_space(qtbot: QtBot, fields: StoreFields, store: EmbeddingStore) -> None:
    before = store.size_bytes
    fields.clear.click()
    (box,) = fields.parent().findChildren(QMessageBox)
    assert "Delete all kept scores and thumbnails?" in box.text()

    next(button for button in box.buttons() if button.text() == "Clear").click()
    qtbot.waitUntil(fields.clear.isEnabled)

    assert store.find_texts(IDENTITY, ["1"]) == {}
    assert store.size_bytes < before / 3


def test_thumbnails_are_counted_moved_limited_and_cleared_with_the_scores(
    qtbot: QtBot,
    store: EmbeddingStore,
    background: Background,
    dialog: PreferencesDialog,
    tmp_path: Path,
    saved: Path,
) -> None:
    file = ImageFile(Path("/pictures/a.jpg"), 300_000, 10**18)
    with contextlib.closing(ThumbnailStore(store.path.with_name(THUMBNAILS_NAME))) as thumbnails:
        thumbnails.put(file, bytes(range(256)) * 4000)
        thumbnails.flush()
        fields = StoreFields(store, background, dialog, thumbnails, settings_file=saved)
        assert size_text(store.size_bytes + thumbnails.size_bytes) in fields.clear.text()

        fields.move_store(tmp_path / "elsewhere")
        qtbot.waitUntil(fields.change.isEnabled)
        assert thumbnails.path.parent == store.path.parent == tmp_path / "elsewhere"
        assert thumbnails.find(file) is not None

        fields.clear_store()
        qtbot.waitUntil(fields.clear.isEnabled)
        assert thumbnails.find(file) is None
        assert thumbnails.size_bytes < 100_000


def test_a_new_folder_gets_all_kept_scores_and_is_saved(
    qtbot: QtBot, fields: StoreFields, store: EmbeddingStore, tmp_path: Path, saved: Path
) -> None:
    old = store.path

    fields.move_store(tmp_path / "elsewhere")
    qtbot.waitUntil(fields.change.isEnabled)

    assert fields.folder.text() == str(tmp_path / "elsewhere")
    assert store.path.parent == tmp_path / "elsewhere" and not old.exists()
    assert len(store.find_texts(IDENTITY, ["1", "2"])) == 2
    assert store_settings.load_store_settings(saved).path == store.path


def test_a_folder_that_cannot_be_used_is_not_saved(
    qtbot: QtBot, fields: StoreFields, store: EmbeddingStore, tmp_path: Path, saved: Path
) -> None:
    (tmp_path / "a file").write_text("in the way")
    said: list[str] = []
    store._file.on_problem = said.append
    old = store.path

    fields.move_store(tmp_path / "a file" / "below")
    qtbot.waitUntil(fields.change.isEnabled)

    assert store.path == old
    assert len(said) == 1 and "Choose another folder" in said[0]
    assert not saved.exists()


def test_the_limit_applies_at_once_and_is_saved(
    qtbot: QtBot, fields: StoreFields, store: EmbeddingStore, saved: Path
) -> None:
    fields.limit.setValue(5)
    fields.limit.editingFinished.emit()
    qtbot.waitUntil(lambda: store.limit_bytes == 5_000_000_000)

    assert store_settings.load_store_settings(saved).limit_bytes == 5_000_000_000


def test_closing_the_dialog_while_the_store_moves_keeps_the_new_place(
    qtbot: QtBot, store: EmbeddingStore, tmp_path: Path, saved: Path, background: Background
) -> None:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    dialog = PreferencesDialog(Preferences(settings), 0.5)
    fields = StoreFields(store, background, dialog, settings_file=saved)
    dialog.add_store(fields)

    fields.move_store(tmp_path / "elsewhere")
    with qtbot.waitSignal(dialog.destroyed):
        dialog.deleteLater()
    qtbot.waitUntil(saved.exists)

    assert store_settings.load_store_settings(saved).path == store.path
