from __future__ import annotations

import base64
from typing import Any

import pytest
from running_server import Body, RunningServer, file_of, picture, text_of, wire

PICTURE = wire(picture(1))


def embed_image(image: Any) -> tuple[str, Body]:
    return "/clip/embed_image", {"image": image}


def compare(**body: Any) -> tuple[str, Body]:
    return "/clip/compare", {"subject": PICTURE, "prompt": "dog", **body}


@pytest.mark.parametrize(
    ("request_", "status", "said"),
    [
        (embed_image({"type": "base64", "value": ""}), 400, "Could not load input image."),
        (embed_image({"type": "base64"}), 400, "Could not load input image."),
        (embed_image({"type": "base64", "value": 5}), 400, "Could not load input image."),
        (embed_image({"type": "base64", "value": "abc"}), 400, "not base64"),
        (embed_image({"type": "base64", "value": "é"}), 400, "not base64"),
        (embed_image(wire(b"no picture at all")), 400, "text file"),
        (embed_image(wire(file_of(picture(1, (200, 200)))[:5000])), 400, "part of the picture is missing"),
        (embed_image(wire(b"%!PS-Adobe-3.0 EPSF-3.0")), 400, "PostScript"),
        (embed_image({"type": "numpy", "value": text_of(b"\x80\x04.")}), 400, "type numpy"),
        (embed_image({"type": "file", "value": "/etc/passwd"}), 400, "type file"),
        (embed_image({"type": "jpeg", "value": "x"}), 400, "no type “jpeg”"),
        (embed_image({"type": "url", "value": "https://example.com/a.jpg"}), 400, "by URL"),
        (embed_image([PICTURE, {"type": "base64", "value": ""}]), 400, "Could not load input image."),
        (embed_image([PICTURE] * 9), 500, "maximum number of images"),
        (embed_image([]), 500, "maximum number of images"),
        (("/clip/embed_text", {"text": "word " * 20}), 400, "Error with model input."),
        (("/clip/embed_text", {"text": ["dog", "word " * 20]}), 400, "Error with model input."),
        (("/clip/embed_text", {"text": ["dog"] * 4097}), 400, "4096"),
        (("/clip/embed_text", {"text": []}), 500, "maximum number of texts"),
        (("/clip/embed_text", {"text": "dog", "clip_version_id": "ViT-B/16"}), 400, "This server has ViT-B-16."),
        (compare(prompt=["dog"] * 9), 500, "maximum number of prompts"),
        (compare(prompt={str(number): "dog" for number in range(9)}), 500, "maximum number of prompts"),
        (compare(prompt=[]), 500, "maximum number of prompts"),
        (compare(prompt={}), 500, "maximum number of prompts"),
        (compare(prompt=["dog", "word " * 20]), 400, "Error with model input."),
        (compare(prompt=PICTURE), 400, "prompt_type is text"),
        (compare(prompt_type="image"), 400, "Could not load input image."),
        (compare(prompt_type="video"), 400, "must be image or text"),
        (compare(subject_type="video"), 400, "must be image or text"),
        (compare(subject_type="text"), 400, "subject_type is text"),
        (compare(subject="https://example.com/a.jpg"), 400, "by URL"),
        (("/clip/nothing", {}), 404, "Not Found"),
    ],
)
def test_requests_that_cannot_be_served_get_a_status_and_a_reason(
    server: RunningServer, request_: tuple[str, Body], status: int, said: str
) -> None:
    answer = server.post(*request_)

    assert answer.status == status
    assert answer.json.keys() == {"message"}
    assert said in answer.json["message"]


@pytest.mark.parametrize(
    ("path", "body", "where"),
    [
        ("/clip/embed_text", {"api_key": "canary", "secret": "canary"}, ["body", "text"]),
        ("/clip/embed_text", {"text": "dog", "api_key": ["canary"]}, ["body", "api_key"]),
        ("/clip/embed_image", {"image": {"value": "canary"}, "api_key": "canary"}, ["body", "image"]),
        ("/clip/compare", {"subject": PICTURE, "prompt": 5, "api_key": "canary"}, ["body", "prompt"]),
        ("/clip/embed_text", b'{"text": "canary', ["body"]),
    ],
)
def test_a_malformed_request_gets_the_place_of_the_error_without_its_content(
    server: RunningServer, path: str, body: Body | bytes, where: list[str]
) -> None:
    answer = server.post(path, body)

    assert answer.status == 422
    assert answer.json["detail"][0]["loc"][: len(where)] == where
    assert all(problem.keys() == {"type", "loc", "msg"} for problem in answer.json["detail"])
    assert b"canary" not in answer.body
    assert PICTURE["value"].encode() not in answer.body


def test_a_bad_picture_does_not_affect_other_requests(server: RunningServer) -> None:
    statuses = [server.post(*embed_image(image)).status for image in (PICTURE, wire(b"nonsense"), PICTURE)]

    assert statuses == [200, 400, 200]


def test_a_page_of_another_site_cannot_post_to_the_server(server: RunningServer) -> None:
    # A browser sends text/plain to any site, but asks first (CORS preflight) for application/json, and is refused.
    plain = server.post("/clip/embed_text", {"text": "dog"}, **{"Content-Type": "text/plain"})
    asked = server.request("OPTIONS", "/clip/embed_text", None, {"Origin": "https://example.com"})

    assert plain.status == 422
    assert asked.status == 405
    assert "access-control-allow-origin" not in asked.headers


def test_url_safe_base64_is_named_as_such(server: RunningServer) -> None:
    data = base64.urlsafe_b64encode(b"\xfb\xff" * 30).decode()

    answer = server.post("/clip/embed_image", {"image": {"type": "base64", "value": data}})

    assert answer.status == 400
    assert "URL-safe base64" in answer.json["message"]
