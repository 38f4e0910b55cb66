"""The logic behind the routes: turn the images and texts of requests into embeddings and similarities."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Future
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.encoder import EncoderIdentity
from clipdesk.core.errors import EncoderError
from clipdesk.core.line.prepare import default_workers
from clipdesk.server.batching import MAX_TEXTS_PER_JOB, StoppedError, TextTooLongError
from clipdesk.server.errors import RequestError, bad_input, not_ready, too_many
from clipdesk.server.fetch import ImageFetcher
from clipdesk.server.guard.clients import FairPool
from clipdesk.server.guard.pixels import PixelBudget
from clipdesk.server.images import ImageReader
from clipdesk.server.metrics import Metrics
from clipdesk.server.models import LoadedModel, ModelShelf
from clipdesk.server.settings import ServerSettings
from clipdesk.server.wire import CompareRequest, WireImage

logger = logging.getLogger(__name__)

#: Images, or prompts of a comparison, in one request: the limit of Roboflow's API.
MAX_IMAGES = 8
#: Texts in one request. Roboflow's API has no limit, but a single request could then occupy the encoder for an hour.
MAX_TEXTS = 4096

_FETCH_THREADS = 8

Vectors = NDArray[np.float32]
T = TypeVar("T")


class ClipService:
    """Embeds and compares for all requests of a server. Its coroutines run on the server's event loop."""

    def __init__(self, settings: ServerSettings, metrics: Metrics) -> None:
        fetcher = ImageFetcher(settings.max_body_bytes) if settings.allow_urls else None
        self._reader = ImageReader(max_pixels=settings.max_pixels, fetcher=fetcher)
        self._decoding = FairPool(default_workers(), thread_name_prefix="decode")
        self._fetching = FairPool(_FETCH_THREADS, thread_name_prefix="fetch")
        self._writing = FairPool(1, thread_name_prefix="write")
        self.shelf = ModelShelf(settings, on_batch=metrics.batch_encoded, on_count=metrics.models_loaded)

    def close(self) -> None:
        """Finish all requests, then unload the models and end all threads. Blocks until then."""
        self._fetching.shutdown()
        self._decoding.shutdown()
        self._writing.shutdown()
        self.shelf.close()

    async def off_loop(self, work: Callable[[], T]) -> T:
        """Write a large answer, in turn for all clients, and return what `work` returns."""
        return await asyncio.get_running_loop().run_in_executor(self._writing, work)

    async def embed_images(
        self, version: str | None, images: WireImage | Sequence[WireImage]
    ) -> tuple[Vectors, EncoderIdentity]:
        """Return the embeddings (n, dimension) of n images, not normalised, and their model. Raises RequestError."""
        wanted = [images] if isinstance(images, WireImage) else list(images)
        _require_count(wanted, "images that can be embedded")
        async with self.shelf.lend(version) as model:
            return await self._images(model, wanted, self._reader.budget()), model.encoder.identity

    async def embed_texts(self, version: str | None, texts: str | Sequence[str]) -> tuple[Vectors, EncoderIdentity]:
        """Return the embeddings (n, dimension) of n texts, not normalised, and their model. Raises RequestError."""
        wanted = [texts] if isinstance(texts, str) else list(texts)
        async with self.shelf.lend(version) as model:
            return await self._texts(model, wanted), model.encoder.identity

    async def compare(self, request: CompareRequest) -> tuple[list[float] | dict[str, float], EncoderIdentity]:
        """Return the cosine similarity of the subject with each prompt, and the model. Raises RequestError.

        Prompts with names give a dict of similarities, others a list in their order.
        """
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
        budget = self._reader.budget()
        async with self.shelf.lend(request.clip_version_id) as model:
            subject, others = await _all(
                self._embed(model, request.subject_type, [request.subject], "subject", budget),
                self._embed(model, request.prompt_type, items, "prompt", budget),
            )
        similarity = [float(value) for value in _unit(others) @ _unit(subject)[0]]
        return (dict(zip(names, similarity, strict=True)) if names else similarity), model.encoder.identity

    async def _embed(
        self, model: LoadedModel, kind: str, items: Sequence[WireImage | str], what: str, budget: PixelBudget
    ) -> Vectors:
        """Embed the items of a comparison as `kind`, image or text. `what` names them in errors."""
        if kind == "image":
            return await self._images(model, items, budget)
        texts = [item for item in items if isinstance(item, str)]
        if len(texts) < len(items):
            raise bad_input(f"{what}_type is text, but the {what} is a picture.")
        return await self._texts(model, texts)

    async def _images(self, model: LoadedModel, images: Sequence[WireImage | str], budget: PixelBudget) -> Vectors:
        checked = [self._reader.check(image) for image in images]
        with model.thread.expecting():
            prepared = await _all(*(self._prepare(model, image, budget) for image in checked))
            job = _put(model.thread.encode_images, prepared)
        return await _result(job)

    async def _prepare(self, model: LoadedModel, image: WireImage, budget: PixelBudget) -> NDArray[np.uint8]:
        loop = asyncio.get_running_loop()
        source: WireImage | bytes = image
        if image.type == "url":
            source = await loop.run_in_executor(self._fetching, self._reader.fetch, image)
        encoder = model.encoder
        return await loop.run_in_executor(
            self._decoding, lambda: encoder.prepare_image(self._reader.read(source, encoder.image_size, budget))
        )

    async def _texts(self, model: LoadedModel, texts: Sequence[str]) -> Vectors:
        if not texts:
            raise too_many("texts that can be embedded", MAX_TEXTS)
        if len(texts) > MAX_TEXTS:
            raise bad_input(f"{len(texts)} texts are more than the {MAX_TEXTS} that one request may contain.")
        starts = range(0, len(texts), MAX_TEXTS_PER_JOB)
        jobs = [_put(model.thread.encode_texts, texts[start : start + MAX_TEXTS_PER_JOB]) for start in starts]
        return np.concatenate(await _all(*(_result(job) for job in jobs)))


def _require_count(items: Sequence[object], what: str) -> None:
    if not 0 < len(items) <= MAX_IMAGES:
        raise too_many(what, MAX_IMAGES)


def _put(put: Callable[[Any], Future[Vectors]], items: Sequence[Any]) -> Future[Vectors]:
    """Queue a job. Raises RequestError 503 if the model's thread has been stopped."""
    try:
        return put(items)
    except StoppedError:
        # The model has been unloaded since the request looked it up, or the server is stopping.
        raise not_ready("The model has just been unloaded. Try again in a second.") from None


async def _result(vectors: Future[Vectors]) -> Vectors:
    """Wait for the result of a job, and turn its errors into RequestError."""
    try:
        return await asyncio.wrap_future(vectors)
    except TextTooLongError:
        raise bad_input("a text is too long for the model. Shorten it.") from None
    except EncoderError as error:
        # Only in the log, because the message may contain local paths.
        logger.error("%s", error)
        raise RequestError(500, "The model failed. See the server's log.") from error


async def _all(*parts: Awaitable[T]) -> list[T]:
    """Wait until all parts have ended, then return their results or raise the first error.

    Plain `gather` raises at once and leaves the others running, so that an answered request would still occupy threads.
    """
    results = await asyncio.gather(*parts, return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException):
            raise result
    return [result for result in results if not isinstance(result, BaseException)]


def _unit(vectors: Vectors) -> Vectors:
    """L2-normalise each row."""
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit
