"""Comparisons of wordings that a desk keeps: what was compared, and what the user answered."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from clipdesk.core.labels.label_set import NO_LABEL, PLAIN_TEMPLATE, LabelId, LabelSet

#: Comparisons that a desk keeps. The one that was changed least recently makes room.
MAX_KEPT = 50


@dataclass(frozen=True)
class Wording:
    """One way to label images: the prompts of the compared label, the templates, and the model.

    Without `prompts` the label's name is the prompt. `encoder` is the model's identity key and `model` its name; both
    are empty for the model in use.
    """

    prompts: tuple[str, ...] = ()
    templates: tuple[str, ...] = (PLAIN_TEMPLATE,)
    encoder: str = ""
    model: str = ""

    def label_set(self, now: LabelSet, label: LabelId) -> LabelSet:
        """Return the labels of `now` with these prompts for `label`, and these templates. Raises LabelError."""
        labels = (replace(one, prompts=self.prompts) if one.id == label else one for one in now.labels)
        return LabelSet(tuple(labels), self.templates)


@dataclass(frozen=True)
class Answer:
    """The user's judgement of an image on which A and the wording `against` differ.

    `label` is the label that is right, NO_LABEL if neither of the two is.
    """

    against: Wording
    path: Path
    label: LabelId = NO_LABEL


@dataclass(frozen=True)
class Comparison:
    """Wordings of one label, the first being A, and the answers so far, the latest last.

    Answers to a wording that was edited since then stay, in case it comes back.
    """

    label: LabelId
    wordings: tuple[Wording, ...]
    answers: tuple[Answer, ...] = ()
    id: int = field(default_factory=lambda: 1 + secrets.randbits(52))

    def answers_against(self, wording: Wording) -> dict[Path, LabelId]:
        """Return the right label of each image that was judged for A against this wording."""
        return {answer.path: answer.label for answer in self.answers if answer.against == wording}

    def with_answer(self, answer: Answer) -> Comparison:
        """Return the comparison with this answer, instead of an earlier one about the same image."""
        return replace(self, answers=(*self._others(answer.against, answer.path), answer))

    def without_answer(self, against: Wording, path: Path) -> Comparison:
        """Return the comparison without the answer about this image."""
        return replace(self, answers=self._others(against, path))

    def with_moved_images(self, paths: Mapping[Path, Path]) -> Comparison:
        """Return the comparison with the new paths of images that were moved, given by their old paths."""
        if not any(answer.path in paths for answer in self.answers):
            return self
        moved = (replace(answer, path=paths.get(answer.path, answer.path)) for answer in self.answers)
        return replace(self, answers=tuple(moved))

    def _others(self, against: Wording, path: Path) -> tuple[Answer, ...]:
        return tuple(answer for answer in self.answers if (answer.against, answer.path) != (against, path))


def with_comparison(kept: tuple[Comparison, ...], changed: Comparison) -> tuple[Comparison, ...]:
    """Return the comparisons with this one as the latest, in place of its earlier state."""
    others = tuple(one for one in kept if one.id != changed.id)
    return (*others, changed)[-MAX_KEPT:]
