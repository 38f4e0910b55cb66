"""What the line needs from an encoder, wherever it runs."""

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
    """Everything that decides an embedding's numbers. Vectors of different identities are never mixed.

    `checkpoint` is the SHA-256 of the weights, `preprocessing` the settings a picture is resized and normalised by,
    `server` the host of a remote encoder, empty for this computer. Of a server only the weights' name is known.
    """

    model: str
    checkpoint: str
    preprocessing: str
    server: str = ""

    @property
    def key(self) -> str:
        """A short stable name of this identity: 32 hexadecimal digits."""
        parts = "\0".join((self.checkpoint, self.preprocessing, self.server))
        return hashlib.sha256(parts.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class ScoreRule:
    """How a model turns cosine similarities into probabilities.

    With `logit_bias` None: softmax over the labels of `logit_scale` × cosine (Radford et al. 2021, CLIP).
    With a number: sigmoid of `logit_scale` × cosine + `logit_bias`, each label for itself (Zhai et al. 2023, SigLIP).
    """

    logit_scale: float
    logit_bias: float | None = None

    @property
    def is_sigmoid(self) -> bool:
        return self.logit_bias is not None


@dataclass(frozen=True)
class EncoderFacts:
    """What an encoder says about itself: enough to score with embeddings that are kept, without loading it."""

    identity: EncoderIdentity
    dimension: int
    image_size: tuple[int, int]
    batch_size: int
    score_rule: ScoreRule


class Encoder(Protocol):
    """Turns pictures and texts into L2-normalised float32 embeddings of one space.

    `prepare_image` is called from several decoding threads at once; the other methods from one thread at a time.
    """

    @property
    def identity(self) -> EncoderIdentity: ...

    @property
    def dimension(self) -> int:
        """Numbers in one embedding."""

    @property
    def image_size(self) -> tuple[int, int]:
        """Width and height in pixels that a picture is prepared to: decoding need not give much more."""

    @property
    def batch_size(self) -> int:
        """The most pictures in one call of `encode_images` that suit the device."""

    @property
    def score_rule(self) -> ScoreRule: ...

    @property
    def place(self) -> str:
        """Where it runs and why, in plain words: “this computer (CPU, 2 threads); no NVIDIA GPU found”."""

    def prepare_image(self, image: Image.Image) -> NDArray[np.uint8]:
        """An RGB picture resized and cropped as the model wants: (height, width, 3), 0…255."""

    def encode_images(self, images: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
        """Embeddings (n, dimension) of n prepared pictures. Raises EncoderError."""

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embeddings (n, dimension) of n texts. Raises EncoderError."""

    def cut_texts(self, texts: Sequence[str]) -> list[str]:
        """Those of the texts that are longer than the model reads: their ends are ignored."""

    def close(self) -> None:
        """Give memory and connections back."""


@dataclass(frozen=True)
class Upload:
    """What would leave this computer: to which hosts, and about how many bytes for a picture.

    `unencrypted` names those of the hosts that are reached by plain http over a network.
    """

    hosts: tuple[str, ...]
    bytes_per_image: int
    unencrypted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Activity:
    """What a remote encoder is doing: requests under way, seconds until it asks again, bytes sent so far.

    `is_asked_to_wait`: it waits because a server wants it so, and not because none answers.
    """

    in_flight: int
    waiting_s: float
    sent_bytes: int
    is_asked_to_wait: bool = True


@runtime_checkable
class RemoteEncoder(Encoder, Protocol):
    """An encoder elsewhere. Pictures go one by one, several at a time, and one can fail without the others."""

    @property
    def upload(self) -> Upload: ...

    @property
    def activity(self) -> Activity:
        """May be read from any thread."""

    @property
    def probe(self) -> NDArray[np.float32]:
        """The embedding (dimension,) of one fixed text: it tells the model from another of the same name."""

    def send_image(
        self, image: NDArray[np.uint8], cancel: threading.Event | None = None
    ) -> Future[NDArray[np.float32]]:
        """Begin with one prepared picture; the future gives its embedding (dimension,). Called from several threads.

        The future raises ImageRefusedError when this picture alone cannot be embedded, and EncoderError when no
        other can either. Cancelling it gives the request up at once; once `cancel` is set nothing is sent for it any
        more, however many wait for the places that others give up.
        """

    def interrupt(self) -> None:
        """Give up the texts that another thread waits for: its `encode_texts` raises Cancelled at once."""


def facts_of(encoder: Encoder) -> EncoderFacts:
    """The facts of an encoder."""
    return EncoderFacts(encoder.identity, encoder.dimension, encoder.image_size, encoder.batch_size, encoder.score_rule)


def as_kept(embeddings: NDArray[np.float32]) -> NDArray[np.float32]:
    """Embeddings as they come back from the store, which keeps them in float16.

    Everything that leaves an encoder passes here, whether it is kept or not, so that a score does not depend on where
    its embedding comes from. Measured: a cosine similarity moves by less than 1e-4 (`tests/core/test_store.py`).
    """
    return embeddings.astype(np.float16).astype(np.float32)
