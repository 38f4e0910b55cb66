"""Candidates whose driver may fail are tried in real child processes, which may crash, hang, or compute nonsense."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from paced_candidates import Notes, Paced, forward
from tiny_model import build_tiny_model

from clipdesk.core.encoder import EncoderIdentity
from clipdesk.core.messages import from_json
from clipdesk.encoders.devices import on_cpu
from clipdesk.encoders.local.candidate import (
    Features,
    ModelOnTrial,
    RiskyCandidate,
    draw_test_images,
    least_cosine,
)
from clipdesk.encoders.local.choosing import trial as trials
from clipdesk.encoders.local.choosing import trying_apart
from clipdesk.encoders.local.choosing.choice import Choice, Remembered
from clipdesk.encoders.local.choosing.selection import Selection, select
from clipdesk.encoders.local.choosing.trial import COMMAND, Trial, TrialError
from clipdesk.encoders.local.image_towers import attempt, put_on_trial
from clipdesk.encoders.local.open_clip import load_encoder
from clipdesk.encoders.local.openvino_candidate import Conversion
from clipdesk.encoders.local.openvino_devices import OpenVinoDevice, is_there

APP = Path(__file__).resolve().parents[4] / "packaging" / "clipdesk_app.py"
IDENTITY = EncoderIdentity("a:b", "c0ffee", "v1")
GPU = "OpenVINO GPU, fp16"

needs_openvino = pytest.mark.skipif(importlib.util.find_spec("openvino") is None, reason="needs OpenVINO")
#: Programs in the place of the child. The last argument is the folder of the trial.
CRASHES = "import os; os.abort()"
HANGS = "import time; time.sleep(600)"
SAYS_NOTHING = ""
_ANSWERS = "import sys, numpy as np; answer = sys.argv[1] + '/answer.npz'; "
LIES = _ANSWERS + "np.savez(answer, embeddings=np.eye(4, 24), seconds=1e-9)"
OTHER_SHAPE = _ANSWERS + "np.savez(answer, embeddings=np.ones((1, 24)), seconds=1e-9)"
NOT_NUMBERS = _ANSWERS + "np.savez(answer, embeddings=np.full((4, 24), np.nan), seconds=1e-9)"
TORN = _ANSWERS + "open(answer, 'wb').write(b'PK')"


class _Device(RiskyCandidate):
    """A GPU of which nothing is known but that it can be tried. `build` does what a driver in this process would do."""

    runtime, precision, hardware = "OpenVINO GPU", "fp16", "Intel graphics"

    def __init__(self, build: Callable[[ModelOnTrial], Features] | None = None) -> None:
        self._build = build

    def why_not(self, model: ModelOnTrial) -> str:
        return ""

    def write_task(self, model: ModelOnTrial, folder: Path) -> dict[str, Any]:
        return {}

    def build(self, model: ModelOnTrial) -> Features:
        assert self._build is not None
        return self._build(model)


def _starting(program: str, limit_s: float = trials.LIMIT_S) -> trying_apart.StartTrial:
    """Return a function that runs this program as the child process, to its end or the time limit."""

    def start(candidate: RiskyCandidate, model: ModelOnTrial, count: int) -> Trial:
        command = [sys.executable, "-c", program]
        trial = Trial({}, model.test_images, tempfile.TemporaryDirectory(), command=command, limit_s=limit_s)
        trial.wait()
        return trial

    return start


@pytest.fixture
def on_trial(network: Any) -> ModelOnTrial:
    return put_on_trial(network, forward, (32, 32), on_cpu("as chosen"))[0]


def _reason(model: ModelOnTrial, start: trying_apart.StartTrial) -> str:
    """Return why a trial fails."""
    turns = trying_apart.tried_apart(_Device(), model, 1, start)
    with pytest.raises(TrialError) as failure:
        while True:
            next(turns)
    return str(failure.value)


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        (CRASHES, "its test run crashed"),
        (SAYS_NOTHING, "its test run left no answer"),
        (TORN, "its test run left no answer"),
        (LIES, "it computes other numbers"),
        (OTHER_SHAPE, "it computes other numbers"),
        (NOT_NUMBERS, "it computes other numbers"),
    ],
)
def test_a_child_that_fails_says_why(on_trial: ModelOnTrial, program: str, reason: str) -> None:
    assert _reason(on_trial, _starting(program)) == reason


def test_a_child_that_hangs_is_ended(on_trial: ModelOnTrial) -> None:
    started: list[Trial] = []

    def start(candidate: RiskyCandidate, model: ModelOnTrial, count: int) -> Trial:
        started.append(_starting(HANGS, limit_s=0)(candidate, model, count))
        return started[0]

    assert _reason(on_trial, start) == "its test run did not end"
    assert started[0]._process.returncode is not None
    assert not started[0].path.exists()


def test_a_child_that_is_killed_has_crashed() -> None:
    trial = Trial({}, draw_test_images((8, 8)), tempfile.TemporaryDirectory(), command=[sys.executable, "-c", HANGS])
    trial._process.kill()
    trial.wait()

    with pytest.raises(TrialError, match="crashed"):
        trial.poll()
    trial.close()


def test_a_program_that_cannot_be_started_fails_as_a_trial(tmp_path: Path) -> None:
    with pytest.raises(TrialError, match="could not be started"):
        Trial({}, draw_test_images((8, 8)), tempfile.TemporaryDirectory(), command=[str(tmp_path / "gone")])


def test_the_child_ends_with_its_parent() -> None:
    code = "import time; from clipdesk.encoders.local.choosing.trial_child import _end_with_parent; _end_with_parent()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, env=trials._environment()) as child:
        assert child.stdin is not None
        child.stdin.close()  # as the system does when the parent is gone
        assert child.wait(120) == 3


@needs_openvino
@pytest.mark.parametrize("command", [None, [sys.executable, str(APP), COMMAND]], ids=["python", "app"])
def test_openvino_computes_in_a_child_process(on_trial: ModelOnTrial, command: list[str] | None) -> None:
    candidate = OpenVinoDevice("CPU", "fp32", Conversion())
    folder = tempfile.TemporaryDirectory()
    task = {**candidate.write_task(on_trial, Path(folder.name)), "count": 3}
    trial = Trial(task, on_trial.test_images, folder, command=command)

    trial.wait()
    answer = trial.poll()
    trial.close()

    assert answer is not None and answer.seconds > 0
    assert least_cosine(answer.embeddings, on_trial.expected) > 0.999999
    here = attempt(candidate, on_trial)
    assert here is not None
    np.testing.assert_allclose(here.features(on_trial.test_images), answer.embeddings, atol=1e-5)
    assert here.features(np.resize(on_trial.test_images, (11, 32, 32, 3))).shape == (11, 24)


@needs_openvino
def test_a_device_that_openvino_does_not_find_is_passed_over_in_silence(on_trial: ModelOnTrial) -> None:
    """As on most computers with Intel graphics that run Linux: their driver for OpenVINO is not installed."""

    class _Absent(OpenVinoDevice):
        def write_task(self, model: ModelOnTrial, folder: Path) -> dict[str, Any]:
            return {**super().write_task(model, folder), "device": "GPU of another world"}

    trial = trying_apart.start_trial(_Absent("GPU", "fp16", Conversion()), on_trial, 1)
    trial.wait()
    with pytest.raises(TrialError) as failure:
        trial.poll()
    trial.close()

    assert str(failure.value) == ""
    silent = Choice("OpenVINO, fp32", "facts", refused={GPU: ""})
    assert Selection(None, choice=silent).on(on_cpu("as chosen")).description.endswith("; as chosen")


def test_a_child_for_openvino_imports_no_torch() -> None:
    modules = "clipdesk.encoders.local.choosing.trial_child, clipdesk.encoders.local.openvino_devices"
    code = f"import sys, {modules}; sys.exit('torch' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], env=trials._environment()).returncode == 0


def test_torch_computes_in_a_child_process(tmp_path: Path) -> None:
    """As on Apple's GPU, for which the CPU stands here."""
    name = f"local-dir:{build_tiny_model(tmp_path / 'model')}"
    images = draw_test_images((32, 32))
    task = {"kind": "torch", "name": name, "device": "cpu", "precision": "fp16", "count": 2}
    trial = Trial(task, images, tempfile.TemporaryDirectory())

    trial.wait()
    answer = trial.poll()
    trial.close()

    assert answer is not None and answer.seconds > 0
    encoder = load_encoder(name, device="cpu")
    assert 0.999 < least_cosine(answer.embeddings, encoder.encode_images(list(images))) < 1
    encoder.close()


