"""Groups of the bundled samples in the real window: found without labels, selected, made into labels, undone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from clipdesk.core.labels.label_set import Label, LabelSet
from clipdesk.encoders.models import catalog
from clipdesk.gui.application import Application
from clipdesk.gui.groups.groups_dialog import GroupsDialog
from clipdesk.gui.kit.qt_application import make_application
from clipdesk.gui.session.groups_state import GroupsStage
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.startup import Start
from clipdesk.gui.session.word_learner import WordsStage

pytestmark = pytest.mark.skipif(not catalog.has_starter(), reason="the starter model is not in resources/ yet")


@pytest.fixture
def application(qtbot: QtBot, preferences: Preferences) -> Iterator[Application]:
    """The window with the samples and the starter model, but without labels: no picture has been read."""
    make_application()
    application = Application(Start(samples=True), preferences)
    try:
        with qtbot.waitSignal(application.labelling.scan_ended, timeout=60_000):
            application.begin()
        application.labelling.set_label_set(LabelSet())
        yield application
    finally:
        application.window.close()
        application.stop()


def open_groups(qtbot: QtBot, application: Application) -> GroupsDialog:
    """Open the dialog, and wait until it shows groups with names."""
    application.window.actions_["groups"].trigger()
    dialog, grouper = application.group_commands.dialog, application.labelling.grouper
    assert dialog is not None

    def has_names() -> None:
        state = grouper.state
        assert state.stage is GroupsStage.READY and state.words is WordsStage.KNOWN
        assert all(group.names for group in state.groups) and not state.new_images

    qtbot.waitUntil(has_names, timeout=60_000)
    return dialog


def test_a_label_is_made_of_a_group_undone_and_refused_if_its_name_is_taken(
    qtbot: QtBot, application: Application
) -> None:
    window, desk = application.window, application.labelling.desk
    dialog = open_groups(qtbot, application)
    card = dialog.grid.cards[0]
    rows = application.labelling.grouper.state.groups[0].rows

    assert dialog.headline.text().startswith(str(len(application.labelling.grouper.state.groups)))
    qtbot.mouseClick(card.strip, Qt.MouseButton.LeftButton)
    assert sorted(window.table.selected_desk_rows()) == sorted(rows.tolist())

    assert not dialog.labels_button.isEnabled()
    card.tick.click()
    dialog.labels_button.click()

    (label,) = desk.label_set.labels
    assert label.name == card.name
    assert label.references == tuple(map(desk.images.path, rows[:4].tolist()))
    assert not dialog.labels_button.isEnabled()

    window.undo_stack.undo()
    assert desk.label_set.labels == ()

    application.labelling.set_label_set(LabelSet((Label(card.name.upper()),)))
    card.tick.click()
    dialog.labels_button.click()
    assert "There is already a label" in dialog.problem.text()
    assert len(desk.label_set.labels) == 1


def test_a_finer_step_makes_more_groups_a_filter_gives_way_and_closing_ends_the_work(
    qtbot: QtBot, application: Application
) -> None:
    dialog, grouper = open_groups(qtbot, application), application.labelling.grouper
    usual = len(grouper.state.groups)

    dialog.slider.setValue(dialog.slider.maximum())
    qtbot.waitUntil(lambda: not grouper.state.is_busy and grouper.state.stage is GroupsStage.READY)
    assert len(grouper.state.groups) > usual
    application.window.filter_bar.show_unreadable()
    dialog.grid.cards[0].open_button.click()

    assert len(application.window.table.selected_desk_rows()) == len(grouper.state.groups[0].rows)

    dialog.close()
    assert application.group_commands.dialog is None
    assert grouper.state.groups == ()
    assert not application.labelling.can_start
