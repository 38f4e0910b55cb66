from __future__ import annotations

import sys
from pathlib import Path

import pytest

from clipdesk.core.store.embedding_store import DEFAULT_LIMIT_BYTES
from clipdesk.store_settings import (
    StoreSettings,
    default_folder,
    load_store_settings,
    open_store,
    save_store_settings,
    settings_file,
)


def test_saved_settings_are_loaded(tmp_path: Path) -> None:
    saved = StoreSettings(tmp_path / "other disk", 5_000_000_000)

    save_store_settings(saved, tmp_path / "not made yet" / "store.json")

    assert load_store_settings(tmp_path / "not made yet" / "store.json") == saved


def test_the_defaults_are_the_cache_folder_and_two_gigabytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLIPDESK_CACHE_DIR")

    settings = load_store_settings(tmp_path / "gone.json")

    assert settings.path.parent == default_folder()
    assert settings.limit_bytes == DEFAULT_LIMIT_BYTES == 2_000_000_000
    assert "clipdesk" in str(default_folder()).lower()


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"folder": 5, "limit_bytes": "x"}', '{"folder": "relative", "limit_bytes": true}',
                '{"limit_bytes": 12}', '{"folder": null}'],
)  # fmt: skip
def test_invalid_settings_are_replaced_by_the_defaults(tmp_path: Path, content: str) -> None:
    (tmp_path / "store.json").write_text(content)

    assert load_store_settings(tmp_path / "store.json") == StoreSettings()


def test_the_environment_wins_over_the_chosen_folder(
    tmp_path: Path, own_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = StoreSettings(tmp_path)

    assert settings.path.parent == own_store
    monkeypatch.delenv("CLIPDESK_CACHE_DIR")
    assert settings.path.parent == tmp_path


@pytest.mark.skipif(sys.platform == "win32", reason="no environment variable moves the settings folder of Windows")
def test_the_store_is_where_the_settings_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLIPDESK_CACHE_DIR")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))  # Linux
    monkeypatch.setenv("HOME", str(tmp_path))  # macOS
    assert settings_file().is_relative_to(tmp_path)
    save_store_settings(StoreSettings(tmp_path / "here", 7_000_000))

    store = open_store()

    assert store.path.parent == tmp_path / "here"
    assert store.limit_bytes == 7_000_000
    assert not store.path.exists()
