from __future__ import annotations

import pytest

from clipdesk.core.line.progress import JobProgress, Progress


@pytest.fixture
def now() -> list[float]:
    """The time, which the test sets."""
    return [100.0]


@pytest.fixture
def progress(now: list[float]) -> JobProgress:
    return JobProgress(clock=lambda: now[0])


def test_speed_and_time_left_are_those_of_the_encoder(now: list[float], progress: JobProgress) -> None:
    progress.begin(100)
    assert progress.current() == Progress(0, 100, None, None)

    now[0] += 1
    progress.add_recalled(40)  # at once: not the encoder's speed
    assert progress.current() == Progress(40, 100, None, None)
    now[0] += 2
    progress.add_embedded(20)

    assert progress.current() == Progress(60, 100, 10.0, 4.0)


def test_a_speed_is_told_once_enough_was_embedded(now: list[float], progress: JobProgress) -> None:
    progress.begin(100)
    progress.add_recalled(50)
    now[0] += 1
    progress.add_embedded(19)
    assert progress.measured_speed() is None

    now[0] += 1
    progress.add_embedded(1)

    assert progress.measured_speed() == pytest.approx(10.0)


def test_only_the_last_seconds_count(now: list[float], progress: JobProgress) -> None:
    progress.begin(1_000)
    for _ in range(20):
        now[0] += 1
        progress.add_embedded(1)
    for _ in range(20):
        now[0] += 1
        progress.add_embedded(10)

    assert progress.current().per_second == pytest.approx(10.0)


def test_after_a_pause_the_count_goes_on_and_after_an_end_it_starts_anew(progress: JobProgress) -> None:
    progress.begin(10)
    progress.add_embedded(4)
    progress.end(paused=True)
    progress.add_waiting(2)
    progress.begin(8)
    assert progress.current() == Progress(4, 12, None, None)

    progress.end()
    progress.begin(5)

    assert progress.current() == Progress(0, 5, None, None)
