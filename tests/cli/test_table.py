from __future__ import annotations

from clipdesk.cli.table import printable, text_table
from clipdesk.core.export.rows import ResultRow

ROWS = [
    ResultRow("/p/a.jpg", "dog", "auto", "ok", 0.97, 0.94, (0.31, 0.19), ""),
    ResultRow("/p/강아지.jpg", "cat", "auto", "unsure", 0.51, 0.02, (0.2, 0.2), ""),
    ResultRow("/p/broken.jpg", "", "", "error", None, None, (None, None), "cut off"),
]


def test_a_table_has_a_line_for_every_picture() -> None:
    lines = list(text_table(ROWS, ["dog", "cat"]))

    assert lines[0].split() == ["picture", "label", "prob.", "margin", "dog", "cat"]
    assert lines[1].split() == ["/p/a.jpg", "dog", "97.0%", "0.940", "0.3100", "0.1900"]
    assert "cat?" in lines[2]
    assert "cannot be read" in lines[3]


def test_wide_letters_keep_the_columns_aligned() -> None:
    lines = list(text_table(ROWS, ["dog", "cat"]))

    # A Hangul syllable takes two columns on a terminal.
    assert lines[2].index("cat?") + 3 == lines[1].index("dog")


def test_file_names_cannot_send_control_characters_to_the_terminal() -> None:
    assert printable("a\x1b[2Jb\nc") == "a\\x1b[2Jb\\nc"
    assert printable("caf\udce9") == "caf\\udce9"


def test_a_long_path_keeps_its_end() -> None:
    row = ResultRow("/very" * 30 + "/last.jpg", "dog", "auto", "ok", 0.9, 0.8, (), "")

    assert list(text_table([row], []))[1].split()[0].endswith("/last.jpg")
