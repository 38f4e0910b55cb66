from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clipdesk.core.desk.desk_state import DeskState
from clipdesk.core.desk.document import APPLICATION_ID, VERSION, DeskDocument, set_aside
from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.errors import DamagedDocumentError, DocumentError, NewerDocumentError
from clipdesk.core.labels.label_set import NO_LABEL_FITS_ID, Label, LabelSet
from clipdesk.core.pictures.scan import ImageFile

LABELS = LabelSet(
    (
        Label("강아지", ("a puppy", "a dog"), (Path("/examples/dog.jpg"),), "#0072B2"),
        Label("cat", references=(Path("/examples/cat.jpg"),)),
        Label("car"),
    ),
    ("a photo of a {}", "{}"),
)
ODD_NAME = os.fsdecode(b"not utf-8 \xff.jpg") if sys.platform == "linux" else "odd.jpg"


def images(*names: str, folder: str = "/pictures/Holiday") -> ImageList:
    return ImageList(
        ImageFile(Path(folder, name), 1000 + place, 10**18 + place, -place) for place, name in enumerate(names)
    )


def full_state() -> DeskState:
    return DeskState(
        LABELS,
        0.35,
        images("a.jpg", "b.jpg", ODD_NAME, "more/d.jpg"),
        np.array([1, 3]),
        np.array([LABELS.ids[0], NO_LABEL_FITS_ID]),
        {Path("/pictures/away.jpg"): (b"k" * 20, LABELS.ids[1])},
        (Path("/pictures/Holiday"), Path("/pictures/one.jpg")),
        images("unwanted.jpg"),
        "photo-clip",
        "ab" * 16,
        '{"sort": "name"}',
    )


def written(path: Path, *states: DeskState) -> Path:
    document = DeskDocument(path)
    for state in states:
        document.save(state)
    document.close()
    return path


def read(path: Path) -> DeskState:
    document = DeskDocument(path)
    try:
        return document.load()
    finally:
        document.close()


def assert_same(found: DeskState, expected: DeskState) -> None:
    assert found.label_set == expected.label_set
    assert found.label_set.ids == expected.label_set.ids
    assert list(found.images) == list(expected.images)
    assert found.corrected_rows.tolist() == expected.corrected_rows.tolist()
    assert found.corrected_ids.tolist() == expected.corrected_ids.tolist()
    assert list(found.taken_off) == list(expected.taken_off)
    for name in ("threshold", "absent_corrections", "sources", "model", "encoder", "view"):
        assert getattr(found, name) == getattr(expected, name)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Holiday.clipdesk"


def test_everything_comes_back(path: Path) -> None:
    assert_same(read(written(path, full_state())), full_state())


def test_a_new_document_is_empty_and_creates_no_file_before_it_is_saved(path: Path) -> None:
    document = DeskDocument(path)

    assert_same(document.load(), DeskState())
    assert document.summary().image_count == 0
    document.close()


def test_the_header_tells_what_it_is(path: Path) -> None:
    header = written(path, full_state()).read_bytes()

    assert header[68:72] == APPLICATION_ID.to_bytes(4, "big") == b"ClDk"
    assert int.from_bytes(header[60:64], "big") == VERSION


def test_the_summary_is_read_without_the_images(path: Path) -> None:
    document = DeskDocument(written(path, full_state()))

    summary = document.summary()

    document.close()
    assert (summary.title, summary.image_count, summary.model) == ("Holiday", 4, "photo-clip")
    assert summary.label_set.ids == LABELS.ids
    assert summary.sources == full_state().sources


@pytest.mark.parametrize(
    ("sources", "title"), [(("/pictures",), "pictures"), (("/pictures/Holiday/a.jpg",), "Holiday"), ((), "Holiday")]
)
def test_the_title_is_the_added_folder_or_that_of_the_first_image(sources: tuple[str, ...], title: str) -> None:
    assert DeskState(images=images("a.jpg"), sources=tuple(map(Path, sources))).title == title


def test_each_save_leaves_exactly_the_last_state(path: Path) -> None:
    full = full_state()
    fewer = replace(full, images=full.images.take([1, 2]), corrected_rows=np.array([0]), corrected_ids=np.array([5]))
    labels = LABELS.with_labels(LABELS.labels[::-1])

    for states in ([full, fewer], [fewer, full], [full, DeskState()], [full, replace(full, label_set=labels)]):
        assert_same(read(written(path, *states)), states[-1])
        path.unlink()


@given(st.lists(st.lists(st.integers(0, 12), unique=True, max_size=9), min_size=1, max_size=5), st.integers(0, 3))
@settings(max_examples=40, deadline=None)
def test_any_sequence_of_lists_is_saved_as_it_is(
    tmp_path_factory: pytest.TempPathFactory, lists: list[list[int]], labelled: int
) -> None:
    path = tmp_path_factory.mktemp("desk") / "a.clipdesk"
    states = []
    for numbers in lists:
        rows = np.arange(min(labelled, len(numbers)))
        files = ImageList(ImageFile(Path(f"/p/{number % 3}/{number}.jpg"), number, number) for number in numbers)
        states.append(DeskState(LABELS, 0.5, files, rows, 7 + rows))

    assert_same(read(written(path, *states)), states[-1])


def test_a_document_that_is_opened_again_is_changed_only_where_the_desk_has_changed(path: Path) -> None:
    written(path, full_state())
    document = DeskDocument(path)
    state = document.load()
    document.save(replace(state, threshold=0.9))
    document.close()

    assert_same(read(path), replace(state, threshold=0.9))
    # Even if nobody has loaded it.
    assert_same(read(written(path, DeskState())), DeskState())