# --- the choice


def _select(network: Any, notes: Notes, device: RiskyCandidate, first: int = 9) -> Selection:
    return select(
        network,
        forward,
        (32, 32),
        on_cpu("as chosen"),
        name="a:b",
        remembered=Remembered.of(IDENTITY, "cpu", notes),
        candidates=[Paced("OpenVINO", "fp32", first)],
        risky=[device],
    )


@pytest.mark.usefixtures("no_model_is_small")
def test_a_device_that_crashes_is_not_tried_again_and_the_status_says_why(network: Any) -> None:
    notes = Notes()
    selected = _select(network, notes, _Device())
    assert selected.contest is not None
    selected.contest.start = _starting(CRASHES)
    selected.contest.finish()
    assert selected.contest.choice.is_complete and GPU not in selected.contest.choice.ms

    place = Selection(None, choice=selected.contest.choice).on(on_cpu("as chosen"))
    assert place.description.endswith("; as chosen; OpenVINO GPU, fp16 is not used: its test run crashed")

    again = _select(network, notes, _Device())
    assert again.contest is None and again.choice is not None
    assert from_json(again.choice.refused[GPU]) == "its test run crashed"


@pytest.mark.usefixtures("no_model_is_small")
def test_a_refusal_is_kept_even_if_the_measurement_is_not_finished(network: Any) -> None:
    notes = Notes()
    selected = _select(network, notes, _Device())
    assert selected.contest is not None
    selected.contest.start = _starting(CRASHES)
    selected.contest.keep = lambda choice: (
        (_ for _ in ()).throw(KeyboardInterrupt) if choice.ms else _keep(notes, choice)
    )
    with pytest.raises(KeyboardInterrupt):
        selected.contest.finish()

    again = _select(network, notes, _Device())
    assert again.contest is not None
    again.contest.start = _never
    again.contest.finish()

    assert again.contest.choice.is_complete


