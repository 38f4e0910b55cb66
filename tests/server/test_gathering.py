from __future__ import annotations

import itertools

import pytest

from clipdesk.server.gathering import Gathering


def rounds(gathering: Gathering, clients: int, turnaround_s: float, *, batch_s: float = 0.1, count: int = 10) -> float:
    """Let clients ask again after each batch; return the time at which the last batch was answered."""
    now = 0.0
    for _ in range(count):
        now += batch_s
        gathering.answered(clients, batch_s, now)
        for number in range(clients):
            gathering.arrived(now + turnaround_s * (number + 1) / clients)
        now += turnaround_s
    gathering.answered(clients, batch_s, now + batch_s)
    return now + batch_s


def test_a_batch_waits_about_as_long_as_answered_clients_usually_take() -> None:
    gathering = Gathering()
    answered_at = rounds(gathering, 4, turnaround_s=0.01)

    gathering.arrived(answered_at + 0.002)

    assert gathering.wait_until() - answered_at == pytest.approx(0.02)
    for _ in range(3):
        gathering.arrived(answered_at + 0.008)
    assert gathering.wait_until() == 0  # all of them are there


def test_a_single_client_never_waits() -> None:
    gathering = Gathering()
    answered_at = rounds(gathering, 1, turnaround_s=0.01)

    gathering.arrived(answered_at + 0.005)

    assert gathering.wait_until() == 0


def test_nobody_waits_for_clients_that_are_slower_than_what_waiting_saves() -> None:
    gathering = Gathering()
    answered_at = rounds(gathering, 4, turnaround_s=0.06)

    gathering.arrived(answered_at + 0.01)

    assert gathering.wait_until() == 0


def test_clients_that_have_gone_are_not_waited_for_twice_in_a_row_and_new_ones_are_learned() -> None:
    gathering = Gathering()
    now = rounds(gathering, 4, turnaround_s=0.01)
    gathering.arrived(now)  # the other three are gone
    waits = []
    for _ in range(4):
        now += 0.3
        gathering.answered(2, 0.1, now)
        gathering.arrived(now + 0.001)
        waits.append(max(0.0, gathering.wait_until() - now))

    assert waits[0] == pytest.approx(0.04)
    assert waits[1:] == [0, 0, 0]
    rounds(gathering, 4, turnaround_s=0.01)
    assert gathering.wait_until() > 0


def test_one_late_client_does_not_end_the_waiting() -> None:
    gathering = Gathering()
    now = rounds(gathering, 4, turnaround_s=0.01)
    gathering.arrived(now + 0.01)  # the other three are late

    gathering.answered(4, 0.1, now + 0.3)

    assert gathering.wait_until() > now + 0.3


def test_the_average_follows_the_clients() -> None:
    gathering = Gathering()
    found = []
    for turnaround_s in itertools.chain([0.01] * 10, [0.03] * 10):
        gathering.answered(2, 0.1, 5.0)
        gathering.arrived(5.0)
        gathering.arrived(5.0 + turnaround_s)
        found.append(gathering.turnaround_s)

    assert found[9] == pytest.approx(0.01)
    assert found[19] == pytest.approx(0.03, rel=0.05)
