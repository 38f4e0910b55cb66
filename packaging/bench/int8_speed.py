"""Print as JSON how much CPU time a Vision Transformer with random weights takes in int8, in fp32, and by default.

python packaging/bench/int8_speed.py ViT-B-32
ONEDNN_MAX_CPU_ISA=AVX2 … python packaging/bench/int8_speed.py ViT-B-32 --no-vnni      (see rows_int8.py)
"""

from __future__ import annotations

import argparse
import json
import statistics
from dataclasses import replace
from typing import Any
from unittest import mock

import numpy as np
from towers import time_once, untrained_model

from clipdesk.encoders import devices
from clipdesk.encoders.local import int8_openvino
from clipdesk.encoders.local.candidate import Features, Pixels, least_cosine
from clipdesk.encoders.local.image_towers import choose_tower

_BATCH, _TURNS = 8, 9


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("architecture")
    parser.add_argument("--no-vnni", action="store_true", help="as on a CPU without VNNI")
    options = parser.parse_args()
    torch = devices.import_torch()
    model = untrained_model(options.architecture)
    place = devices.on_cpu("as chosen")
    size = model.test_images.shape[1:3]

    def plain(images: Pixels) -> Any:
        with torch.inference_mode():
            return model.forward(model.network, torch.from_numpy(images), torch.float32).numpy()

    names, works = ["PyTorch, fp32"], [plain]
    with mock.patch.object(int8_openvino, "cpu_has_vnni", lambda: False) if options.no_vnni else mock.MagicMock():
        # The default is bf16 on many CPUs, which a limited instruction set cannot be simulated for.
        for precision in ("int8", "fp32") if options.no_vnni else ("int8", "fp32", None):
            tower = choose_tower(model.network, model.forward, size, replace(place, precision=precision))
            if tower is not None and tower.description not in names:
                names.append(tower.description)
                works.append(tower.features)
    images = np.resize(model.test_images, (_BATCH, *model.test_images.shape[1:]))
    cosines = {
        name: least_cosine(work(model.test_images), model.expected) for name, work in zip(names, works, strict=True)
    }
    print(json.dumps({"ms": cpu_ms(names, works, images), "cosine": cosines}))


def cpu_ms(names: list[str], works: list[Features], images: Pixels) -> dict[str, float]:
    """Return the milliseconds of CPU time for an image, medians over turns."""
    taken: dict[str, list[float]] = {name: [] for name in names}
    for work in works:
        work(images)
    for _ in range(_TURNS):
        for name, work in zip(names, works, strict=True):
            _, cpu_s = time_once(lambda work=work: work(images))
            taken[name].append(1000 * cpu_s / len(images))
    return {name: statistics.median(times) for name, times in taken.items()}


if __name__ == "__main__":
    main()
