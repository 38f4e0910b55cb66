"""Compare the runtimes that can compute a model's image embeddings on this CPU.

    python packaging/bench/towers.py                                      ViT-B/32, batches of 1, 8 and 32
    python packaging/bench/towers.py --model RN50 --batch 32 --rounds 30

The model has random weights: its scores mean nothing, but it takes as long as a trained one. The candidates compute the
same batch in turns, and each round starts with another one, so that other programs slow all of them alike. The output
shows medians over the rounds, as wall-clock and as CPU time.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from clipdesk.encoders import devices
from clipdesk.encoders.local.candidate import Features, ModelOnTrial, Pixels, draw_test_images, least_cosine
from clipdesk.encoders.local.class_token import compute_class_token_only
from clipdesk.encoders.local.image_towers import candidates_for
from clipdesk.encoders.models.pretrained import architecture_config


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="ViT-B-32", help="an architecture that open_clip knows")
    parser.add_argument("--batch", type=int, nargs="+", default=[1, 8, 32])
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    model = untrained_model(options.model)
    towers = build_towers(model)
    for batch_size in options.batch:
        images = np.resize(model.test_images, (batch_size, *model.test_images.shape[1:]))
        compare(towers, images, options.rounds)


def untrained_model(architecture: str) -> ModelOnTrial:
    torch = devices.import_torch()
    torch.manual_seed(0)
    open_clip, config = devices.import_open_clip(), architecture_config(architecture)
    family = open_clip.CustomTextCLIP if config.pop("custom_text", False) else open_clip.CLIP
    network = family(**config).eval().requires_grad_(False)
    compute_class_token_only(network)

    def forward(network: Any, images: Any, dtype: Any) -> Any:
        pixels = images.permute(0, 3, 1, 2).contiguous().float().div_(255).sub_(0.45).div_(0.27)
        return network.encode_image(pixels.to(dtype))

    size = network.visual.image_size
    images = draw_test_images(size if isinstance(size, tuple) else (size, size))
    with torch.inference_mode():
        expected = forward(network, torch.from_numpy(images), torch.float32).numpy()
    return ModelOnTrial(network, forward, "cpu", None, images, expected)


def build_towers(model: ModelOnTrial) -> dict[str, Features]:
    """Return plain PyTorch and every candidate that is available here, by name, each having run once."""
    torch = devices.import_torch()

    def plain(images: Pixels) -> Any:
        with torch.inference_mode():
            return model.forward(model.network, torch.from_numpy(images), torch.float32).numpy()

    towers: dict[str, Features] = {"plain PyTorch, fp32": plain}
    for candidate in candidates_for(devices.on_cpu("as chosen")):
        reason = candidate.why_not(model)
        if reason:
            print(f"{candidate.description}: not available, {reason}")
            continue
        began = time.perf_counter()
        features = candidate.build(model)
        cosine = least_cosine(features(model.test_images), model.expected)
        print(f"{candidate.description}: built in {time.perf_counter() - began:.1f} s, cosine {cosine:.7f}")
        towers[candidate.description] = features
    return towers


def compare(towers: dict[str, Features], images: Pixels, rounds: int) -> None:
    """Print the medians for one batch of images, and each ratio to plain PyTorch."""
    wall_ms: dict[str, list[float]] = {name: [] for name in towers}
    cpu_ms: dict[str, list[float]] = {name: [] for name in towers}
    names = list(towers)
    for name in names:
        towers[name](images)  # runtimes prepare for each batch size when it first comes
    for turn in range(rounds):
        shift = turn % len(names)
        for name in names[shift:] + names[:shift]:
            wall, cpu = time_once(lambda name=name: towers[name](images))
            wall_ms[name].append(1000 * wall / len(images))
            cpu_ms[name].append(1000 * cpu / len(images))
    print(f"batches of {len(images)}:")
    plain = statistics.median(cpu_ms[names[0]])
    for name in names:
        cpu = statistics.median(cpu_ms[name])
        print(
            f"  {name:<22} {statistics.median(wall_ms[name]):7.1f} ms an image, {cpu:7.1f} ms of CPU time, "
            f"{plain / cpu:.2f} times plain PyTorch",
            flush=True,
        )


def time_once(work: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds by the clock and of CPU time, all threads of this process together."""
    began, used = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began, time.process_time() - used


if __name__ == "__main__":
    main()
