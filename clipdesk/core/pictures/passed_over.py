"""Count the pictures that a scan passes over because ClipDesk does not read their format."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from clipdesk.core.messages import Message, counted, listed, message, sentences
from clipdesk.core.pictures.raw_files import RAW_SUFFIXES


@dataclass(frozen=True)
class _Kind:
    counted: Message
    suffixes: tuple[str, ...]


#: Kinds of pictures in the order in which they are named. A suffix that the scan takes for an image never gets here.
_KINDS = (
    _Kind(
        counted("core", "{count} camera raw files", "1 camera raw file", 1),
        (*RAW_SUFFIXES, ".ari", ".cap", ".eip", ".r3d", ".raw"),
    ),
    _Kind(counted("core", "{count} Photoshop templates", "1 Photoshop template", 1), (".psdt",)),
    _Kind(
        counted("core", "{count} PostScript drawings", "1 PostScript drawing", 1),
        (".eps", ".epsf", ".epsi", ".ps", ".ai"),
    ),
    _Kind(
        counted("core", "{count} vector drawings", "1 vector drawing", 1),
        (".svg", ".svgz", ".emf", ".wmf", ".cdr", ".odg", ".afdesign"),
    ),
    _Kind(counted("core", "{count} JPEG XL pictures", "1 JPEG XL picture", 1), (".jxl",)),
    _Kind(counted("core", "{count} JPEG XR pictures", "1 JPEG XR picture", 1), (".jxr", ".wdp", ".hdp")),
    _Kind(counted("core", "{count} HDR pictures", "1 HDR picture", 1), (".exr", ".hdr", ".pfm", ".rgbe")),
    _Kind(
        counted("core", "{count} scientific images", "1 scientific image", 1),
        (".fits", ".fit", ".fts", ".dcm", ".dicom", ".nii", ".czi", ".lif"),
    ),
    _Kind(
        counted("core", "{count} project files of drawing programs", "1 project file of a drawing program", 1),
        (
            ".xcf",
            ".kra",
            ".ora",
            ".afphoto",
            ".clip",
            ".procreate",
            ".sai",
            ".mdp",
            ".psp",
            ".pspimage",
            ".pdn",
            ".cpt",
        ),
    ),
    _Kind(
        counted("core", "{count} pictures in rare formats", "1 picture in a rare format", 1),
        (
            *(".bpg", ".cin", ".cur", ".dds", ".djvu", ".djv", ".dpx", ".flif", ".icns", ".iff", ".ilbm", ".jbig"),
            *(".dcx", ".jbg", ".jng", ".jls", ".ktx", ".ktx2", ".lbm", ".mng", ".msp", ".pam", ".pct", ".pic"),
            *(".pict", ".qoi", ".ras", ".rgb", ".rgba", ".sgi", ".bw", ".spi", ".sun", ".tpic", ".wbmp", ".xbm"),
            *(".xpm", ".xv", ".xwd"),
        ),
    ),
)

_KIND_OF_SUFFIX = {suffix: kind for kind in _KINDS for suffix in kind.suffixes}

_RAW_HINT = message(
    "core", "What opens camera raw files (ClipDesk's extra “raw”) is not installed. Install it with: pip install rawpy"
)


class PassedOver:
    """How many pictures of each kind were passed over."""

    def __init__(self) -> None:
        self._counts: Counter[_Kind] = Counter()
        self._lacks_raw = False

    def add(self, suffix: str) -> None:
        """Count a file by its lower-case suffix. Files that are no pictures, such as `.txt`, do not count."""
        if (kind := _KIND_OF_SUFFIX.get(suffix)) is not None:
            self._counts[kind] += 1
            self._lacks_raw |= suffix in RAW_SUFFIXES

    def sentence(self) -> str:
        """Return “4 camera raw files and 2 JPEG XL pictures were passed over.”, or "" for none.

        Names the extra `raw` if it would read some of them.
        """
        parts = [kind.counted.of(count=self._counts[kind]) for kind in _KINDS if self._counts[kind]]
        if not parts:
            return ""
        sentence = counted("core", "{kinds} were passed over.", "{kinds} was passed over.", 1)
        passed_over = sentence.of(count=self._counts.total(), kinds=listed(parts))
        return sentences(passed_over, _RAW_HINT if self._lacks_raw else "")
