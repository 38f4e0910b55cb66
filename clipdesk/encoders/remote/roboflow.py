"""The remote encoder: Roboflow's CLIP API, hosted, on this computer or at an address of one's own."""

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
from clipdesk.encoders.models.progress import LoadProgress, Progress
from clipdesk.encoders.preprocessing import ImageFormat, encoded, resized_and_cropped
from clipdesk.encoders.remote.addresses import parse_address
from clipdesk.encoders.remote.api_keys import ApiKey, find_key
from clipdesk.encoders.remote.clip_client import ClipClient, Notice
from clipdesk.encoders.remote.pacing import Patience, Server
from clipdesk.encoders.remote.servers import VERSIONS, ServerChoice

#: Changes when pictures are prepared in another way: older embeddings are then not used.
PREPROCESSING_VERSION = 1

#: OpenAI's models were trained to this, and cut off there (Radford et al. 2021).
_OPENAI_RULE = ScoreRule(logit_scale=100.0)

#: For a version that is not in the table: large enough for any; the server makes it smaller.
UNKNOWN_SIDE = 448

_TEXTS_AT_ONCE = 64
#: Tokens that CLIP reads. Each stands for at least one byte, two are marks: shorter texts need not be counted.
_CONTEXT_LENGTH = 77
_SURELY_SHORT = _CONTEXT_LENGTH - 2

#: Bytes of a request for each pixel: base64 over 82 kB as PNG and 27 kB as JPEG for 224 × 224 (61 photos).
_BYTES_PER_PIXEL: dict[ImageFormat, float] = {"png": 2.2, "jpeg": 0.71}

#: Two servers with the same weights, one computing in half precision, agree better than this.
_SAME_MODEL = 0.995
_SAME_WEIGHTS = 0.9995

_LOOK_S = 0.05

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
    """Reach the servers, wait until their model is loaded, and check that they agree.

    `key_of` gives the key for a host. `notice` is told, from another thread, what takes long. Raises AddressError,
    AccessError, ServerError and Cancelled.
    """
    cancel = cancel or threading.Event()
    say = notice or (lambda _: None)

    def tell(text: str) -> None:
        say(text)
        if progress is not None:
            progress(LoadProgress(text.rstrip(".")))

    addresses = [parse_address(text) for text in dict.fromkeys(choice.addresses)]
    if not addresses:
        raise ServerError("No server is named. Enter the address of one.")
    if progress is not None:
        progress(LoadProgress(f"Connecting to {', '.join(address.host for address in addresses)}"))
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
    """Turns pictures and texts into embeddings by asking servers. Made by `connect`."""

    def __init__(self, client: ClipClient, choice: ServerChoice, probe: NDArray[np.float32]) -> None:
        self._client = client
        self._probe = probe
        self._choice = choice
        self._side = client.servers[0].told_side or VERSIONS.get(choice.version, UNKNOWN_SIDE)
        self._texts: dict[str, NDArray[np.float32]] = {}
        self._awaited: set[Future[Any]] = set()
        self._awaited_lock = threading.Lock()
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
        """Twice what may be under way, so that the servers are busy while the oldest answer is awaited."""
        return 2 * self._choice.most_at_once * len(self._client.servers)

    @property
    def score_rule(self) -> ScoreRule:
        return self._score_rule

    @property
    def place(self) -> str:
        return " and ".join(server.address.host for server in self._client.servers)

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
        """Each text is asked for once; one that is too long is cut at a word."""
        new = [text for text in dict.fromkeys(texts) if text not in self._texts]
        parts = [new[start : start + _TEXTS_AT_ONCE] for start in range(0, len(new), _TEXTS_AT_ONCE)]
        answers = self._await(self._client.embed_texts, [[_shortened(text) for text in part] for part in parts])
        for part, vectors in zip(parts, answers, strict=True):
            self._texts |= zip(part, vectors, strict=True)
        found = [self._texts[text] for text in texts]
        return np.stack(found) if found else np.zeros((0, self.dimension), np.float32)

    def cut_texts(self, texts: Sequence[str]) -> list[str]:
        return [text for text in texts if _shortened(text) != text]

    def interrupt(self) -> None:
        with self._awaited_lock:
            for future in self._awaited:
                future.cancel()

    def close(self) -> None:
        self.interrupt()
        self._client.close()

    def use_identity(self, identity: EncoderIdentity, rule: ScoreRule, side: int) -> None:
        """Share the embeddings of a model on this computer; those of lossy copies stay apart from its own."""
        suffix = "" if self._choice.image_format == "png" else f" sent as {self._choice.image_format}"
        self._identity = EncoderIdentity(identity.model, identity.checkpoint, identity.preprocessing + suffix)
        self._score_rule, self._side = rule, side

    def _await(
        self, ask: Callable[[T], Future[NDArray[np.float32]]], questions: Sequence[T]
    ) -> list[NDArray[np.float32]]:
        # Both at once: an interruption between the two would find nothing to give up.
        with self._awaited_lock:
            futures = [ask(question) for question in questions]
            self._awaited |= set(futures)
        try:
            return [future.result() for future in futures]
        except CancelledError:
            raise Cancelled("Stopped.") from None
        finally:
            with self._awaited_lock:
                self._awaited -= set(futures)
            for future in futures:
                future.cancel()


