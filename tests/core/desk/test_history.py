from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from clipdesk.core.desk.desk import Desk
from clipdesk.core.desk.history import History
from clipdesk.core.labels.label_set import Label, LabelSet
from clipdesk.core.pictures.scan import ImageFile


class Clock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def desk_of(count: int) -> Desk:
    desk = Desk()
    desk.add_images(ImageFile(Path(f"/pictures/{number}.jpg"), 1, 1) for number in range(count))
    desk.set_label_set(LabelSet((Label("dog"), Label("cat"))))
    return desk


def with_prompts(desk: Desk, *prompts: str) -> LabelSet:
    dog, cat = desk.label_set.labels
    return LabelSet((replace(dog, prompts=prompts), cat))


def test_a_change_is_undone_and_redone() -> None:
    desk = desk_of(3)
    history = History(desk.revert)
    history.push(desk.remove_images([1]), "removal of 1 picture")

    history.undo()
    assert [image.path.stem for image in desk.images] == ["0", "1", "2"]
    assert (history.undo_text, history.redo_text) == ("", "removal of 1 picture")
    history.redo()
    assert [image.path.stem for image in desk.images] == ["0", "2"]
    assert (history.undo_text, history.redo_text) == ("removal of 1 picture", "")


def test_typing_is_one_step() -> None:
    desk = desk_of(0)
    before, clock = desk.label_set, Clock()
    history = History(desk.revert, clock=clock)

    for text in ("p", "pu", "pup"):
        clock.now_s += 1
        history.push(desk.set_label_set(with_prompts(desk, text)), "change of “dog”")
    assert len(history) == 1
    history.undo()

    assert desk.label_set == before
    history.redo()
    assert desk.label_set.labels[0].prompts == ("pup",)


def test_typing_that_is_deleted_again_leaves_no_step() -> None:
    desk = desk_of(1)
    history = History(desk.revert, clock=Clock())
    history.push(desk.set_threshold(0.5), "threshold")

    history.push(desk.set_label_set(with_prompts(desk, "p")), "change of “dog”")
    history.push(desk.set_label_set(with_prompts(desk)), "change of “dog”")

    assert history.undo_text == "threshold"


def test_an_undo_that_changes_nothing_cannot_be_redone() -> None:
    desk = desk_of(2)
    history = History(desk.revert)
    image = desk.images[0]
    history.push(desk.remove_images([0]), "removal of 1 picture")
    desk.add_images([image])

    history.undo()

    assert len(desk) == 2
    assert (history.undo_text, history.redo_text) == ("", "")


def test_a_pause_another_label_or_another_step_starts_a_new_step() -> None:
    desk, clock = desk_of(2), Clock()
    history = History(desk.revert, clock=clock)

    history.push(desk.set_label_set(with_prompts(desk, "a")), "1")
    clock.now_s += 60
    history.push(desk.set_label_set(with_prompts(desk, "ab")), "2")
    dog, cat = desk.label_set.labels
    history.push(desk.set_label_set(LabelSet((dog, replace(cat, prompts=("c",))))), "3")
    history.push(desk.remove_images([0]), "4")
    history.push(desk.set_label_set(desk.label_set.with_label(Label("owl"))), "5")
    history.push(desk.set_label_set(desk.label_set.with_label(Label("fox"))), "6")

    assert len(history) == 6


def test_moving_a_label_repeatedly_is_one_step() -> None:
    desk, clock = desk_of(0), Clock()
    desk.set_label_set(LabelSet(tuple(map(Label, "abc"))))
    history = History(desk.revert, clock=clock)

    for order in ("bac", "bca"):
        by_name = {label.name: label for label in desk.label_set.labels}
        history.push(desk.set_label_set(LabelSet(tuple(by_name[name] for name in order))), "order")
    history.undo()

    assert desk.label_set.names == ("a", "b", "c")


def test_the_memory_limit_drops_old_steps_but_never_the_newest() -> None:
    desk = desk_of(100)
    history = History(desk.revert, max_bytes=5_000)

    for _ in range(20):
        history.push(desk.remove_images([0]), "removal of 1 picture")
    assert 1 < len(history) < 20
    assert history.size_bytes <= 5_000
    history.push(desk.remove_images(range(60)), "removal of 60 pictures")

    assert history.undo_text == "removal of 60 pictures"
    assert len(history) == 1


def test_changes_the_user_did_not_make_are_no_steps() -> None:
    desk = desk_of(1)
    history = History(desk.revert)

    history.push(desk.set_threshold(desk.threshold), "nothing")
    history.push(desk.add_images([ImageFile(Path("/pictures/new.jpg"), 1, 1)]), "came in")

    assert len(history) == 0


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_undoing_everything_restores_the_first_desk(data: st.DataObject) -> None:
    desk = desk_of(6)
    history = History(desk.revert, clock=Clock())

    def state() -> tuple[object, ...]:
        corrections = desk._corrections.ids.tolist()
        return [image.path for image in desk.images], desk.label_set, desk.threshold, corrections

    states = [state()]
    for _ in range(data.draw(st.integers(1, 8))):
        kind = data.draw(st.sampled_from(["remove", "correct", "threshold", "label"]))
        if kind == "remove" and len(desk):
            change = desk.remove_images(data.draw(st.sets(st.integers(0, len(desk) - 1), min_size=1)))
        elif kind == "correct" and len(desk):
            rows = data.draw(st.sets(st.integers(0, len(desk) - 1), min_size=1))
            change = desk.correct(rows, data.draw(st.sampled_from(desk.label_set.ids)))
        elif kind == "threshold":
            change = desk.set_threshold(data.draw(st.floats(0, 1)))
        else:
            change = desk.set_label_set(desk.label_set.with_label(Label(f"label {len(desk.label_set.labels)}")))
        if change:
            history.push(change, kind)
            states.append(state())

    for expected in reversed(states[:-1]):
        history.undo()
        assert expected == state()
    for expected in states[1:]:
        history.redo()
        assert expected == state()
