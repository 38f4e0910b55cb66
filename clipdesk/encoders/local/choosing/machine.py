"""What a model's speed depends on besides the model: CPU, libraries, drivers. Imports neither torch nor OpenVINO."""

from __future__ import annotations

import contextlib
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

#: Windows: the registry's lists of graphics cards and of NPUs, with the versions of their drivers.
_WINDOWS_CLASSES = ("{4d36e968-e325-11ce-bfc1-08002be10318}", "{f01a9d53-3ff6-48d2-9f97-c8a7004be10c}")
#: Linux: files of the parts of a driver that are installed as packages. A package sets their times.
_LINUX_DRIVERS = ("etc/OpenCL/vendors/*.icd", "usr/lib/*/libze_intel_*.so*", "usr/lib*/libze_intel_*.so*")


def cpu_facts() -> list[str]:
    """Return what tells this CPU from others."""
    facts = [platform.machine(), platform.processor()]
    # Elsewhere than on Linux, the names have to do.
    with contextlib.suppress(OSError, StopIteration):
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        facts.append(next(line for line in lines if line.startswith(("flags", "Features"))))
    return facts


def library_facts() -> list[str]:
    """Return the versions of the libraries that compute embeddings."""
    facts = []
    for package in ("torch", "openvino"):
        try:
            facts.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            facts.append(f"no {package}")
    return facts


def machine_facts() -> list[str]:
    """Return what decides whether a candidate is available."""
    return [*cpu_facts(), *library_facts()]


def driver_facts(root: Path = Path("/")) -> list[str]:
    """Return what changes when a driver of a GPU or an NPU is updated. `root` is the folder of the system's files."""
    # macOS brings its drivers, and so does the kernel of Linux for the most part.
    facts = [platform.release(), platform.version()]
    facts += _windows_drivers()
    with contextlib.suppress(OSError):
        facts.append((root / "proc/driver/nvidia/version").read_text(encoding="utf-8").partition("\n")[0])
    for pattern in _LINUX_DRIVERS:
        for path in sorted(root.glob(pattern)):
            with contextlib.suppress(OSError):
                facts.append(f"{path.name} {path.stat().st_mtime_ns}")
    return facts


def _windows_drivers() -> list[str]:
    facts: list[str] = []
    if sys.platform == "win32":
        import winreg

        for kind in _WINDOWS_CLASSES:
            with contextlib.suppress(OSError):
                devices = winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, rf"SYSTEM\CurrentControlSet\Control\Class\{kind}")
                for number in range(winreg.QueryInfoKey(devices)[0]):
                    with contextlib.suppress(OSError):
                        device = winreg.OpenKey(devices, winreg.EnumKey(devices, number))
                        facts.append(f"{kind} {winreg.QueryValueEx(device, 'DriverVersion')[0]}")
    return facts
