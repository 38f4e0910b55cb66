"""Make a model with random weights: its scores mean nothing, but it takes as long as a trained one.

    python packaging/bench/random_model.py ARCHITECTURE FOLDER      in open_clip's local-dir layout
    python packaging/bench/random_model.py --onnx FOLDER TARGET     the same weights as visual.onnx and textual.onnx

Both run in a process of their own, as they import torch. The other needs the package onnx.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]
KEPT = REPOSITORY / "build" / "bench" / "models"


def random_model(architecture: str) -> Path:
    """Return the folder of a model, which is made at the first call and kept in `build/bench/models`."""
    folder = KEPT / architecture
    if not folder.is_dir():
        new = KEPT / f"{architecture}.new"
        shutil.rmtree(new, ignore_errors=True)
        run(architecture, new)
        new.rename(folder)
    return folder


def run(*arguments: str | Path, packages: Path | None = None) -> None:
    """Run this script in a process of its own, with ClipDesk and the packages of a folder."""
    paths = [REPOSITORY, REPOSITORY / "tests", *([packages] if packages else [])]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, paths))}
    subprocess.run([sys.executable, __file__, *map(str, arguments)], env=environment, check=True)


def _save(architecture: str, folder: Path) -> None:
    from tiny_model import save_model

    from clipdesk.encoders import devices
    from clipdesk.encoders.models.pretrained import architecture_config

    config = architecture_config(architecture)
    devices.import_torch().manual_seed(0)
    save_model(folder, devices.import_open_clip().CLIP(**config), config)


def _export(folder: Path, target: Path) -> None:
    from clipdesk.encoders import devices

    torch, open_clip = devices.import_torch(), devices.import_open_clip()
    network = open_clip.create_model(f"local-dir:{folder}").eval()

    class Texts(torch.nn.Module):  # type: ignore[misc,name-defined]
        def __init__(self) -> None:
            super().__init__()
            self.network = network

        def forward(self, tokens: Any) -> Any:
            return self.network.encode_text(tokens)

    size = network.visual.image_size
    target.mkdir(parents=True)
    images = torch.zeros(2, 3, *(size if isinstance(size, tuple) else (size, size)))
    tokens = torch.zeros(2, network.context_length, dtype=torch.int64)
    for part, example, name in ((network.visual, images, "visual"), (Texts(), tokens, "textual")):
        torch.onnx.export(
            part,
            (example,),
            str(target / f"{name}.onnx"),
            input_names=["input"],
            output_names=["output"],
            dynamic_axes={"input": {0: "batch"}, "output": {0: "batch"}},
            dynamo=False,
        )


if __name__ == "__main__":
    if sys.argv[1] == "--onnx":
        _export(*map(Path, sys.argv[2:]))
    else:
        _save(sys.argv[1], Path(sys.argv[2]))
