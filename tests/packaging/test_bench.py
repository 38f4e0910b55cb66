"""The benchmark's judgement: what other programs took, what is judged then, and programs in processes of their own."""

from __future__ import annotations

import csv
import json
import math
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tiny_model import build_tiny_model

from clipdesk.core.labels.scoring import score
from clipdesk.core.pictures.decode import decode
from clipdesk.encoders.local.open_clip import load_encoder

REPOSITORY = Path(__file__).resolve().parents[2]
BENCH = REPOSITORY / "packaging" / "bench"
sys.path.append(str(BENCH))

import processors  # noqa: E402
import programs  # noqa: E402
import rows_rclip  # noqa: E402
import run  # noqa: E402
from rows import Measured, NotMeasuredError, Row, Took, Unit  # noqa: E402

needs_proc = pytest.mark.skipif(not Path("/proc/stat").exists(), reason="the kernel's counts are Linux's")

BUSY = "import sys; print(flush=True)\nwhile True: pass"
USE_CPU = "import time\nwhile time.process_time() < 0.3: pass"


@contextmanager
def _busy_programs(count: int) -> Iterator[list[subprocess.Popen[str]]]:
    """Run programs that use CPU time until the end of the block; they have begun when it is entered."""
    with ExitStack() as stack:
        started = []
        for _ in range(count):
            program = subprocess.Popen([sys.executable, "-c", BUSY], stdout=subprocess.PIPE, text=True)
            stack.enter_context(program)
            stack.callback(program.kill)
            started.append(program)
        for program in started:
            assert program.stdout is not None and program.stdout.readline() == "\n"
        yield started


def _wait_for_cpu_time(program: subprocess.Popen[str], seconds: float) -> None:
    """Return once a program has used so much CPU time since now."""
    deadline, before = time.monotonic() + 60, _cpu_s(program)
    while _cpu_s(program) - before < seconds:
        assert time.monotonic() < deadline


def _cpu_s(program: subprocess.Popen[str]) -> float:
    fields = Path(f"/proc/{program.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@needs_proc
def test_processors_are_busy_with_all_but_idling_and_waiting() -> None:
    usable = min(os.sched_getaffinity(0))
    tick_s = 1 / os.sysconf("SC_CLK_TCK")
    text = (
        f"cpu  9 9 9 9 9 9 9 9 9 9\ncpu{usable} 1 2 4 1000 2000 8 16 32 64 128\ncpu99999 7 7 7 7 7 7 7 7 0 0\nintr 5\n"
    )

    assert processors.busy_s(text) == pytest.approx((1 + 2 + 4 + 8 + 16 + 32) * tick_s)


@needs_proc
def test_cpu_time_of_a_program_that_is_not_the_benchmarks_is_others() -> None:
    with _busy_programs(1) as (busy,):
        with processors.watching() as watch:
            _wait_for_cpu_time(busy, 0.3)

        assert watch.whole.others_s >= 0.15  # the kernel's counts are rounded


@needs_proc
def test_cpu_time_of_a_child_that_was_waited_for_is_the_benchmarks_own() -> None:
    with processors.watching() as watch:
        subprocess.run([sys.executable, "-c", USE_CPU], check=True)

    assert watch.whole.own_s >= 0.25


@needs_proc
def test_others_count_only_while_times_are_measured() -> None:
    with _busy_programs(1) as (busy,), processors.watching() as watch:
        _wait_for_cpu_time(busy, 0.3)
        with processors.measuring(), processors.measuring():
            pass

    assert len(watch.parts) == 1
    assert watch.parts[0].others_s < watch.whole.others_s
    assert watch.others_share == watch.parts[0].others_share


@needs_proc
def test_what_rows_share_is_measured_once_and_watched_for_each() -> None:
    calls = []
    measure = processors.once(lambda: calls.append("measured"))

    with processors.watching() as first:
        measure()
    with processors.watching() as second:
        measure()

    assert calls == ["measured"]
    assert len(first.parts) == 1
    assert second.parts == first.parts


def test_without_the_kernels_counts_a_load_shows_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processors, "_KERNEL_COUNTS", tmp_path / "missing")

    with _busy_programs(3 * processors.processor_count()), processors.watching() as watch:
        pass

    assert 0.2 < watch.others_share <= 1


@pytest.mark.parametrize(
    ("unit", "value", "others_share", "verdict"),
    [
        ("×", 2.0, 0.05, "reached"),
        ("×", 2.1, 0.05, "missed"),
        ("×", 2.0, 0.43, "not judged"),
        ("×", math.nan, 0.05, "not judged"),
        ("×", 2.1, 0.43, "not judged"),
        ("ms", 2.0, 0.43, "reached"),
        ("ms", 2.1, 0.43, "not judged"),
        ("bytes", 2.1, 0.43, "missed"),
    ],
)
def test_a_row_is_judged_by_what_other_programs_took(
    unit: Unit, value: float, others_share: float, verdict: str
) -> None:
    row = Row("name", "what", "against", 2.0, unit, lambda folder: Measured(value))

    assert row.judge(value, others_share) == verdict


@pytest.mark.parametrize(
    ("counts", "code"),
    [
        ({"reached": 2}, 0),
        ({"reached": 2, "skipped": 1}, 0),
        ({"reached": 2, "not judged": 1}, 3),
        ({"missed": 1, "not judged": 1}, 1),
    ],
)
def test_the_exit_code_counts_what_was_not_judged_neither_as_reached_nor_as_missed(
    counts: dict[str, int], code: int
) -> None:
    assert run.exit_code(counts) == code


