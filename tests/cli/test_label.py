from __future__ import annotations

import contextlib
import csv
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from raw_files import dng, preview
from tiny_model import build_tiny_model
from waiting import wait_until

from clipdesk.__main__ import main
from clipdesk.cli import scored_desk
from clipdesk.cli.terminal import INTERRUPTED
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.store.embedding_store import FILE_NAME


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three real images in natural order."""
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    generator = np.random.default_rng(0)
    for number in (1, 2, 10):
        pixels = generator.integers(0, 256, (40, 60, 3), np.uint8)
        Image.fromarray(pixels).save(pictures / f"img{number}.png")
    return pictures


@pytest.fixture
def settled(folder: Path) -> Path:
    """The folder with an unreadable file, and old modification times."""
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 cut off")
    for path in folder.iterdir():
        os.utime(path, (1_700_000_000, 1_700_000_000))
    return folder


@pytest.fixture
def known(settled: Path, tiny_model_dir: Path) -> Path:
    """The settled folder with its embeddings in the store: a process that labels it need not import torch."""
    assert label(settled, tiny_model_dir) == 3
    return settled


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def label(folder: Path, model: Path, *options: str) -> int:
    return main(["label", str(folder), "--model", f"local-dir:{model}", "--label", "dog", "--label", "cat", *options])


def test_label_writes_a_row_for_every_picture(folder: Path, tiny_model_dir: Path, tmp_path: Path) -> None:
    code = label(folder, tiny_model_dir, "--csv", str(tmp_path / "scores.csv"))

    rows = read_csv(tmp_path / "scores.csv")
    assert code == 0
    assert [Path(row["filepath"]).name for row in rows] == ["img1.png", "img2.png", "img10.png"]
    assert list(rows[0]) == [
        "filepath",
        "label",
        "label_source",
        "status",
        "probability",
        "margin",
        "cosine:dog",
        "cosine:cat",
        "error",
    ]
    for row in rows:
        better = "dog" if float(row["cosine:dog"]) > float(row["cosine:cat"]) else "cat"
        assert row["label"] == better
        assert row["status"] == "ok"
        assert 0.5 <= float(row["probability"]) <= 1


def test_without_a_file_a_table_goes_to_the_screen(
    folder: Path, tiny_model_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = label(folder, tiny_model_dir)

    captured = capsys.readouterr()
    assert code == 0
    assert captured.out.splitlines()[0].split() == ["picture", "label", "prob.", "margin", "dog", "cat"]
    assert len(captured.out.splitlines()) == 4
    assert "3 of 3 pictures labelled" in captured.err
    assert "CPU" in captured.err


def test_an_unreadable_picture_is_a_row_and_exit_code_3(
    folder: Path, tiny_model_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 cut off")

    code = label(folder, tiny_model_dir, "--csv", str(tmp_path / "scores.csv"))

    rows = read_csv(tmp_path / "scores.csv")
    assert code == 3
    assert [row["status"] for row in rows] == ["error", "ok", "ok", "ok"]
    assert rows[0]["error"]
    assert "broken.jpg" in capsys.readouterr().err


def test_a_threshold_makes_pictures_unsure(folder: Path, tiny_model_dir: Path, tmp_path: Path) -> None:
    label(folder, tiny_model_dir, "--threshold", "1", "--csv", str(tmp_path / "scores.csv"))

    assert {row["status"] for row in read_csv(tmp_path / "scores.csv")} == {"unsure"}


def test_additional_columns_and_a_byte_order_mark_on_request(
    folder: Path, tiny_model_dir: Path, tmp_path: Path
) -> None:
    file, lines = tmp_path / "scores.csv", tmp_path / "scores.jsonl"
    options = ("--csv", str(file), "--jsonl", str(lines), "--columns", "file,probabilities", "--bom")

    assert label(folder, tiny_model_dir, *options) == 0

    text = file.read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.removeprefix("\ufeff").splitlines()))
    assert text.startswith("\ufefffilepath,")
    assert list(rows[0])[-4:] == ["error", "file", "probability:dog", "probability:cat"]
    assert [row["file"] for row in rows] == ["img1.png", "img2.png", "img10.png"]
    for row in rows:
        assert float(row["probability:dog"]) + float(row["probability:cat"]) == pytest.approx(1, abs=1e-6)
        assert row["probability"] == row[f"probability:{row['label']}"]
    assert list(json.loads(lines.read_text(encoding="utf-8").splitlines()[0])) == list(rows[0])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--columns", "name", "--csv", "s.csv"), "no column “name”"),
        (("--columns", "file"), "--columns goes with --csv or --jsonl"),
        (("--bom", "--jsonl", "s.jsonl"), "--bom goes with --csv"),
    ],
)
def test_columns_that_would_be_ignored_are_refused(
    folder: Path, tiny_model_dir: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], words: str
) -> None:
    try:
        code = label(folder, tiny_model_dir, *options)
    except SystemExit as end:
        code = int(str(end.code))

    assert code == 2
    assert words in capsys.readouterr().err


def test_json_lines_and_details_are_written_beside(folder: Path, tiny_model_dir: Path, tmp_path: Path) -> None:
    code = label(
        folder, tiny_model_dir, "--jsonl", str(tmp_path / "s.jsonl"), "--details", str(tmp_path / "s.json"),
        "--template", "a photo of a {}",
    )  # fmt: skip

    lines = [json.loads(line) for line in (tmp_path / "s.jsonl").read_text(encoding="utf-8").splitlines()]
    details = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))
    assert code == 0
    assert len(lines) == 3
    assert details["labels"][0]["prompts"] == ["a photo of a dog"]
    assert len(details["checkpoint_sha256"]) == 64


def test_templates_change_the_scores(folder: Path, tiny_model_dir: Path, tmp_path: Path) -> None:
    label(folder, tiny_model_dir, "--csv", str(tmp_path / "plain.csv"))
    label(folder, tiny_model_dir, "--csv", str(tmp_path / "photo.csv"), "--template", "a photo of a {}")

    plain, photo = read_csv(tmp_path / "plain.csv"), read_csv(tmp_path / "photo.csv")
    assert [row["cosine:dog"] for row in plain] != [row["cosine:dog"] for row in photo]


def test_labels_come_from_a_file_or_from_options(folder: Path, tiny_model_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "labels.txt").write_text("dog\ncat\n", encoding="utf-8")
    label(folder, tiny_model_dir, "--csv", str(tmp_path / "options.csv"))

    main(
        ["label", str(folder), "--model", f"local-dir:{tiny_model_dir}", "--labels", str(tmp_path / "labels.txt"),
         "--csv", str(tmp_path / "file.csv")]
    )  # fmt: skip

    assert (tmp_path / "file.csv").read_text() == (tmp_path / "options.csv").read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["label", "{folder}"], "no labels"),
        (["label", "{folder}/gone", "--label", "dog"], "does not exist"),
        (["label", "{folder}", "--label", "dog", "--label", "Dog"], "already a label"),
        (["label", "{folder}", "--label", "=x"], "no name"),
        (["label", "{folder}", "--label", "dog", "--label", ""], "no name"),
        (["label", "{folder}", "--label", "dog, Cat", "--label", "cat"], "already a label"),
        (["label", "{folder}", "--label", "dog", "--template", "a photo"], "{}"),
        (["label", "{folder}", "--label", "dog", "--csv", "{folder}/gone/scores.csv"], "does not exist"),
        (["label", "{folder}", "--label", "dog", "--csv", "{folder}/" + 300 * "x"], "name is too long"),
        (["label", "{folder}", "--label", "dog", "--csv", "{folder}/img1.png/scores.csv"], "does not exist"),
        (["label", "{folder}", "--labels", "{folder}/gone.txt"], "could not be read"),
        (["label", "{folder}", "--label", "dog", "--csv", "{folder}"], "is a folder"),
        (["label", "{folder}", "--label", "dog", "--csv", "{folder}/a", "--jsonl", "{folder}/a"], "two kinds"),
        (["label"], "Name pictures"),
        (["label", "{folder}", "--label", "dog", "--decimal-comma"], "goes with --csv"),
        (["label", "{folder}/" + 300 * "x", "--label", "dog"], "cannot be opened"),
    ],
)
def test_wrong_arguments_are_exit_code_2(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    code = main([argument.replace("{folder}", str(folder)) for argument in arguments])

    assert code == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["sort"], ["label", "x", "--threshold", "2"], ["models", "fly"], ["--fly"]])
def test_arguments_that_cannot_be_parsed_are_exit_code_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as exit_info:
        main(arguments)

    assert exit_info.value.code == 2


def test_an_invalid_threshold_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["label", "x", "--threshold", "half"])

    assert "half is not between 0 and 1" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--csv", "--jsonl", "--details"])
@pytest.mark.parametrize("name", ["img2.png", "no ending"])
def test_results_never_overwrite_a_picture(
    folder: Path, tiny_model_dir: Path, capsys: pytest.CaptureFixture[str], option: str, name: str
) -> None:
    picture = folder / name
    picture.write_bytes((folder / "img1.png").read_bytes())
    before = picture.read_bytes()

    # What the shell makes of `--csv *.png`.
    code = main(
        ["label", str(picture), "--label", "dog", "--model", f"local-dir:{tiny_model_dir}", option, str(picture)]
    )

    assert code == 2
    assert "name of a picture" in capsys.readouterr().err
    assert picture.read_bytes() == before


@pytest.mark.skipif(os.name == "nt" or not Path("/proc").is_dir(), reason="a folder in which nobody may write")
def test_unwritable_results_are_reported_before_labelling(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # A missing model would be the next error.
    code = main(["label", str(folder), "--label", "dog", "--model", "local-dir:/gone", "--csv", "/proc/scores.csv"])

    errors = capsys.readouterr().err.strip().splitlines()
    assert code == 2
    assert len(errors) == 1
    assert "/proc/scores.csv" in errors[0]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a folder that may not be searched")
@pytest.mark.parametrize("option", ["--csv", "--jsonl", "--details"])
def test_a_folder_without_access_is_reported_in_one_sentence(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0)

    code = main(["label", str(folder), "--label", "dog", option, str(locked / "scores.csv")])

    errors = capsys.readouterr().err.strip().splitlines()
    assert code == 2
    assert len(errors) == 1
    assert "Permission denied" in errors[0]


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_an_unreadable_folder_is_exit_code_3(
    folder: Path, tiny_model_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "link.png").symlink_to(tmp_path / "gone.png")

    code = label(folder, tiny_model_dir, "--csv", str(tmp_path / "scores.csv"))

    assert code == 3
    assert "link.png: " in capsys.readouterr().err
    assert len(read_csv(tmp_path / "scores.csv")) == 3


def test_a_model_that_fails_midway_keeps_the_finished_rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from safetensors.numpy import load_file, save_file

    # Black stays 0. White overflows in the first layer, and infinities of both signs add up to NaN. The deviation is
    # no subnormal number, because some libraries make zeros of these.
    model = build_tiny_model(tmp_path / "model", mean=[0.0] * 3, std=[2e-38] * 3)
    weights = load_file(model / "open_clip_model.safetensors")
    weights["visual.conv1.weight"] *= 1000
    save_file(weights, model / "open_clip_model.safetensors")
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    for name, color in (("1", "black"), ("2", "black"), ("3", "black"), ("4", "white")):
        Image.new("RGB", (40, 40), color).save(pictures / f"{name}.png")

    code = label(pictures, model, "--csv", str(tmp_path / "scores.csv"))

    last = capsys.readouterr().err.strip().splitlines()[-1]
    assert code == 1, last
    assert [row["status"] for row in read_csv(tmp_path / "scores.csv")] == ["ok", "ok", "ok", "none"]
    assert "not finite" in last
    assert "Finished results are kept" in last


def test_pictures_that_are_passed_over_are_counted(
    folder: Path, tiny_model_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("1.r3d", "2.EIP", "a.jxl"):
        (folder / name).touch()
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "1.r3d").touch()

    assert label(folder, tiny_model_dir, "--csv", str(tmp_path / "scores.csv")) == 0
    assert "2 camera raw files and 1 JPEG XL picture were passed over." in capsys.readouterr().err.splitlines()
    assert label(tmp_path / "raw", tiny_model_dir) == 1
    assert "No pictures were found there. 1 camera raw file was passed over." in capsys.readouterr().err


def test_raw_jpeg_pairs_count_once_unless_told_otherwise(tmp_path: Path, tiny_model_dir: Path) -> None:
    pytest.importorskip("rawpy")
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    (pictures / "1.dng").write_bytes(dng(preview()))
    (pictures / "1.jpg").write_bytes(preview())
    (pictures / "2.dng").write_bytes(dng(preview(), orientation=6))
    table = tmp_path / "scores.csv"

    assert label(pictures, tiny_model_dir, "--csv", str(table)) == 0
    assert [Path(row["filepath"]).name for row in read_csv(table)] == ["1.jpg", "2.dng"]
    assert label(pictures, tiny_model_dir, "--csv", str(table), "--separate-pairs") == 0
    assert [Path(row["filepath"]).name for row in read_csv(table)] == ["1.dng", "1.jpg", "2.dng"]


def test_labels_in_a_language_that_the_model_does_not_know_are_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["label", str(folder), "--model", "starter", "--label", "강아지", "--label", "dog"]) == 0

    errors = capsys.readouterr().err
    assert "does not know “강아지”," in errors
    assert "“Any language”" in errors


def test_an_unknown_model_fails_with_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["label", str(folder), "--label", "dog", "--model", "ViT-B-23:openai"])

    errors = capsys.readouterr().err.strip().splitlines()
    assert code == 1
    assert len(errors) == 1
    assert "ViT-B-23" in errors[0]


def test_an_empty_folder_fails_with_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["label", str(tmp_path), "--label", "dog"])

    assert code == 1
    assert "No pictures" in capsys.readouterr().err


@pytest.mark.parametrize("source", ["made here", "shared"])
def test_pictures_of_one_size_and_date_that_exchange_their_names_keep_their_own_scores(
    tiny_model_dir: Path, tmp_path: Path, source: str
) -> None:
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    shared = Path(__file__).parents[3] / "shared" / "failing" / "stale"
    if source == "shared" and not shared.is_dir():
        pytest.skip("needs ../shared/failing")
    for name, color in (("001.bmp", "red"), ("002.bmp", "navy")):
        if source == "shared":
            (pictures / name).write_bytes((shared / name).read_bytes())
        else:
            Image.new("RGB", (60, 40), color).save(pictures / name)
        os.utime(pictures / name, (1_700_000_000, 1_700_000_000))

    def cosines() -> list[str]:
        assert label(pictures, tiny_model_dir, "--csv", str(tmp_path / "scores.csv")) == 0
        return [row["cosine:dog"] for row in read_csv(tmp_path / "scores.csv")]

    before = cosines()
    (pictures / "001.bmp").rename(pictures / "aside")
    (pictures / "002.bmp").rename(pictures / "001.bmp")
    (pictures / "aside").rename(pictures / "002.bmp")

    assert before[0] != before[1]
    assert cosines() == before[::-1]


def has_kept_pictures(store: Path) -> bool:
    """Return whether the store has embeddings, which means that the first batch is finished."""
    try:
        with contextlib.closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as connection:
            (count,) = connection.execute("SELECT count(*) FROM files").fetchone()
    except sqlite3.Error:  # there is no file yet, or no table
        return False
    return bool(count)


def test_ctrl_c_ends_the_search_for_pictures(
    folder: Path, tiny_model_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    find, found = scored_desk.find_images, []

    def interrupted(*arguments: Any, **options: Any) -> Iterator[ImageFile]:
        for image in find(*arguments, **options):
            found.append(image)
            if len(found) == 1:
                signal.raise_signal(signal.SIGINT)
            yield image

    monkeypatch.setattr(scored_desk, "find_images", interrupted)

    assert label(folder, tiny_model_dir) == INTERRUPTED
    assert len(found) == 1
    assert capsys.readouterr().err.splitlines()[-1].endswith("Stopped.")


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_keeps_the_finished_rows(
    folder: Path, tiny_model_dir: Path, tmp_path: Path, own_store: Path, sent: signal.Signals
) -> None:
    first = folder / "img1.png"
    for number in range(20_000):
        os.link(first, folder / f"copy{number}.png")
    command = [sys.executable, "-m", "clipdesk", "label", str(folder), "--label", "dog", "--label", "cat"]
    command += ["--model", f"local-dir:{tiny_model_dir}", "--csv", str(tmp_path / "scores.csv")]

    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        wait_until(lambda: has_kept_pictures(own_store / FILE_NAME) or process.poll() is not None)
        assert process.poll() is None
        process.send_signal(sent)
        errors = process.stderr.read()

    statuses = [row["status"] for row in read_csv(tmp_path / "scores.csv")]
    assert process.returncode == 130, errors
    assert len(statuses) == 20_003
    assert 0 < statuses.count("ok") < 20_003
    assert set(statuses) == {"ok", "none"}


def run_in_shell(line: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a line of bash in which the command `clipdesk` runs this checkout."""
    program = f'clipdesk() {{ "{sys.executable}" -m clipdesk "$@"; }}; set -o pipefail; {line}'
    return subprocess.run(
        ["bash", "-c", program],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.parametrize("redirection", ["| true", ">&-", "--csv '{csv}' 2>&-", "--csv '{csv}' 2> >(true)"])
def test_the_exit_code_does_not_depend_on_the_readers_of_the_output(
    known: Path, tiny_model_dir: Path, tmp_path: Path, redirection: str
) -> None:
    csv_file = tmp_path / "scores.csv"

    result = run_in_shell(
        f"clipdesk label '{known}' --label dog --label cat --model 'local-dir:{tiny_model_dir}' "
        + redirection.format(csv=csv_file)
    )

    assert result.returncode == 3, result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""
    if "--csv" in redirection:
        assert len(read_csv(csv_file)) == 4


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_the_csv_can_be_piped(known: Path, tiny_model_dir: Path) -> None:
    result = run_in_shell(
        f"clipdesk label '{known}' --label dog --label cat --model 'local-dir:{tiny_model_dir}' --csv /dev/stdout | cat"
    )

    assert result.returncode == 3, result.stderr
    assert len(list(csv.DictReader(result.stdout.splitlines()))) == 4


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_behind_standard_output_is_reported(known: Path, tiny_model_dir: Path) -> None:
    result = run_in_shell(
        f"clipdesk label '{known}' --label dog --label cat --model 'local-dir:{tiny_model_dir}' > /dev/full"
    )

    assert result.returncode == 1
    assert "standard output" in result.stderr.splitlines()[-1]
    assert "Traceback" not in result.stderr


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_characters_that_the_terminal_lacks_are_escaped() -> None:
    result = run_in_shell("clipdesk models list", PYTHONIOENCODING="ascii")

    assert result.returncode == 0, result.stderr
    assert "Recommended" in result.stdout


@pytest.mark.parametrize("model", ["local-dir:/gone", "ViT-B-32:openai"])
def test_deleting_a_missing_model_fails(capsys: pytest.CaptureFixture[str], model: str) -> None:
    code = main(["models", "delete", model])

    assert code == 1
    assert model in capsys.readouterr().err


def test_a_missing_local_folder_cannot_be_downloaded(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code = main(["models", "download", f"local-dir:{tmp_path}/gone"])

    captured = capsys.readouterr()
    assert code == 1
    assert captured.out == ""
    assert "cannot be downloaded" in captured.err


def test_models_are_listed_in_plain_words(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["models", "list"])

    listed = capsys.readouterr().out
    assert code == 0
    assert "Recommended" in listed
    assert "ViT-B-32-256:datacomp_s34b_b86k" in listed
    assert "Any language" in listed


def test_all_models_can_be_searched(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["models", "list", "ViT-L-14", "datacomp"])

    assert code == 0
    assert "ViT-L-14:datacomp_xl_s13b_b90k" in capsys.readouterr().out


def test_real_photos_are_labelled_sensibly(shared_photos: Path, photo_clip: Path, tmp_path: Path) -> None:
    everyday = shared_photos / "everyday"
    code = main(
        ["label", str(everyday), "--model", f"local-dir:{photo_clip}", "--label", "cat", "--label", "owl",
         "--label", "parrot", "--label", "hot dog", "--template", "a photo of a {}",
         "--csv", str(tmp_path / "scores.csv")]
    )  # fmt: skip

    labels = {Path(row["filepath"]).stem: row["label"] for row in read_csv(tmp_path / "scores.csv")}
    assert code == 0
    for name in ("owl", "parrot"):
        assert labels[name] == name


# --- What is stored


def label_elsewhere(folder: Path, model: Path, csv_path: Path, *options: str) -> tuple[bool, str]:
    """Label in a separate process; return whether it imported torch, and its output."""
    code = "import sys; from clipdesk.__main__ import main; code = main(sys.argv[1:]); "
    code += "print('torch' in sys.modules); sys.exit(code)"
    arguments = ["label", str(folder), "--model", f"local-dir:{model}", "--label", "dog", "--label", "cat"]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments, "--csv", str(csv_path), *options], capture_output=True, text=True
    )
    assert done.returncode in (0, 3), done.stderr
    return done.stdout.split()[-1] == "True", done.stderr


