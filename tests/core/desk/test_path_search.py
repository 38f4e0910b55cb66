from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from results_desk import image_files

from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.desk.path_search import PathSearch

LETTERS = "aAbß\u00e9\u0301\u0338İ猫\udcff."
NAMES = st.text(LETTERS, min_size=1, max_size=5).filter(lambda name: set(name) != {"."})
PATHS = st.builds(lambda folders, name: Path("/", *folders, name), st.lists(NAMES, max_size=3), NAMES)


def plain_answer(images: ImageList, text: str) -> list[bool]:
    def searchable(text: str) -> str:
        return unicodedata.normalize("NFC", text.casefold())

    return [searchable(text) in searchable(str(image.path)) for image in images]


@settings(max_examples=300, deadline=None)
@given(st.lists(PATHS, min_size=1, max_size=8), st.text(LETTERS + "/\0", min_size=1, max_size=6), st.integers(0, 8))
def test_a_path_is_found_by_any_part_of_it(paths: list[Path], text: str, known: int) -> None:
    images, search = ImageList(image_files(paths[:known])), PathSearch()
    search.containing(images, "a")
    images.add(image_files(paths))

    assert search.containing(images, text).tolist() == plain_answer(images, text)


@settings(max_examples=100, deadline=None)
@given(st.lists(PATHS, min_size=1, max_size=8), st.data())
def test_a_path_is_found_by_what_was_copied_from_it(paths: list[Path], data: st.DataObject) -> None:
    images = ImageList(image_files(paths))
    whole = data.draw(st.sampled_from([str(path) for path in paths]))
    first = data.draw(st.integers(0, len(whole) - 1))
    text = whole[first : data.draw(st.integers(first + 1, len(whole)))]

    assert PathSearch().containing(images, text).tolist() == plain_answer(images, text)


@pytest.mark.parametrize("text", ["caf\u00e9", "cafe\u0301", "CAFÉ"])
def test_accents_are_found_however_a_system_writes_them(text: str) -> None:
    images = ImageList(image_files(["/a/cafe\u0301.jpg", "/a/caf\u00e9.png", "/a/cafe.jpg"]))

    assert PathSearch().containing(images, text).tolist() == [True, True, False]


def test_nothing_is_found_where_there_is_nothing() -> None:
    assert PathSearch().containing(ImageList(), "a").tolist() == []
