from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from clipdesk.core.sorting.plan import make_plan, plan_by_hand
from clipdesk.core.sorting.problems import FolderLoad, find_problems, size_text
from clipdesk.core.sorting.rules import SortingRules
from clipdesk.core.sorting.steps import Action, Candidate, Plan, Reason


def problems_of(root: Path, load: FolderLoad | None = None, action: Action = Action.COPY) -> tuple[str, ...]:
    return find_problems(str(root), action, {} if load is None else {str(load.folder): load})


def load_of(folder: Path, size: int = 1, name: str = "a.jpg", device: int = -5) -> FolderLoad:
    load = FolderLoad(folder)
    load.add(name, size, device)
    return load


def candidate(path: Path, label: str = "cat") -> Candidate:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(str(path))
    state = path.stat()
    return Candidate(path, state.st_size, state.st_mtime_ns, 1, label, 0, 0.9, 0.9)


def test_a_folder_that_is_there_or_can_be_made_is_no_problem(tmp_path: Path) -> None:
    assert problems_of(tmp_path, load_of(tmp_path / "cat")) == ()
    assert problems_of(tmp_path / "new" / "deep", load_of(tmp_path / "new" / "deep" / "cat")) == ()


@pytest.mark.parametrize("below", ["", "deep/down"])
def test_a_root_that_is_a_file_is_a_problem(tmp_path: Path, below: str) -> None:
    file = tmp_path / "file"
    file.write_text("x")

    problems = problems_of(file / below, load_of(file / below / "cat"))

    assert problems == (
        f"“{file}” is a file, so there can be no folder of this name. Rename it, or choose another folder.",
    )


def test_a_file_with_the_name_of_a_target_folder_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "cat").write_text("not a folder")

    plan = make_plan([candidate(tmp_path / "in" / "1.jpg")], SortingRules(tmp_path))

    assert len(plan.problems) == 1 and plan.problems[0].startswith(f"“{tmp_path / 'cat'}” is a file, so")


def test_links_that_lead_nowhere_or_to_themselves_are_a_problem(tmp_path: Path) -> None:
    loop, broken = tmp_path / "loop", tmp_path / "broken"
    loop.symlink_to(loop)
    broken.symlink_to(tmp_path / "not there")

    assert problems_of(loop)[0].startswith(f"“{loop}” cannot be opened: ")
    assert problems_of(broken) == (f"“{broken}” is a link to a folder that is not there. Choose another folder.",)
    for link in (loop, broken):
        assert make_plan([candidate(tmp_path / "in" / "1.jpg")], SortingRules(link)).problems


def test_too_little_space_is_told_with_figures(tmp_path: Path) -> None:
    free = shutil.disk_usage(tmp_path).free

    problems = problems_of(tmp_path, load_of(tmp_path / "cat", free + 10**12))

    assert len(problems) == 1
    assert problems[0].startswith(f"The disk of “{tmp_path}” has ") and " GB are needed. " in problems[0]


def test_space_is_needed_for_copies_and_for_moves_from_another_disk_only(tmp_path: Path) -> None:
    device = tmp_path.stat().st_dev
    here, other = load_of(tmp_path, 10**18, device=device), load_of(tmp_path, 10**18, device=device + 1)

    def is_told(load: FolderLoad, action: Action) -> bool:
        return any("needed" in problem for problem in problems_of(tmp_path, load, action))

    assert is_told(here, Action.COPY) and is_told(other, Action.COPY)
    assert not is_told(here, Action.MOVE) and is_told(other, Action.MOVE)
    for action in (Action.HARD_LINK, Action.SYMBOLIC_LINK):
        assert not is_told(here, action) and not is_told(other, action)


def test_the_space_of_all_folders_on_a_disk_is_added_up(tmp_path: Path) -> None:
    size = int(shutil.disk_usage(tmp_path).free * 0.75)
    loads = {str(tmp_path / name): load_of(tmp_path / name, size) for name in ("cat", "dog")}

    assert len(find_problems(str(tmp_path), Action.COPY, loads)) == 1


def test_hard_links_to_another_disk_are_a_problem(tmp_path: Path) -> None:
    other = load_of(tmp_path, device=tmp_path.stat().st_dev + 1)

    assert problems_of(tmp_path, other, Action.HARD_LINK)[0].startswith("Hard links work on one disk only")
    assert not problems_of(tmp_path, other, Action.MOVE)


@pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")
def test_paths_and_names_that_are_too_long_are_a_problem(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d" * 200] * 25)

    for load in (load_of(deep), load_of(tmp_path, name="x" * 300), load_of(tmp_path / ("y" * 300))):
        assert len(problems := problems_of(tmp_path, load)) == 1
        assert problems[0].startswith(f"Some paths in “{load.folder}” would be longer than this system allows")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not hold for root")
def test_folders_without_permission(tmp_path: Path) -> None:
    one = candidate(tmp_path / "in" / "1.jpg")
    for folder in ("in", "out"):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder).chmod(0o555)
    try:
        plan = make_plan([one], SortingRules(tmp_path / "out"))
        assert plan.problems[0].startswith(f"Files cannot be written into “{tmp_path / 'out'}”.")
        plan = make_plan([one], SortingRules(tmp_path, Action.MOVE))
        assert [stay.reason for stay in plan.stays] == [Reason.NOT_ALLOWED]
    finally:
        for folder in ("in", "out"):
            (tmp_path / folder).chmod(0o755)


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 bytes"), (999, "999 bytes"), (1_000, "1 kB"), (12_345_678, "12.3 MB"), (2_500_000_000_000, "2,500.0 GB")],
)
def test_sizes_are_in_decimal_units(size: int, text: str) -> None:
    assert size_text(size) == text


def test_an_empty_plan_of_a_sound_root_has_no_problem(tmp_path: Path) -> None:
    plan = plan_by_hand([], tmp_path / "new", Action.MOVE)

    assert plan == Plan(tmp_path / "new", Action.MOVE, ())
