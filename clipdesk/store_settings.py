"""Where the store lies and how large it may be: decided here, for the window and the command line alike."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from clipdesk.core.files import replace_atomically
from clipdesk.core.store.embedding_store import DEFAULT_LIMIT_BYTES, FILE_NAME, EmbeddingStore
from clipdesk.core.store.thumbnail_store import THUMBNAILS_NAME, ThumbnailStore

#: The environment variable that names another folder, for scripts and tests; it wins over the preferences.
FOLDER_VARIABLE = "CLIPDESK_CACHE_DIR"

_SMALLEST_LIMIT_BYTES = 1_000_000


@dataclass(frozen=True)
class StoreSettings:
    """What a person may set about the store. `folder` None: the system's folder for what can be made again."""

    folder: Path | None = None
    limit_bytes: int = DEFAULT_LIMIT_BYTES

    @property
    def path(self) -> Path:
        """The store's file."""
        chosen = os.environ.get(FOLDER_VARIABLE)
        return (Path(chosen) if chosen else self.folder or default_folder()) / FILE_NAME


def default_folder() -> Path:
    return platformdirs.user_cache_path("clipdesk", appauthor=False)


def settings_file() -> Path:
    """Not among the window's own settings: the command line reads it too, without Qt."""
    return platformdirs.user_config_path("clipdesk", appauthor=False) / "store.json"


def load_store_settings(path: Path | None = None) -> StoreSettings:
    """The settings as they were saved; a value that makes no sense counts as not set."""
    try:
        data = json.loads((path or settings_file()).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return StoreSettings()
    values = data if isinstance(data, dict) else {}
    folder, limit = values.get("folder"), values.get("limit_bytes")
    return StoreSettings(
        folder=Path(folder) if isinstance(folder, str) and Path(folder).is_absolute() else None,
        limit_bytes=limit if type(limit) is int and limit >= _SMALLEST_LIMIT_BYTES else DEFAULT_LIMIT_BYTES,
    )


def save_store_settings(settings: StoreSettings, path: Path | None = None) -> None:
    """Remember the settings. Raises ExportError."""
    target = path or settings_file()
    target.parent.mkdir(parents=True, exist_ok=True)
    with replace_atomically(target) as stream:
        folder = str(settings.folder) if settings.folder else None
        json.dump({"folder": folder, "limit_bytes": settings.limit_bytes}, stream, indent=2)
        stream.write("\n")


def open_thumbnails() -> ThumbnailStore:
    """Thumbnails are kept beside the store, in at most a quarter as much room."""
    settings = load_store_settings()
    return ThumbnailStore(settings.path.with_name(THUMBNAILS_NAME), limit_bytes=settings.limit_bytes // 4)


def open_store(on_problem: Callable[[str], None] | None = None) -> EmbeddingStore:
    """The store that the settings name. Nothing is opened before it is needed."""
    settings = load_store_settings()
    return EmbeddingStore(settings.path, limit_bytes=settings.limit_bytes, on_problem=on_problem)
