"""Downloading model files into the Hugging Face cache: resumable, checked and cancellable.

huggingface_hub 2 deletes a partial file when a download fails (`_download_to_tmp_and_move` in its file_download.py),
and checks for cancellation only every 10 MB, so ClipDesk transfers the files itself.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Sequence

from clipdesk.core.errors import ModelNotAvailableError
from clipdesk.core.messages import message
from clipdesk.encoders.models.http_client import HttpClient
from clipdesk.encoders.models.hub import locate_files
from clipdesk.encoders.models.hub_cache import (
    HubFile,
    UrlFile,
    cache_folder,
    hub_settings,
    link_into_snapshot,
    locked,
    set_current_commit,
)
from clipdesk.encoders.models.progress import ByteCounter, Progress
from clipdesk.encoders.models.transfer import Retries, Transfer, disk_errors, fetch, verify


def download_files(
    files: Sequence[HubFile | UrlFile],
    *,
    title: str,
    progress: Progress | None,
    cancel: threading.Event | None,
    retries: Retries | None = None,
) -> None:
    """Download those of the files that are not on this computer, resuming partial ones.

    A file takes its place only when it is complete and its checksum is right. `title` names the model in messages.
    Raises ModelNotAvailableError (offline, not found, disk full, damaged) and Cancelled; what has arrived by then is
    kept and resumed by the next call.
    """
    retries = retries or Retries()
    missing = [file for file in files if file.cached() is None]
    if not missing:
        return
    if hub_settings().HF_HUB_OFFLINE:
        raise ModelNotAvailableError(
            message(
                "core",
                "“{model}” is not on this computer, and downloads are switched off (HF_HUB_OFFLINE). "
                "Choose a model that is on this computer.",
            ).of(model=title)
        )
    with HttpClient(cancel or threading.Event(), retries.timeout_s) as http:
        transfers = locate_files(missing, title, http)
        _require_space(transfers, title)
        done = sum(transfer.done_bytes for transfer in transfers)
        counter = ByteCounter(progress, done, sum(transfer.size for transfer in transfers))
        for transfer in transfers:
            _download(transfer, title, counter, http, retries)
    for transfer in transfers:
        if transfer.repo:
            set_current_commit(transfer.repo, transfer.commit)
    counter.report()


def _download(transfer: Transfer, title: str, counter: ByteCounter, http: HttpClient, retries: Retries) -> None:
    with disk_errors(title):
        transfer.target.parent.mkdir(parents=True, exist_ok=True)
    # Another ClipDesk, or another program, may be downloading the same file.
    with disk_errors(title), locked(transfer.target, transfer.repo, http.cancel):
        if not transfer.target.exists():
            fetch(transfer, title, counter, http, retries)
            verify(transfer, title, http)
            transfer.part.replace(transfer.target)
        if transfer.repo:
            link_into_snapshot(transfer.repo, transfer.commit, transfer.name, transfer.target)


def _require_space(transfers: Sequence[Transfer], title: str) -> None:
    """Raise ModelNotAvailableError if the disk has no room for the bytes still missing."""
    needed = sum(transfer.size - transfer.done_bytes for transfer in transfers)
    folder = cache_folder()
    while not folder.exists():
        folder = folder.parent
    if needed > shutil.disk_usage(folder).free:
        raise ModelNotAvailableError(
            message(
                "core",
                "“{model}” needs {size} MB more than is free where models are kept. Make room in {folder}.",
            ).of(model=title, size=needed // 10**6, folder=cache_folder())
        )
