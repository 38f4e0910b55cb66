"""The starter model itself: open_clip's own CLIP around timm's `mobilenetv4_conv_small` and a small text tower."""

from __future__ import annotations

from typing import Any

import augment
import open_clip
import torch
from torch.nn import functional

#: What is written beside the weights, as open_clip reads it. 35 million multiply-adds for a picture.
CONFIG: dict[str, Any] = {
    "model_cfg": {
        "custom_text": True,
        "embed_dim": 256,
        "vision_cfg": {
            "timm_model_name": "mobilenetv4_conv_small",
            "timm_model_pretrained": False,
            "timm_pool": "avg",
            "timm_proj": "",
            "image_size": 96,
        },
        "text_cfg": {"context_length": 32, "vocab_size": 49408, "width": 128, "heads": 4, "layers": 2},
    },
    "preprocess_cfg": {
        "mean": list(augment.MEAN),
        "std": list(augment.STD),
        "interpolation": "bicubic",
        "resize_mode": "squash",
    },
}


class Student(torch.nn.Module):
    """The model in training, with two heads that are thrown away in the end.

    `classifier` names the concepts without texts: the image tower learns several times as fast from it. `imitation`
    gives the teacher's embedding.
    """

    def __init__(self, concepts: int, teacher_dimension: int) -> None:
        super().__init__()
        settings = {key: value for key, value in CONFIG["model_cfg"].items() if key != "custom_text"}
        self.clip = open_clip.CustomTextCLIP(**settings)
        width = self.clip.visual.trunk.head_hidden_size
        self.imitation = torch.nn.Linear(width, max(teacher_dimension, 1))
        self.classifier = torch.nn.Linear(width, concepts)
        self._mask = self.clip.text.attn_mask

    def features(self, x: torch.Tensor) -> torch.Tensor:
        """(n, width) of normalised pictures: what the projection into the embedding and both heads start from."""
        trunk = self.clip.visual.trunk
        found: torch.Tensor = trunk.forward_head(trunk.forward_features(x), pre_logits=True)
        return found

    def embed_features(self, features: torch.Tensor) -> torch.Tensor:
        return functional.normalize(self.clip.visual.trunk.classifier(features), dim=-1)

    def embed_tokens(self, tokens: torch.Tensor) -> torch.Tensor:
        """(n, dimension) of (n, context length) tokens; padding that all of them share costs nothing."""
        tokens = tokens[:, : int((tokens != 0).sum(1).max())]
        self.clip.text.attn_mask = self._mask[: tokens.shape[1], : tokens.shape[1]].to(tokens.device)
        return functional.normalize(self.clip.encode_text(tokens), dim=-1)
