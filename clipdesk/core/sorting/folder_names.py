"""Names of target folders and files: from a label to one safe folder name, and names with a number."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from clipdesk.core.pictures.scan import JUNK_FOLDERS

#: The longest name that Windows (UTF-16 units), macOS and Linux (UTF-8 bytes) all allow.
MAX_NAME_BYTES = 255

#: The name of a folder whose label has no character that a folder name may have.
_EMPTY_NAME = "label"

#: Forbidden in names by Windows; `/` everywhere, `:` also by the Finder of macOS.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')

#: Windows may have given another folder a short name such as `HOLIDA~1`, and would open that one.
_SHORT_NAME = re.compile(r"~(?=\d)")

#: Names of devices on Windows, also before a dot: `aux.jpg`.
#: https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file
_DEVICES = frozenset(("con", "prn", "aux", "nul", "conin$", "conout$", "clock$")).union(
    f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"
)

#: Letters, marks and symbols that show nothing: fillers, the combining grapheme joiner, the blank Braille pattern.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


def folder_name(label: str) -> str:
    """Return the folder name for a label: one component that is valid and visible on every system, in NFC.

    Characters that no name may have become `_`; white space becomes single spaces; control, bidirectional and other
    format characters go. Leading dots, which would hide the folder, and trailing dots and spaces, which Windows drops,
    go too. Names of devices (`CON`) and of folders that ClipDesk passes over (`thumbs`) get a `_`. At most 255 bytes in
    UTF-8, and 255 UTF-16 units in NFD, as HFS+ stores it. A label without any usable character becomes "label".
    The result is its own folder name.
    """
    name = label
    if not (label.isascii() and label.isalnum()):  # the usual label needs nothing of this
        name = "".join(map(_safe_char, unicodedata.normalize("NFC", label)))
        name = unicodedata.normalize("NFC", _SHORT_NAME.sub("_", name))
    # A cut may end in a dot, and what is left without the dot may name a device.
    while (safe := _without_device(_trimmed(_cut(name)))) != name:
        name = safe
    return name or _EMPTY_NAME


def relative_folder(text: str | Path) -> Path:
    """Return a relative folder of safe components from one that a person typed, such as `Animals/Cats`.

    `.`, `..` and empty components are dropped, so that the result never leads out of the folder that it is joined to.
    """
    parts = re.split(r"[/\\]", str(text))
    return Path(*(folder_name(part) for part in parts if part.strip(" .")))


def clash_key(name: str) -> str:
    """Return a key that is equal for names that differ in case or Unicode form only, which some disks confuse."""
    if name.isascii():
        return name.lower()
    folded = unicodedata.normalize("NFD", name).casefold()
    return unicodedata.normalize("NFC", folded)


def numbered(stem: str, number: int, longest_ending: str) -> str:
    """Return the stem with ` (number)`, cut so that it fits into a name together with `longest_ending`."""
    mark = f" ({number})"
    room = MAX_NAME_BYTES - name_bytes(mark) - name_bytes(longest_ending)
    if name_bytes(stem) > room:
        stem = stem.encode("utf-8", "surrogateescape")[: max(room, 1)].decode("utf-8", "ignore").rstrip(" .")
    return stem + mark


def name_bytes(name: str) -> int:
    """Return the length of a name in UTF-8."""
    return len(name) if name.isascii() else len(name.encode("utf-8", "surrogatepass"))


def _safe_char(char: str) -> str:
    if char.isascii():
        if char.isspace():
            return " "
        return "_" if _FORBIDDEN.match(char) else char if char.isprintable() else ""
    category = unicodedata.category(char)
    if category[0] == "Z" or char.isspace():
        return " "
    # Cn holds the emoji of the next Unicode version, which are fine, and 66 noncharacters, which are not.
    is_unusable = category in ("Cc", "Cf", "Cs", "Co") or char in _INVISIBLE or _is_noncharacter(char)
    return "" if is_unusable else char


def _is_noncharacter(char: str) -> bool:
    code = ord(char)
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def _trimmed(name: str) -> str:
    """Return the name with single spaces, without leading and trailing dots and spaces."""
    return " ".join(name.split()).strip(" .") if " " in name or "." in name else name


def _without_device(name: str) -> str:
    """Return the name with a `_` behind its stem if it names a device or a folder that ClipDesk passes over."""
    stem, dot, rest = name.partition(".")
    bare = stem.rstrip(" ")
    if bare.casefold() in _DEVICES:
        return f"{bare}_{dot}{rest}"
    return f"{name}_" if name.casefold() in JUNK_FOLDERS else name


def _cut(name: str) -> str:
    while name_bytes(name) > MAX_NAME_BYTES or _hfs_units(name) > MAX_NAME_BYTES:
        excess = max(name_bytes(name), _hfs_units(name)) - MAX_NAME_BYTES
        # No character takes more than four bytes, and none more than four units.
        name = unicodedata.normalize("NFC", name[: -max(1, excess // 4)])
    return name


def _hfs_units(name: str) -> int:
    """Return the length of a name in NFD, in UTF-16 units."""
    if name.isascii():
        return len(name)
    return len(unicodedata.normalize("NFD", name).encode("utf-16-le", "surrogatepass")) // 2
