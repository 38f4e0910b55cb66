"""Where the model runs: which device, why, and what its running out of memory looks like."""

from __future__ import annotations

import contextlib
import ctypes
import functools
import gc
import importlib
import importlib.util
import os
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from clipdesk.core.errors import EncoderError

Precision = Literal["fp32", "bf16"]


@dataclass(frozen=True)
class Place:
    """`device` as torch calls it; the `hardware` that it is, and how a model computes there: at first as a network does
    that nobody has made faster.

    `precision` is what was asked for; None: whichever is fastest. Of a processor also the number of `threads`, and the
    `reason` why it is that.
    """

    device: str
    hardware: str
    how: str = "PyTorch, fp32"
    threads: int = 0
    reason: str = ""
    precision: Precision | None = None

    @property
    def is_gpu(self) -> bool:
        return self.device != "cpu"

    @property
    def words(self) -> str:
        """All of it in plain words, for the status bar."""
        threads = f", {self.threads} thread{'s' if self.threads != 1 else ''}" if self.threads else ""
        reason = f"; {self.reason}" if self.reason else ""
        return f"this computer ({self.hardware}, {self.how}{threads}){reason}"


_ON_CPU: dict[str, Precision | None] = {"cpu": None, "cpu:fp32": "fp32", "cpu:bf16": "bf16"}


def choose_device(wanted: str = "auto") -> Place:
    """The place for `wanted`: auto (CUDA, then MPS, then the processor), cpu, cpu:fp32, cpu:bf16, cuda, cuda:fp32,
    cuda:N or mps.

    Raises EncoderError when a device is asked for by name and is not there.
    """
    kind = wanted.partition(":")[0]
    if wanted in _ON_CPU:
        return replace(on_cpu("as chosen"), precision=_ON_CPU[wanted])
    if kind not in ("auto", "cuda", "mps"):
        raise EncoderError(f"“{wanted}” is not a device. Choose auto, cpu, cuda or mps.")
    no_cuda, no_mps = why_no_cuda(), why_no_mps()
    if kind in ("auto", "cuda") and not no_cuda:
        exactly: Precision | None = "fp32" if wanted == "cuda:fp32" else None
        return replace(_on_cuda("cuda" if exactly or kind == "auto" else wanted), precision=exactly)
    if kind in ("auto", "mps") and not no_mps:
        return Place("mps", "Apple GPU")
    if kind == "auto":
        return on_cpu(no_mps if sys.platform == "darwin" else no_cuda)
    reason = no_cuda if kind == "cuda" else no_mps
    raise EncoderError(f"The device “{wanted}” cannot be used: {reason}. Choose auto or cpu instead.")


def on_cpu(reason: str) -> Place:
    """The processor, and why it is that."""
    return Place("cpu", "CPU", threads=import_torch().get_num_threads(), reason=reason)


def _on_cuda(device: str) -> Place:
    torch = import_torch()
    try:
        name = torch.cuda.get_device_name(device)
    except (RuntimeError, AssertionError, ValueError) as error:
        raise EncoderError(f"The device “{device}” is not there. Choose auto, cuda or cpu instead.") from error
    return Place(device, f"GPU: {name}")


@functools.cache
def why_no_cuda() -> str:
    """Why CUDA cannot be used, as half a sentence; empty when it can. Torch says why only once, so we remember."""
    torch = import_torch()
    if torch.version.cuda is None and getattr(torch.version, "hip", None) is None:
        return "this PyTorch was built without CUDA"
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        available = torch.cuda.is_available()
    if available:
        return _why_cuda_fails(torch)
    complaint = " ".join(str(warning.message) for warning in said)
    if "too old" in complaint:
        return "the GPU's driver is too old for this PyTorch; update the driver to use the GPU"
    if "CUDA initialization" in complaint:
        return "the NVIDIA GPU could not be started"
    return "no NVIDIA GPU was found"


