"""Find duplicates among the desk's images, and which of each group to keep, in the background."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from clipdesk.core.desk.changes import DeskChange, Relocation
from clipdesk.core.desk.desk import Desk
from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.desk.kept_groups import KeptGroups, KeptIndex, kept_group
from clipdesk.core.find.duplicates import DuplicateGroup, find_duplicates
from clipdesk.core.find.keepers import DEFAULT_ORDER, KeeperFacts, KeeperRule, Proposal, propose_all, rows_to_measure
from clipdesk.core.find.looks import find_looks, measure_sharpness
from clipdesk.core.find.progress import FindProgress, OnProgress
from clipdesk.core.find.similar import measure_likeness
from clipdesk.core.find.twins import find_twins
from clipdesk.core.find.vectors import CompactVectors, Rows
from clipdesk.core.sorting.keeper_facts import keeper_facts
from clipdesk.core.store.embedding_store import EmbeddingStore
from clipdesk.core.store.thumbnail_store import ThumbnailStore
from clipdesk.gui.kit.timers import single_shot
from clipdesk.gui.session.background import Background
from clipdesk.gui.session.encoder_worker import EncoderInfo
from clipdesk.gui.session.problem import Problem

#: Embeddings copied at once on the GUI thread: 16 MB at 512 dimensions, which takes a few milliseconds.
_ROWS_AT_ONCE = 8_192


class DuplicatesStage(Enum):
    """What the person waits for, or can do."""

    NO_PICTURES = auto()
    READING = auto()
    """Images are being embedded."""
    COMPARING = auto()
    STOPPED = auto()
    """The person has cancelled the search."""
    READY = auto()
    FAILED = auto()


@dataclass(frozen=True)
class ShownGroup:
    """A group with the image to keep. `number` stays the same until the next search."""

    number: int
    proposal: Proposal


@dataclass(frozen=True)
class DuplicatesState:
    """Everything that the dialog shows.

    `search` counts the searches. `progress` is that of the stages READING (images embedded) and COMPARING. Groups of
    which only one image is left, or whose images are all to be kept, are not in `groups`. `facts` are those of their
    rows. `has_model`: without one, only exact copies are found. `new_images` have come or been embedded since.
    """

    stage: DuplicatesStage
    search: int = 0
    progress: FindProgress = field(default_factory=lambda: FindProgress("", 0, 0))
    groups: tuple[ShownGroup, ...] = ()
    facts: Mapping[int, KeeperFacts] = field(default_factory=dict)
    has_model: bool = True
    new_images: int = 0
    problem: str = ""


@dataclass(frozen=True)
class _Found:
    """What a search has found. Nobody changes it."""

    groups: tuple[DuplicateGroup, ...]
    contents: tuple[bytes, ...]
    facts: Mapping[int, KeeperFacts]


@dataclass(frozen=True)
class _Request:
    """What a search reads of the desk, as copies."""

    images: ImageList
    contents: tuple[bytes, ...]
    left_out: frozenset[Path]
    corrected: Rows
    kept: KeptGroups


class DuplicateFinder(QObject):
    """Between `begin` and `end`, keeps `state` up to date. Images are embedded meanwhile even without labels."""

    changed = Signal()  # `state`
    _progressed = Signal(int, object)  # search, FindProgress: from another thread

    def __init__(
        self,
        desk: Desk,
        background: Background,
        store: EmbeddingStore | None,
        thumbnails: ThumbnailStore | None,
        set_wanted: Callable[[bool], None],
        is_running: Callable[[], bool],
        parent: QObject,
    ) -> None:
        """`set_wanted` says whether images are to be embedded without labels, `is_running` whether a job is."""
        super().__init__(parent)
        self._desk, self._background = desk, background
        self._store, self._thumbnails = store, thumbnails
        self._set_wanted, self._is_running = set_wanted, is_running
        self._is_open = self._has_encoder = False
        self._rules: tuple[KeeperRule, ...] = DEFAULT_ORDER
        self._copy = single_shot(self, 0, self._copy_part)
        self._search = 0
        self._cancel = threading.Event()
        self._leaving: frozenset[Path] = frozenset()
        self._reset()
        self._progressed.connect(self._on_progressed)

    def _reset(self) -> None:
        """Forget the groups, and stop what is being computed."""
        self._search += 1
        self._copy.stop()
        self._cancel.set()
        self._cancel = threading.Event()
        self._request: _Request | None = None
        self._copied: NDArray[np.float32] | None = None
        self._place = 0
        self._counts_then = (0, 0)
        self._is_comparing = self._is_stopped = False
        self._progress = FindProgress("", 0, 0)
        self._found: _Found | None = None
        self._chosen: dict[int, int] = {}
        self._proposing = 0
        self._missing_then: frozenset[Path] = frozenset()
        self._groups: tuple[ShownGroup, ...] | None = None
        self._problem = ""

    # --- what the person does

    def begin(self) -> None:
        """Search, or as soon as the images are embedded."""
        self._is_open = True
        self._set_wanted(True)
        self._start()

    def end(self) -> None:
        """Stop, and release the memory."""
        self._is_open = False
        self._reset()
        self._set_wanted(False)

    def search_again(self) -> None:
        """Search among all images that are there by now. Those that have no embedding can only be exact copies."""
        self._reset()
        self._collect()

    def stop_search(self) -> None:
        """Cancel the search."""
        if self._is_comparing:
            self._reset()
            self._is_stopped = True
            self.changed.emit()

    @property
    def rules(self) -> tuple[KeeperRule, ...]:
        """What makes an image the one to keep: the first rule decides, then the next one."""
        return self._rules

    def set_rules(self, rules: Sequence[KeeperRule]) -> None:
        """Propose by these rules. What the person chose for single groups stays."""
        self._rules = tuple(rules)
        self._propose()

    def keep_row(self, number: int, row: int) -> None:
        """Keep this image of a group."""
        self._chosen[number] = row
        self._propose()

    def groups_to_keep(self, number: int) -> KeptGroups:
        """Return the groups of contents that say that all images of a group are wanted."""
        found = self._found
        shown = next((one for one in self._groups or () if one.number == number), None)
        if found is None or shown is None:
            return frozenset()
        # In a burst, another image may stand for its copies than in the next search.
        away = self._away_rows()
        as_found = [row for row in found.groups[number].rows if row not in away]
        both = (as_found, shown.proposal.group.rows)
        return frozenset().union(*(kept_group(found.contents[row] for row in rows) for rows in both))

    def expect_moves(self, paths: Iterable[Path]) -> None:
        """Leave out these images once their files are moved away, also in later searches, until the files are back."""
        self._leaving |= frozenset(paths)

    def _away_rows(self) -> frozenset[int]:
        """Return the rows of images that were moved away as duplicates, or whose files are gone."""
        rows = (self._desk.row_of(path) for path in (*self._desk.set_aside, *self._desk.missing))
        return frozenset(row for row in rows if row is not None)

    # --- following the session

    @Slot(object)
    def use_encoder(self, _: EncoderInfo) -> None:
        """Search with another encoder."""
        self._has_encoder = True
        if self._is_open:
            self._reset()
            self._start()

    @Slot(object)
    def follow(self, change: DeskChange) -> None:
        """Search anew when rows moved. New images are only counted."""
        came_back = change.relocated is not None and self._follow_files(change.relocated)
        if not self._is_open:
            return
        if change.moved or came_back:
            self._reset()
            self._start()
        elif change.relocated is not None or change.kept_groups is not None or self._has_lost_files():
            self._propose()
        elif change.added or len(change.rows):
            self._start()

    def _has_lost_files(self) -> bool:
        """Return whether files went or came back since the last proposal."""
        return self._found is not None and self._desk.missing != self._missing_then

    def _follow_files(self, relocation: Relocation) -> bool:
        """Follow files that were moved. Return whether any is back that the last search has left out."""
        facts = dict(self._found.facts) if self._found is not None else {}
        came_back, set_aside = False, dict(self._desk.set_aside)
        for place, row in enumerate(relocation.rows.tolist()):
            before, after = relocation.before.path(place), relocation.after.path(place)
            home = set_aside.pop(before, before if before in self._leaving else None)
            if home is not None and home != after:
                set_aside[after] = home
            came_back |= home == after and row not in facts
            if row in facts:
                facts[row] = replace(facts[row], path=after)
        self._desk.set_aside = set_aside
        if self._found is not None:
            self._found = replace(self._found, facts=facts)
        return came_back

    @Slot()
    def follow_job(self, *_: object) -> None:
        """Begin the first search once all images are read."""
        if self._is_open:
            self._start()

    @property
    def state(self) -> DuplicatesState:
        """What is to be shown now."""
        progress, new_images = self._progress, 0
        if not len(self._desk):
            stage = DuplicatesStage.NO_PICTURES
        elif self._problem:
            stage = DuplicatesStage.FAILED
        elif self._groups is not None:
            stage = DuplicatesStage.READY
            new_images = max(now - then for now, then in zip(self._counts(), self._counts_then, strict=True))
        elif self._is_stopped:
            stage = DuplicatesStage.STOPPED
        elif self._is_comparing or not self._is_running():
            stage = DuplicatesStage.COMPARING
        else:
            stage = DuplicatesStage.READING
            progress = FindProgress("", self._counts()[1], len(self._desk))
        facts = self._found.facts if self._found is not None else {}
        groups = self._groups or ()
        return DuplicatesState(
            stage, self._search, progress, groups, facts, self._has_encoder, max(0, new_images), self._problem
        )

    def _counts(self) -> tuple[int, int]:
        """Return how many images there are, and how many of them have an embedding."""
        table = self._desk.table
        return len(self._desk), int(table.is_embedded.sum()) if table is not None else 0

    # --- the search

    def _start(self) -> None:
        """Begin the first search, unless images are still being read."""
        is_new = not self._is_comparing and not self._is_stopped and self._found is None and not self._problem
        if is_new and not self._is_running():
            self._collect()
        self.changed.emit()

    def _collect(self) -> None:
        """Copy what the search reads. Embeddings part by part: the desk goes on writing to its own."""
        desk = self._desk
        if not len(desk):
            self.changed.emit()
            return
        self._is_comparing, self._counts_then = True, self._counts()
        rows = np.arange(len(desk))
        self._request = _Request(
            desk.images.copy(),
            desk.contents(rows),
            desk.missing.union(desk.set_aside),
            desk.corrections[0],
            desk.kept_groups,
        )
        if desk.table is None or not desk.table.is_embedded.any():
            self._compare(None)
        else:
            self._copied = np.empty_like(desk.table.all_vectors())
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
        self._compare(copied)

    def _compare(self, embeddings: NDArray[np.float32] | None) -> None:
        request, search = self._request, self._search
        assert request is not None
        report = self._progressed.emit
        work = partial(
            _find,
            request,
            embeddings,
            self._store,
            self._thumbnails,
            lambda progress: report(search, progress),
            self._cancel,
        )
        self._request = None

        def on_done(found: _Found) -> None:
            if search == self._search:
                self._found = found
                self._propose()

        self._background.run(work, on_done, partial(self._on_failed, search))

    @Slot(int, object)
    def _on_progressed(self, search: int, progress: FindProgress) -> None:
        if search == self._search:
            self._progress = progress
            self.changed.emit()

    def _on_failed(self, search: int, problem: Problem) -> None:
        if search == self._search and problem.message:
            self._problem, self._is_comparing = problem.message, False
            self.changed.emit()

    # --- what to keep

    def _propose(self) -> None:
        """Propose what to keep of each group. An older proposal that is still being computed is dropped."""
        found, search = self._found, self._search
        if found is None:
            return
        self._proposing += 1
        self._missing_then = self._desk.missing
        number = self._proposing
        work = partial(_proposed, found, self._away_rows(), self._desk.kept_groups, dict(self._chosen), self._rules)

        def on_done(groups: tuple[ShownGroup, ...]) -> None:
            if (search, number) == (self._search, self._proposing):
                self._groups, self._is_comparing = groups, False
                self.changed.emit()

        self._background.run(work, on_done, partial(self._on_failed, search))


def _find(
    request: _Request,
    embeddings: NDArray[np.float32] | None,
    store: EmbeddingStore | None,
    thumbnails: ThumbnailStore | None,
    on_progress: OnProgress,
    cancel: threading.Event,
) -> _Found:
    images = list(request.images)
    vectors = None if embeddings is None else CompactVectors.of(embeddings)
    looks = find_looks(
        images, request.contents, store=store, thumbnails=thumbnails, on_progress=on_progress, cancel=cancel
    )
    looks = looks.without([image.path in request.left_out for image in images])
    likeness = None if vectors is None else measure_likeness(vectors, looks)
    groups = find_duplicates(
        looks,
        vectors,
        likeness,
        kept=request.kept,
        twins=find_twins(images),
        on_progress=on_progress,
        cancel=cancel,
    )
    rows = rows_to_measure(groups)
    looks = measure_sharpness(looks, rows, images, store=store, on_progress=on_progress, cancel=cancel)
    corrected = {images[row].path for row in request.corrected.tolist()}
    facts = keeper_facts(images, looks, sorted({row for group in groups for row in group.rows}), corrected)
    return _Found(tuple(groups), looks.contents, facts)


def _proposed(
    found: _Found,
    away: frozenset[int],
    kept: KeptGroups,
    chosen: Mapping[int, int],
    rules: Sequence[KeeperRule],
) -> tuple[ShownGroup, ...]:
    """Return the groups that are left without the rows `away`, with what to keep."""
    numbers, groups, index = [], [], KeptIndex(kept)
    for number, group in enumerate(found.groups):
        rows = tuple(row for row in group.rows if row not in away)
        if len(rows) > 1 and not index.are_all_kept([found.contents[row] for row in rows]):
            numbers.append(number)
            groups.append(replace(group, rows=rows, hub=group.hub if group.hub in rows else rows[0]))
    by_place = {place: chosen[number] for place, number in enumerate(numbers) if number in chosen}
    proposals = propose_all(groups, found.facts, rules, by_place)
    return tuple(
        ShownGroup(number, proposal)
        for number, proposal in zip(numbers, proposals, strict=True)
        if len(proposal.group.rows) > 1
    )
