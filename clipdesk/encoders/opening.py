"""The encoder of a model, loaded at once or only when it is needed."""

from __future__ import annotations

import functools
import threading

from clipdesk.core.encoder import Encoder
from clipdesk.core.store.cached_encoder import open_cached
from clipdesk.core.store.embedding_store import EmbeddingStore
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
    """The encoder of a model by its name.

    With a `store` that has met the same files before it is there at once, without torch, and loaded for the first text
    or picture that is new: `progress` and `cancel` serve then, too. Else as `load_encoder`, whose errors are raised now
    or then.
    """
    load = functools.partial(load_encoder, name, device=device, progress=progress, cancel=cancel, download=download)
    if store is None:
        return load()
    return open_cached(load, store, lambda: fingerprint(name, device))
