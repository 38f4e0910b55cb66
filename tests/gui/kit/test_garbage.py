"""Garbage that contains widgets is collected on the GUI thread."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from clipdesk.gui.kit.garbage import GarbageCollector


class Knot:
    """Part of a reference cycle, so that only the cyclic collector deletes it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def python_collects() -> Iterator[None]:
    was_automatic = gc.isenabled()
    gc.enable()
    yield
    if not was_automatic:
        gc.disable()


def ended_in(ends: list[int]) -> None:
    weakref.finalize(Knot(), lambda: ends.append(threading.get_ident()))


def allocate_much() -> None:
    kept: list[Any] = [[] for _ in range(50_000)]
    del kept


def in_a_thread(work: Any) -> None:
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def test_a_worker_that_allocates_destroys_no_widget(qtbot: QtBot) -> None:
    ends: list[int] = []
    collector = GarbageCollector()
    try:
        ended_in(ends)
        in_a_thread(allocate_much)
        assert ends == []
        kept: list[Any] = [[] for _ in range(5_000)]  # As long as they live, a collection is due.

        qtbot.waitUntil(lambda: bool(ends), timeout=10_000)
        assert ends == [threading.get_ident()]
        del kept
    finally:
        collector.stop()


def test_without_the_collector_a_worker_would_destroy_widgets() -> None:
    ends: list[int] = []
    ended_in(ends)

    in_a_thread(allocate_much)

    assert ends and ends[0] != threading.get_ident()


def test_automatic_collection_is_restored_at_the_end() -> None:
    collector = GarbageCollector()
    assert not gc.isenabled()

    collector.stop()

    assert gc.isenabled()


def test_what_outlives_a_long_collection_is_left_out_of_later_ones(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clipdesk.gui.kit.garbage._LONG_S", 0.0)
    thresholds = gc.get_threshold()
    garbage, open_widget = Knot(), Knot()
    refs = weakref.ref(garbage), weakref.ref(open_widget)
    collector = GarbageCollector()
    try:
        gc.set_threshold(1, 1, 1)
        del garbage
        kept: list[Any] = []
        for _ in range(20):  # each makes a younger generation due, and after a few, the oldest
            kept += [[] for _ in range(10)]
            collector.collect_if_due()
        assert refs[0]() is None
        assert gc.get_freeze_count() > 0

        del open_widget
        gc.collect()
        assert refs[1]() is not None
    finally:
        gc.set_threshold(*thresholds)
        collector.stop()
        gc.unfreeze()

    gc.collect()
    assert refs[1]() is None
