"""Create .venv with everything that ClipDesk needs, then run the app, the tests, the checks or the benchmark.

`make run`, `make test`, `make lint` and `make bench` call this script; without make, run
`python3 packaging/setup_env.py run`. It needs only Python, and installs nothing if everything is up to date.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from system_packages import (
    DEBIAN_PACKAGES,
    QT_LIBRARIES,
    apt_install,
    can_apt_install,
    ensure_libraries,
    install_line,
    window_libraries,
)
from torch_index import choose_torch_index, has_nvidia_gpu

JOBS = ("run", "test", "lint", "bench", "translations")
OLDEST_PYTHON = (3, 11)

REPOSITORY = Path(__file__).resolve().parent.parent
VENV = REPOSITORY / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
EXE = ".exe" if os.name == "nt" else ""  # Windows does not add it to a command with a path
PYTHON = SCRIPTS / f"python{EXE}"
#: Tests run in parallel, one process per core but at most four, because each takes up to 2 GB of memory.
TEST_PROCESSES = ("-n", "auto", "--maxprocesses", "4", "--dist", "worksteal")
PIP_LOG = VENV / "setup.log"


class SetupError(Exception):
    """The setup cannot continue. The message says why, and what to do."""


def main() -> int:
    """Set up what the job needs, run it, and return its exit code."""
    parser = argparse.ArgumentParser(
        description="Set up ClipDesk in .venv, then run the app, the tests, the checks or the benchmark."
    )
    parser.add_argument("job", choices=JOBS)
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="passed on to clipdesk or to pytest")
    options = parser.parse_args()
    try:
        set_up(options.job)
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Run the same command again to continue.", file=sys.stderr)
        return 130
    os.chdir(REPOSITORY)
    if options.job == "run":
        return run_app(options.arguments)
    if options.job == "test":
        return run_tests(options.arguments)
    if options.job == "bench":
        return replace_this_process([PYTHON, "packaging/bench/run.py", *options.arguments])
    if options.job == "translations":
        return replace_this_process([PYTHON, "packaging/translations.py", *options.arguments])
    return run_checks()


def run_app(arguments: Sequence[str]) -> int:
    """Open the window with the sample pictures; without a display, label them and save the results."""
    command: list[str | Path] = [SCRIPTS / f"clipdesk{EXE}", "--samples", *arguments]
    if not has_display(sys.platform, os.environ):
        say("There is no display, so ClipDesk labels the sample pictures without opening a window.")
        command += ["--headless", "run-output"]
    return replace_this_process(command)


def run_tests(arguments: Sequence[str]) -> int:
    """Run the tests without showing windows."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return replace_this_process([PYTHON, "-m", "pytest", *TEST_PROCESSES, *arguments])


def run_checks() -> int:
    """Run all checks, even after one has failed; return 1 if any failed."""
    checks = (
        (PYTHON, "-m", "ruff", "format", "--check", "."),
        (PYTHON, "-m", "ruff", "check", "."),
        (PYTHON, "-m", "mypy"),
        (SCRIPTS / f"lint-imports{EXE}",),
    )
    failed = False
    for check in checks:
        say(f"$ {' '.join((check[0].name, *check[1:]))}")
        failed |= subprocess.call([str(part) for part in check]) != 0
    return int(failed)


def has_display(platform: str, environment: Mapping[str, str]) -> bool:
    """Return whether a window can open. Only on Linux can there be no display."""
    return not platform.startswith("linux") or bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def replace_this_process(command: Sequence[str | Path]) -> int:
    """Replace this process by `command`, so that it gets Ctrl+C and sets the exit code. On Windows, wait for it."""
    parts = [str(part) for part in command]
    if os.name != "nt":
        os.execv(parts[0], parts)
    return subprocess.call(parts)


