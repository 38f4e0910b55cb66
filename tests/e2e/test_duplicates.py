"""Copies of the bundled samples in the real window: found, moved through the plan, taken back, kept both."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from own_trash import use_own_trash
from PIL import Image
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from clipdesk.core.find.duplicates import Kind
from clipdesk.core.find.keepers import DEFAULT_ORDER, KeeperRule
from clipdesk.encoders.models import catalog
from clipdesk.gui.application import Application
from clipdesk.gui.duplicates.duplicates_dialog import DuplicatesDialog
from clipdesk.gui.kit.qt_application import make_application
from clipdesk.gui.session.duplicate_finder import DuplicatesStage
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.startup import Start
from clipdesk.gui.sorting.plan_dialog import PlanDialog
from clipdesk.resources import resource_path

pytestmark = pytest.mark.skipif(not catalog.has_starter(), reason="the starter model is not in resources/ yet")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twelve samples, an exact copy of the first, and a smaller copy of the second."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    samples = sorted(path for path in resource_path("samples").rglob("*.*") if path.suffix in (".jpg", ".png", ".webp"))
    for sample in samples[:12]:
        shutil.copy(sample, folder / sample.name)
    first, second = sorted(folder.iterdir())[:2]
    shutil.copy(first, folder / f"copy of {first.name}")
    with Image.open(second) as image:
        smaller = image.convert("RGB")
        smaller.thumbnail((image.width * 2 // 3, image.height * 2 // 3))
        smaller.save(folder / "smaller.jpg", quality=90)
    return folder


@pytest.fixture
def application(qtbot: QtBot, preferences: Preferences, folder: Path) -> Iterator[Application]:
    """The window with the pictures and the starter model, but without labels."""
    make_application()
    application = Application(Start(paths=(folder,)), preferences)
    try:
        with qtbot.waitSignal(application.labelling.scan_ended, timeout=60_000):
            application.begin()
        yield application
    finally:
        application.window.close()
        application.stop()


def open_duplicates(qtbot: QtBot, application: Application) -> DuplicatesDialog:
    """Open the dialog once the pictures are read, and wait until it shows groups."""
    labelling = application.labelling
    qtbot.waitUntil(lambda: labelling.encoder is not None, timeout=60_000)
    application.window.actions_["duplicates"].trigger()
    dialog = application.duplicate_commands.dialog
    assert dialog is not None

    def is_found() -> None:
        state = labelling.duplicates.state
        assert state.stage is DuplicatesStage.READY and not state.new_images and len(state.groups) >= 2

    qtbot.waitUntil(is_found, timeout=60_000)
    return dialog


def files_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.is_file()}


def kinds(application: Application) -> list[Kind]:
    return [group.proposal.group.kind for group in application.labelling.duplicates.state.groups]


def show_kind(dialog: DuplicatesDialog, kind: Kind) -> None:
    dialog.tabs.setCurrentIndex(tuple(Kind).index(kind))


def test_the_others_are_moved_through_the_plan_and_taken_back(
    qtbot: QtBot, application: Application, folder: Path
) -> None:
    dialog = open_duplicates(qtbot, application)
    before = files_in(folder)
    assert {Kind.EXACT, Kind.SAME} <= set(kinds(application))
    assert dialog.tabs.tabText(0).startswith("Exact copies  1")

    show_kind(dialog, Kind.SAME)
    card = dialog.cards[0]
    smaller = next(tile for tile in card.tiles if tile.name.text() == "smaller.jpg")
    assert not smaller.keep.isChecked() and "size in pixels" in card.why.text()
    for kind in (Kind.EXACT, Kind.SAME):
        show_kind(dialog, kind)
        dialog.all_button.click()
    assert dialog.move_button.text() == "Move 2 pictures into…"
    dialog.move_button.click()
    (plan,) = dialog.findChildren(PlanDialog)
    assert plan.folder == folder / "Duplicates"  # proposed
    qtbot.waitUntil(plan.sort_button.isEnabled)
    assert plan.model.counts() == (2, 1)
    with qtbot.waitSignal(application.sorting_commands.sorted):
        plan.sort_button.click()

    moved = files_in(folder / "Duplicates")
    assert len(moved) == 2 and "smaller.jpg" in moved
    assert files_in(folder) == before - moved
    qtbot.waitUntil(lambda: not {Kind.EXACT, Kind.SAME} & set(kinds(application)))

    with qtbot.waitSignal(application.sorting_commands.sorted):
        application.window.undo_stack.undo()
    assert files_in(folder) == before
    qtbot.waitUntil(lambda: {Kind.EXACT, Kind.SAME} <= set(kinds(application)))


def test_the_others_go_into_the_trash_when_asked_and_can_come_back(
    qtbot: QtBot, application: Application, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_trash = use_own_trash(tmp_path / "data", monkeypatch)
    dialog = open_duplicates(qtbot, application)
    before = files_in(folder)
    assert not dialog.trash_button.isEnabled()
    show_kind(dialog, Kind.EXACT)
    dialog.all_button.click()
    dialog.trash_button.click()
    (box,) = dialog.findChildren(QMessageBox)
    assert "1 picture " in box.text() and files_in(folder) == before

    trash = next(one for one in box.buttons() if box.buttonRole(one) is QMessageBox.ButtonRole.DestructiveRole)
    with qtbot.waitSignal(application.duplicate_commands.discarded):
        trash.click()

    (gone,) = before - files_in(folder)
    in_trash = own_trash / "files" / gone
    assert in_trash.exists()
    qtbot.waitUntil(lambda: Kind.EXACT not in kinds(application))
    in_trash.rename(folder / gone)
    application.labelling.look_again()
    qtbot.waitUntil(lambda: not application.labelling.desk.missing)


def test_a_chosen_keeper_stays_and_kept_pictures_are_not_shown_again(qtbot: QtBot, application: Application) -> None:
    dialog, labelling = open_duplicates(qtbot, application), application.labelling
    assert dialog.rules.rules == DEFAULT_ORDER
    show_kind(dialog, Kind.SAME)
    card = dialog.cards[0]
    smaller = next(tile for tile in card.tiles if tile.name.text() == "smaller.jpg")

    smaller.keep.click()
    same = next(place for place, kind in enumerate(kinds(application)) if kind is Kind.SAME)

    def kept_name() -> str:
        return labelling.desk.images.path(labelling.duplicates.state.groups[same].proposal.keeper).name

    qtbot.waitUntil(lambda: kept_name() == "smaller.jpg")
    assert smaller.keep.isChecked()

    card.keep_button.click()
    qtbot.waitUntil(lambda: Kind.SAME not in kinds(application))
    assert len(labelling.desk.kept_groups) == 1
    labelling.duplicates.search_again()
    qtbot.waitUntil(lambda: labelling.duplicates.state.stage is DuplicatesStage.READY)
    assert Kind.SAME not in kinds(application)

    application.window.undo_stack.undo()
    assert not labelling.desk.kept_groups
    labelling.duplicates.search_again()
    qtbot.waitUntil(lambda: Kind.SAME in kinds(application), timeout=60_000)


def test_a_burst_is_told_from_copies_and_one_frame_is_kept(
    qtbot: QtBot, application: Application, folder: Path
) -> None:
    with Image.open(resource_path("samples") / "red car.jpg") as image:
        frame = image.convert("RGB")
    width, height = frame.size
    for number in range(3):
        moved = frame.crop((number * width // 30, 0, width - (2 - number) * width // 30, height))
        exif = Image.Exif()
        exif.get_ifd(0x8769)[0x9003] = f"2026:07:01 10:00:0{number}"
        moved.save(folder / f"DSC{number}.jpg", exif=exif)
    application.labelling.look_again()
    qtbot.waitUntil(lambda: len(application.labelling.desk) == 17, timeout=60_000)
    dialog = open_duplicates(qtbot, application)
    show_kind(dialog, Kind.BURST)

    (group,) = dialog.shown_groups()

    images = application.labelling.desk.images
    assert {images.path(row).name for row in group.proposal.group.rows} == {"DSC0.jpg", "DSC1.jpg", "DSC2.jpg"}
    assert len(group.proposal.others) == 2


def test_the_rules_are_kept_and_closing_ends_the_work(
    qtbot: QtBot, application: Application, preferences: Preferences
) -> None:
    dialog = open_duplicates(qtbot, application)
    dialog.rules.list.setCurrentRow(0)
    dialog.rules.down_button.click()
    assert preferences.choices("duplicates")[:2] == ["SHARPEST", "LARGEST"]

    dialog.close()

    assert application.duplicate_commands.dialog is None
    assert application.labelling.duplicates.state.groups == ()
    assert not application.labelling.can_start
    application.window.actions_["duplicates"].trigger()
    again = application.duplicate_commands.dialog
    assert again is not None and again.rules.rules[:2] == (KeeperRule.SHARPEST, KeeperRule.LARGEST)