@needs_proc
def test_a_run_keeps_and_says_what_it_did_not_judge(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def beside_others(folder: Path) -> Measured:
        _wait_for_cpu_time(busy[0], 0.3)
        return Measured(9.0)

    def impossible(folder: Path) -> Measured:
        raise NotMeasuredError("there is no rclip")

    rows = [
        Row("slow", "work", "other work", 2.0, "×", beside_others),
        Row("absent", "work", "rclip", 2.0, "×", impossible),
        Row("size", "memory", "–", 2.0, "bytes", lambda folder: Measured(1.0)),
        Row("unknown", "work", "other work", 2.0, "×", lambda folder: Measured(math.nan)),
    ]
    monkeypatch.setattr(run, "all_rows", lambda: rows)
    monkeypatch.setattr(run, "REPOSITORY", tmp_path)
    monkeypatch.setattr(run, "KEPT", tmp_path / "kept")

    # They outlive the rows: the CPU time of children that have ended is the benchmark's own.
    with _busy_programs(processors.processor_count()) as busy:
        code = run.main([])

    (path,) = (tmp_path / "kept").iterdir()
    kept = json.loads(path.read_text(encoding="utf-8"))["rows"]
    said = capsys.readouterr().out
    assert code == 3
    assert [kept[row.name]["verdict"] for row in rows] == ["not judged", "skipped", "reached", "not judged"]
    assert kept["unknown"]["value"] is None
    assert kept["slow"]["others_share"] > 0.1 and kept["slow"]["cpu_s"] >= 0
    assert f"not judged: other programs took {100 * kept['slow']['others_share']:.0f} % of the processors" in said
    assert "skipped: there is no rclip" in said
    assert run.latest() == {"size": 1.0}


def test_rows_start_neither_torch_nor_threads_that_spin() -> None:
    code = "import os, sys, run; run.main(['--list']); print('torch' in sys.modules, os.environ['OMP_WAIT_POLICY'])"
    environment = programs.new_terminal()

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=BENCH, env=environment, capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines()[-1] == "False PASSIVE"


def test_a_program_runs_as_from_a_new_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_WAIT_POLICY", "PASSIVE")
    code = "import os; print(os.environ.get('OMP_WAIT_POLICY'), os.environ['OWN'], os.getcwd())"
    program = programs.Program("it", lambda images, scratch: [sys.executable, "-c", code], lambda scratch: {"OWN": "1"})

    said = program.run(tmp_path, tmp_path / "scratch").stdout

    assert said.split() == ["None", "1", str(tmp_path)]


def test_a_program_that_fails_is_not_measured(tmp_path: Path) -> None:
    program = programs.Program(
        "it", lambda images, scratch: [sys.executable, "-c", "import sys; sys.exit('no weights')"]
    )

    with pytest.raises(NotMeasuredError, match=r"it ended with 1.*no weights"):
        program.run(tmp_path, tmp_path / "scratch")


def test_an_image_takes_what_more_images_take_longer() -> None:
    speed = programs.Speed(few=Took(5.0, 6.0), many=Took(15.0, 26.0), more=10)

    assert speed.image == Took(1.0, 2.0)


def test_nothing_is_said_if_more_images_did_not_take_longer() -> None:
    steady = programs.Speed(few=Took(5.0, 6.0), many=Took(15.0, 26.0), more=10)
    disturbed = programs.Speed(few=Took(9.0, 6.0), many=Took(8.0, 16.0), more=10)

    assert programs.times_as_fast(steady, steady) == 1.0
    assert math.isnan(programs.times_as_fast(disturbed, steady))
    assert programs.cpu_ratio(disturbed, steady) == "2.00 ×"


@pytest.mark.parametrize(
    ("start_s", "image_s", "said"),
    [(9.0, 0.1, "from 38 photos on"), (1.0, 0.1, "from 0 photos on"), (9.0, 0.3, "never")],
)
def test_a_slow_start_pays_from_so_many_photos_on(start_s: float, image_s: float, said: str) -> None:
    ours = programs.Speed(Took(start_s, 0), Took(start_s + 100 * image_s, 0), more=100)
    theirs = programs.Speed(Took(3.0, 0), Took(33.0, 0), more=100)

    # With 8 photos in the small folder: 9 s + 30 × 0.1 s = 3 s + 30 × 0.3 s.
    assert rows_rclip.break_even(ours, theirs) == said


def test_the_plain_script_scores_like_clipdesk(tmp_path: Path) -> None:
    images, model = tmp_path / "images", build_tiny_model(tmp_path / "model")
    images.mkdir()
    for number, colour in enumerate(("red", "blue")):
        Image.new("RGB", (40, 40), colour).save(images / f"{number}.jpg")
    encoder = load_encoder(f"local-dir:{model}", device="cpu:fp32")
    pixels = [encoder.prepare_image(decode(path, encoder.image_size)) for path in sorted(images.iterdir())]
    expected = score(encoder.encode_images(pixels), encoder.encode_texts(programs.LABELS), encoder.score_rule)

    import plain_script  # imports torch

    _python, _script, *arguments = map(str, programs.plain_script(model).command(images, tmp_path))
    plain_script.main(*arguments)

    with (tmp_path / "scores.csv").open(encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    assert header == ["file", *programs.LABELS]
    assert [row[0] for row in rows] == ["0.jpg", "1.jpg"]
    assert np.array([row[1:] for row in rows], float) == pytest.approx(expected.probability, abs=1e-3)
