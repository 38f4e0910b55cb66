"""Write the labels of images into XMP sidecars beside them."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from clipdesk.core.desk.decisions import Status
from clipdesk.core.errors import ExportError, SidecarError
from clipdesk.core.export.rows import ResultRow, Results
from clipdesk.core.export.xmp.keywords import DEFAULT_ROOT, RootKeyword, keyword_of
from clipdesk.core.export.xmp.packet import EMPTY_PACKET, merge_keywords
from clipdesk.core.files import remove_abandoned, replace_bytes
from clipdesk.core.messages import message
from clipdesk.core.reasons import os_reason

#: Larger sidecars are left alone. Lightroom's, with masks, reach a few megabytes.
_MAX_BYTES = 64 << 20
#: How often a sidecar is merged again because another program wrote it meanwhile.
_TRIES = 3


class SidecarNaming(StrEnum):
    """What the sidecar of `x.jpg` is called."""

    STEM = "x.xmp"
    """As in Lightroom, Adobe Bridge and Capture One."""
    FULL = "x.jpg.xmp"
    """As in darktable and digiKam."""


@dataclass(frozen=True)
class SidecarOptions:
    """The keyword above the labels, the names of the files, and whether unsure labels count."""

    root: str = DEFAULT_ROOT
    naming: SidecarNaming = SidecarNaming.STEM
    with_unsure: bool = False


@dataclass(frozen=True)
class SidecarReport:
    """What an export did. Numbers of files; `problems` are paths left alone, each with half a sentence why.

    `written` sidecars hold a keyword now that they did not hold before. From `cleared` ones, keywords of an earlier
    export were removed. `unchanged` ones were right already. `pictures` have a keyword in the end.
    """

    pictures: int = 0
    written: int = 0
    cleared: int = 0
    unchanged: int = 0
    problems: tuple[tuple[str, str], ...] = ()
    was_stopped: bool = False


@dataclass(frozen=True)
class _Sidecar:
    """A sidecar of one or more images. `keywords` holds those of its images, which should be one; empty for none."""

    path: str
    keywords: frozenset[str]
    images: tuple[str, ...]


def sidecar_keyword(row: ResultRow, options: SidecarOptions) -> str:
    """Return the keyword that an image gets; empty if none."""
    is_decided = row.status == "ok" or (row.status == "unsure" and options.with_unsure)
    return keyword_of(row.label) if is_decided else ""


def sidecar_path(filepath: str, naming: SidecarNaming) -> str:
    """Return the path of an image's sidecar."""
    return f"{filepath if naming is SidecarNaming.FULL else os.path.splitext(filepath)[0]}.xmp"  # noqa: PTH122


def sidecar_cells(row: ResultRow, options: SidecarOptions) -> list[str]:
    """Return what is written for an image, as cells below `SIDECAR_HEADER`. Raises ExportError without a root."""
    name = os.path.basename(sidecar_path(row.filepath, options.naming))  # noqa: PTH119 - a text, not a Path
    keyword, root = sidecar_keyword(row, options), RootKeyword.parse(options.root)
    return [name, keyword, root.lightroom(keyword), root.digikam(keyword)] if keyword else [name, "", "", ""]


SIDECAR_HEADER = ["sidecar", "dc:subject", "lr:hierarchicalSubject", "digiKam:TagsList"]


