from __future__ import annotations

import os
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from clipdesk.core.desk import image_list
from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.pictures.scan import ImageFile, find_images

#: Few paths, so that repeats are common, with unusual characters in some names.
PATHS = st.sampled_from(
    [
        Path(text)
        for text in (
            *(f"/pictures/{folder}{name}.jpg" for folder in ("", "a/", "a/b/", "A/") for name in ("1", "2", "É")),
            *("/1.jpg", "relative.jpg", "in/relative.jpg", "/line\nbreak/\n.jpg", "/not unicode/\udcff\udc80.jpg"),
            *(".", "..", "/", "/odd:name/a\\b.jpg"),
        )
    ]
)
INTEGERS = st.integers(-(2**63), 2**63 - 1)
FILES = st.lists(st.builds(ImageFile, PATHS, INTEGERS, INTEGERS, INTEGERS), max_size=12)


class ImageListAgainstPlainOnes(RuleBasedStateMachine):
    """ImageList behaves like a list of ImageFile with a dict of their rows, whatever is done to it."""

    def __init__(self) -> None:
        super().__init__()
        self.images = ImageList()
        self.plain: list[ImageFile] = []

    @rule(files=FILES, is_list=st.booleans())
    def add(self, files: list[ImageFile], is_list: bool) -> None:
        first = len(self.plain)
        for file in files:
            if file.path not in {image.path for image in self.plain}:
                self.plain.append(file)

        assert self.images.add(ImageList(files) if is_list else files) == range(first, len(self.plain))

    @rule(files=FILES)
    def renew(self, files: list[ImageFile]) -> None:
        row_of = {image.path: row for row, image in enumerate(self.plain)}
        for file in files:
            if file.path in row_of:
                self.plain[row_of[file.path]] = file

        rows = self.images.renew(files)

        assert rows.tolist() == sorted({row_of[file.path] for file in files if file.path in row_of})

    @rule(data=st.data())
    def take(self, data: st.DataObject) -> None:
        rows = data.draw(st.permutations(range(len(self.plain))))[: data.draw(st.integers(0, len(self.plain)))]
        before = self.images
        self.images = before.take(rows)
        assert list(before) == self.plain
        self.plain = [self.plain[row] for row in rows]

    @rule(data=st.data(), files=FILES)
    def put_between(self, data: st.DataObject, files: list[ImageFile]) -> None:
        here = {image.path for image in self.plain}
        new = ImageList(file for file in files if file.path not in here)
        total = len(self.plain) + len(new)
        rows = sorted(data.draw(st.permutations(range(total)))[: len(new)])
        self.images = self.images.with_images_at(np.array(rows, np.intp), new)
        for row, file in zip(rows, new, strict=True):
            self.plain.insert(row, file)

    @rule(files=FILES)
    def copy(self, files: list[ImageFile]) -> None:
        copy = self.images.copy()
        copy.renew(files)
        copy.add(files)

    @rule(files=FILES)
    def look_up(self, files: list[ImageFile]) -> None:
        row_of = {image.path: row for row, image in enumerate(self.plain)}
        others = ImageList(files)

        assert [self.images.row_of(file.path) for file in files] == [row_of.get(file.path) for file in files]
        assert self.images.rows_of(others).tolist() == [row_of.get(file.path, -1) for file in others]

    @invariant()
    def is_the_same(self) -> None:
        images, plain = self.images, self.plain
        assert (len(images), list(images)) == (len(plain), plain)
        assert [images[row] for row in range(-len(plain), len(plain))] == plain * 2
        assert list(images[1:-1]) == plain[1:-1]
        assert [images.path_text(row) for row in range(len(plain))] == [str(image.path) for image in plain]
        assert [
            images.folders[number] + name for number, name in zip(images.folder_numbers, images.names, strict=True)
        ] == [str(image.path) for image in plain]
        assert len(set(images.folders)) == len(images.folders) == len(set(images.folder_numbers.tolist()))


TestImageListAgainstPlainOnes = ImageListAgainstPlainOnes.TestCase
TestImageListAgainstPlainOnes.settings = settings(max_examples=40, stateful_step_count=15, deadline=None)


@given(st.lists(st.integers(0, 2**40), min_size=1, max_size=20))
def test_sizes_add_up(sizes: list[int]) -> None:
    images = ImageList(ImageFile(Path(f"/{number}.jpg"), size, 1) for number, size in enumerate(sizes))

    assert images.total_bytes(range(0, len(sizes), 2)) == sum(sizes[::2])


