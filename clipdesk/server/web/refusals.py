"""Answers to requests that are refused, in the form that their clients expect."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import JSONResponse

from clipdesk.server.errors import RequestError

EMBEDDINGS = "/v1/embeddings"
MODELS = "/v1/models"
#: The paths of OpenAI's form of the API.
OPENAI_PATHS = frozenset({EMBEDDINGS, MODELS})


def refusal(error: RequestError, path: str) -> JSONResponse:
    """Return the answer to a request for this path."""
    body = _openai_body(error) if path in OPENAI_PATHS else error.body
    return JSONResponse(body, error.status, error.headers)


def _openai_body(error: RequestError) -> Mapping[str, Any]:
    kind = "invalid_request_error" if error.status < 500 else "server_error"
    return {"error": {"message": error.message, "type": kind, "param": None, "code": None}}
