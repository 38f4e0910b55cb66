"""The choice of int8 in the window: made in the model box, and taken back where a model is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from clipdesk.encoders.local.int8_trial import trial_key
from clipdesk.encoders.models import catalog
from clipdesk.gui.application import Application
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.startup import Start
from clipdesk.gui.settings.preferences_dialog import PreferencesDialog


def _fast_entry(application: Application) -> QAction:
    menu = application.window.toolbar.model_button.menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    return next(action for action in menu.actions() if action.text().startswith("Fast"))


def test_the_model_box_switches_to_int8_and_back(qtbot: QtBot, application: Application) -> None:
    labelling, preferences = application.labelling, application.preferences
    assert labelling.encoder is not None
    exact = labelling.encoder.identity
    preferences.set_choices("int8", {trial_key(exact.checkpoint): ["faster", 1.74]})

    entry = _fast_entry(application)
    assert entry.text() == "Fast: scores differ slightly (about 1.7 times as fast here)" and not entry.isChecked()
    with qtbot.waitSignal(labelling.encoder_changed, timeout=60_000):
        entry.trigger()

    assert ", int8, " in labelling.encoder.place and preferences.device == "cpu:int8"
    assert labelling.encoder.identity.key != exact.key
    entry = _fast_entry(application)
    assert entry.isChecked()
    with qtbot.waitSignal(labelling.encoder_changed, timeout=60_000):
        entry.trigger()

    assert labelling.encoder.identity == exact and preferences.device == "auto"


def test_a_device_of_the_preferences_holds_for_models_that_are_chosen_later(
    qtbot: QtBot, application: Application
) -> None:
    labelling = application.labelling
    assert labelling.encoder is not None
    application.window_commands.show_preferences()
    (dialog,) = application.window.findChildren(PreferencesDialog)
    with qtbot.waitSignal(labelling.encoder_changed, timeout=60_000):
        dialog.device.setCurrentIndex(dialog.device.findData("cpu:int8"))
    dialog.close()

    with qtbot.waitSignal(labelling.encoder_changed, timeout=60_000):
        application.model_commands.choose(labelling.encoder.model)

    assert "int8" in labelling.encoder.identity.preprocessing and application.preferences.device == "cpu:int8"


@pytest.mark.skipif(not catalog.has_starter(), reason="the starter model is not in resources/ yet")
def test_a_model_that_is_refused_in_int8_works_as_usual(qtbot: QtBot, preferences: Preferences, tmp_path: Path) -> None:
    preferences.device = "cpu:int8"
    application = Application(Start(model="starter", paths=(tmp_path,)), preferences)
    try:
        with qtbot.waitSignal(application.labelling.encoder_changed, timeout=60_000):
            application.begin()

        encoder = application.labelling.encoder
        assert encoder is not None and "fp32" in encoder.place
        assert preferences.device == "cpu:int8"  # for models that gain from it
        assert not _fast_entry(application).isChecked()
        assert "cannot be made faster" in application.window.news.text.text()
    finally:
        application.stop()
        application.window.close()
