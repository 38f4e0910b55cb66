"""Roboflow's CLIP API: build request bodies, parse answers, and turn each kind of failure into a `Fault`."""

from __future__ import annotations

import base64
import json
import re
import ssl
import time
from collections.abc import Sequence
from email.utils import parsedate_to_datetime
from enum import Enum
from typing import Any

import httpx2
import numpy as np
from numpy.typing import NDArray

from clipdesk.core.messages import message, sentences
from clipdesk.encoders.remote.api_keys import ApiKey
from clipdesk.encoders.remote.servers import VERSIONS

#: Larger answers are rejected. 100 embeddings of 1024 numbers, written with all digits, take 2.3 MB.
MAX_ANSWER_BYTES = 32_000_000


class Remedy(Enum):
    """How the client reacts to a failed request."""

    GIVE_UP_ITEM = "the server rejects this request: do not retry; the row shows the reason"
    TRY_ONCE_MORE = "the server failed on this request: retry once, then give the item up"
    TRY_AGAIN = "the server is unreachable or not ready: retry with exponential backoff, then give the item up"
    SLOW_DOWN = "rate limit: pause all requests to this server, then retry"
    END_JOB = "every other request would fail in the same way"


class Fault(Exception):  # noqa: N818 - becomes an error only after all retries
    """A failed request.

    The message is shown to the person, and contains neither the key nor what was sent. `status` is the HTTP status,
    0 if there was no answer. `retry_after_s` is the wait that the server asked for. `is_access` marks problems with
    the key or the account.
    """

    def __init__(
        self,
        remedy: Remedy,
        words: str,
        *,
        status: int = 0,
        retry_after_s: float | None = None,
        is_access: bool = False,
    ) -> None:
        super().__init__(words)
        self.remedy = remedy
        self.status = status
        self.retry_after_s = retry_after_s
        self.is_access = is_access


# --- What is sent -----------------------------------------------------------------------------------------------------


def image_body(image: bytes, version: str, key: ApiKey) -> bytes:
    """Return the body of an embed_image request for one encoded image file.

    One image per request, because Roboflow's inference server answers lists of images incorrectly.
    """
    # Assembled by hand: json.dumps would scan each of the 100,000 base64 characters.
    head = json.dumps(_common(version, key))[:-1]
    return b'%s, "image": {"type": "base64", "value": "%s"}}' % (head.encode(), base64.b64encode(image))


def text_body(texts: Sequence[str], version: str, key: ApiKey) -> bytes:
    """Return the body of an embed_text request for one or more texts."""
    return json.dumps({**_common(version, key), "text": list(texts)}).encode()


def _common(version: str, key: ApiKey) -> dict[str, str]:
    common = {"clip_version_id": version}
    if key:
        # In the body, because every server version reads it there, and proxies log URLs but not bodies.
        common["api_key"] = key.reveal()
    return common


# --- What comes back --------------------------------------------------------------------------------------------------


def parse_embeddings(body: bytes, count: int, dimension: int | None) -> NDArray[np.float32]:
    """Return the L2-normalised embeddings (count, dimension) from the body of an answer.

    `dimension` None accepts any dimension. Raises Fault if the body contains anything else.
    """
    try:
        answer = json.loads(body)
        vectors = np.asarray(answer["embeddings"], np.float64)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Fault(Remedy.TRY_ONCE_MORE, message("core", "The server's answer is not one of the CLIP API.")) from None
    if vectors.ndim != 2 or len(vectors) != count or not vectors.shape[1]:
        amount = len(vectors) if vectors.ndim else 0
        words = message("core", "The server sent {found} embeddings instead of {wanted}.")
        raise Fault(Remedy.TRY_ONCE_MORE, words.of(found=amount, wanted=count))
    if dimension is not None and vectors.shape[1] != dimension:
        raise Fault(
            Remedy.TRY_ONCE_MORE,
            message(
                "core", "The server sent {found} numbers instead of {wanted}: it seems to use another model now."
            ).of(found=vectors.shape[1], wanted=dimension),
        )
    with np.errstate(over="ignore", invalid="ignore"):
        lengths = np.linalg.norm(vectors, axis=1)
    if not np.isfinite(vectors).all() or not np.isfinite(lengths).all() or not (lengths > 0).all():
        raise Fault(
            Remedy.TRY_ONCE_MORE, message("core", "The server sent an unusable embedding (NaN, infinite or all zeros).")
        )
    return np.asarray(vectors / lengths[:, None], np.float32)


def reported_side(body: bytes) -> int | None:
    """Return the model's input size in pixels if the answer reports it, as `clipdesk serve` does, else None."""
    try:
        preprocessing = json.loads(body)["resolved_model"]["preprocessing"]
        found = re.search(r"\bsize=(\d{2,4})x(\d{2,4})\b", preprocessing)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return int(found[1]) if found and found[1] == found[2] else None


