"""What the dialog *Groups* shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

import numpy as np

from clipdesk.core.find.vectors import Rows
from clipdesk.gui.session.word_learner import WordsStage


class GroupsStage(Enum):
    """What the person waits for, or can do."""

    NO_MODEL = auto()
    LOADING = auto()
    """The model is being loaded, and there is none yet."""
    NO_PICTURES = auto()
    READING = auto()
    """Images are being embedded."""
    NOT_READ = auto()
    """There are too few embeddings, and no job is running."""
    COMPARING = auto()
    READY = auto()
    FAILED = auto()


@dataclass(frozen=True)
class NamedGroup:
    """A group of images. `rows` (k,) of the desk, the most typical first. `names`: proposals, the best first."""

    rows: Rows
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class GroupsState:
    """Everything that the dialog shows.

    `done` of `total` images are embedded (READING) or steps are compared (COMPARING). `is_busy`: groups for another
    fineness are being made. `new_images` have been embedded since.
    """

    stage: GroupsStage
    done: int = 0
    total: int = 0
    groups: tuple[NamedGroup, ...] = ()
    various: Rows = field(default_factory=lambda: np.empty(0, np.intp))
    is_busy: bool = False
    new_images: int = 0
    problem: str = ""
    words: WordsStage = WordsStage.KNOWN
    words_problem: str = ""
    missing_words: int = 0
    hosts: tuple[str, ...] = ()
