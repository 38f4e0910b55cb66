"""The window with a server: the choice of where to run, the consent before an upload, errors, and stored results."""

from __future__ import annotations

import itertools
import logging
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from clip_server import Answer, Break, ClipServer, running
from color_encoder import ColorEncoder, save_color_pictures
from desk_changes import replaces_scores
from kept_desk import keep_labels
from memory_keyring import MemoryKeyring
from PIL import Image
from pytestqt.qtbot import QtBot
from running_server import running_server

from clipdesk.core.labels.label_set import LabelSet, parse_label_list
from clipdesk.encoders.remote.api_keys import ApiKey
from clipdesk.encoders.remote.servers import ServerChoice
from clipdesk.gui.application import Application
from clipdesk.gui.headless import run_headless
from clipdesk.gui.servers.consent_dialog import ConsentDialog
from clipdesk.gui.servers.server_dialog import ServerDialog, ServerSettings
from clipdesk.gui.session.preferences import Preferences, ServerOptions
from clipdesk.gui.session.startup import Start
from clipdesk.gui.teaching.check_dialog import CheckDialog
from clipdesk.server.settings import ServerSettings as Served

CANARY = "rf_CANARY+key/42"
LABELS = LabelSet(parse_label_list("red\ngreen\nblue"))
PICTURES = 12


@pytest.fixture
def server() -> Iterator[ClipServer]:
    with running(ClipServer(ColorEncoder())) as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return save_color_pictures(tmp_path / "pictures", PICTURES)


@pytest.fixture
def window(qtbot: QtBot, server: ClipServer, preferences: Preferences) -> Iterator[Application]:
    """The window, connected to the server, with labels but without images."""
    preferences.run_place = "own"
    preferences.server_options = ServerOptions(own_address=server.url)
    keep_labels(LABELS)
    application = Application(Start(), preferences)
    with qtbot.waitSignal(application.labelling.encoder_changed, timeout=60_000):
        application.window.show()
        application.begin()
    yield application
    application.window.close()
    application.stop()


def wait_for_consent(qtbot: QtBot, window: Application) -> None:
    qtbot.waitUntil(lambda: window.server_commands.consent is not None, timeout=60_000)


def send(qtbot: QtBot, window: Application, *, remember: bool = False) -> None:
    wait_for_consent(qtbot, window)
    consent = window.server_commands.consent
    assert consent is not None
    consent.remember.setChecked(remember)
    consent.send_button.click()


def wait_until_done(qtbot: QtBot, window: Application, pictures: int = PICTURES) -> None:
    qtbot.waitUntil(lambda: len(best(window)) == pictures and not window.labelling.is_running, timeout=60_000)


def best(window: Application) -> dict[str, str]:
    desk = window.labelling.desk
    return {
        image.path.name: desk.scored_labels[desk.scores.best[row]]
        for row, image in enumerate(desk.images)
        if desk.scored_labels and desk.scores.best[row] >= 0
    }


def test_pictures_are_labelled_by_the_server_after_consent(
    qtbot: QtBot, window: Application, server: ClipServer, folder: Path
) -> None:
    window.desk_commands.add_paths([folder])
    wait_for_consent(qtbot, window)
    consent = window.server_commands.consent
    assert consent is not None
    assert "12 pictures" in consent.title.text()
    assert server.host in consent.title.text()
    # Only the probe has been sent, which contains no words of the person.
    assert [request.fields["text"] for request in server.requests] == [["a photo"]]

    consent.send_button.click()
    wait_until_done(qtbot, window)

    assert all(label in name for name, label in best(window).items())
    assert len(server.images()) == PICTURES
    assert window.window.toolbar.place_button.text() == f"Run on: {server.host}"
    assert server.host in window.window.job_bar.place.text()


def test_without_consent_nothing_leaves_and_the_person_can_start_later(
    qtbot: QtBot, window: Application, server: ClipServer, folder: Path
) -> None:
    window.desk_commands.add_paths([folder])
    wait_for_consent(qtbot, window)
    assert window.server_commands.consent is not None
    window.server_commands.consent.refuse_button.click()
    qtbot.waitUntil(lambda: "12 pictures not labelled" in window.window.job_bar.text.text(), timeout=60_000)
    assert len(server.requests) == 1

    window.window.actions_["start"].trigger()
    send(qtbot, window)
    wait_until_done(qtbot, window)


