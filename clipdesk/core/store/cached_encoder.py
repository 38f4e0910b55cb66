"""Encoders that cache the embeddings of texts. A local one is loaded only when there is something new to encode."""

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
    as_stored,
    facts_of,
)
from clipdesk.core.errors import EncoderError
from clipdesk.core.messages import message
from clipdesk.core.store.embedding_store import EmbeddingStore, StoredText

if TYPE_CHECKING:
    from PIL import Image

#: A server's probe is stored as the embedding of this text, which nobody can type.
_PROBE = "\0probe"
#: Cosine similarity of two probes. Full and half precision of the same weights agree better than this.
_SAME_MODEL = 0.995

_NOT_LOADED = message("core", "this computer; not loaded, because nothing has to be computed")


class CachedEncoder:
    """A stand-in for another encoder: caches its texts, and loads it when there is something new to encode.

    If all images and texts are in the store, `load` is never called. The loaded encoder must have the identity in
    `facts`, because its embeddings would not match the stored ones otherwise. If it has not, `on_mismatch` is called
    and EncoderError raised. `prepare_image` is thread-safe, as the protocol demands.
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
        return _NOT_LOADED if self._real is None else self._real.place

    def prepare_image(self, image: Image.Image) -> NDArray[np.uint8]:
        return self._loaded().prepare_image(image)

    def encode_images(self, images: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
        return self._loaded().encode_images(images)

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        stored = self._store.find_texts(self.identity, texts)
        if missing := [text for text in dict.fromkeys(texts) if text not in stored]:
            real = self._loaded()
            cut = set(real.cut_texts(missing))
            vectors = as_stored(real.encode_texts(missing))
            new = {text: StoredText(vector, text in cut) for text, vector in zip(missing, vectors, strict=True)}
            self._store.put_texts(self.identity, new)
            stored |= new
        return np.stack([stored[text].embedding for text in texts]) if texts else np.zeros((0, self.dimension), "f4")

    def cut_texts(self, texts: Sequence[str]) -> list[str]:
        stored = self._store.find_texts(self.identity, texts)
        missing = [text for text in texts if text not in stored]
        cut = set(self._loaded().cut_texts(missing)) if missing else set()
        return [text for text in texts if text in cut or (text in stored and stored[text].is_cut)]

    def close(self) -> None:
        with self._lock:
            if self._real is not None:
                self._real.close()
                self._real = None

    def _loaded(self) -> Encoder:
        """Return the encoder itself, loading it first if necessary. Several decoding threads may call this at once."""
        with self._lock:
            if self._real is None:
                real = self._load()
                if real.identity.key != self.identity.key:
                    real.close()
                    if self._on_mismatch is not None:
                        self._on_mismatch()
                    raise EncoderError(
                        message(
                            "core",
                            "The files of the model “{model}” have changed since it was chosen. Choose it again.",
                        ).of(model=self.identity.model)
                    )
                self._real = real
            return self._real


class CachedRemoteEncoder(CachedEncoder):
    """A stand-in for a connected remote encoder: caches its texts, so that none is sent twice.

    A server tells only the name of its weights, not their checksum. Its answer to one fixed text, the probe, is
    therefore stored as well. If the answer changes, the server has a new model, and everything stored is deleted.
    """

    def __init__(self, remote: RemoteEncoder, store: EmbeddingStore) -> None:
        super().__init__(facts_of(remote), _closed, store, loaded=remote)
        self._remote = remote
        if self.identity.server:
            probe = as_stored(remote.probe)
            stored = store.find_texts(self.identity, [_PROBE]).get(_PROBE)
            if stored is None or stored.embedding.shape != probe.shape or stored.embedding @ probe < _SAME_MODEL:
                store.forget_encoder(self.identity)
                store.put_texts(self.identity, {_PROBE: StoredText(probe, is_cut=False)})

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
    raise EncoderError(message("core", "The connection to the server is closed. Choose the server again."))


def is_loaded(encoder: Encoder) -> bool:
    """Return whether the encoder is in memory or connected, rather than standing by as a CachedEncoder."""
    return not isinstance(encoder, CachedEncoder) or encoder.is_loaded


def open_cached(load: Callable[[], Encoder], store: EmbeddingStore, fingerprint: Callable[[], str]) -> CachedEncoder:
    """Wrap the encoder that `load` returns, loading it now only if the store has no facts about it.

    `fingerprint` identifies the state of the encoder's files without loading them. It returns "" if it cannot tell now.
    Raises whatever `load` raises.
    """
    before = fingerprint()
    facts = store.find_facts(before) if before else None
    if facts is not None:
        return CachedEncoder(facts, load, store, on_mismatch=lambda: store.forget_facts(before))
    real = load()
    # If the files changed while they were loaded, neither fingerprint is certain to be that of the loaded weights.
    if before and before == fingerprint():
        store.put_facts(before, facts_of(real))
    return CachedEncoder(facts_of(real), load, store, loaded=real)
