"""Commands for servers: where the model runs, server settings, and consent before anything is sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QActionGroup

from clipdesk.core.encoder import Encoder, Upload
from clipdesk.core.labels.prompts import Prompt, TextPrompt
from clipdesk.core.messages import sentences
from clipdesk.encoders.remote import api_keys
from clipdesk.encoders.remote.addresses import parse_address
from clipdesk.encoders.remote.api_keys import ApiKey
from clipdesk.encoders.remote.servers import ServerChoice
from clipdesk.gui.commands.model_commands import ModelCommands, model_title
from clipdesk.gui.commands.problems import show_problem
from clipdesk.gui.servers.consent_dialog import ConsentDialog
from clipdesk.gui.servers.server_dialog import ServerDialog, ServerSettings, server_choice
from clipdesk.gui.session.encoder_worker import EncoderInfo
from clipdesk.gui.session.labelling import Labelling
from clipdesk.gui.session.preferences import Preferences, RunPlace
from clipdesk.gui.session.problem import Problem
from clipdesk.gui.window.main_window import MainWindow
from clipdesk.gui.window.news_bar import Action, News


class ServerCommands(QObject):
    """Runs the button and menu *Where to run*, opens the server settings, and asks for consent before an upload.

    Keeps the keys that are not to be saved. All others are in the system's keyring or in the environment.
    """

    def __init__(
        self,
        window: MainWindow,
        labelling: Labelling,
        models: ModelCommands,
        preferences: Preferences,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._labelling = labelling
        self._models = models
        self._preferences = preferences
        self._run_keys: dict[str, ApiKey] = {}
        # From the command line; naming a server there is consent to send pictures to it.
        self._requested: ServerChoice | None = None
        self._news: News | None = None  # the last problem reported
        self.consent: ConsentDialog | None = None
        self._menu = window.actions_.submenus["place"]
        self._connect()
        self.refresh()

    def _connect(self) -> None:
        labelling, window = self._labelling, self._window
        window.toolbar.place_button.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._fill_menu)
        window.actions_["server"].triggered.connect(lambda: self.show_settings())
        self._models.local_chosen.connect(self._on_local_chosen)
        self._models.version_chosen.connect(self._on_version_chosen)
        labelling.consent_wanted.connect(self._on_consent_wanted)
        labelling.load_failed.connect(self._on_load_failed)
        labelling.job_ended.connect(self._on_job_ended)
        labelling.encoder_changed.connect(self._on_encoder_changed)
        labelling.job_started.connect(self._withdraw_news)
        labelling.prompts_failed.connect(self._on_prompts_failed)

    # --- choosing

    @property
    def place(self) -> RunPlace:
        """Where the model runs, or will run once it is loaded."""
        return "own" if self._requested is not None else self._preferences.run_place

    def begin(self, choice: ServerChoice | None, model: str = "") -> bool:
        """Connect to the servers of the command line, or to those chosen last. Return whether there are any.

        If the command line requests a `model` of this computer instead, the last choice of a server is dropped.
        """
        self._requested = choice
        if choice is not None:
            self._load_from(choice)
            return True
        if model:
            self._preferences.run_place = "computer"
            self.refresh()
        if self._preferences.run_place == "computer":
            return False
        self._load_from(self._choice())
        return True

    @property
    def requested(self) -> ServerChoice | None:
        """The servers of the command line, unless the person has chosen another place since."""
        return self._requested

    def choose(self, place: RunPlace) -> None:
        """Run the model there from now on. Opens the settings if the address is missing."""
        if place == "computer":
            self._forget_command_line()
            self._preferences.run_place = place
            self._labelling.withdraw_upload()
            self._models.load_last()
        elif place == "own" and not self._preferences.server_options.own_address:
            self.show_settings(place)
        else:
            self._forget_command_line()
            self._preferences.run_place = place
            self._load_from(self._choice())
        self.refresh()

    def show_settings(self, place: RunPlace | None = None) -> None:
        """Open the server settings."""
        dialog = ServerDialog(
            place or self.place,
            self._preferences.server_options,
            self.key_of,
            self._labelling.background,
            self._window,
        )
        dialog.settings_chosen.connect(self._on_settings_chosen)
        dialog.open()

    def key_of(self, host: str) -> ApiKey:
        """Return the key for a host: typed for this run, stored in the keyring, or from the environment.

        May be called from any thread.
        """
        return self._run_keys.get(host) or api_keys.find_key(host)

    def _on_settings_chosen(self, settings: ServerSettings) -> None:
        self._forget_command_line()
        self._preferences.run_place = settings.place
        self._preferences.server_options = settings.options
        choice = self._choice()
        if settings.key is None:
            self._load_from(choice)
            return
        key, keep = settings.key, settings.keep_key

        def keep_key() -> tuple[list[str], bool]:
            hosts = [parse_address(address).host for address in choice.addresses]
            return hosts, keep and all(api_keys.store_key(host, key) for host in hosts)

        def use_key(kept: tuple[list[str], bool]) -> None:
            hosts, is_kept = kept
            for host in hosts:
                self._run_keys[host] = key
            if keep and not is_kept:
                self._window.news.show_news(
                    self.tr("The key could not be stored in the keyring. It is used until ClipDesk closes."),
                    level="warn",
                )
            self._load_from(choice)

        self._labelling.background.run(keep_key, use_key, lambda problem: self._on_load_failed("", problem))

    def _choice(self) -> ServerChoice:
        return server_choice(self._preferences.run_place, self._preferences.server_options)

    def _load_from(self, choice: ServerChoice) -> None:
        self._labelling.load_model(choice.version, connect=partial(_connect, choice, self.key_of))
        self.refresh()

    def _forget_command_line(self) -> None:
        self._requested = None

    def _on_local_chosen(self) -> None:
        self._forget_command_line()
        self._preferences.run_place = "computer"
        self._labelling.withdraw_upload()
        self.refresh()

    def _on_version_chosen(self, version: str) -> None:
        if self._requested is not None:
            self._requested = replace(self._requested, version=version)
            self._load_from(self._requested)
            return
        self._preferences.server_options = replace(self._preferences.server_options, version=version)
        self._load_from(self._choice())

    # --- before anything is sent

    def _on_consent_wanted(self, upload: Upload, count: int) -> None:
        if self.place == "computer":
            # The person has left the server, but no model of this computer has replaced it yet.
            self._labelling.refuse_upload()
            self._models.load_last()
            return
        if self._requested is not None or all(self._preferences.may_send_to(host) for host in upload.hosts):
            self._labelling.allow_upload()
            return
        self.consent = dialog = ConsentDialog(upload, count, self._window)
        dialog.finished.connect(lambda result: self._on_consent_given(dialog, upload, bool(result)))
        dialog.open()

    def _on_consent_given(self, dialog: ConsentDialog, upload: Upload, agreed: bool) -> None:
        if dialog is not self.consent:
            return
        self.consent = None
        if not agreed:
            self._labelling.refuse_upload()
            return
        if dialog.remember.isChecked():
            for host in upload.hosts:
                self._preferences.set_may_send_to(host, True)
        self._labelling.allow_upload()

    # --- what is shown

    def refresh(self) -> None:
        """Update the text of the button and the privacy note in the empty window."""
        title = self._title(self.place)
        self._window.toolbar.show_place(self.tr("Run on: {place}").format(place=title))
        self._window.drop_zone.set_server("" if self.place in ("computer", "local") else title)

    def _title(self, place: RunPlace) -> str:
        if self._requested is not None and place == "own":
            return _hosts(self._requested.addresses)
        return {
            "computer": self.tr("this computer"),
            "roboflow": self.tr("Roboflow"),
            "local": self.tr("local server"),
            "own": _hosts(self._preferences.server_options.own_address.replace(",", " ").split()),
        }[place]

    def _fill_menu(self) -> None:
        self._menu.clear()
        group = QActionGroup(self._menu)
        own = _hosts(self._preferences.server_options.own_address.replace(",", " ").split())
        places: tuple[tuple[RunPlace, str], ...] = (
            ("computer", self.tr("&This computer")),
            ("roboflow", self.tr("&Roboflow hosted")),
            ("local", self.tr("&Local server (localhost:9001)")),
            ("own", self.tr("&Other address ({address})").format(address=own) if own else self.tr("&Other address…")),
        )
        for place, text in places:
            action = self._menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(place == self.place)
            action.setActionGroup(group)
            action.triggered.connect(lambda _=False, place=place: self.choose(place))
        self._menu.addSeparator()
        self._menu.addAction(self._window.actions_["server"])

    def _on_encoder_changed(self, info: EncoderInfo) -> None:
        if self.consent is not None and self.consent.upload != info.upload:
            # The question was about another server; its answer must not let anything go to this one.
            asked, self.consent = self.consent, None
            asked.close()
        self.refresh()
        self._withdraw_news()

    def _on_load_failed(self, model: str, problem: Problem) -> None:
        """Report a server that cannot be used, and say whether the model of this computer goes on meanwhile."""
        if not problem.of_server and self.place == "computer":
            self._models.report_failure(model, problem)
        elif problem.message:
            encoder, sentence = self._labelling.encoder, ""
            if encoder is not None and encoder.upload is None:
                runs_here = self.tr("ClipDesk runs {model} on this computer meanwhile.")
                sentence = runs_here.format(model=model_title(encoder.model))
            self._report(replace(problem, message=sentences(problem.message, sentence)))

    def _on_job_ended(self, problem: Problem | None) -> None:
        """Report why a server ended the job, and offer to continue there or here."""
        if problem is not None and problem.of_access:
            self._report(problem)
        elif problem is not None and problem.of_server and problem.message:
            self._withdraw_news()
            again = (self.tr("Continue"), self._labelling.start)
            self._news = show_problem(self._window, "", problem, again, self._run_here())

    def _on_prompts_failed(self, problems: dict[Prompt, str]) -> None:
        """Report a text that the server rejected. Reference images that fail on this computer are not its fault."""
        texts = [problem for prompt, problem in problems.items() if isinstance(prompt, TextPrompt)]
        if texts and self.place != "computer":
            self._report(Problem(texts[0], of_server=True))

    def _report(self, problem: Problem) -> None:
        """Show a problem that the settings may solve, or else this computer."""
        self._withdraw_news()
        settings: Action = (self.tr("Server settings…"), self.show_settings)
        actions = (settings, self._run_here()) if problem.of_access else (self._run_here(), settings)
        self._news = show_problem(self._window, "", problem, *actions)

    def _run_here(self) -> Action:
        return self.tr("Run on this computer"), lambda: self.choose("computer")

    def _withdraw_news(self) -> None:
        """Close the last reported problem, which is solved."""
        self._window.news.withdraw(self._news)
        self._news = None


def _connect(choice: ServerChoice, key_of: Callable[[str], ApiKey], **options: Any) -> Encoder:
    from clipdesk.encoders.remote.roboflow import connect  # imports the HTTP client: not before the window is shown

    return connect(choice, key_of=key_of, **options)


def _hosts(addresses: list[str] | tuple[str, ...]) -> str:
    """Return a short name for some addresses, such as `host:9001 +2`, without looking anything up."""
    names = [address.partition("://")[2].partition("/")[0] or address for address in addresses]
    return names[0] if len(names) == 1 else f"{names[0]} +{len(names) - 1}" if names else ""