def test_a_question_about_one_server_is_withdrawn_when_another_is_connected(
    qtbot: QtBot, window: Application, server: ClipServer, folder: Path, preferences: Preferences
) -> None:
    window.desk_commands.add_paths([folder])
    wait_for_consent(qtbot, window)
    first = window.server_commands.consent

    with running(ClipServer(ColorEncoder())) as other:
        preferences.server_options = ServerOptions(own_address=other.url)
        window.server_commands.choose("own")
        qtbot.waitUntil(lambda: window.server_commands.consent not in (None, first), timeout=60_000)
        second = window.server_commands.consent
        assert second is not None
        assert other.host in second.title.text()
        open_questions = [dialog for dialog in window.window.findChildren(ConsentDialog) if dialog.isVisible()]
        assert open_questions == [second]

        assert server.images() == other.images() == []
        second.refuse_button.click()


def test_every_job_needs_consent_unless_it_is_remembered(
    qtbot: QtBot, window: Application, folder: Path, tmp_path: Path, preferences: Preferences, server: ClipServer
) -> None:
    window.desk_commands.add_paths([folder])
    send(qtbot, window)
    wait_until_done(qtbot, window)
    more, last = tmp_path / "more", tmp_path / "last"
    for new in (more, last):
        new.mkdir()
        Image.new("RGB", (9, 9), (250, 0, 0)).save(new / f"{new.name} red.png")

    window.desk_commands.add_paths([more])
    send(qtbot, window, remember=True)
    wait_until_done(qtbot, window, PICTURES + 1)
    window.desk_commands.add_paths([last])
    wait_until_done(qtbot, window, PICTURES + 2)

    assert window.server_commands.consent is None
    assert preferences.may_send_to(server.host)


def test_a_new_label_sends_one_text_and_no_picture(
    qtbot: QtBot, window: Application, folder: Path, server: ClipServer
) -> None:
    window.desk_commands.add_paths([folder])
    send(qtbot, window)
    wait_until_done(qtbot, window)
    texts = len(server.texts())

    with qtbot.waitSignal(window.labelling.desk_changed, check_params_cb=replaces_scores, timeout=60_000):
        window.labelling.set_label_set(LabelSet(parse_label_list("red\nblue\nsomething white")))

    assert [request.fields["text"] for request in server.texts()[texts:]] == [["something white"]]
    assert len(server.images()) == PICTURES


def test_stored_results_need_no_consent_and_only_the_rest_is_sent(
    qtbot: QtBot, window: Application, folder: Path, server: ClipServer, preferences: Preferences
) -> None:
    for path in folder.iterdir():
        os.utime(path, (1_600_000_000, 1_600_000_000))
    window.desk_commands.add_paths([folder])
    send(qtbot, window)
    wait_until_done(qtbot, window)
    before = best(window)
    window.stop()
    server.requests.clear()

    second = Application(Start(), preferences)
    try:
        with qtbot.waitSignal(second.labelling.encoder_changed, timeout=60_000):
            second.begin()
        second.desk_commands.add_paths([folder])
        wait_until_done(qtbot, second)
        assert best(second) == before
        assert second.server_commands.consent is None
        qtbot.waitUntil(lambda: second.window.job_bar.text.text() == "Done", timeout=60_000)
        assert [request.fields["text"] for request in server.requests] == [["a photo"]]

        # The words of labels are not sent without consent either.
        second.labelling.set_label_set(LabelSet(parse_label_list("red\ngreen\nblue\nwhite")))
        wait_for_consent(qtbot, second)
        assert second.server_commands.consent is not None
        assert "the words of your labels" in second.server_commands.consent.title.text()
        second.server_commands.consent.refuse_button.click()
        second.labelling.set_label_set(LABELS)
        assert len(server.requests) == 1

        for name in ("new blue.png", "newer blue.png"):
            Image.new("RGB", (len(name), 9), (0, 0, 250)).save(folder / name)
        second.desk_commands.add_paths([folder])
        wait_for_consent(qtbot, second)
        assert second.server_commands.consent is not None
        assert "2 pictures" in second.server_commands.consent.title.text()
        assert not server.images()
        send(qtbot, second)
        wait_until_done(qtbot, second, PICTURES + 2)
        assert len(server.images()) == 2
    finally:
        second.window.close()
        second.stop()


