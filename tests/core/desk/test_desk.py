from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clipdesk.core.desk.columns import looked_up, without_rows
from clipdesk.core.desk.decisions import Source, Status
from clipdesk.core.desk.desk import Desk
from clipdesk.core.desk.embedding_table import RowState
from clipdesk.core.desk.folder_changes import Changes
from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.encoder import EncoderIdentity, ScoreRule
from clipdesk.core.labels.label_set import NO_LABEL, NO_LABEL_FITS_ID, Label, LabelSet
from clipdesk.core.line.results import EmbeddedImage, RecalledImages
from clipdesk.core.pictures.scan import ImageFile

IDENTITY = EncoderIdentity("m", "c", "p")
RULE = ScoreRule(10.0)
LABELS = np.eye(3, dtype=np.float32)


def files(*names: object) -> list[ImageFile]:
    return [ImageFile(Path(f"/pictures/{name}"), 1, 1) for name in names]


def embedded(row: int, axis: int) -> EmbeddedImage:
    return EmbeddedImage(row, Path(), np.eye(3, dtype=np.float32)[axis])


def labels(*names: str) -> list[Label]:
    return [Label(name) for name in names]


def desk_of(count: int) -> Desk:
    """A desk where the embedding of image n is axis n % 3, scored against the three axes."""
    desk = Desk()
    desk.add_images(files(*range(count)))
    desk.choose_encoder(IDENTITY, 3, RULE)
    desk.put([embedded(row, row % 3) for row in range(count)])
    desk.set_labels(labels("x", "y", "z"), LABELS)
    return desk


def test_the_same_file_is_on_the_desk_once() -> None:
    desk = Desk()

    assert desk.add_images(files("a", "b", "a")).added == range(2)
    assert desk.add_images(files("b", "c")).added == range(2, 3)
    assert [image.path.name for image in desk.images] == ["a", "b", "c"]
    assert desk.row_of(Path("/pictures/c")) == 2


def test_images_are_scored_as_they_are_embedded() -> None:
    desk = desk_of(3)
    desk.add_images(files("new"))

    desk.put([embedded(3, 1)])

    assert desk.scores.best.tolist() == [0, 1, 2, 1]


def test_changed_labels_rescore_without_the_encoder() -> None:
    desk = desk_of(3)

    desk.set_labels(labels("z", "x"), LABELS[[2, 0]])

    assert desk.scored_labels == ("z", "x")
    assert desk.scores.cosine.tolist() == [[0, 1], [0, 0], [1, 0]]


def test_images_embedded_while_scores_are_computed_are_scored_on_install() -> None:
    desk = desk_of(2)
    scores = desk.score_labels(LABELS[:2])
    desk.add_images(files("later"))
    desk.put([embedded(2, 1)])

    desk.install(labels("x", "y"), LABELS[:2], scores)

    assert desk.scores.best.tolist() == [0, 1, 1]


def test_each_model_keeps_its_own_vectors() -> None:
    desk = desk_of(3)
    other = EncoderIdentity("other", "c2", "p")

    desk.choose_encoder(other, 3, RULE)
    assert desk.table is not None
    assert desk.table.waiting().tolist() == [0, 1, 2]
    desk.put([embedded(0, 2)])
    desk.choose_encoder(IDENTITY, 3, RULE)
    desk.set_labels(labels("x", "y", "z"), LABELS)

    assert desk.table.waiting().tolist() == []
    assert desk.scores.best.tolist() == [0, 1, 2]


@pytest.mark.parametrize("changed", [{"checkpoint": "d"}, {"preprocessing": "q"}, {"server": "s"}])
def test_everything_that_changes_vectors_changes_the_identity(changed: dict[str, str]) -> None:
    values = {"model": "m", "checkpoint": "c", "preprocessing": "p", "server": ""}

    assert EncoderIdentity(**values).key != EncoderIdentity(**(values | changed)).key


