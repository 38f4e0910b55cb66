"""Compute an image tower in int8: faster on many CPUs, with embeddings that differ slightly. Only on request.

Only linear layers are computed in int8: their weights rounded for each output channel, their inputs for each token, so
that an embedding does not depend on the other images of its batch. If the embeddings of the test images differ too
much, the layers that lose most stay in fp32. docs/performance.md has the measurements.
"""

from __future__ import annotations

import logging
import platform
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.errors import EncoderError, Int8RefusedError
from clipdesk.core.messages import message
from clipdesk.encoders import devices
from clipdesk.encoders.local.candidate import (
    LEAST_COSINE,
    MEASURED_MACHINES,
    Features,
    ModelOnTrial,
    Runtime,
    least_cosine,
)

logger = logging.getLogger(__name__)

#: Part of the identity of the embeddings. To be increased whenever the rounding changes.
INT8_VERSION = 1

#: The share of a model's multiply-adds that may be in convolutions, which stay in fp32. Above it, int8 gains little.
_MOST_IN_CONVOLUTIONS = 0.5


class Int8Network(ABC):
    """A model's image tower whose linear layers can each be computed in int8."""

    runtime: Runtime
    #: What else decides the values of its embeddings; part of their identity.
    variant: str

    @abstractmethod
    def losses(self) -> NDArray[np.float64]:
        """Return the relative error of each linear layer's output in int8, on the test images (layers,)."""

    @abstractmethod
    def features(self, kept: frozenset[int]) -> Features:
        """Return the function that computes embeddings, with the layers of these numbers in fp32."""


@dataclass(frozen=True)
class Int8Choice:
    """The chosen way. `variant` is what its embeddings depend on besides the runtime; `cosine` the lowest one."""

    runtime: Runtime
    features: Features
    variant: str
    cosine: float


#: Returns the network on trial; raises EncoderError with the reason, for the log, if it is not available here.
Prepare = Callable[[ModelOnTrial], Int8Network]


def choose_int8(model: ModelOnTrial, ways: Sequence[Prepare] | None = None) -> Int8Choice:
    """Return the fastest way to compute the image tower in int8. `ways`: those to try, the fastest first.

    Raises Int8RefusedError if the model gains nothing from int8, if its embeddings would differ too much, or if this
    computer cannot compute it so.
    """
    if _share_in_convolutions(model) > _MOST_IN_CONVOLUTIONS:
        raise Int8RefusedError(
            message(
                "core",
                "int8 is not faster for this model, which computes mostly convolutions. Choose the device auto or cpu.",
            )
        )
    best: float | None = None
    for prepare in _ways() if ways is None else ways:
        try:
            network = prepare(model)
            for kept in _attempts(network):
                features = network.features(kept)
                cosine = least_cosine(features(model.test_images), model.expected)
                logger.info("%s, int8, %d layers in fp32: cosine %.5f to fp32.", network.runtime, len(kept), cosine)
                if cosine >= LEAST_COSINE["int8"]:
                    return Int8Choice(network.runtime, features, _variant(network, kept), cosine)
                if np.isfinite(cosine):
                    best = max(best or cosine, cosine)
        except Exception as error:
            # Broad on purpose: a network that a runtime cannot compute fails in many ways, and other ways remain.
            logger.info("int8 does not work (%s: %s).", type(error).__name__, error)
            logger.debug("int8", exc_info=True)
    if best is None:
        raise Int8RefusedError(
            message("core", "This computer cannot compute this model in int8. Choose the device auto or cpu.")
        )
    raise Int8RefusedError(
        message(
            "core",
            "In int8 this model's scores would differ too much: the cosine to full precision is {cosine}, and {least} "
            "is required. Choose the device auto or cpu.",
        ).of(cosine=_figure(best), least=_figure(LEAST_COSINE["int8"])),
        cosine=best,
    )


def unavailable(reason: str) -> EncoderError:
    """Return the error that a `Prepare` raises. `reason` is for the log."""
    return EncoderError(reason)


def quantise(values: NDArray[np.float32], largest: int = 127) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Round each row of values (n, m) to whole numbers of at most `largest`; return them and the scales (n, 1)."""
    scales = np.abs(values).max(axis=1, keepdims=True) / np.float32(largest)
    scales[scales == 0] = 1
    return np.rint(values / scales).astype(np.int8), scales.astype(np.float32)


def relative_error(found: NDArray[np.float32], expected: NDArray[np.float32]) -> float:
    return float(np.linalg.norm(found - expected) / max(float(np.linalg.norm(expected)), 1e-30))


def cpu_has_vnni() -> bool:
    """Return whether the CPU multiplies int8 without an overflow in between (AVX-512 VNNI or AVX-VNNI)."""
    cpu = devices.import_torch().cpu
    if hasattr(cpu, "get_capabilities"):
        capabilities = cpu.get_capabilities()
        return bool(capabilities.get("avx512_vnni") or capabilities.get("avx_vnni"))
    check = getattr(cpu, "_is_vnni_supported", None)  # before torch 2.9
    return check is not None and check()


def _ways() -> list[Prepare]:
    if platform.machine() not in MEASURED_MACHINES:
        return []
    from clipdesk.encoders.local.int8_openvino import OpenVinoInt8
    from clipdesk.encoders.local.int8_torch import TorchInt8

    return [OpenVinoInt8, TorchInt8]


def _attempts(network: Int8Network) -> Iterator[frozenset[int]]:
    """Yield which layers to keep in fp32: first none, then 1, 2, 4, … that lose most, up to a quarter of all."""
    yield frozenset()
    losses = network.losses()
    order = np.argsort(-losses, kind="stable")
    count = 1
    while count <= len(order) // 4:
        yield frozenset(order[:count].tolist())
        count *= 2


def _variant(network: Int8Network, kept: frozenset[int]) -> str:
    parts = [str(INT8_VERSION), network.variant]
    if kept:
        parts.append(f"fp32 layers {' '.join(map(str, sorted(kept)))}")
    return ",".join(parts)


def _share_in_convolutions(model: ModelOnTrial) -> float:
    torch = devices.import_torch()
    from torch.utils.flop_counter import FlopCounterMode

    with FlopCounterMode(display=False) as counter, torch.inference_mode():
        model.forward(model.network, torch.from_numpy(model.test_images[:1]), torch.float32)
    counts = counter.get_flop_counts().get("Global", {})
    in_convolutions = sum(count for operation, count in counts.items() if "convolution" in str(operation))
    return float(in_convolutions / max(counter.get_total_flops(), 1))


def _figure(cosine: float) -> Decimal:
    return Decimal(cosine).quantize(Decimal("0.001"))
