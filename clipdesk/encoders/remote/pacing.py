"""Limit how many requests run at once on each server, and choose which request is next.

Everything here runs on one event loop, so nothing needs a lock.
"""

from __future__ import annotations

import asyncio
import random
import time
from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass, field

from clipdesk.encoders.remote.addresses import Address
from clipdesk.encoders.remote.api_keys import ApiKey

_FIRST_LIMIT = 2.0

#: With fewer requests than the first waiting in the server, the limit grows; with more than the second, it shrinks.
#: The number is estimated from the latency, as in TCP Vegas.
_MIN_QUEUED, _MAX_QUEUED = 1.5, 4.0


@dataclass(frozen=True)
class Patience:
    """Timeouts, delays between retries, and `tries`, the number of attempts at one request.

    `answer_s` applies to servers that have answered before, `warm_up_s` to the first answer, which may have to wait
    for a model to load. A server that asks for more than `longest_pause_s` ends the job. The person is told about
    pauses of at least `worth_telling_s`.
    """

    connect_s: float = 10.0
    answer_s: float = 60.0
    warm_up_s: float = 300.0
    first_delay_s: float = 0.5
    longest_delay_s: float = 30.0
    longest_pause_s: float = 180.0
    worth_telling_s: float = 2.0
    tries: int = 7

    def delay_s(self, failures: int) -> float:
        """Return the delay before the next attempt: exponential backoff, with jitter to spread retries out."""
        return min(self.longest_delay_s, self.first_delay_s * 2.0 ** min(failures - 1, 20)) * random.uniform(0.5, 1.0)


class Server:
    """One server, and how many requests may run on it at once: at most `limit`, which adapts, and never above `most`.

    As in TCP Vegas, the ratio of the latency to the best latency seen tells how many requests wait in the server's
    queue. The limit grows by one per round of answers while they are few, and is halved when the server reports an
    overload.
    """

    def __init__(self, address: Address, key: ApiKey, most: int) -> None:
        self.address = address
        self.key = key
        self.limit = min(_FIRST_LIMIT, float(most))
        self.in_flight = 0
        self.successes = 0
        self.failures = 0  # in a row
        self.paused_until = 0.0
        self.asked_for_pause = False
        self.reported_side: int | None = None  # its model's input size in pixels, if the server reports it
        self._most = float(most)
        self._best_s = float("inf")
        self._round: list[float] = []
        self._halved_at = 0.0

    @property
    def is_warm(self) -> bool:
        """Whether the server has answered before, which means that its model is loaded."""
        return self.successes > 0

    def is_free(self, now: float) -> bool:
        """Return whether another request may be sent now."""
        return now >= self.paused_until and self.in_flight < int(self.limit)

    def answered(self) -> None:
        """Record a successful answer."""
        self.successes += 1
        self.failures = 0

    def answered_image(self, latency_s: float) -> None:
        """Record a successful answer to an image, and adapt the limit to its latency after each round of answers."""
        self.answered()
        # Let the best latency grow slowly: a server that has become slower for good is not overloaded.
        self._best_s = min(self._best_s * 1.0001, latency_s)
        self._round.append(latency_s)
        if len(self._round) >= int(self.limit):
            latency_s = sum(self._round) / len(self._round)
            self._round.clear()
            queued = self.limit * (1 - self._best_s / latency_s) if latency_s > 0 else 0.0
            if queued < _MIN_QUEUED:
                self.limit = min(self.limit + 1, self._most)
            elif queued > _MAX_QUEUED:
                self.limit = max(self.limit - 1, 1.0)

    def overloaded(self, now: float, asked_at: float) -> None:
        """Halve the limit, unless the request, sent at `asked_at`, is older than the last halving."""
        if asked_at >= self._halved_at:
            self.limit = max(1.0, self.limit / 2)
            self._halved_at = now
            self._round.clear()

    def pause(self, now: float, seconds: float, *, is_asked: bool = True) -> None:
        """Send nothing for some seconds, because the server asked for it (`is_asked`) or does not answer."""
        if now + seconds > self.paused_until:
            self.paused_until, self.asked_for_pause = now + seconds, is_asked


class Turns:
    """Assigns requests to servers: the oldest request first, to the server with the lowest load."""

    def __init__(self, servers: Sequence[Server]) -> None:
        self.servers = servers
        self._waiting: list[_Waiting] = []
        self._timer: asyncio.TimerHandle | None = None

    async def take(self, serial: int, avoid: Server | None = None) -> Server:
        """Wait until a server is free for request `serial`, and return it; call `give_back` after the request.

        Requests with lower serials come first. `avoid`, on which this request failed before, is returned only if all
        other servers are paused.
        """
        waiting = _Waiting(serial, avoid, asyncio.get_running_loop().create_future())
        insort(self._waiting, waiting)
        self._hand_out()
        try:
            return await waiting.turn
        except asyncio.CancelledError:
            if waiting.turn.done() and not waiting.turn.cancelled():
                self.give_back(waiting.turn.result())
            raise

    def give_back(self, server: Server) -> None:
        """End a turn: the server is free for the next request."""
        server.in_flight -= 1
        self._hand_out()

    def waiting_s(self) -> float:
        """Return the seconds until the first pause of a server ends; 0 if any server is not paused."""
        return max(0.0, min(server.paused_until for server in self.servers) - time.monotonic())

    def _hand_out(self) -> None:
        now = time.monotonic()
        left: list[_Waiting] = []
        for waiting in self._waiting:
            if waiting.turn.done():  # cancelled meanwhile
                continue
            server = self._choose(now, waiting.avoid)
            if server is None:
                left.append(waiting)
            else:
                server.in_flight += 1
                waiting.turn.set_result(server)
        self._waiting = left
        if left:
            self._wake_after_pause(now)

    def _choose(self, now: float, avoid: Server | None) -> Server | None:
        others_work = any(server is not avoid and now >= server.paused_until for server in self.servers)
        free = [server for server in self.servers if server.is_free(now) and not (others_work and server is avoid)]
        return min(free, key=lambda one: one.in_flight / one.limit, default=None)

    def _wake_after_pause(self, now: float) -> None:
        """Hand out turns again when the first pause ends. A server that is only busy comes back by `give_back`."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if paused := [server.paused_until for server in self.servers if server.paused_until > now]:
            self._timer = asyncio.get_running_loop().call_later(min(paused) - now + 0.001, self._hand_out)


@dataclass(frozen=True, order=True)
class _Waiting:
    serial: int
    avoid: Server | None = field(compare=False)
    turn: asyncio.Future[Server] = field(compare=False)
