from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from export_desk import NAMES, desk_of_four
from hypothesis import given
from hypothesis import strategies as st

from clipdesk.core.csv_text import neutralise
from clipdesk.core.export.options import TableOptions
from clipdesk.core.export.rows import ResultRow, Results
from clipdesk.core.export.tables import csv_header, stream_csv, write_csv, write_jsonl, write_results

NINE_DIGITS = ("0.500000000", "0.250000000", "-0.125000000", "0.250000000")


def rows() -> list[ResultRow]:
    return list(Results.of(desk_of_four()))


def test_the_header_is_the_contract(tmp_path: Path) -> None:
    write_csv(tmp_path / "scores.csv", [], ["dog", "cat"])

    assert (tmp_path / "scores.csv").read_text(encoding="utf-8") == (
        "filepath,label,label_source,status,probability,margin,cosine:dog,cosine:cat,error\n"
    )


def test_a_row_without_scores_has_empty_cells(tmp_path: Path) -> None:
    write_csv(tmp_path / "scores.csv", rows(), NAMES)

    with (tmp_path / "scores.csv").open(encoding="utf-8", newline="") as stream:
        cells = list(csv.reader(stream))
    assert cells[3] == ["/p/c.jpg", "", "", "none", "", "", "", "", ""]
    assert cells[4] == ["/p/d.jpg", "", "", "error", "", "", "", "", "The file is empty."]


def test_numbers_come_back_exactly_and_with_a_dot(tmp_path: Path) -> None:
    scores = desk_of_four().scores
    write_csv(tmp_path / "scores.csv", rows(), NAMES)

    with (tmp_path / "scores.csv").open(encoding="utf-8", newline="") as stream:
        first = next(csv.DictReader(stream))
    assert np.float32(first["probability"]) == scores.top[0]
    assert np.float32(first["margin"]) == scores.margin[0]
    assert np.float32(first["cosine:dog"]) == scores.cosine[0, 0]


@given(st.floats(-1, 1, width=32))
def test_every_number_has_a_dot_and_its_digits(value: float) -> None:
    stream = io.StringIO(newline="")
    stream_csv(stream, [ResultRow("a.jpg", "dog", "auto", "ok", value, value, (), "")], ())

    cell = stream.getvalue().splitlines()[1].split(",")[4]

    assert re.fullmatch(r"-?\d+\.\d{6,}(e-\d+)?", cell)
    assert np.float32(cell) == np.float32(value)


def test_a_negative_number_is_a_number_and_a_name_is_not_a_formula(tmp_path: Path) -> None:
    row = ResultRow("-danger.jpg", "=cat", "auto", "ok", 0.5, 0.25, (-0.125, 0.25), "@error")

    write_csv(tmp_path / "scores.csv", [row], NAMES)

    with (tmp_path / "scores.csv").open(encoding="utf-8", newline="") as stream:
        header, cells = csv.reader(stream)
    assert header[6:8] == ["cosine:dog", "cosine:=cat"]
    assert cells == ["'-danger.jpg", "'=cat", "auto", "ok", *NINE_DIGITS, "'@error"]


@given(st.text())
def test_no_text_cell_starts_a_formula(text: str) -> None:
    assert not neutralise(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_any_file_name_survives_the_round_trip(name: str) -> None:
    stream = io.StringIO(newline="")
    stream_csv(stream, [ResultRow(name, "", "", "none", None, None, (), "")], ())
    stream.seek(0)

    cells = list(csv.reader(stream))

    assert cells[1][0] == neutralise(name)


@pytest.mark.parametrize("name", ["a\rb.jpg", "a\r\nb.jpg", "a\nb.jpg", "b\r"])
def test_a_name_with_a_line_break_stays_in_one_row(tmp_path: Path, name: str) -> None:
    write_csv(tmp_path / "scores.csv", [ResultRow(name, "dog", "auto", "ok", None, None, (), "")], ())

    with (tmp_path / "scores.csv").open(encoding="utf-8", newline="") as stream:
        cells = list(csv.DictReader(stream))
    assert [row["filepath"] for row in cells] == [name]
    assert (tmp_path / "scores.csv").read_bytes().endswith(b"ok,,,\n")


def test_json_lines_hold_the_same_fields(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "scores.jsonl", rows(), NAMES)

    lines = [json.loads(line) for line in (tmp_path / "scores.jsonl").read_text(encoding="utf-8").splitlines()]
    assert list(lines[0]) == [
        *("filepath", "label", "label_source", "status", "probability", "margin"),
        *("cosine:dog", "cosine:=cat", "error"),
    ]
    assert lines[0]["probability"] == pytest.approx(float(desk_of_four().scores.top[0]))
    assert lines[2]["probability"] is None


def test_the_extension_chooses_the_format(tmp_path: Path) -> None:
    write_results(tmp_path / "a.jsonl", rows(), NAMES)
    write_results(tmp_path / "a.csv", rows(), NAMES)

    assert (tmp_path / "a.jsonl").read_text(encoding="utf-8").startswith("{")
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").startswith("filepath,")


ALL_COLUMNS = TableOptions(file=True, probabilities=True)


def test_additional_columns_follow_the_contract(tmp_path: Path) -> None:
    desk = desk_of_four()

    write_csv(tmp_path / "scores.csv", rows(), NAMES, ALL_COLUMNS)

    with (tmp_path / "scores.csv").open(encoding="utf-8", newline="") as stream:
        header, *cells = csv.reader(stream)
    assert header == [*csv_header(NAMES), "file", "probability:dog", "probability:=cat"]
    assert [row[-3] for row in cells] == ["a.jpg", "b.jpg", "c.jpg", "d.jpg"]
    assert np.array(cells[0][-2:], np.float32).tolist() == desk.scores.probability[0].tolist()
    assert [row[-2:] for row in cells[2:]] == [["", ""], ["", ""]]


def test_json_lines_have_the_additional_columns_too_but_no_byte_order_mark(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "s.jsonl", rows(), NAMES, replace(ALL_COLUMNS, byte_order_mark=True))

    lines = [json.loads(line) for line in (tmp_path / "s.jsonl").read_text(encoding="utf-8").splitlines()]
    assert list(lines[0]) == csv_header(NAMES, ALL_COLUMNS)
    assert (lines[0]["file"], lines[2]["probability:dog"]) == ("a.jpg", None)


def test_a_byte_order_mark_comes_first_on_request(tmp_path: Path) -> None:
    write_csv(tmp_path / "marked.csv", rows(), NAMES, TableOptions(byte_order_mark=True))
    write_csv(tmp_path / "plain.csv", rows(), NAMES)

    assert (tmp_path / "marked.csv").read_bytes() == b"\xef\xbb\xbf" + (tmp_path / "plain.csv").read_bytes()


@given(st.text(), st.floats(-1, 1, width=32))
def test_with_a_decimal_comma_excel_reads_the_same_values(label: str, value: float) -> None:
    stream = io.StringIO(newline="")
    options = TableOptions(byte_order_mark=True, decimal_comma=True)
    stream_csv(stream, [ResultRow("a,b;c.jpg", label, "auto", "ok", value, None, (value,), "")], ("dog",), options)

    header, row = csv.reader(io.StringIO(stream.getvalue().removeprefix("\ufeff"), newline=""), delimiter=";")
    assert header == csv_header(("dog",))
    assert row[:2] == ["a,b;c.jpg", neutralise(label)]
    for cell in (row[4], row[6]):
        assert cell.count(",") == 1 and "." not in cell
        assert np.float32(cell.replace(",", ".")) == np.float32(value)