@pytest.mark.usefixtures("no_model_is_small")
def test_a_device_that_is_faster_is_remembered_with_its_own_precision(network: Any) -> None:
    notes = Notes()
    on_trial = put_on_trial(network, forward, (32, 32), on_cpu("as chosen"))[0]
    answer = f"np.array({on_trial.expected.tolist()})"
    selected = _select(network, notes, _Device())
    assert selected.contest is not None
    selected.contest.start = _starting(f"{_ANSWERS} np.savez(answer, embeddings={answer}, seconds=1e-9)")
    selected.contest.finish()

    assert selected.contest.choice.better == GPU
    assert selected.contest.tower is None or selected.contest.tower.mark == ""

    # Once it is adopted, it computes in this process.
    _keep(notes, replace(selected.contest.choice, chosen=GPU, better=""))
    adopted = _select(network, notes, _Device(lambda model: model.plain))
    assert adopted.contest is None and adopted.tower is not None
    assert adopted.tower.mark == " computed=fp16,OpenVINO GPU"
    assert "(Intel graphics, OpenVINO GPU, fp16: " in adopted.on(on_cpu("as chosen")).description


@pytest.mark.usefixtures("no_model_is_small")
def test_a_device_that_ends_the_program_is_not_used_at_the_next_start(network: Any) -> None:
    notes = Notes()
    start = _select(network, notes, _Device()).choice
    assert start is not None
    chosen = replace(start, chosen=GPU, ms={"PyTorch": 2.0, GPU: 1.0})
    _keep(notes, chosen)

    def end(_model: ModelOnTrial) -> Features:
        raise SystemExit(1)  # nothing catches it, as nothing catches a crash

    with pytest.raises(SystemExit):
        _select(network, notes, _Device(end))
    after = _select(network, notes, _Device(end), first=1)

    assert after.tower is not None and after.tower.description == "OpenVINO, fp32"
    assert after.choice is not None and from_json(after.choice.refused[GPU]) == "it ended the program"


@pytest.mark.usefixtures("no_model_is_small")
def test_after_an_update_a_device_is_tried_apart_before_it_is_used(
    network: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = Notes()
    _keep(notes, Choice(GPU, "facts before the update", ms={"PyTorch": 2.0, GPU: 1.0}))
    tried: list[str] = []

    def passes(candidate: RiskyCandidate, model: ModelOnTrial) -> bool:
        tried.append(candidate.description)
        return trying_apart.passes_apart(candidate, model, _starting(CRASHES))

    monkeypatch.setattr("clipdesk.encoders.local.choosing.selection.passes_apart", passes)

    selected = _select(network, notes, _Device())

    assert tried == [GPU]
    assert selected.tower is not None and selected.tower.description == "OpenVINO, fp32"


def _keep(notes: Notes, choice: Choice) -> None:
    Remembered.of(IDENTITY, "cpu", notes).keep(choice)


def _never(candidate: RiskyCandidate, model: ModelOnTrial, count: int) -> Trial:
    raise AssertionError("This device was refused before.")


# --- where devices are looked for


@needs_openvino
@pytest.mark.parametrize("device", ["GPU", "NPU"])
def test_a_device_of_another_maker_is_not_tried(on_trial: ModelOnTrial, device: Any, tmp_path: Path) -> None:
    name = "accel/accel0" if device == "NPU" else "drm/card1"
    vendor = tmp_path / name / "device" / "vendor"
    vendor.parent.mkdir(parents=True)

    vendor.write_text("0x1002\n")
    assert not is_there(device, tmp_path)

    vendor.write_text("0x8086\n")
    assert is_there(device, tmp_path)
