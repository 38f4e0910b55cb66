"""The work of the row `million`: the window with a million pictures, in a process of its own. Prints a line of JSON.

python packaging/bench/window_million.py ROWS FOLDER
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from window_work import LABELS, Heartbeat, image_files, random_vectors, running_application, say, until

#: Small, so that the vectors take 128 MB: the window does not read them.
DIMENSION = 32
SELECTED = 100_000
PAGES = 200


def million(rows_text: str, folder: str) -> None:
    """Scroll, change a label, select, label, undo, filter, sort and group with this number of pictures.

    The result has for each step the longest time that the GUI thread was busy without a break: its CPU time, and by the
    clock, which other programs prolong.
    """
    import numpy as np
    from PySide6.QtCore import Qt

    from clipdesk.core.desk.decisions import Status
    from clipdesk.core.desk.order import ResultsFilter
    from clipdesk.core.labels.label_set import Label, LabelSet
    from clipdesk.core.line.results import RecalledImages

    rows = int(rows_text)
    with running_application(Path(folder), embed_dim=DIMENSION) as opened:
        labelling, model, window = opened.labelling, opened.model, opened.window
        desk, table, finder = labelling.desk, window.table, window.filter_bar.finder
        change = desk.add_images(image_files(rows))
        desk.put_recalled(RecalledImages(np.arange(rows), random_vectors(rows, DIMENSION, 2)))
        labelling.desk_changed.emit(change)
        first = LabelSet(tuple(map(Label, LABELS)))
        labelling.set_label_set(first)
        until(lambda: desk.scored_labels == first.names)
        until(lambda: False, 2)  # saved, and tidied up
        beat, steps = Heartbeat(), dict[str, dict[str, float]]()

        def step(name: str, work: Callable[[], object], holds: Callable[[], bool] = lambda: True) -> None:
            """Do something, wait until it is done, and then for a moment in which it is painted, saved and so on."""
            until(lambda: False, 0.2)
            beat.take()
            began = time.perf_counter()
            work()
            until(holds)
            done_ms = (time.perf_counter() - began) * 1000
            until(lambda: False, 1.5)
            clock, cpu = beat.take(), beat.cpu_ms
            steps[name] = {"cpu_ms": cpu[0], "clock_ms": clock[0], "done_ms": round(done_ms)}

        def shows(work: Callable[[], object]) -> tuple[Callable[[], object], Callable[[], bool]]:
            """Return the work, and whether other rows, or rows in another order, are shown since."""
            before: list[Any] = []

            def remembered() -> None:
                before[:] = [model.shown_rows]
                work()

            return remembered, lambda: model.shown_rows is not before[0]

        def filtered(wanted: ResultsFilter) -> tuple[Callable[[], object], Callable[[], bool]]:
            return shows(lambda: finder.choose(wanted))

        def sorted_by(key: str) -> tuple[Callable[[], object], Callable[[], bool]]:
            column = model.column_of(key)
            return shows(lambda: table.sortByColumn(column, Qt.SortOrder.DescendingOrder))

        bar, cpu_began = table.verticalScrollBar(), time.thread_time()
        for page in range(PAGES):
            bar.setValue(page * bar.pageStep())
            until(lambda: False, 0)
        pages_per_cpu_s = PAGES / (time.thread_time() - cpu_began)
        other = LabelSet((*first.labels[:-1], Label("another")))
        step("change a label", lambda: labelling.set_label_set(other), lambda: desk.scored_labels == other.names)
        ids = desk.label_set.ids
        step("sort by name", *sorted_by("name"))
        step("sort by label", *sorted_by("label"))
        step("sort by probability", *sorted_by("probability"))
        step("desk order", *shows(lambda: table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)))
        step("filter by text", *filtered(ResultsFilter(text="img_0999")))
        step("filter by label", *filtered(ResultsFilter(labels=frozenset(ids[:3]))))
        step("filter by status", *filtered(ResultsFilter(status=Status.OK)))
        step("filter by probability", *filtered(ResultsFilter(minimum_probability=0.2)))
        step("no filter", *filtered(ResultsFilter()))
        step("select all", window.views.select_all)
        step(f"select {SELECTED:,}", lambda: table.keeper.select(np.arange(1000, 1000 + SELECTED)))
        step(f"label {SELECTED:,}", lambda: opened.label_commands.give(ids[0]))
        step("undo", window.actions_["undo"].trigger)
        step("label one", lambda: (table.select_desk_row(5), opened.label_commands.give(ids[1])))
        step("gallery", lambda: window.views.set_view("gallery"))
        step("other grouping", *shows(lambda: window.views.set_wants_groups(not window.views.wants_groups)))
        assert len(desk) == len(model.shown_rows) == rows
        say(steps=steps, pages_per_cpu_s=pages_per_cpu_s)


if __name__ == "__main__":
    million(*sys.argv[1:])
