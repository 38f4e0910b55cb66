"""Use the built app as a person does, on a computer as bare as possible, and measure how fast it is.

    python packaging/smoke_test.py dist/clipdesk-0.1.0-linux-x86_64.tar.xz [--pictures FOLDER]
    python packaging/smoke_test.py dist/clipdesk

On Linux, as root or with sudo, the app runs in a system of its own: without Python, without a network, with an empty
home, in a folder with spaces and Korean letters that nobody can write to. A window under Xvfb is driven by mouse and
keyboard. Elsewhere the command line is tested, and the window without a screen.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bare_system import Machine, bare_machine, own_home, plain_machine, why_no_bare_system
from own_time import judged, timed

REPOSITORY = Path(__file__).resolve().parent.parent
SAMPLES = REPOSITORY / "resources" / "samples"
HEIC = Path(__file__).resolve().parent / "smoke" / "tiny.heic"
PYTHON = REPOSITORY / "build" / "venv" / "bin" / "python"
PICTURES = "휴가 사진 – 2026"
MAX_PAINT_RATIO, MAX_FIRST_SCORES_S = 1.5, 6.0
_TIMEOUT_S = 180
_LABELS = ("--label", "dog=a photo of a dog", "--label", "car", "--label", "flower")


class SmokeError(AssertionError):
    """Something is not as it should be."""


def main() -> int:
    """Run all parts, and return 1 if one failed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "app", type=Path, nargs="?", default=REPOSITORY / "dist" / "clipdesk", help="folder, or archive for Linux"
    )
    parser.add_argument("--pictures", type=Path, help="keep pictures of the window in this folder")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="run only these parts")
    options = parser.parse_args()
    if importlib.util.find_spec("PySide6") is None and PYTHON.exists():
        # The drag comes from another program, which needs Qt.
        return subprocess.call([str(PYTHON), str(Path(__file__)), *sys.argv[1:]])
    with unpacked(options.app.resolve()) as app:
        return test(app, options.only, options.pictures)


@contextmanager
def unpacked(app: Path) -> Iterator[Path]:
    """Return the folder of the app: the given one, or what is in a given archive, which is removed afterwards."""
    if app.is_dir():
        yield app
        return
    with tempfile.TemporaryDirectory(prefix="clipdesk-packed-") as folder:
        Path(folder).chmod(0o755)  # for the person of the bare system
        subprocess.run(["tar", "-xf", app, "-C", folder], check=True)
        yield next(Path(folder).glob("*/app"))


def test(app: Path, parts: list[str], pictures: Path | None) -> int:
    """Run these parts, and return 1 if one failed."""
    failed = []
    for name in parts:
        started_s = time.monotonic()
        try:
            what = PARTS[name](app, pictures)
        except (SmokeError, TimeoutError, subprocess.TimeoutExpired) as error:
            failed.append(name)
            print(f"FAILED  {name}: {error}", flush=True)
        else:
            print(f"ok      {name} ({time.monotonic() - started_s:.0f} s): {what}", flush=True)
    print("The built app failed." if failed else "The built app works.")
    return 1 if failed else 0


# --- parts


def command_line(app: Path, pictures: Path | None) -> str:
    """Label, sort, undo and serve, where there is no Python and no network."""
    with machine(app) as place:
        folder = copy_pictures(place)
        count = len(list(folder.iterdir()))
        version = run(place, place.command("--version"))
        expect(version.startswith("ClipDesk "), f"--version said “{version}”")
        run(
            place,
            place.command("label", place.there(folder), *_LABELS, "--csv", place.there(place.home / "scores.csv")),
        )
        rows = read_csv(place.home / "scores.csv")
        expect(len(rows) == count, f"{len(rows)} rows for {count} pictures")
        expect(all(row["status"] in ("ok", "unsure") for row in rows), f"unread: {[r['error'] for r in rows]}")
        target = place.home / "sorted"
        run(place, place.command("sort", place.there(folder), *_LABELS, "--into", place.there(target)))
        done = files(target)
        expect(len(done) == count, f"{len(done)} of {count} pictures were sorted")
        run(place, place.command("undo"))
        expect(not files(target), f"undo left {files(target)}")
        expect(len(files(folder)) == count, "undo touched the pictures themselves")
        run(place, place.script(_SERVE.format(folder=place.there(folder), out=place.there(place.home / "served.csv"))))
        served = read_csv(place.home / "served.csv")
        # The server gets smaller copies, so a doubtful picture may get another label.
        same = sum(one["label"] == other["label"] for one, other in zip(served, rows, strict=True))
        expect(same >= 0.8 * count, f"the server gave only {same} of {count} pictures the same label")
        return f"{count} pictures labelled, sorted, undone, served, on {place.what}"