def await_result(future: Future[Any], cancel: threading.Event) -> Any:
    """The future's result; Cancelled soon after the event is set, and the future is cancelled with it."""
    while not wait([future], _LOOK_S).done:
        if cancel.is_set():
            future.cancel()
            raise Cancelled("Stopped.")
    return future.result()


def _require_one_model(servers: Sequence[Server], probes: Sequence[NDArray[np.float32]]) -> None:
    first = probes[0]
    for server, probe in zip(servers, probes, strict=True):
        if probe.shape != first.shape or float(probe[0] @ first[0]) < _SAME_MODEL:
            raise ServerError(
                f"{servers[0].address.host} and {server.address.host} answer the same text differently, so they do "
                "not have the same model. Use only servers that do."
            )


def _take_local_identity(encoder: RoboflowEncoder, choice: ServerChoice, cancel: threading.Event) -> None:
    """Check that the server embeds as the model on this computer does, and take over what that one is."""
    from clipdesk.encoders.local.open_clip import load_encoder

    local = load_encoder(choice.same_weights_as, device="cpu", cancel=cancel, download=False)
    try:
        text = ["a photo of a cat"]
        same = local.dimension == encoder.dimension
        if not same or float(local.encode_texts(text)[0] @ encoder.encode_texts(text)[0]) < _SAME_WEIGHTS:
            raise ServerError(
                f"{encoder.place} does not have the weights of “{choice.same_weights_as}”: it answers a text "
                "differently. Its results are kept apart when you leave that out."
            )
        if local.image_size[0] != local.image_size[1]:
            raise ServerError(f"“{choice.same_weights_as}” does not want square pictures, as the CLIP API does.")
        encoder.use_identity(local.identity, local.score_rule, local.image_size[0])
    finally:
        local.close()


def _shortened(text: str) -> str:
    """The text, or as many of its words as CLIP reads: the API refuses longer ones."""
    if len(text.encode()) <= _SURELY_SHORT or _token_count(text) <= _CONTEXT_LENGTH:
        return text
    words = text.split()
    few, many = 0, len(words)
    while many - few > 1:
        middle = (few + many) // 2
        if _token_count(" ".join(words[:middle])) <= _CONTEXT_LENGTH:
            few = middle
        else:
            many = middle
    return " ".join(words[:few]) or text[:_SURELY_SHORT]


def _token_count(text: str) -> int:
    return len(_tokenizer().encode(text)) + 2


@functools.cache
def _tokenizer() -> Any:
    """Made for the first long text only: it brings torch along."""
    from clipdesk.encoders.devices import import_open_clip

    import_open_clip()
    from open_clip.tokenizer import SimpleTokenizer

    return SimpleTokenizer()