def set_up(job: str) -> None:
    """Install into .venv what the job needs; return at once if that has been done before."""
    if problem := python_problem(sys.version_info[:2]):
        raise SetupError(problem)
    if sys.platform.startswith("linux") and job != "lint":
        libraries = window_libraries(os.environ) if job == "run" else QT_LIBRARIES
        if problem := ensure_libraries(libraries, besides=() if can_make_venv() else (venv_package(),)):
            raise SetupError(problem)
    key = stamp_key(REPOSITORY)
    ready = {name for name in JOBS if PYTHON.exists() and is_current(stamp_of(name), key)}
    if job in ready:
        return

    started_s = time.monotonic()
    ensure_venv()
    if not ready:
        forget_half_installed(VENV)
        ensure_torch()
    wanted = dependency_group(job) if ready else ["--editable", ".[heif,raw]", *dependency_group(job)]
    if wanted:
        say("Installing ClipDesk and its other dependencies…" if not ready else f"Installing what “make {job}” needs…")
        if pip("install", *wanted) != 0:
            raise SetupError(pip_failure("The dependencies could not be installed."))
    if not ready:
        ensure_openvino(platform.machine())
    if job != "lint":
        check_imports()
    stamp_of(job).write_text(key)
    say(f"Ready after {time.monotonic() - started_s:.0f} s. The next start takes no time.\n")


def python_problem(version: tuple[int, int]) -> str | None:
    """Return what is wrong with this version of Python, or None."""
    if version >= OLDEST_PYTHON:
        return None
    found, oldest = (".".join(map(str, numbers)) for numbers in (version, OLDEST_PYTHON))
    return f"ClipDesk needs Python {oldest} or newer, but this is {found}. Get a newer one from https://www.python.org."


def stamp_of(job: str) -> Path:
    """Return the file that marks a finished setup. It is written last, so that an interrupted setup runs again."""
    return VENV / f".ready-to-{job}"


def stamp_key(repository: Path) -> str:
    """Return a hash of what the setup depends on: the requirements, these scripts, and the path of the checkout."""
    digest = hashlib.sha256(str(repository).encode())
    for path in (repository / "pyproject.toml", *sorted(Path(__file__).parent.glob("*.py"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_current(stamp: Path, key: str) -> bool:
    return stamp.is_file() and stamp.read_text() == key


def ensure_venv() -> None:
    """Create .venv, and recreate it if it is incomplete or its Python has been removed. Raises SetupError."""
    if venv_works():
        return
    if not can_make_venv():
        ensure_venv_module()
    say("Creating .venv…")
    result = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True)
    if result.returncode != 0 or not venv_works():
        output = (result.stderr or result.stdout).strip()
        raise SetupError(f".venv could not be created with {sys.executable}.\n{output}")


def venv_works() -> bool:
    """Return whether .venv has a Python that is new enough, and pip."""
    if not PYTHON.exists():
        return False
    new_enough = f"import sys; sys.exit(sys.version_info < {OLDEST_PYTHON})"
    return all(
        subprocess.run([PYTHON, *arguments], capture_output=True).returncode == 0
        for arguments in (("-c", new_enough), ("-m", "pip", "--version"))
    )


def can_make_venv() -> bool:
    """Return whether `venv` is complete. On Debian, Python comes without `ensurepip`, which it needs."""
    return importlib.util.find_spec("ensurepip") is not None


def venv_package() -> str:
    """Return the Debian package that completes `venv` for this Python."""
    return f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"


def ensure_venv_module() -> None:
    """Install what `venv` lacks, if we are root on Debian or Ubuntu. Raises SetupError if that does not help."""
    if can_apt_install():
        apt_install([venv_package()])
        importlib.invalidate_caches()
    if not can_make_venv():
        raise SetupError(
            "This Python cannot create virtual environments. Install the missing package, then try again:\n\n"
            + install_line([venv_package()])
        )


def forget_half_installed(venv: Path) -> None:
    """Remove the metadata of packages that an interrupted pip installed only in part: it would not install them again.

    pip writes INSTALLER after all files of the package.
    """
    for folder in (*venv.glob("lib/python*/site-packages"), venv / "Lib" / "site-packages"):
        for record in folder.glob("*.dist-info"):
            if not (record / "INSTALLER").exists():
                shutil.rmtree(record)


def ensure_torch() -> None:
    """Install PyTorch separately, because it may come from another package index. Raises SetupError."""
    is_there = "from importlib.metadata import version; version('torch'), version('torchvision')"
    if subprocess.run([PYTHON, "-c", is_there], capture_output=True).returncode == 0:
        return
    wanted = [requirement for requirement in pyproject()["project"]["dependencies"] if requirement.startswith("torch")]
    has_gpu = has_nvidia_gpu()
    index = choose_torch_index(sys.platform, has_gpu)
    if index is not None:
        say("Installing PyTorch without CUDA, because there is no NVIDIA GPU (0.8 GB on disk)…")
        # Both torch and torchvision from this index, because builds from different indexes do not work together.
        if pip("install", "--retries", "2", "--index-url", index, *wanted) == 0:
            return
        say("That did not work. Trying PyPI.")
    elif sys.platform.startswith("linux") and not has_gpu:
        say("The smaller PyTorch without CUDA cannot be downloaded, because its package index does not answer.")
    size = " with CUDA (5.6 GB on disk; takes several minutes)" if sys.platform.startswith("linux") else ""
    say(f"Installing PyTorch{size}…")
    if pip("install", *wanted) != 0:
        raise SetupError(pip_failure("PyTorch could not be installed."))


def ensure_openvino(machine: str) -> None:
    """Install the extra `cpu` where it helps: on Intel and AMD processors. ClipDesk works without it, only slower."""
    if machine not in ("x86_64", "AMD64"):
        return
    say("Installing OpenVINO, which computes pictures faster than PyTorch on this processor (180 MB on disk)…")
    if pip("install", *pyproject()["project"]["optional-dependencies"]["cpu"]) != 0:
        say("That did not work. PyTorch will compute them.")


def dependency_group(job: str) -> list[str]:
    """Return the job's dependency group in pyproject.toml. The pip of Debian 12 does not support `--group`."""
    groups: dict[str, list[str]] = pyproject().get("dependency-groups", {})
    return groups.get(job, [])


def pyproject() -> dict[str, Any]:
    import tomllib  # only after the check of the Python version, as it was added in 3.11

    return tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))


