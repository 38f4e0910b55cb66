"""Gather the licences of everything in the app into one text, which *Help → Licences* shows.

Run by the Python that the app was built with, because it lists what is installed there:

    build/venv/bin/python packaging/licences.py dist/clipdesk/_internal third-party.txt
"""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import Distribution, distributions
from pathlib import Path

PACKAGING = Path(__file__).resolve().parent
TEXTS = PACKAGING / "licence_texts"
#: Texts that are missing from the packages of these distributions.
MISSING_TEXTS = {
    "pyside6-essentials": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "tokenizers": ("Apache-2.0.txt",),
}
_LICENCE_FILE = re.compile(r"(^|[/.])(licen[cs]es?|copying|notice|authors)[^/]*$", re.IGNORECASE)
_LINE = "=" * 79

_INTRODUCTION = """\
ClipDesk contains the following software of others, which is used under these licences.

Qt, PySide6, LibRaw, libheif and libde265 are used under the LGPL. They are separate files in the folder of ClipDesk, so
that you can replace them by versions of your own: Qt in PySide6/Qt (on Windows PySide6), the others in rawpy.libs and
pi_heif.libs. Their sources are at https://download.qt.io, https://www.libraw.org,
https://github.com/strukturag/libheif and https://github.com/strukturag/libde265.
"""


def main(arguments: list[str]) -> int:
    """Write the text. The arguments are the folder of the app's files, the file to write, and the lock file."""
    contents, target, lock = map(Path, arguments)
    names = locked_names(lock.read_text(encoding="utf-8"))
    sections = [python_section(), *map(section, chosen(distributions(), names))]
    sections += system_sections(contents)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join([_INTRODUCTION, *sections]), encoding="utf-8", newline="\n")
    print(f"{target}: {len(sections)} licences")
    return 0


def locked_names(lock: str) -> set[str]:
    """Return the normalised names of the distributions in a lock file."""
    return {normalised(name) for name in re.findall(r"^([A-Za-z0-9][\w.-]*)==", lock, re.MULTILINE)}


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def chosen(installed: Iterable[Distribution], names: set[str]) -> list[Distribution]:
    """Return the installed distributions with these names, and PyInstaller, whose loader is part of the app."""
    wanted = names | {"pyinstaller"}
    found = {normalised(one.name): one for one in installed if normalised(one.name) in wanted}
    return [found[name] for name in sorted(found)]


def section(distribution: Distribution) -> str:
    """Return the licence of a distribution with its texts."""
    name = normalised(distribution.name)
    texts = {path.name: path.read_text(encoding="utf-8") for path in map(TEXTS.joinpath, MISSING_TEXTS.get(name, ()))}
    return "\n".join(
        [
            heading(f"{distribution.name} {distribution.version}: {licence_name(distribution)}"),
            *texts_of(licence_files(distribution) | texts),
        ]
    )


def licence_name(distribution: Distribution) -> str:
    """Return the name of a licence, as the distribution declares it."""
    metadata = distribution.metadata
    declared = metadata.get("License-Expression") or metadata.get("License") or ""
    if declared and len(declared.splitlines()) == 1:
        return declared
    classifiers = [line.split(" :: ")[-1] for line in metadata.get_all("Classifier", []) if line.startswith("License")]
    return ", ".join(classifiers) or "see below"


def licence_files(distribution: Distribution) -> dict[str, str]:
    """Return the texts of all licence files of a distribution."""
    return {
        str(file): Path(str(file.locate())).read_text(encoding="utf-8", errors="replace")
        for file in distribution.files or ()
        if ".dist-info/" in file.as_posix() and _LICENCE_FILE.search(file.as_posix())
    }


def texts_of(files: Mapping[str, str]) -> Iterator[str]:
    """Yield each text once: PyTorch alone repeats some of them a dozen times."""
    seen: set[str] = set()
    for text in files.values():
        if text.strip() not in seen:
            seen.add(text.strip())
            yield f"{text.strip()}\n"


def heading(text: str) -> str:
    return f"{_LINE}\n{text}\n{_LINE}\n"


def python_section() -> str:
    """Return Python's own licence, which covers its standard library."""
    folders = (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix))
    texts = [path.read_text(encoding="utf-8") for folder in folders for path in folder.glob("LICENSE.txt")]
    return "\n".join([heading(f"Python {sys.version.split()[0]}: PSF-2.0"), *texts[:1]])


def system_sections(contents: Path) -> list[str]:
    """Return the licences of the libraries that were copied from Debian or Ubuntu; nothing on other systems."""
    packages: dict[str, Path] = {}
    for library in sorted(contents.glob("*.so*")):
        if library.is_symlink():
            continue
        if (package := debian_package(library.name)) is not None:
            packages[package] = Path("/usr/share/doc") / package / "copyright"
    sections = []
    for package, path in packages.items():
        if path.is_file():
            sections.append(heading(f"{package} (Debian)") + "\n" + path.read_text(encoding="utf-8", errors="replace"))
    if sections:
        sections.append(heading("LGPL-2.1, to which several of these refer") + "\n" + read("LGPL-2.1.txt"))
    return sections


def debian_package(library: str) -> str | None:
    """Return the Debian package that a library of the system comes from."""
    try:
        found = subprocess.run(["dpkg", "-S", f"*/{library}"], capture_output=True, text=True)
    except OSError:
        return None
    match = re.match(r"([a-z0-9.+-]+)(:\w+)?: ", found.stdout)
    return match[1] if match else None


def read(name: str) -> str:
    return (TEXTS / name).read_text(encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