def test_a_server_and_this_computer_store_their_embeddings_separately(
    qtbot: QtBot, window: Application, folder: Path, server: ClipServer, tiny_model_dir: Path
) -> None:
    window.desk_commands.add_paths([folder])
    send(qtbot, window)
    wait_until_done(qtbot, window)
    by_server = window.labelling.desk.scores.cosine.copy()

    with qtbot.waitSignal(window.labelling.encoder_changed, timeout=60_000):
        window.model_commands.choose(f"local-dir:{tiny_model_dir}")
    wait_until_done(qtbot, window)
    assert not np.allclose(window.labelling.desk.scores.cosine, by_server, atol=1e-3)
    with qtbot.waitSignal(window.labelling.encoder_changed, timeout=60_000):
        window.server_commands.choose("own")
    wait_until_done(qtbot, window)

    assert np.array_equal(window.labelling.desk.scores.cosine, by_server)
    assert len(server.images()) == PICTURES


def test_the_same_weights_score_the_same_there_and_here(
    qtbot: QtBot, window: Application, folder: Path, tiny_model_dir: Path, preferences: Preferences
) -> None:
    """Label with `clipdesk serve`, then with the same model on this computer."""
    model = f"local-dir:{tiny_model_dir}"
    with running_server(Served(models={"ViT-B-16": model}, device="cpu")) as served:
        preferences.server_options = ServerOptions(own_address=served.url)
        with qtbot.waitSignal(window.labelling.encoder_changed, timeout=60_000):
            window.server_commands.choose("own")
        window.desk_commands.add_paths([folder])
        send(qtbot, window)
        wait_until_done(qtbot, window)
        there = window.labelling.desk.scores.cosine.copy()

    with qtbot.waitSignal(window.labelling.encoder_changed, timeout=60_000):
        window.model_commands.choose(model)
    wait_until_done(qtbot, window)

    here = window.labelling.desk.scores.cosine
    assert here.shape == (PICTURES, 3)
    np.testing.assert_allclose(there, here, rtol=0, atol=1e-4)
    assert here.std() > 1e-3


def test_the_job_bar_shows_the_requests_to_the_server(
    qtbot: QtBot, window: Application, folder: Path, server: ClipServer
) -> None:
    server.hold()
    assert server.host in window.window.drop_zone.sentence.text()
    window.desk_commands.add_paths([folder])
    send(qtbot, window)
    bar = window.window.job_bar
    qtbot.waitUntil(lambda: "2 at once" in bar.text.text() and "MB sent" in bar.text.text(), timeout=60_000)

    server.fault_of = lambda request: Answer(429, headers={"Retry-After": "30"})
    server.release()
    qtbot.waitUntil(lambda: "the server asks us to wait" in bar.text.text(), timeout=60_000)
    assert " left" not in bar.text.text()

    with qtbot.waitSignal(window.labelling.job_ended, timeout=20_000):
        window.labelling.cancel()


def test_after_a_fault_finished_rows_stay_and_continue_goes_on(
    qtbot: QtBot, window: Application, folder: Path, server: ClipServer, preferences: Preferences
) -> None:
    # One request at a time, so that no other one is in flight when the sixth image fails, and arrives after the count.
    preferences.server_options = ServerOptions(own_address=server.url, most_at_once=1)
    with qtbot.waitSignal(window.labelling.encoder_changed, timeout=60_000):
        window.server_commands.choose("own")
    server.fault_of = lambda _: Answer(429, headers={"Retry-After": "9999"}) if len(server.images()) > 5 else None
    window.desk_commands.add_paths([folder])
    with qtbot.waitSignal(window.labelling.job_ended, timeout=60_000):
        send(qtbot, window)
    finished = best(window)
    assert len(finished) == 5
    assert len(server.images()) == 6
    assert "finished stays" in window.window.news.text.text()
    assert window.window.news.action_button.text() == "Continue"

    server.fault_of = lambda _: None
    window.window.news.action_button.click()
    wait_until_done(qtbot, window)

    assert len(server.images()) == 6 + PICTURES - len(finished)
    assert window.server_commands.consent is None


def test_a_missing_key_is_entered_and_the_job_goes_on(
    qtbot: QtBot, window: Application, folder: Path, server: ClipServer, memory_keyring: MemoryKeyring
) -> None:
    server.key = CANARY
    window.desk_commands.add_paths([folder])
    send(qtbot, window)
    news = window.window.news
    qtbot.waitUntil(lambda: "needs an API key" in news.text.text(), timeout=60_000)
    qtbot.waitUntil(lambda: news.action_button.text() == "Server settings…", timeout=60_000)

    news.action_button.click()
    dialog = window.window.findChild(ServerDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.keep_key.count() == 2, timeout=60_000)
    dialog.key.setText(CANARY)
    dialog.use_button.click()
    wait_until_done(qtbot, window)

    assert CANARY in memory_keyring.passwords.values()


