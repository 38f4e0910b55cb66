"""From labels to scores: prompts are encoded once, then arithmetic on stored vectors."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from clipdesk.core.desk.desk import Desk, prompt_keys
from clipdesk.core.labels.scoring import Scores, label_vectors, score, score_changed
from clipdesk.gui.session.background import Background
from clipdesk.gui.session.encoder_worker import PromptRequest, PromptVectors

#: Up to this many scores (pictures × labels) a change of labels is computed at once: a few milliseconds.
_SCORES_AT_ONCE = 100_000


class LabelScorer(QObject):
    """Has the prompts of the desk's labels encoded, keeps their vectors, and scores the desk with them."""

    desk_changed = Signal(object)  # DeskChange: there are new scores
    prompts_cut = Signal(tuple)  # texts that the model does not read to the end
    prompts_failed = Signal(dict)  # prompt key → sentence
    consent_needed = Signal()  # prompts would have to be sent, and are not kept

    def __init__(
        self,
        desk: Desk,
        background: Background,
        request_prompts: Callable[[PromptRequest], None],
        *,
        has_store: bool,
        parent: QObject,
    ) -> None:
        """`request_prompts` brings a request to the encoder; its answer goes to `take`."""
        super().__init__(parent)
        self._desk = desk
        self._background = background
        self._request_prompts = request_prompts
        self._has_store = has_store
        self._identity_key = ""
        self._vectors: dict[str, dict[str, NDArray[np.float32]]] = {}  # identity key → prompt key → vector
        self._asked: set[str] = set()
        self._unreadable: set[str] = set()
        self._looked_up: dict[str, bool] = {}  # prompt key → whether the store has answered
        self._serial = 0
        self._scored_vectors: NDArray[np.float32] | None = None  # the labels' that the desk's scores are of

    def use_encoder(self, identity_key: str) -> None:
        """The desk has another encoder: its prompts are its own."""
        self._identity_key = identity_key
        self._vectors.setdefault(identity_key, {})
        self._looked_up.clear()
        self._serial += 1
        self._scored_vectors = None
        self.try_again()

    def try_again(self) -> None:
        """Ask once more for prompts that got no answer, or could not be read."""
        self._asked.clear()
        self._unreadable.clear()

    def update(self, *, may_send: bool) -> None:
        """Score with the vectors that are known; have the others encoded first.

        Without `may_send` they are only looked up in the store.
        """
        keys = [
            [key for key in of_label if key not in self._unreadable] for of_label in prompt_keys(self._desk.label_set)
        ]
        known = self._vectors[self._identity_key]
        missing = {key for of_label in keys for key in of_label if key not in known}
        if new := missing - self._asked:
            self._ask(new, may_send=may_send)
        # A label of which nothing can be read has no vector: its problem was reported, the old scores stay.
        if not missing and all(keys):
            self._score(label_vectors(keys, known))

    def take(self, answer: PromptVectors) -> None:
        """Keep what was encoded. `update` comes next."""
        request = answer.request
        self._vectors.setdefault(request.identity_key, {}).update(answer.vectors)
        if request.only_recall and request.identity_key == self._identity_key:
            self._looked_up |= dict.fromkeys(request.keys, True)
        self.prompts_cut.emit(answer.cut_texts)
        if answer.problems:
            self._unreadable |= answer.problems.keys()
            self.prompts_failed.emit(answer.problems)

    def _ask(self, keys: set[str], *, may_send: bool) -> None:
        """Have prompts encoded. Those that would be sent are looked up in the store before anybody is asked."""
        if may_send:
            self._asked |= keys
            self._request_prompts(PromptRequest(self._identity_key, tuple(sorted(keys))))
        elif self._has_store and (new := keys - self._looked_up.keys()):
            self._looked_up |= dict.fromkeys(new, False)
            self._request_prompts(PromptRequest(self._identity_key, tuple(sorted(new)), only_recall=True))
        elif len(self._desk) and (not self._has_store or all(self._looked_up[key] for key in keys)):
            self.consent_needed.emit()

    def _score(self, vectors: NDArray[np.float32]) -> None:
        labels = self._desk.label_set.labels
        self._serial += 1
        if len(self._desk) * len(labels) <= _SCORES_AT_ONCE:
            self._scored_vectors = vectors
            self.desk_changed.emit(self._desk.set_labels(labels, vectors))
            return
        serial, generation = self._serial, self._desk.generation
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
                return score(images, vectors, rule)
            return score_changed(images, vectors, rule, before, vectors_before)

        def install(scores: Scores) -> None:
            if serial != self._serial:
                return
            if generation != self._desk.generation:
                self._score(vectors)
                return
            self._scored_vectors = vectors
            self.desk_changed.emit(self._desk.install(labels, vectors, scores))

        self._background.run(work, install)
