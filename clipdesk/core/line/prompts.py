"""Encode prompts, or recall their vectors from the store."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.encoder import Encoder, EncoderIdentity, RemoteEncoder, as_stored
from clipdesk.core.errors import ImageError, raise_if_set
from clipdesk.core.labels.prompts import ImagePrompt, Prompt, TextPrompt, prompt_paths, prompt_texts
from clipdesk.core.line.embed import embed_images
from clipdesk.core.pictures.content import read_content
from clipdesk.core.store.embedding_store import EmbeddingStore

#: Texts that a model on this computer encodes before a cancel is noticed.
_TEXTS_AT_ONCE = 8

#: Turns an error into the sentence shown for its prompts, "" if they are simply left unanswered. May raise instead.
DescribeError = Callable[[Exception], str]


@dataclass(frozen=True)
class PromptRequest:
    """Prompts to encode with the encoder whose identity key is `identity_key`.

    With `only_recall` nothing may be sent yet: only prompts found in the store are answered. `is_for_labels`: the
    desk's labels need them, and not a comparison of wordings.
    """

    identity_key: str
    prompts: tuple[Prompt, ...]
    only_recall: bool = False
    is_for_labels: bool = True


@dataclass(frozen=True)
class PromptVectors:
    """The answer to a request: for each prompt a vector (d,) or a problem in one sentence, or neither.

    `cut_texts` are the texts longer than the model reads.
    """

    request: PromptRequest
    vectors: dict[Prompt, NDArray[np.float32]]
    problems: dict[Prompt, str]
    cut_texts: tuple[str, ...]


def raise_error(error: Exception) -> str:
    """Raise the error: a `DescribeError` for callers that cannot continue without every prompt."""
    raise error


def answer_prompts(
    request: PromptRequest,
    encoder: Encoder,
    store: EmbeddingStore | None,
    describe_error: DescribeError = raise_error,
    cancel: threading.Event | None = None,
) -> PromptVectors:
    """Encode the prompts of a request, or only recall them. Raises what `describe_error` raises.

    Once `cancel` is set, prompts are left unanswered, with Cancelled as their error.
    """
    if request.only_recall:
        found = recall_prompts(request.prompts, encoder.identity, store) if store is not None else {}
        return PromptVectors(request, found, {}, tuple(encoder.cut_texts(prompt_texts(found))))
    vectors, problems = encode_prompts(request.prompts, encoder, store, describe_error, cancel)
    texts = prompt_texts(request.prompts)
    return PromptVectors(request, vectors, problems, tuple(encoder.cut_texts(texts) if texts else ()))


def encode_prompts(
    prompts: Sequence[Prompt],
    encoder: Encoder,
    store: EmbeddingStore | None = None,
    describe_error: DescribeError = raise_error,
    cancel: threading.Event | None = None,
) -> tuple[dict[Prompt, NDArray[np.float32]], dict[Prompt, str]]:
    """Return the vectors (d,) of prompts, and the problems of those that have none.

    A reference that cannot be read fails alone; an error of the encoder concerns all texts, or all references that are
    not finished. References are looked up in the `store` and kept there; an encoder that caches texts does so itself.
    """
    vectors: dict[Prompt, NDArray[np.float32]] = {}
    problems: dict[Prompt, str] = {}
    for encode in (_encode_texts, _encode_references):
        errors = encode(prompts, encoder, store, vectors, cancel or threading.Event())
        for prompt, error in errors.items():
            if sentence := describe_error(error):
                problems[prompt] = sentence
    return vectors, problems


def _encode_texts(
    prompts: Sequence[Prompt],
    encoder: Encoder,
    _: EmbeddingStore | None,
    vectors: dict[Prompt, NDArray[np.float32]],
    cancel: threading.Event,
) -> dict[Prompt, Exception]:
    """Add the vectors of the texts to `vectors`; return the errors."""
    texts = prompt_texts(prompts)
    # A request to a server can be interrupted. A model on this computer cannot, and takes 10 to 300 ms for a text.
    part_size = len(texts) if isinstance(encoder, RemoteEncoder) else _TEXTS_AT_ONCE
    start = 0
    try:
        while start < len(texts):
            raise_if_set(cancel)
            part = texts[start : start + part_size]
            vectors |= zip(map(TextPrompt, part), as_stored(encoder.encode_texts(part)), strict=True)
            start += part_size
    except Exception as error:
        return dict.fromkeys(map(TextPrompt, texts[start:]), error)
    return {}


def _encode_references(
    prompts: Sequence[Prompt],
    encoder: Encoder,
    store: EmbeddingStore | None,
    vectors: dict[Prompt, NDArray[np.float32]],
    cancel: threading.Event,
) -> dict[Prompt, Exception]:
    """Add the vectors of the references to `vectors`; return the errors."""
    paths = prompt_paths(prompts)
    errors: dict[Prompt, Exception] = {}
    try:
        for batch in embed_images(enumerate(paths), encoder, cancel=cancel, store=store) if paths else ():
            for image in batch:
                if image.embedding is not None:
                    vectors[ImagePrompt(image.path)] = image.embedding
                else:
                    errors[ImagePrompt(image.path)] = ImageError(image.path, image.error)
        if paths:
            raise_if_set(cancel)
    except Exception as error:
        unfinished = [prompt for prompt in map(ImagePrompt, paths) if prompt not in vectors and prompt not in errors]
        errors |= dict.fromkeys(unfinished, error)
    return errors


def recall_prompts(
    prompts: Sequence[Prompt], identity: EncoderIdentity, store: EmbeddingStore
) -> dict[Prompt, NDArray[np.float32]]:
    """Return the vectors of those prompts that are stored, without asking the encoder.

    References are recognised by content, so their files are read.
    """
    known = store.find_texts(identity, prompt_texts(prompts))
    vectors: dict[Prompt, NDArray[np.float32]] = {TextPrompt(text): kept.embedding for text, kept in known.items()}
    for path in prompt_paths(prompts):
        content = read_content(path)
        embedding = store.find_content(identity, content.key) if content is not None else None
        if embedding is not None:
            vectors[ImagePrompt(path)] = embedding
    return vectors
