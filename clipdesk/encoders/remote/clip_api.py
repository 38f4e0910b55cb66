"""Roboflow's CLIP API on the wire: what is sent, what comes back, and what each kind of failure means."""

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

from clipdesk.encoders.remote.api_keys import ApiKey
from clipdesk.encoders.remote.servers import VERSIONS

#: An answer of 100 texts of 1024 numbers in full decimals has 2.3 MB.
LARGEST_ANSWER = 32_000_000


class Remedy(Enum):
    """What is to be done about a failed request."""

    GIVE_UP_ITEM = "the request itself is refused: no other attempt, its row says why"
    TRY_ONCE_MORE = "the server stumbled over it: one more attempt, then as above"
    TRY_AGAIN = "the server is away, or not ready: more attempts, later and later, then as above"
    SLOW_DOWN = "too many requests: the server is left alone for a while"
    END_JOB = "no other request would do better"


class Fault(Exception):  # noqa: N818 - it becomes an error only when nothing helps
    """A request that failed. The text is for the person, and holds neither the key nor what was sent."""

    def __init__(
        self,
        remedy: Remedy,
        message: str,
        *,
        status: int = 0,
        retry_after_s: float | None = None,
        is_access: bool = False,
    ) -> None:
        super().__init__(message)
        self.remedy = remedy
        self.status = status
        self.retry_after_s = retry_after_s
        self.is_access = is_access


# --- What is sent -----------------------------------------------------------------------------------------------------


def image_body(image: bytes, version: str, key: ApiKey) -> bytes:
    """The body of an embed_image request: one picture. Lists of pictures give wrong answers on the usual engine."""
    # Put together by hand: json would look at each of 100,000 characters.
    head = json.dumps(_common(version, key))[:-1]
    return b'%s, "image": {"type": "base64", "value": "%s"}}' % (head.encode(), base64.b64encode(image))


def text_body(texts: Sequence[str], version: str, key: ApiKey) -> bytes:
    return json.dumps({**_common(version, key), "text": list(texts)}).encode()


def _common(version: str, key: ApiKey) -> dict[str, str]:
    common = {"clip_version_id": version}
    if key:
        # In the body: it works with every version of the server, and no proxy writes it into its log.
        common["api_key"] = key.reveal()
    return common


# --- What comes back --------------------------------------------------------------------------------------------------


def parse_embeddings(body: bytes, count: int, dimension: int | None) -> NDArray[np.float32]:
    """The L2-normalised embeddings (count, dimension) of an answer. Raises Fault when it is anything else."""
    try:
        answer = json.loads(body)
        vectors = np.asarray(answer["embeddings"], np.float64)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Fault(Remedy.TRY_ONCE_MORE, "The server's answer is not what the CLIP API answers.") from None
    if vectors.ndim != 2 or len(vectors) != count or not vectors.shape[1]:
        amount = len(vectors) if vectors.ndim else 0
        raise Fault(Remedy.TRY_ONCE_MORE, f"The server sent {amount} embeddings instead of {count}.")
    if dimension is not None and vectors.shape[1] != dimension:
        raise Fault(
            Remedy.TRY_ONCE_MORE,
            f"The server sent {vectors.shape[1]} numbers instead of {dimension}: it seems to use another model now.",
        )
    with np.errstate(over="ignore", invalid="ignore"):
        lengths = np.linalg.norm(vectors, axis=1)
    if not np.isfinite(vectors).all() or not np.isfinite(lengths).all() or not (lengths > 0).all():
        raise Fault(Remedy.TRY_ONCE_MORE, "The server sent numbers that cannot be compared (NaN or nothing but 0).")
    return np.asarray(vectors / lengths[:, None], np.float32)


def told_side(body: bytes) -> int | None:
    """The side in pixels that the answering model wants, where the server tells it, as ClipDesk's own does."""
    try:
        preprocessing = json.loads(body)["resolved_model"]["preprocessing"]
        found = re.search(r"\bsize=(\d{2,4})x(\d{2,4})\b", preprocessing)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return int(found[1]) if found and found[1] == found[2] else None


