"""The choice of a device, and open_clip with a torchvision whose compiled part does not load."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from clipdesk.core.errors import EncoderError
from clipdesk.encoders import devices


def test_auto_says_why_no_gpu_is_used() -> None:
    import torch

    if torch.cuda.is_available() or torch.backends.mps.is_available():
        pytest.skip("there is a GPU")
    place = devices.choose_device("auto")

    assert place.device == "cpu"
    threads = "1 thread" if torch.get_num_threads() == 1 else f"{torch.get_num_threads()} threads"
    assert f"this computer (CPU, PyTorch, fp32, {threads}); no " in place.description
    assert "found" in place.description or "built without CUDA" in place.description


def test_the_cpu_can_be_chosen() -> None:
    assert "as chosen" in devices.choose_device("cpu").description


@pytest.mark.parametrize("device", ["cuda", "cuda:3", "cuda:fp32", "mps"])
def test_a_device_that_is_not_there_is_refused_with_the_reason(device: str) -> None:
    import torch

    if torch.cuda.is_available() or torch.backends.mps.is_available():
        pytest.skip("there is a GPU")
    with pytest.raises(EncoderError, match=f"“{device}” cannot be used: .*Choose auto or cpu"):
        devices.choose_device(device)


@pytest.mark.parametrize(("wanted", "precision"), [("auto", None), ("cuda", None), ("cuda:fp32", "fp32")])
def test_a_gpu_computes_in_the_fastest_precision_unless_fp32_is_requested(
    wanted: str, precision: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(devices, "why_no_cuda", lambda: "")
    monkeypatch.setattr("torch.cuda.get_device_name", lambda _device: "NVIDIA Card")

    place = devices.choose_device(wanted)

    assert place == devices.Place("cuda", "GPU: NVIDIA Card", precision=precision)
    assert place.description == "this computer (GPU: NVIDIA Card, PyTorch, fp32)"
    assert replace(place, runtime="PyTorch, fp16").description == "this computer (GPU: NVIDIA Card, PyTorch, fp16)"


def test_an_unknown_device_is_refused() -> None:
    with pytest.raises(EncoderError, match="auto, cpu, cuda or mps"):
        devices.choose_device("tpu")


@pytest.mark.parametrize(
    "message",
    [
        "MPS backend out of memory (MPS allocated: 9.05 GB)",
        "[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes",
        "DefaultCPUAllocator: not enough memory: you tried to allocate 9 bytes.",
    ],
)
def test_out_of_memory_is_recognised_on_every_device(message: str) -> None:
    assert devices.is_out_of_memory(RuntimeError(message))
    assert not devices.is_out_of_memory(RuntimeError("mat1 and mat2 shapes cannot be multiplied"))


def test_open_clip_is_imported_where_torchvisions_compiled_part_does_not_load(tmp_path: Path) -> None:
    # As with a CPU build of torch and PyPI's torchvision: the package is there, but its extension cannot be loaded.
    import torchvision

    package = Path(torchvision.__file__).parent
    shutil.copytree(
        package, tmp_path / "torchvision", ignore=shutil.ignore_patterns("*.so", "*.pyd", "*.dll", "*.dylib")
    )
    program = (
        "from clipdesk.encoders.devices import import_open_clip; clip = import_open_clip(); "
        "import torchvision, torch; print(torchvision.__file__); print(torchvision.extension._has_ops()); "
        "print(clip.CLIP.__name__, torchvision.transforms.Resize(4)(torch.zeros(3, 8, 8)).shape)"
    )
    root = Path(devices.__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(root)])}

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment)

    assert done.returncode == 0, done.stderr
    assert [
        str(tmp_path / "torchvision" / "__init__.py"),
        "False",
        "CLIP torch.Size([3, 4, 4])",
    ] == done.stdout.splitlines()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads the report of GNU's OpenMP")
def test_waiting_threads_sleep() -> None:
    program = "from clipdesk.encoders import devices; devices.import_torch()"
    environment = {name: value for name, value in os.environ.items() if name != "OMP_WAIT_POLICY"}

    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env=environment | {"OMP_DISPLAY_ENV": "verbose"},
    )

    assert "GOMP_SPINCOUNT = '0'" in done.stderr
