"""Find image files in files and folders."""

from __future__ import annotations

import hashlib
import os
import stat
import struct
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from clipdesk.core.messages import message
from clipdesk.core.pictures.natural_order import total_order_key
from clipdesk.core.pictures.raw_files import RAW_SUFFIXES, can_read_raw, paired_raws
from clipdesk.core.reasons import os_reason

#: Lower-case suffixes of the files in a folder that count as images. Camera raw files count as well, if they can be
#: read (`readable_suffixes`). Without PFM, of which Pillow reads only grey.
IMAGE_SUFFIXES = frozenset(
    {
        ".jpg",
        ".jpeg",
        ".jpe",
        ".jfif",
        ".mpo",
        ".png",
        ".apng",
        ".webp",
        ".gif",
        ".bmp",
        ".dib",
        ".tif",
        ".tiff",
        ".avif",
        ".heic",
        ".heif",
        ".hif",
        ".jp2",
        ".j2k",
        ".j2c",
        ".jpc",
        ".jpx",
        ".jpf",
        ".ico",
        ".ppm",
        ".pgm",
        ".pbm",
        ".pnm",
        ".tga",
        ".icb",
        ".vda",
        ".pcx",
        ".psd",
        ".psb",
    }
)

#: Lower-case names of folders that programs and systems create: they hold copies, previews or deleted files. Folders
#: whose name begins with a dot are hidden anyway.
JUNK_FOLDERS = frozenset(
    {
        "$recycle.bin",
        "#recycle",
        "@eadir",
        "@recycle",
        "__macosx",
        "__pycache__",
        "_thumbnails",
        "_thumbs",
        "found.000",
        "lost+found",
        "node_modules",
        "recycler",
        "system volume information",
        "thumbnails",
        "thumbs",
    }
)

_HAS_HIDDEN_FLAG = hasattr(os.stat_result, "st_flags") or hasattr(os.stat_result, "st_file_attributes")

#: The latest modification time of an ImageFile, in ns.
LATEST_NS = 2**63 - 1
_LOW_64_BITS = 2**64 - 1

#: Identifies a folder or a file, whatever path leads to it.
_Identity = tuple[object, ...]


def readable_suffixes() -> frozenset[str]:
    """Return IMAGE_SUFFIXES, with those of camera raw files if the extra `raw` is installed."""
    return IMAGE_SUFFIXES | RAW_SUFFIXES if can_read_raw() else IMAGE_SUFFIXES


@dataclass(frozen=True, slots=True)
class ImageFile:
    """An image file as it was found: absolute path, size in bytes, modification time in ns since 1970, and stamp.

    The stamp is a hash of the change time (`st_ctime_ns`) and the file id (`st_ino`), which programs cannot set. It
    differs when two files of equal size and modification time exchange their names, and when an edit preserves both.
    It is one signed 64-bit number, because an ImageList holds one for each of a million images. The device is not part
    of it: removable and network disks get another number each time they are mounted. 0: not known.
    """

    path: Path
    size_bytes: int
    mtime_ns: int
    stamp: int = 0

    @classmethod
    def of(cls, path: Path, status: os.stat_result) -> ImageFile:
        """Return the file at `path`, whose `os.stat` is `status`."""
        # Some file systems have times beyond 2262, which fit neither into an int64 column nor into the store.
        return cls(path, status.st_size, min(status.st_mtime_ns, LATEST_NS), _stamp(status))


def find_images(
    paths: Iterable[Path],
    *,
    cancel: threading.Event | None = None,
    on_problem: Callable[[Path, str], None] | None = None,
    on_folder: Callable[[Path], None] | None = None,
    enter: Callable[[Path], bool] | None = None,
    on_passed_over: Callable[[str], None] | None = None,
    join_pairs: bool = True,
) -> Iterator[ImageFile]:
    """Yield the images among `paths` and in their folders, in the order given; files come before subfolders.

    Within a folder the order is that of `natural_order`. Everything named in `paths` is taken: a file whatever its
    suffix, a folder even if it is hidden. Inside a folder only files with one of `readable_suffixes` count, and with
    `join_pairs`, the JPEG of a RAW + JPEG pair stands for both (`paired_raws`). Hidden files and folders are skipped,
    and so are folders that programs create (`@eaDir`, `__MACOSX`, …). Symbolic links are followed. Each folder is
    visited once, and each file is yielded once, by the path that reaches it first. Two hard links are two files.

    The first images are yielded as soon as one folder has been listed. Never raises for what is on the disk:
    `on_problem` gets the path and a sentence, and the search continues. Setting `cancel` ends it.

    `on_folder` gets each folder before it is listed, so that the caller can watch it from then on. Subfolders for which
    `enter` returns False are skipped. `on_passed_over` gets the lower-case suffix of every other file that is neither
    hidden nor half of a pair.
    """
    scan = _Scan(
        cancel or threading.Event(),
        on_problem or (lambda path, problem: None),
        on_folder or (lambda folder: None),
        enter or (lambda folder: True),
        on_passed_over or (lambda suffix: None),
        join_pairs,
    )
    for path in paths:
        if scan.cancel.is_set():
            return
        yield from scan.named(path)


