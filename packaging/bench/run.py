"""Measure how fast ClipDesk is, and keep the results for comparison with later runs.

    make bench                       every row
    make bench ARGS="store score"    rows with one of these words in their name
    make bench ARGS="--list"

Most rows are ratios between two things that were measured in turns. The rows are in `rows_*.py`. Results are kept in
`build/bench/`, and the last ones that were judged are shown beside them.

A row that missed its target is marked with “!”. If other programs took more than a tenth of the processors meanwhile, a
row is not judged, and marked with “?”. A row that cannot be measured here is skipped. The exit code is 0 if every row
that was measured reached its target, 1 if one missed it, and 3 if none missed it, but not all were judged.
"""

from __future__ import annotations

import argparse
import importlib
import json
import math
import os
import platform
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from processors import watching
from rows import NotMeasuredError, Row

REPOSITORY = Path(__file__).resolve().parents[2]
KEPT = REPOSITORY / "build" / "bench"
REACHED, MISSED, NOT_JUDGED = 0, 1, 3
MARKS = {"reached": " ", "missed": "!", "not judged": "?"}
MODULES = sorted(path.stem for path in Path(__file__).parent.glob("rows_*.py"))


def main(arguments: Sequence[str]) -> int:
    """Run the requested rows. Return the exit code that the module's docstring describes."""
    parser = argparse.ArgumentParser(prog="make bench", description="Measure how fast ClipDesk is.")
    parser.add_argument("words", nargs="*", help="only rows with one of these words in their name")
    parser.add_argument("--list", action="store_true", help="list what is measured against what, and exit")
    options = parser.parse_args(arguments)
    # What `clipdesk` does before anything loads OpenMP: rows that embed in this process stand for it.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    rows = [row for row in all_rows() if not options.words or any(word in row.name for word in options.words)]
    if options.list:
        for row in rows:
            print(f"{row.name}: {row.what}; against: {row.against}; target: {row.target_text}")
        return REACHED
    before, results = latest(), {}
    print(f"{'row':<20} {'now':>12} {'target':>13} {'before':>12}   what, against what")
    for row in rows:
        with tempfile.TemporaryDirectory(prefix="clipdesk-bench-") as folder:
            result = measure(row, Path(folder))
        results[row.name] = result
        print(described(row, result, before.get(row.name)), flush=True)
    path = keep(results)
    counts = Counter(result["verdict"] for result in results.values())
    print(", ".join(f"{count} {verdict}" for verdict, count in counts.items()))
    print(f"Kept as {path.relative_to(REPOSITORY)}")
    return exit_code(counts)


def measure(row: Row, folder: Path) -> dict[str, Any]:
    """Measure a row and what other programs did meanwhile; return what is kept of it."""
    try:
        with watching() as watch:
            measured = row.measure(folder)
    except NotMeasuredError as reason:
        return {"verdict": "skipped", "reason": str(reason), "target": row.target, "unit": row.unit}
    return {
        "value": None if math.isnan(measured.value) else measured.value,
        "target": row.target,
        "unit": row.unit,
        "verdict": row.judge(measured.value, watch.others_share),
        "others_share": round(watch.others_share, 3),
        "details": measured.details,
        "took_s": round(watch.whole.clock_s, 2),
        "cpu_s": round(watch.whole.own_s, 2),
    }


def described(row: Row, result: dict[str, Any], before: float | None) -> str:
    """Return the lines that are printed for a row: its value and verdict, its details, and what it took."""
    about = f"{row.what}; against: {row.against}"
    if result["verdict"] == "skipped":
        return (
            f"{row.name:<20} {'–':>12} {row.target_text:>13} {'':>12}   {about}\n{'':<20} skipped: {result['reason']}"
        )
    mark, old = MARKS[result["verdict"]], row.text(before) if before is not None else "–"
    now = "–" if result["value"] is None else row.text(result["value"])
    lines = [f"{row.name:<20} {now:>12}{mark}{row.target_text:>13} {old:>12}   {about}"]
    lines.append(f"{'':<20} {', '.join(f'{name}: {value}' for name, value in result['details'].items())}")
    others = f"other programs took {100 * result['others_share']:.0f} % of the processors"
    not_judged = "not judged: " if result["verdict"] == "not judged" else ""
    if result["value"] is None:
        not_judged += "start-ups differed by more than what was to be measured; "
    took = f"the row took {result['took_s']:.1f} s, and {result['cpu_s']:.1f} s of CPU time"
    lines.append(f"{'':<20} {not_judged}{others}; {took}")
    return "\n".join(line for line in lines if line.strip())


def exit_code(counts: Mapping[str, int]) -> int:
    """Return the exit code for so many rows of each verdict. Skipped rows do not count."""
    if counts.get("missed"):
        return MISSED
    return NOT_JUDGED if counts.get("not judged") else REACHED


def all_rows() -> Iterator[Row]:
    for name in MODULES:
        yield from importlib.import_module(name).ROWS


def latest() -> dict[str, float]:
    """Return the newest value of each row that was judged, or measured before rows were judged."""
    values: dict[str, float] = {}
    for path in sorted(KEPT.glob("*.json")):
        rows = json.loads(path.read_text(encoding="utf-8"))["rows"]
        judged = {name: row for name, row in rows.items() if row.get("verdict") not in ("not judged", "skipped")}
        values |= {name: row["value"] for name, row in judged.items()}
    return values


def keep(results: dict[str, Any]) -> Path:
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / f"{time.strftime('%Y%m%d-%H%M%S')}.json"
    machine = {
        "system": platform.platform(),
        "processors": os.cpu_count(),
        "load": os.getloadavg() if hasattr(os, "getloadavg") else None,
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }
    path.write_text(json.dumps({"machine": machine, "rows": results}, indent=2, ensure_ascii=False), encoding="utf-8")
    return path


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
