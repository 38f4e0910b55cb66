"""Every dialog, rendered with several font sizes: nothing is cut and nothing overlaps."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from accessible_names import nameless, roleless
from compare_snapshot import make_snapshot
from cut_off import faults
from export_desk import desk_of_four
from focus_rings import without_ring
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
)
from pytestqt.qtbot import QtBot

from clipdesk.core.encoder import Upload
from clipdesk.core.export.options import TableOptions
from clipdesk.core.export.rows import Results
from clipdesk.core.find.duplicates import DuplicateGroup, Kind
from clipdesk.core.find.keepers import KeeperFacts, KeeperRule, Proposal
from clipdesk.core.find.progress import FindProgress
from clipdesk.core.labels.label_set import Label
from clipdesk.core.sorting.journal import PastSort, SortState
from clipdesk.core.sorting.steps import Action, Plan, Reason, Step
from clipdesk.core.store.embedding_store import EmbeddingStore
from clipdesk.encoders.remote.api_keys import ApiKey
from clipdesk.encoders.remote.servers import Finding
from clipdesk.gui.compare.compare_dialog import CompareDialog
from clipdesk.gui.duplicates.duplicates_dialog import DuplicatesDialog
from clipdesk.gui.export.export_dialog import ExportDialog
from clipdesk.gui.export.preview_rows import FirstRows
from clipdesk.gui.groups.groups_dialog import GroupsDialog
from clipdesk.gui.kit import theme
from clipdesk.gui.kit.error_dialog import ErrorDialog
from clipdesk.gui.kit.fitted_dialog import FittedDialog
from clipdesk.gui.kit.theme import label_color
from clipdesk.gui.kit.translation import installed_language
from clipdesk.gui.loading.picture_loader import PictureLoader
from clipdesk.gui.loading.thumbnails import Thumbnails
from clipdesk.gui.models.models_dialog import ModelsDialog
from clipdesk.gui.servers.consent_dialog import ConsentDialog
from clipdesk.gui.servers.server_dialog import ServerDialog
from clipdesk.gui.session.background import Background
from clipdesk.gui.session.duplicate_finder import DuplicatesStage, DuplicatesState, ShownGroup
from clipdesk.gui.session.groups_state import GroupsStage, GroupsState, NamedGroup
from clipdesk.gui.session.preferences import Preferences, ServerOptions
from clipdesk.gui.session.word_learner import WordsStage
from clipdesk.gui.settings.preferences_dialog import PreferencesDialog
from clipdesk.gui.settings.store_fields import StoreFields
from clipdesk.gui.sorting.history_dialog import HistoryDialog
from clipdesk.gui.sorting.key_dialog import KeyDialog
from clipdesk.gui.sorting.plan_dialog import PlanDialog
from clipdesk.gui.sorting.rules_form import Scope
from clipdesk.gui.sorting.sort_choices import SortChoices
from clipdesk.gui.sorting.sort_dialog import SortDialog
from clipdesk.gui.teaching.check_dialog import CheckDialog, Choice, Question
from clipdesk.gui.window.about_dialog import AboutDialog
from clipdesk.gui.window.first_steps_dialog import FirstStepsDialog
from clipdesk.gui.window.keys_dialog import KeyGroup, KeyRow, KeysDialog
from clipdesk.gui.window.licences_dialog import LicencesDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

LONG_TEXT = "A sentence that is long enough to take more than one line in any of the dialogs. " * 3


class Fixtures:
    """What the dialogs are made of."""

    def __init__(self, folder: Path, background: Background, store: EmbeddingStore) -> None:
        self.background, self._store, self._folder = background, store, folder
        self.thumbnails = Thumbnails()
        self.loader = PictureLoader()
        self.preferences = Preferences(QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat))

    def store_fields(self, dialog: QDialog) -> StoreFields:
        return StoreFields(self._store, self.background, dialog, settings_file=self._folder / "store.json")

    def about(self) -> QDialog:
        return AboutDialog(None, [("Qt", "6.11.3"), ("Model", LONG_TEXT)])

    def compare(self) -> QDialog:
        return self._comparison("differences")

    def compare_by_judging(self) -> QDialog:
        return self._comparison("judge")

    def compare_accuracies(self) -> QDialog:
        return self._comparison("accuracy")

    def compare_without_wording(self) -> QDialog:
        return self._comparison("differences", wordings=1)

    def _comparison(self, page: str, *, wordings: int = 3) -> QDialog:
        snapshot = make_snapshot(wordings=wordings)
        dialog = CompareDialog(self.thumbnails)
        dialog.finished.connect(dialog.loader.stop)
        dialog.show_labels(snapshot.label_set, ())
        warnings = {snapshot.comparison.wordings[-1]: LONG_TEXT.strip()}
        dialog.show_snapshot(replace(snapshot, warnings=warnings))
        dialog.tabs.setCurrentWidget(getattr(dialog, page))
        return dialog

    def consent(self) -> QDialog:
        hosts = ("a-long-name-of-a-server.example.com", "another-long-name.example.com:9001")
        return ConsentDialog(Upload(hosts, 110_000, hosts[:1]), 3214)

    def consent_for_words(self) -> QDialog:
        return ConsentDialog(Upload(("api.example",), 110_000), 0)

    def error(self) -> QDialog:
        return ErrorDialog(None, "Something went wrong in ClipDesk", LONG_TEXT, "Traceback")

    def error_with_details(self) -> QDialog:
        dialog = ErrorDialog(None, "Something went wrong in ClipDesk", LONG_TEXT, "Traceback\n" * 40)
        dialog.details_button.setChecked(True)
        return dialog

    def export(self) -> QDialog:
        return ExportDialog("csv", TableOptions(), 66, 300, lambda _: FirstRows(Results.of(desk_of_four())))

    def export_without_filter(self) -> QDialog:
        first = FirstRows(Results.of(desk_of_four()))
        return ExportDialog("jsonl", TableOptions(True, True, True), 4, 4, lambda _: first)

    def export_keywords(self) -> QDialog:
        first = FirstRows(Results.of(desk_of_four()))
        return ExportDialog("xmp", TableOptions(), 66, 300, lambda _: first)

    def export_data_set(self) -> QDialog:
        first = FirstRows(Results.of(desk_of_four()), folder="/p")
        return ExportDialog("imagefolder", TableOptions(), 66, 300, lambda _: first)

    def groups(self) -> QDialog:
        dialog = self.groups_that_are_awaited()
        rows = np.arange(60, dtype=np.intp)
        groups = tuple(NamedGroup(rows[start : start + 10], ("mountain bike", "b", "c")) for start in (0, 10))
        hosts = ("a-long-name-of-a-server.example.com", "another-long-name.example.com:9001")
        dialog.show_state(
            GroupsState(
                GroupsStage.READY,
                groups=groups,
                various=rows[20:],
                new_images=12,
                words=WordsStage.NOT_SENT,
                missing_words=1399,
                hosts=hosts,
            )
        )
        dialog.show_problem(LONG_TEXT)
        return dialog

    def groups_that_are_awaited(self) -> GroupsDialog:
        dialog = GroupsDialog(self.thumbnails, lambda row: self._folder / f"{row}.jpg")
        dialog.show_state(GroupsState(GroupsStage.READING, 1200, 3400))
        return dialog

    def first_steps(self) -> QDialog:
        return FirstStepsDialog(lambda name: "Ctrl+Shift+L")

    def keys(self) -> QDialog:
        text = "Do something that has a long name, number {}"
        rows = tuple(KeyRow(text.format(number), "Ctrl+Shift+L", f"do_{number}" * (number % 2)) for number in range(9))
        dialog = KeysDialog([KeyGroup("File", rows), KeyGroup("Edit", rows[:4]), KeyGroup("View", rows)])
        dialog.show_problem(LONG_TEXT)
        return dialog

    def key_of_a_folder(self) -> QDialog:
        return KeyDialog("a folder with a long name, as holidays have", "Alt+1", None)

    def licences(self) -> QDialog:
        dialog = LicencesDialog(None)
        dialog.show_licences(LONG_TEXT, LONG_TEXT * 20)
        return dialog

    def models(self) -> QDialog:
        return ModelsDialog(self.background, self.preferences, in_use="starter")

    def preferences_alone(self) -> QDialog:
        return PreferencesDialog(self.preferences, 0.5)

    def preferences_with_store(self) -> QDialog:
        dialog = PreferencesDialog(self.preferences, 0.5)
        dialog.add_store(self.store_fields(dialog))
        return dialog

    def preferences_in_another_language(self) -> QDialog:
        dialog = PreferencesDialog(self.preferences, 0.5, can_reopen=True)
        other = "en" if installed_language(theme.application()) == "ko" else "ko"
        dialog.language.setCurrentIndex(dialog.language.findData(other))
        return dialog

    def server(self) -> QDialog:
        return ServerDialog("own", ServerOptions(), lambda _: ApiKey("", ""), self.background)

    def server_with_everything(self) -> QDialog:
        dialog = ServerDialog("roboflow", ServerOptions(), lambda _: ApiKey("", ""), self.background)
        dialog.more.set_open(True)
        dialog._show_findings([Finding(LONG_TEXT, "bad"), Finding("The key is accepted.", "good")])
        return dialog

    def sort(self) -> QDialog:
        dialog = SortDialog(
            self.thumbnails,
            SortChoices(root="/pictures/sorted"),
            [Scope("all", 3214), Scope("shown", 66)],
            [(Label(f"label {number}"), label_color(number)) for number in range(12)],
            [],
        )
        sources = [Path(f"/pictures/a picture with a long name, number {number}.jpg") for number in range(3)]
        steps = tuple(
            Step(path, Path("/sorted/dog") / path.name, Action.COPY, 10, 1, Reason.LABEL, "dog", number)
            for number, path in enumerate(sources)
        )
        dialog.show_plan(Plan(Path("/sorted"), Action.COPY, steps, problems=("The disk is full.",)))
        return dialog

    def moved_by_hand(self) -> QDialog:
        dialog = PlanDialog(self.thumbnails, Path("/pictures/a folder with quite a long name/Duplicates"))
        source = Path("/pictures/a picture with a long name.jpg")
        step = Step(source, Path("/pictures/Duplicates") / source.name, Action.MOVE, 10, 1, Reason.BY_HAND, "", 0)
        dialog.show_plan(Plan(Path("/pictures"), Action.MOVE, (step,), problems=("The disk is full.",)))
        return dialog

    def duplicates(self) -> QDialog:
        dialog = DuplicatesDialog(self.thumbnails, lambda row: self._folder / f"a long name, number {row}.jpg")
        paths = [self._folder / str(row) / "a.jpg" for row in range(3)]
        facts = {
            row: KeeperFacts(path, 6000 - row, 4000, 10_000_000, 1e9, 1e9 + row, 9.0 - 2 * row, ("a.jpg.xmp",), True)
            for row, path in enumerate(paths)
        }
        group = DuplicateGroup(Kind.BURST, (0, 1, 2), 0, 1.0)
        shown = ShownGroup(0, Proposal(group, 0, tuple(KeeperRule)))
        dialog.show_state(
            DuplicatesState(DuplicatesStage.READY, groups=(shown,), facts=facts, has_model=False, new_images=3)
        )
        return dialog

    def search_for_duplicates(self) -> QDialog:
        dialog = DuplicatesDialog(self.thumbnails, lambda row: self._folder / str(row))
        dialog.show_state(DuplicatesState(DuplicatesStage.COMPARING, progress=FindProgress("", 3, 9)))
        return dialog

    def sorting_history(self) -> QDialog:
        dialog = HistoryDialog()
        past = PastSort(1, 1e9, Action.MOVE, Path("/sorted"), False, None, SortState.ENDED, 2, 1, "token")
        dialog.show_sorts([past])
        dialog.show_note(LONG_TEXT)
        return dialog

    def empty_sorting_history(self) -> QDialog:
        return HistoryDialog()

    def check(self) -> QDialog:
        return CheckDialog(self._questions(), self.loader)

    def decided_check(self) -> QDialog:
        dialog = CheckDialog(self._questions(), self.loader)
        while not dialog.is_decided:
            dialog.neither_button.click()
        return dialog

    def _questions(self) -> list[Question]:
        first = Choice(1, "a label with quite a long name & more", label_color(0), is_new=True)
        second = Choice(2, "dog", label_color(1), is_new=False)
        return [Question(self._folder / f"{number}.jpg", first, second) for number in range(20)]


DIALOGS = [name for name in vars(Fixtures) if not name.startswith("_") and name != "store_fields"]


@pytest.fixture
def fixtures(tmp_path: Path) -> Iterator[Fixtures]:
    background = Background()
    with contextlib.closing(EmbeddingStore(tmp_path / "store" / "embeddings.sqlite")) as store:
        fixtures = Fixtures(tmp_path, background, store)
        yield fixtures
        fixtures.thumbnails.stop()
        fixtures.loader.stop()
        background.stop()


@pytest.mark.parametrize(("language", "scale"), [("en", 1.0), ("en", 1.5), ("en", 2.0), ("ko", 2.0)])
@pytest.mark.parametrize("name", DIALOGS)
def test_nothing_is_cut_or_overlaps(
    qtbot: QtBot,
    fixtures: Fixtures,
    set_font_scale: Callable[[float], None],
    set_language: Callable[[str], None],
    name: str,
    scale: float,
    language: str,
) -> None:
    set_font_scale(scale)
    set_language(language)
    dialog: QDialog = getattr(fixtures, name)()
    show(qtbot, dialog)

    assert faults(dialog) == []


def test_a_dialog_follows_its_contents_in_both_directions(
    qtbot: QtBot, fixtures: Fixtures, set_font_scale: Callable[[float], None]
) -> None:
    set_font_scale(1)
    dialog = fixtures.error()
    assert isinstance(dialog, ErrorDialog)
    show(qtbot, dialog)
    low = dialog.height()

    dialog.details_button.setChecked(True)
    qtbot.waitUntil(lambda: dialog.height() > low)
    dialog.details_button.setChecked(False)

    qtbot.waitUntil(lambda: dialog.height() == low)


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_a_dialog_makes_room_for_what_comes_later(
    qtbot: QtBot, fixtures: Fixtures, set_font_scale: Callable[[float], None], scale: float
) -> None:
    set_font_scale(scale)
    server, preferences = fixtures.server(), fixtures.preferences_alone()
    assert isinstance(server, ServerDialog) and isinstance(preferences, PreferencesDialog)
    show(qtbot, server)
    show(qtbot, preferences)

    server.more.set_open(True)
    server._show_findings([Finding(LONG_TEXT, "bad"), Finding("The key is accepted.", "good")])
    preferences.add_store(fixtures.store_fields(preferences))

    qtbot.waitUntil(lambda: faults(server) == faults(preferences) == [])


def test_a_dialog_keeps_the_height_that_the_person_gave_it(
    qtbot: QtBot, fixtures: Fixtures, set_font_scale: Callable[[float], None]
) -> None:
    set_font_scale(1)
    dialog = fixtures.error()
    assert isinstance(dialog, ErrorDialog)
    show(qtbot, dialog)
    dialog.resize(dialog.width(), 600)

    dialog.message.setText("Short.")
    qtbot.waitUntil(lambda: dialog.minimumHeight() < 150)

    assert dialog.height() == 600


def test_a_wider_dialog_may_be_lower_and_a_narrower_one_is_not_cut(
    qtbot: QtBot, fixtures: Fixtures, set_font_scale: Callable[[float], None]
) -> None:
    set_font_scale(1)
    dialog = fixtures.error()
    show(qtbot, dialog)
    narrow, high = dialog.width(), dialog.minimumHeight()

    dialog.resize(2 * narrow, high)
    assert dialog.minimumHeight() < high
    dialog.resize(2 * narrow, dialog.minimumHeight())
    dialog.resize(narrow, dialog.height())

    assert faults(dialog) == []


def test_all_dialogs_are_looked_at(fixtures: Fixtures, qtbot: QtBot) -> None:
    dialogs = [getattr(fixtures, name)() for name in DIALOGS]
    for dialog in dialogs:
        qtbot.addWidget(dialog)

    assert {type(dialog) for dialog in dialogs} == set(FittedDialog.__subclasses__())


@pytest.mark.parametrize("name", DIALOGS)
def test_every_control_has_an_accessible_name_and_a_role(qtbot: QtBot, fixtures: Fixtures, name: str) -> None:
    dialog: QDialog = getattr(fixtures, name)()
    show(qtbot, dialog)

    assert nameless(dialog) == []
    assert roleless(dialog) == []


def test_faults_are_found(qtbot: QtBot) -> None:
    dialog = QDialog()
    cut, beside = QLabel("Words that are cut", dialog), QLabel("Beside", dialog)
    cut.setGeometry(0, 0, 20, 20)
    beside.setGeometry(10, 0, 200, 20)
    dialog.resize(100, 100)
    show(qtbot, dialog)

    found = "\n".join(faults(dialog))

    assert "is cut: Words that are cut" in found
    assert "overlap: Words that are cut, Beside" in found
    assert "sticks out: Beside" in found


def show(qtbot: QtBot, dialog: QDialog) -> None:
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    QApplication.sendPostedEvents()


@pytest.mark.parametrize("name", DIALOGS)
def test_every_tab_stop_shows_its_focus(
    qtbot: QtBot, fixtures: Fixtures, set_font_scale: Callable[[float], None], name: str
) -> None:
    set_font_scale(1)
    dialog: QDialog = getattr(fixtures, name)()
    show(qtbot, dialog)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)

    assert without_ring(dialog) == []
