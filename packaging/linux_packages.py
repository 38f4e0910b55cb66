"""Pack the built app for Linux: a .tar.xz with an install script, a .deb, and an AppImage.

    python packaging/linux_packages.py tar deb
    python packaging/linux_packages.py appimage --runtime runtime-x86_64

The app is taken from dist/clipdesk, which `make package` builds, and the packages are written to dist/. Needs PySide6
for the icons; tar and xz, dpkg-deb, or mksquashfs. Set SOURCE_DATE_EPOCH to give all files that date.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import icons
from app_metadata import version
from system_packages import FONT_PACKAGE, QT_LIBRARIES, WAYLAND_LIBRARIES, X11_LIBRARIES

REPOSITORY = Path(__file__).resolve().parent.parent
SOURCE = Path(__file__).resolve().parent / "linux"
#: Sizes that desktops look for; larger ones are scaled from the SVG.
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
KINDS = ("tar", "deb", "appimage")
#: Packages that Debian 13 and Ubuntu 24.04 renamed for 64-bit times.
RENAMED = {"libglib2.0-0": "libglib2.0-0t64"}
_GLIBC = re.compile(rb"GLIBC_(\d+)\.(\d+)")
#: Where the AppImage's type is found in the ELF header of its runtime.
_APPIMAGE_MAGIC = (8, b"AI\x02")


class PackagingError(Exception):
    """A package cannot be made. The message says why, and what to do."""


def main() -> int:
    """Make the packages that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("kinds", nargs="+", choices=KINDS)
    parser.add_argument("--app", type=Path, default=REPOSITORY / "dist" / "clipdesk", help="folder of the built app")
    parser.add_argument("--out", type=Path, default=REPOSITORY / "dist", help="folder for the packages")
    parser.add_argument(
        "--runtime",
        type=Path,
        default=os.environ.get("CLIPDESK_APPIMAGE_RUNTIME"),
        help="static runtime from github.com/AppImage/type2-runtime (default: $CLIPDESK_APPIMAGE_RUNTIME)",
    )
    options = parser.parse_args()
    try:
        for kind in options.kinds:
            with tempfile.TemporaryDirectory(prefix="clipdesk-package-", dir=_made(options.out)) as folder:
                print(make(kind, options.app, options.out, Path(folder), options.runtime), flush=True)
    except PackagingError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def make(kind: str, app: Path, out: Path, folder: Path, runtime: Path | None = None) -> Path:
    """Make one package of `app` in `out`, using `folder` for its parts, and return its path. Raises PackagingError."""
    if not os.access(app / "clipdesk", os.X_OK):
        raise PackagingError(f"There is no built app in {app}. Run “make package” first.")
    if kind == "tar":
        return make_tar(app, out, folder)
    if kind == "deb":
        return make_deb(app, out, folder)
    return make_appimage(app, out, folder, runtime)


def make_tar(app: Path, out: Path, folder: Path) -> Path:
    """Make the archive with the install script for one person."""
    root = folder / f"clipdesk-{version()}"
    stage_desktop_files(root / "share")
    copy_app(app, root / "app")
    shutil.copy(SOURCE / "install.sh", root / "install.sh")
    packages = " ".join([*QT_LIBRARIES.values(), *X11_LIBRARIES.values(), FONT_PACKAGE])
    (root / "README.txt").write_text(filled(SOURCE / "README.txt", packages=packages), encoding="utf-8")
    target = out / f"clipdesk-{version()}-linux-{platform.machine()}.tar.xz"
    owner = ("--owner=0", "--group=0", "--numeric-owner", "--sort=name", f"--mtime=@{date()}")
    # One thread for each CPU; a single one takes minutes. Its blocks cost 1 % in size.
    run("tar", *owner, "-C", folder, "-I", "xz -T0 -6", "-cf", target, root.name)
    return target


def make_deb(app: Path, out: Path, folder: Path) -> Path:
    """Make the Debian package. The triggers of other packages update menus, icons and file types."""
    root = folder / "deb"
    copy_app(app, root / "opt" / "clipdesk")
    stage_desktop_files(root / "usr" / "share")
    binary = root / "usr" / "bin" / "clipdesk"
    binary.parent.mkdir(parents=True)
    binary.symlink_to("../../opt/clipdesk/clipdesk")
    documents = root / "usr" / "share" / "doc" / "clipdesk"
    documents.mkdir(parents=True)
    shutil.copy(REPOSITORY / "LICENSE", documents / "copyright")
    architecture = output("dpkg", "--print-architecture")
    size_kib = sum(path.lstat().st_size for path in root.rglob("*") if path.is_file() or path.is_symlink()) // 1024
    control = filled(
        SOURCE / "control", architecture=architecture, size=str(size_kib), depends=", ".join(dependencies(app))
    )
    (root / "DEBIAN").mkdir()
    (root / "DEBIAN" / "control").write_text(control, encoding="utf-8")
    target = out / f"clipdesk_{version()}_{architecture}.deb"
    run("dpkg-deb", "--root-owner-group", "-Zxz", "--build", root, target)
    return target


