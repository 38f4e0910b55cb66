from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from sorting_files import census, part_files, plan_for, step_for, tree, write_files

from clipdesk.core.errors import SortingBusyError, SortingError
from clipdesk.core.sorting.apply import apply_plan
from clipdesk.core.sorting.journal import SortingJournal
from clipdesk.core.sorting.steps import Action, Plan, Reason, SortProgress
from clipdesk.core.sorting.undo import undo_sort


@pytest.mark.parametrize("action", list(Action))
def test_applies_and_undoes_and_redoes(tmp_path: Path, journal: SortingJournal, action: Action) -> None:
    pictures = write_files(tmp_path / "in", 10)
    plan = plan_for(pictures, tmp_path / "out", action)
    before = tree(tmp_path / "in")
    trash = tmp_path / "trash"
    trash.mkdir()

    report = apply_plan(plan, journal)

    assert not report.skipped and not report.message
    assert tuple((step.source, step.target) for step in plan.steps) == report.done
    after = tree(tmp_path / "in", tmp_path / "out")
    for step in plan.steps:
        assert before[str(step.source)] == (step.target.read_bytes(), step.target.stat().st_mtime_ns)
        assert step.source.exists() == (action is not Action.MOVE)

    undone = undo_sort(report.sort_id, journal, trash=lambda path: shutil.move(path, trash))

    assert undone.is_undo and not undone.skipped
    assert before == tree(tmp_path / "in")
    assert not (tmp_path / "out").exists()

    redone = undo_sort(undone.sort_id, journal)

    assert not redone.is_undo and not redone.skipped
    assert after == tree(tmp_path / "in", tmp_path / "out")


def test_moves_to_another_disk_and_back(tmp_path: Path, other_disk: Path, journal: SortingJournal) -> None:
    pictures = write_files(tmp_path / "in", 10)
    os.setxattr(pictures[0], "user.tags", b"holiday")
    pictures[1].chmod(0o640)
    before, bytes_before = tree(tmp_path / "in"), census(tmp_path / "in")

    report = apply_plan(plan_for(pictures, other_disk), journal)

    assert not report.skipped
    assert not census(tmp_path / "in")
    assert bytes_before == census(other_disk)
    assert (other_disk / "1" / pictures[1].name).stat().st_mode & 0o777 == 0o640
    assert not part_files(other_disk)

    assert not undo_sort(report.sort_id, journal).skipped
    assert before == tree(tmp_path / "in")
    assert os.getxattr(pictures[0], "user.tags") == b"holiday"
    assert not list(other_disk.iterdir())


def test_names_taken_meanwhile_get_the_next_number_with_their_companions(tmp_path: Path, journal: SortingJournal):
    pictures = write_files(tmp_path / "in", 1)
    plan = plan_for(pictures, tmp_path / "out", folders=1)
    taken = tmp_path / "out" / "0" / "IMG_00000.jpg.xmp"
    taken.parent.mkdir(parents=True)
    taken.write_text("somebody else's")

    report = apply_plan(plan, journal)

    assert [target.name for _, target in report.done] == ["IMG_00000 (2).jpg", "IMG_00000 (2).jpg.xmp"]
    assert taken.read_text() == "somebody else's"


def test_changed_and_vanished_files_stay_with_their_companions(tmp_path: Path, journal: SortingJournal) -> None:
    pictures = write_files(tmp_path / "in", 4)
    plan = plan_for(pictures, tmp_path / "out")
    pictures[0].write_bytes(b"edited")
    pictures[1].unlink()

    report = apply_plan(plan, journal)

    assert [pictures[0], Path(f"{pictures[0]}.xmp"), pictures[1]] == [skipped.path for skipped in report.skipped]
    assert [skipped.reason for skipped in report.skipped] == [Reason.CHANGED, Reason.COMPANION, Reason.GONE]
    assert pictures[0].read_bytes() == b"edited"
    assert len(report.done) == 3


def test_refuses_a_plan_with_problems(tmp_path: Path, journal: SortingJournal) -> None:
    with pytest.raises(SortingError, match="The disk is too small"):
        apply_plan(Plan(tmp_path, Action.MOVE, (), problems=("The disk is too small.",)), journal)


def test_only_one_program_sorts_at_a_time(tmp_path: Path, journal: SortingJournal) -> None:
    plan = plan_for(write_files(tmp_path / "in", 1), tmp_path / "out")
    other = SortingJournal(journal.path)

    with other.exclusive(), pytest.raises(SortingBusyError):
        apply_plan(plan, journal)

    assert apply_plan(plan, journal).done
    other.close()


