"""Have the words encoded that groups of images are named with, once for each model."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from clipdesk.core.find.names import Vocabulary, read_words
from clipdesk.core.labels.prompts import TextPrompt
from clipdesk.core.line.prompts import PromptVectors
from clipdesk.gui.session.background import Background
from clipdesk.gui.session.encoder_worker import EncoderInfo
from clipdesk.gui.session.label_scorer import LabelScorer
from clipdesk.gui.session.problem import Problem

#: Words in one request: about a second of work. Prompts of labels are answered between two requests.
_AT_ONCE = 64


class WordsStage(Enum):
    """How far the words are."""

    UNKNOWN = auto()
    LEARNING = auto()
    KNOWN = auto()
    NOT_SENT = auto()
    """The encoder is on a server, and the person has not allowed to send it the words."""
    FAILED = auto()


class WordLearner(QObject):
    """Encodes the words of the vocabulary that the encoder in use knows. `vocabulary` is None until all are there."""

    changed = Signal()

    def __init__(self, scorer: LabelScorer, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self.stage = WordsStage.UNKNOWN
        self.vocabulary: Vocabulary | None = None
        self.problem = ""
        self.missing = 0
        """Words without a vector."""
        self._scorer, self._background = scorer, background
        self._encoder: EncoderInfo | None = None
        self._words: tuple[str, ...] = ()
        self._may_send = False
        self._waiting: list[TextPrompt] = []
        self._requested: tuple[TextPrompt, ...] = ()
        self._epoch = 0
        scorer.wordings_answered.connect(self._on_answered)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts that words would be sent to; empty if the model runs on this computer."""
        upload = self._encoder.upload if self._encoder is not None else None
        return upload.hosts if upload is not None else ()

    @Slot(object)
    def use_encoder(self, info: EncoderInfo) -> None:
        """Forget the words of another encoder."""
        if self._encoder is not None and self._encoder.identity.key == info.identity.key:
            self._encoder = info
            return
        self.stop()
        self._encoder, self._words, self.vocabulary = info, (), None
        self.stage = WordsStage.UNKNOWN

    def learn(self, *, may_send: bool = False) -> None:
        """Encode the words. Without `may_send`, those that would leave this computer are only looked up in the store.

        `changed` follows, unless the words are known or being learned.
        """
        encoder = self._encoder
        if encoder is None or self.stage in (WordsStage.LEARNING, WordsStage.KNOWN):
            return
        self.stage, self.problem = WordsStage.LEARNING, ""
        self._may_send = may_send or not self.hosts
        if self._words:
            self._begin(self._words)
            return
        epoch = self._epoch

        def on_read(words: tuple[str, ...]) -> None:
            if epoch == self._epoch:
                self._begin(words)

        def on_failed(problem: Problem) -> None:
            if epoch == self._epoch:
                self._fail(problem.message)

        self._background.run(_words_reader(encoder.model), on_read, on_failed)

    def stop(self) -> None:
        """Encode no more words. Those that are encoded are kept."""
        self._epoch += 1
        self._waiting, self._requested = [], ()
        if self.stage is not WordsStage.KNOWN:
            self.stage = WordsStage.UNKNOWN

    def _begin(self, words: tuple[str, ...]) -> None:
        assert self._encoder is not None
        self._words = words
        known = self._scorer.known_vectors(self._encoder.identity.key)
        self._waiting = [prompt for prompt in map(TextPrompt, words) if prompt not in known]
        self._go_on()

    def _go_on(self) -> None:
        self._requested = tuple(self._waiting[:_AT_ONCE])
        del self._waiting[:_AT_ONCE]
        if self._requested:
            self._scorer.request_wordings(self._requested, only_recall=not self._may_send)
        else:
            self._finish()

    @Slot(object)
    def _on_answered(self, answer: PromptVectors) -> None:
        if not self._requested or answer.request.prompts != self._requested:
            return
        if answer.problems:
            self._fail(next(iter(answer.problems.values())))
        elif self._may_send and len(answer.vectors) < len(self._requested):
            self._fail(self.tr("The model did not answer. Try again."))
        else:
            self._go_on()

    def _finish(self) -> None:
        assert self._encoder is not None
        known = self._scorer.known_vectors(self._encoder.identity.key)
        vectors = [known[prompt] for prompt in map(TextPrompt, self._words) if prompt in known]
        self.missing = len(self._words) - len(vectors)
        if self.missing:
            self.stage = WordsStage.NOT_SENT
        else:
            dimension = self._encoder.dimension
            self.vocabulary = Vocabulary(self._words, np.stack(vectors) if vectors else np.empty((0, dimension), "f4"))
            self.stage = WordsStage.KNOWN
        self.changed.emit()

    def _fail(self, sentence: str) -> None:
        self._waiting, self._requested = [], ()
        self.stage, self.problem = WordsStage.FAILED, sentence
        self.changed.emit()


def _words_reader(model: str) -> Callable[[], tuple[str, ...]]:
    """Return a function that returns the words of the vocabulary that the model knows."""

    def read() -> tuple[str, ...]:
        from clipdesk.encoders.models.languages import unknown_words_finder

        find_unknown, words = unknown_words_finder(model), read_words()
        return words if find_unknown is None else tuple(word for word in words if not find_unknown([word]))

    return read
