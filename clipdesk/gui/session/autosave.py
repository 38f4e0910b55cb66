"""Save the desk a moment after each change, and bring the last one back, on a thread of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from clipdesk.core.desk.changes import DeskChange
from clipdesk.core.desk.desk_keeper import DeskKeeper, LastDesk
from clipdesk.core.desk.desk_state import DeskState, DeskSummary
from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.labels.label_set import LabelSet
from clipdesk.core.store.embedding_store import EmbeddingStore
from clipdesk.gui.kit.timers import single_shot
from clipdesk.gui.session.labelling import Labelling

logger = logging.getLogger(__name__)

#: Changes are saved this long after the first of them, so that a kill loses at most this and the time of writing.
_DELAY_MS = 1000


class Autosave(QObject):
    """Follows the desk of the `labelling` session and saves it in documents in `folder` (see DeskKeeper).

    The GUI thread only copies what a save needs: 3 ms at 100,000 images, and nothing if no image came or went. Without
    a folder nothing is saved. Its owner calls `stop` at the end.
    """

    last_read = Signal(object)  # LastDesk
    offer_changed = Signal(object)  # DeskSummary of the desk that can be continued, or None
    desk_opened = Signal(object)  # DeskState
    failed = Signal(object)  # a Message
    desk_replacing = Signal()  # the desk that is open is saved, and another one follows
    document_left = Signal()  # the desk is saved without a name from now on
    named_wanted = Signal(object)  # Path: the offered desk is in this document

    _opened = Signal(object)  # DeskState or None

    def __init__(
        self,
        labelling: Labelling,
        folder: Path | None,
        store: EmbeddingStore | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.view: Callable[[], str] = lambda: ""
        """Returns what the window wants to keep of itself, as JSON."""
        self.offer: DeskSummary | None = None
        self._labelling = labelling
        self.keeper: DeskKeeper | None = None
        if folder is not None:
            find = store.find_contents if store is not None else None
            self.keeper = DeskKeeper(folder, self.failed.emit, find)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="autosave")
        self._last: Future[None] | None = None
        self._images: ImageList | None = None  # a copy of the desk's list, unless that has changed since
        self._absent = DeskState().absent_corrections
        self._model = ("", "")  # name and identity key of the model that the desk was scored with
        self._sample_labels: LabelSet | None = None  # set while the samples are open
        self._loaded_samples: LabelSet | None = None  # the labels that came with the samples
        self._is_changed = False
        self._is_touched = False
        self._is_opening = False
        self.is_stopped = False
        self._timer = single_shot(self, _DELAY_MS, self._on_due)
        labelling.desk_changed.connect(self._on_desk_changed)
        labelling.encoder_changed.connect(self.touch)
        labelling.comparison_kept.connect(self._on_comparison_kept)
        labelling.teaching.kept_changed.connect(self.touch)
        self.last_read.connect(self._on_last_read)
        self._opened.connect(self._on_opened)

    # --- the last desk

    def read_last(self, old_labels: LabelSet | None, named: Path | None = None) -> None:
        """Read the last desk; `last_read` follows. `old_labels` are those that an older version kept elsewhere.

        `named` is the document of the last desk if it has a name.
        """
        if self.keeper is None:
            self.last_read.emit(LastDesk(old_labels or LabelSet()))
        else:
            keeper = self.keeper
            self.submit(lambda: self.last_read.emit(keeper.read_last(old_labels, named)))

    def show_labels(self, last: LastDesk) -> None:
        """Put the labels of the last desk on this one. They need not be saved unless they come from elsewhere."""
        before = self._is_changed
        self._labelling.set_label_set(last.label_set)
        if last.is_kept:
            self._is_changed = before

    def offers(self, paths: Sequence[Path]) -> bool:
        """Return whether these are the files and folders of the desk that can be continued."""
        return self.offer is not None and {path.absolute() for path in paths} == set(self.offer.sources)

    def continue_last(self) -> None:
        """Bring the offered desk back; `desk_opened` follows when it is there."""
        if self.keeper is None or self.offer is None:
            return
        keeper, document = self.keeper, self.offer.document
        if self._labelling.desk.label_set == self._loaded_samples:
            self._labelling.set_label_set(LabelSet())  # so that the desk gets its own
        if document is not None:
            self.named_wanted.emit(document)
            return
        self._set_offer(None)
        self._is_opening = True
        self.submit(lambda: self._opened.emit(keeper.continue_last()))

    @Slot(object)
    def _on_last_read(self, last: LastDesk) -> None:
        if not self.is_stopped:
            self._set_offer(last.offer)

    @Slot(object)
    def _on_opened(self, state: DeskState | None) -> None:
        if self.is_stopped:
            return
        if state is not None:
            self._absent, self._model = state.absent_corrections, (state.model, state.encoder)
            self._labelling.open_desk(state)
            self.desk_opened.emit(state)
        self._is_opening = False

    def _set_offer(self, offer: DeskSummary | None) -> None:
        self.offer = offer
        self.offer_changed.emit(offer)

    # --- other desks

    def replace_desk(self, state: DeskState, offer: DeskSummary | None = None) -> None:
        """Put another desk in place of this one, which is saved, and offer to continue with `offer`."""
        self._sample_labels, self._images, self._absent = None, None, state.absent_corrections
        self._model = (state.model, state.encoder)
        self.desk_replacing.emit()
        self._labelling.replace_desk(state)
        self._set_offer(offer)

    def withdraw_offer(self) -> None:
        self._set_offer(None)

    def keep_samples(self) -> None:
        """If the samples are open, save them like the person's own pictures."""
        if self._sample_labels is not None:
            self._sample_labels = self._images = None
            self.desk_replacing.emit()

    @property
    def is_on_samples(self) -> bool:
        return self._sample_labels is not None

    def begin_samples(self) -> None:
        """Save the desk as it is now. Of the samples, which follow, only labels that the person edits are saved."""
        self.begin_new()
        self._sample_labels = self._labelling.desk.label_set

    def keep_sample_labels(self, label_set: LabelSet) -> None:
        """These labels came with the samples, so they need not be saved."""
        if self._sample_labels is not None:
            self._sample_labels = self._loaded_samples = label_set

    def end_samples(self) -> None:
        """The person's own images follow: save them with the labels."""
        self._sample_labels = None
        self._images = None
        self._set_changed()

    def begin_new(self, *, offers_old: bool = False) -> None:
        """Save the desk, and save what follows in a new document. With `offers_old`, the former can be continued."""
        self.save_now()
        if self.keeper is not None:
            self.submit(partial(self.keeper.begin_new, offers_old=offers_old))
        self._images, self._absent, self._model = None, {}, ("", "")
        self.document_left.emit()

    # --- changes

    @Slot(object)
    def _on_desk_changed(self, change: DeskChange) -> None:
        moves_images = bool(change.added or change.moved or change.renewed)
        if moves_images:
            self._images = None
            if change.added and self._sample_labels is None and not self._is_opening:
                self._set_offer(None)  # this is another desk now
        if self._sample_labels is not None:
            if change.labels is not None and change.labels.after != self._sample_labels:
                self._set_changed()
        elif moves_images or change.can_revert or change.round_began or change.follows_contents:
            self._set_changed()

    @Slot()
    def _on_comparison_kept(self) -> None:
        if self._sample_labels is None:
            self._set_changed()

    def _set_changed(self) -> None:
        self._is_changed = True
        self._start()

    @Slot()
    def touch(self, *_: object) -> None:
        """Something has changed that is worth saving, but not worth a document: the view, or the model."""
        self._is_touched = True
        self._start()

    def _start(self) -> None:
        if not self._timer.isActive() and not self.is_stopped:
            self._timer.start()

    @Slot()
    def _on_due(self) -> None:
        if self._is_opening or (self._last is not None and not self._last.done()):
            self._timer.start()
        else:
            self.save_now()

    def save_now(self) -> None:
        """Save the changes since the last time, without waiting for the disk."""
        if self._is_opening or self.keeper is None or not (self._is_changed or self._is_touched):
            return
        may_create, state = self._is_changed, self.state()
        self._is_changed = self._is_touched = False
        self.submit(partial(self.keeper.save, state, may_create=may_create))

    def state(self) -> DeskState:
        """Return what is to be saved."""
        desk, encoder = self._labelling.desk, self._labelling.encoder
        # Until a model is loaded, the desk keeps the one that it was scored with.
        model, key = (encoder.model, encoder.identity.key) if encoder is not None else self._model
        if self._sample_labels is not None:
            return DeskState(desk.label_set, desk.threshold, model=model, encoder=key)
        if self._images is None:
            self._images = desk.images.copy()
        rows, ids = desk.corrections
        return DeskState(
            desk.label_set,
            desk.threshold,
            self._images,
            rows,
            ids,
            self._absent,
            self._labelling.sources,
            self._labelling.taken_off.copy(),
            model,
            key,
            self.view(),
            desk.comparisons,
            self._labelling.teaching.kept(),
            desk.review_marks,
            desk.contents(rows),
            desk.kept_groups,
            desk.set_aside,
        )

    def submit(self, task: Callable[[], object]) -> None:
        self._last = self._thread.submit(_attempt, task)

    # --- the end

    def stop(self) -> None:
        """Save what has changed, and wait until that is done and the documents are closed."""
        if self.is_stopped:
            return
        self.is_stopped = True
        self._timer.stop()
        self._is_touched = True
        self.save_now()
        if self.keeper is not None:
            self.submit(self.keeper.close)
        self._thread.shutdown(wait=True)


def _attempt(task: Callable[[], object]) -> None:
    try:
        task()
    except Exception:
        logger.exception("The desk could not be saved")