def test_an_unreachable_server_is_reported_with_this_computer_and_the_settings_as_ways_out(
    qtbot: QtBot, preferences: Preferences
) -> None:
    with running(ClipServer(ColorEncoder())) as gone:
        pass
    preferences.run_place = "own"
    preferences.server_options = ServerOptions(own_address=gone.url)
    application = Application(Start(), preferences)
    with qtbot.waitSignal(application.labelling.load_failed, timeout=60_000):
        application.window.show()
        application.begin()

    assert "cannot be reached" in application.window.news.text.text()
    assert "meanwhile" not in application.window.news.text.text()
    assert application.window.news.second_button.text() == "Server settings…"
    with qtbot.waitSignal(application.labelling.encoder_changed, timeout=60_000):
        application.window.news.action_button.click()
    assert application.window.news.current is None
    assert application.server_commands.place == preferences.run_place == "computer"
    application.window.close()
    application.stop()


def test_a_failed_server_says_that_the_model_here_goes_on(
    qtbot: QtBot, application: Application, preferences: Preferences
) -> None:
    with running(ClipServer(ColorEncoder())) as gone:
        pass
    preferences.server_options = ServerOptions(own_address=gone.url)
    encoder = application.labelling.encoder
    assert encoder is not None

    with qtbot.waitSignal(application.labelling.load_failed, timeout=60_000):
        application.server_commands.choose("own")

    news = application.window.news
    name = Path(encoder.model.removeprefix("local-dir:")).name
    assert news.text.text().endswith(f"ClipDesk runs {name} on this computer meanwhile.")
    assert news.action_button.text() == "Run on this computer"
    assert application.labelling.encoder is encoder


def test_the_window_closes_at_once_while_a_server_is_silent(
    qtbot: QtBot, window: Application, folder: Path, server: ClipServer
) -> None:
    server.fault_of = lambda _: Break("stall")
    window.desk_commands.add_paths([folder])
    send(qtbot, window)
    qtbot.waitUntil(lambda: len(server.texts()) > 1 or bool(server.images()), timeout=60_000)

    window.window.close()  # the fixture `no_thread_is_left` fails the test if a thread goes on


def test_places_are_chosen_from_the_menu(
    qtbot: QtBot, window: Application, server: ClipServer, preferences: Preferences, tiny_model_dir: Path
) -> None:
    preferences.model = f"local-dir:{tiny_model_dir}"
    menu = window.window.toolbar.place_button.menu()
    menu.aboutToShow.emit()
    choices = [action for action in menu.actions() if action.isCheckable()]
    assert [action.isChecked() for action in choices] == [False, False, False, True]

    with qtbot.waitSignal(window.labelling.encoder_changed, timeout=60_000):
        choices[0].trigger()
    assert preferences.run_place == "computer"
    assert window.window.toolbar.place_button.text() == "Run on: this computer"
    assert window.labelling.encoder is not None and window.labelling.encoder.upload is None
    assert preferences.model == f"local-dir:{tiny_model_dir}"

    menu.aboutToShow.emit()
    with qtbot.waitSignal(window.labelling.encoder_changed, timeout=60_000):
        next(action for action in menu.actions() if server.host in action.text()).trigger()
    assert preferences.run_place == "own"


