"""What the choice of an image tower works with: the model on trial, and what a candidate has to offer."""

from __future__ import annotations

import functools
import logging
import math
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from clipdesk.core.labels.scoring import normalise
from clipdesk.encoders import devices
from clipdesk.encoders.local.model_building import with_parts

logger = logging.getLogger(__name__)

#: Machines on which OpenVINO and the channels-last layout were measured to be faster than plain PyTorch. Apple's CPUs
#: have libraries of their own.
MEASURED_MACHINES = ("x86_64", "AMD64")

#: The lowest cosine to PyTorch in fp32 that a candidate must reach on the test images. bf16 promises 0.9999 on any
#: image and needs a little more here: of 72 images the worst was 1.3 times as far from 1 as the worst of four test
#: images. fp16 needs more still: a ViT-B/32 keeps 0.9999994, but a MobileNetV2 with 0.99997 here had 0.9997 on one of
#: 96 photos.
LEAST_COSINE = {"fp32": 0.999999, "bf16": 0.99993, "fp16": 0.999995, "int8": 0.995}

#: Images (n, height, width, 3), 0…255.
Pixels = NDArray[np.uint8]
#: Computes embeddings (n, dimension), not normalised, from images.
Features = Callable[[Pixels], NDArray[np.float32]]
#: Computes a tensor of embeddings with a network: (network, tensor of images as `Pixels`, dtype of the forward pass).
Forward = Callable[[Any, Any, Any], Any]
Runtime = Literal["PyTorch", "OpenVINO", "OpenVINO GPU", "OpenVINO NPU"]
Precision = Literal["fp32", "bf16", "fp16", "int8"]


@dataclass(frozen=True)
class ModelOnTrial:
    """A network in fp32, with the embeddings that PyTorch computes for the test images.

    `wanted` is the precision that the user asked for; None means the fastest one that agrees with `expected`. `name` is
    the model's, from which another process can load it. PyTorch took `reference_s` for the test images, in the first
    pass of all. One image takes `multiply_adds`.
    """

    network: Any
    forward: Forward
    device: str
    wanted: devices.Precision | None
    test_images: Pixels
    expected: NDArray[np.float32]
    name: str = ""
    reference_s: float = math.inf
    multiply_adds: float = 0.0

    def plain(self, images: Pixels) -> NDArray[np.float32]:
        """Compute embeddings by the network as it is: what every candidate is compared with."""
        torch = devices.import_torch()
        with torch.inference_mode():
            found = self.forward(self.network, torch.from_numpy(images).to(self.device), torch.float32)
            embeddings: NDArray[np.float32] = found.cpu().numpy()
        return embeddings

    @functools.cached_property
    def folded(self) -> Any | None:
        """The network with its batch norms folded (see folded_norms.py).

        None if it has none, or if folding fails or changes the embeddings.
        """
        try:
            # It needs torch, which is slow to import.
            from clipdesk.encoders.local.folded_norms import with_folded_norms

            visual = with_folded_norms(self.network.visual, self._run_once)
            if visual is None:
                return None
            cosine = least_cosine(self._run_once(visual).numpy(), self.expected)
        except Exception as error:
            # Broad on purpose: folding someone else's network fails in many ways, and the network itself remains.
            logger.info("The batch norms could not be folded (%s).", type(error).__name__)
            logger.debug("Folding batch norms", exc_info=True)
            return None
        logger.info("Batch norms folded: cosine %.7f to the original network.", cosine)
        return with_parts(self.network, visual=visual) if cosine >= LEAST_COSINE["fp32"] else None

    def _run_once(self, visual: Any) -> Any:
        torch = devices.import_torch()
        with torch.inference_mode():
            return self.forward(
                with_parts(self.network, visual=visual), torch.from_numpy(self.test_images), torch.float32
            )


class Candidate(ABC):
    """One way to compute image embeddings."""

    runtime: Runtime
    precision: Precision
    #: Whether it is worth its setup time for a model that needs less time for an image than reading the file takes.
    suits_small_models = False
    #: What a person calls the device, if it is another one than the model's own.
    hardware: str = ""

    @abstractmethod
    def why_not(self, model: ModelOnTrial) -> str:
        """Return why this way is not available for the model, for the log; empty if it is available."""

    @abstractmethod
    def build(self, model: ModelOnTrial) -> Features:
        """Return the function that computes embeddings. May raise anything that the runtime raises."""

    @property
    def description(self) -> str:
        return f"{self.runtime}, {self.precision}"


class RiskyCandidate(Candidate):
    """A candidate whose driver may hang, or end the process. It is tried in a child process first (see trial.py)."""

    @abstractmethod
    def write_task(self, model: ModelOnTrial, folder: Path) -> dict[str, Any]:
        """Write into a folder what the child process needs besides images. Return its task, see trial_child.py."""


def mark_of(runtime: Runtime, precision: Precision, variant: str = "") -> str:
    """Return the part of an encoder's identity that keeps embeddings of different precisions apart; empty for fp32.

    `variant` is what else decides the embeddings' values. Embeddings in fp32 differ by 2e-7 between runtimes, less than
    the store's float16 rounding (2e-5). In half precision they differ by up to 2e-3, from fp32 as well as between
    runtimes.
    """
    if precision == "fp32":
        return ""
    return f" computed={','.join(filter(None, (precision, runtime, variant)))}"


def least_cosine(found: NDArray[np.float32], expected: NDArray[np.float32]) -> float:
    """Return the lowest cosine between rows (n, dimension) of the same index."""
    return float((normalise(found) * normalise(expected)).sum(axis=1).min())


def draw_test_images(size: tuple[int, int]) -> Pixels:
    """Return four images (4, height, width, 3) of coloured blots, coarse over fine as in photos; always the same.

    `size` is (height, width). RandomState is frozen: numpy guarantees its numbers across versions.
    """
    height, width = size
    random = np.random.RandomState(0)
    images = np.full((4, height, width, 3), 128, np.float32)
    for image in images:
        for side, weight in ((2, 0.6), (5, 0.4), (12, 0.3), (30, 0.2), (80, 0.12)):
            blots = Image.fromarray(random.randint(0, 256, (side, side, 3)).astype(np.uint8))
            layer = np.asarray(blots.resize((width, height), Image.Resampling.BICUBIC), np.float32)
            image += weight * (layer - 128)
    return np.clip(images, 0, 255).astype(np.uint8)