class _Scan:
    """One search, which remembers the folders and files that it has seen."""

    def __init__(
        self,
        cancel: threading.Event,
        on_problem: Callable[[Path, str], None],
        on_folder: Callable[[Path], None],
        enter: Callable[[Path], bool],
        on_passed_over: Callable[[str], None],
        join_pairs: bool,
    ) -> None:
        self.cancel = cancel
        self._on_problem = on_problem
        self._on_folder = on_folder
        self._enter = enter
        self._on_passed_over = on_passed_over
        self._join_pairs = join_pairs
        self._can_read_raw = can_read_raw()
        self._folders: set[_Identity] = set()
        self._files: set[_Identity] = set()

    def named(self, path: Path) -> Iterator[ImageFile]:
        """Yield the file at this path, or the images below this folder."""
        try:
            name = _absolute(path)
            status = os.stat(name)  # noqa: PTH116 - the paths of a scan are strings until they are yielded
            identity = _linked_identity(name)
        except (OSError, ValueError) as error:
            self._on_problem(path, _problem(error))
            return
        if stat.S_ISDIR(status.st_mode):
            yield from self._folder(name)
        elif not stat.S_ISREG(status.st_mode):
            self._on_problem(path, message("core", "This is neither a file nor a folder."))
        elif self._is_new(identity):
            yield ImageFile.of(Path(name), status)

    def _folder(self, top: str) -> Iterator[ImageFile]:
        waiting = [top]
        while waiting and not self.cancel.is_set():
            folder = waiting.pop()
            try:
                identity = _folder_identity(folder)
                if identity in self._folders:
                    continue
                self._folders.add(identity)
                self._on_folder(Path(folder))
                files, subfolders = self._list(folder)
            except OSError as error:
                self._on_problem(Path(folder), _problem(error))
                continue
            yield from self._images(identity, files)
            waiting += (subfolder for subfolder in reversed(subfolders) if self._enter(Path(subfolder)))

    def _list(self, folder: str) -> tuple[list[os.DirEntry[str]], list[str]]:
        """Return the image files and the paths of the subfolders in a folder, both sorted."""
        files: list[os.DirEntry[str]] = []
        subfolders: list[os.DirEntry[str]] = []
        for entry, is_folder in _entries(folder, self._on_passed_over):
            if self.cancel.is_set():
                break
            (subfolders if is_folder else files).append(entry)
        files = self._without_raws(files)
        files.sort(key=_entry_key)
        subfolders.sort(key=_entry_key)
        return files, [entry.path for entry in subfolders]

    def _without_raws(self, files: list[os.DirEntry[str]]) -> list[os.DirEntry[str]]:
        """Drop the raw files that cannot be read or whose JPEG stands for them."""
        raws = {entry.name for entry in files if _suffix(entry.name) in RAW_SUFFIXES}
        if not raws:
            return files
        dropped = paired_raws([entry.name for entry in files]) if self._join_pairs else set()
        if not self._can_read_raw:
            for name in raws - dropped:
                self._on_passed_over(_suffix(name))
            dropped = raws
        return [entry for entry in files if entry.name not in dropped]

    def _images(self, folder: _Identity, files: Iterable[os.DirEntry[str]]) -> Iterator[ImageFile]:
        for entry in files:
            if self.cancel.is_set():
                return
            try:
                status = _status(entry)
                if not stat.S_ISREG(status.st_mode):
                    continue
                identity = _linked_identity(entry.path) if entry.is_symlink() else _file_identity(folder, entry.name)
            except OSError as error:
                gone = isinstance(error, FileNotFoundError) and entry.is_symlink()
                self._on_problem(Path(entry.path), _BROKEN_LINK if gone else _problem(error))
                continue
            if self._is_new(identity):
                yield ImageFile.of(Path(entry.path), status)

    def _is_new(self, file: _Identity) -> bool:
        if file in self._files:
            return False
        self._files.add(file)
        return True