def test_corrections_are_kept_by_content_and_found_by_path(path: Path) -> None:
    state = full_state()
    known = {state.images.path(3): b"c" * 20}
    asked: list[ImageFile] = []

    def find_contents(files: Sequence[ImageFile]) -> dict[Path, bytes]:
        asked.extend(files)
        return {file.path: known[file.path] for file in files if file.path in known}

    document = DeskDocument(path)
    document.save(state, find_contents)
    document.close()
    # The images are gone from the desk, their corrections are not.
    document = DeskDocument(path)
    loaded, all_corrections = document.load(), document.corrections()
    document.close()
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM images")
    connection.close()
    found = read(path).absent_corrections

    assert loaded.corrected_rows.tolist() == [1, 3]
    assert {file.path for file in asked} == {state.images.path(1), state.images.path(3)}
    assert found[state.images.path(3)] == (b"c" * 20, NO_LABEL_FITS_ID)
    assert found[state.images.path(1)] == (b"", LABELS.ids[0])
    assert found[Path("/pictures/away.jpg")] == (b"k" * 20, LABELS.ids[1])
    assert all_corrections == found


# --- files that cannot be opened


def test_a_newer_version_is_refused_and_left_untouched(path: Path) -> None:
    written(path, full_state())
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    before = path.read_bytes()

    with pytest.raises(NewerDocumentError, match=r"newer version of ClipDesk\. Update ClipDesk"):
        DeskDocument(path)

    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_another_program_s_database_is_no_desk(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE songs (title)")
    connection.close()
    before = path.read_bytes()

    with pytest.raises(DocumentError, match="not a desk of ClipDesk"):
        DeskDocument(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"no database" * 50, b"SQLite format 3\0", b"x"])
def test_a_file_without_a_header_is_damaged(path: Path, content: bytes) -> None:
    path.write_bytes(content)

    with pytest.raises(DamagedDocumentError):
        DeskDocument(path)


def test_no_damage_raises_anything_but_a_document_error(path: Path, tmp_path: Path) -> None:
    written(path, replace(full_state(), images=images(*(f"{number}.jpg" for number in range(300)))))
    sound = path.read_bytes()
    generator = np.random.default_rng(5)
    opened = 0
    for number in range(120):
        data = bytearray(sound)
        if number % 3:
            for place in generator.integers(0, len(data), 1 + number % 40).tolist():
                data[place] ^= 1 << generator.integers(0, 8)
        else:
            del data[int(generator.integers(0, len(data))) :]
        damaged = tmp_path / f"{number}.clipdesk"
        damaged.write_bytes(data)
        try:
            document = DeskDocument(damaged)
        except DocumentError:
            continue
        try:
            document.load()
            opened += 1
        except DocumentError:
            pass
        finally:
            document.close()

    assert opened < 120


def test_a_value_that_clipdesk_cannot_have_written_is_damage(path: Path) -> None:
    written(path, full_state())
    for statement in (
        "UPDATE labels SET id = -3 WHERE place = 0",
        "UPDATE labels SET name = ''",
        "UPDATE images SET folder = 99",
        "UPDATE images SET size = 'large'",
        "UPDATE corrections SET label = 1.5",
        "UPDATE templates SET text = 'no braces'",
        "UPDATE sources SET path = 3",
        "DROP TABLE prompts",
        "UPDATE facts SET value = 'x' WHERE name = 'threshold'",
    ):
        copy = path.with_name("copy.clipdesk")
        shutil.copyfile(path, copy)
        with sqlite3.connect(copy) as connection:
            connection.execute(statement)
        connection.close()

        with pytest.raises(DamagedDocumentError):
            read(copy)


def test_a_damaged_document_is_renamed(path: Path) -> None:
    path.write_bytes(b"damaged")

    aside = set_aside(path)

    assert not path.exists()
    assert aside.read_bytes() == b"damaged"
    assert aside.suffix == ".damaged"


def test_a_document_is_read_while_another_window_has_it_open(path: Path) -> None:
    writer = DeskDocument(path)
    writer.save(full_state())
    reader = DeskDocument(path, read_only=True)

    assert reader.summary().image_count == 4
    writer.save(DeskState(LABELS, images=images("a.jpg")))
    assert reader.summary().image_count == 4  # as it was
    with pytest.raises(DocumentError):
        reader.save(DeskState())

    reader.close()
    writer.close()


def test_a_full_disk_is_told_and_the_old_state_stays(path: Path) -> None:
    document = DeskDocument(path)
    document.save(full_state())
    document._connection.execute("PRAGMA max_page_count = 1")

    with pytest.raises(DocumentError, match="full"):
        document.save(replace(full_state(), images=images(*(f"{number}.jpg" for number in range(5000)))))
    document.close()

    assert_same(read(path), full_state())


def test_thresholds_of_labels_and_what_the_session_keeps_about_teaching_come_back(tmp_path: Path) -> None:
    labels = LabelSet((Label("dog", threshold=0.85), Label("cat"), Label("car", threshold=0.0)))
    document = DeskDocument(tmp_path / "a.clipdesk")
    document.save(DeskState(labels, teaching='{"on": false}'))
    document.save(DeskState(labels.with_labels([labels.labels[0], *labels.labels[1:]]), teaching='{"on": true}'))
    document.close()
    again = DeskDocument(tmp_path / "a.clipdesk")
    assert [label.threshold for label in again.summary().label_set.labels] == [0.85, None, 0.0]
    state = again.load()
    assert ([label.threshold for label in state.label_set.labels], state.teaching) == (
        [0.85, None, 0.0],
        '{"on": true}',
    )
    again.close()
