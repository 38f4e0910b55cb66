"""The JSON of the API's requests and answers. Unknown fields are ignored."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, Discriminator, Field, Tag

from clipdesk.server.settings import DEFAULT_VERSION


class WireImage(BaseModel):
    """An image: `base64`, with or without a data URI prefix, or `url` if the server allows it."""

    type: str = Field(description="base64, or url if the server allows it", examples=["base64"])
    value: Any = Field(None, description="the picture's file in base64, or its https URL")


class ClipRequest(BaseModel):
    """The fields that all requests have."""

    id: str | None = Field(None, description="returned as inference_id")
    api_key: str | None = Field(None, description="an API key, unless it is in a Bearer header or the query")
    clip_version_id: str | None = Field(None, description=f"the model; default: {DEFAULT_VERSION}")


class EmbedImageRequest(ClipRequest):
    image: list[WireImage] | WireImage = Field(description="a picture, or a list of up to eight")


class EmbedTextRequest(ClipRequest):
    text: list[str] | str = Field(description="a text, or a list of texts", examples=[["a dog", "a cat"]])


def _kind(value: Any) -> str | None:
    """Return the form of a prompt. A dict with `type` and `value` is an image, any other one maps names to prompts."""
    if isinstance(value, str):
        return "text"
    if isinstance(value, list):
        return "list"
    if isinstance(value, WireImage):
        return "image"
    if isinstance(value, dict):
        return "image" if "type" in value and "value" in value else "named"
    return None


TextOrImage = Annotated[Annotated[str, Tag("text")] | Annotated[WireImage, Tag("image")], Discriminator(_kind)]

Prompt = Annotated[
    Annotated[str, Tag("text")]
    | Annotated[WireImage, Tag("image")]
    | Annotated[list[TextOrImage], Tag("list")]
    | Annotated[dict[str, TextOrImage], Tag("named")],
    Discriminator(_kind),
]


class CompareRequest(ClipRequest):
    subject: TextOrImage = Field(description="what the prompts are compared with")
    subject_type: str = Field("image", description="image or text")
    prompt: Prompt = Field(description="a prompt, a list of up to eight, or an object with a prompt for each name")
    prompt_type: str = Field("text", description="text or image")


class Answer(BaseModel):
    """The fields that all answers have."""

    inference_id: str
    frame_id: int | None = None
    time: float = Field(description="seconds that the request took, including waiting")
    resolved_model: dict[str, str] = Field(description="the model used, and the SHA-256 of its checkpoint")


class EmbeddingAnswer(Answer):
    embeddings: list[list[float]] = Field(description="one per picture or text, float32, not normalised")


class CompareAnswer(Answer):
    parent_id: str | None = None
    similarity: list[float] | dict[str, float] = Field(
        description="cosine similarities, in the order or by the names of the prompts"
    )


class ErrorAnswer(BaseModel):
    message: str
