"""How a model wants its images: resized and cropped as open_clip does it, then normalised."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from clipdesk.core.errors import EncoderError
from clipdesk.core.messages import message
from clipdesk.encoders import devices
from clipdesk.encoders.local.candidate import Forward
from clipdesk.encoders.models.model_files import ModelSource
from clipdesk.encoders.preprocessing import PREPROCESSING_VERSION, trimmed


@dataclass(frozen=True)
class ImagePreparation:
    """open_clip's transform of a model, split into what threads do with single images and what a device does with a
    batch.

    `size` is (height, width) of prepared images. `description` holds everything that decides an embedding besides the
    image and the weights, as part of the encoder's identity.
    """

    size: tuple[int, int]
    max_aspect_ratio: int
    steps: Sequence[Callable[[Any], Any]]
    mean: tuple[float, ...]
    std: tuple[float, ...]
    description: str

    def prepare(self, image: Image.Image) -> NDArray[np.uint8]:
        """Return an RGB image of any size as pixels (height, width, 3), 0…255. Thread-safe."""
        image = trimmed(image, self.max_aspect_ratio)
        for step in self.steps:
            image = step(image)
        return np.array(image, dtype=np.uint8)

    def forward_on(self, device: str) -> Forward:
        """Return the function that normalises a batch of prepared images on a device and embeds it with a network."""
        torch = devices.import_torch()
        mean, std = (
            torch.as_tensor(values, dtype=torch.float32, device=device).reshape(1, 3, 1, 1)
            for values in (self.mean, self.std)
        )

        def forward(network: Any, images: Any, dtype: Any) -> Any:
            """What torchvision's ToTensor and Normalize do, then the image tower."""
            pixels = images.permute(0, 3, 1, 2).contiguous().float().div_(255).sub_(mean).div_(std)
            return network.encode_image(pixels.to(dtype))

        return forward


def image_preparation(source: ModelSource, network: Any) -> ImagePreparation:
    """Return how a model wants its images.

    Raises EncoderError if this version of open_clip has a transform of another structure.
    """
    cfg = _preprocess_cfg(source.preprocess, network)
    steps, mean, std = _split_transform(cfg)
    height, width = cfg.input_size[1:]
    return ImagePreparation(
        size=(height, width),
        max_aspect_ratio=64 if cfg.resize_mode == "shortest" else min(64, height, width),
        steps=steps,
        mean=tuple(mean),
        std=tuple(std),
        description=_describe(cfg, source.model_config),
    )


def _preprocess_cfg(settings: dict[str, Any], network: Any) -> Any:
    """Return open_clip's PreprocessCfg: its defaults, overridden by the model's settings and the network's size."""
    from open_clip.transform import PreprocessCfg, merge_preprocess_dict

    merged = merge_preprocess_dict(PreprocessCfg(), settings)
    if hasattr(network.visual, "image_size"):
        merged["size"] = network.visual.image_size
    if isinstance(merged["size"], list):  # from JSON, but PreprocessCfg wants a tuple
        merged["size"] = tuple(merged["size"])
    return PreprocessCfg(**merged)


def _split_transform(cfg: Any) -> tuple[list[Callable[[Any], Any]], Any, Any]:
    """Split open_clip's transform into the steps on a PIL image, and mean and standard deviation of each channel."""
    from open_clip.transform import MaybeToTensor, image_transform_v2
    from torchvision.transforms import Normalize

    steps = image_transform_v2(cfg, is_train=False).transforms
    if not isinstance(steps[-1], Normalize) or not isinstance(steps[-2], MaybeToTensor):
        raise EncoderError(
            message(
                "core", "This version of open_clip prepares pictures in a new way: {steps}. Install ClipDesk again."
            ).of(steps=str(steps))
        )
    return list(steps[:-2]), steps[-1].mean, steps[-1].std


def _describe(cfg: Any, model_config: dict[str, Any]) -> str:
    # The configuration matters too: QuickGELU, for example, is in neither the weights nor the transform.
    network = hashlib.sha256(json.dumps(model_config, sort_keys=True).encode()).hexdigest()[:16]
    height, width = cfg.input_size[1:]
    mean, std = (",".join(f"{value:.8g}" for value in values) for values in (cfg.mean, cfg.std))
    return (
        f"v{PREPROCESSING_VERSION} size={width}x{height} mode={cfg.mode} mean={mean} std={std} "
        f"interpolation={cfg.interpolation} resize={cfg.resize_mode} fill={cfg.fill_color} network={network}"
    )