def test_paths_that_differ_in_case_are_one_file_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os.path, "normcase", str.lower)  # as on Windows
    images = ImageList([ImageFile(Path("/Pictures/IMG_1.JPG"), 1, 1)])

    assert images.add([ImageFile(Path("/pictures/img_1.jpg"), 2, 2)]) == range(1, 1)
    assert images.copy().row_of(Path("/PICTURES/Img_1.jpg")) == 0
    assert images.rows_of(ImageList([ImageFile(Path("/pictures/img_1.jpg"), 1, 1)])).tolist() == [0]
    assert images.names == ["IMG_1.JPG"]


def test_a_file_from_the_far_future_is_accepted(tmp_path: Path) -> None:
    picture = tmp_path / "later.jpg"
    picture.write_bytes(b"x")
    try:
        os.utime(picture, ns=(0, 13_569_465_600 * 10**9))  # the year 2400
    except (OSError, OverflowError):
        pytest.skip("this file system does not support the year 2400")

    images = ImageList(find_images([tmp_path]))

    assert list(images) == list(find_images([tmp_path]))


@pytest.mark.parametrize(("in_a_folder", "most_bytes", "most_copied"), [(1000, 160, 40), (10, 185, 40), (1, 520, 48)])
def test_an_image_takes_little_memory(in_a_folder: int, most_bytes: int, most_copied: int) -> None:
    count = 20_000
    tracemalloc.start()
    try:
        images = ImageList(
            ImageFile(Path(f"/home/someone/Pictures/holiday {n // in_a_folder}/IMG_{n:06}.jpg"), 4_000_000 + n, n)
            for n in range(count)
        )
        each = allocated_bytes() / count
        copy = images.copy()
        each_copied = allocated_bytes() / count - each
    finally:
        tracemalloc.stop()

    assert len(copy) == count
    assert each <= most_bytes
    assert each_copied <= most_copied


def test_a_lookup_builds_the_dict_of_its_folder_only() -> None:
    images = ImageList(ImageFile(Path(f"/p/{n // 100}/{n}.jpg"), n, n) for n in range(20_000))
    copy = images.copy()
    tracemalloc.start()
    try:
        assert copy.row_of(Path("/p/7/742.jpg")) == 742
        each = allocated_bytes() / len(copy)
    finally:
        tracemalloc.stop()

    assert each <= 30  # 8 of them are rows by folder; the dicts of all folders take 100
    assert copy.row_of(Path("/p/7/800.jpg")) is None


def test_images_that_move_between_folders_without_dicts_are_found() -> None:
    images = ImageList(ImageFile(Path(f"/p/{n % 3}/{n}.jpg"), n, n) for n in range(9)).copy()
    images.relocate(np.array([4]), [ImageFile(Path("/p/2/moved.jpg"), 4, 4)])
    images.add([ImageFile(Path("/p/0/new.jpg"), 9, 9)])

    rows = [images.row_of(image.path) for image in images]
    assert rows == list(range(10))
    assert images.row_of(Path("/p/1/4.jpg")) is None


def allocated_bytes() -> int:
    """Return the memory allocated by image_list, without Python's table of interned strings."""
    theirs = tracemalloc.take_snapshot().filter_traces([tracemalloc.Filter(True, image_list.__file__)])
    return sum(trace.size for trace in theirs.traces)


def test_the_values_of_some_rows_are_those_of_their_images() -> None:
    images = ImageList(ImageFile(Path(f"/p/{n % 7}/{n}.jpg"), n, 2 * n, 3 * n) for n in range(9_000))
    rows = np.arange(8_999, 0, -2)

    found = dict(images.entries_of(rows))

    assert list(found) == rows.tolist()
    assert [found[row] for row in (8_999, 4_097, 1)] == [list(images.entries())[row] for row in (8_999, 4_097, 1)]


def test_rows_that_differ_from_another_list_are_found() -> None:
    before = ImageList(ImageFile(Path(f"/a/{number % 2}/{number}.jpg"), number, number, number) for number in range(6))
    after = before.copy()
    assert after.rows_unlike(before).tolist() == []

    after.renew([ImageFile(Path("/a/0/2.jpg"), 9, 2, 2)])
    after.add([ImageFile(Path("/b/new.jpg"), 1, 1)])
    assert after.rows_unlike(before).tolist() == [2, 6]
    assert before.take([1, 0, 2, 3]).rows_unlike(before).tolist() == [0, 1]
    assert before.rows_unlike(ImageList()).tolist() == list(range(6))
