"""Files that belong to an image and travel with it: sidecars, captions, RAW twins, Live Photos."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from clipdesk.core.pictures import raw_files
from clipdesk.core.pictures.scan import IMAGE_SUFFIXES
from clipdesk.core.sorting.listings import Listing

#: Lower-case suffixes of files of a camera's sensor data. A RAW file beside an image of the same stem is its twin,
#: whether or not ClipDesk reads it.
RAW_SUFFIXES = raw_files.RAW_SUFFIXES | {".ari", ".cap", ".eip", ".r3d", ".raw"}
#: Of metadata, edits, captions and previews: XMP, Apple's edits, thumbnails, RawTherapee, DxO, captions, take-outs.
SIDECAR_SUFFIXES = frozenset({".xmp", ".aae", ".thm", ".pp3", ".dop", ".txt", ".json"})
_LIVE_PHOTO = ".mov"
_STILLS_OF_LIVE_PHOTOS = frozenset({".heic", ".heif", ".hif", ".jpg", ".jpeg"})
#: Of all files that may be companions.
COMPANION_SUFFIXES = RAW_SUFFIXES | SIDECAR_SUFFIXES | {_LIVE_PHOTO}

#: Of files that claim companions though they are not to be sorted. A RAW file beside an image is its companion.
_CLAIMING_SUFFIXES = IMAGE_SUFFIXES - RAW_SUFFIXES

#: Google Photos' take-out writes `NAME.supplemental-metadata.json` (until 2024 `NAME.json`), cut to 46 characters
#: before `.json`. A number at the end of the image's stem stands before `.json` instead.
#: https://github.com/ente/ente/pull/4956
_TAKE_OUT_MARK = ".supplemental-metadata"
_TAKE_OUT_LENGTH = 46
_NUMBER = re.compile(r"\(\d+\)$")


@dataclass(frozen=True, slots=True)
class Companion:
    """A file that belongs to an image. `entry` is its directory entry.

    `take_out_of` is the image or video that it was written for by a take-out, if its name does not begin with theirs.
    """

    entry: os.DirEntry[str]
    take_out_of: str = ""

    @property
    def name(self) -> str:
        return self.entry.name

    def renamed(self, old_image: str, new_image: str) -> str:
        """Return the companion's name beside an image that was called `old_image` and is now called `new_image`."""
        new_stem = stem_of(new_image)
        if not self.take_out_of:
            return new_stem + self.name[len(stem_of(old_image)) :]
        # The name was cut, or has a number in the middle. It is found again by the full name of what it belongs to.
        stem, suffix = split_suffix(self.name)
        ending = split_suffix(_NUMBER.sub("", stem))[1]
        mark = _TAKE_OUT_MARK if len(ending) > 1 and _TAKE_OUT_MARK.startswith(ending) else ""
        return new_stem + split_suffix(self.take_out_of)[1] + mark + suffix


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
        if suffix in _CLAIMING_SUFFIXES:
            claimants.add(name)
        elif suffix in COMPANION_SUFFIXES and name not in claimants and _is_plain_file(entry):
            files.append(entry)
    if not files:
        return _NONE
    owners = _owners(files, claimants)
    of_image: dict[str, list[Companion]] = {}
    ambiguous: dict[str, tuple[str, ...]] = {}
    ambiguous_of: dict[str, tuple[str, ...]] = {}
    for entry in files:
        found = owners[entry.name]
        if len(found) == 1:
            ((image, take_out_of),) = found.items()
            of_image.setdefault(image, []).append(Companion(entry, take_out_of))
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
    """Return a file name without its suffix."""
    return split_suffix(name)[0]


#: The images that claim a file, each with what `Companion.take_out_of` holds.
_Owners = dict[str, str]


def _owners(files: Iterable[os.DirEntry[str]], claimants: Collection[str]) -> dict[str, _Owners]:
    """Return the images that claim each file, by its name."""
    split_files = [(entry.name, *split_suffix(entry.name)) for entry in files]
    stems = {stem for _, stem, _ in split_files}
    bases = {_lower_suffix(stem) for stem in stems}
    by_stem: dict[str, _Owners] = {}
    by_name: dict[str, _Owners] = {}
    for image in claimants:
        stem, suffix = split_suffix(image)
        if stem in stems:
            by_stem.setdefault(stem, {})[image] = ""
        if (name := stem + suffix.lower()) in bases:
            by_name.setdefault(name, {})[image] = ""
    owners: dict[str, _Owners] = {}
    for name, stem, suffix in split_files:
        if suffix.lower() not in SIDECAR_SUFFIXES:
            found = by_stem.get(stem, {})
            if suffix.lower() == _LIVE_PHOTO:
                found = {image: "" for image in found if split_suffix(image)[1].lower() in _STILLS_OF_LIVE_PHOTOS}
            owners[name] = found
    # RAW twins and Live Photos have sidecars of their own, which belong to the image, too.
    by_take_out: dict[str, _Owners] = {}
    if any(suffix.lower() == ".json" for _, _, suffix in split_files):
        by_take_out = _by_take_out_name({image: {image: ""} for image in claimants} | owners)
    for media, found in owners.items():
        by_name.setdefault(_lower_suffix(media), {}).update(found)
    for name, stem, suffix in split_files:
        if suffix.lower() in SIDECAR_SUFFIXES:
            by_take_out_name = by_take_out.get(stem, {}) if suffix.lower() == ".json" else {}
            owners[name] = by_take_out_name | by_stem.get(stem, {}) | by_name.get(_lower_suffix(stem), {})
    return owners


def _by_take_out_name(owners_of: Mapping[str, _Owners]) -> dict[str, _Owners]:
    """Return the images by the stems of the JSON files that a take-out may have written for them.

    `owners_of` holds the images that each image or video file belongs to.
    """
    found: dict[str, _Owners] = {}
    for name, owners in owners_of.items():
        stem, suffix = split_suffix(name)
        number = match[0] if (match := _NUMBER.search(stem)) else ""
        for full, mark in {(stem.removesuffix(number) + suffix, number), (name, "")}:
            for text in (full, full + _TAKE_OUT_MARK):
                found.setdefault(text[:_TAKE_OUT_LENGTH] + mark, {}).update(dict.fromkeys(owners, name))
            found.setdefault(full + _TAKE_OUT_MARK + mark, {}).update(dict.fromkeys(owners, name))
    return found


def suffix_of(name: str) -> str:
    """Return the lower-case suffix of a file name, such as `.jpg`."""
    return split_suffix(name)[1].lower()


def is_pair(images: Collection[str]) -> bool:
    """Return whether these are one shot, as an image and as its RAW twin."""
    return (
        len(images) == 2
        and len({stem_of(image) for image in images}) == 1
        and sum(suffix_of(image) in RAW_SUFFIXES for image in images) == 1
    )


def split_suffix(name: str) -> tuple[str, str]:
    """Split a file name into its stem and its suffix. A leading dot begins no suffix."""
    cut = name.rfind(".")
    return (name[:cut], name[cut:]) if cut > 0 else (name, "")


def _lower_suffix(name: str) -> str:
    stem, suffix = split_suffix(name)
    return stem + suffix.lower()


def _is_plain_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file(follow_symlinks=False)
    except OSError:
        return False