def make_appimage(app: Path, out: Path, folder: Path, runtime: Path | None) -> Path:
    """Make the AppImage: the runtime, followed by a compressed file system with the app.

    The static runtime mounts it without libfuse2, which new distributions no longer have. Where FUSE is forbidden, as
    in containers, `--appimage-extract-and-run` unpacks it.
    """
    if runtime is None or not runtime.is_file():
        raise PackagingError("Name the static runtime for AppImages by --runtime or CLIPDESK_APPIMAGE_RUNTIME.")
    stub = runtime.read_bytes()
    offset, magic = _APPIMAGE_MAGIC
    if not stub.startswith(b"\x7fELF") or stub[offset : offset + len(magic)] != magic:
        raise PackagingError(f"{runtime} is no runtime for AppImages of type 2.")
    root = folder / "ClipDesk.AppDir"
    copy_app(app, root / "usr" / "lib" / "clipdesk")
    stage_desktop_files(root / "usr" / "share")
    shutil.copy(SOURCE / "clipdesk.desktop", root / "clipdesk.desktop")
    shutil.copy(root / "usr/share/icons/hicolor/256x256/apps/clipdesk.png", root / "clipdesk.png")
    (root / ".DirIcon").symlink_to("clipdesk.png")
    (root / "AppRun").symlink_to("usr/lib/clipdesk/clipdesk")
    image = folder / "app.squashfs"
    options = ("-root-owned", "-noappend", "-no-progress", "-quiet", "-b", "256K")
    run("mksquashfs", root, image, "-comp", "zstd", "-Xcompression-level", "19", *options)
    target = out / f"ClipDesk-{version()}-{platform.machine()}.AppImage"
    with target.open("wb") as file:
        file.write(stub)
        with image.open("rb") as source:
            shutil.copyfileobj(source, file, 1 << 20)
    target.chmod(0o755)
    return target


def copy_app(app: Path, target: Path) -> None:
    """Copy the built app with its links. All of it is readable by everybody, and writable by its owner only."""
    shutil.copytree(app, target, symlinks=True)
    for path in (target, *target.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)


def stage_desktop_files(share: Path) -> None:
    """Write menu entry, file type, icons and the entries *Open with ClipDesk* of file managers below `share`."""
    files = {
        "applications/clipdesk.desktop": "clipdesk.desktop",
        "mime/packages/clipdesk.xml": "clipdesk-mime.xml",
        "metainfo/clipdesk.metainfo.xml": "clipdesk.metainfo.xml",
        # A handler of folders in the menu entry would make ClipDesk the file manager of some desktops.
        "kio/servicemenus/clipdesk.desktop": "open-folder.kio.desktop",
        "nemo/actions/clipdesk.nemo_action": "open-folder.nemo_action",
    }
    day = time.strftime("%Y-%m-%d", time.gmtime(date()))
    for target, name in files.items():
        _made((share / target).parent)
        (share / target).write_text(filled(SOURCE / name, date=day), encoding="utf-8")
    (share / "kio/servicemenus/clipdesk.desktop").chmod(0o755)  # KDE runs only executable ones
    for size, data in icons.render(ICON_SIZES).items():
        folder = _made(share / "icons" / "hicolor" / f"{size}x{size}" / "apps")
        (folder / "clipdesk.png").write_bytes(data)
    folder = _made(share / "icons" / "hicolor" / "scalable" / "apps")
    shutil.copy(icons.drawing(512), folder / "clipdesk.svg")


def dependencies(app: Path) -> list[str]:
    """Return the Debian packages that the app needs: the C library, and what Qt loads but the app does not contain."""
    inside = {path.name for path in app.rglob("*.so*")}
    libraries = QT_LIBRARIES | X11_LIBRARIES | WAYLAND_LIBRARIES
    packages = [package for library, package in libraries.items() if library not in inside]
    named = [f"{RENAMED[package]} | {package}" if package in RENAMED else package for package in packages]
    major, minor = newest_glibc(app)
    return sorted([f"libc6 (>= {major}.{minor})", *named])


def newest_glibc(app: Path) -> tuple[int, int]:
    """Return the newest version of the C library that a program or library of the app asks for."""
    found = {(2, 17)}
    for path in (app / "clipdesk", *app.rglob("*.so*")):
        if path.is_file() and not path.is_symlink():
            found |= {(int(major), int(minor)) for major, minor in _GLIBC.findall(path.read_bytes())}
    return max(found)


def filled(template: Path, **values: str) -> str:
    """Return the text of a file with `@name@` replaced by its value; `@version@` is ours."""
    text = template.read_text(encoding="utf-8")
    for name, value in {"version": version(), **values}.items():
        text = text.replace(f"@{name}@", value)
    return text


def date() -> int:
    """Return the date of all packed files, in seconds since 1970."""
    return int(os.environ.get("SOURCE_DATE_EPOCH") or time.time())


def run(*command: object) -> None:
    """Run a program. Raises PackagingError with its output if it fails or is missing."""
    output(*command)


def output(*command: object) -> str:
    """Run a program and return what it prints, without the final line break. Raises PackagingError."""
    # dpkg-deb and mksquashfs read the date of their files from it.
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(date())}
    parts = [str(part) for part in command]
    try:
        result = subprocess.run(parts, capture_output=True, text=True, check=False, env=environment)
    except FileNotFoundError:
        raise PackagingError(f"The program {command[0]} is missing. Install it, then try again.") from None
    if result.returncode != 0:
        raise PackagingError(f"{command[0]} failed:\n{result.stderr or result.stdout}")
    return result.stdout.strip()


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


if __name__ == "__main__":
    sys.exit(main())
