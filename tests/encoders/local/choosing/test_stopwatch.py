"""Times are compared by the clock, or by CPU time where the clock is disturbed."""

from __future__ import annotations

from clipdesk.encoders.local.choosing.stopwatch import Times, measure_in_turns, seconds_of


def test_the_shortest_time_counts_if_the_clock_is_steady() -> None:
    times = {"a": Times([3.0, 2.0, 2.1], [9.0, 9.0, 9.0]), "b": Times([1.0, 1.05, 7.0], [1.0, 1.0, 1.0])}

    assert seconds_of(times, threads=2) == {"a": 2.0, "b": 1.0}


def test_cpu_time_shared_by_the_threads_counts_if_other_programs_disturb_the_clock() -> None:
    # By the clock, b looks faster than a: it was lucky once.
    times = {"a": Times([3.0, 4.0, 9.0], [2.0, 2.2, 2.1]), "b": Times([2.5, 5.0, 9.0], [4.0, 4.4, 4.2])}

    assert seconds_of(times, threads=2) == {"a": 1.0, "b": 2.0}


def test_a_clock_that_is_steadily_wrong_is_not_trusted() -> None:
    # More seconds than CPU time of all threads together: both waited for a CPU.
    times = {"a": Times([9.0, 9.1], [4.0, 4.2]), "b": Times([8.0, 8.1], [6.0, 6.2])}

    assert seconds_of(times, threads=2) == {"a": 2.0, "b": 3.0}


def test_on_a_gpu_only_the_clock_counts() -> None:
    times = {"a": Times([3.0, 4.0], [0.1, 0.1]), "b": Times([2.0, 5.0], [0.2, 0.2])}

    assert seconds_of(times, threads=0) == {"a": 3.0, "b": 2.0}


def test_ways_take_turns_and_the_first_round_does_not_count() -> None:
    ran: list[str] = []
    times = {"a": Times(), "b": Times()}

    for _ in measure_in_turns({"a": lambda: ran.append("a"), "b": lambda: ran.append("b")}, times, rounds=2):
        pass

    assert ran == ["a", "b", "b", "a", "a", "b"]
    assert [len(one.clock_s) for one in times.values()] == [len(one.cpu_s) for one in times.values()] == [2, 2]