#: Loopback is all the network there is. A client waits half a minute for a server that loads its model.
_SERVE = """
"$app" serve --model starter --port 9001 2>/dev/null &
server=$!
for attempt in 1 2 3 4 5; do
    "$app" label '{folder}' --label 'dog=a photo of a dog' --label car --label flower --no-cache \\
        --server http://127.0.0.1:9001 --model ViT-B-16 --csv '{out}'
    code=$?
    [ $code -eq 0 ] && break
done
kill -TERM $server
wait $server
exit $code
"""


def window(app: Path, pictures: Path | None) -> str:
    """Drop a folder, type labels, export, sort, take the sort back, and quit."""
    if why_no_screen():
        return headless(app, pictures)
    from screen import SIZE, screen, wait_until

    with screen() as display, machine(app, display.display) as place:
        folder = copy_pictures(place)
        count = len(list(folder.iterdir()))
        (place.home / "sorted").mkdir()
        open_to_all(place.home / "sorted")
        log = (place.home.parent / "window.log").open("w+")
        process = display.start(place.command(), stdout=log, stderr=log, env=place.environment)

        def picture(name: str) -> None:
            if pictures is not None:
                pictures.mkdir(parents=True, exist_ok=True)
                display.save(pictures / f"{name}.png")

        def wait_for(is_true: Callable[[], object], what: str) -> None:
            try:
                wait_until(lambda: is_true() or process.poll() is not None, _TIMEOUT_S, what)
            except TimeoutError:
                picture("failed")
                raise
            if process.poll() is not None and not is_true():
                log.seek(0)
                raise SmokeError(f"{what}: the window ended with {process.returncode}: {log.read()[-2000:]}")

        wait_for(display.shows_window, "first paint")
        time.sleep(3)  # until the frame is furnished; a person takes longer, too
        picture("1-started")
        action = display.drag(place.there(folder), to=(SIZE[0] * 6 // 10, SIZE[1] // 2))
        expect(action == "CopyAction", f"the window answered the drop with {action}")
        display.keys("ctrl+l")
        display.type("dog, car, flower")
        display.keys("Return")
        wait_for(lambda: stored(place.home) >= count, f"scores of {count} pictures")
        time.sleep(1)
        picture("2-labelled")

        # The focus is still on the field for labels, where Qt itself takes Ctrl+E for the end of the line.
        display.keys("ctrl+e")
        wait_for(lambda: display.windows("Export") == 1, "the export dialog")
        time.sleep(1)  # until it has the focus
        picture("3-export")
        display.keys("Return")
        wait_for(lambda: display.windows("Export") == 2, "the dialog for the file")
        time.sleep(1)
        display.keys("ctrl+a")
        display.type(f"{place.home_there}/results.csv")
        display.keys("Return")
        wait_for((place.home / "results.csv").exists, "the exported table")
        wait_for(lambda: len(read_csv(place.home / "results.csv")) == count, f"{count} rows in the exported table")

        display.keys("ctrl+shift+s")
        wait_for(lambda: display.windows("Sort into folders"), "the dialog of sorting")
        time.sleep(1)
        display.keys("space")  # the focus is on the button that chooses a folder
        wait_for(lambda: display.windows("Choose the folder to sort into"), "the dialog for the folder")
        time.sleep(1)
        display.keys("ctrl+a")
        display.type(f"{place.home_there}/sorted")
        display.keys("Return")
        wait_for(lambda: not display.windows("Choose the folder to sort into"), "the chosen folder")
        time.sleep(2)  # until the plan is made
        picture("4-sort")
        # From the button that chooses a folder back to its field, where Enter presses the primary button.
        display.keys("shift+Tab", "Return")
        wait_for(lambda: files(place.home / "sorted"), "sorted pictures")
        time.sleep(2)
        picture("5-sorted")
        copied = len(files(place.home / "sorted"))
        display.keys("ctrl+z")
        wait_for(lambda: not files(place.home / "sorted"), "the undone sort")
        picture("6-undone")
        expect(len(files(folder)) == count, "a picture is gone")
        display.keys("ctrl+q")
        wait_for(lambda: process.poll() is not None, "the end")
        expect(process.returncode == 0, f"the window ended with {process.returncode}")
        log.seek(0)
        said = log.read()
        expect("Traceback" not in said, said[-2000:])
        return f"drop, labels, export, sort of {copied}, undo and quit, on {place.what}"


def headless(app: Path, pictures: Path | None) -> str:
    """Label the samples in a window without a screen."""
    with machine(app) as place:
        out = place.home / "out"
        out.mkdir()
        open_to_all(out)
        run(place, place.command("--samples", "--headless", place.there(out)))
        expect((out / "window.png").stat().st_size > 10_000, "no picture of the window")
        if pictures is not None:
            pictures.mkdir(parents=True, exist_ok=True)
            shutil.copy(out / "window.png", pictures / "headless.png")
        return f"{len(read_csv(out / 'scores.csv'))} samples labelled without a screen, on {place.what}"


def models(app: Path, pictures: Path | None) -> str:
    """Compute with OpenVINO, as models larger than the starter do."""
    make = (
        "import json, sys, pathlib; from clipdesk.encoders.devices import import_open_clip; "
        "clip = import_open_clip(); from safetensors.torch import save_file; "
        "config = dict(embed_dim=64, vision_cfg=dict(image_size=224, layers=4, width=256, patch_size=16), "
        "text_cfg=dict(context_length=77, vocab_size=49408, width=64, heads=2, layers=1)); "
        "folder = pathlib.Path(sys.argv[1]); folder.mkdir(); "
        "save_file(clip.CLIP(**config).state_dict(), folder / 'open_clip_model.safetensors'); "
        "(folder / 'open_clip_config.json').write_text(json.dumps(dict(model_cfg=config, preprocess_cfg=dict("
        "mean=[0.5] * 3, std=[0.5] * 3))))"
    )
    if not PYTHON.exists():
        return "skipped, as there is no environment to make a model with"
    with machine(app) as place:
        folder = copy_pictures(place)
        run(place, [str(PYTHON), "-c", make, str(place.home / "model")])
        for path in (place.home / "model", *(place.home / "model").iterdir()):
            open_to_all(path)
        command = ("label", place.there(folder), "--label", "dog", "--label", "cat", "--no-cache")
        said = run(
            place, place.command(*command, "--model", f"local-dir:{place.there(place.home / 'model')}"), errors=True
        )
        runtime = next((line for line in said.splitlines() if "on this computer" in line), said)
        expect("OpenVINO" in runtime, f"OpenVINO was not used: {said[-2000:]}")
        return runtime


def old_processor(app: Path, pictures: Path | None) -> str:
    """Start on a processor without AVX2, which qemu emulates: one sentence, and no crash."""
    emulator = shutil.which("qemu-x86_64-static")
    if emulator is None or not sys.platform.startswith("linux"):
        return "skipped, as qemu-x86_64-static is not installed"
    with tempfile.TemporaryDirectory() as folder:
        # PyInstaller's loader starts itself again to set LD_LIBRARY_PATH, which would leave the emulator. Seemingly it
        # has done so already.
        environment = {
            "HOME": folder,
            "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "LD_LIBRARY_PATH": str(app / "_internal"),
            "_PYI_ARCHIVE_FILE": str(app / "clipdesk"),
            "_PYI_APPLICATION_HOME_DIR": str(app / "_internal"),
            "_PYI_PARENT_PROCESS_LEVEL": "-1",
        }
        command = [
            emulator,
            "-cpu",
            "Nehalem",
            str(app / "clipdesk"),
            "label",
            str(SAMPLES),
            "--label",
            "a",
            "--label",
            "b",
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=600, env=environment)
    expect(done.returncode == 1 and "AVX2" in done.stderr, f"{done.returncode}: {done.stderr[-2000:]}")
    return done.stderr.strip().splitlines()[-1]


def speed(app: Path, pictures: Path | None) -> str:
    """Compare the first paint with the checkout's, and time the first scores of the samples."""
    paint = "" if why_no_screen() else first_paints(app) + "; "
    command = ("label", str(SAMPLES), *_LABELS, "--no-cache")
    with tempfile.TemporaryDirectory() as folder:
        place = plain_machine(app, Path(folder) / "home")
        timings = [timed(lambda: run(place, place.command(*command))) for _ in range(3)]
    is_fast, said = judged(timings, MAX_FIRST_SCORES_S, threads=os.cpu_count() or 1)
    summary = f"{paint}first scores of the samples {said}"
    expect(is_fast, summary)
    return summary


def first_paints(app: Path) -> str:
    """Return how fast the first paint is, in comparison with the environment that the app was built from."""
    from screen import screen, wait_until

    times: dict[str, list[float]] = {"app": [], "checkout": []}
    commands = {"app": [str(app / "clipdesk")], "checkout": [str(PYTHON.with_name("clipdesk"))]}
    with screen() as display, tempfile.TemporaryDirectory() as folder:
        environment = {**own_home(Path(folder)), "DISPLAY": display.display, "QT_QPA_PLATFORM": "xcb"}
        for turn in range(5):
            for name, command in commands.items():
                if not Path(command[0]).exists():
                    return "no checkout to compare with"
                wait_until(lambda: not display.shows_window(), 20, "an empty screen")
                started_s = time.monotonic()
                process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
                wait_until(display.shows_window, 60, "first paint", interval_s=0.01)
                if turn:  # the first fills the disk cache
                    times[name].append(time.monotonic() - started_s)
                process.kill()
                process.wait()
    ratio = min(times["app"]) / min(times["checkout"])
    summary = f"first paint {min(times['app']):.2f} s, {ratio:.2f} times the checkout's"
    expect(ratio <= MAX_PAINT_RATIO, summary)
    return summary


PARTS: dict[str, Callable[[Path, Path | None], str]] = {
    "command-line": command_line,
    "window": window,
    "headless": headless,
    "models": models,
    "old-processor": old_processor,
    "speed": speed,
}

# --- helpers


@contextmanager
def machine(app: Path, display: str = "") -> Iterator[Machine]:
    """Return the barest machine that is to be had, with an empty home, which is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="clipdesk-smoke-") as folder:
        Path(folder).chmod(0o755)
        home = Path(folder) / "home"
        if reason := why_no_bare_system():
            print(f"        not on a bare system: {reason}", flush=True)
            yield plain_machine(app, home)
        else:
            yield bare_machine(app, home, display)


def copy_pictures(place: Machine) -> Path:
    """Copy the samples into a folder of the home, and return it."""
    folder = place.home / PICTURES
    folder.mkdir()
    for path in sorted(SAMPLES.glob("*.jpg"))[:12]:
        shutil.copy(path, folder)
    shutil.copy(HEIC, folder)
    for path in (folder, *folder.iterdir()):
        open_to_all(path)
    return folder


def open_to_all(path: Path) -> None:
    """Let the person of the bare system write to what the test has made."""
    path.chmod(0o777 if path.is_dir() else 0o666)


def run(place: Machine, command: list[str], *, errors: bool = False) -> str:
    """Run a command that has to succeed, and return what it said; with `errors`, also on standard error."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=_TIMEOUT_S, env=place.environment)
    expect(done.returncode == 0, f"{command[-8:]} ended with {done.returncode}: {done.stderr[-2000:]}")
    expect("Traceback" not in done.stderr, done.stderr[-2000:])
    return done.stdout + (done.stderr if errors else "")


def expect(is_true: object, what: str) -> None:
    if not is_true:
        raise SmokeError(what)


def files(folder: Path) -> list[str]:
    """Return all files below a folder."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def stored(home: Path) -> int:
    """Return how many pictures and texts the app has embedded so far."""
    path = home / ".cache" / "clipdesk" / "embeddings-1.sqlite3"
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            return int(database.execute("SELECT count(*) FROM vectors").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def why_no_screen() -> str:
    """Return why no window can be shown; empty if one can."""
    if not sys.platform.startswith("linux"):
        return "only Linux has a virtual screen"
    missing = [name for name in ("Xvfb", "openbox", "xdotool") if shutil.which(name) is None]
    return f"not installed: {', '.join(missing)}" if missing else ""


if __name__ == "__main__":
    sys.exit(main())
