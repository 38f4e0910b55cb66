"""What computes a model's picture embeddings: on the processor torch, oneDNN or OpenVINO, in fp32 or in bf16; on a GPU
torch, in fp32 or in fp16.

The fastest whose embeddings are those of torch in fp32 is taken, and that is tried on the model itself, not believed:
in bf16 a ViT-B/32 with random weights keeps a cosine of 0.99994, a trained MobileNetV2 only one of 0.989.
"""

from __future__ import annotations

import copy
import functools
import importlib.util
import logging
import platform
import sys
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from clipdesk.core.errors import EncoderError
from clipdesk.core.labels.scoring import normalise
from clipdesk.encoders import devices
from clipdesk.encoders.devices import Place
from clipdesk.encoders.local.model_building import with_parts

_log = logging.getLogger(__name__)

#: Multiply-adds for a picture below which no other library is asked: reading the picture takes longer than that, and
#: making its model takes one to two seconds.
_LEAST_SUMS = 150_000_000

#: Where OpenVINO and oneDNN were found to be faster than torch. Apple's processors have libraries of their own.
MEASURED = ("x86_64", "AMD64")

Pixels = NDArray[np.uint8]
Runtime = Literal["PyTorch", "oneDNN", "OpenVINO"]
Precision = Literal["fp32", "bf16", "fp16"]

#: The cosine to torch in fp32 that must be kept on `_test_pictures`. For bf16 a little more than the 0.9999 that is
#: promised: of 72 pictures the worst was 1.3 times as far from 1 as the worst of such four. For fp16 more: a ViT-B/32
#: keeps 0.9999994; a MobileNetV2 that kept 0.99997 here fell to 0.9997 on one of 96 photos.
_LEAST_COSINE = {"fp32": 0.999999, "bf16": 0.99993, "fp16": 0.999995}


@dataclass(frozen=True)
class ImageTower:
    """One way to compute embeddings (n, d), of whatever length, of pictures (n, height, width, 3), 0…255.

    `mark` belongs into the encoder's identity. It is empty for fp32: whatever computed them, those embeddings differ by
    2e-7, less than what the store's float16 rounds away (2e-5). In half precision they differ by up to 2e-3, and as
    much between two libraries, so they are kept apart from all others.
    """

    runtime: Runtime
    precision: Precision
    features: Callable[[Pixels], NDArray[np.float32]]

    @property
    def words(self) -> str:
        return f"{self.runtime}, {self.precision}"

    @property
    def mark(self) -> str:
        return "" if self.precision == "fp32" else f" computed={self.precision},{self.runtime}"


#: Turns pictures (n, height, width, 3) into embeddings (n, d) with a network: (network, pictures, type of the sums).
Forward = Callable[[Any, Any, Any], Any]


def choose_tower(network: Any, forward: Forward, size: tuple[int, int], place: Place) -> ImageTower | None:
    """The fastest tower at a place for a network in fp32 that is there; None when nothing is better than calling it.

    `size` is height and width of its pictures. Unless the place asks for a precision, half precision is taken only if
    the embeddings keep a cosine of 0.9999 to those of fp32. Raises EncoderError when bf16 is wanted and cannot be had.
    """
    wanted = place.precision
    if place.is_gpu and (wanted is not None or place.device == "mps"):  # on Apple's, nobody has tried it
        return None
    torch = devices.import_torch()
    from torch.utils.flop_counter import FlopCounterMode

    pictures = _test_pictures(size)
    with FlopCounterMode(display=False) as counter, torch.inference_mode():
        found = forward(network, torch.from_numpy(pictures).to(place.device), torch.float32)
    expected: NDArray[np.float32] = found.cpu().numpy()
    is_small = counter.get_total_flops() / 2 < _LEAST_SUMS * len(pictures)
    for make in _makers(network, forward, pictures, expected, place, is_small and wanted is None):
        try:
            tower = make()
            cosine = _least_cosine(tower.features(pictures), expected)
        except Exception:
            # Broad on purpose: a network that a runtime cannot compute fails in many ways, and fp32 in torch remains.
            _log.info("One way to compute this model is left out.", exc_info=True)
            continue
        _log.info("%s: a cosine of %.7f to PyTorch in fp32.", tower.words, cosine)
        if cosine >= _LEAST_COSINE[tower.precision] or (tower.precision == wanted == "bf16" and np.isfinite(cosine)):
            return tower
    if wanted == "bf16":
        raise EncoderError("This computer cannot compute this model in bf16. Choose the device auto or cpu instead.")
    return None