def folder_state(folder: Path) -> int | None:
    """Return a number that changes when an image or a subfolder right in the folder appears, vanishes or changes.

    Returns None if the folder cannot be listed. Numbers compare within this process only. Takes about 8 µs per image.
    """
    state = 0
    try:
        for entry, is_folder in _entries(str(folder)):
            # The order in which entries are listed may differ, so combine them by an operation without order.
            state ^= hash(entry.name) if is_folder else hash((entry.name, _file_state(entry)))
    except OSError:
        return None
    return state


def _file_state(entry: os.DirEntry[str]) -> tuple[int, ...]:
    try:
        status = _status(entry)
    except OSError:  # gone meanwhile, or a broken link
        return ()
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _entries(
    folder: str, on_passed_over: Callable[[str], object] | None = None
) -> Iterator[tuple[os.DirEntry[str], bool]]:
    """Yield what is right in a folder and may be an image or hold images, and whether it is a folder.

    `on_passed_over` gets the suffix of every other file.
    """
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name
            if name.startswith("."):
                continue
            # A broken link is no folder. If it has an image's suffix, `_images` reports it.
            if _is_folder(entry):
                if name.casefold() not in JUNK_FOLDERS and not _is_flagged_hidden(entry):
                    yield entry, True
            elif not _is_flagged_hidden(entry):
                if (suffix := _suffix(name)) in _SUFFIXES:
                    yield entry, False
                elif on_passed_over is not None:
                    on_passed_over(suffix)


_SUFFIXES = IMAGE_SUFFIXES | RAW_SUFFIXES


def _suffix(name: str) -> str:
    return name[name.rfind(".") :].lower()


def _stamp(status: os.stat_result) -> int:
    # Change times beyond 2554 and file ids of 128 bits (ReFS) exist: keep their low 64 bits.
    state = struct.pack("<QQ", status.st_ctime_ns & _LOW_64_BITS, status.st_ino & _LOW_64_BITS)
    return int.from_bytes(hashlib.blake2b(state, digest_size=8).digest(), "little", signed=True)


def _status(entry: os.DirEntry[str]) -> os.stat_result:
    # On Windows DirEntry.stat() leaves st_ino at 0, which would give the file another stamp than os.stat() does.
    return os.stat(entry.path) if os.name == "nt" else entry.stat()  # noqa: PTH116


def _absolute(path: Path) -> str:
    """Return the absolute path by the names that the caller used, without `..`."""
    plain = os.path.abspath(path)  # noqa: PTH100 - Path.absolute keeps the dots
    if ".." in path.parts and os.path.realpath(plain) != os.path.realpath(path):
        # `link/..` is the parent of the folder that the link points to.
        return os.path.realpath(path)
    return plain


def _folder_identity(folder: str) -> _Identity:
    """Return device and inode, which links and bind mounts do not change; the real path if there is no inode."""
    status = os.stat(folder)  # noqa: PTH116
    if status.st_ino:
        return status.st_dev, status.st_ino
    return (os.path.normcase(os.path.realpath(folder)),)


def _file_identity(folder: _Identity, name: str) -> _Identity:
    """Identify a file by its name in a folder, because by inode two hard links would be one file."""
    return (*folder, os.path.normcase(name))


def _linked_identity(path: str) -> _Identity:
    """Return the identity of a file that may be a link, or be reached through one."""
    folder, name = os.path.split(os.path.realpath(path))
    return _file_identity(_folder_identity(folder), name)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that points to itself
        return False


def _is_flagged_hidden(entry: os.DirEntry[str]) -> bool:
    """Return whether an attribute hides the entry, as on Windows and macOS. Linux hides only names with a dot."""
    if not _HAS_HIDDEN_FLAG:
        return False
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError:
        return False
    attributes = getattr(status, "st_file_attributes", 0)
    return bool(attributes & stat.FILE_ATTRIBUTE_HIDDEN or getattr(status, "st_flags", 0) & stat.UF_HIDDEN)


def _entry_key(entry: os.DirEntry[str]) -> tuple[bytes, str]:
    return total_order_key(entry.name)


_BROKEN_LINK = message(
    "core", "This is a link to a file that is not there; it may have been moved, renamed or deleted."
)


def _problem(error: OSError | ValueError) -> str:
    match error:
        case FileNotFoundError():
            return message(
                "core", "There is no file or folder of this name; it may have been moved, renamed or deleted."
            )
        case PermissionError():
            return message("core", "You have no permission to open this. Change its permissions, or choose another.")
        case OSError():
            return message("core", "This could not be read: {reason}.").of(reason=os_reason(error))
        case _:
            return message("core", "This is not a usable name of a file or a folder.")
