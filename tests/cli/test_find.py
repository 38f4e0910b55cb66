"""`clipdesk search`, `duplicates` and `groups` on real pictures with the starter model. They move nothing."""

from __future__ import annotations

import csv
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from clipdesk.__main__ import main
from clipdesk.core.desk.desk_state import DeskState
from clipdesk.core.desk.document import DeskDocument
from clipdesk.core.desk.kept_groups import kept_group
from clipdesk.core.labels.label_set import Label, LabelSet
from clipdesk.core.pictures.content import read_content
from clipdesk.resources import resource_path

SAMPLES = resource_path("samples")


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def files_below(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    """The samples of fruit, one of them also half as large, one also under another name."""
    folder = tmp_path / "fruit"
    folder.mkdir()
    for name in ("apple", "banana", "lemons", "oranges"):
        (folder / f"{name}.jpg").write_bytes((SAMPLES / f"{name}.jpg").read_bytes())
    with Image.open(SAMPLES / "apple.jpg") as image:
        image.resize((image.width // 2, image.height // 2)).save(folder / "apple small.jpg")
    (folder / "banana (1).jpg").write_bytes((SAMPLES / "banana.jpg").read_bytes())
    return folder


def test_search_ranks_pictures_and_explains_each_term(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files_below(SAMPLES)

    code = main(["search", str(SAMPLES), "--text", "banana, +fruit", "--not", "apple", "--top", "3"])

    lines = capsys.readouterr().out.splitlines()
    assert code == 0
    assert len(lines) == 3
    assert "banana.jpg" in lines[0]
    assert "(banana +" in lines[0]
    assert "apple -" in lines[0] or "apple +0.00" in lines[0]
    assert files_below(SAMPLES) == before


def test_search_by_a_picture_finds_it_first_and_writes_csv(tmp_path: Path) -> None:
    target = tmp_path / "found.csv"

    code = main(["search", str(SAMPLES), "--like", str(SAMPLES / "owl.jpg"), "--top", "0", "--csv", str(target)])

    rows = read_csv(target)
    assert code == 0
    assert list(rows[0]) == ["filepath", "rank", "score", "part:owl.jpg", "cosine:owl.jpg"]
    assert Path(rows[0]["filepath"]).name == "owl.jpg"
    assert float(rows[0]["cosine:owl.jpg"]) == pytest.approx(1, abs=1e-3)
    assert [int(row["rank"]) for row in rows] == list(range(1, 1 + len(list(SAMPLES.glob("*.jpg")))))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "Say what to look for"),
        (["--text", " , "], "Say what to look for"),
        (["--like", "nowhere.jpg"], "does not exist"),
        (["--text", "cat", "--template", "a photo"], "does not contain {}"),
        (["--text", "cat", "--csv", "cat.jpg"], "name of a picture"),
    ],
)
def test_search_says_what_is_wrong(options: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", str(SAMPLES), *options]) == 2
    assert words in capsys.readouterr().err


def test_duplicates_lists_groups_with_what_to_keep(copies: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files_below(copies)

    code = main(["duplicates", str(copies)])

    out, err = capsys.readouterr()
    assert code == 0
    lines = [line.strip() for line in out.splitlines()]
    assert [line.partition(":")[0] for line in lines if ":" in line and "(" not in line] == [
        "Exact copies",
        "The same picture",
    ]
    kept = [line.split("(")[0].split("/")[-1].strip() for line in lines if line.startswith("keep")]
    assert kept == ["banana.jpg", "apple.jpg"]
    assert "2 groups" in err
    assert files_below(copies) == before


def test_duplicates_as_csv_without_those_that_are_both_wanted(copies: Path, tmp_path: Path) -> None:
    contents = [read_content(copies / name) for name in ("apple.jpg", "apple small.jpg")]
    desk, target = tmp_path / "fruit.clipdesk", tmp_path / "groups.csv"
    with closing(DeskDocument(desk)) as document:
        kept = kept_group(content.key for content in contents if content is not None)
        document.save(DeskState(LabelSet((Label("fruit"),)), kept_groups=kept))

    options = ["--desk", str(desk), "--csv", str(target), "--keep", "shortest_name", "--no-cache"]
    code = main(["duplicates", str(copies), *options])

    rows = read_csv(target)
    assert code == 0
    assert [(Path(row["filepath"]).name, row["kind"], row["keep"], row["reason"]) for row in rows] == [
        ("banana.jpg", "exact copies", "yes", "shortest name"),
        ("banana (1).jpg", "exact copies", "no", ""),
    ]
    with Image.open(SAMPLES / "banana.jpg") as image:
        assert (rows[0]["width"], rows[0]["height"]) == (str(image.width), str(image.height))


def test_duplicates_without_those_that_were_moved_away(copies: Path, tmp_path: Path) -> None:
    desk, target = tmp_path / "fruit.clipdesk", tmp_path / "groups.csv"
    with closing(DeskDocument(desk)) as document:
        aside = {copies / "banana (1).jpg": tmp_path / "banana (1).jpg"}
        document.save(DeskState(LabelSet((Label("fruit"),)), set_aside=aside))

    assert main(["duplicates", str(copies), "--desk", str(desk), "--csv", str(target), "--no-cache"]) == 0

    assert {row["kind"] for row in read_csv(target)} == {"same picture"}


def test_duplicates_of_one_kind_by_other_rules(copies: Path, tmp_path: Path) -> None:
    target = tmp_path / "groups.csv"

    main(["duplicates", str(copies), "--kind", "same", "--keep", "newest", "--csv", str(target)])

    assert {row["kind"] for row in read_csv(target)} == {"same picture"}
    assert read_csv(target)[0]["reason"] in ("newest", "")
    with pytest.raises(SystemExit):
        main(["duplicates", str(copies), "--kind", "alike"])
    with pytest.raises(SystemExit):
        main(["duplicates", str(copies), "--keep", "prettiest"])


def test_groups_cover_all_pictures_and_have_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "groups.csv"

    assert main(["groups", str(SAMPLES), "--fineness", "2", "--csv", str(target)]) == 0

    rows = read_csv(target)
    assert sorted(Path(row["filepath"]).name for row in rows) == sorted(path.name for path in SAMPLES.glob("*.jpg"))
    named = [row for row in rows if row["group"] != "various"]
    assert len({row["group"] for row in named}) >= 2
    assert all(row["name_1"] and row["name_2"] and row["name_3"] for row in named)
    assert all(not row["name_1"] for row in rows if row["group"] == "various")
    assert len({row["name_1"] for row in named}) == len({row["group"] for row in named})
    assert "groups, and" in capsys.readouterr().err

    assert main(["groups", str(SAMPLES)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("        ") and line.endswith(".jpg") for line in lines)
    counts = [int(line.split()[0]) for line in lines if not line.startswith("        ")]
    assert sum(counts) == len(rows)


def test_a_folder_without_pictures_and_an_unreadable_picture(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert main(["duplicates", str(empty)]) == 1
    assert "No pictures were found" in capsys.readouterr().err

    (empty / "broken.jpg").write_bytes(b"no picture")
    assert main(["duplicates", str(empty)]) == 1
    assert "None of the pictures can be read" in capsys.readouterr().err

    (empty / "apple.jpg").write_bytes((SAMPLES / "apple.jpg").read_bytes())
    for command in (["search", "--text", "fruit"], ["duplicates"], ["groups"]):
        assert main([*command, str(empty)]) == 3
        assert "1 of 2 pictures could not be read" in capsys.readouterr().err
