"""Score the desk: have each prompt encoded once, then compute with the vectors."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from clipdesk.core.desk.desk import Desk
from clipdesk.core.labels.label_set import Label
from clipdesk.core.labels.prompts import Prompt, distinct_prompts, label_prompts
from clipdesk.core.labels.scoring import Scores, have_references, label_vectors, score, score_changed
from clipdesk.core.labels.word_scale import Mask
from clipdesk.core.line.prompts import PromptRequest, PromptVectors
from clipdesk.gui.session.background import Background

#: Up to this many scores (images × labels) are computed on the GUI thread, which takes a few milliseconds.
_SCORES_AT_ONCE = 100_000
#: During a job, the scale of labels with reference images is measured again once this share of the images is new. With
#: a quarter, ranking all images again and again adds up to about five times ranking them once.
_SCALE_LAG = 0.25


class LabelScorer(QObject):
    """Has the prompts of the desk's labels encoded, keeps their vectors, and scores the desk with them."""

    desk_changed = Signal(object)  # DeskChange: there are new scores
    prompts_cut = Signal(tuple)  # texts longer than the model reads
    prompts_failed = Signal(object)  # dict[Prompt, str]: a sentence for each
    prompts_answered = Signal()
    consent_needed = Signal()  # prompts would have to be sent, and are not in the store
    wordings_answered = Signal(object)  # PromptVectors: the answer to `request_wordings`

    def __init__(
        self,
        desk: Desk,
        background: Background,
        request_prompts: Callable[[PromptRequest], None],
        *,
        may_send: Callable[[], bool],
        is_running: Callable[[], bool],
        has_store: bool,
        parent: QObject,
    ) -> None:
        """`request_prompts` hands a request to the encoder; its answer goes to `take`.

        While `may_send` returns False, missing prompts are only looked up in the store. `is_running` says whether more
        images are being embedded.
        """
        super().__init__(parent)
        self._desk = desk
        self._background = background
        self._request_prompts = request_prompts
        self._may_send = may_send
        self._is_running = is_running
        self._has_store = has_store
        self._identity_key = ""
        self._vectors: dict[str, dict[Prompt, NDArray[np.float32]]] = {}  # by identity key
        self._requested: set[Prompt] = set()
        self._unreadable: set[Prompt] = set()
        self._looked_up: dict[Prompt, bool] = {}  # whether the store has answered
        self._serial = 0
        self._computing = 0  # the serial of the scores that were last handed to the background
        # The label vectors behind the desk's current scores, and which of them stem from images too.
        self._scored_vectors: NDArray[np.float32] | None = None
        self._scored_references: Mask = np.zeros(0, np.bool_)

    def use_encoder(self, identity_key: str) -> None:
        """Switch to the prompt vectors of another encoder."""
        self._identity_key = identity_key
        self._vectors.setdefault(identity_key, {})
        self._looked_up.clear()
        self._serial += 1
        self._scored_vectors = None
        self.try_again()

    def try_again(self) -> None:
        """Request prompts once more that got no answer or could not be read."""
        self._requested.clear()
        self._unreadable.clear()

    @Slot()
    def update(self) -> None:
        """Score the desk if all its prompts have vectors; request those that are missing."""
        is_missing = self.request_missing()
        prompts = self._readable_prompts()
        # A label without any readable prompt has no vector: its problem was reported, and the old scores stay.
        if self._identity_key and not is_missing and all(prompts):
            vectors = label_vectors(prompts, self._vectors[self._identity_key])
            self._score(self._desk.label_set.labels, vectors, have_references(prompts))

    @Slot()
    def rescale(self) -> None:
        """Put labels with reference images on the scale of the current images, if that has moved enough.

        At rest any move is enough, so that the answers depend only on the images and labels on the desk.
        """
        lag, vectors = self._desk.scale_lag, self._scored_vectors
        if not lag or vectors is None or self._computing == self._serial or (self._is_running() and lag < _SCALE_LAG):
            return
        if len(self._desk) * len(vectors) <= _SCORES_AT_ONCE:
            self.desk_changed.emit(self._desk.rescale())
        else:
            self._score(self._desk.scored, vectors, self._scored_references)

    def request_missing(self) -> bool:
        """Request the prompts that have no vector yet. Return whether there are any."""
        if not self._identity_key:
            return False  # no encoder yet
        known = self._vectors[self._identity_key]
        missing = [prompt for prompt in distinct_prompts(self._readable_prompts()) if prompt not in known]
        if new := [prompt for prompt in missing if prompt not in self._requested]:
            self._request(new)
        return bool(missing)

    def known_vectors(self, identity_key: str) -> Mapping[Prompt, NDArray[np.float32]]:
        """Return the vectors of all prompts that were encoded with this encoder since the start."""
        return self._vectors.get(identity_key, {})

    def request_wordings(self, prompts: Sequence[Prompt], *, only_recall: bool | None = None) -> None:
        """Request prompts that the labels do not have; `wordings_answered` follows unless the encoder changes.

        Nothing is sent without consent: then only prompts in the store are answered. Callers that have asked for
        consent themselves pass `only_recall`.
        """
        if only_recall is None:
            only_recall = not self._may_send()
        self._request_prompts(
            PromptRequest(self._identity_key, tuple(prompts), only_recall=only_recall, is_for_labels=False)
        )

    def _readable_prompts(self) -> list[list[Prompt]]:
        return [
            [prompt for prompt in of_label if prompt not in self._unreadable]
            for of_label in label_prompts(self._desk.label_set)
        ]

    @Slot(object)
    def take(self, answer: PromptVectors) -> None:
        """Keep the vectors of an answer, and update the scores."""
        request = answer.request
        self._vectors.setdefault(request.identity_key, {}).update(answer.vectors)
        if not request.is_for_labels:
            self.wordings_answered.emit(answer)
            return
        if request.only_recall and request.identity_key == self._identity_key:
            self._looked_up |= dict.fromkeys(request.prompts, True)
        self.prompts_cut.emit(answer.cut_texts)
        if answer.problems:
            self._unreadable |= answer.problems.keys()
            self.prompts_failed.emit(answer.problems)
        self.update()
        self.prompts_answered.emit()

    def _request(self, prompts: list[Prompt]) -> None:
        """Request prompts, or look them up in the store, or report that consent is needed to send them."""
        if self._may_send():
            self._requested.update(prompts)
            self._request_prompts(PromptRequest(self._identity_key, tuple(prompts)))
        elif self._has_store and (new := [prompt for prompt in prompts if prompt not in self._looked_up]):
            self._looked_up |= dict.fromkeys(new, False)
            self._request_prompts(PromptRequest(self._identity_key, tuple(new), only_recall=True))
        elif len(self._desk) and (not self._has_store or all(self._looked_up[prompt] for prompt in prompts)):
            self.consent_needed.emit()

    def _score(self, labels: Sequence[Label], vectors: NDArray[np.float32], references: Mask) -> None:
        self._serial += 1
        if len(self._desk) * len(labels) <= _SCORES_AT_ONCE:
            self._scored_vectors, self._scored_references = vectors, references
            self.desk_changed.emit(self._desk.set_labels(labels, vectors, references))
            return
        self._computing = self._serial
        serial, rows_then = self._serial, (self._desk.generation, self._desk.renewals)
        table, rule, before, vectors_before = (
            self._desk.table,
            self._desk.rule,
            self._desk.scores,
            self._scored_vectors,
        )
        assert table is not None
        images = table.vectors

        def work() -> Scores:
            if vectors_before is None:
                return score(images, vectors, rule, references)
            return score_changed(images, vectors, rule, before, vectors_before, references)

        def install(scores: Scores) -> None:
            if serial != self._serial:
                return
            if rows_then != (self._desk.generation, self._desk.renewals):
                self._score(labels, vectors, references)
                return
            self._computing = 0
            self._scored_vectors, self._scored_references = vectors, references
            self.desk_changed.emit(self._desk.install(labels, vectors, scores))

        self._background.run(work, install)
