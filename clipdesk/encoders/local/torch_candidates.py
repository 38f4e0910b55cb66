"""Image towers computed by PyTorch: in half precision, or in fp32 with folded batch norms."""

from __future__ import annotations

import copy
import platform
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from clipdesk.encoders import devices
from clipdesk.encoders.local.candidate import (
    MEASURED_MACHINES,
    Candidate,
    Features,
    Forward,
    ModelOnTrial,
    Pixels,
    RiskyCandidate,
)
from clipdesk.encoders.local.model_building import with_parts


class HalfPrecisionTorch(Candidate):
    """PyTorch with the weights in bf16 (CPU) or fp16 (GPU)."""

    runtime = "PyTorch"

    def __init__(self, precision: Literal["bf16", "fp16"]) -> None:
        self.precision = precision

    def why_not(self, model: ModelOnTrial) -> str:
        if self.precision == "bf16" and model.wanted is None and not cpu_multiplies_bf16():
            return "this CPU has no bf16 instructions"
        return ""

    def build(self, model: ModelOnTrial) -> Features:
        torch = devices.import_torch()
        dtype = {"bf16": torch.bfloat16, "fp16": torch.float16}[self.precision]
        # A copy, as `to` converts in place and the fp32 weights are needed if this candidate fails.
        visual = copy.deepcopy(model.network.visual).to(dtype)
        return _features(with_parts(model.network, visual=visual), model.forward, dtype, model.device)


class HalfPrecisionOnApple(HalfPrecisionTorch, RiskyCandidate):
    """PyTorch with the weights in fp16 on Apple's GPU. Untested on such hardware so far."""

    def __init__(self) -> None:
        super().__init__("fp16")

    def write_task(self, model: ModelOnTrial, folder: Path) -> dict[str, Any]:
        return {"kind": "torch", "name": model.name, "device": model.device, "precision": self.precision}


class FoldedTorch(Candidate):
    """PyTorch in fp32 with batch norms folded into the convolutions. For convolutional networks."""

    runtime = "PyTorch"
    precision = "fp32"
    suits_small_models = True

    def why_not(self, model: ModelOnTrial) -> str:
        return "" if model.folded is not None else "the network has no batch norms that can be folded"

    def build(self, model: ModelOnTrial) -> Features:
        torch = devices.import_torch()
        network: Any = model.folded
        if platform.machine() in MEASURED_MACHINES:
            network = with_parts(network, visual=network.visual.to(memory_format=torch.channels_last))
        return _features(network, model.forward, torch.float32, model.device)


def cpu_multiplies_bf16() -> bool:
    """Return whether the CPU has bf16 instructions (AVX-512 or AMX). False where PyTorch is too old to know."""
    cpu = devices.import_torch().cpu
    checks = (getattr(cpu, name, None) for name in ("_is_avx512_bf16_supported", "_is_amx_tile_supported"))
    return any(check is not None and check() for check in checks)


def _features(network: Any, forward: Forward, dtype: Any, device: str) -> Features:
    torch = devices.import_torch()

    def features(images: Pixels) -> NDArray[np.float32]:
        with torch.inference_mode():
            # Move bytes to the device and convert there: a quarter of the traffic that floats would be.
            found = forward(network, torch.from_numpy(images).to(device), dtype)
            embeddings: NDArray[np.float32] = found.float().cpu().numpy()
        return embeddings

    return features
