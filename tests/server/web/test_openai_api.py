from __future__ import annotations

import base64

import numpy as np
import pytest
from running_server import Answer, RunningServer, Serve, picture, text_of

from clipdesk.encoders.local.open_clip import OpenClipEncoder
from clipdesk.server.settings import key_digest


def vectors(answer: Answer) -> np.ndarray:
    assert answer.status == 200, answer.body
    assert [entry["index"] for entry in answer.json["data"]] == list(range(len(answer.json["data"])))
    return np.array([entry["embedding"] for entry in answer.json["data"]], np.float32)


def uri(seed: int) -> str:
    return f"data:image/png;base64,{text_of(picture(seed))}"


def local(encoder: OpenClipEncoder, seed: int) -> np.ndarray:
    return encoder.encode_images([encoder.prepare_image(picture(seed))])[0]


def test_texts_get_normalised_embeddings(server: RunningServer, tiny_encoder: OpenClipEncoder) -> None:
    one = server.post("/v1/embeddings", {"model": "ViT-B-16", "input": "dog"})
    two = server.post("/v1/embeddings", {"input": ["dog", "cat"], "user": "x"})

    expected = tiny_encoder.encode_texts(["dog", "cat"])
    np.testing.assert_allclose(vectors(one), expected[:1], atol=1e-6)
    np.testing.assert_allclose(vectors(two), expected, atol=1e-6)
    assert one.json["object"] == "list"
    assert one.json["model"] == "ViT-B-16"
    assert one.json["usage"] == {"prompt_tokens": 0, "total_tokens": 0}
    assert one.json["data"][0]["object"] == "embedding"


def test_pictures_come_as_data_uris_also_between_texts(server: RunningServer, tiny_encoder: OpenClipEncoder) -> None:
    part = {"type": "image_url", "image_url": {"url": uri(2)}}

    found = vectors(server.post("/v1/embeddings", {"input": [uri(1), "dog", part, {"type": "text", "text": "cat"}]}))

    texts = tiny_encoder.encode_texts(["dog", "cat"])
    expected = [local(tiny_encoder, 1), texts[0], local(tiny_encoder, 2), texts[1]]
    np.testing.assert_allclose(found, expected, atol=1e-5)


def test_base64_is_little_endian_float32(server: RunningServer) -> None:
    # OpenAI's own client asks for base64 unless it is told otherwise.
    plain = vectors(server.post("/v1/embeddings", {"input": "dog"}))[0]

    answer = server.post("/v1/embeddings", {"input": "dog", "encoding_format": "base64"})

    found = np.frombuffer(base64.b64decode(answer.json["data"][0]["embedding"]), "<f4")
    np.testing.assert_allclose(found, plain, atol=1e-6)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"input": []}, "empty"),
        ({"input": [1, 2, 3]}, "a text"),
        ({"input": {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}}, "data URIs"),
        ({"input": "data:image/png;base64,AAAA"}, "Could not load"),
        ({"input": "dog", "model": "gpt"}, "This server has"),
        ({"input": "dog", "encoding_format": "int8"}, "base64"),
        ({"input": "dog", "dimensions": 3}, "64 dimensions"),
        ({"input": ["data:,x"] * 9}, "8 pictures"),
    ],
)
def test_errors_have_the_form_of_openai(server: RunningServer, body: dict[str, object], reason: str) -> None:
    answer = server.post("/v1/embeddings", body)

    assert answer.status == 400
    assert answer.json.keys() == {"error"}
    assert reason in answer.json["error"]["message"]
    assert answer.json["error"]["type"] == "invalid_request_error"


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        ({"input": "dog", "dimensions": "many"}, 422, "dimensions: "),
        ({"input": "dog" + "\ud800"}, 400, "surrogate"),
        (b'{"input": ' + b"[" * 10_000, 400, "parsing the body"),
        (b"{", 422, "JSON"),
    ],
)
def test_requests_that_are_not_valid_have_that_form_too(
    server: RunningServer, body: dict[str, object] | bytes, status: int, reason: str
) -> None:
    answer = server.post("/v1/embeddings", body)

    assert (answer.status, answer.json.keys()) == (status, {"error"})
    assert reason in answer.json["error"]["message"]


def test_the_versions_are_listed_as_models_and_keys_are_needed(serve: Serve) -> None:
    server = serve(key_digests=(key_digest("my-key"),))

    refused = server.get("/v1/models"), server.post("/v1/embeddings", {"input": "dog"})
    listed = server.get("/v1/models", Authorization="Bearer my-key")
    embedded = server.post("/v1/embeddings", {"input": "dog"}, Authorization="Bearer my-key")

    assert [answer.status for answer in refused] == [401, 401]
    wrong = server.post("/v1/embeddings", {"input": "dog"}, Authorization="Bearer wrong")  # refused before it is read
    assert "API key" in refused[1].json["error"]["message"]
    assert "API key" in wrong.json["error"]["message"]
    assert [model["id"] for model in listed.json["data"]] == ["ViT-B-16"]
    assert embedded.status == 200
