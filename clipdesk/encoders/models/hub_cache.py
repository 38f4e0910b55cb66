"""The Hugging Face cache on this computer: where a model's files are, and how they get there and away again.

The layout is huggingface_hub's documented one (https://huggingface.co/docs/huggingface_hub/guides/manage-cache), so
ClipDesk finds what other programs have downloaded, and they find what ClipDesk has downloaded.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clipdesk.core.errors import Cancelled
from clipdesk.core.messages import message

_LOCK_POLL_S = 0.2


@dataclass(frozen=True)
class HubFile:
    """One file of a Hub repository: the first of `names` that exists there. It may be missing unless `required`."""

    repo: str
    names: tuple[str, ...]
    required: bool = True

    def cached(self) -> Path | None:
        """Return the complete file in the cache, or None."""
        folder = cached_folder(self.repo)
        if folder is None:
            return None
        return next((folder / name for name in self.names if (folder / name).is_file()), None)


@dataclass(frozen=True)
class UrlFile:
    """One file with a URL of its own. `sha256` is its checksum or the beginning of it, or empty if unknown."""

    url: str
    sha256: str = ""
    required: bool = True

    @property
    def path(self) -> Path:
        """Where the file is, or will be: in ClipDesk's own folder, because open_clip writes its files in place, so that
        a half-written one would look complete."""
        name = self.url.rpartition("/")[2]
        return Path(hub_settings().HF_HOME) / "clipdesk" / f"{self.sha256[:12] or 'url'}-{name}"

    def cached(self) -> Path | None:
        """Return the complete file in the cache, or None."""
        return self.path if self.path.is_file() else None


def cached_folder(repo: str) -> Path | None:
    """Return the folder of a repository's current snapshot, or None. Reads one small file and needs no network."""
    folder = _repo_folder(repo)
    try:
        commit = (folder / "refs" / "main").read_text(encoding="utf-8").strip()
    except OSError:
        return None
    snapshot = folder / "snapshots" / commit
    return snapshot if commit and snapshot.is_dir() else None


def blob_path(repo: str, etag: str) -> Path:
    """Return where the cache keeps the content that the Hub identifies by `etag`."""
    return _repo_folder(repo) / "blobs" / etag


def link_into_snapshot(repo: str, commit: str, name: str, blob: Path) -> None:
    """Make `snapshots/COMMIT/NAME` a link to the blob."""
    pointer = _repo_folder(repo) / "snapshots" / commit / name
    if pointer.exists():
        return
    pointer.parent.mkdir(parents=True, exist_ok=True)
    pointer.unlink(missing_ok=True)
    try:
        pointer.symlink_to(os.path.relpath(blob, pointer.parent))
    except OSError:
        # Windows without the privilege to create links: here the cache keeps the file itself, as huggingface_hub does.
        blob.replace(pointer)


def set_current_commit(repo: str, commit: str) -> None:
    """Make a downloaded commit the repository's current snapshot."""
    reference = _repo_folder(repo) / "refs" / "main"
    reference.parent.mkdir(parents=True, exist_ok=True)
    temporary = reference.with_name(f".main-{os.getpid()}-{threading.get_ident()}")
    temporary.write_text(commit, encoding="utf-8")
    temporary.replace(reference)


@contextlib.contextmanager
def locked(target: Path, repo: str, cancel: threading.Event) -> Iterator[None]:
    """Hold the lock on a file that is being downloaded; huggingface_hub uses the same lock for files of a repository.

    Raises Cancelled if `cancel` is set while another download holds the lock.
    """
    from filelock import FileLock, Timeout

    folder = cache_folder() / ".locks" / _folder_name(repo) if repo else target.parent
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / f"{target.name}.lock")
    while True:
        if cancel.is_set():
            raise Cancelled(message("core", "Stopped."))
        with contextlib.suppress(Timeout):
            lock.acquire(timeout=_LOCK_POLL_S)
            break
    try:
        yield
    finally:
        lock.release()


def delete_files(repo: str, names: Sequence[str]) -> int:
    """Delete files of a repository from every snapshot, along with its partial downloads, and return the bytes freed.

    The repository's other files stay, as does content that another snapshot still links to.
    """
    folder = _repo_folder(repo)
    freed = 0
    for pointer in [path for name in names for path in folder.glob(f"snapshots/*/{name}")]:
        content, size = pointer.resolve(), pointer.stat().st_size
        is_link = pointer.is_symlink()
        pointer.unlink()
        if not is_link:
            freed += size
        elif content.parent == (folder / "blobs").resolve() and not _is_linked(folder, content):
            content.unlink()
            freed += size
    for part in folder.glob("blobs/*.incomplete"):
        # Names with a second dot belong to downloads of huggingface_hub, which may be running.
        if part.name.count(".") == 1:
            freed += part.stat().st_size
            part.unlink()
    if folder.is_dir() and not any(path.is_file() or path.is_symlink() for path in folder.glob("snapshots/**/*")):
        shutil.rmtree(folder, ignore_errors=True)
    return freed


def cache_folder() -> Path:
    """Return the folder that holds all repositories. It may not exist yet."""
    return Path(hub_settings().HF_HUB_CACHE)


def hub_settings() -> Any:
    """Return huggingface_hub's `constants`: the Hub's URL, the cache's place, whether downloads are allowed.

    The import takes 20 ms; huggingface_hub's HTTP client is not imported.
    """
    from huggingface_hub import constants

    return constants


def _is_linked(folder: Path, content: Path) -> bool:
    return any(path.is_symlink() and path.resolve() == content for path in folder.glob("snapshots/**/*"))


def _repo_folder(repo: str) -> Path:
    return cache_folder() / _folder_name(repo)


def _folder_name(repo: str) -> str:
    return "models--" + repo.replace("/", "--")
