"""Search by matrix product: ranking, what each term gives, and memory."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from clipdesk.core.errors import Cancelled
from clipdesk.core.find.search import search
from clipdesk.core.find.similar import find_similar, measure_likeness
from clipdesk.core.find.vectors import CompactVectors, best_rows, cosines, embedded_rows, take_vectors


def vectors(count: int, dimension: int = 32, seed: int = 0) -> np.ndarray:
    found = np.random.default_rng(seed).standard_normal((count, dimension), dtype=np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def test_compact_vectors_take_half_the_memory_and_give_the_same_cosines() -> None:
    images = vectors(3_000, 512)
    images[[5, 2_999]] = np.nan

    compact = CompactVectors.of(images)

    assert compact.integers.nbytes * 1_000_000 / len(images) <= 1.2e9
    queries = images[:3]
    np.testing.assert_allclose(cosines(compact, queries), images @ queries.T, atol=2e-5)
    np.testing.assert_allclose(take_vectors(compact, np.array([1, 5])), images[[1, 5]], atol=2e-5)
    assert embedded_rows(compact).tolist() == embedded_rows(images).tolist() == [*range(5), *range(6, 2_999)]


def test_compact_vectors_of_nothing_and_of_no_embeddings() -> None:
    assert cosines(CompactVectors.of(np.empty((0, 8), np.float32)), vectors(1, 8)).shape == (0, 1)
    waiting = CompactVectors.of(np.full((300, 8), np.nan, np.float32))
    assert not len(embedded_rows(waiting))
    assert np.isnan(cosines(waiting, vectors(1, 8))).all()


def test_best_rows_are_exact_and_ties_keep_their_order() -> None:
    scores = np.random.default_rng(1).integers(0, 20, 500).astype(np.float32)
    scores[7] = np.nan
    order = sorted({*range(500)} - {7}, key=lambda row: (-scores[row], row))

    assert best_rows(scores).tolist() == order
    for count in (0, 1, 30, 499, 10_000):
        assert best_rows(scores, count).tolist() == order[:count]


def test_parts_explain_the_score() -> None:
    images, terms = vectors(400), vectors(3, seed=1)

    found = search(images, terms, np.array([1.0, 2.0, -1.0]), count=50)

    np.testing.assert_allclose(found.parts.sum(axis=1), found.scores, atol=1e-6)
    assert (np.diff(found.scores) <= 0).all()
    assert (found.parts[:, 2] <= 0).all()
    np.testing.assert_allclose(found.cosine, images[found.rows] @ terms.T, atol=1e-6)


def test_an_excluded_term_only_takes_away() -> None:
    dog, cat = np.eye(2, 8, dtype=np.float32)
    both = (dog + cat) / np.sqrt(2)
    against_cat = (dog - 0.2 * cat) / np.linalg.norm(dog - 0.2 * cat)
    images = np.stack([dog, both, against_cat, *vectors(50, 8)])

    found = search(images, np.stack([dog, cat]), np.array([1.0, -1.0]))

    order = found.rows.tolist()
    assert order[0] == 0  # a dog is better than one that is the contrary of a cat
    assert order.index(1) > order.index(2)


def test_excluding_what_resembles_the_wanted_keeps_the_wanted() -> None:
    # Dogs and wolves have most in common. The wolves go, but the dogs stay before toys that are a little like dogs.
    rng = np.random.default_rng(3)
    canine, dog, wolf = np.eye(3, 64, dtype=np.float32)
    toy = 0.6 * dog + np.eye(64, dtype=np.float32)[9]
    kinds = np.concatenate([np.tile(kind, (20, 1)) for kind in (canine + 0.6 * dog, canine + 0.6 * wolf, toy)])
    images = np.concatenate([kinds + 0.1 * rng.normal(size=kinds.shape), vectors(200, 64)]).astype(np.float32)
    images /= np.linalg.norm(images, axis=1, keepdims=True)
    terms = np.stack([canine + 0.6 * dog, canine + 0.6 * wolf]) / np.float32(np.sqrt(1.36))

    found = search(images, terms, np.array([1.0, -1.0]), count=20)

    assert set(found.rows.tolist()) == set(range(20))


def test_a_picture_as_a_term_does_not_swamp_words() -> None:
    # Cosines of pictures are larger and more different than those of words. An image that fits both terms a little
    # comes before one that is like the picture only.
    rng = np.random.default_rng(2)
    scores = np.stack([rng.normal(0.2, 0.02, 300), rng.normal(0.6, 0.1, 300)], axis=1).astype(np.float32)
    scores[0], scores[1] = (0.25, 0.8), (0.17, 0.9)
    images = np.concatenate([scores, np.sqrt(1 - (scores**2).sum(axis=1, keepdims=True).clip(0, 1))], axis=1)

    found = search(images, np.eye(2, 3, dtype=np.float32), np.ones(2), count=1)

    assert found.rows.tolist() == [0]


def test_search_among_some_rows_only_and_waiting_images_never_count() -> None:
    images = vectors(100)
    images[3] = np.nan
    among = np.zeros(100, np.bool_)
    among[[3, 10, 20]] = True

    found = search(images, images[10:11], np.ones(1), among=among)

    assert found.rows.tolist()[0] == 10
    assert sorted(found.rows.tolist()) == [10, 20]


def test_a_cancelled_search_raises() -> None:
    cancel = threading.Event()
    cancel.set()

    with pytest.raises(Cancelled):
        search(CompactVectors.of(vectors(10)), vectors(1), np.ones(1), cancel=cancel)


def test_similar_images_are_ranked_and_the_slider_follows_the_folder() -> None:
    images = vectors(600)
    images[1] = images[0] + 0.05 * images[2]
    images[1] /= np.linalg.norm(images[1])
    likeness = measure_likeness(images)

    found = find_similar(images, images[:1], likeness, least_alike=0.999, without=np.array([0]))

    assert found.rows.tolist()[0] == 1
    assert found.alike[0] > 0.9999
    assert len(found.rows) <= 3  # about one in a thousand of the others
    assert likeness.cosine_at(0.5) == pytest.approx(0.0, abs=0.05)
    assert len(find_similar(images, images[:2], likeness).rows) == 600


def test_likeness_of_a_folder_of_one_image_finds_only_the_same() -> None:
    likeness = measure_likeness(vectors(1))

    assert likeness.cosine_at(0.9999) > 0.99
