"""The server settings: address, model, key, and a connection test that reports in plain words."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from clipdesk.encoders.models import catalog
from clipdesk.encoders.remote import api_keys
from clipdesk.encoders.remote.addresses import LOCAL_SERVER, ROBOFLOW, parse_address
from clipdesk.encoders.remote.api_keys import ApiKey
from clipdesk.encoders.remote.servers import VERSIONS, Finding, ServerChoice
from clipdesk.gui.kit.disclosure import Disclosure
from clipdesk.gui.kit.down_scroll import DownScroll
from clipdesk.gui.kit.fitted_dialog import FittedDialog
from clipdesk.gui.kit.icons import pixmap
from clipdesk.gui.kit.theme import GAP, GRID, PADDING, font_scale, tokens
from clipdesk.gui.kit.translated import translated
from clipdesk.gui.session.background import Background
from clipdesk.gui.session.preferences import MOST_AT_ONCE, RunPlace, ServerOptions
from clipdesk.gui.session.problem import Problem

_WIDTH = 540
_ICONS = {"good": "check", "warn": "warning", "bad": "error"}


@dataclass(frozen=True)
class ServerSettings:
    """The settings chosen in the dialog.

    `key` is None when none was typed and the stored one stays in use. `keep_key` stores it in the system's keyring.
    """

    place: RunPlace
    options: ServerOptions
    key: ApiKey | None
    keep_key: bool


def server_choice(place: RunPlace, options: ServerOptions) -> ServerChoice:
    """Return the servers of a place, with the options for their requests."""
    own = tuple(options.own_address.replace(",", " ").split())
    addresses = {"roboflow": (ROBOFLOW,), "local": (LOCAL_SERVER,), "own": own, "computer": ()}[place]
    return ServerChoice(
        addresses,
        options.version,
        "jpeg" if options.jpeg else "png",
        options.most_at_once,
        options.same_weights_as,
    )


class ServerDialog(FittedDialog):
    """Choose the server that runs the model, and test it. Keys and connections are checked in `background`.

    `key_of` returns the key in use for a host; it is called from any thread.
    """

    settings_chosen = Signal(object)  # ServerSettings
    _noted = Signal(object)  # Message

    def __init__(
        self,
        place: RunPlace,
        options: ServerOptions,
        key_of: Callable[[str], ApiKey],
        background: Background,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, _WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Server"))
        self._key_of = key_of
        self._background = background
        self._options = options
        self._cancel = threading.Event()
        self._testing = False
        self._closed = False
        self._findings: list[Finding] = []
        self._has_keyring = False
        self._make_fields("roboflow" if place == "computer" else place)
        self._build()
        self._connect()
        self._on_place_changed()
        background.run(api_keys.has_keyring, self._on_keyring_known)

    # --- parts

    def _make_fields(self, place: RunPlace) -> None:
        options = self._options
        self.place = QComboBox()
        for value, text in (
            ("roboflow", self.tr("Roboflow hosted")),
            ("local", self.tr("Local server (localhost:9001)")),
            ("own", self.tr("Other address")),
        ):
            self.place.addItem(text, value)
        self.place.setCurrentIndex(self.place.findData(place))
        self.place.setAccessibleName(self.tr("Where to run"))
        self.address = QLineEdit()
        self.version = QComboBox()
        self.version.setEditable(True)
        self.version.setAccessibleName(self.tr("Model"))
        self.version.addItems(list(VERSIONS))
        self.version.setCurrentText(options.version)
        self.key = QLineEdit()
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.keep_key = QComboBox()
        self.keep_key.setAccessibleName(self.tr("Where the key is kept"))
        # The choices come when the keyring has been found; until then the box keeps room for them.
        self.keep_key.setPlaceholderText(self.tr("Looking for a keyring…"))
        self.keep_key.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.keep_key.setMinimumContentsLength(len(self.tr("Keep the key in this system's keyring")))
        self.image_format = QComboBox()
        self.image_format.setAccessibleName(self.tr("Format of the pictures that are sent"))
        self.image_format.addItem(self.tr("PNG: exact pixels"), False)
        self.image_format.addItem(self.tr("JPEG: a third of the size"), True)
        self.image_format.setCurrentIndex(int(options.jpeg))
        self.most_at_once = QSpinBox()
        self.most_at_once.setRange(1, MOST_AT_ONCE)
        self.most_at_once.setValue(options.most_at_once)
        self.most_at_once.setFixedWidth(round(72 * font_scale()))
        self.most_at_once.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.same_weights = QComboBox()
        self.same_weights.setAccessibleName(self.tr("Same weights as"))
        self.same_weights.addItem(self.tr("None"), "")
        for entry in catalog.entries():
            if catalog.is_downloaded(entry.name):
                self.same_weights.addItem(translated(entry.title), entry.name)
        if options.same_weights_as and self.same_weights.findData(options.same_weights_as) < 0:
            self.same_weights.addItem(options.same_weights_as, options.same_weights_as)
        self.same_weights.setCurrentIndex(max(0, self.same_weights.findData(options.same_weights_as)))
        self.test_button = QPushButton(self.tr("Test connection"))
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.use_button = QPushButton(self.tr("Use"))
        self.use_button.setProperty("primary", True)
        self.use_button.setDefault(True)

    def _build(self) -> None:
        form = _form()
        form.addRow(self.tr("&Where"), self.place)
        form.addRow(self.tr("&Address"), self.address)
        form.addRow(self.tr("&Model"), self.version)
        form.addRow(self.tr("&Key"), self.key)
        form.addRow("", self.keep_key)
        more = QWidget()
        rest = _form()
        rest.setContentsMargins(0, GAP, 0, 0)
        rest.addRow(self.tr("&Pictures as"), self.image_format)
        rest.addRow(self.tr("At &once"), self.most_at_once)
        rest.addRow("", _note(self.tr("The most requests at the same time. ClipDesk starts with two and adapts.")))
        rest.addRow(self.tr("&Same as"), self.same_weights)
        rest.addRow(
            "",
            _note(
                self.tr("If the server runs the same model as this computer, scores computed by one count for both.")
            ),
        )
        _align_labels(form, rest)
        more.setLayout(rest)
        more.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.more = Disclosure(self.tr("More"), more)
        self.findings_box = QWidget()
        self._result_grid = QGridLayout(self.findings_box)
        self._result_grid.setContentsMargins(0, 0, 0, 0)
        self._result_grid.setHorizontalSpacing(GAP)
        self._result_grid.setVerticalSpacing(GRID)
        self._result_grid.setColumnStretch(1, 1)
        self.findings_box.hide()
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self.test_button)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.use_button)
        content = QWidget()
        parts = QVBoxLayout(content)
        parts.setContentsMargins(0, 0, GAP, 0)
        parts.setSpacing(PADDING)
        parts.addLayout(form)
        parts.addWidget(self.more)
        parts.addWidget(self.findings_box)
        parts.addStretch(1)
        self.area = DownScroll(content)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, GAP, 16)
        column.setSpacing(PADDING)
        column.addWidget(self.area, 1)
        buttons.setContentsMargins(0, 0, PADDING, 0)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.place.currentIndexChanged.connect(self._on_place_changed)
        self.address.editingFinished.connect(self._look_for_key)
        self.test_button.clicked.connect(self.test)
        self.cancel_button.clicked.connect(self.reject)
        self.use_button.clicked.connect(self._on_use_clicked)
        self._noted.connect(self._on_noted)

    # --- the chosen settings

    def settings(self) -> ServerSettings:
        """Return the settings as they are in the fields."""
        options = ServerOptions(
            own_address=self.address.text().strip() if self._place() == "own" else self._options.own_address,
            version=self.version.currentText().strip() or next(iter(VERSIONS)),
            jpeg=bool(self.image_format.currentData()),
            most_at_once=self.most_at_once.value(),
            same_weights_as=str(self.same_weights.currentData() or ""),
        )
        typed = ApiKey(self.key.text(), self.tr("the key you typed")) if self.key.text().strip() else None
        return ServerSettings(self._place(), options, typed, self.keep_key.currentData() == "keyring")

    def _place(self) -> RunPlace:
        value: RunPlace = self.place.currentData()
        return value

    def _on_place_changed(self) -> None:
        place = self._place()
        own = place == "own"
        self.address.setEnabled(own)
        self.address.setText(self._options.own_address if own else {"roboflow": ROBOFLOW, "local": LOCAL_SERVER}[place])
        self.address.setCursorPosition(0)  # the beginning of a long address says most
        self.address.setPlaceholderText(self.tr("https://… or http://192.168.1.20:9001"))
        self.address.setToolTip(self.tr("For several servers, put spaces between the addresses.") if own else "")
        self._show_findings([])
        self._look_for_key()

    # --- the key

    def _look_for_key(self) -> None:
        """Show in the empty key field which key is used if none is typed."""
        choice = server_choice(self._place(), self.settings().options)

        def look() -> str:
            keys = [self._key_of(parse_address(address).host) for address in choice.addresses]
            return next((key.origin for key in keys if key), "")

        self._background.run(look, self._on_key_found, lambda _: self._on_key_found(""))

    def _on_key_found(self, origin: str) -> None:
        if self._closed:
            return
        if origin:
            self.key.setPlaceholderText(self.tr("If empty: {origin}").format(origin=origin))
        elif self._place() == "roboflow":
            self.key.setPlaceholderText(self.tr("From your workspace's settings at Roboflow"))
        else:
            self.key.setPlaceholderText(self.tr("Leave empty if the server needs no key"))

    def _on_keyring_known(self, is_there: bool) -> None:
        if self._closed:
            return
        self.keep_key.clear()
        if is_there:
            self.keep_key.addItem(self.tr("Keep the key in this system's keyring"), "keyring")
        self.keep_key.addItem(self.tr("Forget the key when ClipDesk closes"), "run")
        self.keep_key.setCurrentIndex(0)  # not done by Qt in a box with a placeholder
        self.keep_key.setEnabled(is_there)
        if not is_there:
            self.keep_key.setToolTip(self.tr("This system has no keyring, and a key is not safe in a file."))

    # --- the test

    def test(self) -> None:
        """Test the connection with the settings in the fields."""
        settings = self.settings()
        choice = server_choice(settings.place, settings.options)
        typed = settings.key
        self._cancel.set()
        cancel = self._cancel = threading.Event()
        self._set_testing(True)
        self._show_findings([Finding(self.tr("Connecting…"), "warn")], busy=True)

        def check() -> list[Finding]:
            from clipdesk.encoders.remote.server_check import check_servers  # brings the HTTP client

            key_of = self._key_of if typed is None else lambda _: typed
            return check_servers(choice, key_of=key_of, cancel=cancel, notice=self._noted.emit)

        self._background.run(
            check,
            lambda findings: self._on_tested(cancel, findings),
            lambda problem: self._on_test_failed(cancel, problem),
        )

    def _on_noted(self, text: str) -> None:
        if self._testing and not self._closed:
            self._show_findings([Finding(text, "warn")], busy=True)

    def _on_tested(self, cancel: threading.Event, findings: list[Finding]) -> None:
        if not self._closed and cancel is self._cancel:
            self._set_testing(False)
            self._show_findings(findings)

    def _on_test_failed(self, cancel: threading.Event, problem: Problem) -> None:
        self._on_tested(cancel, [Finding(problem.message or self.tr("Stopped."), "bad")])

    def _set_testing(self, testing: bool) -> None:
        self._testing = testing
        self.test_button.setEnabled(not testing)

    def _show_findings(self, findings: list[Finding], *, busy: bool = False) -> None:
        """Show one line for each finding, with an icon unless the test is still `busy`."""
        self._findings = findings
        while item := self._result_grid.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        t = tokens()
        colors = {"good": t.good, "warn": t.warn, "bad": t.bad}
        for row, finding in enumerate(findings):
            symbol = QLabel()
            if not busy:
                symbol.setPixmap(pixmap(_ICONS[finding.level], 16, colors[finding.level]))
            text = QLabel(translated(finding.text), wordWrap=True, textFormat=Qt.TextFormat.PlainText)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            text.setProperty("role", "secondary" if busy else "")
            self._result_grid.addWidget(symbol, row, 0, Qt.AlignmentFlag.AlignTop)
            self._result_grid.addWidget(text, row, 1)
        self.findings_box.setVisible(bool(findings))

    @property
    def findings(self) -> list[Finding]:
        """The findings of the last test; empty before the first and during a test."""
        return [] if self._testing else self._findings

    # --- the end

    def _on_use_clicked(self) -> None:
        settings = self.settings()
        if settings.place == "own" and not settings.options.own_address:
            self.address.setFocus()
            self._show_findings([Finding(self.tr("Enter the address of the server."), "bad")])
            return
        if any(character in settings.options.own_address for character in "@?#"):
            # The address may contain a key, and it would be written to the settings file.
            self.address.setFocus()
            self._show_findings([Finding(self.tr("Enter only host and path. The key has its own field."), "bad")])
            return
        self.settings_chosen.emit(settings)
        self.accept()

    def done(self, result: int) -> None:
        self._closed = True
        self._cancel.set()
        self.key.clear()
        super().done(result)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "findings_box"):
            self._show_findings(self._findings, busy=self._testing)


def _form() -> QFormLayout:
    form = QFormLayout()
    form.setHorizontalSpacing(16)
    form.setVerticalSpacing(GAP)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    return form


def _align_labels(*forms: QFormLayout) -> None:
    """Make the label columns of several forms equally wide."""
    labels = [label for form in forms for label in _labels(form)]
    widest = max(label.sizeHint().width() for label in labels)
    for label in labels:
        label.setMinimumWidth(widest)
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


def _labels(form: QFormLayout) -> Iterator[QLabel]:
    for row in range(form.rowCount()):
        item = form.itemAt(row, QFormLayout.ItemRole.LabelRole)
        if item is not None and isinstance(label := item.widget(), QLabel):
            yield label


def _note(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "small")
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return label
