"""The cost of labels beyond plain scores: taught scores, and comparing wordings."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from rows import Measured, Row, in_turns

from clipdesk.core.compare.hint import between_group_scatter
from clipdesk.core.compare.wordings import compare, label_by_each
from clipdesk.core.encoder import ScoreRule
from clipdesk.core.labels.scoring import FloatArray, normalise
from clipdesk.core.teaching.classifier import score_taught, words_only
from clipdesk.core.teaching.course import Material, learn

IMAGES, LABELS, DIMENSION = 200_000, 20, 512


def score_by_corrections(folder: Path) -> Measured:
    """Score all pictures again, as after a correction."""
    images, labels = _vectors()
    classifier, cosine = words_only(labels, 100.0), np.asarray(images @ labels.T)

    taught, plain = in_turns(lambda: score_taught(images, classifier, cosine), lambda: images @ labels.T)

    return Measured(taught.cpu_s, {"score": str(taught), "numpy": str(plain)})


def learn_from_corrections(folder: Path) -> Measured:
    """Learn from 40 corrections, and score all pictures again."""
    images, labels = _vectors()
    cosine = np.asarray(images @ labels.T)
    rows, nothing = np.arange(40), np.full(40, np.nan)
    ids, rule = tuple(range(1, LABELS + 1)), ScoreRule(100.0)
    material = Material(ids, labels, images, cosine, rule, None, None, rows, rows % LABELS, nothing)

    learned, plain = in_turns(lambda: learn(material, is_approved=True), lambda: images @ labels.T)

    return Measured(learned.cpu_s, {"learn": str(learned), "numpy": str(plain)})


def compare_wordings(folder: Path) -> Measured:
    """Label all pictures by two wordings of one label, and group those that differ."""
    images, labels = _vectors()
    other = labels.copy()
    other[0] = images[0]

    def work() -> None:
        a, b = label_by_each(images, [labels, other])
        compare(a, b, LABELS)

    known = label_by_each(images, [labels])[0]
    compared, hint = in_turns(work, lambda: between_group_scatter(images, known, LABELS))
    return Measured(compared.cpu_s, {"compare": str(compared), "hint of one wording": str(hint)})


def _vectors() -> tuple[FloatArray, FloatArray]:
    generator = np.random.default_rng(0)
    images = normalise(generator.standard_normal((IMAGES, DIMENSION), np.float32))
    return images, normalise(generator.standard_normal((LABELS, DIMENSION), np.float32))


ROWS = (
    Row("taught", "CPU time to score 200,000 pictures × 20 labels by corrections", "–", 1.0, "s", score_by_corrections),
    Row("learn", "CPU time to learn from 40 corrections, 200,000 × 20", "–", 1.0, "s", learn_from_corrections),
    Row("wordings", "CPU time to compare two wordings, 200,000 pictures × 20 labels", "–", 1.0, "s", compare_wordings),
)
