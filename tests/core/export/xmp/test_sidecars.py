from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from core_sidecar_writer import labelled
from PIL import Image
from results_desk import make_desk
from xmp_samples import DIGIKAM, LIGHTROOM, keywords

from clipdesk.core.desk.desk import Desk
from clipdesk.core.export.rows import Results
from clipdesk.core.export.xmp.keywords import RootKeyword
from clipdesk.core.export.xmp.packet import EMPTY_PACKET, merge_keywords
from clipdesk.core.export.xmp.sidecars import SidecarNaming, SidecarOptions, SidecarReport, write_sidecars
from clipdesk.core.labels.label_set import NO_LABEL_FITS_ID, Label
from clipdesk.core.line.results import EmbeddedImage

FULL = SidecarOptions(naming=SidecarNaming.FULL)


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    """Four pictures of other times."""
    paths = [tmp_path / f"{name}.jpg" for name in "abcd"]
    for path in paths:
        Image.new("RGB", (8, 8)).save(path)
        os.utime(path, (1_000_000_000, 1_000_000_000))
    return paths


def export(pictures: list[Path], label: str, options: SidecarOptions = SidecarOptions()) -> SidecarReport:  # noqa: B008
    return write_sidecars(labelled(pictures, label), options)


def subjects(path: Path) -> list[str]:
    return keywords(path.read_bytes())["subject"]


def test_every_picture_gets_a_sidecar_and_stays_untouched(pictures: list[Path], tmp_path: Path) -> None:
    before = [path.read_bytes() for path in pictures]

    report = export(pictures, "dog")

    assert report == SidecarReport(pictures=4, written=4)
    assert [subjects(path.with_suffix(".xmp")) for path in pictures] == [["dog"]] * 4
    assert [path.read_bytes() for path in pictures] == before
    assert {path.stat().st_mtime for path in pictures} == {1_000_000_000}
    assert len(list(tmp_path.iterdir())) == 8


def test_the_full_name_is_a_choice(pictures: list[Path], tmp_path: Path) -> None:
    export(pictures[:1], "dog", FULL)

    assert (tmp_path / "a.jpg.xmp").exists() and not (tmp_path / "a.xmp").exists()


def test_a_second_export_touches_nothing(pictures: list[Path], tmp_path: Path) -> None:
    export(pictures, "dog")
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}

    report = export(pictures, "dog")

    assert report == SidecarReport(pictures=4, unchanged=4)
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_a_thousand_exports_leave_no_trace(pictures: list[Path], tmp_path: Path) -> None:
    sidecar = tmp_path / "a.xmp"
    sidecar.write_bytes(DIGIKAM.encode())
    root = RootKeyword.parse("ClipDesk")

    data = sidecar.read_bytes()
    for number in range(1000):
        data = merge_keywords(data, ["cat", "dog", "새"][number % 3 : number % 3 + 1], root)
    sidecar.write_bytes(data)
    for label in ("dog", "cat", "car") * 3:
        export(pictures[:1], label)

    assert merge_keywords(sidecar.read_bytes(), [], root) == DIGIKAM.encode()
    assert subjects(sidecar) == ["dog", "Busan", "car"]


def decided(pictures: list[Path]) -> Desk:
    """Return a desk: dog by hand, none fits, cat that is unsure, and waiting."""
    desk = make_desk(pictures)
    desk.correct([0], desk.label_set.labels[0].id)
    desk.correct([1], NO_LABEL_FITS_ID)
    assert desk.table is not None
    vector = desk._label_vectors
    assert vector is not None
    desk.put([EmbeddedImage(2, pictures[2], vector[1])])
    desk.set_threshold(1.0)
    return desk


def test_keywords_of_pictures_that_lost_their_label_are_removed(pictures: list[Path]) -> None:
    export(pictures, "car")

    report = write_sidecars(Results.of(decided(pictures)), SidecarOptions())

    assert report == SidecarReport(pictures=1, written=1, cleared=2)
    a, b, c, d = (path.with_suffix(".xmp") for path in pictures)
    assert subjects(a) == ["dog"]
    assert not b.exists() and not c.exists()
    assert subjects(d) == ["car"], "a picture that waits is not decided"


