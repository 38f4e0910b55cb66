"""Image towers computed by OpenVINO where it may fail: on Intel's graphics and NPUs, and on CPUs of other makers.

None of this hardware was at hand, so these candidates are tried in a child process first, which imports this module
too.
"""

from __future__ import annotations

import contextlib
import importlib.util
import sys
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.messages import message
from clipdesk.encoders.local.candidate import Features, ModelOnTrial, Pixels, Precision, RiskyCandidate, Runtime
from clipdesk.encoders.local.openvino_candidate import Conversion, import_openvino

#: As OpenVINO names them. A computer with two GPUs has GPU.0 and GPU.1, and “GPU” means the first.
DeviceName = Literal["GPU", "NPU", "CPU"]

_RUNTIMES: dict[DeviceName, Runtime] = {"GPU": "OpenVINO GPU", "NPU": "OpenVINO NPU", "CPU": "OpenVINO"}
_HARDWARE = {"GPU": message("core", "Intel graphics"), "NPU": message("core", "Intel NPU"), "CPU": ""}
_HINTS = {"fp16": "f16", "fp32": "f32"}
#: Compiled for one batch size: NPUs know no other way, and GPUs compile again for each new size.
_BATCH_SIZES = {"GPU": 8, "NPU": 1, "CPU": 8}
_INTEL = "0x8086"


class OpenVinoDevice(RiskyCandidate):
    """OpenVINO on one of its devices."""

    def __init__(self, device: DeviceName, precision: Literal["fp16", "fp32"], conversion: Conversion) -> None:
        self._device, self._conversion = device, conversion
        self.precision = precision
        self.runtime = _RUNTIMES[device]
        self.hardware = _HARDWARE[device]

    def why_not(self, model: ModelOnTrial) -> str:
        openvino = importlib.util.find_spec("openvino")
        if openvino is None or not openvino.submodule_search_locations:
            return "OpenVINO is not installed"
        libraries = Path(openvino.submodule_search_locations[0]) / "libs"
        plugin = "" if self._device == "CPU" else f"intel_{self._device.lower()}_"
        if not any(libraries.glob(f"*openvino_{plugin}*plugin*")):
            return f"OpenVINO was installed without its part for the {self._device}"
        if self._device != "CPU" and sys.platform.startswith("linux") and not is_there(self._device):
            return f"this computer has no Intel {self._device}"
        return ""

    def write_task(self, model: ModelOnTrial, folder: Path) -> dict[str, Any]:
        import_openvino().save_model(self._conversion.of(model), folder / "tower.xml", compress_to_fp16=False)
        return {"kind": "openvino", "device": self._device, "precision": self.precision, "batch": self._batch_size}

    def build(self, model: ModelOnTrial) -> Features:
        return compiled_features(self._conversion.of(model), self._device, self.precision, self._batch_size)

    @property
    def _batch_size(self) -> int:
        return _BATCH_SIZES[self._device]


def compiled_features(model: Any, device: str, precision: Precision, batch_size: int) -> Features:
    """Compile a converted image tower, or the file of one, for a device; return what computes any number of images.

    May raise anything that the driver raises.
    """
    core = import_openvino().Core()
    read = core.read_model(model) if isinstance(model, Path) else model.clone()
    read.reshape([batch_size, *(side.get_length() for side in list(read.inputs[0].partial_shape)[1:])])
    settings = {"INFERENCE_PRECISION_HINT": _HINTS[precision], "PERFORMANCE_HINT": "LATENCY"}
    compiled = core.compile_model(read, device, settings)
    request = compiled.create_infer_request()

    def features(images: Pixels) -> NDArray[np.float32]:
        found = []
        for start in range(0, len(images), batch_size):
            part = images[start : start + batch_size]
            # A short batch is filled up by its own images.
            request.infer([np.resize(part, (batch_size, *part.shape[1:]))])
            found.append(np.array(request.get_output_tensor(0).data, dtype=np.float32)[: len(part)])
        return np.concatenate(found)

    return features


def has_driver(device: str) -> bool:
    """Return whether OpenVINO finds the device. Asks all drivers, any of which may fail."""
    return device in {name.partition(".")[0] for name in import_openvino().Core().available_devices}


def is_there(device: DeviceName, root: Path = Path("/sys/class")) -> bool:
    """Return whether Linux lists an Intel device of this kind. Asks no driver."""
    pattern = "accel/accel*/device/vendor" if device == "NPU" else "drm/card*/device/vendor"
    for path in root.glob(pattern):
        with contextlib.suppress(OSError):
            if path.read_text(encoding="ascii").strip() == _INTEL:
                return True
    return False
