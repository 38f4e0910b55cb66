"""The starter model itself: open_clip's own CLIP around timm's `regnety_004` and a small text tower."""

from __future__ import annotations

from typing import Any

import augment
import open_clip
import torch
from torch.nn import functional

#: What is written beside the weights, as open_clip reads it. 59 million multiply-adds for a picture.
#:
#: At 80 × 80 it sees weak noise, which is lost at the 48 × 48 that `resnet10t` affords at the same cost: that one told
#: 91 % of blurry, sharp and noisy pictures apart. On a processor alone it is the one that learns fastest, though: after
#: three minutes on two cores it named 28 % of Tiny ImageNet's pictures, `mobilenetv4_conv_small` at 96 × 96 9 %.
CONFIG: dict[str, Any] = {
    "model_cfg": {
        "custom_text": True,
        "embed_dim": 256,
        "vision_cfg": {
            "timm_model_name": "regnety_004",
            "timm_model_pretrained": False,
            "timm_pool": "avg",
            "timm_proj": "",
            "image_size": 80,
        },
        "text_cfg": {"context_length": 32, "vocab_size": 49408, "width": 96, "heads": 4, "layers": 2},
    },
    "preprocess_cfg": {
        "mean": list(augment.MEAN),
        "std": list(augment.STD),
        "interpolation": "bicubic",
        "resize_mode": "squash",
    },
}


#: Pixels of a side, and the length of an embedding.
SIDE: int = CONFIG["model_cfg"]["vision_cfg"]["image_size"]
DIMENSION: int = CONFIG["model_cfg"]["embed_dim"]


class Student(torch.nn.Module):
    """The model in training, with what is thrown away in the end.

    `classifier` names the concepts without texts: the image tower learns several times as fast from it. `prototypes`
    are where the embeddings of each concept's pictures gather, and what its texts are taught to say in the end.
    `imitation` gives the teacher's embedding.
    """

    def __init__(self, concepts: int, teacher_dimension: int) -> None:
        super().__init__()
        settings = {key: value for key, value in CONFIG["model_cfg"].items() if key != "custom_text"}
        self.clip = open_clip.CustomTextCLIP(**settings)
        width = self.clip.visual.trunk.num_features
        self.imitation = torch.nn.Linear(width, max(teacher_dimension, 1))
        self.classifier = torch.nn.Linear(width, concepts)
        self.prototypes = torch.nn.Parameter(torch.randn(concepts, DIMENSION) * DIMENSION**-0.5)

    def features(self, x: torch.Tensor) -> torch.Tensor:
        """(n, width) of normalised pictures: what the projection into the embedding and both heads start from."""
        trunk = self.clip.visual.trunk
        found: torch.Tensor = trunk.forward_head(trunk.forward_features(x), pre_logits=True)
        return found

    def embed_features(self, features: torch.Tensor) -> torch.Tensor:
        return functional.normalize(self.clip.visual.trunk.get_classifier()(features), dim=-1)

    def embed_concepts(self) -> torch.Tensor:
        """(concepts, dimension): the prototypes."""
        return functional.normalize(self.prototypes, dim=-1)

    def embed_tokens(self, tokens: torch.Tensor) -> torch.Tensor:
        """(n, dimension) of (n, context length) tokens; padding that all of them share costs nothing."""
        tokens = tokens[:, : int((tokens != 0).sum(1).max())]
        whole = self.clip.text.attn_mask
        self.clip.text.attn_mask = whole[: tokens.shape[1], : tokens.shape[1]]
        try:
            return functional.normalize(self.clip.encode_text(tokens), dim=-1)
        finally:
            self.clip.text.attn_mask = whole