def test_a_failed_image_can_be_tried_again() -> None:
    desk = desk_of(2)
    assert desk.table is not None
    desk.put([EmbeddedImage(1, Path(), None, "It is cut off.")])
    assert desk.errors == {1: "It is cut off."}

    assert desk.retry_failed().rows.tolist() == [1]

    assert desk.errors == {}
    assert desk.table.waiting().tolist() == [1]


def test_an_image_that_fails_loses_its_embedding_and_scores() -> None:
    desk = desk_of(2)
    assert desk.table is not None

    desk.put([EmbeddedImage(1, Path(), None, "It is cut off.")])

    assert np.isnan(desk.table.vectors[1]).all()
    assert np.isnan(desk.scores.cosine[1]).all()
    assert desk.scores.best.tolist() == [0, -1]


def test_removing_images_removes_their_scores() -> None:
    desk = desk_of(4)
    desk.put([EmbeddedImage(3, Path(), None, "gone")])

    desk.remove_images([0, 2])

    assert [image.path.name for image in desk.images] == ["1", "3"]
    assert desk.scores.best.tolist()[0] == 1
    assert desk.errors == {1: "gone"}
    assert desk.row_of(Path("/pictures/0")) is None
    assert desk.generation == 1


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_restored_images_return_to_their_rows(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 12))
    desk = desk_of(count)
    desk.put([EmbeddedImage(count - 1, Path(), None, "cut off")])
    before = [(image.path.name, desk.scores.best[row], desk.errors.get(row)) for row, image in enumerate(desk.images)]
    chosen = data.draw(st.sets(st.integers(0, count - 1)))

    desk.revert(desk.remove_images(chosen))

    after = [(image.path.name, desk.scores.best[row], desk.errors.get(row)) for row, image in enumerate(desk.images)]
    assert desk.table is not None
    assert after[:-1] == before[:-1]
    assert after[-1][0] == before[-1][0]
    assert desk.table.states[-1] == RowState.FAILED
    assert not len(desk.table.waiting())


def test_restoring_images_keeps_those_added_meanwhile() -> None:
    desk = desk_of(4)
    removed = desk.remove_images([0, 3])
    desk.add_images(files("3", "new"))

    desk.revert(removed)

    assert sorted(image.path.name for image in desk.images) == ["0", "1", "2", "3", "new"]
    assert desk.images[0].path.name == "0"
    assert desk.scores.best[0] == 0
    assert len(desk.scores.best) == 5


def test_many_small_additions_keep_everything() -> None:
    desk = desk_of(1)

    for number in range(1, 300):
        desk.add_images(files(number))
        desk.put([embedded(number, number % 3)])

    assert desk.scores.best.tolist() == [row % 3 for row in range(300)]


# --- changes


def test_every_change_reports_what_it_did() -> None:
    desk = desk_of(3)

    added = desk.add_images(files("new"))
    assert (added.added, added.moved, bool(added)) == (range(3, 4), False, True)
    assert not desk.add_images(files("new"))
    assert desk.put([embedded(3, 0)]).rows.tolist() == [3]
    removed = desk.remove_images([1])
    assert removed.new_rows is not None and removed.new_rows.tolist() == [0, -1, 1, 2]
    restored = desk.revert(removed)
    assert restored.new_rows is not None and restored.new_rows.tolist() == [0, 2, 3]
    assert desk.set_threshold(0.7).threshold == (0.0, 0.7)
    assert not desk.set_threshold(0.7)


def test_a_renamed_label_is_the_same_label() -> None:
    desk = desk_of(3)
    label = Label("x")
    desk.set_label_set(LabelSet((label, Label("y"))))
    desk.set_labels(desk.label_set.labels, LABELS[:2])

    change = desk.set_label_set(LabelSet((replace(label, name="z"), desk.label_set.labels[1])))

    assert change.labels is not None and change.labels.after.ids == change.labels.before.ids
    assert desk.scored_labels == ("z", "y")
    assert desk.scored[0].id == label.id


