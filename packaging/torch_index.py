"""Choose the PyTorch to install: with CUDA, or the much smaller build without it on Linux without an NVIDIA GPU."""

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
    """Return the package index for PyTorch; None: pip's default index.

    Only on Linux does the default index have the build with CUDA, which takes 5.6 GB on disk instead of 0.8 GB.
    """
    if not platform.startswith("linux") or has_gpu:
        return None
    return cpu_index if answers(f"{cpu_index}/torch/", timeout_s) else None


def answers(url: str, timeout_s: float) -> bool:
    """Return whether `url` can be reached within `timeout_s`, even if a DNS lookup or a proxy hangs."""
    has_answered = threading.Event()
    # A DNS lookup cannot be cancelled, so after the timeout the thread is abandoned.
    request = threading.Thread(target=_request, args=(url, timeout_s, has_answered), daemon=True)
    request.start()
    request.join(timeout_s)
    return has_answered.is_set()


def _request(url: str, timeout_s: float, has_answered: threading.Event) -> None:
    # Unverified, because a minimal system has no certificates. Nothing is downloaded here, and pip has its own.
    context = ssl._create_unverified_context()
    try:
        with urllib.request.urlopen(url, timeout=timeout_s, context=context) as response:
            if response.status == 200:
                has_answered.set()
    except (OSError, http.client.HTTPException):
        pass


def has_nvidia_gpu() -> bool:
    """Return whether there is an NVIDIA GPU with its driver, which CUDA needs."""
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
