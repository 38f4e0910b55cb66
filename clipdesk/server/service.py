"""What the routes call: pictures and texts of a request to embeddings and similarities."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.encoder import EncoderIdentity
from clipdesk.core.errors import EncoderError
from clipdesk.core.line.prepare import default_workers
from clipdesk.server.batching import TEXTS_IN_A_JOB, StoppedError, TextTooLongError
from clipdesk.server.errors import RequestError, bad_input, not_ready, too_many
from clipdesk.server.fetch import PictureFetcher
from clipdesk.server.images import ImageReader
from clipdesk.server.metrics import Metrics
from clipdesk.server.models import LoadedModel, ModelShelf
from clipdesk.server.settings import ServerSettings
from clipdesk.server.wire import CompareRequest, WireImage

_log = logging.getLogger(__name__)

#: Pictures, or prompts of a comparison, in one request. The API's own limit.
MOST_AT_ONCE = 8
#: Texts in one request. The API has no limit here; without one, a single request could keep the encoder for an hour.
MOST_TEXTS = 4096

_FETCHES_AT_ONCE = 8

Vectors = NDArray[np.float32]
T = TypeVar("T")


class ClipService:
    """Embeds and compares for all requests of one server."""

    def __init__(self, settings: ServerSettings, metrics: Metrics) -> None:
        fetcher = PictureFetcher(settings.max_body_bytes) if settings.allow_urls else None
        self._reader = ImageReader(max_pixels=settings.max_pixels, fetcher=fetcher)
        self._decoding = ThreadPoolExecutor(default_workers(), thread_name_prefix="decode")
        self._fetching = ThreadPoolExecutor(_FETCHES_AT_ONCE, thread_name_prefix="fetch")
        self.shelf = ModelShelf(settings, on_batch=metrics.batch_encoded, on_count=metrics.models_loaded)

    def close(self) -> None:
        """Finish what was taken and give everything back. Blocks."""
        self._fetching.shutdown()
        self._decoding.shutdown()
        self.shelf.close()

    async def embed_images(
        self, version: str | None, images: WireImage | Sequence[WireImage]
    ) -> tuple[Vectors, EncoderIdentity]:
        """Embeddings (n, dimension), not normalised, one for each picture. Raises RequestError."""
        wanted = [images] if isinstance(images, WireImage) else list(images)
        _require_count(wanted, "images that can be embedded")
        model = self.shelf.get(version)
        return await self._images(model, wanted), model.encoder.identity

    async def embed_texts(self, version: str | None, texts: str | Sequence[str]) -> tuple[Vectors, EncoderIdentity]:
        """Embeddings (n, dimension), not normalised, one for each text. Raises RequestError."""
        wanted = [texts] if isinstance(texts, str) else list(texts)
        model = self.shelf.get(version)
        return await self._texts(model, wanted), model.encoder.identity

    async def compare(self, request: CompareRequest) -> tuple[list[float] | dict[str, float], EncoderIdentity]:
        """The raw cosine of the subject with each prompt, in the shape of the prompts. Raises RequestError."""
        for name, kind in (("subject_type", request.subject_type), ("prompt_type", request.prompt_type)):
            if kind not in ("image", "text"):
                raise bad_input(f"{name} is “{kind[:40]}”; it must be image or text.")
        prompts = request.prompt
        names = list(prompts) if isinstance(prompts, dict) else None
        if isinstance(prompts, dict):
            items: list[WireImage | str] = list(prompts.values())
        else:
            items = list(prompts) if isinstance(prompts, list) else [prompts]
        _require_count(items, "prompts that can be compared")
        model = self.shelf.get(request.clip_version_id)
        subject, others = await _all(
            self._embed(model, request.subject_type, [request.subject], "subject"),
            self._embed(model, request.prompt_type, items, "prompt"),
        )
        similarity = [float(value) for value in _unit(others) @ _unit(subject)[0]]
        return (dict(zip(names, similarity, strict=True)) if names else similarity), model.encoder.identity

    async def _embed(self, model: LoadedModel, kind: str, items: Sequence[WireImage | str], what: str) -> Vectors:
        if kind == "image":
            return await self._images(model, items)
        texts = [item for item in items if isinstance(item, str)]
        if len(texts) < len(items):
            raise bad_input(f"{what}_type is text, but the {what} is a picture.")
        return await self._texts(model, texts)

    async def _images(self, model: LoadedModel, images: Sequence[WireImage | str]) -> Vectors:
        checked = [self._reader.check(image) for image in images]
        with model.thread.expecting():
            prepared = await _all(*(self._prepare(model, image) for image in checked))
            found = _put(model.thread.encode_images, prepared)
        return await _answer(found)

    async def _prepare(self, model: LoadedModel, image: WireImage) -> NDArray[np.uint8]:
        loop = asyncio.get_running_loop()
        source: WireImage | bytes = image
        if image.type == "url":
            source = await loop.run_in_executor(self._fetching, self._reader.fetch, image)
        encoder = model.encoder
        return await loop.run_in_executor(
            self._decoding, lambda: encoder.prepare_image(self._reader.read(source, encoder.image_size))
        )

    async def _texts(self, model: LoadedModel, texts: Sequence[str]) -> Vectors:
        if not texts:
            raise too_many("texts that can be embedded", MOST_TEXTS)
        if len(texts) > MOST_TEXTS:
            raise bad_input(f"{len(texts)} texts are more than the {MOST_TEXTS} that one request may hold.")
        starts = range(0, len(texts), TEXTS_IN_A_JOB)
        jobs = [_put(model.thread.encode_texts, texts[start : start + TEXTS_IN_A_JOB]) for start in starts]
        return np.concatenate(await _all(*(_answer(job) for job in jobs)))


def _require_count(items: Sequence[object], what: str) -> None:
    if not 0 < len(items) <= MOST_AT_ONCE:
        raise too_many(what, MOST_AT_ONCE)


def _put(put: Callable[[Any], Future[Vectors]], items: Sequence[Any]) -> Future[Vectors]:
    try:
        return put(items)
    except StoppedError:
        # The model was given back between the look for it and now, or the server stops.
        raise not_ready("The model has just been given back. Try again in a second.") from None


async def _answer(found: Future[Vectors]) -> Vectors:
    try:
        return await asyncio.wrap_future(found)
    except TextTooLongError:
        raise bad_input("a text is longer than the model reads. Shorten it.") from None
    except EncoderError as error:
        # Its message may name folders of this computer.
        _log.error("%s", error)
        raise RequestError(500, "The model failed. The server's log says why.") from error


async def _all(*parts: Awaitable[T]) -> list[T]:
    """The results of all parts, once all have ended; then the first error, if there was one.

    Not plain gather, which leaves the others running: a request that was answered has nothing in the pool any more.
    """
    results = await asyncio.gather(*parts, return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException):
            raise result
    return [result for result in results if not isinstance(result, BaseException)]


def _unit(vectors: Vectors) -> Vectors:
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit
