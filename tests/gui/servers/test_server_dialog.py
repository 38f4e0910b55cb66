from __future__ import annotations

from collections.abc import Iterator

import pytest
from clip_server import Answer, Break, ClipServer, running
from color_encoder import ColorEncoder
from memory_keyring import MemoryKeyring
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from clipdesk.encoders.remote.api_keys import NO_KEY, ApiKey
from clipdesk.gui.servers.server_dialog import ServerDialog, ServerSettings, server_choice
from clipdesk.gui.session.background import Background
from clipdesk.gui.session.preferences import RunPlace, ServerOptions


@pytest.fixture
def background() -> Iterator[Background]:
    background = Background()
    yield background
    background.stop()


@pytest.fixture
def server() -> Iterator[ClipServer]:
    with running(ClipServer(ColorEncoder(), key="right")) as server:
        yield server


def make(
    qtbot: QtBot,
    background: Background,
    place: RunPlace = "own",
    options: ServerOptions = ServerOptions(),  # noqa: B008 - frozen
    key: ApiKey = NO_KEY,
) -> ServerDialog:
    dialog = ServerDialog(place, options, lambda _: key, background)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def shown(dialog: ServerDialog) -> str:
    return "\n".join(label.text() for label in dialog.findings_box.findChildren(QLabel) if label.isVisible())


def test_only_the_other_address_can_be_edited(qtbot: QtBot, background: Background) -> None:
    dialog = make(qtbot, background, "roboflow", ServerOptions(own_address="https://mine.example"))
    assert (dialog.address.text(), dialog.address.isEnabled()) == ("https://serverless.roboflow.com", False)

    dialog.place.setCurrentIndex(1)
    assert (dialog.address.text(), dialog.address.isEnabled()) == ("http://localhost:9001", False)
    dialog.place.setCurrentIndex(2)
    assert (dialog.address.text(), dialog.address.isEnabled()) == ("https://mine.example", True)


def test_the_test_says_in_words_what_it_found(qtbot: QtBot, background: Background, server: ClipServer) -> None:
    dialog = make(qtbot, background, options=ServerOptions(own_address=server.url))
    dialog.key.setText("right")

    dialog.test_button.click()

    assert "Connecting" in shown(dialog)
    qtbot.waitUntil(lambda: " ms." in shown(dialog), timeout=20_000)
    assert len(dialog.findings) == 4
    for words in ("can be reached", "key is accepted", "ViT-B-16 is ready", " ms."):
        assert words in shown(dialog)


def test_the_test_says_what_is_wrong(qtbot: QtBot, background: Background, server: ClipServer) -> None:
    dialog = make(qtbot, background, options=ServerOptions(own_address=server.url), key=ApiKey("wrong"))

    dialog.test()

    qtbot.waitUntil(lambda: "Enter another key" in shown(dialog), timeout=20_000)
    assert [finding.level for finding in dialog.findings] == ["good", "bad"]
    assert dialog.test_button.isEnabled()


def test_closing_ends_the_test(qtbot: QtBot, background: Background, server: ClipServer) -> None:
    server.fault_of = lambda _: Break("stall")
    dialog = make(qtbot, background, options=ServerOptions(own_address=server.url))
    dialog.test()
    qtbot.waitUntil(lambda: bool(server.texts()), timeout=20_000)

    dialog.reject()

    background.stop()  # comes back only when the test has ended
    assert not dialog.isVisible()


def test_a_server_that_is_warming_up_is_reported(qtbot: QtBot, background: Background, server: ClipServer) -> None:
    server.next_faults += [Answer(503, headers={"Retry-After": "1"})] * 3
    dialog = make(qtbot, background, options=ServerOptions(own_address=server.url), key=ApiKey("right"))

    dialog.test()

    qtbot.waitUntil(lambda: "warming up" in shown(dialog), timeout=20_000)
    qtbot.waitUntil(lambda: len(dialog.findings) == 4, timeout=20_000)


def test_the_chosen_settings_are_emitted(qtbot: QtBot, background: Background, memory_keyring: MemoryKeyring) -> None:
    dialog = make(qtbot, background)
    qtbot.waitUntil(lambda: dialog.keep_key.count() == 2)
    dialog.address.setText(" http://localhost:9001 http://localhost:9002 ")
    dialog.version.setCurrentText("ViT-L-14")
    dialog.key.setText(" secret ")
    dialog.image_format.setCurrentIndex(1)
    dialog.most_at_once.setValue(4)

    with qtbot.waitSignal(dialog.settings_chosen) as chosen:
        dialog.use_button.click()

    options = ServerOptions("http://localhost:9001 http://localhost:9002", "ViT-L-14", True, 4, "")
    assert chosen.args == [ServerSettings("own", options, ApiKey("secret"), keep_key=True)]
    choice = server_choice("own", options)
    assert choice.addresses == ("http://localhost:9001", "http://localhost:9002")
    assert (choice.version, choice.image_format, choice.most_at_once) == ("ViT-L-14", "jpeg", 4)


def test_the_key_is_not_shown_and_not_left_in_the_field(qtbot: QtBot, background: Background) -> None:
    dialog = make(qtbot, background, "roboflow")
    dialog.key.setText("CANARY")

    assert dialog.key.echoMode() == QLineEdit.EchoMode.Password
    assert "CANARY" not in dialog.key.displayText()
    dialog.use_button.click()
    assert dialog.key.text() == ""


def test_without_a_keyring_the_key_is_used_for_this_run_only(qtbot: QtBot, background: Background) -> None:
    dialog = make(qtbot, background, "roboflow")
    qtbot.waitUntil(lambda: dialog.keep_key.count() == 1)
    dialog.key.setText("secret")

    with qtbot.waitSignal(dialog.settings_chosen) as chosen:
        dialog.use_button.click()

    assert not chosen.args[0].keep_key


def test_it_says_which_key_is_used_when_none_is_typed(qtbot: QtBot, background: Background) -> None:
    dialog = make(qtbot, background, "roboflow", key=ApiKey("secret", "the key in ROBOFLOW_API_KEY"))

    qtbot.waitUntil(lambda: "the key in ROBOFLOW_API_KEY" in dialog.key.placeholderText())


@pytest.mark.parametrize("address", ["", "https://host/?api_key=CANARY", "https://CANARY@host"])
def test_an_address_that_may_contain_a_key_is_rejected(qtbot: QtBot, background: Background, address: str) -> None:
    dialog = make(qtbot, background)
    dialog.address.setText(address)

    with qtbot.assertNotEmitted(dialog.settings_chosen):
        dialog.use_button.click()

    assert dialog.isVisible()
    assert "Enter" in shown(dialog)
