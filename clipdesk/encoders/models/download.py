"""Fetching model files into the Hugging Face cache: resumable, checked, cancellable.

huggingface_hub 2 deletes a partial file when a download fails (`_download_to_tmp_and_move` in its file_download.py)
and hears of a cancel only every 10 MB, so the transfer is ours. The cache is theirs, in its documented layout
(https://huggingface.co/docs/huggingface_hub/guides/manage-cache), so that what another program has fetched is found
here, and the reverse.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import http.client
import logging
import os
import shutil
import ssl
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any

from clipdesk.core.errors import Cancelled, ModelNotAvailableError

log = logging.getLogger(__name__)

#: Seconds without a byte after which a connection counts as cut. Also the longest that a cancel can wait.
_TIMEOUT_S = 5.0
#: Attempts in a row that bring no new byte before the download is given up; what came stays for the next time.
_ATTEMPTS = 4
#: Seconds before the second attempt in vain; twice as long before each further one.
_PAUSE_S = 1.0
_CHUNK = 1 << 16
#: Debian, Fedora, Alpine, openSUSE.
_CA_BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/cert.pem",
    "/etc/ssl/ca-bundle.pem",
)


@dataclass(frozen=True)
class LoadProgress:
    """How far the fetching and loading of a model is. `total_bytes` 0: not known."""

    stage: str
    done_bytes: int = 0
    total_bytes: int = 0


Progress = Callable[[LoadProgress], None]


@dataclass(frozen=True)
class HubFile:
    """One file of a Hub repository: the first of `names` that is there. Without one, only a required file fails."""

    repo: str
    names: tuple[str, ...]
    required: bool = True

    def cached(self) -> Path | None:
        """The complete file on this computer, if it is there."""
        folder = cached_folder(self.repo)
        if folder is None:
            return None
        return next((folder / name for name in self.names if (folder / name).is_file()), None)


@dataclass(frozen=True)
class UrlFile:
    """One file at an address of its own. `sha256` is the checksum or its beginning; empty when none is known."""

    url: str
    sha256: str = ""
    required: bool = True

    @property
    def path(self) -> Path:
        """A folder of our own: others write their files there piece by piece, and a piece must not count."""
        name = self.url.rpartition("/")[2]
        return Path(_constants().HF_HOME) / "clipdesk" / f"{self.sha256[:12] or 'url'}-{name}"

    def cached(self) -> Path | None:
        return self.path if self.path.is_file() else None


def cached_folder(repo: str) -> Path | None:
    """The folder of a repository's current snapshot on this computer. Reads one small file, needs no network."""
    folder = _repo_folder(repo)
    try:
        commit = (folder / "refs" / "main").read_text(encoding="utf-8").strip()
    except OSError:
        return None
    snapshot = folder / "snapshots" / commit
    return snapshot if commit and snapshot.is_dir() else None


def download_files(
    files: Sequence[HubFile | UrlFile], *, what: str, progress: Progress | None, cancel: threading.Event | None
) -> None:
    """Fetch those of the files that are not on this computer. A part that is there already is not fetched again.

    `what` names the model in messages. Each file is checked against its checksum before it takes its place. Raises
    ModelNotAvailableError (offline, not found, no space, damaged) and Cancelled; what came so far stays as a part.
    """
    cancel = cancel or threading.Event()
    missing = [file for file in files if file.cached() is None]
    if not missing:
        return
    if _constants().HF_HUB_OFFLINE:
        raise ModelNotAvailableError(
            f"“{what}” is not on this computer, and downloads are switched off (HF_HUB_OFFLINE). {_INSTEAD}"
        )
    transfers = _locate_all(missing, what, cancel)
    total = sum(transfer.size for transfer in transfers)
    _check_space(transfers, what)
    count = _Counter(progress, sum(transfer.part_size for transfer in transfers), total)
    for transfer in transfers:
        transfer.target.parent.mkdir(parents=True, exist_ok=True)
        with _locked(transfer, cancel):
            if not transfer.target.exists():
                _fetch(transfer, what, count, cancel)
                _check(transfer, what, cancel)
                transfer.part.replace(transfer.target)
            _point(transfer)
    for transfer in transfers:
        _remember_commit(transfer)
    count.report(last=True)


