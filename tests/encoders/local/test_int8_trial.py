from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from clipdesk.core.errors import Cancelled
from clipdesk.encoders.local import int8_trial
from clipdesk.encoders.local.int8_trial import Int8Verdict, times_as_fast, trial_key, try_int8
from clipdesk.encoders.models import catalog


class _Clock:
    """A clock that only works move."""

    def __init__(self) -> None:
        self.now = 0.0

    def work(self, *seconds: float) -> Any:
        waiting = list(seconds)
        return lambda: setattr(self, "now", self.now + (waiting.pop(0) if len(waiting) > 1 else waiting[0]))

    def __call__(self) -> float:
        return self.now


def test_the_shortest_times_count_and_the_first_runs_do_not() -> None:
    clock = _Clock()
    fast, usual = clock.work(9.0, 0.5, 0.1, 0.7), clock.work(0.01, 0.9, 0.3, 0.2, 5.0)

    assert times_as_fast(fast, usual, threading.Event(), clock) == pytest.approx(2.0)


def test_slow_models_are_not_timed_for_long() -> None:
    clock = _Clock()

    assert times_as_fast(clock.work(10.0), clock.work(20.0), threading.Event(), clock) == pytest.approx(2.0)
    assert clock.now == 3 * 30  # once to prepare, then two turns


def test_a_cancelled_trial_stops() -> None:
    clock, cancel = _Clock(), threading.Event()
    cancel.set()

    with pytest.raises(Cancelled):
        times_as_fast(clock.work(1.0), clock.work(1.0), cancel, clock)


@pytest.mark.parametrize(("gain", "outcome"), [(1.7, "faster"), (1.1, "slower")])
def test_int8_is_offered_only_where_it_is_measured_to_be_faster(
    gain: float, outcome: str, tiny_model_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def measured(fast: Any, usual: Any, _cancel: threading.Event) -> float:
        assert fast().shape == usual().shape == (8, 64)
        return gain

    monkeypatch.setattr(int8_trial, "times_as_fast", measured)

    assert try_int8(f"local-dir:{tiny_model_dir}", threading.Event()) == Int8Verdict(outcome, gain)  # type: ignore[arg-type]


@pytest.mark.skipif(not catalog.has_starter(), reason="the starter model is not in resources/ yet")
def test_a_convolutional_model_gains_nothing() -> None:
    assert try_int8("starter", threading.Event()).outcome == "slower"


def test_other_weights_need_another_trial() -> None:
    assert trial_key("a") == trial_key("a") != trial_key("b")
