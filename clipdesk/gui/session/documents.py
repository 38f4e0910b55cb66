"""Open and save the desk as a document with a name."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from clipdesk.core.desk.desk_state import DeskState, DeskSummary
from clipdesk.core.desk.open_document import OpenedDesk, ReadOnly
from clipdesk.core.errors import DocumentError
from clipdesk.core.messages import message
from clipdesk.gui.session.autosave import Autosave
from clipdesk.gui.session.labelling import Labelling
from clipdesk.gui.session.problem import problem_of

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class NamedDocument:
    """The document with a name that the desk is saved in, or only read from."""

    path: Path
    read_only: ReadOnly = ""


class Documents(QObject):
    """Puts the desk of a document in place of the one that is open, and saves the desk under a name.

    Files are read and written on the thread of `autosave`, one after the other with its saves. While a document is
    read, the desk that is open stays in use and is saved: the two change places on the GUI thread in one step.
    """

    changed = Signal(object)  # NamedDocument, or None for a desk without a name
    saved = Signal(object)  # Path: the desk was saved under this name
    failed = Signal(object)  # a Message: a document was not opened or not saved under a name
    kept_listed = Signal(object)  # list[KeptDesk]

    _read = Signal(object, bool)  # OpenedDesk, keeps_labels
    _written = Signal(object)  # Path

    def __init__(self, labelling: Labelling, autosave: Autosave, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.current: NamedDocument | None = None
        self._labelling = labelling
        self._autosave = autosave
        self._is_reading = False
        autosave.named_wanted.connect(partial(self.open, keeps_labels=True))
        autosave.document_left.connect(lambda: self._set_current(None))
        self._read.connect(self._on_read)
        self._written.connect(self._on_written)
        self.failed.connect(self._on_failed)

    def open(self, path: Path, *, keeps_labels: bool = False) -> None:
        """Open a document; `Autosave.desk_opened` or `failed` follows. The desk that is open is saved, then replaced.

        With `keeps_labels`, the labels on the screen, if there are any, are those of the desk.
        """
        keeper = self._autosave.keeper
        if keeper is not None and not self._is_reading:
            self._is_reading = True
            self._submit(lambda: self._read.emit(keeper.open(path), keeps_labels))

    def save_as(self, path: Path) -> None:
        """Save the desk as the document at `path`, and go on with that. `saved` or `failed` follows."""
        keeper = self._autosave.keeper
        if keeper is not None:
            self._autosave.keep_samples()
            state = self._autosave.state()
            self._submit(lambda: self._written.emit(keeper.save_as(path, state)))

    def begin_new(self) -> None:
        """Save the desk, and begin an empty one. The former can be continued."""
        desk, document, offer = self._labelling.desk, self.current, None
        if not self._autosave.is_on_samples and (len(desk) or document is not None):
            state = self._autosave.state()
            path = None if document is None else document.path
            offer = DeskSummary(
                state.title, desk.label_set, desk.threshold, state.model, state.sources, len(desk), path
            )
        self._autosave.begin_new(offers_old=offer is not None)
        self._autosave.replace_desk(DeskState(), offer)

    def list_kept(self) -> None:
        """Find the desks without a name that are kept; `kept_listed` follows."""
        keeper = self._autosave.keeper
        if keeper is not None:
            self._submit(lambda: self.kept_listed.emit(keeper.kept()))

    def _submit(self, task: Callable[[], object]) -> None:
        def attempt() -> None:
            try:
                task()
            except DocumentError as error:
                self.failed.emit(str(error))
            except Exception as error:
                logger.exception("A document could not be opened or saved")
                self.failed.emit(
                    problem_of(error, message("core", "This failed because of an unexpected error.")).message
                )

        if not self._autosave.is_stopped:
            self._autosave.submit(attempt)

    @Slot(object, bool)
    def _on_read(self, desk: OpenedDesk, keeps_labels: bool) -> None:
        self._is_reading = False
        keeper, state = self._autosave.keeper, desk.state
        if keeper is None or self._autosave.is_stopped:
            return
        self._autosave.save_now()
        self._autosave.submit(partial(keeper.use, desk, replaces_labels=keeps_labels))
        is_named = desk.is_named or bool(desk.read_only)
        self._set_current(NamedDocument(desk.path, desk.read_only) if is_named else None)
        if keeps_labels and self._labelling.desk.label_set.labels:
            state = replace(state, label_set=self._labelling.desk.label_set)
        self._autosave.replace_desk(state)
        self._autosave.desk_opened.emit(state)

    @Slot(object)
    def _on_written(self, path: Path) -> None:
        self._autosave.withdraw_offer()
        self._set_current(NamedDocument(path))
        self.saved.emit(path)

    @Slot(object)
    def _on_failed(self, _: str) -> None:
        self._is_reading = False

    def _set_current(self, document: NamedDocument | None) -> None:
        if document != self.current:
            self.current = document
            self.changed.emit(document)
