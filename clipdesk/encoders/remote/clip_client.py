"""Send requests to servers of the CLIP API: many in parallel, from one event loop thread, with retries."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import count
from typing import Any, NoReturn

from clipdesk.core.encoder import Activity
from clipdesk.core.errors import AccessError, ImageRefusedError, ServerError
from clipdesk.core.messages import message, sentences
from clipdesk.encoders.remote.clip_api import Fault, Remedy, image_body, text_body
from clipdesk.encoders.remote.pacing import Patience, Server, Turns
from clipdesk.encoders.remote.transport import EmbedRequest, Transport, Vectors

Notice = Callable[[str], None]

#: After this many failed images in a row the server is at fault, not the images: the job ends.
_MAX_FAILED_IMAGES = 12

#: After this many rate-limit answers to one request, with no other request answered meanwhile, the job ends.
_MAX_RATE_LIMITS = 10

#: The text that tests whether a server answers, and whether two servers have the same model.
_PROBE = "a photo"
_LATER = message("core", "What is finished stays; continue when it is back.")


class ClipClient:
    """Embeds images and texts through one or more servers that have the same model.

    Requests run in an event loop on a thread of its own: unlike a blocking call, a task can be cancelled at any point.
    All methods may be called from any thread. The futures raise ImageRefusedError if only this image failed, and
    ServerError if every other request would fail too. Cancelling a future cancels its request.
    """

    def __init__(
        self, servers: Sequence[Server], version: str, *, patience: Patience | None = None, notice: Notice | None = None
    ) -> None:
        self.servers = servers
        self.version = version
        self.dimension: int | None = None
        self._patience = patience or Patience()
        self._notice = notice or (lambda _: None)
        self._turns = Turns(servers)
        self._serials = count()
        self._transport = Transport(version, self._patience)
        self._failed_images = 0  # in a row
        self._end: _End | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="clip-api", daemon=True)
        self._thread.start()

    def embed_image(self, image: bytes, cancel: threading.Event | None = None) -> Future[Vectors]:
        """Embed an encoded image file; the future gives its embedding (dimension,).

        `cancel` stands for the job that the image belongs to. Nothing is sent for it, and nothing retried, once
        `cancel` is set or an error has ended the job.
        """
        return self._start(self._embed_image(image, cancel))

    def embed_texts(self, texts: Sequence[str]) -> Future[Vectors]:
        """Embed n texts in one request; the future gives their embeddings (n, dimension)."""
        return self._start(self._embed_texts(texts))

    def probe(self, server: Server) -> Future[Vectors]:
        """Embed a fixed text on this server, waiting until its model is loaded; the future gives (1, dimension)."""
        return self._start(self._warm_up(server))

    def get(self, server: Server, path: str) -> Future[Any]:
        """GET a path of the API that needs no key; the future gives its JSON, or None if there is none."""
        return self._start(self._get(server, path))

    @property
    def activity(self) -> Activity:
        return Activity(
            sum(server.in_flight for server in self.servers),
            self._turns.waiting_s(),
            self._transport.sent_bytes,
            any(server.asked_for_pause for server in self.servers),
        )

    def close(self) -> None:
        """Cancel all requests and end the thread. Later requests raise ServerError."""
        if self._thread.is_alive():
            asyncio.run_coroutine_threadsafe(self._cancel_all(), self._loop).result()
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()

    def _start(self, work: Coroutine[Any, Any, Any]) -> Future[Any]:
        if not self._thread.is_alive():
            work.close()
            raise ServerError(message("core", "The connection to the server is closed."))
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    async def _cancel_all(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._transport.close()

    # --- One request, until it is answered or given up

    async def _embed_image(self, image: bytes, cancel: threading.Event | None) -> Vectors:
        request = EmbedRequest(
            "clip/embed_image",
            lambda server: image_body(image, self.version, server.key),
            1,
            self.dimension,
            cancel=cancel,
        )
        vectors: Vectors = (await self._ask(request))[0]
        self._failed_images = 0
        return vectors

    async def _embed_texts(self, texts: Sequence[str]) -> Vectors:
        return await self._ask(self._text_request(texts))

    def _text_request(self, texts: Sequence[str]) -> EmbedRequest:
        return EmbedRequest(
            "clip/embed_text",
            lambda server: text_body(texts, self.version, server.key),
            len(texts),
            self.dimension,
            is_text=True,
        )

    async def _ask(self, request: EmbedRequest) -> Vectors:
        """Send a request, and send it again where that helps, until it is answered. Raises what the futures raise."""
        serial = next(self._serials)
        tries = _Tries()
        last: Server | None = None
        while True:
            server = last = await self._turns.take(serial, last)
            asked_at = time.monotonic()
            try:
                if request.cancel is not None and request.cancel.is_set():
                    # The future will be cancelled, but perhaps later than the one whose turn this request has just got.
                    raise asyncio.CancelledError
                self._stop_if_ended(serial, request)
                vectors = await self._transport.embed(server, request)
            except Fault as fault:
                now = time.monotonic()
                delay_s = self._handle_fault(server, request, fault, tries, asked_at, now)
                found = fault
            else:
                if request.is_text:
                    server.answered()
                else:
                    server.answered_image(time.monotonic() - asked_at)
                return vectors
            finally:
                self._turns.give_back(server)
            if delay_s is None:
                await self._give_up(request, found, tries)
            await asyncio.sleep(delay_s or 0.0)

    def _handle_fault(
        self, server: Server, request: EmbedRequest, fault: Fault, tries: _Tries, asked_at: float, now: float
    ) -> float | None:
        """Adjust the pace of the server, and return the seconds until this request may queue again; None: give up."""
        patience, wanted_s = self._patience, fault.retry_after_s or 0.0
        if tries.successes_before is None:
            tries.successes_before = self._successes()
        if fault.status in (429, 503):
            server.overloaded(now, asked_at)
        if wanted_s > patience.longest_pause_s:
            self._end_job(
                request,
                ServerError(
                    message(
                        "core",
                        "{host} asks for a pause of {time}. What is finished stays; continue then, or choose another "
                        "place to run.",
                    ).of(host=server.address.host, time=_duration(wanted_s))
                ),
            )
        if fault.remedy is Remedy.SLOW_DOWN:
            tries.rate_limits += 1
            server.failures += 1
            self._pause(server, now, wanted_s or patience.delay_s(tries.rate_limits))
            return 0.0 if tries.rate_limits < _MAX_RATE_LIMITS or self._answered_since(tries) else None
        if fault.remedy is Remedy.TRY_AGAIN:
            tries.failures += 1
            server.failures += 1
            delay_s = max(wanted_s, patience.delay_s(tries.failures))
            if wanted_s or server.failures > 2:
                # The server has a problem, not this request, so pause all requests to it. The delay counts the
                # failures of this request: counting all that failed together would soon amount to minutes.
                self._pause(server, now, delay_s, is_asked=fault.status > 0)
            return delay_s if tries.failures < patience.tries else None
        if fault.remedy is Remedy.TRY_ONCE_MORE:
            tries.server_errors += 1
            return patience.delay_s(1) if tries.server_errors < 2 else None
        return None

    async def _give_up(self, request: EmbedRequest, fault: Fault, tries: _Tries) -> NoReturn:
        """Raise ImageRefusedError if the servers still answer other requests, else ServerError."""
        if fault.remedy in (Remedy.END_JOB, Remedy.SLOW_DOWN):
            self._end_job(request, _error(fault))
        if request.is_text:
            raise _error(fault)
        if fault.remedy is not Remedy.GIVE_UP_ITEM:
            self._failed_images += 1
            if self._failed_images >= _MAX_FAILED_IMAGES:
                self._failed_images = 0
                words = message("core", "This happened with {number} pictures in a row.").of(number=_MAX_FAILED_IMAGES)
                self._end_job(request, ServerError(sentences(str(fault), words, _LATER)))
            if not self._answered_since(tries):
                await self._require_answer(request)
        raise ImageRefusedError(str(fault))

    def _answered_since(self, tries: _Tries) -> bool:
        """Return whether any server has answered another request since this one first failed."""
        return tries.successes_before is not None and self._successes() > tries.successes_before

    def _successes(self) -> int:
        return sum(server.successes for server in self.servers)

    async def _require_answer(self, request: EmbedRequest) -> None:
        """Return if any server can still embed a text; raise ServerError otherwise."""
        for server in self.servers:
            try:
                await self._transport.embed(server, self._text_request([_PROBE]))
            except Fault as fault:
                found = fault
            else:
                server.answered()
                return
        self._end_job(request, _error(found))

    def _end_job(self, request: EmbedRequest, error: ServerError) -> NoReturn:
        """Raise `error`, here and in every request that must not be sent any more (see `_End`)."""
        self._end = _End(next(self._serials), request.cancel, error)
        raise error

    def _stop_if_ended(self, serial: int, request: EmbedRequest) -> None:
        end = self._end
        if end is None:
            return
        # A picture that was still being decoded when its job ended is handed over later.
        is_same_job = request.cancel is not None and request.cancel is end.job
        if serial < end.serial or is_same_job:
            raise type(end.error)(str(end.error))

    def _pause(self, server: Server, now: float, seconds: float, *, is_asked: bool = True) -> None:
        server.pause(now, seconds, is_asked=is_asked)
        if seconds >= self._patience.worth_telling_s:
            host, time_text = server.address.host, _duration(seconds)
            if is_asked:
                words = message("core", "{host} asks to wait: going on in {time}.")
            else:
                words = message("core", "{host} does not answer: trying again in {time}.")
            self._notice(words.of(host=host, time=time_text))

    async def _get(self, server: Server, path: str) -> Any:
        try:
            return await self._transport.get(server, path)
        except Fault as fault:
            raise _error(fault, "") from None

    # --- The first request

    async def _warm_up(self, server: Server) -> Vectors:
        """Embed the probe, waiting for a server that is loading its model: it answers late, or with “not ready”."""
        until = time.monotonic() + self._patience.warm_up_s
        failures = 0
        host = server.address.host
        said = asyncio.get_running_loop().call_later(
            self._patience.worth_telling_s,
            self._notice,
            message("core", "{host} is warming up: it is loading the model, which can take minutes.").of(host=host),
        )
        try:
            while True:
                try:
                    vectors = await self._transport.embed(server, self._text_request([_PROBE]))
                except Fault as fault:
                    failures += 1
                    delay_s = max(fault.retry_after_s or 0.0, self._patience.delay_s(failures))
                    # A server that answers with a status is loading. One that does not answer gets one retry.
                    is_loading = fault.status and fault.remedy in (Remedy.TRY_AGAIN, Remedy.SLOW_DOWN)
                    is_final = fault.remedy in (Remedy.END_JOB, Remedy.GIVE_UP_ITEM) or not (is_loading or failures < 2)
                    if is_final or time.monotonic() + delay_s > until:
                        raise _error(fault, "") from None
                    await asyncio.sleep(delay_s)
                else:
                    server.answered()
                    return vectors
        finally:
            said.cancel()


@dataclass(frozen=True)
class _End:
    """Why a job ended. Requests older than `serial` fail with `error`, and later ones whose `cancel` is `job`."""

    serial: int
    job: threading.Event | None
    error: ServerError


@dataclass
class _Tries:
    """The failed attempts at one request. `successes_before` counts the servers' answers when it first failed."""

    successes_before: int | None = None
    failures: int = 0
    server_errors: int = 0
    rate_limits: int = 0


def _error(fault: Fault, later: str = _LATER) -> ServerError:
    """Return the error that ends a job, with `later` appended if the server may work again later."""
    kind = AccessError if fault.is_access else ServerError
    may_pass = fault.remedy in (Remedy.TRY_AGAIN, Remedy.SLOW_DOWN, Remedy.TRY_ONCE_MORE)
    return kind(sentences(str(fault), later if may_pass else ""))


def _duration(seconds: float) -> str:
    if seconds < 90:
        return message("core", "{number} s").of(number=max(1, round(seconds)))
    if seconds < 5400:
        return message("core", "{number} min").of(number=round(seconds / 60))
    return message("core", "{number} h").of(number=round(seconds / 3600))
