"""OpenAI's form of the API: `/v1/embeddings` for texts and images, and `/v1/models`.

Programs that were written for OpenAI, vLLM or llama.cpp work with it once they have the server's address.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
from fastapi import FastAPI, Response
from pydantic import BaseModel, Field

from clipdesk.server.errors import RequestError
from clipdesk.server.service import MAX_IMAGES, MAX_TEXTS, ClipService, Vectors
from clipdesk.server.settings import DEFAULT_VERSION
from clipdesk.server.web.answers import with_openai_data
from clipdesk.server.web.refusals import EMBEDDINGS, MODELS
from clipdesk.server.wire import WireImage


class EmbeddingsRequest(BaseModel):
    model: str | None = Field(None, description=f"a clip_version_id; default: {DEFAULT_VERSION}")
    input: Any = Field(
        description="a text or a list of texts; a picture as a data URI, data:image/png;base64,…; or parts such as "
        '{"type": "image_url", "image_url": {"url": "data:…"}}',
        examples=[["a dog", "a cat"]],
    )
    encoding_format: str = Field("float", description="float, or base64 for little-endian float32")
    dimensions: int | None = Field(None, description="the model's own number of dimensions, no other")
    api_key: str | None = Field(None, description="an API key, unless it is in a Bearer header or the query")


class Embedding(BaseModel):
    object: Literal["embedding"] = "embedding"
    index: int
    embedding: list[float] | str = Field(description="L2-normalised")


class Usage(BaseModel):
    """Always 0: pictures have no tokens."""

    prompt_tokens: int = 0
    total_tokens: int = 0


class EmbeddingsAnswer(BaseModel):
    object: Literal["list"] = "list"
    data: list[Embedding]
    model: str
    usage: Usage = Usage()


class Model(BaseModel):
    id: str
    object: Literal["model"] = "model"
    created: int = 0
    owned_by: str = "clipdesk"


class ModelsAnswer(BaseModel):
    object: Literal["list"] = "list"
    data: list[Model]


def add_openai_routes(
    app: FastAPI, service: ClipService, versions: Sequence[str], key_check: Sequence[Any], errors: Mapping[Any, Any]
) -> None:
    """Add the routes to the app, with the dependency that checks keys and the errors they document."""

    @app.post(EMBEDDINGS, dependencies=key_check, responses=dict(errors), response_model=EmbeddingsAnswer)
    async def create_embedding(request: EmbeddingsRequest) -> Response:
        """Embed texts and pictures, as OpenAI's API does. Returns one embedding for each, L2-normalised."""
        if request.encoding_format not in ("float", "base64"):
            raise RequestError(400, "encoding_format must be float or base64.")
        vectors = await _embed(service, request.model, _items(request.input))
        if request.dimensions not in (None, vectors.shape[1]):
            raise RequestError(400, f"This model's embeddings have {vectors.shape[1]} dimensions.")
        answer = EmbeddingsAnswer(data=[], model=request.model or DEFAULT_VERSION)
        return await with_openai_data(service.off_loop, answer, vectors, as_base64=request.encoding_format == "base64")

    @app.get(MODELS, dependencies=key_check)
    async def list_models() -> ModelsAnswer:
        """List the models, as OpenAI's API does."""
        return ModelsAnswer(data=[Model(id=version) for version in versions])


async def _embed(service: ClipService, version: str | None, items: Sequence[str | WireImage]) -> Vectors:
    """Return the L2-normalised embeddings of items, in their order. Raises RequestError."""
    images = [item for item in items if isinstance(item, WireImage)]
    texts = [item for item in items if isinstance(item, str)]
    if not items:
        raise RequestError(400, "input is empty.")
    if len(images) > MAX_IMAGES:
        raise RequestError(400, f"One request may contain {MAX_IMAGES} pictures at most.")
    if len(texts) > MAX_TEXTS:
        raise RequestError(400, f"One request may contain {MAX_TEXTS} texts at most.")
    # All of a kind together, because the limits of a request hold for each call.
    of_images = iter((await service.embed_images(version, images))[0] if images else ())
    of_texts = iter((await service.embed_texts(version, texts))[0] if texts else ())
    vectors: Vectors = np.stack([next(of_images if isinstance(item, WireImage) else of_texts) for item in items])
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def _items(given: Any) -> list[str | WireImage]:
    """Return texts and images of the field `input`. Raises RequestError 400 for anything else, such as token ids."""
    return [_item(entry) for entry in (given if isinstance(given, list) else [given])]


def _item(entry: Any) -> str | WireImage:
    if isinstance(entry, dict):
        entry = _part(entry)
    if not isinstance(entry, str):
        raise RequestError(400, "input must be a text, a picture as a data URI, or a list of these.")
    if entry[:5].lower() == "data:":
        return WireImage(type="base64", value=entry)
    return entry


def _part(part: Mapping[str, Any]) -> Any:
    """Return the text or the address of a content part, None for another kind of part."""
    if part.get("type") == "text":
        return part.get("text")
    if part.get("type") != "image_url":
        return None
    address = part.get("image_url")
    address = address.get("url") if isinstance(address, dict) else address
    if not isinstance(address, str) or address[:5].lower() != "data:":
        raise RequestError(400, "Send pictures as data URIs: data:image/png;base64,…")
    return address