def delete_files(repo: str, names: Sequence[str]) -> int:
    """Delete these files of a repository from the cache, in every snapshot, and parts left over; bytes freed.

    Other files of the repository stay, and so does content that another snapshot still points to.
    """
    folder = _repo_folder(repo)
    freed = 0
    for pointer in [path for name in names for path in folder.glob(f"snapshots/*/{name}")]:
        content, size = pointer.resolve(), pointer.stat().st_size
        is_link = pointer.is_symlink()
        pointer.unlink()
        if not is_link:
            freed += size
        elif content.parent == (folder / "blobs").resolve() and not _points_to(folder, content):
            content.unlink()
            freed += size
    for part in folder.glob("blobs/*.incomplete"):
        # Names with one more dot belong to downloads of huggingface_hub that may be running.
        if part.name.count(".") == 1:
            freed += part.stat().st_size
            part.unlink()
    if folder.is_dir() and not any(path.is_file() or path.is_symlink() for path in folder.glob("snapshots/**/*")):
        shutil.rmtree(folder, ignore_errors=True)
    return freed


_INSTEAD = "Choose a model that is on this computer."


@dataclass(frozen=True)
class _Transfer:
    """One file on its way: from `url` to `part` to `target`.

    `checksum` is SHA-256 or its beginning, git's SHA-1 (40 digits) for small files, or empty when none is known.
    """

    url: str
    token: str
    size: int
    checksum: str
    target: Path
    repo: str = ""
    name: str = ""
    commit: str = ""

    @property
    def part(self) -> Path:
        return self.target.with_name(f"{self.target.name}.incomplete")

    @property
    def part_size(self) -> int:
        try:
            return min(self.size, (self.target if self.target.exists() else self.part).stat().st_size)
        except OSError:
            return 0


class _Counter:
    """Adds up bytes over all files and reports about ten times a second."""

    def __init__(self, progress: Progress | None, done: int, total: int) -> None:
        self._progress = progress
        self._done = done
        self._total = total
        self._reported = 0.0
        self.report(last=True)

    def add(self, count: int) -> None:
        self._done += count
        self.report()

    def report(self, *, last: bool = False) -> None:
        now = time.monotonic()
        if self._progress is not None and (last or now - self._reported >= 0.1):
            self._reported = now
            self._progress(LoadProgress("Downloading", self._done, max(self._total, self._done)))


# --- What is there, and where -----------------------------------------------------------------------------------------


def _locate_all(files: Sequence[HubFile | UrlFile], what: str, cancel: threading.Event) -> list[_Transfer]:
    found: list[_Transfer] = []
    commits: dict[str, str] = {}
    for file in files:
        if cancel.is_set():
            raise Cancelled("Stopped.")
        if isinstance(file, UrlFile):
            found.append(_locate_url(file, what))
            continue
        for name in file.names:
            transfer = _locate(file.repo, name, commits.get(file.repo, "main"), what)
            if transfer is not None:
                # All files of a repository come from one commit, even if someone pushes meanwhile.
                commits[file.repo] = transfer.commit
                found.append(transfer)
                break
        else:
            if file.required:
                raise ModelNotAvailableError(
                    f"“{file.repo}” on the Hugging Face Hub holds no {file.names[0]}, so “{what}” cannot be used. "
                    "Choose a repository made for open_clip."
                )
    return found