def test_nothing_more_is_sent_once_this_computer_is_chosen_even_without_a_model(
    qtbot: QtBot, window: Application, server: ClipServer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A checkout always has the starter model, so a computer without any model cannot be set up for real.
    monkeypatch.setattr("clipdesk.encoders.models.catalog.has_starter", lambda: False)
    monkeypatch.setattr("clipdesk.encoders.models.catalog.is_downloaded", lambda name: False)
    window.preferences.set_may_send_to(server.host, True)
    server.hold()
    window.desk_commands.add_paths([folder])
    qtbot.waitUntil(lambda: len(server.images()) == 2, timeout=60_000)

    with qtbot.waitSignal(window.labelling.job_ended, timeout=20_000):
        window.server_commands.choose("computer")
    server.release()
    window.window.actions_["start"].trigger()
    window.labelling.set_label_set(LabelSet(parse_label_list("red\nsomething white")))

    qtbot.waitUntil(lambda: not window.labelling.is_running, timeout=20_000)
    assert window.server_commands.consent is None
    assert "needs a model" in window.window.news.text.text()
    assert len(server.images()) == 2
    assert all("something white" not in request.fields["text"] for request in server.texts())


def test_the_model_box_offers_the_versions_of_the_server(
    qtbot: QtBot, window: Application, server: ClipServer, preferences: Preferences
) -> None:
    menu = window.window.toolbar.model_button.menu()
    menu.aboutToShow.emit()
    assert "ViT-L-14-336px" in [action.text() for action in menu.actions()]

    with qtbot.waitSignal(window.labelling.encoder_changed, timeout=60_000):
        next(action for action in menu.actions() if action.text() == "RN50").trigger()

    assert server.requests[-1].fields["clip_version_id"] == "RN50"
    assert preferences.server_options.version == "RN50"
    assert window.window.toolbar.model_button.text() == "Model: RN50"


def test_the_key_is_in_no_setting_no_log_and_no_text(
    qtbot: QtBot,
    window: Application,
    folder: Path,
    server: ClipServer,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    server.key = CANARY
    options = ServerOptions(own_address=server.url)
    with qtbot.waitSignal(window.labelling.encoder_changed, timeout=60_000):
        window.server_commands._on_settings_chosen(ServerSettings("own", options, ApiKey(CANARY), keep_key=True))
    server.next_faults += [Answer(400, f'{{"message": "{CANARY}"}}'.encode()), Answer(422, CANARY.encode())]
    window.desk_commands.add_paths([folder])
    send(qtbot, window, remember=True)
    qtbot.waitUntil(lambda: not window.labelling.can_start and not window.labelling.is_running, timeout=60_000)
    window.preferences.export_details = True
    for name in ("scores.csv", "scores.jsonl"):
        window.export_commands.export(tmp_path / name)
        qtbot.waitUntil(lambda name=name: name in window.window.news.text.text(), timeout=60_000)
    window.window_commands.save()

    assert CANARY in server.requests[-1].fields["api_key"]
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {"settings.ini", "scores.csv", "scores.csv.json", "scores.jsonl"} <= {path.name for path in files}
    assert all(b"CANARY" not in path.read_bytes() for path in files)
    assert "CANARY" not in caplog.text
    assert "CANARY" not in "".join(window.labelling.desk.errors.values()) + window.window.news.text.text()


def test_naming_a_server_on_the_command_line_is_consent(
    qtbot: QtBot, server: ClipServer, preferences: Preferences, folder: Path, tmp_path: Path
) -> None:
    keep_labels(LABELS)
    start = Start(paths=(folder,), server=ServerChoice((server.url,), "ViT-B-32"))

    result = run_headless(start, tmp_path / "out", preferences)

    assert result.ok
    assert [row.label for row in result.rows] == ["red", "green", "blue"] * 4
    assert server.requests[-1].fields["clip_version_id"] == "ViT-B-32"
    assert preferences.run_place == "computer"


def test_corrections_teach_on_a_servers_embeddings_without_sending_anything(
    qtbot: QtBot, window: Application, server: ClipServer, folder: Path
) -> None:
    # Words that the model does not know: all fit equally well, and rounding decides which label a picture gets.
    window.labelling.set_label_set(LabelSet(parse_label_list("Anna\nBen\nCleo")))
    window.desk_commands.add_paths([folder])
    send(qtbot, window)
    wait_until_done(qtbot, window)
    sent, desk, labelling = len(server.requests), window.labelling.desk, window.labelling
    found = [desk.labels[column].name for column in desk.decisions.column.tolist()]
    colors = [("red", "green", "blue").index(desk.images.path(row).stem.split()[1]) for row in range(PICTURES)]
    names = max(
        itertools.permutations(desk.label_set.names),
        key=lambda names: sum(found[row] != names[colors[row]] for row in range(6, PICTURES)),
    )
    wanted = [names[color] for color in colors]
    for row in range(6):
        labelling.correct([row], desk.label_set.ids[desk.label_set.names.index(wanted[row])])
    qtbot.waitUntil(lambda: labelling.teaching.can_check, timeout=20_000)

    window.teaching_commands.open_check()
    (dialog,) = window.window.findChildren(CheckDialog)
    while not dialog.is_decided:
        question = dialog._questions[dialog.place]
        row = desk.row_of(question.path)
        assert row is not None
        is_first = question.first.name == wanted[row]
        (dialog.first_button if is_first else dialog.second_button).click()
    dialog.close_button.click()
    qtbot.waitUntil(lambda: desk.is_taught, timeout=20_000)

    assert [desk.labels[column].name for column in desk.decisions.column.tolist()] == wanted
    assert len(server.requests) == sent
