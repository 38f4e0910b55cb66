"""A bare Linux for tests of the built app: no Python, no network, an empty home, and the app where nobody can write.

Debian's debootstrap fills build/bare with a minimal system and the libraries that Qt expects of a desktop. Needs root.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from system_packages import FONT_PACKAGE, QT_LIBRARIES

REPOSITORY = Path(__file__).resolve().parent.parent
HOME = "/home/person"
#: Spaces and Korean letters, as in a folder that a person has named.
APP = "/opt/내 사진 앱/clipdesk"
#: What every desktop has besides, and what must match its X server and fonts.
DESKTOP_PACKAGES = ("libx11-xcb1", FONT_PACKAGE)
_NEEDED = ("debootstrap", "unshare", "chroot", "ip")

#: Arguments: the root, the app, the home, the display or "", then the command.
_ENTER = f"""
set -e
root=$1 app=$2 home=$3 display=$4; shift 4
ip link set lo up
mkdir -p "$root{APP}" "$root{HOME}" "$root/tmp/.X11-unix"
mount --bind "$app" "$root{APP}"
mount -o remount,bind,ro "$root{APP}"
mount --bind "$home" "$root{HOME}"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
[ -z "$display" ] || mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
exec chroot --userspec=1000:1000 "$root" /usr/bin/env -i HOME={HOME} PATH=/usr/bin:/bin LANG=C.UTF-8 \
    DISPLAY="$display" OMP_NUM_THREADS=2 "$@"
"""


@dataclass(frozen=True)
class Machine:
    """Where the built app runs. `home` is the home as seen from outside; `home_there` as the app sees it."""

    enter: tuple[str, ...]
    program: str
    home: Path
    home_there: str
    what: str
    environment: dict[str, str] | None = None

    def command(self, *arguments: str) -> list[str]:
        """Return the command that starts the app."""
        return [*self.enter, self.program, *arguments]

    def script(self, text: str) -> list[str]:
        """Return the command that runs a shell script there, in which $app is the app."""
        return [*self.enter, "/bin/sh", "-c", f"app='{self.program}'\n{text}"]

    def there(self, path: Path) -> str:
        """Return the path by which the app knows a file of the home."""
        return f"{self.home_there}/{path.relative_to(self.home).as_posix()}"


def why_no_bare_system() -> str:
    """Return why there is no bare system on this computer; empty if there can be one."""
    if not hasattr(os, "geteuid") or platform.system() != "Linux":
        return "only Linux has one"
    if missing := [name for name in _NEEDED if shutil.which(name) is None]:
        return f"not installed: {', '.join(missing)}"
    if os.geteuid() != 0 and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode != 0:
        return "it needs root"
    return ""


def bare_machine(app: Path, home: Path, display: str) -> Machine:
    """Return a bare system that sees `app` read-only, and `home` as its home. Makes the system the first time."""
    root = REPOSITORY / "build" / "bare"
    make(root)
    home.mkdir(parents=True, exist_ok=True)
    subprocess.run([*_as_root(), "chown", "-R", "1000:1000", home], check=True)
    enter = [*_as_root(), "unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", _ENTER, "enter"]
    enter += [str(root), str(app), str(home), display]
    what = "a bare system without Python and network, the app read-only"
    return Machine(tuple(enter), f"{APP}/clipdesk", home, HOME, what)


def plain_machine(app: Path, home: Path) -> Machine:
    """Return this computer itself, with an empty home."""
    home.mkdir(parents=True, exist_ok=True)
    program = app / ("clipdesk.exe" if os.name == "nt" else "clipdesk")
    return Machine((), str(program), home, str(home), "this computer itself", own_home(home))


def own_home(home: Path) -> dict[str, str]:
    """Return an environment in which nothing of this computer's person is read or written."""
    names = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CLIPDESK_", "PYTHON", "XDG_"))}
    return kept | dict.fromkeys(names if os.name == "nt" else names[:1], str(home))


def make(root: Path) -> None:
    """Make the bare system in `root`, of the same release as this one."""
    stamp = root / ".complete"
    if stamp.exists():
        return
    subprocess.run([*_as_root(), "rm", "-rf", root], check=True)
    root.parent.mkdir(exist_ok=True)
    packages = ",".join([*QT_LIBRARIES.values(), *DESKTOP_PACKAGES])
    print("Making a bare system (one to two minutes)…", flush=True)
    command = [*_as_root(), "debootstrap", "--variant=minbase", f"--include={packages}", release(), str(root)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"debootstrap failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    subprocess.run([*_as_root(), "touch", stamp], check=True)


def release() -> str:
    """Return the code name of this Debian or Ubuntu."""
    match = re.search(r"^VERSION_CODENAME=(\w+)", Path("/etc/os-release").read_text(encoding="utf-8"), re.MULTILINE)
    return match[1] if match else "bookworm"


def _as_root() -> list[str]:
    return [] if os.geteuid() == 0 else ["sudo", "-n"]