def fault_of_answer(
    status: int, headers: httpx2.Headers, body: bytes, *, host: str, version: str, key: ApiKey, is_text: bool
) -> Fault:
    """What an answer other than 200 means."""
    said = _words(status, body, key)
    retry_after_s = parse_retry_after(headers.get("Retry-After", ""))
    if 300 <= status < 400:
        target = _host_of(headers.get("Location", ""))
        return Fault(
            Remedy.END_JOB,
            f"{host} sends requests on to {target or 'another address'}, which ClipDesk does not follow. "
            "Enter the address where the server really is.",
        )
    if status == 401:
        remedy = "Enter another key for it." if key else "Enter a key for it, or set ROBOFLOW_API_KEY."
        return _access(f"{host} does not accept the key. {remedy}" if key else f"{host} wants an API key. {remedy}")
    if status == 402:
        return _access(f"There are no credits left at {host}. Buy some there, or choose another place to run.")
    if status == 403:
        return _access(f"The key may not be used for CLIP at {host}. Enter a key of the workspace that may.")
    if status == 423:
        return _access(f"The workspace of this key is paused at {host}. Resume it there.")
    if status in (404, 405):
        return Fault(
            Remedy.END_JOB, f"There is no CLIP API at {host} ({status}). Check the address, its path included."
        )
    if status == 408 or status in (502, 503, 504) or 520 <= status <= 530:
        return Fault(
            Remedy.TRY_AGAIN, f"{host} is not ready ({status}).{said}", status=status, retry_after_s=retry_after_s
        )
    if status == 429:
        return Fault(
            Remedy.SLOW_DOWN, f"{host} gets too many requests ({status}).", status=status, retry_after_s=retry_after_s
        )
    if status == 413:
        return Fault(Remedy.GIVE_UP_ITEM, f"This is more than {host} takes in one request ({status}).")
    if status >= 500 or status < 200:
        known = "" if version in VERSIONS else f" Perhaps it has no model “{version}”."
        return Fault(Remedy.TRY_ONCE_MORE, f"{host} failed with error {status}.{said}{known}")
    if 200 <= status < 300:
        return Fault(Remedy.TRY_ONCE_MORE, f"{host} answered without an embedding ({status}).")
    what = "the text" if is_text else "this picture"
    return Fault(Remedy.GIVE_UP_ITEM, f"{host} refused {what} ({status}).{said}")


def fault_of_error(error: Exception, *, host: str) -> Fault:
    """What it means that there was no answer."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Fault(
                Remedy.END_JOB,
                f"The certificate of {host} is not valid ({cause.verify_message}), so it may be somebody else. "
                "Nothing was sent. Check the address, this computer's clock and the certificate.",
            )
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx2.ConnectTimeout | httpx2.ConnectError):
        return Fault(Remedy.TRY_AGAIN, f"{host} cannot be reached. Is the server running, and the network there?")
    if isinstance(error, TimeoutError | httpx2.TimeoutException):
        return Fault(Remedy.TRY_AGAIN, f"{host} did not answer in time.")
    if isinstance(error, httpx2.UnsupportedProtocol | httpx2.InvalidURL | httpx2.LocalProtocolError):
        return Fault(Remedy.END_JOB, f"{host} cannot be asked: this is not the address of a server.")
    if isinstance(error, httpx2.ProxyError):
        return Fault(Remedy.TRY_AGAIN, f"The proxy on the way to {host} does not let the request through.")
    if isinstance(error, httpx2.DecodingError):
        return Fault(Remedy.TRY_ONCE_MORE, f"The answer of {host} is damaged.")
    return Fault(Remedy.TRY_AGAIN, f"The connection to {host} broke.")


def parse_retry_after(value: str, now: float | None = None) -> float | None:
    """Seconds to wait by a Retry-After header, which holds seconds or a date; None when it says nothing of use."""
    value = value.strip()
    if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", value):
        return float(value)
    try:
        moment = parsedate_to_datetime(value).timestamp()
    except (TypeError, ValueError, OverflowError, OSError):
        return None
    return max(0.0, moment - (time.time() if now is None else now))


def _access(message: str) -> Fault:
    return Fault(Remedy.END_JOB, message, is_access=True)


def _words(status: int, body: bytes, key: ApiKey) -> str:
    """What the server says about its error, as a sentence to append; of a 422 nothing: it repeats key and picture."""
    if status == 422 or not body:
        return ""
    text = body[:4000].decode("utf-8", "replace")
    try:
        answer: Any = json.loads(body)
        text = answer["message"] if isinstance(answer, dict) and isinstance(answer.get("message"), str) else ""
    except (ValueError, RecursionError):
        if "<" in text:  # a proxy's page
            return ""
    text = key.hidden_in(text)
    # What is this long is no word: a piece of the picture, or some other key.
    text = re.sub(r"\S{40,}", "…", "".join(c if c.isprintable() else " " for c in text))
    text = " ".join(text.split())
    return f" It says: {text[:199] + '…' if len(text) > 200 else text}" if text else ""


def _host_of(url: str) -> str:
    try:
        return httpx2.URL(url).host
    except httpx2.InvalidURL:
        return ""
