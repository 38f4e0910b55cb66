"""Build the app: one folder, dist/clipdesk, that runs where there is no Python.

    python packaging/build.py             build it, and check what it contains
    python packaging/build.py --package   then pack it, list its parts, and test it. `make package` does this
    python packaging/build.py --wheel     build only the Python package

Everything comes from packaging/lock/, in exact versions whose hashes pip checks, into an environment of its own below
build/. Needs Python 3.11 with its shared library.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from app_metadata import version
from licences import locked_names, normalised
from system_packages import FONT_PACKAGE, QT_LIBRARIES, X11_LIBRARIES, apt_install, can_apt_install, missing_packages
from torch_index import CPU_INDEX, answers

REPOSITORY = Path(__file__).resolve().parent.parent
PACKAGING = REPOSITORY / "packaging"
LOCK = PACKAGING / "lock"
BUILD = REPOSITORY / "build"
DIST = REPOSITORY / "dist"
APP = DIST / "clipdesk"
LICENCES = Path("clipdesk") / "resources" / "licences" / "third-party.txt"
#: The one Python that the locked versions are for. It is Debian 12's.
PYTHON = (3, 11)
#: Programs for building and for the smoke test, each with its Debian package.
LINUX_PROGRAMS = {
    "objdump": "binutils",
    "strip": "binutils",
    "xz": "xz-utils",
    "dpkg-deb": "dpkg",
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "debootstrap": "debootstrap",
    "qemu-x86_64-static": "qemu-user-static",
}


class BuildError(Exception):
    """The app cannot be built. The message says why, and what to do."""


def main() -> int:
    """Build what the command line asks for, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--package", action="store_true", help="also pack the app, list its parts and test it")
    parser.add_argument("--wheel", action="store_true", help="build only the Python package")
    options = parser.parse_args()
    if other := other_python():
        return subprocess.call([other, str(Path(__file__)), *sys.argv[1:]])
    try:
        if problem := python_problem(sys.version_info[:2], has_shared_library()):
            raise BuildError(problem)
        if sys.platform.startswith("linux"):
            ensure_system_packages()
        python = ensure_environment("venv", "app.txt", "build.txt")
        wheel = build_wheel(python)
        if options.wheel:
            return 0
        build_app(python, wheel)
        if not options.package:
            run(python, PACKAGING / "audit_bundle.py", APP)
            return 0
        archive = pack(python)
        run(python, PACKAGING / "audit_bundle.py", APP, "--archive", archive)
        write_sbom(python, DIST / f"{package_name()}.cdx.json")
        write_sums()
        run(python, PACKAGING / "wheel_test.py", wheel)
        # What people unpack. Archives made on other systems lose links and rights; their installers are tested apart.
        run(python, PACKAGING / "smoke_test.py", archive if sys.platform.startswith("linux") else APP)
    except BuildError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    return 0


def other_python() -> str | None:
    """Return a Python to use instead of this one; None if this one is right or none is better."""
    if python_problem(sys.version_info[:2], has_shared_library()) is None:
        return None
    return next((found for name in ("python3.11", "/usr/bin/python3.11") if (found := suitable(name))), None)


def suitable(name: str) -> str | None:
    """Return the path of a Python that can build the app; None if it cannot."""
    path = shutil.which(name)
    if path is None:
        return None
    check = (
        "import sys, sysconfig; sys.path.insert(0, sys.argv[1]); import build; "
        "sys.exit(build.python_problem(sys.version_info[:2], build.has_shared_library()) is not None)"
    )
    return path if subprocess.run([path, "-c", check, PACKAGING], capture_output=True).returncode == 0 else None


def python_problem(version: tuple[int, int], shared: bool) -> str | None:
    """Return what is wrong with a Python, or None."""
    if version != PYTHON:
        return f"The app is built with Python {PYTHON[0]}.{PYTHON[1]}, and this is {version[0]}.{version[1]}."
    return None if shared else "This Python has no shared library, which PyInstaller puts into the app."


