"""Commands for models: choose, load and download."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFileDialog, QMenu

from clipdesk.encoders.models import catalog
from clipdesk.encoders.models.names import STARTER
from clipdesk.encoders.models.progress import LoadProgress
from clipdesk.encoders.remote.servers import VERSIONS
from clipdesk.gui.commands.problems import show_problem
from clipdesk.gui.kit.elided_label import plain_tooltip
from clipdesk.gui.kit.translated import translated
from clipdesk.gui.kit.words import size_text
from clipdesk.gui.models.fast_choice import FAST_DEVICE, FastChoice
from clipdesk.gui.models.models_dialog import ModelsDialog
from clipdesk.gui.session.encoder_worker import EncoderInfo
from clipdesk.gui.session.labelling import Labelling
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.problem import Problem
from clipdesk.gui.window.main_window import MainWindow
from clipdesk.gui.window.news_bar import News
from clipdesk.resources import resource_path

if TYPE_CHECKING:
    from clipdesk.encoders.local.int8_trial import Int8Verdict

_MAX_NAME_WIDTH = 170
#: The key of the offer of a better model among the messages that were closed for good.
_STARTER_OFFER = "better model"


class ModelCommands(QObject):
    """Runs the model button with its menu, and shows the progress of downloading and loading a model."""

    local_chosen = Signal()  # the person chose a model on this computer
    version_chosen = Signal(str)  # the person chose another model of the current server

    def __init__(
        self, window: MainWindow, labelling: Labelling, preferences: Preferences, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._labelling = labelling
        self._preferences = preferences
        self._device = preferences.device
        self._loading = ""
        self._is_default = False
        self._said_what_starter_is = False
        self._news: News | None = None  # about a model that could not be loaded, or is not there
        self._offer: News | None = None
        self._trial: News | None = None
        self.fast_choice = FastChoice(labelling.background, preferences, self)
        self._never_fast: set[str] = set()  # models that int8 was refused for since the start
        self._menu = window.actions_.submenus["model"]
        self._connect()
        self.refresh()

    def _connect(self) -> None:
        labelling, window = self._labelling, self._window
        window.toolbar.model_button.setMenu(self._menu)
        self._menu.aboutToShow.connect(lambda: self._fill_menu(self._menu))
        window.actions_["models"].triggered.connect(self.show_models)
        labelling.load_started.connect(self._on_load_started)
        labelling.load_progressed.connect(self._on_load_progressed)
        labelling.encoder_changed.connect(self._on_encoder_changed)
        labelling.load_failed.connect(lambda *_: self._set_loading(""))
        labelling.job_measured.connect(self._on_job_measured)
        labelling.job_ended.connect(lambda _problem: self._say_what_starter_is())
        self.fast_choice.device_chosen.connect(self.use_device)
        self.fast_choice.trial_started.connect(self._on_trial_started)
        self.fast_choice.trial_ended.connect(self._on_trial_ended)
        self.fast_choice.trial_failed.connect(self._on_trial_failed)

    # --- choosing

    def load_first(self, model: str, device: str) -> None:
        """Load the requested model, or else the one chosen last, or else the best one on this computer."""
        if device != "auto":
            self._device = device
        wanted = model or self._preferences.model
        self._is_default = not wanted or (not model and not catalog.is_downloaded(wanted))
        if self._is_default:
            wanted = catalog.default_model()
        if catalog.is_downloaded(wanted):
            self._load(wanted)
        else:
            self._offer_download(wanted)

    def load_for_desk(self, model: str) -> None:
        """Load the model that a desk was scored with, unless it is in use. It stays a choice of that desk."""
        encoder = self._labelling.encoder
        in_use = self._loading or (encoder.model if encoder is not None else "")
        if model != in_use and not self._runs_on_server():
            self._is_default = True
            self._load(model)

    def load_last(self) -> None:
        """Load the model that was last chosen on this computer."""
        self.load_first("", self._device)

    def choose(self, model: str) -> None:
        """Use this model on this computer from now on. Downloads it first if necessary."""
        self._is_default = False
        self.local_chosen.emit()
        self._labelling.load_model(model, self._device_for(model), download=True)

    def use_device(self, device: str) -> None:
        """Compute on this device from now on. The model is loaded again, unless it runs on a server."""
        self._device = self._preferences.device = device
        self._never_fast.clear()
        encoder = self._labelling.encoder
        if encoder is not None and not self._runs_on_server():
            self._load(encoder.model)

    def int8_refusal(self) -> str:
        """Return why the model in use is not offered in int8; empty if it is, or was not tried yet."""
        encoder = self._labelling.encoder
        return "" if encoder is None or self._runs_on_server() else self.fast_choice.refusal(encoder)

    def choose_folder(self) -> None:
        """Use a model from a folder in open_clip's layout."""
        folder = QFileDialog.getExistingDirectory(
            self._window, self.tr("Choose a folder with open_clip_config.json and the weights"), str(Path.home())
        )
        if folder:
            self.choose(f"local-dir:{folder}")

    def show_models(self) -> None:
        """Open the list of all models."""
        encoder = self._labelling.encoder
        dialog = ModelsDialog(
            self._labelling.background, self._preferences, self._window, in_use=encoder.model if encoder else ""
        )
        dialog.folder_requested.connect(self.choose_folder)
        dialog.model_chosen.connect(self.choose)
        dialog.open()

    def _load(self, model: str) -> None:
        self._labelling.load_model(model, self._device_for(model))

    def _device_for(self, model: str) -> str:
        return "auto" if self._device == FAST_DEVICE and model in self._never_fast else self._device

    def _offer_download(self, model: str) -> None:
        self._news = self._window.news.show_news(
            self.tr("ClipDesk needs a model, and there is none on this computer yet."),
            level="warn",
            action=(self._get_text(model), lambda: self.choose(model)),
            timeout_ms=0,
        )

    def _get_text(self, model: str) -> str:
        entry = catalog.find_entry(model)
        if entry is None:
            return self.tr("Download")
        return self.tr("Download {title} ({size})").format(
            title=translated(entry.title), size=size_text(entry.size_bytes)
        )

    def _say_what_starter_is(self) -> None:
        """Recommend a better model once own pictures were labelled with the starter, until the person closes it."""
        labelling = self._labelling
        if self._said_what_starter_is or labelling.encoder is None or labelling.encoder.model != STARTER:
            return
        samples = resource_path("samples")
        own = any(samples not in image.path.parents for image in labelling.desk.images)
        if own and not labelling.can_start and not catalog.is_downloaded(catalog.RECOMMENDED):
            self._said_what_starter_is = True
            if _STARTER_OFFER in self._preferences.closed_news:
                return
            self._offer = self._window.news.show_news(
                self.tr("The starter model only knows simple things. For real work, get a better one."),
                action=(self._get_text(catalog.RECOMMENDED), lambda: self.choose(catalog.RECOMMENDED)),
                timeout_ms=0,
                on_read=lambda: self._preferences.add_closed_news([_STARTER_OFFER]),
            )

    # --- what is shown

    def refresh(self) -> None:
        """Update the text of the model button."""
        button, encoder = self._window.toolbar.model_button, self._labelling.encoder
        model = self._loading or (encoder.model if encoder else "")
        name = model_title(model) if model else self.tr("none yet")
        name = button.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, _MAX_NAME_WIDTH)
        text = self.tr("Model: {model}").format(model=name).replace("&", "&&")
        self._window.toolbar.show_model(text, plain_tooltip(model) or self.tr("Choose a model"))
        # Otherwise screen readers would read the tooltip, with its tags.
        self._window.toolbar.model_button.setAccessibleDescription(model)

    def _fill_menu(self, menu: QMenu) -> None:
        menu.clear()
        group = QActionGroup(menu)
        current = self._labelling.encoder.model if self._labelling.encoder else ""
        if self._runs_on_server():
            for version in dict.fromkeys([*VERSIONS, current]):
                self._add_choice(menu, group, version, version, current, self.version_chosen.emit)
            return
        listed = set()
        for entry in catalog.entries():
            choice = self._add_choice(menu, group, self._entry_text(entry, current), entry.name, current)
            choice.setToolTip(translated(entry.summary))
            listed.add(entry.name)
        if current and current not in listed:
            self._add_choice(menu, group, model_title(current), current, current)
        menu.addSeparator()
        if self._labelling.encoder is not None:
            is_on = self._device_for(current) == FAST_DEVICE
            self.fast_choice.add_to(menu, self._labelling.encoder, is_on=is_on, is_busy=self._labelling.is_running)
            menu.addSeparator()
        menu.addAction(self.tr("From a folder…")).triggered.connect(self.choose_folder)
        menu.addAction(self._window.actions_["models"])
        menu.setToolTipsVisible(True)

    def _entry_text(self, entry: catalog.CatalogEntry, current: str) -> str:
        if entry.kind == STARTER:
            return self.tr("{model} (built in): simple things only, offline").format(model=translated(entry.title))
        if catalog.is_downloaded(entry.name):
            return translated(entry.title)
        size = size_text(entry.size_bytes)
        if entry.name == catalog.RECOMMENDED and current == STARTER:
            return self.tr("For real work, get {title}  ({size} download)").format(
                title=translated(entry.title), size=size
            )
        return self.tr("{title}  ({size} download)").format(title=translated(entry.title), size=size)

    def _runs_on_server(self) -> bool:
        return self._labelling.encoder is not None and self._labelling.encoder.upload is not None

    def _add_choice(
        self,
        menu: QMenu,
        group: QActionGroup,
        text: str,
        model: str,
        current: str,
        choose: Callable[[str], object] | None = None,
    ) -> QAction:
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(model == current)
        action.setActionGroup(group)
        action.triggered.connect(lambda: (choose or self.choose)(model))
        return action

    def _on_load_started(self, model: str) -> None:
        self._set_loading(model)
        self._window.job_bar.set_busy(self.tr("Loading {model}…").format(model=model_title(model)))

    def _on_load_progressed(self, progress: LoadProgress) -> None:
        encoder = self._labelling.encoder  # loaded only now, if its stored scores were enough before
        model = model_title(self._loading or (encoder.model if encoder else ""))
        text = self.tr("{stage} {model}").format(stage=translated(progress.stage), model=model)
        if progress.total_bytes:
            self._window.job_bar.set_download(progress.done_bytes, progress.total_bytes, text)
        else:
            self._window.job_bar.set_busy(f"{text}…")

    def _on_encoder_changed(self, info: EncoderInfo) -> None:
        # Save only models that the person chose: the default may be replaced by a better one later.
        if info.upload is None and not self._is_default:
            self._preferences.model = info.model
        self._set_loading("")
        self._window.news.withdraw(self._news)
        if info.model != STARTER:
            self._window.news.withdraw(self._offer)
        place = translated(info.place)
        text = self.tr("{model} on {place}").format(model=model_title(info.model), place=place)
        self._window.job_bar.set_place(text, f"{info.model}\n{place}")

    def _set_loading(self, model: str) -> None:
        self._loading = model
        self.refresh()

    def _on_trial_started(self, model: str) -> None:
        text = self.tr("Trying how fast {model} can be on this computer…").format(model=model_title(model))
        self._trial = self._window.news.show_news(text, timeout_ms=0)

    def _on_trial_ended(self, model: str, verdict: Int8Verdict) -> None:
        self._window.news.withdraw(self._trial)
        if verdict.outcome == "faster":
            text = self.tr("{model} is about {times} times as fast now. Its scores differ slightly.")
        elif verdict.outcome == "slower":
            text = self.tr("{model} would not be faster on this computer, so nothing was changed.")
        else:
            text = self.tr("The scores of {model} would differ too much, so nothing was changed.")
        times = QLocale().toString(verdict.figure, "f", 1)
        self._window.news.show_news(text.format(model=model_title(model), times=times))

    def _on_trial_failed(self, _model: str, problem: Problem) -> None:
        self._window.news.withdraw(self._trial)
        if problem.message:
            show_problem(self._window, self.tr("The model could not be tried"), problem)

    def report_failure(self, model: str, problem: Problem) -> None:
        """Say why a model of this computer could not be loaded. One that is refused in int8 is loaded without it."""
        if problem.is_int8_refused and self._device_for(model) == FAST_DEVICE:
            self._never_fast.add(model)
            # Once this failure has been dealt with everywhere.
            QTimer.singleShot(0, self, lambda: self._load(model))
            text = self.tr("{model} cannot be made faster with nearly the same scores. It computes as usual.")
            self._window.news.show_news(text.format(model=model_title(model)))
        elif problem.message:
            action = (self.tr("Choose a model…"), self.show_models)
            self._news = show_problem(self._window, self.tr("The model could not be loaded"), problem, action)

    def _on_job_measured(self, per_second: float) -> None:
        if self._labelling.encoder is not None and not self._runs_on_server():
            self._preferences.set_speed(self._labelling.encoder.model, per_second)


def model_title(model: str) -> str:
    """Return a short name for a model: its title in the catalogue, or the name of its folder or checkpoint."""
    entry = catalog.find_entry(model)
    if entry is not None:
        return translated(entry.title)
    if model.startswith("local-dir:"):
        return Path(model.removeprefix("local-dir:")).name
    return model.removeprefix("hf-hub:")
