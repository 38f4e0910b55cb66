"""Star groups: images that all resemble one of them. Chains of pairs do not make a group."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable


def star_groups(pairs: Iterable[tuple[int, int]], may_join: Callable[[int, list[int]], bool]) -> list[list[int]]:
    """Return disjoint groups of nodes, each with its hub first and then, in ascending order, those paired with it.

    The node with the most pairs takes its neighbours first, then the one with the most among those that are left.
    `may_join` is asked whether a node may join the others in a group. Connecting all that are paired somehow would have
    made groups of up to 594 different pictures.
    """
    neighbours: dict[int, list[int]] = {}
    for a, b in pairs:
        neighbours.setdefault(a, []).append(b)
        neighbours.setdefault(b, []).append(a)
    # The number of free neighbours of each free node. The heap may also hold higher numbers, from before.
    degree = {node: len(others) for node, others in neighbours.items()}
    heap = [(-count, node) for node, count in degree.items()]
    heapq.heapify(heap)
    groups: list[list[int]] = []
    while heap:
        count, hub = heapq.heappop(heap)
        if degree.get(hub) != -count:
            continue
        group = [hub]
        for other in sorted(neighbours[hub]):
            if other in degree and may_join(other, group):
                group.append(other)
        for node in group:
            del degree[node]
        for node in group:
            for other in neighbours[node]:
                if other in degree:
                    degree[other] -= 1
                    heapq.heappush(heap, (-degree[other], other))
        if len(group) > 1:
            groups.append(group)
    return groups
