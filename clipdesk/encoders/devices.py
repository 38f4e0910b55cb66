"""The device that a model runs on: which one, why, and how it runs out of memory. Imports torch and open_clip."""

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
from clipdesk.core.messages import counted, joined, message
from clipdesk.encoders.torch_requirements import missing_requirement

Precision = Literal["fp32", "bf16", "int8"]


@dataclass(frozen=True)
class Place:
    """A device, and how a model runs there.

    `device` is torch's name of it, `hardware` what a person calls it. `runtime` starts as plain PyTorch and is replaced
    once a faster one has been chosen (see local/image_towers.py). `precision` is what the user asked for; None means
    the fastest one that leaves the scores unchanged. Only the CPU has `threads` and a `reason` why it was chosen.
    """

    device: str
    hardware: str
    runtime: str = "PyTorch, fp32"
    threads: int = 0
    reason: str = ""
    precision: Precision | None = None

    @property
    def is_gpu(self) -> bool:
        return self.device != "cpu"

    @property
    def description(self) -> str:
        """All of it in plain words, for the status bar: “this computer (CPU, OpenVINO, fp32, 2 threads); as chosen”."""
        parts: list[str] = [self.hardware, self.runtime]
        if self.threads:
            parts.append(counted("core", "{count} threads", "1 thread", 1).of(count=self.threads))
        facts = joined(", ", parts)
        if not self.reason:
            return message("core", "this computer ({facts})").of(facts=facts)
        return message("core", "this computer ({facts}); {reason}").of(facts=facts, reason=self.reason)


_ON_CPU: dict[str, Precision | None] = {"cpu": None, "cpu:fp32": "fp32", "cpu:bf16": "bf16", "cpu:int8": "int8"}


def choose_device(wanted: str = "auto") -> Place:
    """Return the place for `wanted`: auto, cpu, cpu:fp32, cpu:bf16, cpu:int8, cuda, cuda:fp32, cuda:N or mps.

    `auto` takes CUDA if there is a GPU for it, else MPS, else the CPU. A suffix forces its precision.

    Raises EncoderError if `wanted` is unknown, or names a device that is not there.
    """
    kind = wanted.partition(":")[0]
    if wanted in _ON_CPU:
        return replace(on_cpu(message("core", "as chosen")), precision=_ON_CPU[wanted])
    if kind not in ("auto", "cuda", "mps"):
        raise EncoderError(
            message("core", "“{device}” is not a device. Choose auto, cpu, cuda or mps.").of(device=wanted)
        )
    no_cuda, no_mps = why_no_cuda(), why_no_mps()
    if kind in ("auto", "cuda") and not no_cuda:
        precision: Precision | None = "fp32" if wanted == "cuda:fp32" else None
        return replace(_on_cuda("cuda" if precision or kind == "auto" else wanted), precision=precision)
    if kind in ("auto", "mps") and not no_mps:
        return Place("mps", message("core", "Apple GPU"))
    if kind == "auto":
        return on_cpu(no_mps if sys.platform == "darwin" else no_cuda)
    reason = no_cuda if kind == "cuda" else no_mps
    words = message("core", "The device “{device}” cannot be used: {reason}. Choose auto or cpu instead.")
    raise EncoderError(words.of(device=wanted, reason=reason))


def on_cpu(reason: str) -> Place:
    """Return the CPU as a place. `reason` says why it was chosen."""
    return Place("cpu", "CPU", threads=import_torch().get_num_threads(), reason=reason)


def _on_cuda(device: str) -> Place:
    torch = import_torch()
    try:
        name = torch.cuda.get_device_name(device)
    except (RuntimeError, AssertionError, ValueError) as error:
        words = message("core", "The device “{device}” is not there. Choose auto, cuda or cpu instead.")
        raise EncoderError(words.of(device=device)) from error
    return Place(device, message("core", "GPU: {name}").of(name=name))


@functools.cache
def why_no_cuda() -> str:
    """Return why CUDA cannot be used, as half a sentence; empty if it can. Cached: torch names the cause only once."""
    torch = import_torch()
    if torch.version.cuda is None and getattr(torch.version, "hip", None) is None:
        return message("core", "this PyTorch was built without CUDA")
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        available = torch.cuda.is_available()
    if available:
        return _why_cuda_fails(torch)
    complaint = " ".join(str(warning.message) for warning in said)
    if "too old" in complaint:
        return message("core", "the GPU's driver is too old for this PyTorch; update the driver to use the GPU")
    if "CUDA initialization" in complaint:
        return message("core", "the NVIDIA GPU could not be started")
    return message("core", "no NVIDIA GPU was found")


