"""`clipdesk label --desk` and `clipdesk export`: the desks that the window saves, without the window."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from xmp_samples import LIGHTROOM, keywords

from clipdesk.__main__ import main
from clipdesk.core.desk.desk_state import DeskState
from clipdesk.core.desk.document import DeskDocument
from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.labels.label_set import NO_LABEL_FITS_ID, UNSURE_ID, Label, LabelSet
from clipdesk.core.pictures.content import read_content
from clipdesk.core.pictures.scan import ImageFile, find_images

DOG, CAT = Label("dog", ("a puppy",)), Label("강아지 <&>")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    generator = np.random.default_rng(0)
    for number in range(4):
        Image.fromarray(generator.integers(0, 256, (20, 30, 3), np.uint8)).save(folder / f"{number}.png")
    return folder


@pytest.fixture
def state(folder: Path, tiny_model_dir: Path) -> DeskState:
    """A desk with four pictures: the first is a cat by hand, none fits the second."""
    return DeskState(
        LabelSet((DOG, CAT), ("a photo of a {}",)),
        1.0,
        ImageList(find_images([folder])),
        np.array([0, 1]),
        np.array([CAT.id, NO_LABEL_FITS_ID]),
        model=f"local-dir:{tiny_model_dir}",
    )


def save(path: Path, state: DeskState) -> Path:
    def find_contents(files: object) -> dict[Path, bytes]:
        assert isinstance(files, list)
        return {file.path: content.key for file in files if (content := read_content(file.path)) is not None}

    document = DeskDocument(path)
    document.save(state, find_contents)
    document.close()
    return path


@pytest.fixture
def desk(tmp_path: Path, state: DeskState) -> Path:
    return save(tmp_path / "desk.clipdesk", state)


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_label_uses_labels_threshold_model_and_corrections_of_a_desk(desk: Path, tmp_path: Path) -> None:
    details = tmp_path / "details.json"

    code = main(["label", "--desk", str(desk), "--csv", str(tmp_path / "s.csv"), "--details", str(details)])

    rows = read_csv(tmp_path / "s.csv")
    assert code == 0
    assert [Path(row["filepath"]).name for row in rows] == ["0.png", "1.png", "2.png", "3.png"]
    assert [(row["label_source"], row["status"]) for row in rows] == [
        ("user", "ok"),
        ("user", "none"),
        ("auto", "unsure"),
        ("auto", "unsure"),
    ]
    assert rows[0]["label"] == CAT.name and rows[1]["label"] == ""
    written = json.loads(details.read_text(encoding="utf-8"))
    assert written["threshold"] == 1.0 and written["labels"][0]["prompts"] == ["a photo of a a puppy"]


def test_marks_of_unsure_count_as_in_the_window(tmp_path: Path, state: DeskState) -> None:
    marked = replace(state, threshold=0.0, corrected_rows=np.array([2]), corrected_ids=np.array([UNSURE_ID]))
    desk = save(tmp_path / "desk.clipdesk", marked)

    assert main(["label", "--desk", str(desk), "--csv", str(tmp_path / "s.csv")]) == 0

    assert [row["status"] for row in read_csv(tmp_path / "s.csv")] == ["ok", "ok", "unsure", "ok"]


@pytest.mark.parametrize("cache", [(), ("--no-cache",)])
def test_corrections_follow_pictures_to_another_folder(
    desk: Path, folder: Path, tmp_path: Path, cache: tuple[str, ...]
) -> None:
    folder.rename(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "0.png").rename(tmp_path / "elsewhere" / "9.png")

    files = ("--desk", str(desk), "--threshold", "0", "--csv", str(tmp_path / "s.csv"))
    main(["label", str(tmp_path / "elsewhere"), *files, *cache])

    found = {Path(row["filepath"]).name: (row["label_source"], row["status"]) for row in read_csv(tmp_path / "s.csv")}
    assert found == {
        "1.png": ("user", "none"),
        "2.png": ("auto", "ok"),
        "3.png": ("auto", "ok"),
        "9.png": ("user", "ok"),
    }


def test_export_writes_everything_at_once(desk: Path, folder: Path, tmp_path: Path) -> None:
    (folder / "0.xmp").write_bytes(LIGHTROOM.encode())
    files = ("--csv", str(tmp_path / "s.csv"), "--bom", "--decimal-comma", "--jsonl", str(tmp_path / "s.jsonl"))
    more = ("--xmp", "--xmp-root", "AI", "--imagefolder", str(folder), "--npz", str(tmp_path / "e.npz"))

    assert main(["export", str(desk), *files, *more]) == 0

    lines = (tmp_path / "s.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("\ufefffilepath;label;") and lines[1].count(",") == 4
    assert len((tmp_path / "s.jsonl").read_text(encoding="utf-8").splitlines()) == 4
    assert keywords((folder / "0.xmp").read_bytes())["lightroom"] == ["People|family", "강아지", f"AI|{CAT.name}"]
    assert [path.name for path in folder.glob("*.xmp")] == ["0.xmp"], "unsure pictures have no decided label"
    assert [row["file_name"] for row in read_csv(folder / "metadata.csv")] == ["0.png", "1.png", "2.png", "3.png"]
    with np.load(tmp_path / "e.npz") as embeddings:
        assert embeddings["embeddings"].shape[0] == 4
        assert json.loads(str(embeddings["identity"]))["checkpoint"]


def test_export_of_unsure_labels_and_a_broken_sidecar(
    desk: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "0.png.xmp").write_bytes(b"<broken")

    code = main(["export", str(desk), "--xmp", "--xmp-name", "x.jpg.xmp", "--unsure"])

    assert code == 1
    assert sorted(path.name for path in folder.glob("*.xmp")) == ["0.png.xmp", "2.png.xmp", "3.png.xmp"]
    assert (folder / "0.png.xmp").read_bytes() == b"<broken"
    said = capsys.readouterr().err
    assert "0.png.xmp” was left alone: it is not well-formed XML" in said
    assert "Sidecars: 2 written, 0 cleared, 1 unchanged, 1 left alone." in said


def test_pictures_that_are_gone_are_reported(
    desk: Path, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "3.png").unlink()

    assert main(["export", str(desk), "--csv", str(tmp_path / "s.csv")]) == 3

    assert len(read_csv(tmp_path / "s.csv")) == 3
    assert "3.png: The file does not exist any more." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["export", "{desk}"], 2, "Say what to write"),
        (["export", "{desk}", "--csv", "{desk}"], 2, "is the desk"),
        (["export", "{desk}", "--csv", "{tmp}/a", "--unsure"], 2, "go with --xmp"),
        (["export", "{desk}", "--xmp", "--xmp-root", "|"], 2, "is empty"),
        (["export", "{desk}", "--npz", "{tmp}/a.parquet"], 2, "use --parquet"),
        (["export", "{desk}", "--npz", "{tmp}/no/a.npz"], 2, "does not exist"),
        (["export", "{desk}", "--imagefolder", "{tmp}"], 2, "was not written by ClipDesk"),
        (["export", "{tmp}/no.clipdesk", "--xmp"], 1, "no such file"),
        (["export", "{tmp}/metadata.csv", "--xmp"], 1, "damaged, or not a desk"),
        (["label", "--desk", "{desk}", "--label", "dog"], 2, "brings its own labels"),
    ],
)
def test_what_cannot_work_is_said_at_once(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str
) -> None:
    (tmp_path / "metadata.csv").write_text("file_name,mine\n" + 20 * "a.png,1\n", encoding="utf-8")

    assert main([text.replace("{desk}", str(desk)).replace("{tmp}", str(tmp_path)) for text in arguments]) == code

    assert said in capsys.readouterr().err


def test_a_desk_of_a_server_needs_its_server(
    tmp_path: Path, state: DeskState, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = save(tmp_path / "server.clipdesk", replace(state, model="ViT-B-16"))

    assert main(["export", str(desk), "--xmp"]) == 1

    assert "--server" in capsys.readouterr().err


def test_a_desk_without_labels_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = save(tmp_path / "empty.clipdesk", DeskState(images=ImageList([ImageFile(tmp_path / "a.png", 1, 1)])))

    assert main(["label", "--desk", str(desk)]) == 2

    assert "no labels" in capsys.readouterr().err
