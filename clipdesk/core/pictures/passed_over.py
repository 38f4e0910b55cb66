"""Count the pictures that a scan passes over because ClipDesk does not read their format."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from clipdesk.core.pictures.raw_files import RAW_SUFFIXES


@dataclass(frozen=True)
class _Kind:
    one: str
    many: str
    suffixes: tuple[str, ...]


#: Kinds of pictures in the order in which they are named. A suffix that the scan takes for an image never gets here.
_KINDS = (
    _Kind("camera raw file", "camera raw files", (*RAW_SUFFIXES, ".ari", ".cap", ".eip", ".r3d", ".raw")),
    _Kind("Photoshop template", "Photoshop templates", (".psdt",)),
    _Kind("PostScript drawing", "PostScript drawings", (".eps", ".epsf", ".epsi", ".ps", ".ai")),
    _Kind("vector drawing", "vector drawings", (".svg", ".svgz", ".emf", ".wmf", ".cdr", ".odg", ".afdesign")),
    _Kind("JPEG XL picture", "JPEG XL pictures", (".jxl",)),
    _Kind("JPEG XR picture", "JPEG XR pictures", (".jxr", ".wdp", ".hdp")),
    _Kind("HDR picture", "HDR pictures", (".exr", ".hdr", ".pfm", ".rgbe")),
    _Kind("scientific image", "scientific images", (".fits", ".fit", ".fts", ".dcm", ".dicom", ".nii", ".czi", ".lif")),
    _Kind(
        "project file of a drawing program",
        "project files of drawing programs",
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
        "picture in a rare format",
        "pictures in rare formats",
        (
            *(".bpg", ".cin", ".cur", ".dds", ".djvu", ".djv", ".dpx", ".flif", ".icns", ".iff", ".ilbm", ".jbig"),
            *(".dcx", ".jbg", ".jng", ".jls", ".ktx", ".ktx2", ".lbm", ".mng", ".msp", ".pam", ".pct", ".pic"),
            *(".pict", ".qoi", ".ras", ".rgb", ".rgba", ".sgi", ".bw", ".spi", ".sun", ".tpic", ".wbmp", ".xbm"),
            *(".xpm", ".xv", ".xwd"),
        ),
    ),
)

_KIND_OF_SUFFIX = {suffix: kind for kind in _KINDS for suffix in kind.suffixes}

_RAW_HINT = "What opens camera raw files (ClipDesk's extra “raw”) is not installed. Install it with: pip install rawpy"


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
        parts = [_counted(kind, self._counts[kind]) for kind in _KINDS if self._counts[kind]]
        if not parts:
            return ""
        verb = "was" if self._counts.total() == 1 else "were"
        listed = " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))
        sentence = f"{listed} {verb} passed over."
        return f"{sentence} {_RAW_HINT}" if self._lacks_raw else sentence


def _counted(kind: _Kind, count: int) -> str:
    return f"1 {kind.one}" if count == 1 else f"{count:,} {kind.many}"
