"""What PyTorch needs from the computer. Checked before it is imported, because without it the process would die."""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import platform
import sys
from collections.abc import Callable, Mapping

from clipdesk.core.messages import message

_NO_AVX2 = message(
    "core",
    "Models cannot run on this computer: its processor lacks AVX2, which PyTorch needs. Intel has built it in since "
    "2013, AMD since 2015. Let a server do the work, or use a newer computer.",
)
_NO_RUNTIME = message(
    "core",
    "Models cannot run yet, because the Microsoft Visual C++ runtime is missing on this computer. Install it from "
    "https://aka.ms/vs/17/release/vc_redist.x64.exe, and start ClipDesk again.",
)

#: The parts of the runtime that PyTorch's own libraries are linked against.
_RUNTIME_LIBRARIES = ("vcruntime140.dll", "vcruntime140_1.dll", "msvcp140.dll")


def missing_requirement() -> str:
    """Return in one or two sentences what is missing and what to do; empty if PyTorch can be imported."""
    if lacks_avx2(platform.machine(), cpu_features()):
        return _NO_AVX2
    if sys.platform == "win32" and not loads(_RUNTIME_LIBRARIES, ctypes.CDLL):
        return _NO_RUNTIME
    return ""


def lacks_avx2(machine: str, features: Mapping[str, bool]) -> bool:
    """Return whether an x86 processor has no AVX2. Features that are unknown count as present."""
    return machine.lower() in ("x86_64", "amd64") and features.get("AVX2", True) is False


def cpu_features() -> Mapping[str, bool]:
    """Return which features the CPU has, by numpy's names; empty if numpy does not say.

    numpy asks the CPU itself. Its own `show_runtime` reads the same table, which has no public name.
    """
    for module in ("numpy._core._multiarray_umath", "numpy.core._multiarray_umath"):
        with contextlib.suppress(ImportError, AttributeError):
            features: Mapping[str, bool] = importlib.import_module(module).__cpu_features__
            return features
    return {}


def loads(libraries: tuple[str, ...], load: Callable[[str], object]) -> bool:
    """Return whether all libraries can be loaded."""
    try:
        for library in libraries:
            load(library)
    except OSError:
        return False
    return True
