from __future__ import annotations

import numpy as np
from export_desk import desk_of_four

from clipdesk.core.export.rows import Results


def test_each_row_has_its_label_source_and_status() -> None:
    rows = list(Results.of(desk_of_four()))

    assert [row.status for row in rows] == ["ok", "unsure", "none", "error"]
    assert [row.label for row in rows] == ["dog", "=cat", "", ""]
    assert [row.label_source for row in rows] == ["auto", "auto", "", ""]


def test_chosen_rows_come_in_the_order_of_the_choice() -> None:
    desk = desk_of_four()

    some, whole = list(Results.of(desk, np.array([3, 0], np.int32))), list(Results.of(desk))

    assert some == [whole[3], whole[0]]
    assert some[0].error == "The file is empty."


def test_each_row_has_the_probability_of_every_label() -> None:
    desk = desk_of_four()

    rows = list(Results.of(desk))

    assert rows[0].probabilities == tuple(desk.scores.probability[0].tolist())
    assert rows[2].probabilities == (None, None)
