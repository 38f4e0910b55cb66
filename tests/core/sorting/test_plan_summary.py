from __future__ import annotations

from pathlib import Path

from clipdesk.core.sorting.plan_summary import FolderSummary, summarize
from clipdesk.core.sorting.steps import Action, Plan, Reason, Stay, Step

ROOT = Path("/out")


def step(name: str, folder: str, image: int, size: int = 10, *, is_numbered: bool = False) -> Step:
    target = ROOT / folder / name
    reason = Reason.COMPANION if name.endswith(".xmp") else Reason.LABEL
    return Step(Path("/in") / name, target, Action.COPY, size, 0, reason, folder, image, is_numbered)


def test_a_plan_is_counted_by_folder_and_by_reason() -> None:
    steps = (
        step("0.jpg", "dog", 0),
        step("0.xmp", "dog", 0, 1),
        step("1.jpg", "cat", 2, is_numbered=True),
        step("1.xmp", "cat", 2, 2, is_numbered=True),
        *(step(f"{number}.jpg", "dog", number) for number in range(4, 9)),
    )
    stays = (
        Stay(Path("/in/a.jpg"), Reason.GONE),
        Stay(Path("/in/b.jpg"), Reason.UNSURE),
        Stay(Path("/in/c.jpg"), Reason.UNSURE),
    )

    summary = summarize(Plan(ROOT, Action.COPY, steps, stays))

    assert (summary.images, summary.companions, summary.size_bytes) == (7, 2, 73)
    first = tuple(Path(f"/in/{number}.jpg") for number in (0, 4, 5, 6))
    assert list(summary.folders) == [
        FolderSummary(ROOT / "cat", 1, 1, 12, (Path("/in/1.jpg"),)),
        FolderSummary(ROOT / "dog", 6, 1, 61, first),
    ]
    assert list(summary.clashes) == [2] and list(summary.companion_steps) == [1, 3]
    assert {reason: len(found) for reason, found in summary.stays.items()} == {Reason.UNSURE: 2, Reason.GONE: 1}
    assert list(summary.stays) == [Reason.UNSURE, Reason.GONE]


def test_an_empty_plan_has_nothing() -> None:
    summary = summarize(Plan(ROOT, Action.MOVE, ()))

    assert (summary.images, summary.companions, list(summary.folders), dict(summary.stays)) == (0, 0, [], {})
