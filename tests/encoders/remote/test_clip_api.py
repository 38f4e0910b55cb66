from __future__ import annotations

import json
from email.utils import formatdate

import httpx2
import numpy as np
import pytest

from clipdesk.encoders.remote.api_keys import NO_KEY, ApiKey
from clipdesk.encoders.remote.clip_api import (
    Fault,
    Remedy,
    fault_of_answer,
    image_body,
    parse_embeddings,
    parse_retry_after,
    text_body,
)

CANARY = 'rf "CANARY"\\ü/+'


def fault(status: int, body: bytes = b"", headers: dict[str, str] | None = None, version: str = "ViT-B-16") -> Fault:
    return fault_of_answer(
        status, httpx2.Headers(headers or {}), body, host="host", version=version, key=ApiKey(CANARY), is_text=False
    )


def test_bodies_are_the_json_that_the_api_wants() -> None:
    assert json.loads(image_body(b"\x00\xffpng", "RN50", ApiKey(CANARY))) == {
        "clip_version_id": "RN50",
        "api_key": CANARY,
        "image": {"type": "base64", "value": "AP9wbmc="},
    }
    assert json.loads(text_body(["고양이", 'a "cat"'], "RN50", NO_KEY)) == {
        "clip_version_id": "RN50",
        "text": ["고양이", 'a "cat"'],
    }


def test_embeddings_are_normalised_float32() -> None:
    vectors = parse_embeddings(b'{"embeddings": [[3, 4], [0, 1e-9]], "time": 1}', 2, 2)

    assert vectors.dtype == np.float32
    assert vectors == pytest.approx(np.array([[0.6, 0.8], [0, 1]], np.float32))


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0),
        ("1", 1),
        (" 12 ", 12),
        ("1.5", 1.5),
        ("", None),
        ("soon", None),
        ("-3", None),
        ("1e9", None),
        (formatdate(1_000_030, usegmt=True), 30),
        (formatdate(999_000, usegmt=True), 0),
        ("Fri, 31 Feb 2025 00:00:00 GMT", None),
        ("9" * 400, None),
        ("²", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_a_date(value: str, seconds: float | None) -> None:
    assert parse_retry_after(value, now=1_000_000) == seconds


@pytest.mark.parametrize(
    ("status", "remedy"),
    [
        *((status, Remedy.GIVE_UP_ITEM) for status in (400, 413, 415, 422)),
        *((status, Remedy.END_JOB) for status in (301, 307, 401, 402, 403, 404, 405, 423)),
        (429, Remedy.SLOW_DOWN),
        *((status, Remedy.TRY_ONCE_MORE) for status in (201, 204, 500, 501, 505)),
        *((status, Remedy.TRY_AGAIN) for status in (408, 502, 503, 504, 520, 524)),
    ],
)
def test_each_status_has_its_remedy(status: int, remedy: Remedy) -> None:
    assert fault(status).remedy is remedy


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 413, 422, 423, 429, 500, 503])
@pytest.mark.parametrize(
    "body",
    [
        json.dumps({"message": f"no {CANARY} here"}).encode(),
        json.dumps({"message": {"input": CANARY}, "help_url": CANARY}).encode(),
        f"plain {CANARY}".encode(),
        json.dumps([CANARY]).encode(),
        json.dumps({"message": "QUJD" * 4000}).encode(),
        b"\xff\xfe\x00" * 900,
    ],
)
def test_server_messages_are_shown_without_the_key_and_the_picture_and_shortened(status: int, body: bytes) -> None:
    message = str(fault(status, body))

    assert "CANARY" not in message
    assert "QUJDQUJD" not in message
    assert len(message) < 400
    assert message.isprintable()


def test_the_server_message_is_shown() -> None:
    assert "It says: image is too odd" in str(fault(400, b'{"message": "image  is\\ntoo odd"}'))
    assert "It says: Internal Server Error" in str(fault(500, b"Internal Server Error"))
    assert "says" not in str(fault(422, b'{"message": "image"}'))
    assert "says" not in str(fault(502, b"<html>Bad gateway</html>"))
    assert "no model" in str(fault(500, version="ViT-B-61"))
    assert "no model" not in str(fault(500))
