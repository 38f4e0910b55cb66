"""Learning from the corrections on a desk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from taught_desk import DIMENSION, make_desk

from clipdesk.core.desk.decisions import Origin, Source, Status
from clipdesk.core.desk.desk import Desk
from clipdesk.core.labels.label_set import NO_LABEL, NO_LABEL_FITS_ID, LabelSet
from clipdesk.core.labels.scoring import normalise
from clipdesk.core.line.results import EmbeddedImage
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.teaching.course import Material, Progress, learn, learn_on_desk, weights_of
from clipdesk.core.teaching.kept import CheckRecord, KeptTeaching, check_key
from clipdesk.core.teaching.near_duplicates import group_near_duplicates


def accuracy(desk: Desk, truth: NDArray[np.intp]) -> float:
    return float(np.mean(desk.decisions.column == truth))


def review(desk: Desk, truth: NDArray[np.intp], rows: range) -> NDArray[np.float64]:
    """Label these images truly, and return weights by which they count as drawn by the review queue."""
    for row in rows:
        desk.correct([row], desk.label_set.ids[truth[row]])
    weights = np.full(len(desk), np.nan)
    weights[rows.start : rows.stop] = 1.0
    return weights


def learned(desk: Desk, weights: NDArray[np.float64] | None = None, *, is_approved: bool = False) -> Progress:
    material = Material.of(desk, weights)
    assert material is not None
    return learn(material, is_approved=is_approved)


def test_reviews_that_prove_a_gain_are_used_at_once() -> None:
    desk, truth = make_desk()
    before = accuracy(desk, truth)
    progress = learned(desk, review(desk, truth, range(40)))
    desk.learn(progress.found)
    assert progress.is_used
    assert progress.changes > 0
    assert accuracy(desk, truth) > before + 0.1
    assert desk.decisions.source[-1] == Source.TAUGHT
    assert desk.decisions.source[0] == Source.USER
    assert desk.decisions.origin(len(desk) - 1) == Origin.TAUGHT


def test_corrections_alone_wait_for_the_check() -> None:
    desk, truth = make_desk()
    review(desk, truth, range(40))
    waiting = learned(desk)
    assert waiting.lesson is not None and waiting.lesson.needs_check and not waiting.is_used
    desk.learn(waiting.found)
    assert desk.decisions.source[-1] == Source.AUTO
    desk.learn(learned(desk, is_approved=True).found)
    assert desk.decisions.source[-1] == Source.TAUGHT


def test_a_check_does_not_outweigh_folds_that_show_a_loss() -> None:
    desk, truth = make_desk(noise=0.05)
    vectors = normalise(np.stack([desk.table.vectors[truth == place].mean(axis=0) for place in range(3)]))  # type: ignore[union-attr]
    desk.set_labels(desk.label_set.labels, vectors)  # words that are right already
    generator = np.random.default_rng(3)
    for row in range(60):
        desk.correct([row], desk.label_set.ids[generator.integers(3)])  # random clicks teach nothing
    weights = np.full(len(desk), np.nan)
    weights[:60] = 1.0
    progress = learned(desk, weights, is_approved=True)
    assert progress.choice is not None
    assert progress.is_used == (
        progress.choice.gain >= 0 and progress.choice.accuracy_taught >= progress.choice.accuracy_words
    )


def test_switched_off_the_words_give_exactly_the_scores_they_gave() -> None:
    desk, truth = make_desk()
    before = desk.scores.copy()
    weights = review(desk, truth, range(40))
    desk.learn(learned(desk, weights).found)
    assert not np.array_equal(desk.scores.probability, before.probability)
    np.testing.assert_array_equal(desk.scores.cosine, before.cosine)
    material = Material.of(desk, weights)
    assert material is not None
    desk.learn(learn(material, is_on=False).found)
    np.testing.assert_array_equal(desk.scores.probability, before.probability)
    np.testing.assert_array_equal(desk.scores.best, before.best)
    assert not desk.is_taught


def test_words_that_stay_in_use_are_calibrated_by_the_reviews() -> None:
    desk, truth = make_desk(noise=2.5)
    weights = review(desk, truth, range(12))  # too few to approve anything
    progress = learned(desk, weights)
    assert progress.choice is not None and not progress.is_used
    before = desk.scores.copy()
    desk.learn(progress.found)
    np.testing.assert_array_equal(desk.scores.best, before.best)
    assert progress.choice.temperature_words != 1.0
    assert np.abs(desk.scores.top - before.top).max() > 0.01
    assert desk.decisions.source[-1] == Source.AUTO


def test_images_that_come_later_are_scored_by_what_was_learned() -> None:
    desk, truth = make_desk()
    vectors = desk.table.vectors.copy()  # type: ignore[union-attr]
    desk.learn(learned(desk, review(desk, truth, range(40))).found)
    desk.add_images([ImageFile(Path("/p/new.jpg"), 1, 1)])
    row = len(desk) - 1
    desk.put([EmbeddedImage(row, desk.images[row].path, vectors[100])])
    np.testing.assert_allclose(desk.scores.probability[row], desk.scores.probability[100], atol=1e-6)
    assert desk.decisions.source[row] == Source.TAUGHT
    removed = desk.remove_images([5, row]).removed
    assert removed is not None
    desk.restore_images(removed)
    np.testing.assert_allclose(desk.scores.probability[row], desk.scores.probability[100], atol=1e-6)


def test_images_embedded_while_it_was_computed_are_scored_as_they_are_installed() -> None:
    desk, truth = make_desk()
    progress = learned(desk, review(desk, truth, range(40)))
    desk.add_images([ImageFile(Path("/p/new.jpg"), 1, 1)])
    desk.put([EmbeddedImage(300, Path("/p/new.jpg"), desk.table.vectors[100].copy())])  # type: ignore[union-attr]
    desk.learn(progress.found)
    np.testing.assert_allclose(desk.scores.probability[300], desk.scores.probability[100], atol=1e-6)


def test_new_labels_undo_what_was_learned() -> None:
    desk, truth = make_desk()
    desk.learn(learned(desk, review(desk, truth, range(40))).found)
    vectors = desk.label_vectors
    assert vectors is not None
    desk.set_labels(desk.label_set.labels, vectors)
    assert not desk.is_taught
    assert desk.decisions.source[-1] == Source.AUTO


def test_confirmed_and_corrected_are_told_apart_by_what_the_words_propose() -> None:
    desk, truth = make_desk()
    by_words = desk.scores.best.copy()
    right, wrong = (int(np.flatnonzero(same)[0]) for same in (by_words == truth, by_words != truth))
    weights = review(desk, truth, range(max(40, right + 1, wrong + 1)))
    desk.learn(learned(desk, weights).found)
    assert desk.decisions.origin(right) == Origin.CONFIRMED
    assert desk.decisions.origin(wrong) == Origin.CORRECTED
    np.testing.assert_array_equal(desk.best_by_words(np.arange(len(desk))), by_words)
    assert desk.decisions.has_origin(Origin.CONFIRMED)[right]
    assert not desk.decisions.has_origin(Origin.CONFIRMED)[wrong]


def test_none_of_these_is_found_only_after_twenty_judgements_and_when_switched_on() -> None:
    desk, truth = make_desk(400)
    generator = np.random.default_rng(9)
    strange = np.arange(300, 400)
    odd = normalise(generator.normal(size=(100, DIMENSION)).astype(np.float32))
    desk.put([EmbeddedImage(row, desk.images[row].path, odd[place]) for place, row in enumerate(strange.tolist())])
    for row in range(10):
        desk.correct([row], desk.label_set.ids[truth[row]])
    for row in strange[:9].tolist():
        desk.correct([row], NO_LABEL_FITS_ID)
    assert learned(desk).curve is None
    desk.correct([strange[9]], NO_LABEL_FITS_ID)
    progress = learned(desk)
    assert (progress.judged, progress.judged_none) == (20, 10)
    assert progress.curve is not None
    assert progress.curve.precision_low[50] <= progress.curve.precision[50] <= progress.curve.precision_high[50]
    desk.learn(progress.found)
    assert desk.decisions.count_status(Status.NONE) == 10
    desk.set_none_threshold(0.5)
    found = desk.decisions.status == Status.NONE
    assert found[310:].mean() > 0.8
    assert found[10:300].mean() < 0.2
    row = int(np.flatnonzero(found[310:])[0]) + 310
    assert desk.decisions.label_id[row] == NO_LABEL and desk.decisions.source[row] == Source.TAUGHT
    assert np.isnan(desk.decisions.probability[row])
    confirmed = desk.confirm([row])
    assert desk.corrections[1][desk.corrections[0] == row].tolist() == [NO_LABEL_FITS_ID]
    desk.revert(confirmed)
    desk.set_none_threshold(None)
    assert desk.decisions.count_status(Status.NONE) == 10


def test_examples_are_counted_for_each_label() -> None:
    desk, truth = make_desk()
    review(desk, truth, range(7))
    desk.correct([8], NO_LABEL_FITS_ID)
    progress = learned(desk)
    assert progress.examples.tolist() == [3, 2, 2]
    assert progress.wanted.tolist() == [2, 3, 3]


def test_one_label_and_no_corrections_teach_nothing() -> None:
    desk, truth = make_desk()
    assert learned(desk).lesson is None
    review(desk, truth, range(5))
    vectors = desk.label_vectors
    assert vectors is not None
    desk.set_label_set(LabelSet(desk.label_set.labels[:1]))
    desk.set_labels(desk.label_set.labels, vectors[:1])
    assert learned(desk).lesson is None
    assert Material.of(Desk()) is None


@pytest.mark.parametrize("references", [(False, False, True), (False, True, True)])
def test_labels_with_reference_images_start_from_the_scale_of_words(references: tuple[bool, ...]) -> None:
    desk, _ = make_desk()
    vectors = desk.label_vectors
    assert vectors is not None
    desk.set_labels(desk.label_set.labels, vectors, np.array(references))
    by_words = desk.scores.best.copy()
    desk.correct([0], desk.label_set.ids[int(by_words[0])])
    progress = learned(desk, is_approved=True)
    np.testing.assert_array_equal(progress.before, by_words)
    assert progress.is_used
    # One example that the words have right already changes little; without their scale it would change most.
    assert progress.changes < 0.1 * len(desk)


def test_near_duplicates_share_a_group() -> None:
    generator = np.random.default_rng(4)
    folder = normalise(generator.normal(size=(400, DIMENSION)).astype(np.float32))
    copies = normalise(folder[:3] + 0.001 * generator.normal(size=(3, DIMENSION)).astype(np.float32))
    groups = group_near_duplicates(np.concatenate([folder[:5], copies]), folder)
    assert groups.tolist() == [0, 1, 2, 3, 4, 0, 1, 2]


def test_a_label_of_its_own_threshold_is_a_guess_below_that() -> None:
    desk, _ = make_desk()
    top, best = desk.scores.top, desk.scores.best
    desk.set_threshold(0.3)
    labels = list(desk.label_set.labels)
    labels[1] = replace(labels[1], threshold=0.9)
    change = desk.set_label_set(LabelSet(tuple(labels)))
    assert change.labels is not None and change.labels.only_thresholds
    expected = np.where(best == 1, top < np.float32(0.9), top < 0.3)
    np.testing.assert_array_equal(desk.decisions.status == Status.UNSURE, expected)
    assert (desk.threshold_of(0), desk.threshold_of(1)) == (0.3, 0.9)
    desk.revert(change)
    assert desk.threshold_of(1) == 0.3


def test_weights_are_the_inverse_of_how_probable_a_draw_was() -> None:
    np.testing.assert_array_equal(weights_of(np.array([0.0, 0.25, 1.0], np.float32)), [np.nan, 4.0, 1.0])


def test_a_saved_desk_is_taught_by_what_it_kept() -> None:
    kept_checks = [CheckRecord(result, 9, 1, 40) for result in ("use", "keep words")]
    taught = []
    for is_on, drawn, record in (
        (True, True, None),
        (False, True, None),
        (True, False, None),
        (True, False, kept_checks[0]),
        (True, False, kept_checks[1]),
    ):
        desk, truth = make_desk()
        review(desk, truth, range(40))
        inclusion = np.zeros(len(desk), np.float32)
        inclusion[:40] = drawn
        checks = {} if record is None else {check_key("model", desk.label_set): record}
        learn_on_desk(desk, inclusion, KeptTeaching(is_on, None, checks), "model")
        taught.append(desk.is_taught)

    assert taught == [True, False, False, True, False]


def test_what_is_kept_about_learning_is_read_back_and_faults_are_not() -> None:
    kept = KeptTeaching(False, 0.25, {"key": CheckRecord("use", 8, 2, 30)})

    assert KeptTeaching.from_json(kept.to_json()) == kept
    assert KeptTeaching().to_json() == "" and KeptTeaching.from_json("") == KeptTeaching()
    assert KeptTeaching.from_json('{"none": 7}') == KeptTeaching(none_threshold=1.0)
    assert [KeptTeaching.from_json(text) for text in ("{", "[]", '{"checks": {"a": {"result": "?"}}}')] == [None] * 3
