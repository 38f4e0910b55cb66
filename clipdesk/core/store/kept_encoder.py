"""Encoders whose texts are kept; one of this computer is loaded only when there is something to encode."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.encoder import (
    Activity,
    Encoder,
    EncoderFacts,
    EncoderIdentity,
    RemoteEncoder,
    ScoreRule,
    Upload,
    as_kept,
    facts_of,
)
from clipdesk.core.errors import EncoderError
from clipdesk.core.store.embedding_store import EmbeddingStore, KeptText

if TYPE_CHECKING:
    from PIL import Image

#: The key of a server's probe in the store: not what a person types.
_PROBE = "\0probe"
#: The same weights in half precision agree better than this.
_SAME_MODEL = 0.995

_ASLEEP = "this computer; not loaded, because nothing has to be computed"


class KeptEncoder:
    """Stands for another encoder: says what is remembered of it, keeps its texts, and loads it for what is new.

    With a folder and labels that are all known, `load` is never called. What `load` gives must have the identity that
    was remembered; if not, its vectors are not those that are kept, and EncoderError is raised.
    """

    def __init__(
        self,
        facts: EncoderFacts,
        load: Callable[[], Encoder],
        store: EmbeddingStore,
        *,
        loaded: Encoder | None = None,
        on_mismatch: Callable[[], None] | None = None,
    ) -> None:
        self._facts = facts
        self._load = load
        self._store = store
        self._on_mismatch = on_mismatch
        self._lock = threading.Lock()
        self._real = loaded

    @property
    def is_loaded(self) -> bool:
        return self._real is not None

    @property
    def identity(self) -> EncoderIdentity:
        return self._facts.identity

    @property
    def dimension(self) -> int:
        return self._facts.dimension

    @property
    def image_size(self) -> tuple[int, int]:
        return self._facts.image_size

    @property
    def batch_size(self) -> int:
        return self._facts.batch_size if self._real is None else self._real.batch_size

    @property
    def score_rule(self) -> ScoreRule:
        return self._facts.score_rule

    @property
    def place(self) -> str:
        return _ASLEEP if self._real is None else self._real.place

    def prepare_image(self, image: Image.Image) -> NDArray[np.uint8]:
        return self._loaded().prepare_image(image)

    def encode_images(self, images: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
        return self._loaded().encode_images(images)

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        known = self._store.find_texts(self.identity, texts)
        if missing := [text for text in dict.fromkeys(texts) if text not in known]:
            real = self._loaded()
            cut = set(real.cut_texts(missing))
            vectors = as_kept(real.encode_texts(missing))
            new = {text: KeptText(vector, text in cut) for text, vector in zip(missing, vectors, strict=True)}
            self._store.put_texts(self.identity, new)
            known |= new
        return np.stack([known[text].embedding for text in texts]) if texts else np.zeros((0, self.dimension), "f4")

    def cut_texts(self, texts: Sequence[str]) -> list[str]:
        known = self._store.find_texts(self.identity, texts)
        missing = [text for text in texts if text not in known]
        cut = set(self._loaded().cut_texts(missing)) if missing else set()
        return [text for text in texts if text in cut or (text in known and known[text].is_cut)]

    def close(self) -> None:
        with self._lock:
            if self._real is not None:
                self._real.close()
                self._real = None

    def _loaded(self) -> Encoder:
        """The encoder itself; several decoding threads may ask for it at once."""
        with self._lock:
            if self._real is None:
                real = self._load()
                if real.identity.key != self.identity.key:
                    real.close()
                    if self._on_mismatch is not None:
                        self._on_mismatch()
                    raise EncoderError(
                        f"The files of the model “{self.identity.model}” have changed since it was chosen. "
                        "Choose it again."
                    )
                self._real = real
            return self._real


class KeptRemoteEncoder(KeptEncoder):
    """Stands for an encoder elsewhere, which is connected already, and keeps its texts: none is sent twice.

    Of a server's weights only the name is known. What is kept under that name is forgotten when the server answers its
    probe in another way than before: it has another model now.
    """

    def __init__(self, remote: RemoteEncoder, store: EmbeddingStore) -> None:
        super().__init__(facts_of(remote), _closed, store, loaded=remote)
        self._remote = remote
        if self.identity.server:
            probe = as_kept(remote.probe)
            known = store.find_texts(self.identity, [_PROBE]).get(_PROBE)
            if known is None or known.embedding.shape != probe.shape or known.embedding @ probe < _SAME_MODEL:
                store.forget_encoder(self.identity)
                store.put_texts(self.identity, {_PROBE: KeptText(probe, is_cut=False)})

    @property
    def upload(self) -> Upload:
        return self._remote.upload

    @property
    def activity(self) -> Activity:
        return self._remote.activity

    @property
    def probe(self) -> NDArray[np.float32]:
        return self._remote.probe

    def send_image(
        self, image: NDArray[np.uint8], cancel: threading.Event | None = None
    ) -> Future[NDArray[np.float32]]:
        return self._remote.send_image(image, cancel)

    def interrupt(self) -> None:
        self._remote.interrupt()


def _closed() -> Encoder:
    raise EncoderError("The connection to the server is closed. Choose the server again.")


def is_asleep(encoder: Encoder) -> bool:
    """Whether it is remembered only, not loaded."""
    return isinstance(encoder, KeptEncoder) and not encoder.is_loaded


def keep_encoder(load: Callable[[], Encoder], store: EmbeddingStore, fingerprint: Callable[[], str]) -> KeptEncoder:
    """The encoder that `load` gives, loaded now only if nothing is remembered of it.

    `fingerprint` tells, without loading, one state of the encoder's files from any other; empty: it cannot tell now.
    Raises what `load` raises.
    """
    before = fingerprint()
    facts = store.find_facts(before) if before else None
    if facts is not None:
        return KeptEncoder(facts, load, store, on_mismatch=lambda: store.forget_facts(before))
    real = load()
    # Only if the files stayed as they were while they were read is it these that were loaded.
    if before and before == fingerprint():
        store.put_facts(before, facts_of(real))
    return KeptEncoder(facts_of(real), load, store, loaded=real)
