"""Duplicates of real files, without a model; with one, the end-to-end test looks for the other kinds."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from clipdesk.core.desk.desk import Desk
from clipdesk.core.desk.folder_changes import Changes
from clipdesk.core.find.keepers import KeeperRule
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.gui.session.background import Background
from clipdesk.gui.session.duplicate_finder import DuplicateFinder, DuplicatesStage


@dataclass
class Session:
    desk: Desk
    finder: DuplicateFinder
    folder: Path
    background: Background
    wants: list[bool] = field(default_factory=list)
    is_running: bool = False

    def keepers(self) -> list[str]:
        """Return the names of the images that are proposed to be kept."""
        return [self.desk.images.path(group.proposal.keeper).name for group in self.finder.state.groups]

    def others(self) -> list[str]:
        return [self.desk.images.path(row).name for group in self.finder.state.groups for row in group.proposal.others]


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path) -> Iterator[Session]:
    """a.png and two copies, b.png and one copy, and a picture of its own."""
    for name, color in (("a.png", "red"), ("b.png", "green"), ("own.png", "blue")):
        Image.new("RGB", (40, 30), color).save(tmp_path / name)
    for copy in ("a copy.png", "a copy 2.png", "b copy.png"):
        shutil.copy(tmp_path / f"{copy[0]}.png", tmp_path / copy)
    desk, background, parent = Desk(), Background(), QObject()
    desk.add_images([image_file(path) for path in sorted(tmp_path.iterdir())])
    wants: list[bool] = []
    session = Session(
        desk,
        DuplicateFinder(desk, background, None, None, wants.append, lambda: session.is_running, parent),
        tmp_path,
        background,
        wants,
    )
    session.finder.set_rules((KeeperRule.SHORTEST_NAME,))
    yield session
    session.finder.end()
    background.stop()


def image_file(path: Path) -> ImageFile:
    found = path.stat()
    return ImageFile(path, found.st_size, found.st_mtime_ns)


def begin(qtbot: QtBot, session: Session) -> None:
    session.finder.begin()
    qtbot.waitUntil(lambda: session.finder.state.stage is DuplicatesStage.READY)


def test_without_a_model_exact_copies_are_found_and_rules_choose(qtbot: QtBot, session: Session) -> None:
    begin(qtbot, session)
    assert session.wants == [True]
    assert session.keepers() == ["a.png", "b.png"]
    assert session.others() == ["a copy 2.png", "a copy.png", "b copy.png"]
    assert not session.finder.state.has_model

    group = session.finder.state.groups[0]
    session.finder.keep_row(group.number, group.proposal.others[1])
    qtbot.waitUntil(lambda: session.keepers() == ["a copy.png", "b.png"])
    session.finder.set_rules(())
    qtbot.waitUntil(lambda: session.keepers() == ["a copy.png", "b copy.png"])  # chosen, and the first row


def test_a_missing_file_is_never_kept(qtbot: QtBot, session: Session) -> None:
    (session.folder / "b.png").unlink()
    session.desk.update_files(Changes((), (), (session.folder / "b.png",), ()))
    begin(qtbot, session)
    assert session.keepers() == ["a.png"]


def test_kept_pictures_go_and_come_back_with_undo(qtbot: QtBot, session: Session) -> None:
    begin(qtbot, session)
    change = session.desk.keep_groups(session.finder.groups_to_keep(session.finder.state.groups[0].number))
    session.finder.follow(change)
    qtbot.waitUntil(lambda: session.keepers() == ["b.png"])

    session.finder.follow(session.desk.revert(change))
    qtbot.waitUntil(lambda: session.keepers() == ["a.png", "b.png"])


def test_moved_pictures_leave_their_groups_and_come_back(qtbot: QtBot, session: Session) -> None:
    begin(qtbot, session)
    before, away = session.folder / "a copy.png", session.folder / "away.png"
    session.finder.expect_moves([before])
    before.rename(away)
    session.finder.follow(session.desk.move_images({before: image_file(away)}))
    qtbot.waitUntil(lambda: session.others() == ["a copy 2.png", "b copy.png"])

    session.finder.search_again()
    qtbot.waitUntil(lambda: session.finder.state.stage is DuplicatesStage.READY)
    assert session.others() == ["a copy 2.png", "b copy.png"]
    # The desk knows it, so it is also left out by the finder of a later session.
    later = DuplicateFinder(session.desk, session.background, None, None, lambda _: None, lambda: False, session.finder)
    later.begin()
    qtbot.waitUntil(lambda: later.state.stage is DuplicatesStage.READY)
    assert len(later.state.groups) == 2
    assert session.desk.row_of(away) not in {row for one in later.state.groups for row in one.proposal.group.rows}
    later.end()

    away.rename(before)
    session.finder.follow(session.desk.move_images({away: image_file(before)}))
    qtbot.waitUntil(lambda: session.others() == ["a copy 2.png", "a copy.png", "b copy.png"])


def test_a_picture_that_is_only_renamed_stays_in_its_group(qtbot: QtBot, session: Session) -> None:
    begin(qtbot, session)
    before, after = session.folder / "b copy.png", session.folder / "c.png"
    before.rename(after)
    session.finder.follow(session.desk.move_images({before: image_file(after)}))

    # Its name is as short as that of the first row now.
    qtbot.waitUntil(lambda: session.others() == ["a copy 2.png", "a copy.png", "b.png"])


def test_a_stopped_search_can_be_begun_again(qtbot: QtBot, session: Session) -> None:
    session.finder.begin()
    session.finder.stop_search()
    assert session.finder.state.stage is DuplicatesStage.STOPPED
    session.finder.follow_job()
    assert session.finder.state.stage is DuplicatesStage.STOPPED

    session.finder.search_again()
    qtbot.waitUntil(lambda: len(session.keepers()) == 2)


def test_the_search_waits_for_pictures_that_are_being_read_and_counts_later_ones(
    qtbot: QtBot, session: Session
) -> None:
    session.is_running = True
    session.finder.begin()
    assert session.finder.state.stage is DuplicatesStage.READING
    session.is_running = False
    session.finder.follow_job()
    qtbot.waitUntil(lambda: session.finder.state.stage is DuplicatesStage.READY)

    shutil.copy(session.folder / "own.png", session.folder / "own copy.png")
    session.finder.follow(session.desk.add_images([image_file(session.folder / "own copy.png")]))
    assert session.finder.state.new_images == 1
    session.finder.search_again()
    qtbot.waitUntil(lambda: session.keepers() == ["a.png", "b.png", "own.png"])
