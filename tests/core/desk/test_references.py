"""Labels with reference images on a desk whose images come and go."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipdesk.core.desk.desk import Desk
from clipdesk.core.desk.folder_changes import Changes
from clipdesk.core.encoder import EncoderIdentity, ScoreRule
from clipdesk.core.export.rows import Results
from clipdesk.core.labels.label_set import Label
from clipdesk.core.labels.scoring import FloatArray, Scores, normalise
from clipdesk.core.line.results import EmbeddedImage, RecalledImages
from clipdesk.core.pictures.scan import ImageFile

COUNT = 40
LABELS = (Label("word"), Label("picture", (), (Path("/pictures/0"),)), Label("other word"))


def vectors(count: int, seed: int) -> FloatArray:
    generator = np.random.default_rng(seed)
    return normalise((generator.normal(size=(count, 16)) + 2.0).astype(np.float32))


IMAGES = vectors(COUNT, 0)
WORDS = normalise(vectors(3, 1) * ([1.0, -1.0] * 8))
VECTORS = np.stack([WORDS[0], IMAGES[0], WORDS[2]])


def waiting_desk(count: int = COUNT) -> Desk:
    desk = Desk()
    desk.add_images(ImageFile(Path(f"/pictures/{row}"), 1, 1) for row in range(count))
    desk.choose_encoder(EncoderIdentity("m", "c", "p"), 16, ScoreRule(30.0))
    return desk


def put(desk: Desk, rows: Sequence[int]) -> None:
    desk.put([EmbeddedImage(row, desk.images.path(row), IMAGES[int(desk.images.path(row).name)]) for row in rows])


def filled_desk() -> Desk:
    """All images were there before the labels, as after opening a folder again."""
    desk = waiting_desk()
    desk.put_recalled(RecalledImages(np.arange(COUNT), IMAGES))
    desk.set_labels(LABELS, VECTORS)
    return desk


def assert_same(found: Scores, expected: Scores) -> None:
    assert found.cosine == pytest.approx(expected.cosine, abs=1e-6)
    assert found.probability == pytest.approx(expected.probability, abs=1e-5)
    assert found.margin == pytest.approx(expected.margin, abs=1e-5)
    assert found.best.tolist() == expected.best.tolist()


def test_one_reference_among_words_takes_about_its_share_of_the_images() -> None:
    desk = filled_desk()

    assert (desk.scores.cosine.argmax(axis=1) == 1).all()
    assert 0 < desk.decisions.count_labels(3)[1] < COUNT / 2


@given(
    order=st.permutations(range(COUNT)),
    size=st.integers(1, COUNT),
    early=st.integers(0, COUNT),
)
def test_the_answers_do_not_depend_on_the_batches(order: list[int], size: int, early: int) -> None:
    desk = waiting_desk()
    for start in range(0, COUNT, size):
        if not desk.scored and start + size > min(early, COUNT - 1):
            desk.set_labels(LABELS, VECTORS)
        put(desk, order[start : start + size])

    desk.rescale()

    assert_same(desk.scores, filled_desk().scores)


@given(gone=st.sets(st.integers(0, COUNT - 1), max_size=COUNT - 1))
def test_removed_images_do_not_count_and_undo_brings_back_the_answers(gone: set[int]) -> None:
    desk, before = filled_desk(), filled_desk().scores
    kept = [row for row in range(COUNT) if row not in gone]

    change = desk.remove_images(gone)
    desk.rescale()

    smaller = waiting_desk()
    smaller.remove_images(gone)
    put(smaller, range(len(kept)))
    smaller.set_labels(LABELS, VECTORS)
    assert_same(desk.scores, smaller.scores)
    if change:
        desk.revert(change)
        desk.rescale()
    assert_same(desk.scores, before)


def test_images_are_scored_on_the_scale_in_use_until_it_is_measured_again() -> None:
    desk = waiting_desk()
    desk.set_labels(LABELS, VECTORS)
    assert desk.scale_lag == 0

    put(desk, range(20))
    assert desk.scale_lag == 0  # measured on these
    scale = desk.scores.scale
    put(desk, range(20, 30))

    assert desk.scores.scale is scale
    assert desk.scale_lag == 0.5
    assert desk.rescale().scores_replaced
    assert desk.scale_lag == 0
    assert desk.scores.scale is not None
    assert desk.scores.scale.measured == 30
    assert not desk.rescale()


def test_exported_similarities_stay_as_measured() -> None:
    desk = filled_desk()

    rows = list(Results.of(desk))

    assert [row.cosine for row in rows] == pytest.approx(np.clip(IMAGES @ VECTORS.T, -1, 1), abs=1e-6)
    assert [row.probability for row in rows] == pytest.approx(desk.scores.probability.max(axis=1))
    assert {row.label for row in rows} > {"picture"}


def test_decisions_follow_the_scale() -> None:
    desk = waiting_desk()
    desk.set_labels(LABELS, VECTORS)
    put(desk, [0])
    put(desk, range(1, COUNT))
    _ = desk.decisions

    desk.rescale()

    assert desk.decisions.column.tolist() == filled_desk().decisions.column.tolist()


def test_a_renewed_file_counts_again_once_it_is_embedded() -> None:
    desk = filled_desk()
    desk.update_files(Changes((), (ImageFile(Path("/pictures/3"), 2, 2),), (), ()))
    desk.rescale()
    assert desk.scores.scale is not None
    assert desk.scores.scale.measured == COUNT - 1

    put(desk, [3])
    desk.rescale()

    assert_same(desk.scores, filled_desk().scores)


@pytest.mark.parametrize("references", [(), (Path("/pictures/0"),)])
def test_labels_of_one_kind_have_no_scale(references: tuple[Path, ...]) -> None:
    desk = filled_desk()

    desk.set_labels([Label(name, (), references) for name in "abc"], VECTORS)

    assert desk.scores.scale is None
    assert desk.scale_lag == 0
    assert not desk.rescale()
    assert (desk.scores.best == desk.scores.cosine.argmax(axis=1)).all()


def test_another_encoder_starts_without_a_scale() -> None:
    desk = filled_desk()

    desk.choose_encoder(EncoderIdentity("n", "d", "p"), 16, ScoreRule(30.0))

    assert desk.scores.scale is None
