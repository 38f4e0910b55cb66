"""Which PyTorch to install: the one with CUDA, or on Linux without an NVIDIA GPU a far smaller one."""

from __future__ import annotations

import http.client
import shutil
import ssl
import subprocess
import threading
import urllib.request
from pathlib import Path

CPU_INDEX = "https://download.pytorch.org/whl/cpu"


def choose_torch_index(platform: str, has_gpu: bool, cpu_index: str = CPU_INDEX, timeout_s: float = 5.0) -> str | None:
    """The package index for PyTorch; None stands for pip's default.

    Only on Linux is the default wheel the one with CUDA: 5.6 GB installed instead of 0.8.
    """
    if not platform.startswith("linux") or has_gpu:
        return None
    return cpu_index if answers(f"{cpu_index}/torch/", timeout_s) else None


def answers(url: str, timeout_s: float) -> bool:
    """Whether `url` can be had. Decided within `timeout_s`, whatever the name server or a proxy does."""
    found = threading.Event()
    # Looking up a name cannot be cancelled, so the thread is left alone when the time is up.
    asking = threading.Thread(target=_ask, args=(url, timeout_s, found), daemon=True)
    asking.start()
    asking.join(timeout_s)
    return found.is_set()


def _ask(url: str, timeout_s: float, found: threading.Event) -> None:
    # A bare system has no certificates. Nothing is downloaded here; pip brings its own and checks what it downloads.
    context = ssl._create_unverified_context()
    try:
        with urllib.request.urlopen(url, timeout=timeout_s, context=context) as response:
            if response.status == 200:
                found.set()
    except (OSError, http.client.HTTPException):
        pass


def has_nvidia_gpu() -> bool:
    """Whether an NVIDIA GPU with its driver is here; CUDA does not run without the driver."""
    if any(Path("/proc/driver/nvidia/gpus").glob("*")) or Path("/dev/nvidia0").exists():
        return True
    nvidia_smi = shutil.which("nvidia-smi")
    if nvidia_smi is None:
        return False
    try:
        listing = subprocess.run([nvidia_smi, "-L"], capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return listing.returncode == 0 and "GPU" in listing.stdout
