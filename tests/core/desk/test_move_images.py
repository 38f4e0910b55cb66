from __future__ import annotations

from pathlib import Path

import numpy as np

from clipdesk.core.desk.changes import DeskChange
from clipdesk.core.desk.desk import Desk
from clipdesk.core.desk.folder_changes import Changes
from clipdesk.core.desk.history import History
from clipdesk.core.encoder import EncoderIdentity, ScoreRule
from clipdesk.core.labels.label_set import Label, LabelSet
from clipdesk.core.line.results import EmbeddedImage
from clipdesk.core.pictures.scan import ImageFile

LABELS = (Label("x"), Label("y"))


def old(name: object) -> Path:
    return Path(f"/in/{name}.jpg")


def new(name: object, folder: str = "out", stamp: int = 5) -> ImageFile:
    return ImageFile(Path(f"/{folder}/{name}.jpg"), 1, 1, stamp)


def desk_of(count: int) -> Desk:
    """A desk where image n is labelled x if n is even, else y."""
    desk = Desk()
    desk.add_images(ImageFile(old(number), 1, 1) for number in range(count))
    desk.choose_encoder(EncoderIdentity("m", "c", "p"), 2, ScoreRule(10.0))
    desk.set_label_set(LabelSet(LABELS))
    vectors = np.eye(2, dtype=np.float32)
    desk.put([EmbeddedImage(row, Path(), vectors[row % 2]) for row in range(count)])
    desk.set_labels(LABELS, vectors)
    return desk


def paths(desk: Desk) -> list[str]:
    return [str(image.path) for image in desk.images]


def test_rows_keep_scores_and_corrections_under_the_new_path() -> None:
    desk = desk_of(3)
    desk.correct([1], LABELS[0].id)
    best, generation = desk.scores.best.tolist(), desk.generation

    change = desk.move_images({old(1): new(1), Path("/not on the desk"): new(9)})

    assert paths(desk) == ["/in/0.jpg", "/out/1.jpg", "/in/2.jpg"]
    assert desk.images[1] == new(1)
    assert (desk.row_of(old(1)), desk.row_of(new(1).path)) == (None, 1)
    assert desk.scores.best.tolist() == best and not len(desk.waiting())
    assert desk.decisions.label_id.tolist() == [LABELS[0].id] * 3
    assert change.relocated is not None and change.relocated.paths == {old(1): new(1).path}
    assert change.rows.tolist() == [1] and change and not change.can_revert and not change.moved
    assert desk.generation == generation


def test_files_can_exchange_their_names() -> None:
    desk = desk_of(3)

    desk.move_images({old(0): ImageFile(old(1), 1, 1, 7), old(1): ImageFile(old(0), 1, 1, 8)})

    assert paths(desk) == ["/in/1.jpg", "/in/0.jpg", "/in/2.jpg"]
    assert [desk.row_of(old(number)) for number in range(3)] == [1, 0, 2]


def test_moved_files_are_not_missing() -> None:
    desk = desk_of(2)
    desk.update_files(Changes((), (), (old(0), old(1)), ()))

    desk.move_images({old(0): new(0)})

    assert desk.missing == {old(1)}


def test_a_row_that_a_watched_folder_added_for_the_new_file_goes() -> None:
    desk = desk_of(3)
    desk.update_files(Changes((new(0), new(2)), (), (old(0), old(2)), ()))
    desk.remove_images([0])

    change = desk.move_images({old(2): new(2)})

    assert paths(desk) == ["/in/1.jpg", "/out/2.jpg", "/out/0.jpg"]
    assert desk.scores.best.tolist() == [1, 0, -1]
    assert change.new_rows is not None and change.new_rows.tolist() == [0, 1, 2, -1]
    assert change.relocated is not None and change.relocated.rows.tolist() == [1]
    assert not desk.missing and change.removed is None


def test_folders_then_report_nothing_new(tmp_path: Path) -> None:
    from threading import Event

    from clipdesk.core.desk.folder_changes import find_changes

    source, target = tmp_path / "in" / "a.jpg", tmp_path / "out" / "a.jpg"
    for path in (source, target):
        path.parent.mkdir()
    source.write_bytes(b"picture")
    desk = Desk()
    desk.add_images([ImageFile.of(source, source.stat())])
    source.rename(target)

    desk.move_images({source: ImageFile.of(target, target.stat())})

    folders = {source.parent, target.parent}
    changes, unsettled = find_changes(folders, desk.images, folders, on_folder=lambda _: None, cancel=Event())
    assert changes == Changes((), (), (), (target,)) and not unsettled


def test_a_correction_can_be_undone_and_redone_after_the_file_was_moved() -> None:
    desk, history = with_history(desk_of(2))
    history.push(desk.correct([0], LABELS[1].id), "label")

    follow(history, desk.move_images({old(0): new(0)}))
    history.undo()
    assert desk.decisions.label_id.tolist() == [LABELS[0].id, LABELS[1].id]
    follow(history, desk.move_images({new(0).path: ImageFile(old(0), 1, 1)}))
    history.redo()
    assert desk.decisions.label_id.tolist() == [LABELS[1].id, LABELS[1].id]


def test_images_that_were_taken_off_come_back_beside_moved_ones() -> None:
    desk, history = with_history(desk_of(4))
    history.push(desk.remove_images([1, 2]), "removal")
    history.undo()
    follow(history, desk.move_images({old(1): new(1)}))

    history.redo()
    assert paths(desk) == ["/in/0.jpg", "/in/3.jpg"]
    history.undo()
    assert paths(desk) == ["/in/0.jpg", "/out/1.jpg", "/in/2.jpg", "/in/3.jpg"]


def test_an_older_list_keeps_its_own_image_at_a_path() -> None:
    desk, history = with_history(desk_of(3))
    history.push(desk.remove_images([0, 1]), "removal")
    desk.add_images([ImageFile(old(0), 1, 1)])

    follow(history, desk.move_images({old(0): ImageFile(old(1), 1, 1, 4)}))
    history.undo()

    assert sorted(paths(desk)) == ["/in/0.jpg", "/in/1.jpg", "/in/2.jpg"]


def test_example_images_of_labels_follow_also_in_older_label_sets() -> None:
    desk, history = with_history(desk_of(2))
    before = LabelSet((LABELS[0], Label("like this", references=(old(1),))))
    history.push(desk.set_label_set(before), "new label")
    history.push(desk.set_label_set(before.with_label(Label("z"))), "new label")

    change = desk.move_images({old(1): new(1)})
    follow(history, change)

    assert change.labels is not None
    assert desk.label_set.labels[1].references == (new(1).path,)
    assert desk.label_set.labels[1].id == before.labels[1].id
    history.undo()
    assert desk.label_set.labels[1].references == (new(1).path,)


def with_history(desk: Desk) -> tuple[Desk, History]:
    return desk, History(desk.revert)


def follow(history: History, change: DeskChange) -> None:
    assert change.relocated is not None
    history.relocate(change.relocated)
