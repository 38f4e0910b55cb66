"""Which image of a group to keep, by rules in the person's order, and what differs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from clipdesk.core.find.duplicates import DuplicateGroup, Kind
from clipdesk.core.find.keepers import (
    DEFAULT_ORDER,
    Difference,
    KeeperFacts,
    KeeperRule,
    differences,
    propose,
    propose_all,
    rows_to_measure,
)

ONE = KeeperFacts(Path("/a/IMG_1.jpg"), 4000, 3000, 2_000_000, 1_000.0)


def group(*rows: int, kind: Kind = Kind.SAME) -> DuplicateGroup:
    return DuplicateGroup(kind, rows, rows[0], 0.99)


@pytest.mark.parametrize(
    ("better", "rule"),
    [
        (replace(ONE, width=4001), KeeperRule.LARGEST),
        (replace(ONE, size_bytes=2_000_001), KeeperRule.HEAVIEST),
        (replace(ONE, companions=("IMG_1.xmp",)), KeeperRule.WITH_COMPANIONS),
        (replace(ONE, is_corrected=True), KeeperRule.CORRECTED),
        (replace(ONE, modified_s=999.0), KeeperRule.OLDEST),
        (replace(ONE, path=Path("/b/IMG1.jpg")), KeeperRule.SHORTEST_NAME),
    ],
)
def test_each_rule_decides_where_nothing_else_differs(better: KeeperFacts, rule: KeeperRule) -> None:
    proposal = propose(group(3, 7, 9), [ONE, better, ONE])

    assert proposal.keeper == 7
    assert proposal.reasons == (rule,)
    assert proposal.others == (3, 9)


def test_the_order_of_the_rules_decides() -> None:
    large, old = replace(ONE, width=8000), replace(ONE, taken_s=10.0)

    assert propose(group(1, 2), [large, old], (KeeperRule.LARGEST, KeeperRule.OLDEST)).keeper == 1
    assert propose(group(1, 2), [large, old], (KeeperRule.OLDEST, KeeperRule.LARGEST)).keeper == 2
    assert propose(group(1, 2), [large, old], (KeeperRule.NEWEST,)).keeper == 1


def test_sharpness_counts_in_bursts_if_it_can_be_seen() -> None:
    sharp, almost, soft = (replace(ONE, sharpness=value) for value in (20.0, 19.5, 12.0))

    burst = propose(group(1, 2, 3, kind=Kind.BURST), [soft, almost, sharp], (KeeperRule.SHARPEST,))
    copies = propose(group(1, 2, 3), [soft, almost, sharp], (KeeperRule.SHARPEST,))

    assert (burst.keeper, burst.reasons) == (2, (KeeperRule.SHARPEST,))
    assert (copies.keeper, copies.reasons) == (1, ())


def test_images_that_are_all_alike_keep_the_first() -> None:
    proposal = propose(group(4, 5), [ONE, ONE], DEFAULT_ORDER)

    assert (proposal.keeper, proposal.reasons) == (4, ())


def test_differences_are_named() -> None:
    other = KeeperFacts(Path("/b/IMG_1.png"), 400, 300, 20_000, 1_000.0, taken_s=5.0, sharpness=1.0)

    assert differences([ONE, ONE]) == ()
    assert set(differences([ONE, other])) == {
        Difference.PIXELS,
        Difference.BYTES,
        Difference.FORMAT,
        Difference.FOLDER,
        Difference.TAKEN,
    }


def test_the_copy_that_is_kept_takes_its_place_in_the_burst() -> None:
    # 1 and 2 are copies, for which 1 stands in the burst. Of the copies, 2 is kept.
    copies, burst = group(1, 2), group(1, 5, 6, kind=Kind.BURST)
    facts = dict.fromkeys((1, 5, 6), ONE) | {2: replace(ONE, width=8000)}

    proposals = propose_all([copies, burst], facts)

    assert [(one.keeper, one.others) for one in proposals] == [(2, (1,)), (2, (5, 6))]
    moved = {row for one in proposals for row in one.others}
    assert moved == {1, 5, 6}
    assert rows_to_measure([copies, burst, group(8, 9)]) == [1, 2, 5, 6]


def test_what_the_person_chose_wins_over_the_rules_and_takes_its_place_in_the_burst() -> None:
    copies, burst = group(1, 2), group(1, 5, kind=Kind.BURST)
    facts = {1: replace(ONE, width=8000), 2: ONE, 5: ONE}

    proposals = propose_all([copies, burst], facts, DEFAULT_ORDER, {0: 2})

    assert (proposals[0].keeper, proposals[0].reasons) == (2, ())
    assert proposals[1].group.rows == (2, 5)
    # A row that is not in the group any more is no choice.
    assert propose_all([copies], facts, DEFAULT_ORDER, {0: 9})[0].keeper == 1
