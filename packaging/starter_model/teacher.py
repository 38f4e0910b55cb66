"""What the teacher says of the photos: its embeddings, and what it names in them once it has learned the concepts."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import open_clip
import torch
from data import Pictures
from numpy.typing import NDArray
from torch.nn import functional

from clipdesk.encoders.devices import choose_device
from clipdesk.encoders.local.image_towers import choose_tower
from clipdesk.encoders.local.torch_candidates import cpu_multiplies_bf16

#: Pixels of a side for the teacher. Its own 224 takes three times as long, and these pictures hold only 64.
SIDE = 128
#: The same for the expert, who sees every view that the student sees.
_VIEW = 112


class Expert(torch.nn.Module):
    """The teacher with a classifier over the concepts: taught them once, it says what is in the student's own views
    (“a good teacher is patient and consistent”, Beyer et al. 2022)."""

    def __init__(self, folder: Path, concepts: int) -> None:
        super().__init__()
        self.visual, mean, std = _load(folder)
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)
        with torch.inference_mode():
            width = self.visual.eval()(torch.zeros(1, 3, 64, 64)).shape[1]
        # Embeddings are much alike, and of any length: what sets them apart is scaled to what a classifier learns from.
        self.norm = torch.nn.BatchNorm1d(width, affine=False)
        self.classifier = torch.nn.Linear(width, concepts)
        torch.nn.init.zeros_(self.classifier.weight)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Logits (n, concepts) of pictures (n, 3, side, side) in 0…1."""
        x = functional.interpolate(x, (_VIEW, _VIEW), mode="bilinear", align_corners=False)
        x = ((x - self.mean) / self.std).contiguous(memory_format=torch.channels_last)
        found: torch.Tensor = self.classifier(self.norm(self.visual(x)))
        return found


def answers(expert: Expert, side: int, device: str) -> Callable[[torch.Tensor], torch.Tensor]:
    """The taught expert's logits (n, concepts) of views (n, 3, side, side) in 0…1, as quickly as the device can.

    A processor computes them as ClipDesk computes pictures: on two cores 2.6 times as fast as the module itself.
    """
    if device != "cpu":
        return expert
    network = torch.nn.Module()
    network.visual = expert

    def forward(network: Any, pictures: torch.Tensor, dtype: torch.dtype) -> Any:
        return network.visual(pictures.permute(0, 3, 1, 2).to(dtype) / 255)

    tower = choose_tower(network.eval(), forward, (side, side), choose_device("cpu:fp32"))
    if tower is None:
        return expert

    def say(views: torch.Tensor) -> torch.Tensor:
        pixels = views.mul(255).round().byte().permute(0, 2, 3, 1).contiguous()
        return torch.from_numpy(tower.features(pixels.numpy()))

    return say


def embeddings(folder: Path, pictures: Pictures, path: Path, device: str) -> NDArray[np.float16]:
    """(n, dimension), L2-normalised, of the model in `folder` (open_clip's local-dir); kept in `path`."""
    if not path.exists():
        visual, mean, std = (part.to(device) for part in _load(folder))
        # 2.6 times as fast as float32 on a CPU that has bfloat16, and as good a teacher.
        dtype = torch.bfloat16 if device != "cpu" or cpu_multiplies_bf16() else torch.float32
        visual = visual.eval().to(dtype)
        batch = 64 if device == "cpu" else 1024
        found = []
        start_s = time.monotonic()
        with torch.inference_mode():
            for at in range(0, len(pictures.pixels), batch):
                pixels = torch.from_numpy(np.array(pictures.pixels[at : at + batch])).to(device)
                x = pixels.permute(0, 3, 1, 2).float() / 255
                x = functional.interpolate(x, (SIDE, SIDE), mode="bicubic", align_corners=False).clamp(0, 1)
                x = ((x - mean) / std).to(dtype, memory_format=torch.channels_last)
                found.append(functional.normalize(visual(x).float(), dim=-1).half().cpu().numpy())
                if at // batch % 100 == 0:
                    print(f"teacher: {at} of {len(pictures.pixels)}, {time.monotonic() - start_s:.0f} s", flush=True)
        np.save(path, np.concatenate(found))
    return np.load(path, mmap_mode="r")


def closest(folder: Path, vectors: NDArray[np.float32], texts: list[str], count: int) -> NDArray[np.int64]:
    """The places of the `count` pictures whose embeddings (n, dimension) are nearest to these texts."""
    model, _ = open_clip.create_model_from_pretrained(f"local-dir:{folder}")
    tokenizer = open_clip.get_tokenizer(f"local-dir:{folder}")
    with torch.inference_mode():
        said = functional.normalize(model.eval().encode_text(tokenizer(texts)).float(), dim=-1).mean(0)
    return np.argsort(-(vectors @ said.numpy()))[:count]


def _load(folder: Path) -> tuple[torch.nn.Module, torch.Tensor, torch.Tensor]:
    """The image tower of the model in `folder`, and the means and deviations (1, 3, 1, 1) it expects of channels."""
    model, transform = open_clip.create_model_from_pretrained(f"local-dir:{folder}")
    normalize = transform.transforms[-1]
    mean, std = (torch.tensor(values).reshape(1, 3, 1, 1) for values in (normalize.mean, normalize.std))
    return model.visual.to(memory_format=torch.channels_last), mean, std