def has_shared_library() -> bool:
    return os.name == "nt" or bool(
        sysconfig.get_config_var("Py_ENABLE_SHARED") or sysconfig.get_config_var("PYTHONFRAMEWORK")
    )


def ensure_system_packages() -> None:
    """Install what building and testing need, if we are root on Debian or Ubuntu; else say what is missing."""
    wanted = {package for program, package in LINUX_PROGRAMS.items() if shutil.which(program) is None}
    wanted |= set(missing_packages(QT_LIBRARIES | X11_LIBRARIES | {"libpython3.11.so.1.0": "libpython3.11"}))
    if subprocess.run([sys.executable, "-c", "import ensurepip"], capture_output=True).returncode != 0:
        wanted.add("python3.11-venv")
    if not wanted:
        return
    if can_apt_install():
        apt_install(sorted(wanted | {FONT_PACKAGE}))
        return
    raise BuildError(f"These packages are missing:\n\n    sudo apt-get install -y {' '.join(sorted(wanted))}")


def ensure_environment(name: str, *locks: str) -> Path:
    """Create the environment build/NAME from lock files, and return its Python. Kept while these do not change."""
    folder = BUILD / name
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = folder / ".made-from"
    key = hashlib.sha256(b"".join((LOCK / lock).read_bytes() for lock in locks) + sys.version.encode()).hexdigest()
    if stamp.is_file() and stamp.read_text() == key:
        return python
    say(f"Installing {', '.join(locks)} into {folder.relative_to(REPOSITORY)}…")
    BUILD.mkdir(exist_ok=True)
    run(sys.executable, "-m", "venv", "--clear", folder)
    command = [python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps"]
    # Compiling takes a minute, and PyInstaller compiles what it needs.
    command += ["--require-hashes", "--only-binary", ":all:", "--no-compile"]
    # Only Linux has PyTorch without CUDA from another index. Whatever index a file comes from, its hash is checked.
    if "app.txt" in locks and sys.platform.startswith("linux") and answers(f"{CPU_INDEX}/torch/", timeout_s=5):
        command += ["--extra-index-url", CPU_INDEX]
    for lock in locks:
        command += ["-r", LOCK / lock]
    run(*command)
    stamp.write_text(key)
    return python


def build_wheel(python: Path) -> Path:
    """Build the Python package in dist/, and return its path."""
    say("Building the Python package…")
    for old in DIST.glob("clipdesk-*.whl"):
        old.unlink()
    run(python, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet", "--no-deps", "--no-build-isolation",
        "--wheel-dir", DIST, REPOSITORY)  # fmt: skip
    return next(DIST.glob("clipdesk-*.whl"))


def build_app(python: Path, wheel: Path) -> None:
    """Build dist/clipdesk from the Python package."""
    started_s = time.monotonic()
    say("Building the app (five to ten minutes)…")
    run(
        python,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "install",
        "--quiet",
        "--no-deps",
        "--force-reinstall",
        wheel,
    )
    # Before, because a bundle of macOS is signed at once; and again, with the libraries of the system, on Linux.
    gather_licences(python, BUILD / "licences", BUILD / "licences" / LICENCES.name)
    # The checkout must not shadow what is installed.
    run(python, "-P", "-m", "PyInstaller", PACKAGING / "clipdesk.spec", "--noconfirm", "--log-level", "WARN",
        "--distpath", DIST, "--workpath", BUILD / "pyinstaller")  # fmt: skip
    if sys.platform.startswith("linux"):
        contents = APP / "_internal"
        gather_licences(python, contents, contents / LICENCES)
        strip(contents)
    say(f"Built in {time.monotonic() - started_s:.0f} s.")


def gather_licences(python: Path, contents: Path, target: Path) -> None:
    run(python, PACKAGING / "licences.py", contents, target, LOCK / "app.txt")


def strip(contents: Path) -> None:
    """Remove symbols, which only debuggers read: 90 of 434 MB from PyTorch's libraries, 12 MB from others.

    A Python that was built on this computer loses another 25 MB.
    """
    for library in sorted(contents.rglob("*.so*")):
        if library.is_file() and not library.is_symlink() and may_be_stripped(library):
            run("strip", "--strip-unneeded", library)


def may_be_stripped(library: Path) -> bool:
    """Return whether a library is as the linker wrote it. Stripping breaks those that were patched, such as numpy's.

    Wheels patch what they put into folders *.libs, and search paths. Those of PyTorch and Python come from the linker.
    """
    if library.parent.name.endswith(".libs") or not library.read_bytes().startswith(b"\x7fELF"):
        return False
    if library.match("torch/lib/libtorch*") or library.match("libpython*") or library.match("lib-dynload/*"):
        return True
    headers = subprocess.run(["objdump", "-p", library], capture_output=True, text=True)
    return headers.returncode == 0 and not re.search(r"^\s+R(UN)?PATH\s", headers.stdout, re.MULTILINE)


def pack(python: Path) -> Path:
    """Pack the app in dist/, on Linux as a Debian package, too, and return the path of the archive."""
    say("Packing…")
    if sys.platform.startswith("linux"):
        run(python, PACKAGING / "linux_packages.py", "tar", "deb")
        return DIST / f"{package_name()}.tar.xz"
    return Path(shutil.make_archive(str(DIST / package_name()), "zip", DIST, APP.name))


def package_name() -> str:
    """Return the name of the archive without its suffix, such as clipdesk-0.1.0-linux-x86_64."""
    system = {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")
    return f"clipdesk-{version()}-{system}-{platform.machine().lower()}"


def write_sbom(python: Path, target: Path) -> None:
    """List the parts of the app with their versions and licences, as CycloneDX."""
    say("Listing the parts of the app…")
    tools = ensure_environment("sbom-venv", "sbom.txt")
    whole = BUILD / "environment.cdx.json"
    run(tools, "-m", "cyclonedx_py", "environment", python, "--pyproject", REPOSITORY / "pyproject.toml",
        "--mc-type", "application", "--output-reproducible", "--output-format", "JSON",
        "--output-file", whole)  # fmt: skip
    names = locked_names((LOCK / "app.txt").read_text(encoding="utf-8"))
    bill = parts_of_app(json.loads(whole.read_text(encoding="utf-8")), names, platform.python_version())
    target.write_text(json.dumps(bill, indent=1) + "\n", encoding="utf-8")


def parts_of_app(bill: Mapping[str, Any], names: set[str], python: str) -> dict[str, Any]:
    """Return a bill of materials without the tools that built the app, and with Python.

    `names` are the normalised names of the distributions in the app.
    """
    kept = [part for part in bill.get("components", []) if normalised(part["name"]) in names]
    interpreter = {
        "type": "platform",
        "bom-ref": f"python=={python}",
        "name": "Python",
        "version": python,
        "licenses": [{"license": {"id": "PSF-2.0"}}],
    }
    known = {part["bom-ref"] for part in kept} | {bill.get("metadata", {}).get("component", {}).get("bom-ref")}
    dependencies = [
        {**entry, "dependsOn": [ref for ref in entry.get("dependsOn", []) if ref in known]}
        for entry in bill.get("dependencies", [])
        if entry["ref"] in known
    ]
    return {**bill, "components": [*kept, interpreter], "dependencies": dependencies}


def write_sums() -> None:
    """Write the SHA-256 of every file in dist/ to SHA256SUMS, as sha256sum does."""
    lines = []
    for path in sorted(DIST.iterdir()):
        if path.is_file() and path.name != "SHA256SUMS":
            with path.open("rb") as stream:
                lines.append(f"{hashlib.file_digest(stream, 'sha256').hexdigest()}  {path.name}\n")
    (DIST / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def run(*command: Path | str) -> None:
    """Run a command. Raises BuildError if it fails."""
    parts: Sequence[str] = [str(part) for part in command]
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    if subprocess.run(parts, cwd=REPOSITORY, env=environment).returncode != 0:
        raise BuildError(f"This failed: {' '.join(parts)}")


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
