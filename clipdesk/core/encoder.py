"""The interface of encoders, local and remote."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from PIL import Image


@dataclass(frozen=True)
class EncoderIdentity:
    """Everything that determines the values of an embedding. Embeddings of different identities are never mixed.

    `checkpoint` is the SHA-256 of the weights, or just their name if a server has them. `preprocessing` describes how
    images are resized and normalised. `server` is the host of a remote encoder, empty for this computer.
    """

    model: str
    checkpoint: str
    preprocessing: str
    server: str = ""

    @property
    def key(self) -> str:
        """A short stable name of this identity, which does not depend on `model`: 32 hexadecimal digits."""
        parts = "\0".join((self.checkpoint, self.preprocessing, self.server))
        return hashlib.sha256(parts.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class ScoreRule:
    """How a model turns cosine similarities into probabilities.

    If `logit_bias` is None: softmax over the labels of `logit_scale` × cosine (Radford et al. 2021, CLIP).
    If it is a number: sigmoid of `logit_scale` × cosine + `logit_bias` for each label (Zhai et al. 2023, SigLIP).
    """

    logit_scale: float
    logit_bias: float | None = None

    @property
    def is_sigmoid(self) -> bool:
        return self.logit_bias is not None


@dataclass(frozen=True)
class EncoderFacts:
    """What an encoder says about itself: enough to score with stored embeddings, without loading the model."""

    identity: EncoderIdentity
    dimension: int
    image_size: tuple[int, int]
    batch_size: int
    score_rule: ScoreRule


class Encoder(Protocol):
    """Turns images and texts into L2-normalised float32 embeddings in one space.

    `prepare_image` must be thread-safe. The other methods are called from one thread at a time.
    """

    @property
    def identity(self) -> EncoderIdentity: ...

    @property
    def dimension(self) -> int:
        """The length of an embedding."""

    @property
    def image_size(self) -> tuple[int, int]:
        """(width, height) in pixels of prepared images. Decoding need not return much more."""

    @property
    def batch_size(self) -> int:
        """The largest number of images per call of `encode_images` that suits the device."""

    @property
    def score_rule(self) -> ScoreRule: ...

    @property
    def place(self) -> str:
        """Where the model runs and why, for people: “this computer (CPU, 2 threads); no NVIDIA GPU found”."""

    def prepare_image(self, image: Image.Image) -> NDArray[np.uint8]:
        """Resize and crop an RGB image as the model needs it. Returns (height, width, 3), 0…255."""

    def encode_images(self, images: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
        """Return the embeddings (n, dimension) of n prepared images. Raises EncoderError."""

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the embeddings (n, dimension) of n texts. Raises EncoderError."""

    def cut_texts(self, texts: Sequence[str]) -> list[str]:
        """Return those texts that are longer than the model's context length. Their ends are ignored."""

    def close(self) -> None:
        """Release memory and connections."""


@dataclass(frozen=True)
class Upload:
    """What would leave this computer: to which hosts, and about how many bytes per image.

    `unencrypted` lists those hosts that are reached by plain HTTP over a network.
    """

    hosts: tuple[str, ...]
    bytes_per_image: int
    unencrypted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Activity:
    """What a remote encoder is doing: requests in flight, seconds until the next retry, bytes sent so far.

    `is_asked_to_wait`: it waits because a server asked for that, not because none answers.
    """

    in_flight: int
    waiting_s: float
    sent_bytes: int
    is_asked_to_wait: bool = True


@runtime_checkable
class RemoteEncoder(Encoder, Protocol):
    """An encoder on a server. Each image is a request of its own, several are in flight, and each can fail alone."""

    @property
    def upload(self) -> Upload: ...

    @property
    def activity(self) -> Activity:
        """What the encoder is doing now. Thread-safe."""

    @property
    def probe(self) -> NDArray[np.float32]:
        """The embedding (dimension,) of one fixed text, which tells apart models of the same name."""

    def send_image(
        self, image: NDArray[np.uint8], cancel: threading.Event | None = None
    ) -> Future[NDArray[np.float32]]:
        """Start a request for one prepared image and return a future of its embedding (dimension,). Thread-safe.

        The future raises ImageRefusedError if this image alone cannot be embedded, and EncoderError if no other can
        either. Cancelling the future aborts its request at once. As soon as `cancel` is set, no request that is still
        queued is sent.
        """

    def interrupt(self) -> None:
        """Abort a running `encode_texts` from another thread: it raises Cancelled at once."""


def facts_of(encoder: Encoder) -> EncoderFacts:
    """Return the facts of an encoder."""
    return EncoderFacts(encoder.identity, encoder.dimension, encoder.image_size, encoder.batch_size, encoder.score_rule)


def as_stored(embeddings: NDArray[np.float32]) -> NDArray[np.float32]:
    """Round embeddings as the store does, which holds float16.

    All embeddings are rounded, whether they are stored or not, so that scores do not depend on where an embedding comes
    from. A cosine similarity changes by less than 1e-4 (measured in `tests/core/store/test_embedding_store.py`).
    """
    return embeddings.astype(np.float16).astype(np.float32)
