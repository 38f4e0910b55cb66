"""Find what each of several wordings would label: their prompts are encoded, the rest is computed in the background."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from clipdesk.core.compare.hint import between_group_scatter
from clipdesk.core.compare.wordings import Labels, label_by_each
from clipdesk.core.desk.changes import DeskChange
from clipdesk.core.desk.comparison import Wording
from clipdesk.core.desk.desk import Desk
from clipdesk.core.encoder import Encoder
from clipdesk.core.labels.label_set import NO_LABEL, LabelId, LabelSet
from clipdesk.core.labels.prompts import Prompt, distinct_prompts, label_prompts
from clipdesk.core.labels.scoring import have_references, label_vectors
from clipdesk.core.labels.word_scale import Mask
from clipdesk.core.line.prompts import PromptVectors
from clipdesk.core.store.embedding_store import EmbeddingStore
from clipdesk.gui.kit.timers import single_shot
from clipdesk.gui.session.background import Background
from clipdesk.gui.session.encoder_worker import EncoderInfo
from clipdesk.gui.session.label_scorer import LabelScorer
from clipdesk.gui.session.other_models import FloatArray, OtherModel, find_stored_models, prompt_vectors, stored_images
from clipdesk.gui.session.problem import Problem

#: While images are being embedded, results follow at most this often.
_FOLLOW_MS = 1000


@dataclass(frozen=True)
class WordingResult:
    """What a wording labels: `labels` (n,) are indices of the label set, -1 for images without an embedding.

    `scatter` is `between_group_scatter` of these groups, which can be compared among wordings of one model only.
    """

    labels: Labels
    scatter: float = math.nan


@dataclass
class _Other:
    """Another model with its embeddings, once they are read, and the vectors of prompts."""

    model: OtherModel
    images: FloatArray | None
    vectors: dict[Prompt, FloatArray]


class WordingScorer(QObject):
    """Scores wordings of one label. `begin` chooses the label, `want` the wordings; `results` fill up.

    A wording that cannot be scored has a sentence in `problems`. Results follow the desk while images come and go.
    """

    results_changed = Signal()
    models_found = Signal()  # `models` has become longer

    def __init__(
        self,
        desk: Desk,
        background: Background,
        scorer: LabelScorer,
        load: Callable[..., Encoder],
        store: EmbeddingStore | None,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.results: dict[Wording, WordingResult] = {}
        self.problems: dict[Wording, str] = {}
        self.models: list[OtherModel] = []
        """Models besides the one in use that have embeddings of the desk's images."""
        self.cut_texts: set[str] = set()
        """Texts of which the model in use reads only the beginning."""
        self._desk, self._background, self._scorer, self._load, self._store = desk, background, scorer, load, store
        self._label: LabelId = NO_LABEL
        self._label_set = LabelSet()
        self._wanted: tuple[Wording, ...] = ()
        self._encoder: EncoderInfo | None = None
        self._seen: dict[str, OtherModel] = {}  # encoders in use since the start, by identity key
        self._others: dict[str, _Other] = {}
        self._device = "auto"
        self._requested: set[Prompt] = set()
        self._unreadable: set[Prompt] = set()
        self._computing: set[Wording] = set()
        self._reading: set[Wording] = set()
        self._epoch = 0
        self._cancel = threading.Event()
        self._follow = single_shot(self, _FOLLOW_MS, self._refresh)
        scorer.wordings_answered.connect(self._on_answered)

    # --- what is compared

    @property
    def label_set(self) -> LabelSet:
        """The labels that the indices in results point into."""
        return self._label_set

    @property
    def is_busy(self) -> bool:
        """Whether wanted wordings have neither a result nor a problem yet."""
        return any(one not in self.results and one not in self.problems for one in self._wanted)

    def begin(self, label: LabelId) -> None:
        """Compare wordings of this label, among the desk's labels as they are now."""
        self._reset()
        self._label, self._label_set, self._wanted = label, self._desk.label_set, ()
        self._unreadable.clear()

    def want(self, wordings: Iterable[Wording]) -> None:
        """Score these wordings as soon as their prompts have vectors."""
        self._wanted = tuple(wordings)
        self._update()

    def end(self) -> None:
        """Compare nothing more, and release the memory."""
        self._reset()
        self._wanted = ()
        self._others.clear()
        self._cancel.set()
        self._cancel = threading.Event()

    # --- following the desk

    @Slot(object)
    def use_encoder(self, info: EncoderInfo) -> None:
        """Note which encoder is in use. Wordings without an encoder of their own follow."""
        changed = self._encoder is None or self._encoder.identity.key != info.identity.key
        self._encoder = info
        self._seen[info.identity.key] = OtherModel(info.model, info.identity, info.dimension, not info.identity.server)
        if changed and self._wanted:
            self._reset()
            self._update()

    @Slot(object)
    def follow(self, change: DeskChange) -> None:
        """Score again after images came, went or changed."""
        if not self._wanted:
            return
        if change.moved or change.renewed:
            self._others.clear()
            self._reset()
            self._update()
        elif change.added:
            self._grow()
        elif len(change.rows) and change.corrected is None and not self._follow.isActive():
            self._follow.start()

    def _grow(self) -> None:
        """Give images that were added no label yet."""
        rows = len(self._desk)
        self.results = {one: _grown(result, rows) for one, result in self.results.items()}
        for other in self._others.values():
            other.images = None  # the store may have the new images, too
        self.results_changed.emit()

    def _refresh(self) -> None:
        """Score again with the embeddings that have come since, and show the old results meanwhile."""
        if self._wanted and not self._computing:
            self._compute([one for one in self._wanted if one in self.results])

    def _reset(self) -> None:
        self._epoch += 1
        self._follow.stop()
        self.results.clear()
        self.problems.clear()
        self._requested.clear()
        self._computing.clear()
        self._reading.clear()

    # --- models

    def find_models(self, names: Sequence[str], device: str) -> None:
        """Look for models with embeddings of these images: those used since the start, and stored ones of `names`."""
        self._device = device
        current = self._encoder.identity.key if self._encoder is not None else ""
        self.models = [
            model
            for key, model in self._seen.items()
            if key != current and (table := self._desk.table_of(key)) is not None and table.is_embedded.any()
        ]
        self.models_found.emit()
        if self._store is None:
            return
        store, images = self._store, self._desk.images.copy()

        def on_found(found: list[OtherModel]) -> None:
            known = {model.identity.key for model in self.models} | {current}
            self.models += [model for model in found if model.identity.key not in known]
            self.models_found.emit()

        self._background.run(lambda: find_stored_models(names, device, store, images), on_found)

    def _other(self, wording: Wording) -> _Other | None:
        """Return the other model of a wording, or None if it is not among `models`."""
        if wording.encoder in self._others:
            return self._others[wording.encoder]
        known = {model.identity.key: model for model in self.models} | self._seen
        model = known.get(wording.encoder)
        if model is None:
            return None
        vectors = dict(self._scorer.known_vectors(wording.encoder))
        other = self._others[wording.encoder] = _Other(model, None, vectors)
        return other

    # --- prompts

    def _prompts(self, wording: Wording) -> list[list[Prompt]]:
        of_labels = label_prompts(wording.label_set(self._label_set, self._label))
        return [[prompt for prompt in prompts if prompt not in self._unreadable] for prompts in of_labels]

    def _is_current(self, wording: Wording) -> bool:
        return self._encoder is not None and wording.encoder in ("", self._encoder.identity.key)

    def _update(self) -> None:
        """Request what is missing, and compute what can be computed."""
        if self._encoder is None:
            return
        ready: list[Wording] = []
        known = self._scorer.known_vectors(self._encoder.identity.key)
        missing: dict[Prompt, None] = {}
        for wording in self._wanted:
            if wording in self.results or wording in self.problems or wording in self._computing:
                continue
            prompts = self._prompts(wording)
            if not all(prompts):
                self._fail(wording, self.tr("A label has no prompt that can be read."))
            elif not self._is_current(wording):
                self._prepare_other(wording, ready)
            elif lacking := [prompt for prompt in distinct_prompts(prompts) if prompt not in known]:
                missing |= dict.fromkeys(lacking)
            else:
                ready.append(wording)
        if new := [prompt for prompt in missing if prompt not in self._requested]:
            self._requested.update(new)
            self._scorer.request_wordings(new)
        self._compute(ready)

    @Slot(object)
    def _on_answered(self, answer: PromptVectors) -> None:
        request = answer.request
        if self._encoder is None or request.identity_key != self._encoder.identity.key:
            return
        self._requested.difference_update(request.prompts)
        self._unreadable |= answer.problems.keys()
        self.cut_texts.update(answer.cut_texts)
        unanswered = {one for one in request.prompts if one not in answer.vectors and one not in answer.problems}
        for wording in self._wanted if unanswered else ():
            if self._is_current(wording) and not unanswered.isdisjoint(distinct_prompts(self._prompts(wording))):
                self._fail(
                    wording,
                    self.tr("These words have not been sent to the server yet. Start labelling to allow that.")
                    if request.only_recall
                    else self.tr("The model did not answer. Try again."),
                )
        for wording in self._wanted if answer.problems else ():
            if self._is_current(wording) and not all(self._prompts(wording)):
                self._fail(wording, next(iter(answer.problems.values())))
        self._update()

    def _fail(self, wording: Wording, sentence: str) -> None:
        self.problems[wording] = sentence
        self.results_changed.emit()

    def _prepare_other(self, wording: Wording, ready: list[Wording]) -> None:
        """Read embeddings and prompts under another model in the background, or add the wording to `ready`."""
        other = self._other(wording)
        if other is None:
            self._fail(wording, self.tr("This model has no scores of these pictures. Choose it once, then compare."))
            return
        prompts = distinct_prompts(self._prompts(wording))
        missing = [prompt for prompt in prompts if prompt not in other.vectors]
        table = self._desk.table_of(wording.encoder)
        if not missing and (table is not None or other.images is not None):
            ready.append(wording)
            return
        if wording in self._reading:
            return
        self._reading.add(wording)
        store, images, cancel, epoch = self._store, self._desk.images.copy(), self._cancel, self._epoch
        model, reads = other.model, table is None and other.images is None
        load, device = self._load, self._device

        def work() -> tuple[dict[Prompt, FloatArray], FloatArray | None]:
            vectors = prompt_vectors(model, missing, store, load, device, cancel)
            return vectors, stored_images(model, store, images, cancel) if reads and store is not None else None

        def on_done(found: tuple[dict[Prompt, FloatArray], FloatArray | None]) -> None:
            if epoch == self._epoch:
                self._reading.discard(wording)
                other.vectors.update(found[0])
                other.images = other.images if found[1] is None else found[1]
                self._update()

        def on_failed(problem: Problem) -> None:
            if epoch == self._epoch:
                self._fail(wording, problem.message)

        self._background.run(work, on_done, on_failed)

    # --- computing

    def _compute(self, wordings: Sequence[Wording]) -> None:
        """Label all images by these wordings in the background, one task for each model."""
        by_encoder: dict[str, list[Wording]] = {}
        for wording in wordings:
            by_encoder.setdefault("" if self._is_current(wording) else wording.encoder, []).append(wording)
        for key, group in by_encoder.items():
            table = self._desk.table if not key else self._desk.table_of(key)
            images = table.all_vectors() if table is not None else self._others[key].images if key else None
            if images is None:
                continue
            vectors: Mapping[Prompt, FloatArray] = (
                self._others[key].vectors if key else self._scorer.known_vectors(self._current_key)
            )
            prompts = [self._prompts(wording) for wording in group]
            sides = [label_vectors(of_labels, vectors) for of_labels in prompts]
            masks = [have_references(of_labels) for of_labels in prompts]
            self._computing.update(group)
            stamp = (self._epoch, self._desk.generation, self._desk.renewals)
            self._background.run(
                partial(_label_all, images, sides, masks),
                partial(self._on_computed, stamp, group),
                partial(self._on_failed, stamp, group),
            )

    @property
    def _current_key(self) -> str:
        return self._encoder.identity.key if self._encoder is not None else ""

    def _on_computed(
        self, stamp: tuple[int, int, int], wordings: Sequence[Wording], found: Sequence[WordingResult]
    ) -> None:
        if stamp[0] != self._epoch:
            return
        self._computing.difference_update(wordings)
        if stamp != (self._epoch, self._desk.generation, self._desk.renewals):
            self._update()
            return
        # Images that were added meanwhile have no label yet; `follow` scores them as soon as they are embedded.
        rows = len(self._desk)
        self.results |= {one: _grown(result, rows) for one, result in zip(wordings, found, strict=True)}
        self.results_changed.emit()

    def _on_failed(self, stamp: tuple[int, int, int], wordings: Sequence[Wording], problem: Problem) -> None:
        if stamp[0] == self._epoch:
            self._computing.difference_update(wordings)
            for wording in wordings:
                self._fail(wording, problem.message)


def _label_all(images: FloatArray, sides: Sequence[FloatArray], references: Sequence[Mask]) -> list[WordingResult]:
    found = label_by_each(images, sides, references)
    return [
        WordingResult(labels, between_group_scatter(images, labels, len(side)))
        for labels, side in zip(found, sides, strict=True)
    ]


def _grown(result: WordingResult, rows: int) -> WordingResult:
    missing = rows - len(result.labels)
    if missing <= 0:
        return result
    return WordingResult(np.append(result.labels, np.full(missing, -1, np.int32)), result.scatter)
