from __future__ import annotations

import contextvars
import threading

import pytest

from clipdesk.server.guard.clients import FairPool, FairQueue, Shares, address_group, current_client


def test_one_client_gets_half_and_leaves_something_for_each_newcomer() -> None:
    shares = Shares(12)

    got = {client: sum(shares.take(client) for _ in range(12)) for client in ("a", "b", "c")}

    assert got == {"a": 6, "b": 3, "c": 2}


def test_what_is_given_back_can_be_taken_again() -> None:
    shares = Shares(10)
    assert shares.take("a", 5)
    assert not shares.take("a", 1)
    assert not shares.take("b", 6)

    shares.give_back("a", 5)

    assert shares.take("b", 5)
    assert shares.take("a", 0)


def test_a_single_place_can_be_taken() -> None:
    shares = Shares(1)

    assert [shares.take("a"), shares.take("b")] == [True, False]


def test_a_fair_queue_serves_clients_in_turn_and_each_in_order() -> None:
    queue = FairQueue[str](lambda item: item[0])
    for item in ("a1", "a2", "a3", "b1", "c1", "b2"):
        queue.append(item)

    served = []
    while queue:
        served.append(queue[0])
        assert queue.popleft() == served[-1]

    assert served == ["a1", "b1", "c1", "a2", "b2", "a3"]
    with pytest.raises(IndexError):
        queue.popleft()


def test_a_pool_runs_the_task_of_the_client_with_the_fewest_running_tasks_first() -> None:
    started: list[str] = []
    held = threading.Event()

    def run(name: str) -> str:
        started.append(name)
        assert held.wait(60)
        return name

    def submit(client: str, name: str):
        def inner():
            current_client.set(client)
            return pool.submit(run, name)

        return contextvars.copy_context().run(inner)

    with FairPool(2, "test") as pool:  # three threads
        futures = [submit("a", f"a{number}") for number in range(6)]
        futures += [submit("b", "b0"), submit("c", "c0")]
        cancelled = submit("b", "b1")
        assert cancelled.cancel()
        held.set()
        results = [future.result(60) for future in futures]

    assert results == [f"a{number}" for number in range(6)] + ["b0", "c0"]
    assert set(started[:4]) == {"a0", "a1", "b0", "c0"}, "a uses two threads, so b gets the third at once"
    assert "b1" not in started


def test_a_pool_hands_errors_on() -> None:
    with FairPool(1, "test") as pool, pytest.raises(ZeroDivisionError):
        pool.submit(lambda: 1 // 0).result(60)


@pytest.mark.parametrize(
    ("address", "group"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
    ],
)
def test_the_addresses_of_one_network_are_one_client(address: str, group: str) -> None:
    assert address_group(address) == group
