"""Image towers computed by OpenVINO (the optional extra `cpu`) on Intel and AMD CPUs."""

from __future__ import annotations

import importlib.util
import platform
import sys
import warnings
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.errors import EncoderError
from clipdesk.core.messages import message
from clipdesk.encoders import devices
from clipdesk.encoders.local.candidate import MEASURED_MACHINES, Candidate, Features, ModelOnTrial, Pixels


class Conversion:
    """A model as OpenVINO's own, converted at most once: that takes seconds, and both precisions use the same one."""

    def __init__(self) -> None:
        self._converted: Any = None

    def of(self, model: ModelOnTrial) -> Any:
        if self._converted is None:
            self._converted = _convert(model)
        return self._converted


class OpenVino(Candidate):
    """OpenVINO in one precision."""

    runtime = "OpenVINO"

    def __init__(self, precision: Literal["fp32", "bf16"], conversion: Conversion) -> None:
        self.precision = precision
        self._conversion = conversion

    def why_not(self, model: ModelOnTrial) -> str:
        if platform.machine() not in MEASURED_MACHINES:
            return f"not measured on {platform.machine()}"
        if importlib.util.find_spec("openvino") is None:
            return "OpenVINO is not installed"
        if self.precision == "bf16" and model.wanted is None:
            # Precisions that are not native may be emulated, slowly.
            native = native_precision()
            return "" if native == "bf16" else f"OpenVINO prefers {native} on this CPU"
        return ""

    def build(self, model: ModelOnTrial) -> Features:
        hint = {"fp32": "f32", "bf16": "bf16"}[self.precision]
        return features_of(compile_tower(self._conversion.of(model), hint))


def import_openvino() -> Any:
    # OpenVINO reports imports and conversions to Google Analytics unless its telemetry package is missing. We make it
    # look missing: nothing leaves this computer unasked.
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    import openvino

    return openvino


def native_precision() -> str:
    """Return OpenVINO's default precision, f32, bf16 or f16: the one that the CPU computes natively."""
    return str(_core().get_property("CPU", "INFERENCE_PRECISION_HINT").get_type_name())


def compile_tower(converted: Any, hint: str, **settings: Any) -> Any:
    """Compile a converted tower for the precision `hint`, f32 or bf16. Raises EncoderError if it takes another one."""
    settings |= {
        "INFERENCE_PRECISION_HINT": hint,
        "PERFORMANCE_HINT": "LATENCY",
        # As many as PyTorch takes. OMP_NUM_THREADS limits those where other processes compute on the same CPU.
        "INFERENCE_NUM_THREADS": devices.import_torch().get_num_threads(),
        # A thread that is pinned to a core waits for whatever decodes on that core.
        "ENABLE_CPU_PINNING": False,
    }
    compiled = _core().compile_model(converted, "CPU", settings)
    used = str(compiled.get_property("INFERENCE_PRECISION_HINT").get_type_name())
    if used != hint:
        raise EncoderError(message("core", "OpenVINO took {used} instead of {wanted}.").of(used=used, wanted=hint))
    return compiled


def features_of(compiled: Any) -> Features:
    """Return the function that computes embeddings with a compiled tower."""
    request = compiled.create_infer_request()

    def features(images: Pixels) -> NDArray[np.float32]:
        request.infer([images], share_inputs=True)
        return np.array(request.get_output_tensor(0).data, dtype=np.float32)

    return features


def _core() -> Any:
    return import_openvino().Core()


def _convert(model: ModelOnTrial) -> Any:
    """Convert the image tower, from bytes to embeddings, for any batch size."""
    torch = devices.import_torch()

    class Tower(torch.nn.Module):  # type: ignore[misc,name-defined]
        def __init__(self) -> None:
            super().__init__()
            self.network = model.folded or model.network

        def forward(self, images: Any) -> Any:
            return model.forward(self.network, images, torch.float32)

    example = torch.from_numpy(model.test_images[:2])
    # Not inference_mode: it would leave its mark on the weights, with which PyTorch then fails for some batch sizes.
    with warnings.catch_warnings(), torch.no_grad():
        # PyTorch deprecates tracing in favour of torch.compile, and warns about each shape that becomes a constant.
        warnings.simplefilter("ignore")
        traced = torch.jit.trace(Tower().eval(), example, check_trace=False, strict=False)
        converted = import_openvino().convert_model(traced, example_input=example)
    converted.reshape([-1, *model.test_images.shape[1:]])
    return converted