def test_no_sort_begins_without_a_journal(tmp_path: Path) -> None:
    plan = plan_for(write_files(tmp_path / "in", 1), tmp_path / "out")
    (tmp_path / "data").write_text("a file where the folder should be")

    with pytest.raises(SortingError, match="cannot be used"):
        apply_plan(plan, SortingJournal(tmp_path / "data" / "sorting.sqlite3"))

    assert plan.steps[0].source.exists()


def test_a_damaged_journal_is_set_aside_and_said(tmp_path: Path) -> None:
    path = tmp_path / "sorting.sqlite3"
    path.write_bytes(b"not a database, but long enough to be read as one" * 100)
    problems: list[str] = []
    journal = SortingJournal(path, on_problem=problems.append)

    assert journal.sorts() == []

    assert "was damaged" in problems[0]
    (aside,) = tmp_path.glob("*damaged*")
    assert aside.read_bytes().startswith(b"not a database")
    journal.close()


def test_cancel_leaves_the_rest_where_it_is(tmp_path: Path, journal: SortingJournal) -> None:
    plan = plan_for(write_files(tmp_path / "in", 10), tmp_path / "out")
    before = census(tmp_path / "in")
    asked: list[None] = []

    def should_stop() -> bool:
        asked.append(None)
        return len(asked) > 15

    report = apply_plan(plan, journal, should_stop=should_stop)

    assert report.was_cancelled
    assert 0 < len(report.done) < len(plan.steps)
    assert before == census(tmp_path / "in", tmp_path / "out")
    assert not undo_sort(report.sort_id, journal).skipped
    assert before == census(tmp_path / "in")


def test_cancel_abandons_a_long_copy(tmp_path: Path, journal: SortingJournal) -> None:
    source = tmp_path / "large.tif"
    source.write_bytes(os.urandom(5 << 20))
    plan = Plan(tmp_path / "out", Action.COPY, (step_for(source, tmp_path / "out" / "large.tif", Action.COPY),))
    progress: list[SortProgress] = []
    asked: list[None] = []

    def should_stop() -> bool:
        asked.append(None)
        return len(asked) > 4

    report = apply_plan(plan, journal, on_progress=progress.append, should_stop=should_stop)

    assert report.was_cancelled and not report.done
    assert not list((tmp_path / "out").iterdir())


def test_nothing_happens_when_source_and_target_are_one_file(tmp_path: Path, journal: SortingJournal) -> None:
    (picture,) = write_files(tmp_path / "in", 1)
    linked = tmp_path / "linked.jpg"
    os.link(picture, linked)
    (tmp_path / "folder link").symlink_to(tmp_path / "in")
    for action in Action:
        for target in (
            picture,
            linked,
            tmp_path / "folder link" / picture.name,
            tmp_path / "in" / ".." / "in" / picture.name,
        ):
            plan = Plan(tmp_path, action, (step_for(picture, target, action),))

            report = apply_plan(plan, journal)

            assert [skipped.reason for skipped in report.skipped] == [Reason.ALREADY_THERE]
    assert picture.exists() and linked.exists()


def test_link_loops_and_links_to_files_stay(tmp_path: Path, journal: SortingJournal) -> None:
    (picture,) = write_files(tmp_path / "in", 1)
    loop, link = tmp_path / "loop.jpg", tmp_path / "link.jpg"
    loop.symlink_to(loop)
    link.symlink_to(picture)
    steps = tuple(
        step_for(picture, tmp_path / "out" / path.name, Action.MOVE).__class__(
            path,
            tmp_path / "out" / path.name,
            Action.MOVE,
            picture.stat().st_size,
            picture.stat().st_mtime_ns,
            Reason.LABEL,
        )
        for path in (loop, link)
    )

    report = apply_plan(Plan(tmp_path, Action.MOVE, steps), journal)

    assert len(report.skipped) == 2
    assert loop.is_symlink() and link.is_symlink() and picture.exists()


def test_hard_links_across_disks_are_refused_with_the_reason(
    tmp_path: Path, other_disk: Path, journal: SortingJournal
) -> None:
    plan = plan_for(write_files(tmp_path / "in", 1), other_disk, Action.HARD_LINK)

    report = apply_plan(plan, journal)

    assert "same disk" in report.skipped[0].detail
