"""The settings that the window remembers, as typed properties over QSettings."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, cast
from urllib.parse import quote

from PySide6.QtCore import QByteArray, QSettings

from clipdesk.core.device_names import DEVICES
from clipdesk.core.errors import LabelError
from clipdesk.core.export.options import TableOptions
from clipdesk.core.labels.label_set import LabelSet, label_set_from_json
from clipdesk.encoders.remote.servers import DEFAULT_VERSION

SchemeChoice = Literal["system", "light", "dark"]
ValueMode = Literal["probability", "cosine"]

RunPlace = Literal["computer", "roboflow", "local", "own"]

MAX_RECENT = 10
MAX_CLOSED_NEWS = 1000
DEFAULT_THRESHOLD = 0.5
MOST_AT_ONCE = 256


@dataclass(frozen=True)
class ServerOptions:
    """The options for servers. `own_address` may contain several addresses, separated by spaces."""

    own_address: str = ""
    version: str = DEFAULT_VERSION
    jpeg: bool = False
    most_at_once: int = 16
    same_weights_as: str = ""

    def checked(self) -> ServerOptions:
        """Return these options. Raises TypeError or ValueError for invalid values."""
        texts = (self.own_address, self.version, self.same_weights_as)
        if not all(isinstance(text, str) for text in texts) or not isinstance(self.jpeg, bool):
            raise TypeError("not a setting")
        if not 1 <= self.most_at_once <= MOST_AT_ONCE:
            raise ValueError("not a number of requests")
        return self


class Preferences:
    """The saved settings. Each property reads and writes one of them; invalid values count as not set."""

    def __init__(self, settings: QSettings | None = None) -> None:
        self._settings = settings or QSettings("ClipDesk", "ClipDesk")

    @property
    def scheme(self) -> SchemeChoice:
        value = self._text("appearance")
        return cast(SchemeChoice, value) if value in ("light", "dark") else "system"

    @scheme.setter
    def scheme(self, value: SchemeChoice) -> None:
        self._settings.setValue("appearance", value)

    @property
    def language(self) -> str:
        """The code of the window's language; “system” follows the system."""
        return self._text("language") or "system"

    @language.setter
    def language(self, value: str) -> None:
        self._settings.setValue("language", value)

    @property
    def model(self) -> str:
        """The model chosen last; empty if none was."""
        return self._text("model")

    @model.setter
    def model(self, value: str) -> None:
        self._settings.setValue("model", value)

    @property
    def device(self) -> str:
        value = self._text("device")
        return value if value in DEVICES else "auto"

    @device.setter
    def device(self, value: str) -> None:
        self._settings.setValue("device", value)

    @property
    def run_place(self) -> RunPlace:
        """Where the model runs."""
        value = self._text("server/place")
        return cast(RunPlace, value) if value in ("roboflow", "local", "own") else "computer"

    @run_place.setter
    def run_place(self, value: RunPlace) -> None:
        self._settings.setValue("server/place", value)

    @property
    def server_options(self) -> ServerOptions:
        """The options for servers, without API keys, which are never written to a file."""
        try:
            values = json.loads(self._text("server/options"))
            known = {name: values[name] for name in ServerOptions.__annotations__ if name in values}
            return ServerOptions(**known).checked()
        except (ValueError, TypeError):
            return ServerOptions()

    @server_options.setter
    def server_options(self, value: ServerOptions) -> None:
        self._settings.setValue("server/options", json.dumps(asdict(value)))

    def may_send_to(self, host: str) -> bool:
        """Whether the person agreed that pictures are sent to this host without asking again."""
        return host in self._list("server/agreed")

    def set_may_send_to(self, host: str, agreed: bool) -> None:
        others = [one for one in self._list("server/agreed") if one != host]
        self._settings.setValue("server/agreed", json.dumps([*others, host] if agreed else others))

    @property
    def threshold(self) -> float:
        """The probability, 0…1, below which an image counts as unsure."""
        try:
            value = float(self._text("threshold"))
        except ValueError:
            return DEFAULT_THRESHOLD
        return value if 0.0 <= value <= 1.0 else DEFAULT_THRESHOLD

    @threshold.setter
    def threshold(self, value: float) -> None:
        self._settings.setValue("threshold", repr(value))

    @property
    def value_mode(self) -> ValueMode:
        return "cosine" if self._text("value_mode") == "cosine" else "probability"

    @value_mode.setter
    def value_mode(self, value: ValueMode) -> None:
        self._settings.setValue("value_mode", value)

    @property
    def thumbnail_size(self) -> int:
        text = self._text("thumbnail_size")
        return int(text) if text in ("48", "64", "96") else 48

    @thumbnail_size.setter
    def thumbnail_size(self, value: int) -> None:
        self._settings.setValue("thumbnail_size", str(value))

    @property
    def view(self) -> Literal["table", "gallery"]:
        return "gallery" if self._text("view") == "gallery" else "table"

    @view.setter
    def view(self, value: str) -> None:
        self._settings.setValue("view", value)

    @property
    def gallery_size(self) -> int:
        """The size of thumbnails in the gallery, in px."""
        text = self._text("gallery_size")
        return int(text) if text in ("96", "128", "160", "192", "240", "320") else 160

    @gallery_size.setter
    def gallery_size(self, value: int) -> None:
        self._settings.setValue("gallery_size", str(value))

    @property
    def group_by_label(self) -> bool:
        """Whether the gallery is grouped by label."""
        return self._text("group_by_label") != "no"

    @group_by_label.setter
    def group_by_label(self, value: bool) -> None:
        self._settings.setValue("group_by_label", "yes" if value else "no")

    @property
    def recent_folders(self) -> list[Path]:
        """Newest first."""
        return [Path(text) for text in self._list("recent_folders")]

    def add_recent_folder(self, folder: Path) -> None:
        texts = [str(folder), *(str(path) for path in self.recent_folders if path != folder)]
        self._settings.setValue("recent_folders", json.dumps(texts[:MAX_RECENT]))

    def clear_recent_folders(self) -> None:
        self._settings.remove("recent_folders")

    @property
    def recent_documents(self) -> list[Path]:
        """Documents with a name, the one that was opened or saved last first."""
        return [Path(text) for text in self._list("recent_documents")]

    def add_recent_document(self, document: Path) -> None:
        others = [path for path in self.recent_documents if path != document]
        self._settings.setValue(
            "recent_documents", json.dumps([str(path) for path in (document, *others)][:MAX_RECENT])
        )

    def clear_recent_documents(self) -> None:
        self._settings.remove("recent_documents")

    @property
    def last_document(self) -> Path | None:
        """The document of the last desk, None if that has no name."""
        text = self._text("last_document")
        return Path(text) if text else None

    @last_document.setter
    def last_document(self, value: Path | None) -> None:
        self._settings.setValue("last_document", "" if value is None else str(value))
        self._settings.sync()  # a killed window should be found again

    @property
    def old_label_set(self) -> LabelSet:
        """The labels that a version of ClipDesk without documents saved here."""
        try:
            return label_set_from_json(json.loads(self._text("labels")), Path())
        except (ValueError, LabelError):
            return LabelSet()

    def forget_old_label_set(self) -> None:
        """Delete these labels, which are in a document now."""
        self._settings.remove("labels")

    @property
    def export_details(self) -> bool:
        """Whether an export also saves the model's name and the prompts."""
        return self._text("export_details") == "yes"

    @export_details.setter
    def export_details(self, value: bool) -> None:
        self._settings.setValue("export_details", "yes" if value else "no")

    @property
    def join_pairs(self) -> bool:
        """Whether the JPEG of a RAW + JPEG pair stands for both."""
        return self._text("join_pairs") != "no"

    @join_pairs.setter
    def join_pairs(self, value: bool) -> None:
        self._settings.setValue("join_pairs", "yes" if value else "no")

    @property
    def closed_news(self) -> list[str]:
        """The keys of messages that the person has closed for good, the oldest first."""
        return self._list("closed_news")

    def add_closed_news(self, keys: Iterable[str]) -> None:
        """Remember that the person closed these messages. The oldest of more than MAX_CLOSED_NEWS are forgotten."""
        known = dict.fromkeys((*self.closed_news, *keys))
        self._settings.setValue("closed_news", json.dumps(list(known)[-MAX_CLOSED_NEWS:]))

    @property
    def export_format(self) -> str:
        """The key of the format of the last export; empty before the first."""
        return self._text("export_format")

    @export_format.setter
    def export_format(self, value: str) -> None:
        self._settings.setValue("export_format", value)

    @property
    def export_options(self) -> TableOptions:
        """The additional columns of the last export, and whether it was for Excel."""
        chosen = self._list("export_options")
        return TableOptions(**{name: name in chosen for name in TableOptions.__annotations__})

    @export_options.setter
    def export_options(self, value: TableOptions) -> None:
        self._settings.setValue("export_options", json.dumps([name for name, is_on in asdict(value).items() if is_on]))

    @property
    def export_folder(self) -> Path:
        text = self._text("export_folder")
        return Path(text) if text and Path(text).is_dir() else Path.home()

    @export_folder.setter
    def export_folder(self, value: Path) -> None:
        self._settings.setValue("export_folder", str(value))

    def choices(self, name: str) -> object:
        """Return what a feature saved with `set_choices`, as JSON values; None if there is nothing."""
        try:
            value: object = json.loads(self._text(f"choices/{name}"))
        except ValueError:
            return None
        return value

    def set_choices(self, name: str, value: object) -> None:
        self._settings.setValue(f"choices/{name}", json.dumps(value))

    def speed(self, model: str) -> float:
        """Return the images per second that this model last reached on this computer; 0 if it has not run yet."""
        try:
            return float(self._text(f"speed/{_plain_key(model)}") or 0)
        except ValueError:
            return 0.0

    def set_speed(self, model: str, per_second: float) -> None:
        self._settings.setValue(f"speed/{_plain_key(model)}", f"{per_second:.3g}")

    def layout(self, name: str) -> QByteArray:
        """Return the saved geometry or state of a part of the window; empty if there is none."""
        value = self._settings.value(f"layout/{name}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_layout(self, name: str, value: QByteArray) -> None:
        self._settings.setValue(f"layout/{name}", value)

    def sync(self) -> None:
        self._settings.sync()

    def _text(self, key: str) -> str:
        value = self._settings.value(key, "")
        return value if isinstance(value, str) else ""

    def _list(self, key: str) -> list[str]:
        try:
            value = json.loads(self._text(key) or "[]")
        except ValueError:
            return []
        return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _plain_key(text: str) -> str:
    """Return a settings key for any text, with slashes escaped, which would make a group."""
    return quote(text, safe="")
