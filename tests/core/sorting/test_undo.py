from __future__ import annotations

import os
import random
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sorting_files import IS_FULL, plan_for, step_for, tree, write_files

from clipdesk.core.messages import Message, message
from clipdesk.core.sorting.apply import apply_plan
from clipdesk.core.sorting.journal import JournalStep, SortingJournal
from clipdesk.core.sorting.steps import Action, Plan, Reason
from clipdesk.core.sorting.undo import undo_sort

SEQUENCES = 1000 if IS_FULL else 25


class Sorting(RuleBasedStateMachine):
    """Sorts, undoes and redoes in any order that a person can, with restarts in between."""

    def __init__(self) -> None:
        super().__init__()
        self.base = Path(tempfile.mkdtemp(prefix="clipdesk-undo-"))
        self.files, self.trash = self.base / "files", self.base / "trash"
        self.trash.mkdir()
        write_files(self.files / "in", 5, most_bytes=40)
        self.journal = SortingJournal(self.base / "data" / "sorting.sqlite3")
        #: Sorts that can be undone or redone, with the tree that this brings back.
        self.undoable: list[tuple[int, dict[str, object]]] = []
        self.redoable: list[tuple[int, dict[str, object]]] = []

    def teardown(self) -> None:
        self.journal.close()
        shutil.rmtree(self.base)

    def to_trash(self, path: Path) -> None:
        path.rename(self.trash / str(len(list(self.trash.iterdir()))))

    @rule(action=st.sampled_from(Action), seed=st.integers(0, 1000), root=st.sampled_from(["a", "b", "in"]))
    def sort(self, action: Action, seed: int, root: str) -> None:
        found = [p for p in self.files.rglob("*") if p.is_file() and not p.is_symlink()]
        chosen = random.Random(seed).sample(sorted(found), min(len(found), 3))
        steps = [step_for(path, self.files / root / str(seed % 3) / path.name, action) for path in chosen]
        before = tree(self.files)
        report = apply_plan(Plan(self.files / root, action, tuple(steps)), self.journal)
        self.undoable.append((report.sort_id, before))
        self.redoable.clear()

    @precondition(lambda self: self.undoable)
    @rule()
    def undo(self) -> None:
        sort_id, expected = self.undoable.pop()
        before = tree(self.files)
        report = undo_sort(sort_id, self.journal, trash=self.to_trash)
        assert not report.skipped
        assert expected == tree(self.files)
        self.redoable.append((report.sort_id, before))

    @precondition(lambda self: self.redoable)
    @rule()
    def redo(self) -> None:
        undo_id, expected = self.redoable.pop()
        before = tree(self.files)
        report = undo_sort(undo_id, self.journal, trash=self.to_trash)
        assert not report.skipped
        assert expected == tree(self.files)
        self.undoable.append((report.sort_id, before))

    @precondition(lambda self: self.undoable)
    @rule(seed=st.integers(0, 1000))
    def undo_in_two_parts(self, seed: int) -> None:
        sort_id, expected = self.undoable.pop()
        numbers = [step.number for step in self.journal.steps(sort_id)]
        some = set(random.Random(seed).sample(numbers, len(numbers) // 2))
        for part in (some, set(numbers) - some):
            assert not undo_sort(sort_id, self.journal, numbers=part, trash=self.to_trash).skipped
        assert expected == tree(self.files)
        self.redoable.clear()

    @rule()
    def restart(self) -> None:
        self.journal.close()
        self.journal = SortingJournal(self.journal.path)

    @invariant()
    def nothing_is_left_over(self) -> None:
        assert not list(self.files.rglob(".clipdesk-*"))


def test_any_sequence_of_sorts_can_be_undone() -> None:
    run_state_machine_as_test(
        Sorting,
        settings=settings(
            max_examples=SEQUENCES,
            stateful_step_count=12,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_files_edited_or_moved_since_and_places_taken_since_are_left_alone(
    tmp_path: Path, journal: SortingJournal
) -> None:
    pictures = [p for i, p in enumerate(write_files(tmp_path / "in", 8)) if i % 3]
    plan = plan_for(pictures, tmp_path / "out")
    report = apply_plan(plan, journal)
    edited, moved, taken = (target for _, target in report.done[:3])
    edited.write_bytes(b"edited")
    moved.rename(tmp_path / "elsewhere.jpg")
    pictures[2].write_text("somebody else's")

    undone = undo_sort(report.sort_id, journal)

    assert {edited: Reason.CHANGED, moved: Reason.GONE, taken: Reason.FAILED} == {
        skipped.path: skipped.reason for skipped in undone.skipped
    }
    assert edited.read_bytes() == b"edited"
    assert pictures[2].read_text() == "somebody else's"
    assert taken.exists()
    assert len(undone.done) == len(plan.steps) - 3


def test_the_journal_keeps_why_a_file_was_left_alone_also_if_its_name_is_not_unicode(
    tmp_path: Path, journal: SortingJournal
) -> None:
    source, target = tmp_path / "a.jpg", tmp_path / os.fsdecode(b"\xff.jpg")
    step = JournalStep(0, 0, source, target, size=1, mtime_ns=1, reason=Reason.FAILED, label="")
    step.detail = message("core", "another file is at “{target}”").of(target=target)

    journal.note(journal.begin(Action.MOVE, tmp_path), [step])
    journal.close()

    ((read,),) = [journal.steps(past.id) for past in journal.sorts()]
    assert read.detail == step.detail
    assert isinstance(read.detail, Message) and read.detail.values == {"target": str(target)}


def test_a_copy_whose_original_is_gone_stays(tmp_path: Path, journal: SortingJournal) -> None:
    plan = plan_for(write_files(tmp_path / "in", 1), tmp_path / "out", Action.COPY)
    report = apply_plan(plan, journal)
    plan.steps[0].source.unlink()

    undone = undo_sort(report.sort_id, journal)

    assert undone.skipped[0].path == plan.steps[0].target
    assert plan.steps[0].target.exists()


def test_a_copy_that_no_trash_takes_stays_and_is_listed(tmp_path: Path, journal: SortingJournal) -> None:
    plan = plan_for(write_files(tmp_path / "in", 2)[1:], tmp_path / "out", Action.COPY)
    report = apply_plan(plan, journal)

    def no_trash(path: Path) -> None:
        raise PermissionError(13, "this disk has no trash", os.fspath(path))

    undone = undo_sort(report.sort_id, journal, trash=no_trash)

    assert [skipped.reason for skipped in undone.skipped] == [Reason.NOT_ALLOWED]
    assert plan.steps[0].target.exists()
