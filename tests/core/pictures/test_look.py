"""Reading an image's facts on the way changes nothing of what is decoded."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from image_files import gradient, with_orientation

from clipdesk.core.pictures.decode import decode
from clipdesk.core.pictures.look import ShotFacts, dhash_of, look_of, shot_facts


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "TIFF", "WEBP"])
@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_facts_on_the_way_do_not_turn_the_image(tmp_path: Path, format_name: str, orientation: int) -> None:
    path = tmp_path / "picture"
    gradient(600, 300).save(path, format_name, exif=with_orientation(orientation))
    facts: list[ShotFacts] = []

    plain = decode(path, (32, 32))
    image = decode(path, (32, 32), on_opened=lambda opened: facts.append(shot_facts(opened)))

    assert np.array_equal(np.asarray(image), np.asarray(plain))
    upright = (300, 600) if orientation in (6, 8) else (600, 300)
    assert (facts[0].width, facts[0].height) == upright


def test_the_look_of_a_reduced_image_is_that_of_the_whole() -> None:
    whole = gradient(1_200, 800)
    facts = ShotFacts(1_200, 800, None)

    one, other = look_of(whole, facts), look_of(whole.resize((300, 200)), facts)

    assert (one.dhash ^ other.dhash).bit_count() <= 2
    tiles = [np.frombuffer(look.tile, np.uint8).astype(int) for look in (one, other)]
    assert np.abs(tiles[0] - tiles[1]).max() <= 3


def test_dhash_tells_where_pixels_are_darker_than_the_next() -> None:
    image = gradient().convert("L").convert("RGB")
    mirrored = image.transpose(0)  # left and right

    assert dhash_of(mirrored).bit_count() + dhash_of(image).bit_count() == pytest.approx(64, abs=4)
