"""The baseline of `rows_line.py`: a straightforward embedding script, in a process of its own.

    python packaging/bench/plain_script.py MODEL_FOLDER PICTURE_FOLDER

It uses Pillow, open_clip's own transform, torch in fp32 and batches of 32. For each line “FIRST LAST” on standard input
it embeds the images of these numbers, LAST excluded, and prints the seconds by the clock and of CPU time.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import open_clip
import torch
from PIL import Image

BATCH = 32


def main(model: str, folder: str) -> None:
    network, _, transform = open_clip.create_model_and_transforms(f"local-dir:{model}")
    network.eval()
    paths = sorted(Path(folder).glob("*.jpg"))
    embed(network, transform, paths[:2])
    for line in sys.stdin:
        first, last = map(int, line.split())
        began, used = time.perf_counter(), time.process_time()
        found = embed(network, transform, paths[first:last])
        assert len(found) == last - first
        print(time.perf_counter() - began, time.process_time() - used, flush=True)


def embed(network: torch.nn.Module, transform: object, paths: list[Path]) -> torch.Tensor:
    found = []
    with torch.no_grad():
        for start in range(0, len(paths), BATCH):
            batch = torch.stack([transform(Image.open(path)) for path in paths[start : start + BATCH]])
            found.append(network.encode_image(batch, normalize=True))
    return torch.cat(found)


if __name__ == "__main__":
    main(*sys.argv[1:])