def facts_of_machine() -> list[str]:
    """What the choice depends on besides the model, found without importing any of it."""
    facts = [platform.machine(), platform.processor()]
    for package in ("torch", "openvino"):
        try:
            facts.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            facts.append(f"no {package}")
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        facts.append(next(line for line in lines if line.startswith(("flags", "Features"))))
    except (OSError, StopIteration):
        pass  # not Linux: the names above have to do
    return facts


def _makers(
    network: Any,
    forward: Forward,
    pictures: Pixels,
    expected: NDArray[np.float32],
    place: Place,
    in_torch_only: bool,
) -> Iterator[Callable[[], ImageTower]]:
    """What comes into question, the fastest first: measured in docs/performance.md.

    `expected` is what the network makes of `pictures` in fp32.
    """
    wanted = place.precision
    if place.is_gpu:
        if not in_torch_only:
            yield lambda: _by_torch(network, forward, "fp16", place.device)
        return
    folded = functools.cache(lambda: _with_folded_norms(network, forward, pictures, expected))
    if in_torch_only:
        yield lambda: _by_folding(folded(), forward)
        return
    is_measured = platform.machine() in MEASURED
    has_openvino = is_measured and importlib.util.find_spec("openvino") is not None
    convert = functools.cache(lambda: _converted(folded() or network, forward, pictures))
    if has_openvino and wanted != "fp32":
        yield lambda: _by_openvino(convert, "bf16", even_slowly=wanted == "bf16")
    if wanted == "bf16" or (wanted is None and is_quick_in_bf16()):
        yield lambda: _by_torch(network, forward, "bf16", "cpu")
    if wanted == "bf16":
        return
    if is_measured:
        yield lambda: _by_onednn(network, forward)
    if has_openvino:
        yield lambda: _by_openvino(convert, "fp32")
    yield lambda: _by_folding(folded(), forward)


# --- Torch, and oneDNN in it ------------------------------------------------------------------------------------------


def is_quick_in_bf16() -> bool:
    """Whether the processor multiplies bf16 by itself. Older versions of torch cannot tell: then it is not taken."""
    cpu = devices.import_torch().cpu
    known = (getattr(cpu, name, None) for name in ("_is_avx512_bf16_supported", "_is_amx_tile_supported"))
    return any(ask is not None and ask() for ask in known)


def _by_torch(network: Any, forward: Forward, precision: Literal["bf16", "fp16"], device: str) -> ImageTower:
    torch = devices.import_torch()
    dtype = {"bf16": torch.bfloat16, "fp16": torch.float16}[precision]
    # A copy: converting in place would spoil fp32.
    visual = copy.deepcopy(network.visual).to(dtype)
    return ImageTower("PyTorch", precision, _features(network, visual, forward, dtype, device))


def _by_onednn(network: Any, forward: Forward) -> ImageTower:
    # It needs torch, which is slow to import.
    from clipdesk.encoders.local.packed_blocks import with_packed_blocks

    dtype = devices.import_torch().float32
    return ImageTower("oneDNN", "fp32", _features(network, with_packed_blocks(network.visual), forward, dtype, "cpu"))


def _with_folded_norms(network: Any, forward: Forward, pictures: Pixels, expected: NDArray[np.float32]) -> Any | None:
    """The network with another half that looks at pictures: see folded_norms.py. None if it has nothing to fold, or if
    that fails: the network is then computed as it is."""
    torch = devices.import_torch()

    def look(visual: Any) -> Any:
        with torch.inference_mode():
            return forward(with_parts(network, visual=visual), torch.from_numpy(pictures), torch.float32)

    try:
        # It needs torch, which is slow to import.
        from clipdesk.encoders.local.folded_norms import with_folded_norms

        visual = with_folded_norms(network.visual, look)
        if visual is None:
            return None
        cosine = _least_cosine(look(visual).numpy(), expected)
    except Exception:
        # Broad on purpose: as in `choose_tower`.
        _log.info("Normalisations could not be folded.", exc_info=True)
        return None
    _log.info("Normalisations folded: a cosine of %.7f to the network as it was.", cosine)
    return with_parts(network, visual=visual) if cosine >= _LEAST_COSINE["fp32"] else None


def _by_folding(folded: Any | None, forward: Forward) -> ImageTower:
    if folded is None:
        raise EncoderError("This network has nothing that could be folded.")
    torch = devices.import_torch()
    visual = folded.visual
    if platform.machine() in MEASURED:
        visual = visual.to(memory_format=torch.channels_last)
    return ImageTower("PyTorch", "fp32", _features(folded, visual, forward, torch.float32, "cpu"))


