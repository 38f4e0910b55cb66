"""Servers as a person sees them: what to choose, and what a test finds. Imports nothing that takes time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from clipdesk.encoders.preprocessing import ImageFormat


#: OpenAI's models as the CLIP API names them, and the side in pixels that each wants pictures in.
VERSIONS: dict[str, int] = {
    "ViT-B-16": 224,
    "ViT-B-32": 224,
    "ViT-L-14": 224,
    "ViT-L-14-336px": 336,
    "RN50": 224,
    "RN101": 224,
    "RN50x4": 288,
    "RN50x16": 384,
    "RN50x64": 448,
}
DEFAULT_VERSION = "ViT-B-16"


@dataclass(frozen=True)
class ServerChoice:
    """Where and how to embed remotely. `addresses` are servers with the same model, which share the work.

    `same_weights_as` names a model on this computer that the server is said to have: embeddings are then shared with
    it. `most_at_once` requests go to each server at most.
    """

    addresses: tuple[str, ...]
    version: str = DEFAULT_VERSION
    image_format: ImageFormat = "png"
    most_at_once: int = 16
    same_weights_as: str = ""


@dataclass(frozen=True)
class Finding:
    """One thing that a test of the connection found: a sentence, and whether it is as it should be."""

    text: str
    level: Literal["good", "warn", "bad"] = "good"
