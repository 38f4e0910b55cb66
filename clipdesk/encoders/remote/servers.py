"""Server settings that a person chooses, and the findings of a connection test. Imports nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from clipdesk.encoders.preprocessing import ImageFormat


#: The CLIP API's names for OpenAI's models, each with the side in pixels of its square input.
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
    """Where and how to embed remotely.

    `addresses` are servers with the same model; requests are distributed among them, at most `most_at_once` at a time
    to each. `same_weights_as` names a local model that is expected to have the server's weights, so that both share
    their embeddings; empty: embeddings are stored separately for these servers.
    """

    addresses: tuple[str, ...]
    version: str = DEFAULT_VERSION
    image_format: ImageFormat = "png"
    most_at_once: int = 16
    same_weights_as: str = ""


@dataclass(frozen=True)
class Finding:
    """One result of a connection test: a sentence for the person, and how serious it is."""

    text: str
    level: Literal["good", "warn", "bad"] = "good"