def fault_of_answer(
    status: int, headers: httpx2.Headers, body: bytes, *, host: str, version: str, key: ApiKey, is_text: bool
) -> Fault:
    """Return the Fault for an answer whose status is not 200. See `_server_message` for what is quoted of it."""
    said, code = _server_message(status, body, key), str(status)
    retry_after_s = parse_retry_after(headers.get("Retry-After", ""))
    if 300 <= status < 400:
        target = _host_of(headers.get("Location", "")) or message("core", "another address")
        words = message(
            "core",
            "{host} redirects to {target}, which ClipDesk does not follow. Enter the server's final address.",
        )
        return Fault(Remedy.END_JOB, words.of(host=host, target=target))
    if status == 401:
        if key:
            words = message("core", "{host} does not accept the key. Enter another key for it.")
        else:
            words = message("core", "{host} needs an API key. Enter a key for it, or set ROBOFLOW_API_KEY.")
        return _access(words.of(host=host))
    if status == 402:
        words = message("core", "There are no credits left at {host}. Buy some there, or choose another place to run.")
        return _access(words.of(host=host))
    if status == 403:
        words = message("core", "This key has no access to CLIP at {host}. Enter a key of a workspace that has.")
        return _access(words.of(host=host))
    if status == 423:
        return _access(message("core", "The workspace of this key is paused at {host}. Resume it there.").of(host=host))
    if status in (404, 405):
        words = message("core", "There is no CLIP API at {host} ({status}). Check the address, including its path.")
        return Fault(Remedy.END_JOB, words.of(host=host, status=code))
    if status == 408 or status in (502, 503, 504) or 520 <= status <= 530:
        words = message("core", "{host} is not ready ({status}).").of(host=host, status=code)
        return Fault(Remedy.TRY_AGAIN, sentences(words, said), status=status, retry_after_s=retry_after_s)
    if status == 429:
        words = message("core", "{host} has had too many requests ({status}).").of(host=host, status=code)
        return Fault(Remedy.SLOW_DOWN, words, status=status, retry_after_s=retry_after_s)
    if status == 413:
        words = message("core", "This request is larger than {host} accepts ({status}).")
        return Fault(Remedy.GIVE_UP_ITEM, words.of(host=host, status=code))
    if status >= 500 or status < 200:
        words = message("core", "{host} failed with error {status}.").of(host=host, status=code)
        hint = message("core", "Perhaps it has no model “{model}”.").of(model=version)
        return Fault(Remedy.TRY_ONCE_MORE, sentences(words, said, "" if version in VERSIONS else hint))
    if 200 <= status < 300:
        words = message("core", "{host} answered without an embedding ({status}).")
        return Fault(Remedy.TRY_ONCE_MORE, words.of(host=host, status=code))
    if is_text:
        words = message("core", "{host} refused the text ({status}).")
    else:
        words = message("core", "{host} refused this picture ({status}).")
    return Fault(Remedy.GIVE_UP_ITEM, sentences(words.of(host=host, status=code), said))


def fault_of_error(error: Exception, *, host: str) -> Fault:
    """Return the Fault for a request that got no answer because `error` was raised."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Fault(
                Remedy.END_JOB,
                message(
                    "core",
                    "The certificate of {host} is not valid ({reason}), so it may not be the server you expect. "
                    "Nothing was sent. Check the address, this computer's clock and the certificate.",
                ).of(host=host, reason=cause.verify_message),
            )
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx2.ConnectTimeout | httpx2.ConnectError):
        words = message("core", "{host} cannot be reached. Is the server running, and is the network up?")
        return Fault(Remedy.TRY_AGAIN, words.of(host=host))
    if isinstance(error, TimeoutError | httpx2.TimeoutException):
        return Fault(Remedy.TRY_AGAIN, message("core", "{host} did not answer in time.").of(host=host))
    if isinstance(error, httpx2.UnsupportedProtocol | httpx2.InvalidURL | httpx2.LocalProtocolError):
        return Fault(Remedy.END_JOB, message("core", "“{host}” is not a valid server address.").of(host=host))
    if isinstance(error, httpx2.ProxyError):
        words = message("core", "The proxy did not forward the request to {host}.")
        return Fault(Remedy.TRY_AGAIN, words.of(host=host))
    if isinstance(error, httpx2.DecodingError):
        return Fault(Remedy.TRY_ONCE_MORE, message("core", "The answer from {host} is damaged.").of(host=host))
    return Fault(Remedy.TRY_AGAIN, message("core", "The connection to {host} was lost.").of(host=host))


def parse_retry_after(value: str, now: float | None = None) -> float | None:
    """Return the seconds to wait from a Retry-After header, which holds seconds or a date; None if it is neither.

    `now` is the current time in seconds since the epoch.
    """
    value = value.strip()
    if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", value):
        return float(value)
    try:
        moment = parsedate_to_datetime(value).timestamp()
    except (TypeError, ValueError, OverflowError, OSError):
        return None
    return max(0.0, moment - (time.time() if now is None else now))


def _access(words: str) -> Fault:
    return Fault(Remedy.END_JOB, words, is_access=True)


def _server_message(status: int, body: bytes, key: ApiKey) -> str:
    """Return the server's own error message as a sentence, or an empty text.

    Quotes nothing of a 422, because its body repeats the request, with the key and the image.
    """
    if status == 422 or not body:
        return ""
    text = body[:4000].decode("utf-8", "replace")
    try:
        answer: Any = json.loads(body)
        text = answer["message"] if isinstance(answer, dict) and isinstance(answer.get("message"), str) else ""
    except (ValueError, RecursionError):
        if "<" in text:  # a proxy's HTML page
            return ""
    text = key.redact(text)
    # Nothing this long is a word: it may be part of the image, or another key.
    text = re.sub(r"\S{40,}", "…", "".join(c if c.isprintable() else " " for c in text))
    text = " ".join(text.split())
    if not text:
        return ""
    return message("core", "It says: {text}").of(text=text[:199] + "…" if len(text) > 200 else text)


def _host_of(url: str) -> str:
    try:
        return httpx2.URL(url).host
    except httpx2.InvalidURL:
        return ""