def write_sidecars(
    results: Results,
    options: SidecarOptions,
    *,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> SidecarReport:
    """Merge the keywords of images into their sidecars, and create those that are missing.

    From the sidecars of images without a decided label, keywords of an earlier export with the same root are removed.
    Those of images that wait or cannot be read stay as they are. A sidecar that ClipDesk created and that holds nothing
    any more is deleted. Image files are not opened. Each file is either as before or complete, whatever happens.
    `on_progress` gets the numbers of finished sidecars and of all. Raises ExportError if the root is empty; faults of
    single files are reported.
    """
    root = RootKeyword.parse(options.root)
    sidecars = list(_sidecars(results, options))
    counts: dict[str, int] = {"written": 0, "cleared": 0, "unchanged": 0, "pictures": 0}
    problems: list[tuple[str, str]] = []
    tidied: set[str] = set()
    was_stopped = False
    for done, sidecar in enumerate(sidecars):
        if should_stop():
            was_stopped = True
            break
        on_progress(done, len(sidecars))
        try:
            outcome = _write(sidecar, root, tidied)
        except (SidecarError, OSError) as error:
            problems.append((sidecar.path, _reason(error)))
            continue
        counts[outcome] += 1
        counts["pictures"] += len(sidecar.images) if sidecar.keywords else 0
    return SidecarReport(**counts, problems=tuple(problems), was_stopped=was_stopped)


def _sidecars(results: Results, options: SidecarOptions) -> Iterator[_Sidecar]:
    """Yield the sidecars of all images that were looked at. Images with the same stem may share one."""
    found: dict[str, list[int]] = {}
    for row, status in enumerate(results.decisions.status.tolist()):
        if status not in (Status.ERROR, Status.WAITING):
            found.setdefault(sidecar_path(results.images.path_text(row), options.naming), []).append(row)
    for path, places in found.items():
        rows = [results.row(place) for place in places]
        keywords = frozenset(sidecar_keyword(row, options) for row in rows)
        yield _Sidecar(path, keywords if keywords != {""} else frozenset(), tuple(row.file for row in rows))


def _write(sidecar: _Sidecar, root: RootKeyword, tidied: set[str]) -> str:
    """Bring one sidecar up to date. Return what happened to it, as a name in `SidecarReport`.

    Raises SidecarError or OSError.
    """
    if len(sidecar.keywords) > 1:
        first, second = sidecar.images[:2]
        words = message("core", "“{first}” and “{second}” share it, but have different labels")
        raise SidecarError(words.of(first=first, second=second))
    path = _existing(Path(sidecar.path))
    for _ in range(_TRIES):
        before, stamp = _read(path)
        if before is None and not sidecar.keywords:
            return "unchanged"
        after = merge_keywords(EMPTY_PACKET if before is None else before, sorted(sidecar.keywords), root)
        if after == before:
            return "unchanged"
        if _stamp(path) != stamp:
            continue  # written by another program meanwhile
        if after == EMPTY_PACKET:
            path.unlink()
            return "cleared"
        folder = str(path.parent)
        if folder not in tidied:
            tidied.add(folder)
            remove_abandoned(path.parent)
        try:
            with replace_bytes(path, tidy=False) as stream:
                stream.write(after)
        except ExportError as error:
            if isinstance(error.__cause__, OSError):
                words = message("core", "it cannot be written: {reason}")
                raise SidecarError(words.of(reason=os_reason(error.__cause__))) from error.__cause__
            raise
        return "written" if sidecar.keywords else "cleared"
    raise SidecarError(message("core", "another program keeps writing it"))


def _reason(error: SidecarError | OSError) -> str:
    if isinstance(error, SidecarError):
        return str(error)
    return message("core", "it cannot be read: {reason}").of(reason=os_reason(error))


def _existing(path: Path) -> Path:
    """Return the sidecar that is there already, if its suffix is in capitals, as some cameras and programs write it."""
    capitals = path.with_suffix(".XMP")
    return capitals if not path.exists() and capitals.exists() else path


def _read(path: Path) -> tuple[bytes | None, tuple[int, ...]]:
    """Return the content of a file and its stamp, None and () if there is none. Raises OSError or SidecarError."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would never end
            raise SidecarError(message("core", "it is no file"))
        with path.open("rb") as stream:
            data = stream.read(_MAX_BYTES + 1)
            status = os.fstat(stream.fileno())
    except FileNotFoundError:
        return None, ()
    if len(data) > _MAX_BYTES:
        raise SidecarError(message("core", "it is larger than {size} MB").of(size=_MAX_BYTES >> 20))
    return data, (status.st_size, status.st_mtime_ns, status.st_ino)


def _stamp(path: Path) -> tuple[int, ...]:
    try:
        status = path.stat()
    except FileNotFoundError:
        return ()
    return status.st_size, status.st_mtime_ns, status.st_ino
