"""Star groups have one image that all others resemble, so that chains do not grow."""

from __future__ import annotations

import numpy as np

from clipdesk.core.find.stars import star_groups


def anyone(node: int, group: list[int]) -> bool:
    return True


def test_a_chain_of_pairs_is_no_group_of_all() -> None:
    groups = star_groups([(node, node + 1) for node in range(9)], anyone)

    assert all(len(group) <= 3 for group in groups)
    assert len({node for group in groups for node in group}) == sum(map(len, groups))


def test_the_node_with_the_most_neighbours_takes_them_first() -> None:
    # 5 has three neighbours, of which 6 has one more.
    assert star_groups([(5, 1), (5, 2), (5, 6), (6, 7)], anyone) == [[5, 1, 2, 6]]


def test_what_is_left_makes_groups_of_its_own() -> None:
    pairs = [(0, 1), (0, 2), (0, 3), (3, 4), (4, 5), (4, 6), (1, 9)]

    assert star_groups(pairs, anyone) == [[0, 1, 2, 3], [4, 5, 6]]


def test_nodes_that_must_stay_apart_are_not_joined_by_a_third() -> None:
    apart = {(1, 2)}

    groups = star_groups(
        [(0, 1), (0, 2), (0, 3)], lambda node, group: not any((min(a, node), max(a, node)) in apart for a in group)
    )

    assert groups == [[0, 1, 3]]


def test_every_group_is_a_star_in_random_graphs() -> None:
    rng = np.random.default_rng(0)
    pairs = {(int(min(pair)), int(max(pair))) for pair in rng.integers(0, 60, (150, 2)) if pair[0] != pair[1]}

    groups = star_groups(pairs, anyone)

    nodes = [node for group in groups for node in group]
    assert len(nodes) == len(set(nodes))
    for hub, *others in groups:
        assert others
        assert all((min(hub, other), max(hub, other)) in pairs for other in others)
    left = {node for pair in pairs for node in pair} - set(nodes)
    assert not any(a in left and b in left for a, b in pairs)
