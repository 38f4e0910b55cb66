"""Write embeddings as JSON without stopping the event loop: 4,096 of them are tens of megabytes, and take a second."""

from __future__ import annotations

import base64
import json
from collections.abc import Awaitable, Callable, Iterator

import numpy as np
from fastapi import Response
from numpy.typing import NDArray
from pydantic import BaseModel

Vectors = NDArray[np.float32]

#: `ClipService.off_loop`.
OffLoop = Callable[[Callable[[], bytes]], Awaitable[bytes]]


async def with_embeddings(off_loop: OffLoop, answer: BaseModel, vectors: Vectors) -> Response:
    """Return the answer as JSON, written off the event loop, with the field `embeddings`: numbers for each vector."""
    return await _with_list(off_loop, answer, "embeddings", (_numbers(vector) for vector in vectors))


async def with_openai_data(off_loop: OffLoop, answer: BaseModel, vectors: Vectors, *, as_base64: bool) -> Response:
    """Return the answer as JSON, written off the event loop, with the field `data`: embeddings in OpenAI's form."""
    write = _base64 if as_base64 else _numbers
    items = (
        f'{{"object":"embedding","index":{index},"embedding":{write(vector)}}}' for index, vector in enumerate(vectors)
    )
    return await _with_list(off_loop, answer, "data", items)


async def _with_list(off_loop: OffLoop, answer: BaseModel, name: str, items: Iterator[str]) -> Response:
    """Return the answer, without its field `name`, and a list of JSON texts as this field."""
    head = answer.model_dump_json(exclude={name})
    # In a thread, and one vector at a time: between two of them, other threads take the GIL.
    content = await off_loop(lambda: f'{head[:-1]},"{name}":[{",".join(items)}]}}'.encode())
    return Response(content, media_type="application/json")


def _numbers(vector: Vectors) -> str:
    return json.dumps(vector.tolist(), allow_nan=False)


def _base64(vector: Vectors) -> str:
    return f'"{base64.b64encode(vector.astype("<f4").tobytes()).decode()}"'
