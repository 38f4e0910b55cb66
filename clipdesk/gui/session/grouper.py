"""Find groups of the desk's images, with names, in the background."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from clipdesk.core.desk.changes import DeskChange
from clipdesk.core.desk.desk import Desk
from clipdesk.core.find.groups import USUAL, NeighbourGraph, PictureGroups, connect_neighbours, make_groups
from clipdesk.core.find.names import propose_names
from clipdesk.core.find.progress import FindProgress
from clipdesk.core.find.vectors import CompactVectors, Rows
from clipdesk.gui.kit.timers import single_shot
from clipdesk.gui.session.background import Background
from clipdesk.gui.session.encoder_worker import EncoderInfo
from clipdesk.gui.session.groups_state import GroupsStage, GroupsState, NamedGroup
from clipdesk.gui.session.problem import Problem
from clipdesk.gui.session.word_learner import WordLearner

#: Embeddings copied at once on the GUI thread: 16 MB at 512 dimensions, which takes a few milliseconds.
_ROWS_AT_ONCE = 8_192
#: Fewer images make no group.
_FEWEST = 3


@dataclass(frozen=True)
class _Making:
    """Groups that are being made, with this fineness, and with names or without."""

    fineness: float
    has_names: bool
    cancel: threading.Event = field(default_factory=threading.Event)


class Grouper(QObject):
    """Between `begin` and `end`, keeps `state` up to date. Images are embedded meanwhile even without labels.

    Neighbours are found once; another fineness only divides them anew. Groups that were made are kept.
    """

    changed = Signal()  # `state`
    _compared = Signal(int, object)  # epoch, FindProgress: from another thread

    def __init__(
        self,
        desk: Desk,
        background: Background,
        words: WordLearner,
        set_wanted: Callable[[bool], None],
        is_running: Callable[[], bool],
        is_loading: Callable[[], bool],
        parent: QObject,
    ) -> None:
        """`set_wanted` is told whether to embed images even without labels.

        `is_running` says whether a job is running, `is_loading` whether a model is being loaded.
        """
        super().__init__(parent)
        self._desk, self._background, self._words = desk, background, words
        self._set_wanted, self._is_running, self._is_loading = set_wanted, is_running, is_loading
        self._is_open = self._has_encoder = False
        self._fineness = USUAL
        self._copy = single_shot(self, 0, self._copy_part)
        self._epoch = 0
        self._cancel = threading.Event()
        self._making: _Making | None = None
        self._reset()
        self._compared.connect(self._on_compared)
        words.changed.connect(self._on_words_changed)

    def _reset(self) -> None:
        """Forget the groups, and stop what is being computed."""
        self._epoch += 1
        self._copy.stop()
        self._cancel.set()
        if self._making is not None:
            self._making.cancel.set()
        self._cancel = threading.Event()
        self._copied: NDArray[np.float32] | None = None
        self._place = self._read_then = 0
        self._is_comparing = False
        self._progress = FindProgress("", 0, 0)
        self._vectors: CompactVectors | None = None
        self._graph: NeighbourGraph | None = None
        self._made: dict[float, PictureGroups] = {}
        self._making = None
        self._shown: _Making | None = None
        self._groups: tuple[NamedGroup, ...] = ()
        self._various: Rows = np.empty(0, np.intp)
        self._problem = ""

    # --- what the person does

    def begin(self) -> None:
        """Make groups of the images that have an embedding, or as soon as they have one."""
        self._is_open = True
        self._set_wanted(True)
        self._words.learn()
        self._start()

    def end(self) -> None:
        """Stop, and release the memory."""
        self._is_open = False
        self._reset()
        self._words.stop()
        self._set_wanted(False)

    def group_again(self) -> None:
        """Make groups of all images that have an embedding by now."""
        self._reset()
        self._collect()

    def set_fineness(self, fineness: float) -> None:
        """Make more and smaller groups with a higher fineness. See `make_groups`."""
        self._fineness = fineness
        self._make()
        self.changed.emit()

    def send_words(self) -> None:
        """Send the words to the encoder's server: the person has agreed."""
        self._words.learn(may_send=True)
        self.changed.emit()

    # --- following the session

    @Slot(object)
    def use_encoder(self, info: EncoderInfo) -> None:
        """Make groups with another encoder."""
        self._words.use_encoder(info)
        self._has_encoder = True
        if self._is_open:
            self._reset()
            self._words.learn()
            self._start()

    @Slot(object)
    def follow(self, change: DeskChange) -> None:
        """Begin anew when rows moved. New embeddings are only counted."""
        if not self._is_open:
            return
        if change.moved:
            self._reset()
            self._start()
        elif change.added or len(change.rows):
            self.changed.emit()

    @Slot()
    def follow_work(self, *_: object) -> None:
        """Make the first groups once all images are read. Jobs and loading of models call it at start and end."""
        if self._is_open:
            self._start()

    @property
    def state(self) -> GroupsState:
        """What is to be shown now."""
        desk, words = self._desk, self._words
        read = self._read_count()
        if not self._has_encoder:
            stage, done, total = GroupsStage.LOADING if self._is_loading() else GroupsStage.NO_MODEL, 0, 0
        elif not len(desk):
            stage, done, total = GroupsStage.NO_PICTURES, 0, 0
        elif self._problem:
            stage, done, total = GroupsStage.FAILED, 0, 0
        elif self._shown is not None:
            stage, done, total = GroupsStage.READY, 0, 0
        elif self._is_comparing:
            stage, done, total = GroupsStage.COMPARING, self._progress.done, self._progress.total
        else:
            stage = GroupsStage.READING if self._is_running() else GroupsStage.NOT_READ
            done, total = read, len(desk)
        is_busy = self._making is not None and self._shown is not None and self._making.fineness != self._shown.fineness
        new_images = max(0, read - self._read_then) if self._shown is not None else 0
        return GroupsState(
            stage,
            done,
            total,
            self._groups,
            self._various,
            is_busy,
            new_images,
            self._problem,
            words.stage,
            words.problem,
            words.missing,
            words.hosts,
        )

    def _read_count(self) -> int:
        table = self._desk.table
        return int(table.is_embedded.sum()) if table is not None else 0

    # --- neighbours

    def _start(self) -> None:
        """Begin with the first groups, unless images are still being read."""
        if not self._is_comparing and self._graph is None and not self._is_running():
            self._collect()
        self.changed.emit()

    def _collect(self) -> None:
        """Copy the embeddings part by part: the desk goes on writing to its own."""
        table, read = self._desk.table, self._read_count()
        if table is None or read < _FEWEST:
            return
        self._is_comparing, self._read_then = True, read
        self._copied = np.empty(table.vectors.shape, np.float32)
        self._copy.start()
        self.changed.emit()

    def _copy_part(self) -> None:
        table, copied = self._desk.table, self._copied
        assert table is not None
        assert copied is not None
        part = slice(self._place, min(self._place + _ROWS_AT_ONCE, len(copied)))
        copied[part] = table.vectors[part]
        self._place = part.stop
        if self._place < len(copied):
            self._copy.start()
            return
        self._copied = None
        self._connect_neighbours(copied)

    def _connect_neighbours(self, embeddings: NDArray[np.float32]) -> None:
        epoch, cancel = self._epoch, self._cancel

        def work() -> tuple[CompactVectors, NeighbourGraph]:
            vectors = CompactVectors.of(embeddings)
            report = self._compared.emit
            return vectors, connect_neighbours(
                vectors, on_progress=lambda progress: report(epoch, progress), cancel=cancel
            )

        def on_done(result: tuple[CompactVectors, NeighbourGraph]) -> None:
            if epoch == self._epoch:
                self._vectors, self._graph = result
                self._make()

        self._background.run(work, on_done, lambda problem: self._on_failed(epoch, problem))

    @Slot(int, object)
    def _on_compared(self, epoch: int, progress: FindProgress) -> None:
        if epoch == self._epoch:
            self._progress = progress
            self.changed.emit()

    def _on_failed(self, epoch: int, problem: Problem) -> None:
        if epoch == self._epoch and problem.message:
            self._problem, self._is_comparing = problem.message, False
            self.changed.emit()

    # --- groups

    @Slot()
    def _on_words_changed(self) -> None:
        if self._is_open:
            self._make()
            self.changed.emit()

    def _make(self) -> None:
        """Make the groups that are wanted now, unless they are shown. One at a time: older ones are cancelled."""
        vectors, graph, vocabulary = self._vectors, self._graph, self._words.vocabulary
        if vectors is None or graph is None:
            return
        making = _Making(self._fineness, vocabulary is not None)
        if self._making is not None:
            if self._making.fineness != making.fineness:
                self._making.cancel.set()
            return
        if self._shown is not None and _is_same(self._shown, making):
            return
        self._making = making
        epoch, known = self._epoch, self._made.get(making.fineness)

        def work() -> tuple[PictureGroups, list[tuple[str, ...]]]:
            found = known
            if found is None:
                found = make_groups(vectors, graph, making.fineness, cancel=making.cancel)
            if vocabulary is None:
                return found, [() for _ in found.groups]
            return found, propose_names(found.groups, vocabulary)

        def on_done(result: tuple[PictureGroups, list[tuple[str, ...]]]) -> None:
            if epoch == self._epoch:
                self._install(making, *result)

        def on_failed(problem: Problem) -> None:
            if epoch == self._epoch:
                self._making = None
                self._on_failed(epoch, problem)
                if not problem.message:
                    self._make()

        self._background.run(work, on_done, on_failed)

    def _install(self, making: _Making, found: PictureGroups, names: list[tuple[str, ...]]) -> None:
        self._made[making.fineness] = found
        self._making = None
        if making.fineness == self._fineness:
            self._shown, self._is_comparing = making, False
            self._various = found.various
            pairs = zip(found.groups, names, strict=True)
            self._groups = tuple(NamedGroup(group.rows, proposed) for group, proposed in pairs)
        self._make()
        self.changed.emit()


def _is_same(one: _Making, other: _Making) -> bool:
    return (one.fineness, one.has_names) == (other.fineness, other.has_names)
