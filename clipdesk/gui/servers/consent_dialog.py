"""Ask for consent before pictures leave this computer: how many, how much data, to which server, without metadata."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from clipdesk.core.encoder import Upload
from clipdesk.core.messages import listed
from clipdesk.gui.kit.fitted_dialog import FittedDialog
from clipdesk.gui.kit.theme import GAP, GRID
from clipdesk.gui.kit.translated import translated
from clipdesk.gui.kit.words import megabytes_text, pictures_text

_WIDTH = 460
_NAMES_IN_TITLE = 40


class ConsentDialog(FittedDialog):
    """Asks whether to send `count` pictures, or, if `count` is 0, only the words of the labels.

    Accepted means send; rejected, also with Escape, means do not.
    """

    def __init__(self, upload: Upload, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent, _WIDTH)
        self.upload = upload
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Before anything is sent"))
        what = pictures_text(count) if count else self.tr("the words of your labels")
        names = translated(listed(upload.hosts))
        # Show long names in full on lines of their own: a host that only resembles the right one must be noticed.
        has_own_lines = len(names) > _NAMES_IN_TITLE
        if not has_own_lines:
            title = self.tr("Send {what} to {hosts}?").format(what=what, hosts=names)
        elif len(upload.hosts) == 1:
            title = self.tr("Send {what} to this server?").format(what=what)
        else:
            title = self.tr("Send {what} to these servers?").format(what=what)
        self.title = self._line(title, "title")
        self.hosts = self._line("\n".join(upload.hosts))
        self.hosts.setVisible(has_own_lines)
        self.amount = self._line(
            self.tr(
                "About {size} will be sent: a small copy of each picture, and the words of your labels. "
                "File names, dates, places and all other metadata are removed. Your files are not changed."
            ).format(size=megabytes_text(max(100_000, count * upload.bytes_per_image)))
            if count
            else self.tr("All pictures were sent to this server before. They are not sent again.")
        )
        self.warning = self._line(
            self.tr("The connection is not encrypted: others on the network can see what is sent.")
            if set(upload.unencrypted) == set(upload.hosts)
            else self.tr(
                "The connection to {hosts} is not encrypted: others on the network can see what is sent."
            ).format(hosts=translated(listed(upload.unencrypted)) if upload.unencrypted else ""),
            "error",
        )
        self.warning.setVisible(bool(upload.unencrypted))
        self.remember = QCheckBox(
            self.tr("Don't ask again for this host")
            if len(upload.hosts) == 1
            else self.tr("Don't ask again for these hosts")
        )
        self.refuse_button = QPushButton(self.tr("Don't send"))
        self.send_button = QPushButton(self.tr("Send"))
        self.send_button.setProperty("primary", True)
        self.send_button.setDefault(True)
        self.refuse_button.clicked.connect(self.reject)
        self.send_button.clicked.connect(self.accept)
        self._build()

    def _build(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addStretch(1)
        buttons.addWidget(self.refuse_button)
        buttons.addWidget(self.send_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * GRID, 6 * GRID, 6 * GRID, 4 * GRID)
        column.setSpacing(3 * GRID)
        for part in (self.title, self.hosts, self.amount, self.warning, self.remember):
            column.addWidget(part)
        column.addStretch(1)
        column.addSpacing(GAP)
        column.addLayout(buttons)

    def _line(self, text: str, role: str = "") -> QLabel:
        label = QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        label.setProperty("role", role)
        return label