def _locate(repo: str, name: str, revision: str, what: str) -> _Transfer | None:
    """Ask the Hub for a file's commit, size and checksum; None when the repository has no such file."""
    endpoint = str(_constants().ENDPOINT)
    url = f"{endpoint}/{repo}/resolve/{revision}/{urllib.parse.quote(name)}"
    token = _hub_token()
    seen: dict[str, str] = {}
    for _ in range(5):
        status, headers = _head(url, token, what)
        for header in ("X-Repo-Commit", "X-Linked-Etag", "X-Linked-Size", "ETag", "Content-Length"):
            if headers.get(header) and not (300 <= status < 400 and header in ("ETag", "Content-Length")):
                seen.setdefault(header, str(headers[header]))
        target = urllib.parse.urljoin(url, headers.get("Location", "")) if 300 <= status < 400 else ""
        # A renamed repository and small files redirect within the Hub; large files to a storage host: stop there.
        if not target or _host(target) != _host(endpoint):
            break
        url = target
    if status == 404 and headers.get("X-Error-Code", "EntryNotFound") == "EntryNotFound":
        return None
    if status in (401, 403, 404):
        raise ModelNotAvailableError(
            f"The Hugging Face Hub has no model “{repo}”, or it asks for a login first (status {status}). "
            "Check the name; for a gated model accept its terms on its page and run “hf auth login”."
        )
    if status >= 400:
        raise ModelNotAvailableError(
            f"The Hugging Face Hub does not answer properly (status {status}). Try again later."
        )
    commit, etag = seen.get("X-Repo-Commit", ""), seen.get("X-Linked-Etag") or seen.get("ETag", "")
    etag = etag.removeprefix("W/").strip('"')
    if not commit or not etag or any(mark in commit + etag for mark in "/\\."):
        raise ModelNotAvailableError(f"{_host(endpoint)} does not answer as the Hugging Face Hub does. {_INSTEAD}")
    return _Transfer(
        url=f"{endpoint}/{repo}/resolve/{commit}/{urllib.parse.quote(name)}",
        token=token,
        size=int(seen.get("X-Linked-Size") or seen.get("Content-Length") or 0),
        checksum=etag if len(etag) in (40, 64) and set(etag) <= set("0123456789abcdef") else "",
        target=_repo_folder(repo) / "blobs" / etag,
        repo=repo,
        name=name,
        commit=commit,
    )


def _locate_url(file: UrlFile, what: str) -> _Transfer:
    status, headers = _head(file.url, "", what, follow=True)
    if status >= 400:
        raise ModelNotAvailableError(f"{file.url} cannot be fetched (status {status}). Choose another model.")
    return _Transfer(file.url, "", int(headers.get("Content-Length") or 0), file.sha256, file.path)


def _head(url: str, token: str, what: str, *, follow: bool = False) -> tuple[int, Message]:
    """Status and headers of one HEAD request. One attempt: whoever is offline should not wait to be told so."""
    request = _request(url, token)
    request.method = "HEAD"
    try:
        with _opener(follow=follow).open(request, timeout=_TIMEOUT_S) as response:
            return response.status, response.headers
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers
    except (OSError, http.client.HTTPException) as error:
        log.info("%s cannot be reached: %s", _host(url), error)
        raise ModelNotAvailableError(
            f"“{what}” is not on this computer, and {_host(url)} cannot be reached to download it. "
            f"Connect to the internet and try again. Until then: {_INSTEAD[0].lower()}{_INSTEAD[1:]}"
        ) from error


