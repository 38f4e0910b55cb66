"""The system packages that Qt needs on Linux: find what is missing, and install it or tell how to."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

# Each library with its Debian package. We ask the loader instead of dpkg, because it works on every distribution, and
# package names differ between releases (libglib2.0-0 became libglib2.0-0t64).
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
X11_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND_LIBRARIES = {"libwayland-cursor.so.0": "libwayland-cursor0"}
FONT_PACKAGE = "fonts-dejavu-core"
DEBIAN_PACKAGES = (*QT_LIBRARIES.values(), *X11_LIBRARIES.values(), FONT_PACKAGE)
FEDORA_PACKAGES = (
    "libglvnd-glx",
    "libglvnd-egl",
    "libxkbcommon",
    "glib2",
    "fontconfig",
    "dbus-libs",
    "xcb-util-cursor",
    "xcb-util-wm",
    "xcb-util-keysyms",
    "libxcb",
    "libxkbcommon-x11",
    "dejavu-sans-fonts",
)

_FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
_FONT_SUFFIXES = (".ttf", ".otf", ".ttc", ".pfb")


def window_libraries(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the libraries that Qt needs for the display in this environment, each with its Debian package."""
    if environment.get("WAYLAND_DISPLAY"):
        return QT_LIBRARIES | WAYLAND_LIBRARIES
    if environment.get("DISPLAY"):
        return QT_LIBRARIES | X11_LIBRARIES
    return QT_LIBRARIES


def ensure_libraries(libraries: Mapping[str, str], besides: Sequence[str] = ()) -> str | None:
    """Install missing packages if we are root on Debian or Ubuntu; return what the person has to do, or None.

    `besides` are packages that the setup needs next. They are added to the command that the person has to type.
    """
    wanted = missing_packages(libraries)
    if not has_fonts(_FONT_FOLDERS):
        wanted.append(FONT_PACKAGE)
    if wanted and can_apt_install():
        apt_install(wanted)
        wanted = missing_packages(libraries)
    if not wanted:
        return None
    if wanted == [FONT_PACKAGE]:
        # Not an error, because fonts may be in a folder that we do not know.
        print(f"No font was found. If the window shows boxes instead of text:\n\n{install_line(wanted)}\n", flush=True)
        return None
    line = install_line([*wanted, *besides])
    return f"ClipDesk's window needs these system packages. Install them, then try again:\n\n{line}"


def missing_packages(libraries: Mapping[str, str]) -> list[str]:
    """Return the packages of the libraries that this system cannot load."""
    return [package for library, package in libraries.items() if not _loads(library)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_fonts(folders: Iterable[Path]) -> bool:
    """Return whether the folders contain a font. Qt comes with none, and without one every letter is an empty box."""
    return any(
        name.lower().endswith(_FONT_SUFFIXES)
        for folder in folders
        for _, _, names in os.walk(folder)  # unlike rglob, it skips unreadable folders
        for name in names
    )


def install_line(packages: Sequence[str]) -> str:
    """Return the command that installs these Debian packages, or their equivalents, on this system."""
    if shutil.which("apt-get"):
        return f"    sudo apt-get install -y {' '.join(packages)}"
    if shutil.which("dnf"):
        return f"    sudo dnf install {' '.join(FEDORA_PACKAGES)}"
    return f"    Names on Debian: {' '.join(packages)}\n    Names on Fedora: {' '.join(FEDORA_PACKAGES)}"


def can_apt_install() -> bool:
    """Return whether we are root on a system with apt-get."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(packages: Sequence[str]) -> None:
    """Install Debian packages as root. Failures are only printed: callers check what is installed afterwards."""
    print(f"Installing system packages: {' '.join(packages)}", flush=True)
    apt = ("apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120")
    install = (*apt, "install", "-y", "--no-install-recommends", *packages)
    # Update the package lists if that fails: a new system has none, and old lists name files that are gone.
    if _run_apt(install) is not None:
        _run_apt((*apt, "update"))
        if reason := _run_apt(install):
            print(f"apt-get could not install these packages: {reason}", flush=True)


def _run_apt(command: Sequence[str]) -> str | None:
    """Run apt-get; return its first error, or None if it worked."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    result = subprocess.run(command, env=environment, capture_output=True, text=True)
    if result.returncode == 0:
        return None
    errors = [line for line in result.stderr.splitlines() if line.startswith("E:")]
    return errors[0] if errors else f"exit code {result.returncode}"
