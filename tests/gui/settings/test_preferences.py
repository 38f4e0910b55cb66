from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from clipdesk.core.device_names import DEVICES
from clipdesk.core.labels.label_set import Label, LabelSet, label_set_to_json
from clipdesk.gui.kit import theme
from clipdesk.gui.session.preferences import MAX_RECENT, Preferences, ServerOptions
from clipdesk.gui.settings.preferences_dialog import PreferencesDialog


def make(path: Path) -> Preferences:
    return Preferences(QSettings(str(path / "settings.ini"), QSettings.Format.IniFormat))


def test_without_saved_settings_the_defaults_apply(tmp_path: Path) -> None:
    preferences = make(tmp_path)

    assert preferences.scheme == "system"
    assert preferences.device == "auto"
    assert preferences.threshold == 0.5
    assert preferences.value_mode == "probability"
    assert preferences.thumbnail_size == 48
    assert preferences.recent_folders == []
    assert preferences.old_label_set == LabelSet()
    assert preferences.speed("any") == 0


def test_everything_comes_back_after_a_restart(tmp_path: Path) -> None:
    first = make(tmp_path)
    first.scheme, first.device, first.threshold = "dark", "cpu", 0.7
    first.value_mode, first.thumbnail_size, first.model = "cosine", 96, "ViT-B-32:openai"
    first.add_recent_folder(tmp_path)
    first.set_speed("hf-hub:a/b", 13.25)
    first.set_layout("window", QByteArray(b"\x00\xff"))
    first.sync()

    second = make(tmp_path)

    assert (second.scheme, second.device, second.threshold) == ("dark", "cpu", 0.7)
    assert (second.value_mode, second.thumbnail_size, second.model) == ("cosine", 96, "ViT-B-32:openai")
    assert second.recent_folders == [tmp_path]
    assert second.speed("hf-hub:a/b") == pytest.approx(13.2, abs=0.1)
    assert second.layout("window") == QByteArray(b"\x00\xff")


def test_invalid_values_count_as_not_set(tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    for key in ("appearance", "device", "threshold", "value_mode", "thumbnail_size", "recent_folders", "labels"):
        settings.setValue(key, "nonsense")

    assert Preferences(settings).threshold == 0.5
    assert Preferences(settings).recent_folders == []
    assert Preferences(settings).old_label_set == LabelSet()


def test_labels_of_an_older_version_are_read_and_then_deleted(tmp_path: Path) -> None:
    labels = LabelSet((Label("강아지", ("a puppy",), (tmp_path / "a.png",), "#0072B2"),), ("a photo of {}",))
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    settings.setValue("labels", json.dumps(label_set_to_json(labels, None)))

    assert Preferences(settings).old_label_set == labels
    Preferences(settings).forget_old_label_set()
    assert Preferences(settings).old_label_set == LabelSet()
    assert Preferences(settings).thumbnail_size == 48


def test_recent_folders_are_few_and_newest_first(tmp_path: Path) -> None:
    preferences = make(tmp_path)
    for number in [*range(MAX_RECENT + 3), 5]:
        preferences.add_recent_folder(tmp_path / str(number))

    recent = preferences.recent_folders
    assert recent[0] == tmp_path / "5"
    assert len(recent) == len(set(recent)) == MAX_RECENT


def test_the_dialog_emits_each_change(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = PreferencesDialog(make(tmp_path), 0.5)
    qtbot.addWidget(dialog)

    with qtbot.waitSignal(dialog.scheme_chosen) as scheme:
        dialog.scheme.setCurrentIndex(2)
    with qtbot.waitSignal(dialog.threshold_changed) as threshold:
        dialog.threshold.setValue(80)
    with qtbot.waitSignal(dialog.device_changed) as device:
        dialog.device.setCurrentIndex(1)
    with qtbot.waitSignal(dialog.join_pairs_changed) as pairs:
        dialog.pairs.setChecked(False)

    assert (scheme.args, threshold.args, device.args, pairs.args) == (["dark"], [0.8], ["cpu"], [False])


def test_raw_pairs_are_one_picture_unless_the_person_decides_otherwise(tmp_path: Path) -> None:
    preferences = make(tmp_path)
    assert preferences.join_pairs

    preferences.join_pairs = False
    preferences.sync()

    assert not make(tmp_path).join_pairs


def test_every_device_can_be_chosen_and_is_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    preferences = make(tmp_path)
    dialog = PreferencesDialog(preferences, 0.5)
    qtbot.addWidget(dialog)

    assert tuple(dialog.device.itemData(i) for i in range(dialog.device.count())) == DEVICES
    for device in DEVICES:
        preferences.device = device
        assert make(tmp_path).device == device


def test_a_device_that_is_refused_says_why_and_cannot_be_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = PreferencesDialog(make(tmp_path), 0.5)
    qtbot.addWidget(dialog)
    place = dialog.device.findData("cpu:int8")
    items = dialog.device.model()
    assert isinstance(items, QStandardItemModel) and items.item(place).isEnabled()

    dialog.disable_device("cpu:int8", "Fast: no gain")
    dialog.disable_device("auto", "in use")

    assert not items.item(place).isEnabled()
    assert dialog.device.itemText(place) == "Fast: no gain"
    assert items.item(dialog.device.currentIndex()).isEnabled() and dialog.device.currentText() != "in use"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_no_text_of_the_dialog_is_cut(qtbot: QtBot, tmp_path: Path) -> None:
    theme.apply_theme(theme.application(), "light")
    dialog = PreferencesDialog(make(tmp_path), 0.5)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()

    for label in dialog.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width()) or not label.wordWrap()
    for field in (dialog.details, dialog.scheme, dialog.device, dialog.threshold, dialog.pairs):
        assert field.width() >= min(field.sizeHint().width(), 500)
    below = dialog.device.mapTo(dialog, dialog.device.rect().bottomLeft()).y()
    note = next(label for label in dialog.findChildren(QLabel) if "loads the model" in label.text())
    assert note.mapTo(dialog, note.rect().topLeft()).y() > below


def test_servers_and_agreements_come_back(tmp_path: Path) -> None:
    options = ServerOptions("https://a.example http://localhost:9002", "RN50", True, 4, "starter")
    first = make(tmp_path)
    assert (first.run_place, first.server_options) == ("computer", ServerOptions())
    first.run_place, first.server_options = "own", options
    first.set_may_send_to("a.example", True)
    first.sync()

    second = make(tmp_path)

    assert (second.run_place, second.server_options) == ("own", options)
    assert second.may_send_to("a.example")
    assert not second.may_send_to("b.example")
    second.set_may_send_to("a.example", False)
    assert not second.may_send_to("a.example")


@pytest.mark.parametrize("text", ["", "[]", '{"version": 5}', '{"most_at_once": 0}', '{"jpeg": "yes"}', "nonsense"])
def test_invalid_server_options_count_as_not_set(tmp_path: Path, text: str) -> None:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    settings.setValue("server/options", text)
    settings.setValue("server/place", "moon")

    assert Preferences(settings).server_options == ServerOptions()
    assert Preferences(settings).run_place == "computer"
