"""Choose what computes a model's image embeddings: PyTorch or OpenVINO, in fp32 or in half precision.

The first candidate whose embeddings agree with PyTorch in fp32 is taken, and those that were the fastest elsewhere come
first. Whether they are here is measured later (see contest.py). Agreement is tested on the model itself, because it
depends on the weights: in bf16 a ViT-B/32 with random weights keeps a cosine of 0.99994, a trained MobileNetV2 only
0.989. docs/performance-details.md has the measurements behind the order of the candidates.
"""

from __future__ import annotations

import logging
import platform
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.errors import EncoderError
from clipdesk.core.messages import message
from clipdesk.encoders import devices
from clipdesk.encoders.devices import Place
from clipdesk.encoders.local.candidate import (
    LEAST_COSINE,
    MEASURED_MACHINES,
    Candidate,
    Features,
    Forward,
    ModelOnTrial,
    Precision,
    RiskyCandidate,
    Runtime,
    draw_test_images,
    least_cosine,
    mark_of,
)
from clipdesk.encoders.local.int8 import choose_int8
from clipdesk.encoders.local.model_building import with_parts
from clipdesk.encoders.local.openvino_candidate import Conversion, OpenVino
from clipdesk.encoders.local.openvino_devices import OpenVinoDevice
from clipdesk.encoders.local.torch_candidates import FoldedTorch, HalfPrecisionOnApple, HalfPrecisionTorch

logger = logging.getLogger(__name__)

#: Below this many multiply-adds per image no other runtime is tried: reading the file takes longer than computing, and
#: converting the model takes one to two seconds.
_SMALL_MODEL_MULTIPLY_ADDS = 150_000_000


@dataclass(frozen=True)
class ImageTower:
    """The chosen way to compute image embeddings.

    `features` maps images (n, height, width, 3), 0…255, to embeddings (n, dimension), not normalised. `hardware` is
    what a person calls the device, if it is another one than the model's own. `variant` is what else decides the
    embeddings' values.
    """

    runtime: Runtime
    precision: Precision
    features: Features
    hardware: str = ""
    variant: str = ""

    @property
    def description(self) -> str:
        return f"{self.runtime}, {self.precision}"

    @property
    def mark(self) -> str:
        """The part of the encoder's identity that keeps embeddings of different precisions apart."""
        return mark_of(self.runtime, self.precision, self.variant)


def candidates_for(place: Place, conversion: Conversion | None = None) -> list[Candidate]:
    """Return what can compute image embeddings on a device, what was the fastest elsewhere first."""
    if place.device == "mps":
        return []
    if place.is_gpu:
        return [HalfPrecisionTorch("fp16")]
    conversion = conversion or Conversion()
    return [
        OpenVino("bf16", conversion),
        HalfPrecisionTorch("bf16"),
        OpenVino("fp32", conversion),
        FoldedTorch(),
    ]


def risky_candidates_for(place: Place, conversion: Conversion | None = None) -> list[RiskyCandidate]:
    """Return what else can compute image embeddings beside a device, or on it, but has to be tried with care."""
    if place.device == "mps":
        return [HalfPrecisionOnApple()]
    if place.is_gpu:
        return []
    conversion = conversion or Conversion()
    found = [OpenVinoDevice("GPU", "fp16", conversion), OpenVinoDevice("NPU", "fp16", conversion)]
    if platform.machine() not in MEASURED_MACHINES:
        found.append(OpenVinoDevice("CPU", "fp32", conversion))
    return [*found]


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
    if place.is_gpu and (place.precision is not None or place.device == "mps"):
        return None
    model, is_small = put_on_trial(network, forward, size, place)
    if place.precision == "int8":
        chosen = choose_int8(model)
        return ImageTower(chosen.runtime, "int8", chosen.features, variant=chosen.variant)
    tower = first_tower(candidates_for(place) if candidates is None else candidates, model, is_small=is_small)
    if tower is None and place.precision == "bf16":
        raise EncoderError(
            message("core", "This computer cannot compute this model in bf16. Choose the device auto or cpu instead.")
        )
    return tower


def put_on_trial(
    network: Any, forward: Forward, size: tuple[int, int], place: Place, name: str = ""
) -> tuple[ModelOnTrial, bool]:
    """Return what candidates are compared with, and whether the model is too small for most of them."""
    images = draw_test_images(size)
    expected, multiply_adds, took_s = _run_reference(network, forward, images, place.device)
    # A copy, as the network's image tower is released once another one computes images.
    model = ModelOnTrial(
        with_parts(network),
        forward,
        place.device,
        place.precision,
        images,
        expected,
        name=name,
        reference_s=took_s,
        multiply_adds=multiply_adds,
    )
    return model, multiply_adds < _SMALL_MODEL_MULTIPLY_ADDS


def first_tower(candidates: Sequence[Candidate], model: ModelOnTrial, *, is_small: bool) -> ImageTower | None:
    """Return the tower of the first candidate that works, agrees, and has the precision that the user wants."""
    for candidate in candidates:
        if model.wanted is None and is_small and not candidate.suits_small_models:
            continue
        if model.wanted not in (None, candidate.precision):
            continue
        tower = attempt(candidate, model)
        if tower is not None and not (model.wanted is None and tower.mark and _is_slower_than_plain(tower, model)):
            return tower
    return None


def _run_reference(
    network: Any, forward: Forward, images: NDArray[np.uint8], device: str
) -> tuple[NDArray[np.float32], float, float]:
    """Return the embeddings of images by PyTorch in fp32, the multiply-adds of one image, and the seconds of all."""
    torch = devices.import_torch()
    from torch.utils.flop_counter import FlopCounterMode

    began = time.perf_counter()
    with FlopCounterMode(display=False) as counter, torch.inference_mode():
        found = forward(network, torch.from_numpy(images).to(device), torch.float32)
    embeddings: NDArray[np.float32] = found.cpu().numpy()
    took_s = time.perf_counter() - began
    return embeddings, counter.get_total_flops() / 2 / len(images), took_s  # a multiply-add counts as two FLOPs


def attempt(candidate: Candidate, model: ModelOnTrial) -> ImageTower | None:
    """Return the candidate's tower if it is available here, works, and agrees with PyTorch in fp32."""
    try:
        reason = candidate.why_not(model)
        if reason:
            logger.info("%s is not tried: %s.", candidate.description, reason)
            return None
        tower = ImageTower(candidate.runtime, candidate.precision, candidate.build(model), hardware=candidate.hardware)
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


def _is_slower_than_plain(tower: ImageTower, model: ModelOnTrial) -> bool:
    """Return whether PyTorch in fp32 beats a tower in half precision, which changes the identity for nothing then.

    The identity cannot change after the first embedding, so this is decided before it. One pass decides in most cases,
    as the first pass of PyTorch has been timed already.
    """
    images = model.test_images
    if _seconds(lambda: tower.features(images)) < model.reference_s:
        return False
    plain, half = np.min(
        [(_seconds(lambda: model.plain(images)), _seconds(lambda: tower.features(images))) for _ in range(3)], axis=0
    )
    logger.info("%s takes %.2f times as long as PyTorch in fp32.", tower.description, half / plain)
    return bool(half > plain)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
