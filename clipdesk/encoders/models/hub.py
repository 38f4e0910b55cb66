"""Asking the Hugging Face Hub, or another server, what a file is: its commit, size and checksum."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from urllib.parse import quote

import httpx2

from clipdesk.core.errors import ModelNotAvailableError
from clipdesk.core.messages import message, sentences
from clipdesk.encoders.models.http_client import HttpClient, host_of, may_send_token, redirect_target
from clipdesk.encoders.models.hub_cache import HubFile, UrlFile, blob_path, hub_settings
from clipdesk.encoders.models.transfer import Transfer

logger = logging.getLogger(__name__)

_INSTEAD = message("core", "Choose a model that is on this computer.")
_MAX_REDIRECTS = 5


def locate_files(files: Sequence[HubFile | UrlFile], title: str, http: HttpClient) -> list[Transfer]:
    """Return a transfer for each file. Optional files that do not exist are left out.

    `title` names the model in messages. Raises ModelNotAvailableError and Cancelled.
    """
    transfers: list[Transfer] = []
    commits: dict[str, str] = {}
    for file in files:
        if isinstance(file, UrlFile):
            transfers.append(_locate_url(file, title, http))
            continue
        # All files of a repository come from one commit, even if someone pushes meanwhile.
        transfer = _locate_first(file, commits.get(file.repo, "main"), title, http)
        if transfer is not None:
            commits[file.repo] = transfer.commit
            transfers.append(transfer)
        elif file.required:
            raise ModelNotAvailableError(
                message(
                    "core",
                    "“{repo}” on the Hugging Face Hub holds no {file}, so “{model}” cannot be used. "
                    "Choose a repository made for open_clip.",
                ).of(repo=file.repo, file=file.names[0], model=title)
            )
    return transfers


def _locate_first(file: HubFile, revision: str, title: str, http: HttpClient) -> Transfer | None:
    for name in file.names:
        transfer = _locate(file.repo, name, revision, title, http)
        if transfer is not None:
            return transfer
    return None


def _locate(repo: str, name: str, revision: str, title: str, http: HttpClient) -> Transfer | None:
    """Return the transfer of one file in a repository, or None if the repository has no such file."""
    endpoint = str(hub_settings().ENDPOINT)
    token = _token()
    response, seen = _ask_hub(f"{endpoint}/{repo}/resolve/{revision}/{quote(name)}", token, title, http)
    status = response.status_code
    if status == 404 and response.headers.get("X-Error-Code", "EntryNotFound") == "EntryNotFound":
        return None
    if status in (401, 403, 404):
        raise ModelNotAvailableError(
            message(
                "core",
                "The Hugging Face Hub has no model “{repo}”, or it asks for a login first (status {status}). "
                "Check the name; for a gated model accept its terms on its page and run “hf auth login”.",
            ).of(repo=repo, status=str(status))
        )
    if status >= 400:
        raise ModelNotAvailableError(
            message("core", "The Hugging Face Hub does not answer properly (status {status}). Try again later.").of(
                status=str(status)
            )
        )
    commit, etag = seen.get("X-Repo-Commit", ""), seen.get("X-Linked-Etag") or seen.get("ETag", "")
    etag = etag.removeprefix("W/").strip('"')
    # Both become parts of paths. A login page, as of a hotel's network, has neither.
    if not commit or not etag or any(mark in commit + etag for mark in "/\\."):
        words = message("core", "{host} does not answer as the Hugging Face Hub does.").of(host=host_of(endpoint))
        raise ModelNotAvailableError(sentences(words, _INSTEAD))
    return Transfer(
        url=f"{endpoint}/{repo}/resolve/{commit}/{quote(name)}",
        token=token,
        size=int(seen.get("X-Linked-Size") or seen.get("Content-Length") or 0),
        checksum=etag if len(etag) in (40, 64) and set(etag) <= set("0123456789abcdef") else "",
        target=blob_path(repo, etag),
        repo=repo,
        name=name,
        commit=commit,
    )


def _ask_hub(url: str, token: str, title: str, http: HttpClient) -> tuple[httpx2.Response, dict[str, str]]:
    """Follow redirects within the Hub. Return the last response, and the first value of each header that matters.

    Renamed repositories and small files redirect within the Hub, large files to a storage host. Only the Hub's own
    responses name the commit and the checksum, so the storage host is not asked.
    """
    seen: dict[str, str] = {}
    for _ in range(_MAX_REDIRECTS):
        response = _head(url, token, title, http)
        names = ["X-Repo-Commit", "X-Linked-Etag", "X-Linked-Size"]
        if not response.is_redirect:
            names += ["ETag", "Content-Length"]
        for name in names:
            if response.headers.get(name):
                seen.setdefault(name, response.headers[name])
        target = redirect_target(response)
        if not target or not may_send_token(url, target):
            break
        url = target
    return response, seen


def _locate_url(file: UrlFile, title: str, http: HttpClient) -> Transfer:
    response = _head(file.url, "", title, http, follow_redirects=True)
    if not response.is_success:
        raise ModelNotAvailableError(
            message("core", "{url} cannot be fetched (status {status}). Choose another model.").of(
                url=file.url, status=str(response.status_code)
            )
        )
    size = int(response.headers.get("Content-Length") or 0)
    return Transfer(url=file.url, token="", size=size, checksum=file.sha256, target=file.path)


def _head(url: str, token: str, title: str, http: HttpClient, *, follow_redirects: bool = False) -> httpx2.Response:
    """Send one HEAD request, without a retry: someone offline should learn that at once."""
    try:
        return http.run(http.head(url, token, follow_redirects=follow_redirects))
    except (httpx2.HTTPError, OSError) as error:
        logger.info("%s cannot be reached: %s", host_of(url), error)
        raise ModelNotAvailableError(
            message(
                "core",
                "“{model}” is not on this computer, and {host} cannot be reached to download it. Connect to the "
                "internet and try again. Until then: choose a model that is on this computer.",
            ).of(model=title, host=host_of(url))
        ) from error


def _token() -> str:
    """Return the token of a person who has logged in to the Hub, which gated models require, or an empty string."""
    if hub_settings().HF_HUB_DISABLE_IMPLICIT_TOKEN:
        return ""
    from huggingface_hub import get_token

    return get_token() or ""
