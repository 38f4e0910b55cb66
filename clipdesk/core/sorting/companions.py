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
        stem, suffix = _split(self.name)
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
    files: list[os.DirEntry[str]] = []
    claimants = set(images)
    for name, entry in listing.entries.items():
        suffix = name[name.rfind(".") :].lower()
        if suffix in IMAGE_SUFFIXES:
            claimants.add(name)
        elif suffix in _SUFFIXES and name not in claimants and _is_plain_file(entry):
            files.append(entry)
    if not files:
        return _NONE
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
    return _split(name)[0]


def _owners(files: Iterable[os.DirEntry[str]], claimants: Collection[str]) -> dict[str, frozenset[str]]:
    """Return the images that claim each file, by its name."""
    split_files = [(entry.name, *_split(entry.name)) for entry in files]
    stems = {stem for _, stem, _ in split_files}
    bases = {_lower_suffix(stem) for stem in stems}
    by_stem: dict[str, set[str]] = {}
    by_name: dict[str, set[str]] = {}
    for image in claimants:
        stem, suffix = _split(image)
        if stem in stems:
            by_stem.setdefault(stem, set()).add(image)
        if (name := stem + suffix.lower()) in bases:
            by_name.setdefault(name, set()).add(image)
    owners: dict[str, frozenset[str]] = {}
    # RAW twins and Live Photos have sidecars of their own, which belong to the image, too.
    for name, stem, suffix in split_files:
        if suffix.lower() not in SIDECAR_SUFFIXES:
            found = by_stem.get(stem, set())
            if suffix.lower() == _LIVE_PHOTO:
                found = {image for image in found if _split(image)[1].lower() in _STILLS_OF_LIVE_PHOTOS}
            owners[name] = frozenset(found)
    by_takeout: dict[str, set[str]] = {}
    if any(suffix.lower() == ".json" for _, _, suffix in split_files):
        by_takeout = _by_takeout_name({image: frozenset({image}) for image in claimants} | owners)
    for media, found_images in owners.items():
        by_name.setdefault(_lower_suffix(media), set()).update(found_images)
    for name, stem, suffix in split_files:
        if suffix.lower() in SIDECAR_SUFFIXES:
            found = by_stem.get(stem, set()) | by_name.get(_lower_suffix(stem), set())
            owners[name] = frozenset(found | by_takeout.get(stem, set()) if suffix.lower() == ".json" else found)
    return owners


def _by_takeout_name(images_of: Mapping[str, frozenset[str]]) -> dict[str, set[str]]:
    """Return the images by the stems of the JSON files that a take-out may have written for them.

    `images_of` holds the images that each image or video file belongs to.
    """
    found: dict[str, set[str]] = {}
    for name, images in images_of.items():
        stem, suffix = _split(name)
        number = match[0] if (match := _NUMBER.search(stem)) else ""
        for full, mark in {(stem.removesuffix(number) + suffix, number), (name, "")}:
            for text in (full, full + _TAKEOUT_MARK):
                found.setdefault(text[:_TAKEOUT_LENGTH] + mark, set()).update(images)
            found.setdefault(full + _TAKEOUT_MARK + mark, set()).update(images)
    return found


def _split(name: str) -> tuple[str, str]:
    cut = name.rfind(".")
    return (name[:cut], name[cut:]) if cut > 0 else (name, "")


def _lower_suffix(name: str) -> str:
    stem, suffix = _split(name)
    return stem + suffix.lower()


def _is_plain_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file(follow_symlinks=False)
    except OSError:
        return False
