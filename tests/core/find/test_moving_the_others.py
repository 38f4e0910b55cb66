"""The others of a group are moved by the sorting plan: the keeper keeps its companions, and undo brings all back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from clipdesk.core.sorting.apply import apply_plan
from clipdesk.core.sorting.journal import SortingJournal
from clipdesk.core.sorting.plan import plan_by_hand
from clipdesk.core.sorting.rules import SameContent
from clipdesk.core.sorting.steps import Action
from clipdesk.core.sorting.undo import undo_sort


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SortingJournal]:
    with closing(SortingJournal(tmp_path / "journal.sqlite3", on_problem=pytest.fail)) as opened:
        yield opened


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_others_go_even_if_they_are_all_the_same_and_the_keeper_stays_whole(
    tmp_path: Path, journal: SortingJournal
) -> None:
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    # a.jpg is kept. Its sidecar would also fit a.png, one of the others, and must stay.
    for name in ("a.jpg", "a.png", "b.jpg", "c.jpg"):
        (pictures / name).write_bytes(b"the same picture")
    for name in ("a.xmp", "a.jpg.xmp", "b.xmp"):
        (pictures / name).write_text(name)
    before = files(tmp_path / "pictures")

    others = [pictures / name for name in ("a.png", "b.jpg", "c.jpg")]
    plan = plan_by_hand(others, pictures / "Duplicates", Action.MOVE, same_content=SameContent.NUMBER)
    assert not plan.problems
    report = apply_plan(plan, journal)

    assert set(files(pictures)) == {
        "a.jpg",
        "a.xmp",
        "a.jpg.xmp",
        "Duplicates/a.png",
        "Duplicates/b.jpg",
        "Duplicates/b.xmp",
        "Duplicates/c.jpg",
    }

    undo_sort(report.sort_id, journal)
    assert files(pictures) == before
