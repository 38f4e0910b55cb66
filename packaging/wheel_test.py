"""Install the Python package as `pipx install clipdesk` does, into an environment of its own, and label the samples.

    python packaging/build.py --wheel
    python packaging/wheel_test.py dist/clipdesk-0.1.0-py3-none-any.whl

Its dependencies are found by pip, as for everybody; only their versions are those of packaging/lock, so that the test
does not depend on what was released today.
"""

from __future__ import annotations

import argparse
import csv
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from bare_system import own_home
from torch_index import CPU_INDEX, answers

REPOSITORY = Path(__file__).resolve().parent.parent
LOCK = REPOSITORY / "packaging" / "lock" / "app.txt"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("wheel", type=Path, nargs="?", help="the package; without it, the one in dist/")
    wheel: Path = parser.parse_args().wheel or next((REPOSITORY / "dist").glob("clipdesk-*.whl"))
    with tempfile.TemporaryDirectory(prefix="clipdesk-wheel-") as folder:
        test(wheel.resolve(), Path(folder))
    print(f"{wheel.name} works where it is installed.")
    return 0


def test(wheel: Path, folder: Path) -> None:
    """Install `wheel` below `folder` and use it there. Raises CalledProcessError or AssertionError."""
    names = set(zipfile.ZipFile(wheel).namelist())
    resources = [path for path in (REPOSITORY / "resources").rglob("*") if path.is_file()]
    lost = [path for path in resources if f"clipdesk/{path.relative_to(REPOSITORY).as_posix()}" not in names]
    assert not lost, f"{wheel.name} lacks {lost}"
    run(sys.executable, "-m", "venv", folder / "venv", folder=folder)
    scripts = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    versions = folder / "versions.txt"
    versions.write_text(constraints(LOCK.read_text(encoding="utf-8")), encoding="utf-8")
    install: list[object] = [scripts / "python", "-m", "pip", "install", "--quiet", "--constraint", versions, wheel]
    if sys.platform.startswith("linux") and answers(f"{CPU_INDEX}/torch/", timeout_s=5):
        install += ["--extra-index-url", CPU_INDEX]
    run(*install, folder=folder)
    said = run(scripts / "clipdesk", "--version", folder=folder)
    assert wheel.name.split("-")[1] in said, said
    samples = run(
        scripts / "python",
        "-c",
        "from clipdesk.resources import resource_path as p; print(p('samples'))",
        folder=folder,
    ).strip()
    assert Path(samples).is_relative_to(folder), f"{samples} is not in the environment"
    run(scripts / "clipdesk", "label", samples, "--label", "dog", "--label", "car", "--csv", "out.csv", folder=folder)
    with (folder / "out.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) > 20, rows
    assert not [row for row in rows if row["status"] == "error"], rows
    run(scripts / "clipdesk", "--samples", "--headless", "window", folder=folder)
    assert (folder / "window" / "window.png").stat().st_size > 10_000


def constraints(lock: str) -> str:
    """Return the versions of a lock file without their hashes."""
    lines = re.findall(r"^([A-Za-z0-9][\w.-]*==[^\s\\]+(?: ; [^\\\n]+)?)", lock, re.MULTILINE)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def run(*command: object, folder: Path) -> str:
    """Run a command in `folder`, with a home of its own, and return what it printed."""
    done = subprocess.run(
        list(map(str, command)),
        cwd=folder,
        env=own_home(folder / "home"),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
