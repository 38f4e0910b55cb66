"""How many requests a server gets at once, and which request is next. Used from one event loop, without locks."""

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

#: Requests that may queue up in the server, by the latency seen, before no more are added (as in TCP Vegas).
_QUEUE_WANTED, _QUEUE_MOST = 1.5, 4.0


@dataclass(frozen=True)
class Patience:
    """How long is waited for what. All in seconds, but for `tries`: attempts at one request.

    The person is told of waits from `worth_telling_s` on.
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
        """Before the next attempt: exponential in the failures, jittered so that clients do not march in step."""
        return min(self.longest_delay_s, self.first_delay_s * 2.0 ** min(failures - 1, 20)) * random.uniform(0.5, 1.0)


class Server:
    """One server and how fast it is asked: the limit grows while answers come as fast as before, halves at a no.

    Vegas' rule: latency over the best latency tells how many of our requests wait in the server. While that is few,
    one more is allowed with every round of answers.
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
        self.told_side: int | None = None  # the pixels that its model wants, if it said so
        self._most = float(most)
        self._best_s = float("inf")
        self._round: list[float] = []
        self._halved_at = 0.0

    @property
    def is_warm(self) -> bool:
        """It has answered once, so its model is loaded."""
        return self.successes > 0

    def is_free(self, now: float) -> bool:
        return now >= self.paused_until and self.in_flight < int(self.limit)

    def answered(self) -> None:
        self.successes += 1
        self.failures = 0

    def answered_image(self, latency_s: float) -> None:
        self.answered()
        # It ages, so that a server that has become slower for good is not taken for a full one.
        self._best_s = min(self._best_s * 1.0001, latency_s)
        self._round.append(latency_s)
        if len(self._round) >= int(self.limit):
            latency_s = sum(self._round) / len(self._round)
            self._round.clear()
            queued = self.limit * (1 - self._best_s / latency_s) if latency_s > 0 else 0.0
            if queued < _QUEUE_WANTED:
                self.limit = min(self.limit + 1, self._most)
            elif queued > _QUEUE_MOST:
                self.limit = max(self.limit - 1, 1.0)

    def overloaded(self, now: float, asked_at: float) -> None:
        """It said that this is too much. Answers to requests from before the last halving tell nothing new."""
        if asked_at >= self._halved_at:
            self.limit = max(1.0, self.limit / 2)
            self._halved_at = now
            self._round.clear()

    def pause(self, now: float, seconds: float, *, is_asked: bool = True) -> None:
        """Leave it alone for a while: it asked for that, or it is not there."""
        if now + seconds > self.paused_until:
            self.paused_until, self.asked_for_pause = now + seconds, is_asked


class Turns:
    """Gives requests their turn, the oldest first, at the server that has most room."""

    def __init__(self, servers: Sequence[Server]) -> None:
        self.servers = servers
        self._waiting: list[_Waiting] = []
        self._timer: asyncio.TimerHandle | None = None

    async def take(self, serial: int, avoid: Server | None = None) -> Server:
        """A server for request `serial`, and not `avoid` while another one works. To be given back."""
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
        server.in_flight -= 1
        self._hand_out()

    def waiting_s(self) -> float:
        """Seconds until any server may be asked again; 0 while one may."""
        return max(0.0, min(server.paused_until for server in self.servers) - time.monotonic())

    def _hand_out(self) -> None:
        now = time.monotonic()
        left: list[_Waiting] = []
        for waiting in self._waiting:
            if waiting.turn.done():  # it was cancelled meanwhile
                continue
            server = self._choose(now, waiting.avoid)
            if server is None:
                left.append(waiting)
            else:
                server.in_flight += 1
                waiting.turn.set_result(server)
        self._waiting = left
        if left:
            self._look_again(now)

    def _choose(self, now: float, avoid: Server | None) -> Server | None:
        others_work = any(server is not avoid and now >= server.paused_until for server in self.servers)
        free = [server for server in self.servers if server.is_free(now) and not (others_work and server is avoid)]
        return min(free, key=lambda one: one.in_flight / one.limit, default=None)

    def _look_again(self, now: float) -> None:
        """When the first pause ends; a server that is only busy comes back through `give_back`."""
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
