"""A real open_clip model, small enough to be built in a test."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def build_tiny_model(
    folder: Path,
    *,
    sigmoid: bool = False,
    image_size: int | tuple[int, int] = 32,
    embed_dim: int = 64,
    **preprocess: Any,
) -> Path:
    """Save a model with seeded random weights into `folder`, in open_clip's local-dir layout, and return the folder.

    Two small transformers and the whole vocabulary of CLIP: 1.8 MB in float16. With `sigmoid` it scores as SigLIP
    does. `image_size` is a side, or height and width; `embed_dim` is the length of its vectors; `preprocess` overrides
    entries of its preprocess_cfg.
    """
    import torch

    from clipdesk.encoders.devices import import_open_clip

    open_clip = import_open_clip()
    config: dict[str, Any] = {
        "embed_dim": embed_dim,
        "vision_cfg": {"image_size": image_size, "layers": 2, "width": 64, "head_width": 32, "patch_size": 8},
        "text_cfg": {"context_length": 16, "vocab_size": 49408, "width": 16, "heads": 2, "layers": 2},
    }
    if sigmoid:
        config |= {"init_logit_bias": -10.0, "init_logit_scale": 2.3}
    with torch.random.fork_rng():
        torch.manual_seed(20240229)
        network = open_clip.CLIP(**config)
    save_model(folder, network, config, preprocess)
    return folder


def build_vision_transformer(quick_gelu: bool = False, **vision: Any) -> Any:
    """Build a CLIP with random weights, whose image tower is open_clip's ViT with 16 patches and three blocks.

    `vision` overrides entries of its vision_cfg.
    """
    import torch

    from clipdesk.encoders.devices import import_open_clip

    vision = {"image_size": 32, "layers": 3, "width": 64, "head_width": 16, "patch_size": 8} | vision
    text = {"context_length": 8, "vocab_size": 64, "width": 16, "heads": 2, "layers": 1}
    with torch.random.fork_rng():
        torch.manual_seed(3)
        network = import_open_clip().CLIP(embed_dim=24, vision_cfg=vision, text_cfg=text, quick_gelu=quick_gelu)
        with torch.no_grad():
            for parameter in network.parameters():
                parameter += 0.1 * torch.randn_like(parameter)
    return network.eval().requires_grad_(False)


def save_model(folder: Path, network: Any, config: dict[str, Any], preprocess: dict[str, Any] | None = None) -> None:
    """Save a network and its configuration in open_clip's local-dir layout."""
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    settings = {
        "mean": [0.48145466, 0.4578275, 0.40821073],
        "std": [0.26862954, 0.26130258, 0.27577711],
        "interpolation": "bicubic",
        "resize_mode": "shortest",
    }
    content = {"model_cfg": config, "preprocess_cfg": settings | (preprocess or {})}
    (folder / "open_clip_config.json").write_text(json.dumps(content, indent=2), encoding="utf-8")
    weights = {name: value.half().contiguous() for name, value in network.state_dict().items()}
    save_file(weights, folder / "open_clip_model.safetensors")
