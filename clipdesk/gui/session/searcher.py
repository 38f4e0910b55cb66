"""Search the desk by words and pictures: terms are encoded, and all images are ranked in the background."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from clipdesk.core.desk.changes import DeskChange
from clipdesk.core.desk.desk import Desk
from clipdesk.core.find.query import Term, term_prompts
from clipdesk.core.find.ranking import Ranking, rank_by_likeness, rank_by_terms
from clipdesk.core.find.similar import Likeness, measure_likeness
from clipdesk.core.labels.prompts import ImagePrompt, Prompt, distinct_prompts
from clipdesk.core.labels.scoring import label_vectors
from clipdesk.core.line.prompts import PromptVectors
from clipdesk.gui.kit.timers import single_shot
from clipdesk.gui.session.background import Background
from clipdesk.gui.session.encoder_worker import EncoderInfo
from clipdesk.gui.session.label_scorer import LabelScorer
from clipdesk.gui.session.problem import Problem

FloatArray = NDArray[np.float32]

#: While images are being embedded, the ranking follows at most this often.
_FOLLOW_MS = 1000
_Stamp = tuple[int, int, int]


@dataclass(frozen=True)
class Query:
    """What to search for. Without terms, nothing is searched for.

    With `least_alike` (0…1), images are searched for that are similar to the terms, which are images, and more so than
    this share of random pairs. None ranks by how well all terms fit.
    """

    terms: tuple[Term, ...] = ()
    least_alike: float | None = None


class Searcher(QObject):
    """Ranks the images of the desk by a query. The ranking follows the desk while images come and go.

    `begin` has images embedded that are not yet, even if there are no labels.
    """

    changed = Signal()  # ranking, problem or is_busy

    def __init__(
        self,
        desk: Desk,
        background: Background,
        scorer: LabelScorer,
        want_embeddings: Callable[[bool], None],
        parent: QObject,
    ) -> None:
        """`want_embeddings` is told whether images are wanted that no label asks for."""
        super().__init__(parent)
        self.ranking: Ranking | None = None
        """What was found; None while nothing is searched for."""
        self.problem = ""
        """Why the query has no answer, in one sentence."""
        self.is_open = False
        self._desk, self._background, self._scorer = desk, background, scorer
        self._want_embeddings = want_embeddings
        self._query = Query()
        self._encoder: EncoderInfo | None = None
        self._requested: set[Prompt] = set()
        self._computing: Query | None = None
        self._likeness: tuple[_Stamp, int, Likeness] | None = None
        self._epoch = 0
        self._cancel = threading.Event()
        self._follow = single_shot(self, _FOLLOW_MS, self._update)
        scorer.wordings_answered.connect(self._on_answered)

    @property
    def query(self) -> Query:
        return self._query

    @property
    def is_busy(self) -> bool:
        """Whether the answer to the query is still to come."""
        is_answered = self.ranking is not None and self.ranking.terms == self._query.terms
        return bool(self._query.terms) and not self.problem and not is_answered

    # --- what is searched for

    def begin(self) -> None:
        """Search from now on."""
        self.is_open = True
        self._want_embeddings(True)

    def want(self, query: Query) -> None:
        """Search for this. The results of the query before stay until it is answered."""
        if query != self._query:
            self._stop()
            self._query, self.problem = query, ""
            self._update()
            self.changed.emit()

    def end(self) -> None:
        """Search for nothing any more."""
        self._stop()
        self.is_open = False
        self._query, self.problem, self.ranking, self._likeness = Query(), "", None, None
        self._want_embeddings(False)
        self.changed.emit()

    def _stop(self) -> None:
        """Drop what is being computed."""
        self._epoch += 1
        self._cancel.set()
        self._cancel = threading.Event()
        self._computing = None
        self._follow.stop()
        self._requested.clear()

    # --- following the desk

    @Slot(object)
    def use_encoder(self, info: EncoderInfo) -> None:
        """Search with this encoder from now on."""
        changed = self._encoder is None or self._encoder.identity.key != info.identity.key
        self._encoder = info
        if changed and self._query.terms:
            self._stop()
            self.problem = ""
            self._update()

    @Slot(object)
    def follow(self, change: DeskChange) -> None:
        """Search again after images came, went or changed."""
        if not self._query.terms:
            return
        if change.moved and self.ranking is not None and change.new_rows is not None:
            self.ranking = self.ranking.moved(change.new_rows, len(self._desk))
        if change.moved or change.renewed:
            self._stop()
            self._update()
        elif len(change.rows) and change.corrected is None and not self._follow.isActive():
            self._follow.start()

    # --- terms

    def _own_vectors(self, prompts: Sequence[Prompt]) -> dict[Prompt, FloatArray]:
        """Return the vectors of those prompts that are images of the desk, which need not be encoded."""
        desk, own = self._desk, dict[Prompt, FloatArray]()
        for prompt in prompts:
            row = desk.row_of(prompt.path) if isinstance(prompt, ImagePrompt) else None
            if row is not None and desk.table is not None and desk.is_embedded(row):
                own[prompt] = desk.table.vectors[row].copy()
        return own

    def _update(self) -> None:
        """Have the terms encoded that have no vector, or compute."""
        if not self._query.terms:
            self.ranking = None
            return
        if self._encoder is None or self._desk.table is None:
            return
        of_terms = term_prompts(self._query.terms)
        prompts = distinct_prompts(of_terms)
        vectors = {**self._scorer.known_vectors(self._encoder.identity.key), **self._own_vectors(prompts)}
        missing = [prompt for prompt in prompts if prompt not in vectors]
        if not missing:
            self._compute(label_vectors(of_terms, vectors))
        elif new := [prompt for prompt in missing if prompt not in self._requested]:
            self._requested.update(new)
            self._scorer.request_wordings(new)

    @Slot(object)
    def _on_answered(self, answer: PromptVectors) -> None:
        request = answer.request
        asked = self._requested.intersection(request.prompts)
        if not asked or self._encoder is None or request.identity_key != self._encoder.identity.key:
            return
        self._requested -= asked
        if problems := [answer.problems[prompt] for prompt in request.prompts if prompt in answer.problems]:
            self._fail(problems[0])
        elif any(prompt not in answer.vectors for prompt in asked):
            self._fail(
                self.tr("These words have not been sent to the server yet. Start labelling to allow that.")
                if request.only_recall
                else self.tr("The model did not answer. Try again.")
            )
        else:
            self._update()

    def _fail(self, sentence: str) -> None:
        self.problem = sentence
        self.changed.emit()

    # --- computing

    def _compute(self, vectors: FloatArray) -> None:
        if self._computing is not None:
            self._follow.start()
            return
        table = self._desk.table
        assert table is not None
        self._computing = query = self._query
        stamp = (self._epoch, self._desk.generation, self._desk.renewals)
        embedded = int(table.is_embedded.sum())
        known = self._likeness
        likeness = known[2] if known is not None and known[:2] == ((0, *stamp[1:]), embedded) else None
        self._background.run(
            partial(_rank, table.vectors, query, vectors, likeness, self._cancel),
            partial(self._on_computed, stamp, embedded),
            partial(self._on_failed, stamp[0]),
        )

    def _on_computed(self, stamp: _Stamp, embedded: int, found: tuple[Ranking, Likeness | None]) -> None:
        if stamp[0] != self._epoch:
            return
        self._computing = None
        if stamp[1:] != (self._desk.generation, self._desk.renewals):
            self._update()
            return
        self.ranking, likeness = found
        if likeness is not None:
            self._likeness = (0, *stamp[1:]), embedded, likeness
        self.changed.emit()

    def _on_failed(self, epoch: int, problem: Problem) -> None:
        if epoch == self._epoch:
            self._computing = None
            self._fail(problem.message)


def _rank(
    images: FloatArray, query: Query, vectors: FloatArray, likeness: Likeness | None, cancel: threading.Event
) -> tuple[Ranking, Likeness | None]:
    if query.least_alike is None:
        return rank_by_terms(images, query.terms, vectors, cancel), None
    likeness = measure_likeness(images) if likeness is None else likeness
    return rank_by_likeness(images, query.terms, vectors, likeness, query.least_alike, cancel), likeness
