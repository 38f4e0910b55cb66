"""What the rules for the image to keep read of files, their companions included."""

from __future__ import annotations

from collections.abc import Container, Sequence
from pathlib import Path

from clipdesk.core.find.keepers import KeeperFacts
from clipdesk.core.find.looks import Looks
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.sorting.companions import find_companions
from clipdesk.core.sorting.listings import Listings, split


def keeper_facts(
    images: Sequence[ImageFile], looks: Looks, rows: Sequence[int], corrected: Container[Path]
) -> dict[int, KeeperFacts]:
    """Return the facts about these rows. Reads the folders that they are in.

    `images` and `looks` are those of all rows. `corrected` are the images that the person labelled by hand.
    """
    listings = Listings()
    in_folder: dict[str, set[str]] = {}
    for image in images:
        folder, name = split(image.path)
        in_folder.setdefault(folder, set()).add(name)
    companions = {
        folder: find_companions(listings.of(folder), in_folder[folder])
        for folder in {split(images[row].path)[0] for row in rows}
    }
    facts: dict[int, KeeperFacts] = {}
    for row in rows:
        image, look = images[row], looks.look(row)
        folder, name = split(image.path)
        facts[row] = KeeperFacts(
            image.path,
            look.width,
            look.height,
            image.size_bytes,
            image.mtime_ns / 1e9,
            look.taken_s,
            look.sharpness,
            tuple(companion.name for companion in companions[folder].of_image.get(name, ())),
            image.path in corrected,
        )
    return facts
