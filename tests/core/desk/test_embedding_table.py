"""EmbeddingTable: embeddings that are recalled for rows in a run, and for others."""

from __future__ import annotations

import numpy as np
import pytest

from clipdesk.core.desk.embedding_table import EmbeddingTable, RowState


@pytest.mark.parametrize(
    "parts",
    [
        [[0, 1, 2], [3, 4]],
        [[3, 4], [0, 1, 2]],
        [[2, 0], [1, 4]],
        [[0, 1], [1, 2, 3]],
        [[4], []],
        [[0, 1, 3, 4]],
        [[1, 0]],
    ],
)
def test_rows_have_the_embeddings_that_were_put_last_and_all_others_none(parts: list[list[int]]) -> None:
    table, expected = EmbeddingTable(3), np.full((6, 3), np.nan, np.float32)
    table.grow(6)

    for number, rows in enumerate(parts, 1):
        embeddings = np.arange(3 * len(rows), dtype=np.float32).reshape(-1, 3) + 100 * number
        table.put_rows(np.array(rows, np.intp), embeddings)
        expected[rows] = embeddings

    assert np.array_equal(table.all_vectors(), expected, equal_nan=True)
    is_embedded = ~np.isnan(expected[:, 0])
    assert table.states.tolist() == np.where(is_embedded, RowState.EMBEDDED, RowState.WAITING).tolist()
