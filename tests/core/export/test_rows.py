from __future__ import annotations

from export_desk import desk_of_four

from clipdesk.core.export.rows import Results


def test_each_row_has_its_label_source_and_status() -> None:
    rows = list(Results.of(desk_of_four()))

    assert [row.status for row in rows] == ["ok", "unsure", "none", "error"]
    assert [row.label for row in rows] == ["dog", "=cat", "", ""]
    assert [row.label_source for row in rows] == ["auto", "auto", "", ""]