class _Redirect(urllib.request.HTTPRedirectHandler):
    """Follows like urllib, but the token goes only to the host that it is for; or does not follow at all."""

    def __init__(self, *, follow: bool) -> None:
        self._follow = follow

    def redirect_request(
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        if not self._follow:
            return None
        request = super().redirect_request(req, fp, code, msg, headers, newurl)
        token = req.unredirected_hdrs.get("Authorization")
        if request is not None and token and _host(newurl) == _host(req.full_url):
            request.add_unredirected_header("Authorization", token)
        return request


def _opener(*, follow: bool) -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(urllib.request.HTTPSHandler(context=_ssl_context()), _Redirect(follow=follow))


def _ssl_context() -> ssl.SSLContext:
    """The system's certificates, also where OpenSSL does not find them by itself."""
    if sys.platform == "darwin":
        # python.org's Python has none until somebody installs them; huggingface_hub's client brings truststore.
        with contextlib.suppress(ImportError):
            import truststore

            return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context = ssl.create_default_context()
    paths = ssl.get_default_verify_paths()
    if paths.cafile is None and paths.capath is None and sys.platform != "win32":
        # A frozen app looks where the computer that it was built on keeps them.
        for bundle in _CA_BUNDLES:
            if Path(bundle).is_file():
                context.load_verify_locations(cafile=bundle)
                break
    return context


def _request(url: str, token: str, start: int = 0) -> urllib.request.Request:
    from clipdesk import __version__

    request = urllib.request.Request(
        url, headers={"User-Agent": f"clipdesk/{__version__}", "Accept-Encoding": "identity"}
    )
    if start:
        request.add_header("Range", f"bytes={start}-")
    if token:
        # Unredirected: the storage host that the Hub sends us to must not see the token (_Redirect).
        request.add_unredirected_header("Authorization", f"Bearer {token}")
    return request


# --- The transfer -----------------------------------------------------------------------------------------------------


def _fetch(transfer: _Transfer, what: str, count: _Counter, cancel: threading.Event) -> None:
    """Bring `transfer.part` to its full size, going on where it ends, through cut connections."""
    in_vain = 0
    while True:
        before = transfer.part_size
        if transfer.size and before == transfer.size:
            return
        try:
            if _read_some(transfer, before, what, count, cancel):
                return
        except urllib.error.HTTPError as error:
            with error:
                if error.code == 416:
                    # The part is longer than the file: it belongs to something else.
                    count.add(-before)
                    transfer.part.unlink(missing_ok=True)
                elif error.code < 500 and error.code not in (408, 429):
                    raise ModelNotAvailableError(
                        f"The download of “{what}” was refused (status {error.code}). Try again later."
                    ) from error
        except (OSError, http.client.HTTPException) as error:
            log.info("connection cut: %s", error)
        in_vain = 0 if transfer.part_size > before else in_vain + 1
        if in_vain >= _ATTEMPTS:
            raise ModelNotAvailableError(
                f"The download of “{what}” broke off. Try again: it goes on where it stopped "
                f"({transfer.part_size // 10**6} of {transfer.size // 10**6} MB are here)."
            )
        if in_vain and cancel.wait(_PAUSE_S * 2 ** (in_vain - 1)):
            raise Cancelled("Stopped.")


def _read_some(transfer: _Transfer, start: int, what: str, count: _Counter, cancel: threading.Event) -> bool:
    """One connection's worth of bytes; whether the file is complete."""
    with _opener(follow=True).open(_request(transfer.url, transfer.token, start), timeout=_TIMEOUT_S) as response:
        if start and response.status != 206:
            # The server sends the whole file again.
            count.add(-start)
            start = 0
        left = int(response.headers.get("Content-Length") or 0)
        with transfer.part.open("ab" if start else "wb") as part:
            while chunk := response.read1(_CHUNK):
                _write(part, chunk, what)
                left -= len(chunk)
                count.add(len(chunk))
                if cancel.is_set():
                    raise Cancelled("Stopped.")
    size = transfer.part.stat().st_size
    return size == transfer.size if transfer.size else left <= 0


def _write(part: Any, chunk: bytes, what: str) -> None:
    try:
        part.write(chunk)
    except OSError as error:
        reason = "The disk is full" if error.errno == errno.ENOSPC else f"The disk refused ({error.strerror})"
        raise ModelNotAvailableError(
            f"{reason}, so “{what}” could not be downloaded. Make room in {_cache()}."
        ) from error


def _check(transfer: _Transfer, what: str, cancel: threading.Event) -> None:
    """Compare with the checksum that the server announced. A damaged part is deleted, not resumed."""
    digest = hashlib.sha256() if len(transfer.checksum) != 40 else hashlib.sha1(usedforsecurity=False)
    if len(transfer.checksum) == 40:
        digest.update(b"blob %d\0" % transfer.part.stat().st_size)
    with transfer.part.open("rb") as part:
        while chunk := part.read(1 << 20):
            if cancel.is_set():
                raise Cancelled("Stopped.")
            digest.update(chunk)
    if not digest.hexdigest().startswith(transfer.checksum):
        transfer.part.unlink()
        raise ModelNotAvailableError(f"The download of “{what}” arrived damaged and was thrown away. Try again.")


def _check_space(transfers: Sequence[_Transfer], what: str) -> None:
    needed = sum(transfer.size - transfer.part_size for transfer in transfers)
    folder = _cache()
    while not folder.exists():
        folder = folder.parent
    if needed > shutil.disk_usage(folder).free:
        raise ModelNotAvailableError(
            f"“{what}” needs {needed // 10**6} MB more than is free where models are kept. Make room in {_cache()}."
        )


@contextlib.contextmanager
def _locked(transfer: _Transfer, cancel: threading.Event) -> Iterator[None]:
    """Two ClipDesks (or a ClipDesk and another program) must not write one part at the same time."""
    from filelock import FileLock, Timeout

    place = _cache() / ".locks" / _folder_name(transfer.repo) if transfer.repo else transfer.target.parent
    place.mkdir(parents=True, exist_ok=True)
    lock = FileLock(place / f"{transfer.target.name}.lock")
    while True:
        if cancel.is_set():
            raise Cancelled("Stopped.")
        with contextlib.suppress(Timeout):
            lock.acquire(timeout=0.2)
            break
    try:
        yield
    finally:
        lock.release()


# --- The cache's layout -----------------------------------------------------------------------------------------------


def _point(transfer: _Transfer) -> None:
    """Make snapshots/<commit>/<name> stand for the content."""
    if not transfer.repo:
        return
    pointer = _repo_folder(transfer.repo) / "snapshots" / transfer.commit / transfer.name
    if pointer.exists():
        return
    pointer.parent.mkdir(parents=True, exist_ok=True)
    pointer.unlink(missing_ok=True)
    try:
        pointer.symlink_to(os.path.relpath(transfer.target, pointer.parent))
    except OSError:
        # Windows without the right to make links: the cache then keeps the file itself there.
        transfer.target.replace(pointer)


def _remember_commit(transfer: _Transfer) -> None:
    if transfer.repo:
        reference = _repo_folder(transfer.repo) / "refs" / "main"
        reference.parent.mkdir(parents=True, exist_ok=True)
        temporary = reference.with_name(f".main-{os.getpid()}-{threading.get_ident()}")
        temporary.write_text(transfer.commit, encoding="utf-8")
        temporary.replace(reference)


def _points_to(folder: Path, content: Path) -> bool:
    return any(path.is_symlink() and path.resolve() == content for path in folder.glob("snapshots/**/*"))


def _repo_folder(repo: str) -> Path:
    return _cache() / _folder_name(repo)


def _folder_name(repo: str) -> str:
    return "models--" + repo.replace("/", "--")


def _cache() -> Path:
    return Path(_constants().HF_HUB_CACHE)


def _constants() -> Any:
    """huggingface_hub's settings, asked for each time: 20 ms at the first, without its HTTP client."""
    from huggingface_hub import constants

    return constants


def _hub_token() -> str:
    """The token of a person who has logged in to the Hub, for gated models."""
    if _constants().HF_HUB_DISABLE_IMPLICIT_TOKEN:
        return ""
    from huggingface_hub import get_token

    return get_token() or ""


def _host(url: str) -> str:
    return urllib.parse.urlsplit(url).netloc
