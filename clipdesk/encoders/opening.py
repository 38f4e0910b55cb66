"""Open the encoder of a model, which is loaded now or when it is first needed."""

from __future__ import annotations

import functools
import threading

from clipdesk.core.encoder import Encoder
from clipdesk.core.store.cached_encoder import open_cached
from clipdesk.core.store.embedding_store import EmbeddingStore
from clipdesk.encoders.local.choosing.adoption import adopt_better
from clipdesk.encoders.local.open_clip import fingerprint, load_encoder
from clipdesk.encoders.models.progress import Progress


def open_encoder(
    name: str,
    *,
    store: EmbeddingStore | None,
    device: str = "auto",
    progress: Progress | None = None,
    cancel: threading.Event | None = None,
    download: bool = True,
) -> Encoder:
    """Return the encoder of a model by its name.

    If `store` has seen the same model files before, the encoder is returned without loading the model or importing
    torch. It is loaded for the first text or image that the store does not know, with the same `progress` and `cancel`.
    Otherwise it is loaded now.

    Raises the errors of `load_encoder`, either now or when the model is loaded.
    """
    load = functools.partial(
        load_encoder, name, device=device, progress=progress, cancel=cancel, download=download, notes=store
    )
    if store is None:
        return load()
    adopt_better(store, fingerprint(name, device), device)
    return open_cached(load, store, lambda: fingerprint(name, device))
