"""Measure how fast ClipDesk is, and keep the results for comparison with later runs.

    make bench                       every row
    make bench ARGS="store score"    rows with one of these words in their name
    make bench ARGS="--list"

Most rows are ratios between two things that were measured in turns, so that they mean the same on a slow and on a busy
computer. The rows are in `rows_*.py`. Results are kept in `build/bench/`, and the previous ones are shown beside them.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rows import Row

REPOSITORY = Path(__file__).resolve().parents[2]
KEPT = REPOSITORY / "build" / "bench"
MODULES = sorted(path.stem for path in Path(__file__).parent.glob("rows_*.py"))


def main(arguments: Sequence[str]) -> int:
    """Run the requested rows. Return 0 if all of them reach their targets, else 1."""
    parser = argparse.ArgumentParser(prog="make bench", description="Measure how fast ClipDesk is.")
    parser.add_argument("words", nargs="*", help="only rows with one of these words in their name")
    parser.add_argument("--list", action="store_true", help="list what is measured against what, and exit")
    options = parser.parse_args(arguments)
    rows = [row for row in all_rows() if not options.words or any(word in row.name for word in options.words)]
    if options.list:
        for row in rows:
            print(f"{row.name}: {row.what}; against: {row.against}; target: {row.target_text}")
        return 0
    before, results = latest(), {}
    print(f"{'row':<20} {'now':>12} {'target':>12} {'before':>12}   what, against what")
    for row in rows:
        with tempfile.TemporaryDirectory(prefix="clipdesk-bench-") as folder:
            began = time.perf_counter()
            measured = row.measure(Path(folder))
        results[row.name] = {
            "value": measured.value,
            "target": row.target,
            "unit": row.unit,
            "reached": row.is_reached(measured.value),
            "details": measured.details,
            "took_s": round(time.perf_counter() - began, 2),
        }
        old = before.get("rows", {}).get(row.name, {}).get("value")
        mark = " " if results[row.name]["reached"] else "!"
        print(
            f"{row.name:<20} {row.text(measured.value):>12}{mark}{row.target_text:>12} "
            f"{row.text(old) if old is not None else '–':>12}   {row.what}; against: {row.against}"
        )
        print(f"{'':<20} {', '.join(f'{name} {value}' for name, value in measured.details.items())}", flush=True)
    path = keep(results)
    print(f"Kept as {path.relative_to(REPOSITORY)}")
    return 0 if all(result["reached"] for result in results.values()) else 1


def all_rows() -> Iterator[Row]:
    for name in MODULES:
        yield from importlib.import_module(name).ROWS


def latest() -> dict[str, Any]:
    """Return the newest result of each row that has been measured before."""
    rows: dict[str, Any] = {}
    for path in sorted(KEPT.glob("*.json")):
        rows |= json.loads(path.read_text(encoding="utf-8"))["rows"]
    return {"rows": rows}


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
