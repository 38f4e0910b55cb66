"""A computer that PyTorch would crash on gets a sentence."""

from __future__ import annotations

import subprocess
import sys

import pytest

from clipdesk.encoders.torch_requirements import cpu_features, lacks_avx2, loads


@pytest.mark.parametrize("machine", ["x86_64", "AMD64"])
def test_an_x86_processor_needs_avx2(machine: str) -> None:
    assert lacks_avx2(machine, {"SSE42": True, "AVX2": False})
    assert not lacks_avx2(machine, {"SSE42": True, "AVX2": True})


def test_other_processors_and_unknown_features_are_no_obstacle() -> None:
    assert not lacks_avx2("arm64", {"AVX2": False})
    assert not lacks_avx2("x86_64", {})


def test_numpy_knows_the_features_of_this_processor() -> None:
    assert "AVX2" in cpu_features() or "NEON" in cpu_features()


def test_a_library_that_is_missing_is_noticed() -> None:
    def load(name: str) -> None:
        if name == "msvcp140.dll":
            raise FileNotFoundError(name)

    assert not loads(("vcruntime140.dll", "msvcp140.dll"), load)
    assert loads(("vcruntime140.dll",), load)


def test_torch_is_not_imported_where_it_would_crash() -> None:
    program = """
import platform, sys
from numpy._core._multiarray_umath import __cpu_features__
__cpu_features__["AVX2"] = False
platform.machine = lambda: "x86_64"
from clipdesk.core.errors import EncoderError
from clipdesk.encoders.devices import choose_device
try:
    choose_device("cpu")
except EncoderError as error:
    print(error)
assert "torch" not in sys.modules
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)

    assert done.returncode == 0, done.stderr
    assert "AVX2" in done.stdout
    assert "Traceback" not in done.stderr
