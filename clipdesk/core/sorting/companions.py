"""Files that belong to an image and travel with it: sidecars, captions, RAW twins, Live Photos."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from clipdesk.core.pictures.scan import IMAGE_SUFFIXES
from clipdesk.core.sorting.listings import Listing

#: Lower-case suffixes of files of a camera's sensor data. A RAW file beside an image of the same stem is its twin.
RAW_SUFFIXES = frozenset(
    {
        ".3fr",
        ".ari",
        ".arw",
        ".bay",
        ".cap",
        ".cr2",
        ".cr3",
        ".crw",
        ".dcr",
        ".dcs",
        ".dng",
        ".drf",
        ".eip",
        ".erf",
        ".fff",
        ".gpr",
        ".iiq",
        ".k25",
        ".kdc",
        ".mdc",
        ".mef",
        ".mos",
        ".mrw",
        ".nef",
        ".nrw",
        ".orf",
        ".pef",
        ".ptx",
        ".pxn",
        ".raf",
        ".raw",
        ".rw2",
        ".rwl",
        ".rwz",
        ".sr2",
        ".srf",
        ".srw",
        ".x3f",
    }
)
#: Of metadata, edits, captions and previews: XMP, Apple's edits, thumbnails, RawTherapee, DxO, captions, take-outs.
SIDECAR_SUFFIXES = frozenset({".xmp", ".aae", ".thm", ".pp3", ".dop", ".txt", ".json"})
_LIVE_PHOTO = ".mov"
_STILLS_OF_LIVE_PHOTOS = frozenset({".heic", ".heif", ".hif", ".jpg", ".jpeg"})
_SUFFIXES = RAW_SUFFIXES | SIDECAR_SUFFIXES | {_LIVE_PHOTO}

#: Google Photos' take-out writes `NAME.supplemental-metadata.json` (until 2024 `NAME.json`), cut to 46 characters
#: before `.json`. A number at the end of the image's stem stands before `.json` instead.
#: https://github.com/ente/ente/pull/4956
_TAKEOUT_MARK = ".supplemental-metadata"
_TAKEOUT_LENGTH = 46
_NUMBER = re.compile(r"\(\d+\)$")


@dataclass(frozen=True, slots=True)
class Companion:
    """A file that belongs to an image. `entry` is its directory entry."""

    entry: os.DirEntry[str]

    @property
    def name(self) -> str:
        return self.entry.name

    def renamed(self, old_image: str, new_image: str) -> str:
        """Return the companion's name beside an image that was called `old_image` and is now called `new_image`."""
        old_stem, new_stem = stem_of(old_image), stem_of(new_image)
        if self.name.startswith(old_stem):
            return new_stem + self.name[len(old_stem) :]
        # A take-out's JSON, whose name was cut or has the number elsewhere. It is found again by the image's full name.
        stem, suffix = os.path.splitext(self.name)  # noqa: PTH122
        return new_image + (_TAKEOUT_MARK if _TAKEOUT_MARK[:4] in stem else "") + suffix


@dataclass(frozen=True)
class FolderCompanions:
    """The companions in one folder, by the name of their image.

    `ambiguous` holds the images that claim a file which belongs to several, and `ambiguous_of` these files by image.
    """

    of_image: Mapping[str, tuple[Companion, ...]]
    ambiguous: Mapping[str, tuple[str, ...]]
    ambiguous_of: Mapping[str, tuple[str, ...]]


_NONE = FolderCompanions({}, {}, {})


