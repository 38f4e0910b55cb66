from __future__ import annotations

import asyncio
import time

import pytest

from clipdesk.encoders.remote.addresses import Address
from clipdesk.encoders.remote.api_keys import NO_KEY
from clipdesk.encoders.remote.pacing import Patience, Server, Turns


def make(most: int = 16, host: str = "host") -> Server:
    return Server(Address(f"https://{host}", host, False), NO_KEY, most)


def answer(server: Server, latency_of: dict[int, float] | float, rounds: int) -> None:
    """Record rounds of answers, with a fixed latency or one for each number of concurrent requests."""
    for _ in range(rounds):
        at_once = int(server.limit)
        for _ in range(at_once):
            server.answered_image(latency_of if isinstance(latency_of, float) else latency_of[at_once])


def test_the_limit_starts_at_two_and_grows_while_the_latency_stays_the_same() -> None:
    server = make()
    assert server.limit == 2

    answer(server, 0.1, 6)

    assert server.limit == 8


def test_the_limit_never_exceeds_its_maximum() -> None:
    server = make(most=5)

    answer(server, 0.1, 50)

    assert server.limit == 5
    assert make(most=1).limit == 1


def test_a_sequential_server_does_not_get_a_long_queue() -> None:
    server = make()
    server.answered_image(0.1)

    answer(server, {n: 0.1 * n for n in range(1, 17)}, 50)

    assert 2 <= server.limit <= 4


def test_a_server_that_takes_four_at_once_gets_about_four() -> None:
    server = make()

    answer(server, {n: 0.1 * max(1.0, n / 4) for n in range(1, 17)}, 100)

    assert 4 <= server.limit <= 8


def test_an_overload_halves_the_limit_once_for_all_requests_in_flight() -> None:
    server = make()
    answer(server, 0.1, 6)

    server.overloaded(now=10.0, asked_at=9.9)
    server.overloaded(now=10.1, asked_at=9.95)
    assert server.limit == 4
    server.overloaded(now=10.5, asked_at=10.2)
    assert server.limit == 2
    for now in (11.0, 12.0, 13.0):
        server.overloaded(now, asked_at=now)
    assert server.limit == 1


def test_delays_double_with_jitter_up_to_a_limit() -> None:
    patience = Patience(first_delay_s=1, longest_delay_s=20)

    for failures, longest in ((1, 1), (2, 2), (3, 4), (5, 16), (6, 20), (5000, 20)):
        delays = [patience.delay_s(failures) for _ in range(50)]
        assert longest / 2 <= min(delays) < max(delays) <= longest
        assert len(set(delays)) > 10


def test_the_oldest_request_is_next() -> None:
    async def run() -> list[int]:
        turns = Turns([make(most=1)])
        served: list[int] = []

        async def one(serial: int) -> None:
            server = await turns.take(serial)
            served.append(serial)
            await asyncio.sleep(0)
            turns.give_back(server)

        await asyncio.gather(*(one(serial) for serial in (5, 4, 3, 1, 2)))
        return served

    assert asyncio.run(run()) == [5, 1, 2, 3, 4]


def test_a_cancelled_request_leaves_its_turn_to_others() -> None:
    async def run() -> None:
        turns = Turns([make(most=1)])
        server = await turns.take(0)
        given_up = asyncio.create_task(turns.take(1))
        served = asyncio.create_task(turns.take(2))
        await asyncio.sleep(0)
        given_up.cancel()
        turns.give_back(server)
        assert await asyncio.wait_for(served, 5) is server
        assert server.in_flight == 1

    asyncio.run(run())


def test_a_paused_server_is_asked_again_when_the_pause_ends() -> None:
    async def run() -> float:
        server = make()
        turns = Turns([server])
        started = time.monotonic()
        server.pause(started, 0.1)
        assert 0 < turns.waiting_s() <= 0.1
        await asyncio.wait_for(turns.take(0), 5)
        assert turns.waiting_s() == 0
        return time.monotonic() - started

    assert asyncio.run(run()) >= 0.1


@pytest.mark.parametrize("paused", [False, True])
def test_after_a_failure_another_server_is_preferred_unless_it_is_paused(paused: bool) -> None:
    async def run() -> None:
        first, second = make(host="first"), make(host="second")
        turns = Turns([first, second])
        if paused:
            second.pause(time.monotonic(), 60)
        assert await turns.take(0, avoid=first) is (first if paused else second)

    asyncio.run(run())
