"""Lock what the app is built from: exact versions with hashes, for Linux, Windows and macOS.

    pip install uv
    python packaging/lock.py

Writes app.txt (what goes into the app), build.txt (PyInstaller, and what makes our wheel) and sbom.txt (what lists the
parts of the app) in packaging/lock/. Run it after pyproject.toml has changed, and from time to time for newer versions.
The PyTorch for Linux is the build for CPUs. Set UV_FIND_LINKS to a folder that has it where its index does not answer.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from torch_index import CPU_INDEX, answers

REPOSITORY = Path(__file__).resolve().parent.parent
LOCK = Path(__file__).resolve().parent / "lock"
#: The Python that the app is built with: Debian 12's.
PYTHON = "3.11"
#: torchvision requires exactly one version of torch, so both are chosen together.
TORCH, TORCHVISION = "2.13.0", "0.28.0"
#: Extras of pyproject.toml in the app; see bundle_contents.py. pi-heif is what `heif` has, without its GPL part.
EXTRAS = ("server", "raw", "cpu")
HEIF = "pi-heif>=1.2"
BUILD_TOOLS = ("pyinstaller>=6.22", "hatchling>=1.27")
SBOM_TOOLS = ("cyclonedx-bom>=7.5",)


def main() -> int:
    """Write the three files."""
    LOCK.mkdir(exist_ok=True)
    compile_lock(app_requirements(pyproject()), LOCK / "app.txt")
    compile_lock(BUILD_TOOLS, LOCK / "build.txt", "--constraint", str(LOCK / "app.txt"))
    compile_lock(SBOM_TOOLS, LOCK / "sbom.txt")
    return 0


def pyproject() -> dict[str, Any]:
    return tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))


def app_requirements(project: dict[str, Any]) -> list[str]:
    """Return what the app is built from: the project's dependencies and some of its extras, with our PyTorch."""
    table = project["project"]
    wanted = [*table["dependencies"]]
    for extra in EXTRAS:
        wanted += table["optional-dependencies"][extra]
    return [
        *(requirement for requirement in wanted if not requirement.startswith("torch")),
        HEIF,
        f"torch=={TORCH}+cpu ; sys_platform == 'linux'",
        f"torch=={TORCH} ; sys_platform != 'linux'",
        f"torchvision=={TORCHVISION}",
    ]


def compile_lock(requirements: list[str] | tuple[str, ...], target: Path, *options: str) -> None:
    """Write the versions and hashes of `requirements`, and of what they need, to `target`."""
    command = ["uv", "pip", "compile", "-", "--universal", "--generate-hashes", "--no-annotate", "--upgrade"]
    command += ["--python-version", PYTHON, "--custom-compile-command", "python packaging/lock.py", *options]
    if answers(f"{CPU_INDEX}/torch/", timeout_s=5):
        command += ["--extra-index-url", CPU_INDEX, "--index-strategy", "unsafe-best-match"]
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / target.name
        subprocess.run([*command, "--output-file", str(result)], input="\n".join(requirements), text=True, check=True,
                       stdout=subprocess.DEVNULL)  # fmt: skip
        target.write_text(result.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")
    print(target.relative_to(REPOSITORY))


if __name__ == "__main__":
    sys.exit(main())