def test_unsure_labels_are_written_on_request(pictures: list[Path]) -> None:
    report = write_sidecars(Results.of(decided(pictures)), SidecarOptions(with_unsure=True))

    assert report.pictures == 2
    assert subjects(pictures[2].with_suffix(".xmp")) == ["cat"]


def test_a_sidecar_of_another_program_is_cleared_but_kept(pictures: list[Path]) -> None:
    sidecar = pictures[1].with_suffix(".xmp")
    sidecar.write_bytes(LIGHTROOM.encode())
    export(pictures, "car")

    write_sidecars(Results.of(decided(pictures)), SidecarOptions())

    assert sidecar.read_bytes() == LIGHTROOM.encode()


def test_an_empty_sidecar_of_another_program_is_kept(pictures: list[Path]) -> None:
    other = EMPTY_PACKET.replace(b'x:xmptk="ClipDesk"', b'x:xmptk="Other"')
    sidecar = pictures[1].with_suffix(".xmp")
    sidecar.write_bytes(other)
    export(pictures, "car")

    write_sidecars(Results.of(decided(pictures)), SidecarOptions())

    assert sidecar.read_bytes() == other


def test_a_sidecar_that_cannot_be_merged_is_left_alone_and_reported(pictures: list[Path]) -> None:
    broken, folder = pictures[0].with_suffix(".xmp"), pictures[1].with_suffix(".xmp")
    broken.write_bytes(b"<x:xmpmeta")
    folder.mkdir()

    report = export(pictures, "dog")

    assert broken.read_bytes() == b"<x:xmpmeta"
    assert report.written == report.pictures == 2
    assert [path for path, _ in report.problems] == [str(broken), str(folder)]
    assert "not well-formed" in report.problems[0][1] and report.problems[1][1] == "it is no file"