def _why_cuda_fails(torch: Any) -> str:
    """Run a first kernel: a GPU that this PyTorch has no kernels for counts as available until then."""
    try:
        torch.ones(1, device="cuda").add_(1).item()
    except RuntimeError as error:
        if is_out_of_memory(error):
            return message("core", "the NVIDIA GPU has no free memory")
        return message("core", "this PyTorch does not support the NVIDIA GPU that was found")
    return ""


def why_no_mps() -> str:
    """Return why Apple's GPU cannot be used, as half a sentence; empty if it can."""
    torch = import_torch()
    return "" if torch.backends.mps.is_available() else message("core", "no Apple GPU was found")


def is_out_of_memory(error: BaseException) -> bool:
    """Return whether a forward pass failed for lack of memory, on any device."""
    torch = import_torch()
    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    # MPS and the CPU allocator raise plain RuntimeErrors: “MPS backend out of memory”, “DefaultCPUAllocator: can't
    # allocate memory”, on Windows “not enough memory”. OpenVINO passes on “std::bad_alloc”.
    text = str(error).lower()
    return any(sign in text for sign in ("out of memory", "can't allocate memory", "not enough memory", "bad_alloc"))


def release_memory(device: str) -> None:
    """Release the allocator's cached blocks, so that a smaller batch can use that memory."""
    torch = import_torch()
    if device.startswith("cuda"):
        torch.cuda.empty_cache()
    elif device == "mps":
        torch.mps.empty_cache()


def import_torch() -> Any:
    """Import torch with threads that sleep while they wait, and without stalling the window.

    Raises EncoderError if torch would crash on this computer.
    """
    if "torch" not in sys.modules:
        if problem := missing_requirement():
            raise EncoderError(problem)
        # Next to a busy process, spinning threads slow ViT-B/32 at batch size 1 from 4.7 to 0.6 images/s. OpenMP reads
        # the variable when its library is loaded.
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        with gc_paused():
            _load_torch_library()
            import torch
    import torch  # waits if another thread is still importing it

    return torch


def _load_torch_library() -> None:
    """Load torch's shared library without holding the GIL, so that `import torch` finds it loaded.

    `import` holds the GIL while it loads, which froze the window for 0.5 s, on a busy computer for 1.8 s. Failures are
    ignored here: `import torch` reports them.
    """
    if not sys.platform.startswith("linux"):
        return
    torch = importlib.util.find_spec("torch")
    if torch is None or torch.origin is None:
        return
    linker = ctypes.CDLL(None)  # ctypes releases the GIL during calls to functions of a CDLL
    linker.dlopen.restype, linker.dlopen.argtypes = ctypes.c_void_p, [ctypes.c_char_p, ctypes.c_int]
    # The same order and modes as in torch's own __init__.
    for name, mode in (("libtorch_global_deps.so", os.RTLD_GLOBAL), ("libtorch_cpu.so", os.RTLD_LOCAL)):
        library = Path(torch.origin).parent / "lib" / name
        if library.is_file():
            linker.dlopen(os.fsencode(library), os.RTLD_LAZY | mode)


@contextlib.contextmanager
def gc_paused() -> Iterator[None]:
    """Pause the garbage collector during large imports, and exempt what was imported from later collections.

    torch and open_clip create about 400,000 objects that live until the end. Each full collection would traverse them
    and stall the window for 0.1 to 0.3 s, on a busy computer for 1.2 s.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()


#: Keeps the schemas that `_declare_torchvision_operators` declares alive.
_declared: list[Any] = []


def import_open_clip() -> Any:
    """Import open_clip, even if torchvision's compiled part does not load.

    That happens with a CPU build of torch and the torchvision from PyPI.
    """
    if "open_clip" in sys.modules:
        return _import_open_clip()
    with gc_paused():
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
    """Declare the operators that `import torchvision` registers fake kernels for. open_clip never calls them."""
    torch = import_torch()
    library = torch.library.Library("torchvision", "DEF")
    library.define("nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    library.define("qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    _declared.append(library)
    # Else the next import would reuse the modules that were only partly run.
    for name in [name for name in sys.modules if name.partition(".")[0] == "torchvision"]:
        del sys.modules[name]
