"""Models besides the one in use that have embeddings of the desk's images. These functions run in the background."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.desk.image_list import ImageList
from clipdesk.core.encoder import Encoder, EncoderIdentity
from clipdesk.core.errors import ClipDeskError, EncoderError
from clipdesk.core.labels.prompts import Prompt
from clipdesk.core.line.prompts import encode_prompts, recall_prompts
from clipdesk.core.line.recall import recall_images
from clipdesk.core.messages import message
from clipdesk.core.store.embedding_store import EmbeddingStore

FloatArray = NDArray[np.float32]

#: Images that are looked up to find out whether a model has embeddings of the desk's images.
_SAMPLE = 200


@dataclass(frozen=True)
class OtherModel:
    """A model whose embeddings are kept. `model` is its name, by which it is loaded; `is_local` if it can be."""

    model: str
    identity: EncoderIdentity
    dimension: int
    is_local: bool = True


def find_stored_models(names: Iterable[str], device: str, store: EmbeddingStore, images: ImageList) -> list[OtherModel]:
    """Return those of these local models that the store has embeddings of `images` for. Loads no model."""
    from clipdesk.encoders.local.open_clip import fingerprint

    sample = np.random.default_rng(0).permutation(len(images))[:_SAMPLE]
    files = [images[row] for row in sample.tolist()]
    found: list[OtherModel] = []
    for name in names:
        try:
            mark = fingerprint(name, device)
        except (ClipDeskError, OSError):
            continue
        facts = store.find_facts(mark) if mark else None
        if facts is not None and len(store.find_files(facts.identity, files)[0]):
            found.append(OtherModel(name, facts.identity, facts.dimension))
    return found


def stored_images(model: OtherModel, store: EmbeddingStore, images: ImageList, cancel: threading.Event) -> FloatArray:
    """Return the stored embeddings of the images under this model, (n, dimension). NaN for those without one."""
    vectors = np.full((len(images), model.dimension), np.nan, np.float32)
    for part in recall_images(images, model.identity, store, cancel):
        vectors[part.rows] = part.embeddings
    return vectors


def prompt_vectors(
    model: OtherModel,
    prompts: Sequence[Prompt],
    store: EmbeddingStore | None,
    load: Callable[..., Encoder],
    device: str,
    cancel: threading.Event,
) -> dict[Prompt, FloatArray]:
    """Return the vectors (d,) of the prompts under this model, which is loaded if the store lacks any of them.

    Raises EncoderError, also if a prompt is unknown and the model is on a server: nothing is sent for a comparison.
    """
    vectors = recall_prompts(prompts, model.identity, store) if store is not None else {}
    missing = [prompt for prompt in prompts if prompt not in vectors]
    if not missing:
        return vectors
    if not model.is_local:
        text = message(
            "core",
            "“{model}” has not seen these words yet. Choose this model once with the same labels, then compare again.",
        )
        raise EncoderError(text.of(model=model.model))
    encoder = load(model.model, device=device, download=False, progress=None, cancel=cancel)
    try:
        if encoder.identity.key != model.identity.key:
            text = message("core", "The files of the model “{model}” have changed. Choose it again.")
            raise EncoderError(text.of(model=model.model))
        return vectors | encode_prompts(missing, encoder, store)[0]
    finally:
        encoder.close()