def test_a_label_that_was_deleted_keeps_its_column_until_there_are_new_scores() -> None:
    desk = desk_of(3)
    desk.set_label_set(LabelSet(tuple(labels("x", "y"))))
    desk.set_labels(desk.label_set.labels, LABELS[:2])

    desk.set_label_set(LabelSet(desk.label_set.labels[1:]))

    assert desk.scored_labels == ("x", "y")


def test_a_correction_decides_until_it_is_removed() -> None:
    desk = desk_of(3)
    desk.set_label_set(LabelSet(tuple(labels("x", "y"))))
    desk.set_labels(desk.label_set.labels, LABELS[:2])
    y = desk.label_set.labels[1]

    change = desk.correct([0, 2], y.id)
    assert change.rows.tolist() == [0, 2]
    assert desk.decisions.column.tolist() == [1, 1, 1]
    assert desk.decisions.source.tolist() == [Source.USER, Source.AUTO, Source.USER]
    desk.remove_images([0])
    assert desk.decisions.source.tolist() == [Source.AUTO, Source.USER]
    desk.revert(change)

    assert desk.decisions.source.tolist() == [Source.AUTO, Source.AUTO]


def test_none_fits_is_a_correction_too() -> None:
    desk = desk_of(2)

    desk.correct([1], NO_LABEL_FITS_ID)
    assert Status(desk.decisions.status[1]) == Status.NONE
    desk.correct([1], NO_LABEL)

    assert Status(desk.decisions.status[1]) == Status.OK


def test_a_correction_to_a_deleted_label_leaves_it_to_the_scores() -> None:
    desk = desk_of(2)

    desk.correct([0], Label("gone").id)

    assert desk.decisions.source.tolist() == [Source.AUTO, Source.AUTO]


def test_removed_images_come_back_with_their_corrections_and_marks() -> None:
    desk = desk_of(3)
    desk.set_label_set(LabelSet(tuple(labels("x", "y"))))
    desk.set_labels(desk.label_set.labels, LABELS[:2])
    desk.correct([1], desk.label_set.ids[0])
    desk.update_files(Changes((), (), gone=(Path("/pictures/1"),), there=()))

    removed = desk.remove_images([1])
    assert desk.missing == frozenset()
    desk.revert(removed)

    assert desk.is_missing(1)
    assert Source(desk.decisions.source[1]) == Source.USER


def test_all_differences_in_the_folders_are_one_change() -> None:
    desk = desk_of(4)
    changed = ImageFile(Path("/pictures/1"), 2, 2)

    change = desk.update_files(
        Changes(new=tuple(files("new")), changed=(changed,), gone=(Path("/pictures/2"),), there=())
    )

    assert (change.added, change.rows.tolist(), change.renewed) == (range(4, 5), [1, 2], (Path("/pictures/1"),))
    assert [desk.is_missing(row) for row in range(5)] == [False, False, True, False, False]
    assert desk.waiting().tolist() == [1, 4]
    back = desk.update_files(Changes((), (), (), there=(Path("/pictures/2"),)))
    assert (back.rows.tolist(), desk.missing) == ([2], frozenset())


def test_files_that_could_not_be_read_are_tried_again_once_they_are_back() -> None:
    desk = desk_of(3)
    desk.put([EmbeddedImage(row, Path(f"/pictures/{row}"), None, "not readable") for row in (1, 2)])
    path = Path("/pictures/1")
    desk.update_files(Changes((), (), gone=(path,), there=()))

    back = desk.update_files(Changes((), (), (), there=(path, Path("/pictures/2"))))

    assert list(desk.errors) == [2]
    assert 1 in desk.waiting()
    assert (back.rows.tolist(), back.renewed) == ([1], (path,))


def test_a_correction_holds_while_its_label_has_no_scores() -> None:
    desk = desk_of(2)
    owl = Label("owl")
    desk.set_label_set(LabelSet((*desk.scored, owl)))

    desk.correct([1], owl.id)

    assert desk.decisions.label_id[1] == owl.id
    assert desk.labels[desk.decisions.column[1]].name == "owl"
    desk.choose_encoder(EncoderIdentity("other", "o", "p"), 3, RULE)
    assert desk.decisions.label_id[1] == owl.id


