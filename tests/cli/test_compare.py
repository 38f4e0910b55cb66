"""`clipdesk compare`, with the starter model on the samples."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from clipdesk.__main__ import main
from clipdesk.cli.judged_file import read_judged
from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.errors import LabelError
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.encoders.models import catalog
from clipdesk.resources import resource_path

needs_starter = pytest.mark.skipif(not catalog.has_starter(), reason="the starter model is not in resources/ yet")
LABELS = ("--label", "fruit, animal, landscape")
SIDES = ("--a", "fruit=fruit", "--b", "fruit=a flower|a flower in a garden")


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Some of the samples."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    for path in sorted(resource_path("samples").glob("*.jpg")):
        shutil.copy2(path, folder)
    return folder


def compare(pictures: Path, *options: str) -> int:
    return main(["compare", str(pictures), *LABELS, *options])


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@needs_starter
def test_agreement_and_differences_are_printed(pictures: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compare(pictures, *SIDES) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["A: fruit = fruit", "B: fruit = a flower | a flower in a garden"]
    same, of, differ = (int(lines[2].replace(",", "").split()[place]) for place in (0, 3, -2))
    assert same + differ == of == len(list(pictures.iterdir()))
    assert differ > 0
    assert sum(" → " in line and line.startswith("  ") for line in lines) > 0
    assert sum(line.startswith(str(pictures)) for line in lines) == differ
    assert lines[-1].startswith("Hint: ")


@needs_starter
def test_the_csv_has_both_labels_of_every_picture_and_judging_it_gives_a_verdict(
    pictures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results, judged = tmp_path / "both.csv", tmp_path / "judged.csv"
    assert compare(pictures, *SIDES, "--csv", str(results)) == 0
    rows = rows_of(results)
    assert len(rows) == len(list(pictures.iterdir()))
    differing = [row for row in rows if row["differs"] == "yes"]
    assert all((row["label_a"] != row["label_b"]) == (row["differs"] == "yes") for row in rows)
    assert {row["judged"] for row in rows} == {""}
    capsys.readouterr()
    # B is right everywhere, and the last one is named without its folder.
    names = [row["filepath"] for row in differing]
    names[-1] = Path(names[-1]).name
    lines = [f"{name},{row['label_b']}" for name, row in zip(names, differing, strict=True)]
    judged.write_text("\n".join(["\ufefffile,label", *lines]), encoding="utf-8")

    assert compare(pictures, *SIDES, "--judged", str(judged), "--csv", str(results)) == 0

    out = capsys.readouterr().out
    count = len(differing)
    if count >= 8:
        assert f"B is right in {count} of {count}. That is very unlikely to be chance." in out
    else:
        assert f"All differing pictures are judged: A is right in 0, B in {count}, neither in 0." in out
    assert f"B is right in {count} of {count} judged pictures: 100%" in out
    assert "Hint" not in out
    assert [row["judged"] for row in rows_of(results) if row["differs"] == "yes"] == [
        row["label_b"] for row in differing
    ]


@needs_starter
def test_templates_are_compared_without_words_of_a_label(pictures: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compare(pictures, "--template-a", "a photo of a {}", "--template-b", "a drawing of a {}") == 0

    assert capsys.readouterr().out.splitlines()[:2] == [
        "A: templates a photo of a {}",
        "B: templates a drawing of a {}",
    ]


@needs_starter
def test_a_label_that_is_only_in_a_spec_is_added(pictures: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["compare", str(pictures), "--label", "animal", "--a", "fruit=an apple", "--b", "fruit=food"]

    assert main(options) == 0

    assert "A: fruit = an apple" in capsys.readouterr().out


@needs_starter
def test_an_unreadable_picture_gives_exit_code_3(pictures: Path) -> None:
    (pictures / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 no more")

    assert compare(pictures, *SIDES) == 3


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ([], "A and B are the same."),
        (["--a", "fruit=apple", "--b", "animal=dog"], "Compare one label at a time."),
        (["--b", "fruit=apple", "--csv", "."], "is a folder"),
        (["--b", "fruit=apple", "--template-b", "no braces"], "must contain {} once"),
        (["--b", "=apple"], "has no name"),
    ],
)
def test_wrong_arguments_are_explained(
    pictures: Path, options: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert compare(pictures, *options) == 2
    assert sentence in capsys.readouterr().err


def test_a_judged_file_that_cannot_be_used_is_reported_before_any_work(
    pictures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert compare(pictures, *SIDES, "--judged", str(tmp_path / "absent.csv")) == 2

    output = capsys.readouterr()
    assert "absent.csv" in output.err
    assert "labelled" not in output.err


def test_one_label_alone_is_refused(pictures: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", str(pictures), "--a", "dog=puppy", "--b", "dog=hound"]) == 2
    assert "One label alone gets all pictures" in capsys.readouterr().err


@pytest.fixture
def images() -> ImageList:
    paths = ("/p/a.jpg", "/p/b.jpg", "/p/more/b.jpg", "/p/=c.jpg", "/p/강아지.jpg")
    return ImageList(ImageFile(Path(path), 1, 1) for path in paths)


def judged_rows(tmp_path: Path, images: ImageList, text: str) -> tuple[dict[int, int], list[str], list[str]]:
    path = tmp_path / "judged.csv"
    path.write_text(text, encoding="utf-8")
    found = read_judged(path, images, ("dog", "cat"))
    return found.labels, found.unknown_files, found.unknown_labels


def test_judged_files_are_found_by_path_by_name_and_by_the_end_of_the_path(tmp_path: Path, images: ImageList) -> None:
    text = (
        "note,filepath,label\nx,/p/a.jpg,Dog\n,more/b.jpg,cat\n,강아지.jpg,none\n,'=c.jpg,dog\n,b.jpg,dog\n,z.jpg,dog\n"
    )

    labels, unknown, names = judged_rows(tmp_path, images, text)

    assert labels == {0: 0, 2: 1, 4: -1, 3: 0}
    assert unknown == ["b.jpg", "z.jpg"]  # two pictures, and none
    assert names == []


def test_a_judged_file_without_titles_and_with_unknown_or_no_labels(tmp_path: Path, images: ImageList) -> None:
    labels, unknown, names = judged_rows(tmp_path, images, "/p/a.jpg,dgo\n/p/b.jpg,\n\n강아지.jpg,cat\nshort\n")

    assert labels == {0: -1, 4: 1}
    assert unknown == []
    assert names == ["dgo"]


@pytest.mark.parametrize("text", ["", "only one column\n"])
def test_a_judged_file_without_the_columns_is_refused(tmp_path: Path, images: ImageList, text: str) -> None:
    with pytest.raises(LabelError, match="“file” and “label”"):
        judged_rows(tmp_path, images, text)


def test_a_judged_file_that_does_not_exist_is_named(tmp_path: Path, images: ImageList) -> None:
    with pytest.raises(LabelError, match="could not be read"):
        read_judged(tmp_path / "absent.csv", images, ("dog",))
