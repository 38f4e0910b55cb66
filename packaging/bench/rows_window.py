"""The window: how soon it appears and responds. Each row runs in a process of its own, off screen."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

from processors import once
from rows import Measured, Row

REPOSITORY = Path(__file__).resolve().parents[2]
LONG_AGO = 1_700_000_000
ROWS_OF_TABLE, ROWS_OF_LABEL, PICTURES_OF_JOB, PICTURES_OF_FOLDER = 1_000_000, 200_000, 60, 100_000
PICTURES_KNOWN, PICTURES_OF_GALLERY = 5_000, 100_000


def first_paint(folder: Path) -> Measured:
    """Measure the time from process start to the first painted window, ours and a bare one in turns."""
    times: dict[str, list[float]] = {"bare": [], "start": [], "complete": []}
    for turn in range(8):
        for work in ("bare", "start"):
            began = time.time()
            done = _run(folder, work)
            if turn:  # the first turn fills the disk cache and compiles modules
                times[work].append(done["painted"] - began)
                if "complete" in done:
                    times["complete"].append(done["complete"] - began)
    details = {f"{what} (least, median)": f"{min(t):.2f} s, {median(t):.2f} s" for what, t in times.items()}
    return Measured(min(times["start"]) / min(times["bare"]), details)


def sort(folder: Path) -> Measured:
    """Measure the slowest column, until the table is painted."""
    table = _table(folder)
    first = table["first_name"]
    details = {name: f"{took:.0f} ms" for name, took in table["sort_ms"].items()}
    details["first by name"] = (
        f"{first['shown_ms']:.0f} ms in the background, longest stall meanwhile {first['stall_ms']:.0f} ms"
    )
    return Measured(max(table["sort_ms"].values()), details)


def scroll(folder: Path) -> Measured:
    table = _table(folder)
    return Measured(table["pages_per_s"], {"a second of CPU time": f"{table['pages_per_cpu_s']:.0f} pages"})


def select_all(folder: Path) -> Measured:
    return Measured(_table(folder)["select_all_ms"])


def gallery(folder: Path) -> Measured:
    """Measure the CPU time of a frame while the gallery is scrolled, 40 px each, through pictures not shown before."""
    done = _run(folder, "gallery", str(_many_pictures(folder / "pictures")))
    details = {"pictures": done["pictures"], "from table to gallery": f"{done['switch_ms']:.0f} ms"}
    for size in ("96", "320"):
        frames = done[size]
        for name, key in (("new pictures", "fresh_ms"), ("loaded", "loaded_ms"), ("whole view", "whole_ms")):
            times, clock = frames[key]
            cpu = f"{median(times):.1f}, {_percentile(times):.1f}, {times[-1]:.1f} ms"
            details[f"{size} px, {frames['cells']} pictures, {name} (median, 95 %, longest)"] = (
                f"{cpu}; median by the clock {median(clock):.1f} ms"
            )
    details["select all"] = f"{done['select_all_ms']:.0f} ms"
    return Measured(max(_percentile(done[size]["fresh_ms"][0]) for size in ("96", "320")), details)


def _percentile(times: list[float]) -> float:
    """Return the 95th percentile of sorted times."""
    return times[int(0.95 * (len(times) - 1))]


def change_label(folder: Path) -> Measured:
    """Measure from a changed label, whose prompt is new to the model, to the painted table; the shortest of eight."""
    done = _run(folder, "label", str(ROWS_OF_LABEL), str(folder))
    took, cpu, gui = done["label_ms"], done["cpu_ms"], done["gui_cpu_ms"]
    details = {
        "median": f"{median(took):.0f} ms",
        "greatest": f"{took[-1]:.0f} ms",
        "CPU time (least, median)": f"{cpu[0]:.0f}, {median(cpu):.0f} ms",
        "of the GUI thread": f"{gui[0]:.0f}, {median(gui):.0f} ms",
    }
    return Measured(took[0], details)


def million(folder: Path) -> Measured:
    """Measure the longest time that the window is busy without a break, in CPU time, at what a person does."""
    done = _run(folder, str(ROWS_OF_TABLE), str(folder), script="window_million.py")
    steps = done["steps"]
    details = {name: f"{took['cpu_ms']:.0f} ms (clock {took['clock_ms']:.0f})" for name, took in steps.items()}
    details["scrolled by page"] = f"{done['pages_per_cpu_s']:.0f} pages per second of CPU time"
    return Measured(max(took["cpu_ms"] for took in steps.values()), details)


def stall(folder: Path) -> Measured:
    """Measure the longest time without an iteration of the event loop while images of 12 megapixels are labelled."""
    done = _run(folder, "job", str(_large_pictures(folder / "pictures")), str(folder))
    details = {
        "next longest": f"{done['stalls_ms'][1:]} ms",
        "while the model was loaded": f"{done['load_stalls_ms'][:3]} ms",
        "pictures": done["pictures"],
        "took": f"{done['took_s']:.1f} s",
    }
    return Measured(done["stalls_ms"][0], details)


def known_contents(folder: Path) -> Measured:
    """Measure the longest stall while the store recognises images at new paths."""
    done = _run(folder, "known", str(_known_pictures(folder / "pictures")), str(folder))
    details = {
        "next longest": f"{done['stalls_ms'][1:]} ms",
        "over 100 ms": done["over_100_ms"],
        "pictures": done["pictures"],
        "took": f"{done['took_s']:.1f} s",
    }
    return Measured(done["stalls_ms"][0], details)


def open_folder(folder: Path) -> Measured:
    """Measure when the first rows of a very large folder appear, while the scan is still running."""
    pictures = folder / "pictures"
    for number in range(PICTURES_OF_FOLDER):
        below = pictures / f"holiday {number // 1000}"
        if number % 1000 == 0:
            below.mkdir(parents=True)
        (below / f"IMG_{number:06}.ppm").write_bytes(b"P6 2 2 255\n" + number.to_bytes(12, "big"))
    done = _run(folder, "folder", str(pictures), str(folder))
    assert done["pictures"] == PICTURES_OF_FOLDER
    details = {
        "first thumbnails": f"{done['first_thumbnails_s']:.2f} s",
        "all found": f"{done['scan_s']:.1f} s, {done['scan_mb']:.0f} MB",
        "stalls meanwhile": f"{done['scan_stalls_ms'][:3]} ms",
        "500 pages scrolled": f"{done['scroll_mb']:.0f} MB, stalls {done['scroll_stalls_ms'][:3]} ms",
    }
    return Measured(done["first_rows_s"], details)


@once
def _table(folder: Path) -> dict[str, Any]:
    return _run(folder, "table", str(ROWS_OF_TABLE))


def _large_pictures(folder: Path) -> Path:
    """Write different files of 12 megapixels: the same image, followed by a number."""
    import numpy as np
    from PIL import Image

    folder.mkdir()
    ground = np.random.default_rng(0).integers(0, 255, (30, 40, 3), np.uint8)
    picture = Image.fromarray(ground).resize((4000, 3000), Image.Resampling.BICUBIC)
    grain = Image.effect_noise(picture.size, 30).convert("RGB")
    stream = io.BytesIO()
    Image.blend(picture, grain, 0.3).save(stream, "JPEG", quality=90)
    for number in range(PICTURES_OF_JOB):
        path = folder / f"IMG_{number:04}.jpg"
        path.write_bytes(stream.getvalue() + number.to_bytes(4, "big"))
        os.utime(path, (LONG_AGO, LONG_AGO))
    return folder


def _many_pictures(folder: Path) -> Path:
    """Write 40 different photos of 640 × 480 under 100,000 names."""
    from PIL import Image

    folder.mkdir()
    for number in range(40):
        size = (640, 480) if number % 3 else (480, 640)
        Image.effect_noise(size, 80).convert("RGB").save(folder / f"{number}.jpg")
    for number in range(PICTURES_OF_GALLERY):
        below = folder / f"holiday {number // 1000:03}"
        below.mkdir(exist_ok=True)
        os.link(folder / f"{number % 40}.jpg", below / f"IMG_{number:06}.jpg")
    return folder


def _known_pictures(folder: Path) -> Path:
    """Write different files of 1 megapixel: the same image, followed by a number."""
    from PIL import Image

    folder.mkdir()
    stream = io.BytesIO()
    Image.effect_noise((1200, 900), 30).convert("RGB").save(stream, "JPEG", quality=60)
    for number in range(PICTURES_KNOWN):
        path = folder / f"IMG_{number:04}.jpg"
        path.write_bytes(stream.getvalue() + number.to_bytes(4, "big"))
        os.utime(path, (LONG_AGO, LONG_AGO))
    return folder


def _run(folder: Path, *arguments: str, script: str = "window_work.py") -> dict[str, Any]:
    """Return the result of a script beside this one, run with its own settings and store below `folder`."""
    command = [sys.executable, str(Path(__file__).with_name(script)), *arguments]
    done = subprocess.run(command, env=environment_below(folder), stdout=subprocess.PIPE, text=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def environment_below(folder: Path) -> dict[str, str]:
    """Return the environment of a window with its own settings and store below `folder`, off screen."""
    names = ("CLIPDESK_CACHE_DIR", "CLIPDESK_DATA_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "HF_HOME")
    own = {name: str(folder / "own") for name in names}
    path = os.pathsep.join((str(REPOSITORY), str(REPOSITORY / "tests")))
    environment = os.environ | own | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": path, "HF_HUB_OFFLINE": "1"}
    environment |= {"OMP_WAIT_POLICY": "PASSIVE", "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    # Let Python keep compiled modules, as on every computer where ClipDesk is installed.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


TABLE = f"a table of {ROWS_OF_TABLE:,} rows"
ROWS = (
    Row("start", "process start to first painted window", "a bare PySide6 window", 1.8, "×", first_paint),
    Row("table-sort", f"{TABLE}: sort by the slowest column, painted", "–", 200, "ms", sort),
    Row("table-scroll", f"{TABLE}: scroll by page", "–", 60, "a second", scroll, more_is_better=True),
    Row("table-select", f"{TABLE}: select all, painted", "–", 50, "ms", select_all),
    Row(
        "gallery",
        f"a gallery of {PICTURES_OF_GALLERY:,} pictures: CPU time of a frame while scrolling, 95 %",
        "–",
        16,
        "ms",
        gallery,
    ),
    Row("relabel", f"label changed to repainted table, {ROWS_OF_LABEL:,} rows", "–", 150, "ms", change_label),
    Row("million", f"{ROWS_OF_TABLE:,} pictures: longest CPU time without a break", "–", 100, "ms", million),
    Row(
        "stall-known", f"longest stall, {PICTURES_KNOWN:,} known pictures at new paths", "–", 100, "ms", known_contents
    ),
    Row("stall", "longest stall of the window during a job, 12 megapixels each", "–", 100, "ms", stall),
)
if sys.platform.startswith("linux"):  # it reads /proc
    ROWS += (Row("folder", "100,000 pictures opened: first rows painted", "–", 1.0, "s", open_folder),)