def find_companions(listing: Listing, images: Collection[str]) -> FolderCompanions:
    """Pair the companions in a folder with its images. `images` are the names of those that may be sorted.

    Other image files in the folder claim companions, too, so that `x.xmp` beside `x.jpg` and `x.png` is ambiguous even
    if only one of them is on the desk. `images` are never companions themselves, even with the suffix of one. Stems
    have to be equal, suffixes may differ in case. Links are not companions.
    """
    files = [entry for name, entry in listing.entries.items() if _suffix(name) in _SUFFIXES and name not in images]
    files = [entry for entry in files if _is_plain_file(entry)]
    if not files:
        return _NONE
    claimants = {name for name in listing.entries if _suffix(name) in IMAGE_SUFFIXES} | set(images)
    owners = _owners(files, claimants)
    of_image: dict[str, list[Companion]] = {}
    ambiguous: dict[str, tuple[str, ...]] = {}
    ambiguous_of: dict[str, tuple[str, ...]] = {}
    for entry in files:
        found = owners.get(entry.name, frozenset())
        if len(found) == 1:
            of_image.setdefault(next(iter(found)), []).append(Companion(entry))
        elif found:
            ambiguous[entry.name] = tuple(sorted(found))
            for image in found:
                ambiguous_of[image] = (*ambiguous_of.get(image, ()), entry.name)
    return FolderCompanions(
        {image: tuple(sorted(found, key=lambda companion: companion.name)) for image, found in of_image.items()},
        ambiguous,
        ambiguous_of,
    )


def stem_of(name: str) -> str:
    """Return a file name without its suffix. A leading dot begins no suffix."""
    return os.path.splitext(name)[0]  # noqa: PTH122


def _owners(files: Iterable[os.DirEntry[str]], claimants: Collection[str]) -> dict[str, frozenset[str]]:
    """Return the images that claim each file, by its name."""
    by_stem: dict[str, set[str]] = {}
    by_name: dict[str, set[str]] = {}
    for image in claimants:
        by_stem.setdefault(stem_of(image), set()).add(image)
        by_name.setdefault(_lower_suffix(image), set()).add(image)
    owners: dict[str, frozenset[str]] = {}
    media: dict[str, frozenset[str]] = {}  # the images of RAW twins and Live Photos, whose own sidecars follow them
    sidecars: list[str] = []
    for entry in files:
        suffix, stem = _suffix(entry.name), stem_of(entry.name)
        if suffix in SIDECAR_SUFFIXES:
            sidecars.append(entry.name)
            continue
        found = by_stem.get(stem, set())
        if suffix == _LIVE_PHOTO:
            found = {image for image in found if _suffix(image) in _STILLS_OF_LIVE_PHOTOS}
        owners[entry.name] = media[entry.name] = frozenset(found)
    by_media = {_lower_suffix(name): found for name, found in media.items()}
    by_takeout = _takeout_names(claimants, media) if any(_suffix(name) == ".json" for name in sidecars) else {}
    for name in sidecars:
        base = _lower_suffix(stem_of(name))
        found = by_stem.get(stem_of(name), set()) | by_name.get(base, set()) | by_media.get(base, frozenset())
        if _suffix(name) == ".json":
            found = found | by_takeout.get(stem_of(name), set())
        owners[name] = frozenset(found)
    return owners


def _takeout_names(claimants: Collection[str], media: Mapping[str, frozenset[str]]) -> dict[str, set[str]]:
    """Return the images by the stems of the JSON files that a take-out may have written for them."""
    found: dict[str, set[str]] = {}
    for name, images in (*((image, frozenset({image})) for image in claimants), *media.items()):
        stem, suffix = os.path.splitext(name)  # noqa: PTH122
        number = match[0] if (match := _NUMBER.search(stem)) else ""
        plain = stem.removesuffix(number) + suffix
        for full, mark in {(plain, number), (name, "")}:
            for text in (full + _TAKEOUT_MARK, full):
                found.setdefault(text[:_TAKEOUT_LENGTH] + mark, set()).update(images)
            found.setdefault(full + _TAKEOUT_MARK + mark, set()).update(images)
    return found


def _suffix(name: str) -> str:
    return name[name.rfind(".") :].lower() if "." in name else ""


def _lower_suffix(name: str) -> str:
    stem, suffix = os.path.splitext(name)  # noqa: PTH122
    return stem + suffix.lower()


def _is_plain_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file(follow_symlinks=False)
    except OSError:
        return False
