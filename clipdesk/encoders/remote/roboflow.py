"""The remote encoder: embeds by Roboflow's CLIP API, hosted by Roboflow or on a server of one's own."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future, wait
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from clipdesk.core.encoder import Activity, EncoderIdentity, ScoreRule, Upload
from clipdesk.core.errors import Cancelled, ServerError
from clipdesk.core.messages import listed, message
from clipdesk.encoders.models.progress import LoadProgress, Progress
from clipdesk.encoders.preprocessing import PREPROCESSING_VERSION, ImageFormat, encoded, resized_and_cropped
from clipdesk.encoders.remote.addresses import parse_address
from clipdesk.encoders.remote.api_keys import ApiKey, find_key
from clipdesk.encoders.remote.clip_client import ClipClient, Notice
from clipdesk.encoders.remote.pacing import Patience, Server
from clipdesk.encoders.remote.servers import VERSIONS, ServerChoice

#: The logit scale of OpenAI's models: learned, and clipped at 100 (Radford et al. 2021, section 2.5).
_OPENAI_RULE = ScoreRule(logit_scale=100.0)

#: The image size sent for a version that is not in VERSIONS: large enough for any model; the server scales it down.
UNKNOWN_SIDE = 448

#: Texts in one request.
_TEXT_BATCH_SIZE = 64

#: The number of tokens that CLIP reads, two of which mark start and end. A token stands for at least one byte, so
#: texts of at most _MAX_BYTES_THAT_FIT bytes fit without counting their tokens.
_CONTEXT_LENGTH = 77
_MAX_BYTES_THAT_FIT = _CONTEXT_LENGTH - 2

#: Request bytes per pixel. Base64 of 224 × 224 pixels takes 110 kB as PNG and 36 kB as JPEG (mean of 61 photos).
_BYTES_PER_PIXEL: dict[ImageFormat, float] = {"png": 2.2, "jpeg": 0.71}

#: The same text on two servers with the same weights, one of them in half precision, has a higher cosine than this.
_SAME_MODEL = 0.995
_SAME_WEIGHTS = 0.9995

_POLL_S = 0.05

T = TypeVar("T")


def connect(
    choice: ServerChoice,
    *,
    key_of: Callable[[str], ApiKey] = find_key,
    progress: Progress | None = None,
    notice: Notice | None = None,
    cancel: threading.Event | None = None,
    patience: Patience | None = None,
) -> RoboflowEncoder:
    """Connect to the servers, wait until their model is loaded, and check that all have the same model.

    `key_of` returns the key for a host. `notice` receives messages about long waits, from another thread. Setting
    `cancel` ends the wait. Raises AddressError, AccessError, ServerError and Cancelled.
    """
    cancel = cancel or threading.Event()
    say = notice or (lambda _: None)

    def tell(text: str) -> None:
        say(text)
        if progress is not None:
            progress(LoadProgress(text))

    addresses = [parse_address(text) for text in dict.fromkeys(choice.addresses)]
    if not addresses:
        raise ServerError(message("core", "No server is given. Enter the address of one."))
    if progress is not None:
        hosts = ", ".join(address.host for address in addresses)
        progress(LoadProgress(message("core", "Connecting to {hosts}").of(hosts=hosts)))
    servers = [Server(address, key_of(address.host), choice.most_at_once) for address in addresses]
    client = ClipClient(servers, choice.version, patience=patience, notice=tell)
    try:
        probes = [await_result(future, cancel) for future in [client.probe(server) for server in servers]]
        client.dimension = int(probes[0].shape[1])
        _require_one_model(servers, probes)
        encoder = RoboflowEncoder(client, choice, probes[0][0])
        if choice.same_weights_as:
            _take_local_identity(encoder, choice, cancel)
    except BaseException:
        client.close()
        raise
    return encoder


class RoboflowEncoder:
    """Embeds images and texts by requests to one or more servers with the same model. Created by `connect`."""

    def __init__(self, client: ClipClient, choice: ServerChoice, probe: NDArray[np.float32]) -> None:
        self._client = client
        self._probe = probe
        self._choice = choice
        self._side = client.servers[0].reported_side or VERSIONS.get(choice.version, UNKNOWN_SIDE)
        self._text_cache: dict[str, NDArray[np.float32]] = {}
        self._pending: set[Future[Any]] = set()
        self._pending_lock = threading.Lock()
        self._score_rule = _OPENAI_RULE
        self._identity = EncoderIdentity(
            choice.version,
            checkpoint=f"server's {choice.version}",
            preprocessing=f"v{PREPROCESSING_VERSION} size={self._side} bicubic {choice.image_format}",
            server=",".join(sorted(server.address.host for server in client.servers)),
        )

    @property
    def identity(self) -> EncoderIdentity:
        return self._identity

    @property
    def dimension(self) -> int:
        assert self._client.dimension is not None
        return self._client.dimension

    @property
    def image_size(self) -> tuple[int, int]:
        return self._side, self._side

    @property
    def batch_size(self) -> int:
        """Twice the requests that may run at once, so that all servers stay busy while the oldest answer is awaited."""
        return 2 * self._choice.most_at_once * len(self._client.servers)

    @property
    def score_rule(self) -> ScoreRule:
        return self._score_rule

    @property
    def place(self) -> str:
        return listed(server.address.host for server in self._client.servers)

    @property
    def upload(self) -> Upload:
        addresses = [server.address for server in self._client.servers]
        return Upload(
            tuple(address.host for address in addresses),
            round(self._side**2 * _BYTES_PER_PIXEL[self._choice.image_format]),
            tuple(address.host for address in addresses if address.unencrypted),
        )

    @property
    def activity(self) -> Activity:
        return self._client.activity

    @property
    def probe(self) -> NDArray[np.float32]:
        return self._probe

    def prepare_image(self, image: Image.Image) -> NDArray[np.uint8]:
        return resized_and_cropped(image, self._side)

    def send_image(
        self, image: NDArray[np.uint8], cancel: threading.Event | None = None
    ) -> Future[NDArray[np.float32]]:
        return self._client.embed_image(encoded(image, self._choice.image_format), cancel)

    def encode_images(self, images: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
        files = [encoded(image, self._choice.image_format) for image in images]
        vectors = self._await(self._client.embed_image, files)
        return np.stack(vectors) if vectors else np.zeros((0, self.dimension), np.float32)

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed texts. Each text is sent once; one that is too long is truncated at a word boundary."""
        new = [text for text in dict.fromkeys(texts) if text not in self._text_cache]
        parts = [new[start : start + _TEXT_BATCH_SIZE] for start in range(0, len(new), _TEXT_BATCH_SIZE)]
        answers = self._await(self._client.embed_texts, [[_truncated(text) for text in part] for part in parts])
        for part, vectors in zip(parts, answers, strict=True):
            self._text_cache |= zip(part, vectors, strict=True)
        found = [self._text_cache[text] for text in texts]
        return np.stack(found) if found else np.zeros((0, self.dimension), np.float32)

    def cut_texts(self, texts: Sequence[str]) -> list[str]:
        return [text for text in texts if _truncated(text) != text]

    def interrupt(self) -> None:
        with self._pending_lock:
            for future in self._pending:
                future.cancel()

    def close(self) -> None:
        self.interrupt()
        self._client.close()

    def use_identity(self, identity: EncoderIdentity, rule: ScoreRule, side: int) -> None:
        """Take over the identity of a local model with the same weights, so that both share their embeddings.

        Embeddings of images sent as JPEG are lossy, so they are stored separately.
        """
        suffix = "" if self._choice.image_format == "png" else f" sent as {self._choice.image_format}"
        self._identity = EncoderIdentity(identity.model, identity.checkpoint, identity.preprocessing + suffix)
        self._score_rule, self._side = rule, side

    def _await(self, send: Callable[[T], Future[NDArray[np.float32]]], items: Sequence[T]) -> list[NDArray[np.float32]]:
        """Send all items and return their results in order. Raises Cancelled after `interrupt`."""
        # Send and register under one lock, or an interrupt between the two would miss these futures.
        with self._pending_lock:
            futures = [send(item) for item in items]
            self._pending |= set(futures)
        try:
            return [future.result() for future in futures]
        except CancelledError:
            raise Cancelled(message("core", "Stopped.")) from None
        finally:
            with self._pending_lock:
                self._pending -= set(futures)
            for future in futures:
                future.cancel()


