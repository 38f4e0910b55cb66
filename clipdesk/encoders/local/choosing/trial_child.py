"""The child process of a trial: computes test images on a device whose driver may fail, and writes down the result.

A task has `kind`, `device` and `precision`, besides the time limit and the number of images in a batch that is timed:

- `openvino`: the converted image tower in `tower.xml`, on a device of OpenVINO. Imports no torch.
- `torch`: the model with the `name`, on a device of torch.
"""

from __future__ import annotations

import contextlib
import faulthandler
import json
import os
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np

from clipdesk.encoders.local.candidate import Features, ModelOnTrial, Pixels
from clipdesk.encoders.local.choosing.trial import ANSWER, IMAGES, MISSING, TASK

#: Passes that are timed, after one that warms up.
_ROUNDS = 3


def main(folder: Path) -> int:
    """Carry out the task in a folder and return the exit code, 0 if the answer is there."""
    task = json.loads((folder / TASK).read_text(encoding="utf-8"))
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if hasattr(os, "nice"):
        with contextlib.suppress(OSError):
            os.nice(10)  # whoever waits for scores comes first
    # Not to stderr, which a program without a console does not have.
    with (folder / "stack.txt").open("w", encoding="utf-8") as stack:
        # Ends the process even if a driver hangs with the GIL held.
        faulthandler.dump_traceback_later(float(task["limit_s"]), exit=True, file=stack)
        code = _carry_out(task, folder)
        faulthandler.cancel_dump_traceback_later()
    return code


def _carry_out(task: dict[str, Any], folder: Path) -> int:
    images: Pixels = np.load(folder / IMAGES, allow_pickle=False)
    features = _openvino_features(task, folder) if task["kind"] == "openvino" else _torch_features(task, images)
    if features is None:
        return MISSING
    embeddings = features(images)
    batch = np.resize(images, (int(task["count"]), *images.shape[1:]))
    part = folder / f"part-{ANSWER}"
    np.savez(part, embeddings=embeddings, seconds=_seconds_of(features, batch) / len(batch))
    part.replace(folder / ANSWER)
    return 0


def _end_with_parent() -> None:
    """End this process when its standard input is closed, as happens when the parent ends."""
    try:
        while os.read(0, 1):
            pass
    except OSError:
        return  # it has no standard input; the time limit remains
    os._exit(3)


def _openvino_features(task: dict[str, Any], folder: Path) -> Features | None:
    from clipdesk.encoders.local.openvino_devices import compiled_features, has_driver

    if not has_driver(task["device"]):
        return None
    return compiled_features(folder / "tower.xml", task["device"], task["precision"], int(task["batch"]))


def _torch_features(task: dict[str, Any], images: Pixels) -> Features:
    from clipdesk.encoders import devices
    from clipdesk.encoders.local.image_preparation import image_preparation
    from clipdesk.encoders.local.model_building import build_network
    from clipdesk.encoders.local.torch_candidates import HalfPrecisionTorch
    from clipdesk.encoders.models.model_files import locate
    from clipdesk.encoders.models.names import parse_model

    devices.import_torch()
    source = locate(parse_model(task["name"]), download=False, progress=None, cancel=None)
    network = build_network(source)
    forward = image_preparation(source, network).forward_on(task["device"])
    network.visual.to(task["device"])
    nothing = np.zeros((0, 0), np.float32)
    model = ModelOnTrial(network, forward, task["device"], None, images, nothing)
    return HalfPrecisionTorch(task["precision"]).build(model)


def _seconds_of(features: Features, batch: Pixels) -> float:
    """Return the shortest time of a few passes by the clock: a GPU's work is no CPU time."""
    features(batch)
    times = []
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        features(batch)
        times.append(time.perf_counter() - began)
    return min(times)
