"""The message about pictures that cannot be read, which each person closes once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from PySide6.QtCore import QObject

from clipdesk.core.desk.changes import DeskChange
from clipdesk.core.desk.desk import Desk
from clipdesk.gui.kit.words import pictures_text
from clipdesk.gui.session.labelling import Labelling
from clipdesk.gui.session.preferences import MAX_CLOSED_NEWS, Preferences
from clipdesk.gui.window.main_window import MainWindow
from clipdesk.gui.window.news_bar import News


class UnreadErrors(QObject):
    """Reports after a job how many pictures could not be read, and stays until the person closes it.

    Once closed, it comes back only for other pictures, or for a file that has changed, in later sessions as well.
    """

    def __init__(
        self, window: MainWindow, labelling: Labelling, preferences: Preferences, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._labelling = labelling
        self._preferences = preferences
        self._news: News | None = None
        self._count = 0  # as reported last
        labelling.job_ended.connect(lambda _problem: self.report())
        labelling.desk_changed.connect(self._on_desk_changed)

    def report(self) -> None:
        """Show the message if there are pictures that could not be read and that it was not closed for."""
        errors = self._labelling.desk.errors
        if len(errors) == self._count:
            return
        self._count = len(errors)
        self._window.news.withdraw(self._news)
        self._news = None
        if not errors or self._is_closed():
            return
        self._news = self._window.news.show_news(
            self.tr("{pictures} could not be read.").format(pictures=pictures_text(len(errors))),
            level="warn",
            action=(self.tr("Show them"), self._window.filter_bar.show_unreadable),
            timeout_ms=0,
            on_read=self._on_read,
        )

    def _is_closed(self) -> bool:
        desk = self._labelling.desk
        # So many are not remembered one by one, and looking at them would take time.
        return len(desk.errors) <= MAX_CLOSED_NEWS and set(_keys(desk)) <= set(self._preferences.closed_news)

    def _on_read(self) -> None:
        self._news = None
        if len(self._labelling.desk.errors) <= MAX_CLOSED_NEWS:
            self._preferences.add_closed_news(_keys(self._labelling.desk))

    def _on_desk_changed(self, _change: DeskChange) -> None:
        """Withdraw the message once its pictures are gone or readable."""
        if self._count and not self._labelling.desk.errors:
            self.report()


def _keys(desk: Desk) -> Iterable[str]:
    """Return a short key for each unreadable file, which changes with the file."""
    for row in desk.errors:
        image = desk.images[row]
        text = f"{image.path}\0{image.size_bytes}\0{image.mtime_ns}"
        yield hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