def await_result(future: Future[Any], cancel: threading.Event) -> Any:
    """Return the future's result. Soon after `cancel` is set, cancel the future and raise Cancelled."""
    while not wait([future], _POLL_S).done:
        if cancel.is_set():
            future.cancel()
            raise Cancelled(message("core", "Stopped."))
    return future.result()


def _require_one_model(servers: Sequence[Server], probes: Sequence[NDArray[np.float32]]) -> None:
    first = probes[0]
    for server, probe in zip(servers, probes, strict=True):
        if probe.shape != first.shape or float(probe[0] @ first[0]) < _SAME_MODEL:
            raise ServerError(
                message(
                    "core",
                    "{first} and {second} give different embeddings for the same text, so they do not have the same "
                    "model. Use only servers with the same model.",
                ).of(first=servers[0].address.host, second=server.address.host)
            )


def _take_local_identity(encoder: RoboflowEncoder, choice: ServerChoice, cancel: threading.Event) -> None:
    """Check that the server has the weights of the local model, and take over that model's identity.

    Compares the embeddings of one text. Raises ServerError if they differ.
    """
    from clipdesk.encoders.local.open_clip import load_encoder

    local = load_encoder(choice.same_weights_as, device="cpu", cancel=cancel, download=False)
    try:
        text = ["a photo of a cat"]
        same = local.dimension == encoder.dimension
        if not same or float(local.encode_texts(text)[0] @ encoder.encode_texts(text)[0]) < _SAME_WEIGHTS:
            raise ServerError(
                message(
                    "core",
                    "{place} does not have the weights of “{model}”: the embeddings of a text differ. "
                    "Leave that setting out, and its results are stored separately.",
                ).of(place=encoder.place, model=choice.same_weights_as)
            )
        if local.image_size[0] != local.image_size[1]:
            raise ServerError(
                message(
                    "core", "“{model}” takes pictures that are not square, which the CLIP API does not support."
                ).of(model=choice.same_weights_as)
            )
        encoder.use_identity(local.identity, local.score_rule, local.image_size[0])
    finally:
        local.close()


def _truncated(text: str) -> str:
    """Return the text, or as many of its first words as fit into CLIP's context: the API rejects longer texts."""
    if len(text.encode()) <= _MAX_BYTES_THAT_FIT or _token_count(text) <= _CONTEXT_LENGTH:
        return text
    words = text.split()
    fits, too_many = 0, len(words)
    while too_many - fits > 1:
        middle = (fits + too_many) // 2
        if _token_count(" ".join(words[:middle])) <= _CONTEXT_LENGTH:
            fits = middle
        else:
            too_many = middle
    return " ".join(words[:fits]) or text[:_MAX_BYTES_THAT_FIT]


def _token_count(text: str) -> int:
    """Return the number of tokens, including the start and end tokens."""
    return len(_tokenizer().encode(text)) + 2


@functools.cache
def _tokenizer() -> Any:
    """Return CLIP's tokenizer. Created for the first long text only, because it imports torch."""
    from clipdesk.encoders.devices import import_open_clip

    import_open_clip()
    from open_clip.tokenizer import SimpleTokenizer

    return SimpleTokenizer()