def pip(*arguments: str) -> int:
    """Run .venv's pip and return its exit code. Its output goes to PIP_LOG; every 30 s print the time so far."""
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments]
    started_s = time.monotonic()
    with PIP_LOG.open("a", encoding="utf-8") as log:
        print("\n$", *command, file=log, flush=True)
        with subprocess.Popen(command, cwd=REPOSITORY, stdout=log, stderr=subprocess.STDOUT) as process:
            while True:
                try:
                    return process.wait(timeout=30)
                except subprocess.TimeoutExpired:
                    say(f"  … {time.monotonic() - started_s:.0f} s")


def pip_failure(summary: str) -> str:
    """Return the summary with pip's last errors."""
    lines = PIP_LOG.read_text(encoding="utf-8", errors="replace").splitlines()
    errors = [line for line in lines[-30:] if line.startswith("ERROR")] or lines[-3:]
    return "\n".join((summary, *errors[-3:], f"Is this computer online? The full output of pip is in {PIP_LOG}."))


def check_imports() -> None:
    """Import the packages that fail most often, so that the setup can explain the failure. Raises SetupError."""
    say("Checking that Qt and PyTorch start…")
    qt_remedy = f"Install the system packages that Qt needs, then try again:\n\n{install_line(DEBIAN_PACKAGES)}"
    torch_remedy = "The installation is damaged. Run “make clean-all”, then this command again."
    for modules, remedy in (("PySide6.QtWidgets", qt_remedy), ("torch, torchvision", torch_remedy)):
        check = subprocess.run([PYTHON, "-c", f"import {modules}"], capture_output=True, text=True)
        if check.returncode != 0:
            reason = (check.stderr.strip().splitlines() or [f"exit code {check.returncode}"])[-1]
            raise SetupError(f"{modules} cannot be imported: {reason}\n{remedy}")


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
