"""One natural order of names, for the desk and for sorting by name."""

from __future__ import annotations

import random
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.desk.order import NameIndex
from clipdesk.core.pictures.natural_order import natural_key, total_order_key
from clipdesk.core.pictures.scan import find_images


def test_natural_keys_ignore_case_accents_and_leading_zeros() -> None:
    names = [
        "img10.jpg",
        "Img2.jpg",
        "img 1.jpg",
        "Éclair.jpg",
        "eclair2.jpg",
        "파일10.jpg",
        "파일9.jpg",
        "img002b.jpg",
    ]

    ordered = sorted(names, key=natural_key)

    assert ordered == [
        "Éclair.jpg", "eclair2.jpg", "img 1.jpg", "Img2.jpg", "img002b.jpg", "img10.jpg", "파일9.jpg", "파일10.jpg",
    ]  # fmt: skip


def test_numbers_of_any_script_and_length_are_compared_as_numbers() -> None:
    assert sorted(["x" + "9" * 200, "x10", "x٣", "x²"], key=natural_key) == ["x²", "x٣", "x10", "x" + "9" * 200]


def test_full_width_letters_and_composed_accents_have_the_key_of_plain_letters() -> None:
    names = ["CAFE 12", "café 12", "cafe\N{COMBINING ACUTE ACCENT} 12", "ＣＡＦＥ　１２", "cafe 012"]

    assert {natural_key(name) for name in names} == {natural_key("cafe 12")}


@given(st.lists(st.text(), unique=True))
def test_the_total_order_does_not_depend_on_the_order_of_arrival(names: list[str]) -> None:
    shuffled = random.Random(0).sample(names, len(names))

    assert sorted(names, key=total_order_key) == sorted(shuffled, key=total_order_key)


def test_the_desk_order_of_a_folder_is_its_order_by_name(tmp_path: Path) -> None:
    names = ["b.jpg", "Ärger.jpg", "ärger2.jpg", "img10.jpg", "IMG010.jpg", "img9b.jpg", "x٣.jpg", "x10.jpg", "Z.jpg"]
    for name in [*names, "éclair.jpg", "Eclair 2.jpg", "eclair.png", "img.jpg", "img0.jpg", "img00.jpg", "z1.jpg"]:
        (tmp_path / name).write_bytes(b"image")

    on_the_desk = ImageList(find_images([tmp_path]))
    ranks = NameIndex().ranks(on_the_desk).tolist()

    assert sorted(ranks) == ranks
