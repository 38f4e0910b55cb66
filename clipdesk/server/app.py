"""The CLIP API as a FastAPI app."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.exceptions import HTTPException

from clipdesk import __version__
from clipdesk.core.encoder import EncoderIdentity
from clipdesk.server.auth import KeyCheck
from clipdesk.server.docs_page import docs_page
from clipdesk.server.errors import RequestError
from clipdesk.server.guard.limits import ENDPOINTS, Gate
from clipdesk.server.guard.parsing import CheckedRoute
from clipdesk.server.metrics import Metrics
from clipdesk.server.models import public_facts
from clipdesk.server.service import ClipService
from clipdesk.server.settings import DEFAULT_VERSION, ServerSettings
from clipdesk.server.web.answers import with_embeddings
from clipdesk.server.web.conventions import REQUEST_ID, add_conventions
from clipdesk.server.web.openai_api import add_openai_routes
from clipdesk.server.web.openapi import describe_keys, operation_id
from clipdesk.server.web.refusals import OPENAI_PATHS, refusal
from clipdesk.server.wire import (
    Answer,
    ClipRequest,
    CompareAnswer,
    CompareRequest,
    EmbeddingAnswer,
    EmbedImageRequest,
    EmbedTextRequest,
    ErrorAnswer,
)

_ERRORS: dict[int | str, dict[str, Any]] = {
    400: {"model": ErrorAnswer, "description": "The picture, the text or the version is not valid."},
    401: {"model": ErrorAnswer, "description": "The key is missing or wrong."},
    413: {"model": ErrorAnswer, "description": "The request is too large."},
    500: {"model": ErrorAnswer, "description": "More than eight pictures or prompts, or none; or the model failed."},
    503: {"model": ErrorAnswer, "description": "The server is busy or loading the model: retry after Retry-After."},
}

#: The answer to an invalid request lists this many problems. The others are usually the same.
_MAX_PROBLEMS = 5


def build_app(settings: ServerSettings) -> FastAPI:
    """Build the app. The default model starts to load when the app starts up.

    `app.state.service` is the app's ClipService.
    """
    metrics = Metrics()
    service = ClipService(settings, metrics)
    key_check = [Depends(KeyCheck(settings.key_digests))]
    server_id = str(uuid.uuid4())

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        service.shelf.preload()
        yield
        await asyncio.to_thread(service.close)

    # FastAPI's own documentation pages load scripts from the internet, which the server may not have.
    app = FastAPI(
        title="ClipDesk",
        version=__version__,
        description="The CLIP API on your own computer: embeddings and similarities of pictures and texts.",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=operation_id,
    )
    app.state.service = service
    app.router.route_class = CheckedRoute
    app.add_middleware(Gate, settings=settings, metrics=metrics)
    add_conventions(app, settings.cors_origins)
    _add_error_handlers(app)

    @app.post("/clip/embed_image", dependencies=key_check, responses=_ERRORS, response_model=EmbeddingAnswer)
    async def embed_image(request: EmbedImageRequest) -> Response:
        """Embed one to eight pictures. Returns one embedding for each."""
        started = time.perf_counter()
        vectors, identity = await service.embed_images(request.clip_version_id, request.image)
        return await with_embeddings(service.off_loop, Answer(**_common_fields(request, identity, started)), vectors)

    @app.post("/clip/embed_text", dependencies=key_check, responses=_ERRORS, response_model=EmbeddingAnswer)
    async def embed_text(request: EmbedTextRequest) -> Response:
        """Embed one or more texts. Returns one embedding for each."""
        started = time.perf_counter()
        vectors, identity = await service.embed_texts(request.clip_version_id, request.text)
        return await with_embeddings(service.off_loop, Answer(**_common_fields(request, identity, started)), vectors)

    @app.post("/clip/compare", dependencies=key_check, responses=_ERRORS)
    async def compare(request: CompareRequest) -> CompareAnswer:
        """Compare a subject with one to eight prompts. Returns the cosine similarity with each."""
        started = time.perf_counter()
        similarity, identity = await service.compare(request)
        return CompareAnswer(similarity=similarity, **_common_fields(request, identity, started))

    add_openai_routes(app, service, list(settings.models), key_check, _ERRORS)

    @app.get("/info")
    async def info() -> dict[str, str]:
        """Return the server's name and version, and a UUID that changes with every start."""
        return {"name": "ClipDesk", "version": __version__, "uuid": server_id}

    @app.get("/healthz")
    async def healthz() -> dict[str, str]:
        """Return 200 as long as the server runs."""
        return {"status": "healthy"}

    @app.get("/readiness", responses={503: {"description": "A model is still being loaded."}})
    async def readiness() -> JSONResponse:
        """Return 200 once the default model and the preloaded ones are in memory, before that 503."""
        if service.shelf.is_ready:
            return JSONResponse({"status": "ready"})
        return JSONResponse({"status": "not ready"}, 503, {"Retry-After": "1"})

    @app.get("/metrics", name="metrics", dependencies=key_check, response_class=Response)
    async def prometheus_metrics() -> Response:
        """Return metrics in Prometheus's text format."""
        return Response(metrics.text(), media_type=CONTENT_TYPE_LATEST)

    @app.get("/", include_in_schema=False)
    @app.get("/docs", include_in_schema=False)
    async def docs(request: Request) -> HTMLResponse:
        address = str(request.base_url).rstrip("/")
        needs_key = bool(settings.key_digests)
        return HTMLResponse(docs_page(app.openapi(), address, list(settings.models), needs_key=needs_key))

    describe_keys(app, OPENAI_PATHS | {*ENDPOINTS, "/metrics"}, needs_key=bool(settings.key_digests))
    return app


def _common_fields(request: ClipRequest, identity: EncoderIdentity, started: float) -> dict[str, Any]:
    """Return the fields that every answer has. `started` is the `time.perf_counter` at which the request arrived."""
    return {
        "inference_id": request.id or str(uuid.uuid4()),
        "time": time.perf_counter() - started,
        "resolved_model": public_facts(identity, request.clip_version_id or DEFAULT_VERSION),
    }


def _add_error_handlers(app: FastAPI) -> None:
    """Answer every exception with JSON that contains nothing of the request."""

    @app.exception_handler(RequestError)
    async def refused(request: Request, error: RequestError) -> JSONResponse:
        return refusal(error, request.scope["path"])

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        # FastAPI's own answer repeats the input, including the key and the picture.
        problems = error.errors()[:_MAX_PROBLEMS]
        if request.scope["path"] in OPENAI_PATHS:
            where = ".".join(str(part) for part in problems[0]["loc"][1:])
            return refusal(RequestError(422, f"{where}: {problems[0]['msg']}"), request.scope["path"])
        detail = [{name: problem[name] for name in ("type", "loc", "msg")} for problem in problems]
        return JSONResponse({"detail": detail}, 422)

    @app.exception_handler(HTTPException)
    async def not_found(request: Request, error: HTTPException) -> JSONResponse:
        answer = refusal(RequestError(error.status_code, error.detail), request.scope["path"])
        answer.headers.update(error.headers or {})
        return answer

    @app.exception_handler(Exception)
    async def failed(request: Request, error: Exception) -> JSONResponse:
        # Sent from outside of all middleware.
        return JSONResponse({"message": "Internal error."}, 500, {REQUEST_ID: request.scope.get("request_id", "")})