def test_rows_without_results_take_no_vectors_and_are_kept_right() -> None:
    """Filling the vectors of 100,000 images at once blocked the window for 250 ms when a desk was continued."""
    files = [ImageFile(Path(f"/pictures/{number}.jpg"), 1, 1) for number in range(1000)]
    desk = Desk()
    desk.choose_encoder(EncoderIdentity("m", "c", "p"), 2, ScoreRule(10.0))
    desk.set_labels((Label("x"), Label("y")), np.eye(2, dtype=np.float32))
    desk.open_images(ImageList(files), np.empty(0, np.intp), np.empty(0, np.int64))
    assert desk.table is not None
    assert len(desk.table.vectors) == 0 and len(desk.waiting()) == 1000

    desk.put_recalled(RecalledImages(np.array([3, 5]), np.eye(2, dtype=np.float32)))
    removed = desk.remove_images([3, 700]).removed
    assert desk.scores.best[4] == 1 and removed is not None
    desk.restore_images(removed)
    desk.set_labels((Label("y"), Label("x")), np.eye(2, dtype=np.float32)[::-1])

    assert np.flatnonzero(desk.scores.best >= 0).tolist() == [3, 5]
    assert desk.scores.best[[3, 5]].tolist() == [1, 0]
    assert len(desk.scores.best) == 1000 == len(desk.waiting()) + 2


def test_undo_of_labels_looks_no_paths_up_while_rows_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = desk_of(6)
    change = desk.correct([4, 1, 1], desk.scored[2].id)
    desk.add_images(files("new"))
    monkeypatch.setattr(ImageList, "rows_of", lambda *_: pytest.fail("6 s at a million pictures"))

    redo = desk.revert(change)
    assert not desk.is_judged.any()

    desk.revert(redo)
    assert np.flatnonzero(desk.is_judged).tolist() == [1, 4]


def test_undo_of_labels_finds_rows_that_moved() -> None:
    desk = desk_of(6)
    change = desk.correct([4, 1], desk.scored[2].id)
    desk.remove_images([0, 4])

    desk.revert(change)

    assert not desk.is_judged.any()


@given(st.lists(st.integers(-2, 9)), st.dictionaries(st.integers(-2, 9), st.integers(-3, 50)))
def test_looking_ids_up_at_once_is_looking_up_each(ids: list[int], values: dict[int, int]) -> None:
    found = looked_up(np.array(ids, np.int64), values, -9)

    assert found.tolist() == [values.get(one, -9) for one in ids]


@pytest.mark.parametrize("count", [0, 1, 5, 1500])
def test_rows_are_cut_out_of_an_array_however_many(count: int) -> None:
    array = np.arange(6_000).reshape(3_000, 2)
    rows = np.random.default_rng(count).choice(3_000, count, replace=False)

    assert without_rows(array, rows).tolist() == np.delete(array, rows, axis=0).tolist()


def test_removing_all_images_hands_their_embeddings_over() -> None:
    desk = desk_of(5)
    desk.add_images(files("waits"))
    desk.correct([1], NO_LABEL_FITS_ID)
    assert desk.table is not None
    vectors, best = desk.table.vectors, desk.scores.best.tolist()

    change = desk.remove_images(range(6))

    assert change.removed is not None
    (removed,) = change.removed.tables.values()
    assert np.shares_memory(removed.vectors, vectors)  # a copy would take gigabytes
    assert len(desk) == len(desk.scores.best) == len(desk.table) == 0

    desk.add_images(files("other"))
    desk.put([embedded(0, 2)])
    desk.revert(change)

    assert len(desk) == 7
    assert desk.scores.best[[desk.row_of(Path(f"/pictures/{n}")) or 0 for n in range(5)]].tolist() == best[:5]
    assert np.flatnonzero(desk.is_judged).tolist() == [desk.row_of(Path("/pictures/1"))]
