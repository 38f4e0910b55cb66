"""The baseline of `rows_line.py`: a straightforward script that labels the images of a folder.

    python packaging/bench/plain_script.py MODEL_FOLDER IMAGE_FOLDER CSV LABEL...

It uses Pillow, open_clip's own transform, torch in fp32 and batches of 32.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import open_clip
import torch
from PIL import Image

BATCH = 32


def main(model: str, folder: str, table: str, *labels: str) -> None:
    network, _, transform = open_clip.create_model_and_transforms(f"local-dir:{model}")
    network.eval()
    paths = sorted(Path(folder).glob("*.jpg"))
    with torch.no_grad(), Path(table).open("w", newline="", encoding="utf-8") as file:
        texts = network.encode_text(open_clip.get_tokenizer(f"local-dir:{model}")(list(labels)), normalize=True)
        writer = csv.writer(file)
        writer.writerow(["file", *labels])
        for start in range(0, len(paths), BATCH):
            some = paths[start : start + BATCH]
            images = network.encode_image(torch.stack([transform(Image.open(path)) for path in some]), normalize=True)
            scores = (network.logit_scale.exp() * images @ texts.T).softmax(-1)
            writer.writerows([path.name, *row] for path, row in zip(some, scores.tolist(), strict=True))


if __name__ == "__main__":
    main(*sys.argv[1:])