def _why_cuda_fails(torch: Any) -> str:
    """A GPU that this PyTorch has no code for is “available” until the first sum is done on it."""
    try:
        torch.ones(1, device="cuda").add_(1).item()
    except RuntimeError as error:
        if is_out_of_memory(error):
            return "the NVIDIA GPU has no free memory"
        return "this PyTorch does not support the NVIDIA GPU that was found"
    return ""


def why_no_mps() -> str:
    """Why Apple's GPU cannot be used, as half a sentence; empty when it can."""
    torch = import_torch()
    return "" if torch.backends.mps.is_available() else "no Apple GPU was found"


def is_out_of_memory(error: BaseException) -> bool:
    """Whether a failed forward pass lacked memory, on any device."""
    torch = import_torch()
    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    # MPS and the processor's allocator raise plain RuntimeErrors:
    # “MPS backend out of memory”, “DefaultCPUAllocator: can't allocate memory”, on Windows “not enough memory”.
    # OpenVINO passes “std::bad_alloc” on.
    text = str(error).lower()
    return any(sign in text for sign in ("out of memory", "can't allocate memory", "not enough memory", "bad_alloc"))


def release_memory(device: str) -> None:
    """Give the device's cached blocks back, so that the next, smaller attempt finds them."""
    torch = import_torch()
    if device.startswith("cuda"):
        torch.cuda.empty_cache()
    elif device == "mps":
        torch.mps.empty_cache()


def import_torch() -> Any:
    if "torch" not in sys.modules:
        # Beside a busy process, threads that spin while they wait slow ViT-B/32 at batch 1 from 4.7 to 0.6 images/s.
        # It is read when the library is loaded.
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        with garbage_left_alone():
            _load_torch_library()
            import torch
    import torch  # another thread may still be at it: this waits

    return torch


def _load_torch_library() -> None:
    """Have the linker load torch's library while others go on.

    `import` does that with the interpreter's lock held: the window stood still for 0.5 s, on a busy computer for 1.8 s.
    What fails here is left to `import`, which finds it done otherwise.
    """
    if not sys.platform.startswith("linux"):
        return
    torch = importlib.util.find_spec("torch")
    if torch is None or torch.origin is None:
        return
    linker = ctypes.CDLL(None)  # a function of a CDLL is called without the lock
    linker.dlopen.restype, linker.dlopen.argtypes = ctypes.c_void_p, [ctypes.c_char_p, ctypes.c_int]
    # In the order and the modes of torch's own __init__.
    for name, mode in (("libtorch_global_deps.so", os.RTLD_GLOBAL), ("libtorch_cpu.so", os.RTLD_LOCAL)):
        library = Path(torch.origin).parent / "lib" / name
        if library.is_file():
            linker.dlopen(os.fsencode(library), os.RTLD_LAZY | mode)


@contextlib.contextmanager
def garbage_left_alone() -> Iterator[None]:
    """While much is imported, do not look for garbage; afterwards, never look through what was imported.

    torch and open_clip bring some 400,000 objects that stay. Python would look through all of them time and again, and
    everything else waits: the window for 0.1 to 0.3 s each time, and for 1.2 s on a busy computer.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()


#: The schemas declared below live as long as these objects.
_declared: list[Any] = []


def import_open_clip() -> Any:
    """open_clip, also where a CPU build of torch meets PyPI's torchvision, whose compiled part then does not load."""
    if "open_clip" in sys.modules:
        return _import_open_clip()
    with garbage_left_alone():
        return _import_open_clip()


def _import_open_clip() -> Any:
    import_torch()
    try:
        import torchvision  # noqa: F401
    except RuntimeError as error:
        if "torchvision::" not in str(error):
            raise
        _declare_torchvision_operators()
        importlib.import_module("torchvision")
    import open_clip

    return open_clip


def _declare_torchvision_operators() -> None:
    """What torchvision describes while it is imported must exist by name; open_clip never calls it."""
    torch = import_torch()
    library = torch.library.Library("torchvision", "DEF")
    library.define("nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    library.define("qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    _declared.append(library)
    # The half-imported parts would not run again.
    for name in [name for name in sys.modules if name.partition(".")[0] == "torchvision"]:
        del sys.modules[name]