def test_the_second_time_the_scores_are_the_same_and_torch_is_not_imported(
    settled: Path, tiny_model_dir: Path, tmp_path: Path
) -> None:
    first_loaded, _ = label_elsewhere(settled, tiny_model_dir, tmp_path / "first.csv")
    second_loaded, said = label_elsewhere(settled, tiny_model_dir, tmp_path / "second.csv")

    # The unreadable file is read again, which does not need torch.
    assert (first_loaded, second_loaded) == (True, False)
    assert (tmp_path / "first.csv").read_bytes() == (tmp_path / "second.csv").read_bytes()
    assert "not loaded" in said


def test_scores_in_int8_are_kept_apart_so_that_going_back_loads_no_model(
    settled: Path, tiny_model_dir: Path, tmp_path: Path
) -> None:
    exact, fast, again = (tmp_path / f"{name}.csv" for name in ("exact", "fast", "again"))
    assert label(settled, tiny_model_dir, "--csv", str(exact)) == 3
    assert label(settled, tiny_model_dir, "--device", "cpu:int8", "--csv", str(fast)) == 3

    loaded, _ = label_elsewhere(settled, tiny_model_dir, again)

    assert not loaded
    assert exact.read_bytes() == again.read_bytes() != fast.read_bytes()
    cosines = [[float(row["cosine:dog"] or 0) for row in read_csv(path)] for path in (exact, fast)]
    assert cosines[0] == pytest.approx(cosines[1], abs=0.05)


