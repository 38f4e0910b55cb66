"""Choose what computes a model's image embeddings: PyTorch or OpenVINO, in fp32 or in half precision.

The fastest candidate whose embeddings agree with PyTorch in fp32 is taken. Agreement is tested on the model itself,
because it depends on the weights: in bf16 a ViT-B/32 with random weights keeps a cosine of 0.99994, a trained
MobileNetV2 only 0.989. docs/performance-details.md has the measurements behind the order of the candidates.
"""

from __future__ import annotations

import logging
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.errors import EncoderError
from clipdesk.core.messages import message
from clipdesk.encoders import devices
from clipdesk.encoders.devices import Place
from clipdesk.encoders.local.candidate import (
    LEAST_COSINE,
    Candidate,
    Features,
    Forward,
    ModelOnTrial,
    Precision,
    Runtime,
    draw_test_images,
    least_cosine,
)
from clipdesk.encoders.local.int8 import choose_int8
from clipdesk.encoders.local.openvino_candidate import Conversion, OpenVino
from clipdesk.encoders.local.torch_candidates import FoldedTorch, HalfPrecisionTorch

logger = logging.getLogger(__name__)

#: Below this many multiply-adds per image no other runtime is tried: reading the file takes longer than computing, and
#: converting the model takes one to two seconds.
_SMALL_MODEL_MULTIPLY_ADDS = 150_000_000


@dataclass(frozen=True)
class ImageTower:
    """The chosen way to compute image embeddings.

    `features` maps images (n, height, width, 3), 0…255, to embeddings (n, dimension), not normalised.
    """

    runtime: Runtime
    precision: Precision
    features: Features
    variant: str = ""
    """What else decides the embeddings' values."""

    @property
    def description(self) -> str:
        return f"{self.runtime}, {self.precision}"

    @property
    def mark(self) -> str:
        """The part of the encoder's identity that keeps embeddings of different precisions apart; empty for fp32.

        Embeddings in fp32 differ by 2e-7 between runtimes, less than the store's float16 rounding (2e-5). In half
        precision they differ by up to 2e-3, from fp32 as well as between runtimes.
        """
        if self.precision == "fp32":
            return ""
        return f" computed={','.join(filter(None, (self.precision, self.runtime, self.variant)))}"


def candidates_for(place: Place) -> list[Candidate]:
    """Return what can compute image embeddings on a device, the fastest first."""
    if place.is_gpu:
        return [HalfPrecisionTorch("fp16")]
    conversion = Conversion()
    return [
        OpenVino("bf16", conversion),
        HalfPrecisionTorch("bf16"),
        OpenVino("fp32", conversion),
        FoldedTorch(),
    ]


def choose_tower(
    network: Any,
    forward: Forward,
    size: tuple[int, int],
    place: Place,
    candidates: Sequence[Candidate] | None = None,
) -> ImageTower | None:
    """Return the fastest tower for a network in fp32 on its device; None if calling the network itself is best.

    `size` is (height, width) of the images. Unless `place.precision` asks for a precision, half precision is taken only
    if the embeddings keep a cosine of 0.9999 to those of fp32. `candidates` defaults to `candidates_for(place)`.

    Raises EncoderError if bf16 or int8 is asked for and cannot be computed.
    """
    if place.is_gpu and (place.precision is not None or place.device == "mps"):  # fp16 is not measured on Apple's GPUs
        return None
    images = draw_test_images(size)
    expected, multiply_adds = _run_reference(network, forward, images, place.device)
    model = ModelOnTrial(network, forward, place.device, place.precision, images, expected)
    if place.precision == "int8":
        chosen = choose_int8(model)
        return ImageTower(chosen.runtime, "int8", chosen.features, chosen.variant)
    is_small = multiply_adds < _SMALL_MODEL_MULTIPLY_ADDS
    for candidate in candidates_for(place) if candidates is None else candidates:
        if place.precision is None and is_small and not candidate.suits_small_models:
            continue
        if place.precision not in (None, candidate.precision):
            continue
        tower = _try(candidate, model)
        if tower is not None:
            return tower
    if place.precision == "bf16":
        raise EncoderError(
            message("core", "This computer cannot compute this model in bf16. Choose the device auto or cpu instead.")
        )
    return None


def machine_facts() -> list[str]:
    """Return what the choice depends on besides the model, without importing torch or OpenVINO."""
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


def _run_reference(
    network: Any, forward: Forward, images: NDArray[np.uint8], device: str
) -> tuple[NDArray[np.float32], float]:
    """Return the embeddings of images by PyTorch in fp32, and the multiply-adds that one image takes."""
    torch = devices.import_torch()
    from torch.utils.flop_counter import FlopCounterMode

    with FlopCounterMode(display=False) as counter, torch.inference_mode():
        found = forward(network, torch.from_numpy(images).to(device), torch.float32)
    embeddings: NDArray[np.float32] = found.cpu().numpy()
    return embeddings, counter.get_total_flops() / 2 / len(images)  # a multiply-add counts as two FLOPs


def _try(candidate: Candidate, model: ModelOnTrial) -> ImageTower | None:
    """Return the candidate's tower if it is available here, works, and agrees with PyTorch in fp32."""
    try:
        reason = candidate.why_not(model)
        if reason:
            logger.info("%s is not tried: %s.", candidate.description, reason)
            return None
        tower = ImageTower(candidate.runtime, candidate.precision, candidate.build(model))
        cosine = least_cosine(tower.features(model.test_images), model.expected)
    except Exception as error:
        # Broad on purpose: a network that a runtime cannot compute fails in many ways, and PyTorch in fp32 remains.
        logger.info("%s does not work for this model (%s).", candidate.description, type(error).__name__)
        logger.debug("%s", candidate.description, exc_info=True)
        return None
    logger.info("%s: cosine %.7f to PyTorch in fp32.", candidate.description, cosine)
    # Whoever asks for bf16 gets it, whatever it does to the embeddings, as long as they are numbers.
    is_accepted = np.isfinite(cosine) if model.wanted == "bf16" else cosine >= LEAST_COSINE[candidate.precision]
    return tower if is_accepted else None