def _features(
    network: Any, visual: Any, forward: Forward, dtype: Any, device: str
) -> Callable[[Pixels], NDArray[np.float32]]:
    """What the network computes with another half that looks at pictures; everything else is shared with it."""
    torch = devices.import_torch()
    half = with_parts(network, visual=visual)

    def features(pictures: Pixels) -> NDArray[np.float32]:
        with torch.inference_mode():
            # Bytes cross to the device, a quarter of what floats would be.
            found: NDArray[np.float32] = (
                forward(half, torch.from_numpy(pictures).to(device), dtype).float().cpu().numpy()
            )
        return found

    return features


# --- OpenVINO ---------------------------------------------------------------------------------------------------------


def import_openvino() -> Any:
    # OpenVINO tells Google Analytics that it was imported and what was converted, unless this package is missing. It
    # is made to be missing: nothing leaves this computer unasked.
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    import openvino

    return openvino


def _converted(network: Any, forward: Forward, pictures: Pixels) -> Any:
    """The network's picture half as OpenVINO's own model, from bytes to embeddings, for any number of pictures."""
    torch = devices.import_torch()

    class Tower(torch.nn.Module):  # type: ignore[misc,name-defined]
        def __init__(self) -> None:
            super().__init__()
            self.network = network

        def forward(self, pictures: Any) -> Any:
            return forward(self.network, pictures, torch.float32)

    example = torch.from_numpy(pictures[:2])
    with warnings.catch_warnings(), torch.inference_mode():
        # Torch would rather be compiled, and says so of every shape that is written into the trace.
        warnings.simplefilter("ignore")
        traced = torch.jit.trace(Tower().eval(), example, check_trace=False, strict=False)
        model = import_openvino().convert_model(traced, example_input=example)
    model.reshape([-1, *pictures.shape[1:]])
    return model


def _by_openvino(convert: Callable[[], Any], precision: Precision, even_slowly: bool = False) -> ImageTower:
    core = import_openvino().Core()
    # OpenVINO's own default is what the processor can multiply by itself. Asked for more, it may do it in many steps.
    own = str(core.get_property("CPU", "INFERENCE_PRECISION_HINT").get_type_name())
    if precision == "bf16" and not even_slowly and own != "bf16":
        raise EncoderError(f"OpenVINO prefers {own} on this processor.")
    settings = {
        "INFERENCE_PRECISION_HINT": {"fp32": "f32", "bf16": "bf16"}[precision],
        "PERFORMANCE_HINT": "LATENCY",
        # As many as torch takes: it is told by OMP_NUM_THREADS when others compute beside it.
        "INFERENCE_NUM_THREADS": devices.import_torch().get_num_threads(),
        # Threads that are tied to a core wait for whatever decodes on it.
        "ENABLE_CPU_PINNING": False,
    }
    compiled = core.compile_model(convert(), "CPU", settings)
    used = str(compiled.get_property("INFERENCE_PRECISION_HINT").get_type_name())
    if used != settings["INFERENCE_PRECISION_HINT"]:
        raise EncoderError(f"OpenVINO took {used} instead of {precision}.")
    request = compiled.create_infer_request()

    def features(pictures: Pixels) -> NDArray[np.float32]:
        request.infer([pictures], share_inputs=True)
        return np.array(request.get_output_tensor(0).data, dtype=np.float32)

    return ImageTower("OpenVINO", precision, features)


# --- Whether they agree -----------------------------------------------------------------------------------------------


def _least_cosine(found: NDArray[np.float32], expected: NDArray[np.float32]) -> float:
    return float((normalise(found) * normalise(expected)).sum(axis=1).min())


def _test_pictures(size: tuple[int, int]) -> Pixels:
    """Four pictures (4, height, width, 3) of coloured blots, coarse ones over fine ones as in photos; always the same.

    RandomState is frozen: numpy promises its numbers for ever.
    """
    height, width = size
    random = np.random.RandomState(0)
    pictures = np.full((4, height, width, 3), 128, np.float32)
    for picture in pictures:
        for side, weight in ((2, 0.6), (5, 0.4), (12, 0.3), (30, 0.2), (80, 0.12)):
            blots = Image.fromarray(random.randint(0, 256, (side, side, 3)).astype(np.uint8))
            layer = np.asarray(blots.resize((width, height), Image.Resampling.BICUBIC), np.float32)
            picture += weight * (layer - 128)
    return np.clip(pictures, 0, 255).astype(np.uint8)
