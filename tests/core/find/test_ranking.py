from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from clipdesk.core.find.query import Term, label_of_query, parse_query
from clipdesk.core.find.ranking import Ranking, rank_by_likeness, rank_by_terms
from clipdesk.core.find.similar import measure_likeness
from clipdesk.core.labels.scoring import normalise

ROWS = np.arange(40, dtype=np.int32)


@pytest.fixture
def vectors() -> np.ndarray:
    vectors = normalise(np.random.default_rng(3).normal(size=(40, 16)).astype(np.float32))
    vectors[7] = np.nan
    return vectors


def test_parts_add_up_and_images_without_an_embedding_are_not_found(vectors: np.ndarray) -> None:
    ranking = rank_by_terms(vectors, parse_query("a, ++b, -c"), vectors[[1, 2, 3]])

    known = np.delete(ROWS, 7)
    assert ranking.parts[known].sum(axis=1) == pytest.approx(ranking.scores[known], abs=1e-5)
    assert ranking.found(ROWS).tolist() == known.tolist()


def test_only_the_best_are_found_and_they_keep_their_order(vectors: np.ndarray) -> None:
    whole = rank_by_terms(vectors, (Term("a"),), vectors[[5]])
    ranking = Ranking(whole.scores, whole.parts, whole.terms, count=3)

    found = ranking.found(ROWS).tolist()

    assert 5 in found
    assert found == sorted(found)
    assert sorted(whole.scores[found]) == sorted(np.sort(np.delete(whole.scores, 7))[-3:])
    assert ranking.found(ROWS[20:]).tolist() != found  # the best of those that pass the filter


def test_images_that_came_after_the_search_are_not_found(vectors: np.ndarray) -> None:
    ranking = rank_by_terms(vectors[:5], (Term("a"),), vectors[[0]])

    assert ranking.found(ROWS[:8]).tolist() == [0, 1, 2, 3, 4]
    assert np.isnan(ranking.keys(ROWS[:8])[5:]).all()


def test_a_ranking_follows_rows_that_moved(vectors: np.ndarray) -> None:
    ranking = rank_by_likeness(vectors, (Term(image=Path("a.jpg")),), vectors[[4]], measure_likeness(vectors), 0.0)
    new_rows = np.array([-1, *range(39)], np.int32)

    moved = ranking.moved(new_rows, 39)

    assert moved.scores == pytest.approx(ranking.scores[1:], nan_ok=True)
    assert moved.alike == pytest.approx(ranking.alike[1:], nan_ok=True)
    assert np.nanargmax(moved.scores) == 3


def test_the_less_alike_are_left_out(vectors: np.ndarray) -> None:
    terms, likeness = (Term(image=Path("a.jpg")),), measure_likeness(vectors)

    counts = [
        len(rank_by_likeness(vectors, terms, vectors[[4]], likeness, share).found(ROWS)) for share in (0.0, 0.5, 0.9999)
    ]

    assert counts[0] == 39
    assert counts[0] > counts[1] > counts[2] == 1


def test_a_label_of_a_query_has_its_words_and_pictures_but_not_what_is_excluded() -> None:
    like = Path("/pictures/rose.jpg")

    label = label_of_query((Term(image=like), *parse_query("+red rose, garden, -people")))

    assert label is not None
    assert (label.name, label.prompts, label.references) == ("red rose, garden", ("red rose", "garden"), (like,))
    assert label_of_query(parse_query("-people")) is None
