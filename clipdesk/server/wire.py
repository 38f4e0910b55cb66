"""The API's requests and answers, field by field. Unknown fields are accepted and ignored."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, Discriminator, Field, Tag

from clipdesk.server.settings import DEFAULT_VERSION


class WireImage(BaseModel):
    """A picture: `base64`, with or without a data URI's prefix, or `url` where the server allows it."""

    type: str = Field(description="base64, or url where the server allows it", examples=["base64"])
    value: Any = Field(None, description="the picture's file in base64, or its https address")


class ClipRequest(BaseModel):
    """What all three requests share."""

    id: str | None = Field(None, description="comes back as inference_id")
    api_key: str | None = Field(None, description="one of the server's keys, unless a Bearer header brings it")
    clip_version_id: str | None = Field(None, description=f"which model; {DEFAULT_VERSION} without it")


class EmbedImageRequest(ClipRequest):
    image: list[WireImage] | WireImage = Field(description="one picture, or up to eight")


class EmbedTextRequest(ClipRequest):
    text: list[str] | str = Field(description="one text, or several", examples=[["a dog", "a cat"]])


def _kind(value: Any) -> str | None:
    """Which of a prompt's forms a value is. A dict with `type` and `value` is a picture, any other maps names."""
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
    prompt: Prompt = Field(description="one prompt, a list of up to eight, or names with a prompt each")
    prompt_type: str = Field("text", description="text or image")


class Answer(BaseModel):
    """What all answers share."""

    inference_id: str
    frame_id: int | None = None
    time: float = Field(description="seconds that it took, waiting included")
    resolved_model: dict[str, str] = Field(description="the model that answered, and its checkpoint's SHA-256")


class EmbeddingAnswer(Answer):
    embeddings: list[list[float]] = Field(description="one for each picture or text, not normalised, float32")


class CompareAnswer(Answer):
    parent_id: str | None = None
    similarity: list[float] | dict[str, float] = Field(description="raw cosine, in the order or by the names asked")


class ErrorAnswer(BaseModel):
    message: str