@pytest.mark.skipif(sys.platform == "win32" or os.getuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_reported(pictures: list[Path], tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        report = export(pictures, "dog")
    finally:
        tmp_path.chmod(0o700)

    assert {reason for _, reason in report.problems} == {"it cannot be written: you have no permission for that"}


def test_a_folder_that_is_gone_is_reported(pictures: list[Path], tmp_path: Path) -> None:
    report = export([tmp_path / "gone" / "a.jpg", pictures[0]], "dog")

    assert report.problems == ((str(tmp_path / "gone" / "a.xmp"), "it cannot be written: it does not exist"),)
    assert report.written == 1


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes")
def test_a_pipe_is_left_alone(pictures: list[Path]) -> None:
    os.mkfifo(pictures[0].with_suffix(".xmp"))

    assert export(pictures, "dog").problems == ((str(pictures[0].with_suffix(".xmp")), "it is no file"),)


def test_pictures_that_share_a_sidecar_must_agree(tmp_path: Path) -> None:
    raw, jpeg = tmp_path / "a.cr2", tmp_path / "a.jpg"
    desk = make_desk([raw, jpeg])
    dog, cat, _ = desk.label_set.labels
    desk.correct([0, 1], dog.id)
    assert write_sidecars(Results.of(desk), SidecarOptions()) == SidecarReport(pictures=2, written=1)

    desk.correct([0], cat.id)
    report = write_sidecars(Results.of(desk), SidecarOptions())

    assert report.problems == ((str(tmp_path / "a.xmp"), "“a.cr2” and “a.jpg” share it, but have different labels"),)
    assert subjects(tmp_path / "a.xmp") == ["dog"]
    assert write_sidecars(Results.of(desk), FULL).written == 2


def test_a_suffix_in_capitals_is_found(pictures: list[Path], tmp_path: Path) -> None:
    (tmp_path / "a.XMP").write_bytes(LIGHTROOM.encode())

    export(pictures[:1], "dog")

    assert subjects(tmp_path / "a.XMP") == ["family", "강아지", "dog"]
    assert len(list(tmp_path.glob("a.[xX][mM][pP]"))) == 1


def test_it_can_be_stopped(pictures: list[Path], tmp_path: Path) -> None:
    done: list[int] = []

    report = write_sidecars(
        labelled(pictures, "dog"),
        SidecarOptions(),
        on_progress=lambda number, total: done.append(number),
        should_stop=lambda: len(done) == 2,
    )

    assert report == SidecarReport(pictures=2, written=2, was_stopped=True)
    assert len(list(tmp_path.glob("*.xmp"))) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize("kill_at", [3, 4, 5, 6, 9, 10, 13])
def test_after_a_kill_every_sidecar_is_old_or_new(pictures: list[Path], tmp_path: Path, kill_at: int) -> None:
    for path in pictures:
        path.with_suffix(".xmp").write_bytes(LIGHTROOM.encode())
    new = merge_keywords(LIGHTROOM.encode(), ["dog"], RootKeyword.parse("ClipDesk"))
    script = Path(__file__).parents[3] / "core_sidecar_writer.py"

    ended = subprocess.run([sys.executable, str(script), str(tmp_path), "dog", str(kill_at)], check=False)

    assert ended.returncode == -signal.SIGKILL
    found = {path.with_suffix(".xmp").read_bytes() for path in pictures}
    assert LIGHTROOM.encode() in found
    assert found <= {LIGHTROOM.encode(), new}

    export(pictures, "dog")

    assert {path.with_suffix(".xmp").read_bytes() for path in pictures} == {new}
    assert len(list(tmp_path.iterdir())) == 8, "no temporary file is left"


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="needs exiftool")
def test_exiftool_reads_what_is_written(pictures: list[Path]) -> None:
    for path, sample in zip(pictures[:2], (LIGHTROOM, DIGIKAM), strict=True):
        path.with_suffix(".xmp").write_bytes(sample.encode())
    desk = make_desk(pictures[:3], ("강아지 <&> 🐕", "b"))
    desk.correct(range(3), desk.label_set.labels[0].id)
    write_sidecars(Results.of(desk), SidecarOptions(root="Photos|뿌리"))

    files = [str(path.with_suffix(".xmp")) for path in pictures[:3]]
    command = ["exiftool", "-j", "-validate", "-warning", "-a", "-XMP:all", *files]
    answer = subprocess.run(command, check=False, capture_output=True)

    first, second, third = json.loads(answer.stdout)
    name = "강아지 <&> 🐕"
    assert first["Subject"] == ["family", "강아지", name]
    assert first["HierarchicalSubject"] == ["People|family", "강아지", f"Photos|뿌리|{name}"]
    assert first["TagsList"] == f"Photos/뿌리/{name}"
    assert first["Rating"] == 3 and first["MetadataDate"].startswith("2024:05:02 08:00:00")
    assert second["TagsList"] == ["Animals/dog", "Places/Busan", f"Photos/뿌리/{name}"]
    assert second["About"] == "uuid:faf5bdd5-ba3d-11da-ad31-d33d75182f1b"
    assert third["Subject"] == name
    assert not any("Warning" in found for found in (first, third))


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="needs exiftool")
def test_keywords_are_found_after_exiftool_rewrote_the_sidecar(pictures: list[Path]) -> None:
    export(pictures[:1], "dog")
    sidecar = pictures[0].with_suffix(".xmp")
    subprocess.run(["exiftool", "-q", "-overwrite_original", "-XMP-dc:Creator=me", str(sidecar)], check=True)

    export(pictures[:1], "cat")

    assert keywords(sidecar.read_bytes()) == {
        "subject": ["cat"],
        "lightroom": ["ClipDesk|cat"],
        "digikam": ["ClipDesk/cat"],
    }
    assert b"<rdf:li>me</rdf:li>" in sidecar.read_bytes()


def test_a_label_that_is_nothing_in_xml_is_no_keyword(pictures: list[Path]) -> None:
    desk = make_desk(pictures[:1])
    odd = Label("\x07")
    desk.set_label_set(desk.label_set.with_label(odd))
    desk.correct([0], odd.id)

    assert write_sidecars(Results.of(desk), SidecarOptions()) == SidecarReport(unchanged=1)