def test_a_model_that_is_not_faster_in_int8_is_refused_in_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["label", str(folder), "--label", "dog", "--model", "starter", "--device", "cpu:int8"])

    errors = capsys.readouterr().err.strip().splitlines()
    assert code == 1
    assert [line for line in errors if "int8 is not faster for this model" in line] == errors[-1:]


def test_with_a_store_or_without_the_scores_are_the_same(
    settled: Path, tiny_model_dir: Path, tmp_path: Path, own_store: Path
) -> None:
    label(settled, tiny_model_dir, "--csv", str(tmp_path / "without.csv"), "--no-cache")
    assert not own_store.exists()

    label(settled, tiny_model_dir, "--csv", str(tmp_path / "with.csv"))
    assert own_store.exists()

    assert (tmp_path / "with.csv").read_bytes() == (tmp_path / "without.csv").read_bytes()


def test_a_new_label_or_picture_loads_the_model_and_says_so(
    settled: Path, tiny_model_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    label(settled, tiny_model_dir, "--csv", str(tmp_path / "1.csv"))
    capsys.readouterr()
    Image.new("RGB", (40, 40), "red").save(settled / "img3.png")

    label(settled, tiny_model_dir, "--csv", str(tmp_path / "2.csv"), "--label", "boat")

    said = capsys.readouterr().err
    rows = read_csv(tmp_path / "2.csv")
    assert [row["status"] for row in rows] == ["error", "ok", "ok", "ok", "ok"]
    assert rows[1]["cosine:boat"]
    assert "CPU" in said and "4 of 5 pictures labelled" in said


def test_a_changed_checkpoint_is_noticed(settled: Path, tiny_model_dir: Path, tmp_path: Path) -> None:
    model = tmp_path / "model"
    shutil.copytree(tiny_model_dir, model)
    weights = model / "open_clip_model.safetensors"
    content, status = bytearray(weights.read_bytes()), weights.stat()
    label(settled, model, "--csv", str(tmp_path / "1.csv"))

    # The content changes, but size and modification time stay the same.
    content[-200_000:] = bytes(200_000)
    weights.write_bytes(content)
    os.utime(weights, ns=(status.st_atime_ns, status.st_mtime_ns))
    label(settled, model, "--csv", str(tmp_path / "2.csv"))
    label(settled, model, "--csv", str(tmp_path / "3.csv"), "--no-cache")

    one, two, three = (read_csv(tmp_path / f"{number}.csv") for number in (1, 2, 3))
    assert [row["cosine:dog"] for row in one] != [row["cosine:dog"] for row in two]
    assert two == three


def test_a_damaged_store_is_put_aside_and_the_job_goes_on(
    settled: Path, tiny_model_dir: Path, tmp_path: Path, own_store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    label(settled, tiny_model_dir, "--csv", str(tmp_path / "1.csv"))
    (kept,) = own_store.glob("*.sqlite3")
    kept.write_bytes(b"no database" * 1000)

    code = label(settled, tiny_model_dir, "--csv", str(tmp_path / "2.csv"))

    assert code == 3
    assert "was damaged" in capsys.readouterr().err
    assert (tmp_path / "1.csv").read_bytes() == (tmp_path / "2.csv").read_bytes()
    assert len(list(own_store.glob("*damaged*"))) == 1
