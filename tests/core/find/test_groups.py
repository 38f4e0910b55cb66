"""Groups of a folder are found without a number, at any fineness, and named."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from color_encoder import ColorEncoder

from clipdesk.core.errors import Cancelled
from clipdesk.core.find import groups as groups_module
from clipdesk.core.find.groups import COARSEST, FINEST, PictureGroup, connect_neighbours, make_groups
from clipdesk.core.find.louvain import Graph, find_communities
from clipdesk.core.find.names import Vocabulary, encode_words, label_of_group, propose_names, read_words


def clusters(
    sizes: list[int], dimension: int = 64, spread: float = 0.6, seed: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Return embeddings (n, d) around one direction for each cluster, in random order, and their clusters (n,)."""
    rng = np.random.default_rng(seed)
    centers = rng.normal(size=(len(sizes), dimension))
    centers /= np.linalg.norm(centers, axis=1, keepdims=True)
    of = rng.permutation(np.repeat(np.arange(len(sizes)), sizes))
    vectors = centers[of] + spread * rng.normal(size=(len(of), dimension)) / np.sqrt(dimension) + 1.0
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32), of


def test_clusters_are_found_without_their_number_and_the_largest_comes_first() -> None:
    vectors, of = clusters([40, 90, 60])

    found = make_groups(vectors, connect_neighbours(vectors))

    assert [len(group) for group in found.groups] == pytest.approx([90, 60, 40], abs=2)
    for group, cluster in zip(found.groups, (1, 2, 0), strict=True):
        assert (of[group.rows] == cluster).all()
    every = np.sort(np.concatenate([*(group.rows for group in found.groups), found.various]))
    assert every.tolist() == list(range(190))


def test_a_finer_division_has_more_groups() -> None:
    # Three clusters of four each.
    inner, of = clusters([8] * 12, spread=0.5)
    outer = np.random.default_rng(9).normal(size=(3, 64))[of % 3]
    vectors = (inner + 0.3 * outer / np.linalg.norm(outer, axis=1, keepdims=True)).astype(np.float32)
    graph = connect_neighbours(vectors)

    counts = [len(make_groups(vectors, graph, fineness).groups) for fineness in (COARSEST, 1.0, FINEST)]

    assert counts == sorted(counts)
    assert counts[0] < counts[2]


def test_typical_images_come_first_and_strangers_are_various() -> None:
    vectors, _ = clusters([40, 40])
    strange = np.random.default_rng(5).normal(size=(2, 64)) - 3
    vectors = np.concatenate([vectors, strange / np.linalg.norm(strange, axis=1, keepdims=True)]).astype(np.float32)

    found = make_groups(vectors, connect_neighbours(vectors))

    assert {80, 81} & set(found.various.tolist())
    for group in found.groups:
        likeness = (vectors[group.rows] - vectors.mean(axis=0)) @ group.centroid
        assert likeness[:4].mean() > likeness.mean()
        assert group.typical(3).tolist() == group.rows[:3].tolist()


def test_a_burst_is_not_all_that_is_shown_of_a_group() -> None:
    vectors, of = clusters([40, 40])
    first = np.flatnonzero(of == 0)
    burst = first[:6]
    vectors[burst] = vectors[first].mean(axis=0) + np.random.default_rng(6).normal(scale=1e-4, size=(6, 64))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)

    found = make_groups(vectors, connect_neighbours(vectors))

    group = next(group for group in found.groups if burst[0] in group.rows)
    shown = group.typical(4).tolist()
    assert len(set(shown)) == 4 and len(set(shown) & set(burst.tolist())) == 1
    assert sorted(group.rows.tolist()) == sorted(set(group.rows.tolist()))


def test_images_beyond_the_sample_join_the_nearest_group(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups_module, "_SAMPLE", 100)
    vectors, of = clusters([200, 100, 100])

    graph = connect_neighbours(vectors)
    found = make_groups(vectors, graph)

    assert len(graph.rows) == 100
    assert sum(len(group) for group in found.groups) > 380
    for group in found.groups:
        assert len(set(of[group.rows].tolist())) == 1


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_hardly_any_images(count: int) -> None:
    vectors = np.full((4 + count, 8), np.nan, np.float32)  # four are waiting
    vectors[4:] = clusters([count], 8)[0] if count else 0

    found = make_groups(vectors, connect_neighbours(vectors))

    rows = [row for group in found.groups for row in group.rows.tolist()] + found.various.tolist()
    assert sorted(rows) == list(range(4, 4 + count))


def test_the_same_folder_gives_the_same_groups() -> None:
    vectors, _ = clusters([50, 50, 50], spread=1.5)

    one, other = (make_groups(vectors, connect_neighbours(vectors)) for _ in range(2))

    assert [group.rows.tolist() for group in one.groups] == [group.rows.tolist() for group in other.groups]


def test_louvain_finds_the_best_division_of_two_cliques() -> None:
    pairs = [(a, b) for clique in (range(5), range(5, 10)) for a in clique for b in clique if a < b] + [(4, 5)]
    first, second = np.array([*pairs, *((b, a) for a, b in pairs)]).T

    found = find_communities(Graph.of(10, first, second, np.ones(len(first))))

    assert found.tolist() == [found[0]] * 5 + [found[9]] * 5
    assert found[0] != found[9]


def test_making_groups_can_be_cancelled() -> None:
    vectors, _ = clusters([20, 20])
    cancel = threading.Event()
    cancel.set()

    with pytest.raises(Cancelled):
        connect_neighbours(vectors, cancel=cancel)
    with pytest.raises(Cancelled):
        make_groups(vectors, connect_neighbours(vectors), cancel=cancel)


def test_names_are_what_distinguishes_a_group_and_no_two_first_names_are_alike() -> None:
    red, green, other = np.eye(3, 6, dtype=np.float32)
    # All pictures have much of `other`, which therefore says nothing.
    vectors = np.tile(np.stack([red, green]) + 3 * other, (20, 1)) / np.sqrt(np.float32(10))
    mean, rows = vectors.mean(axis=0), np.arange(40)
    groups = [PictureGroup(rows[side::2], vectors[side::2].mean(axis=0) - mean) for side in (0, 1)]
    scarlet = (red + 0.3 * green) / np.linalg.norm(red + 0.3 * green)
    vocabulary = Vocabulary(("other", "red", "green", "scarlet"), np.stack([other, red, green, scarlet]))

    names = propose_names(groups, vocabulary)

    assert [words[0] for words in names] == ["red", "green"]
    assert "scarlet" in names[0]
    assert "green" not in names[0]
    assert propose_names(groups, Vocabulary((), np.empty((0, 6), np.float32))) == [(), ()]


def test_words_are_embedded_in_parts_with_progress() -> None:
    seen: list[int] = []

    vocabulary = encode_words(ColorEncoder(), ["red", "green"] * 50, on_progress=lambda p: seen.append(p.done))

    assert vocabulary.vectors.shape == (100, 3)
    assert seen[0] == 0
    assert seen[-1] == 100
    assert len(seen) > 2


def test_the_vocabulary_has_over_a_thousand_different_words() -> None:
    words = read_words()

    assert len(words) > 1_000
    assert len({word.casefold() for word in words}) == len(words)
    assert all(word == word.strip() and not word.startswith("#") for word in words)


def test_a_label_of_a_group_has_its_name_and_typical_pictures() -> None:
    label = label_of_group("beach", [Path("/a/1.jpg"), Path("/a/2.jpg")])

    assert (label.name, label.prompts, len(label.references)) == ("beach", ("beach",), 2)
