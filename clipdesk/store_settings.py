"""The locations of desks, stores and the journal of sorts, for the window and the command line."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from clipdesk.core.files import replace_atomically
from clipdesk.core.sorting.journal import FILE_NAME as JOURNAL_NAME
from clipdesk.core.sorting.journal import SortingJournal
from clipdesk.core.store.embedding_store import DEFAULT_LIMIT_BYTES, FILE_NAME, EmbeddingStore
from clipdesk.core.store.thumbnail_store import THUMBNAILS_NAME, ThumbnailStore

#: The environment variable that sets the store's folder, for scripts and tests. It overrides the settings.
FOLDER_VARIABLE = "CLIPDESK_CACHE_DIR"

#: The environment variable that sets the folder of the desks and of the journal of sorts, for scripts and tests.
DATA_VARIABLE = "CLIPDESK_DATA_DIR"

_SMALLEST_LIMIT_BYTES = 1_000_000


@dataclass(frozen=True)
class StoreSettings:
    """The settings of the store. `folder` None: the system's cache folder."""

    folder: Path | None = None
    limit_bytes: int = DEFAULT_LIMIT_BYTES

    @property
    def path(self) -> Path:
        """The path of the store's database file."""
        chosen = os.environ.get(FOLDER_VARIABLE)
        return (Path(chosen) if chosen else self.folder or default_folder()) / FILE_NAME


def default_folder() -> Path:
    """Return ClipDesk's folder in the system's cache folder."""
    return platformdirs.user_cache_path("clipdesk", appauthor=False)


def desks_folder() -> Path:
    """Return the folder with the documents of desks that were not saved under a name."""
    chosen = os.environ.get(DATA_VARIABLE)
    return (Path(chosen) if chosen else platformdirs.user_data_path("clipdesk", appauthor=False)) / "desks"


def settings_file() -> Path:
    """Return the file with these settings. It is JSON, so that the command line can read it without Qt."""
    return platformdirs.user_config_path("clipdesk", appauthor=False) / "store.json"


def load_store_settings(path: Path | None = None) -> StoreSettings:
    """Read the saved settings. Missing and invalid values are replaced by the defaults."""
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
    """Save the settings. Raises ExportError."""
    target = path or settings_file()
    target.parent.mkdir(parents=True, exist_ok=True)
    with replace_atomically(target) as stream:
        folder = str(settings.folder) if settings.folder else None
        json.dump({"folder": folder, "limit_bytes": settings.limit_bytes}, stream, indent=2)
        stream.write("\n")


def open_thumbnails() -> ThumbnailStore:
    """Return the store of thumbnails, which is beside the store of embeddings and at most a quarter as large.

    Uses the saved settings. The file is opened when it is first used.
    """
    settings = load_store_settings()
    return ThumbnailStore(settings.path.with_name(THUMBNAILS_NAME), limit_bytes=settings.limit_bytes // 4)


def open_store(on_problem: Callable[[str], None] | None = None) -> EmbeddingStore:
    """Return the store of embeddings. `on_problem` gets a sentence when the store cannot be used.

    Uses the saved settings. The file is opened when it is first used.
    """
    settings = load_store_settings()
    return EmbeddingStore(settings.path, limit_bytes=settings.limit_bytes, on_problem=on_problem)


def sorting_journal_path() -> Path:
    """Return the file of the journal of sorts. It is no cache: undo needs it."""
    chosen = os.environ.get(DATA_VARIABLE)
    folder = Path(chosen) if chosen else platformdirs.user_data_path("clipdesk", appauthor=False)
    return folder / JOURNAL_NAME


def open_journal(on_problem: Callable[[str], None] | None = None) -> SortingJournal:
    """Return the journal of sorts. The file is opened when it is first used; `on_problem` hears if it was damaged."""
    return SortingJournal(sorting_journal_path(), on_problem=on_problem)
