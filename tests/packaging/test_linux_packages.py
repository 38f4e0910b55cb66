"""The packages for Linux, around a stand-in for the built app: a script that says how it was called."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.append(str(REPOSITORY / "packaging"))

import linux_packages  # noqa: E402

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="packages for Linux")

APP = '#!/bin/sh\necho "ClipDesk of the test:" "$@"\n'


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """A folder that looks like PyInstaller's: the program, a library, and a link to it."""
    folder = tmp_path / "dist" / "clipdesk"
    (folder / "_internal").mkdir(parents=True)
    (folder / "clipdesk").write_text(APP, encoding="utf-8")
    (folder / "clipdesk").chmod(0o700)
    (folder / "_internal" / "libxcb-cursor.so.0").write_bytes(b"\x7fELF GLIBC_2.4\0 GLIBC_2.38\0 GLIBC_2.9\0")
    (folder / "_internal" / "liblink.so").symlink_to("libxcb-cursor.so.0")
    return folder


def made(kind: str, app: Path, runtime: Path | None = None) -> Path:
    folder = app.parent / f"parts-{kind}"
    folder.mkdir()
    return linux_packages.make(kind, app, app.parent, folder, runtime)


def listed(*command: object) -> str:
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True).stdout


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"needs {program}")


# --- .tar.xz


class Home:
    """A person's home with an unpacked archive in it. Its name has what shells and menus must quote."""

    def __init__(self, archive: Path, folder: Path) -> None:
        self.path = folder / 'my "home" $HOME 집 100%'
        self.path.mkdir()
        listed("tar", "-C", self.path, "-xf", archive)
        (self.unpacked,) = self.path.glob("clipdesk-*")
        (self.path / ".local/share/ClipDesk").mkdir(parents=True)
        (self.path / ".local/share/ClipDesk/My.clipdesk").write_text("a desk")
        self.before = self.files()

    def install(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        variables = {name: value for name, value in os.environ.items() if name != "PREFIX"}
        variables |= {"HOME": str(self.path)} | environment
        command = [str(self.unpacked / "install.sh"), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False, env=variables)

    def files(self) -> Mapping[str, str]:
        """All files outside of the archive and of the caches that the system's own tools write."""
        return {
            str(path.relative_to(self.path)): path.read_text(encoding="utf-8", errors="replace")
            for path in self.path.rglob("*")
            if path.is_file() and self.unpacked not in path.parents and not self._is_cache(path)
        }

    def _is_cache(self, path: Path) -> bool:
        mime = self.path / ".local/share/mime"
        return path.name == "mimeinfo.cache" or (mime in path.parents and path.parent.name != "packages")

    @property
    def menu_entry(self) -> dict[str, str]:
        text = (self.path / ".local/share/applications/clipdesk.desktop").read_text(encoding="utf-8")
        return dict(line.split("=", 1) for line in text.splitlines() if "=" in line)

    def start_from_menu(self, *files: str) -> str:
        """Do what a desktop does: undo the escapes of the file and the quotes of Exec, then put in the files."""
        # Python's shlex does not know that $ is escaped between quotes, too.
        words = shlex.split(self.menu_entry["Exec"].replace("\\\\", "\\").replace("\\$", "$"))
        assert words[-1] == "%F"
        return listed(*(word.replace("%%", "%") for word in words[:-1]), *files)


@pytest.fixture
def home(app: Path, tmp_path: Path) -> Home:
    return Home(made("tar", app), tmp_path)


def test_the_archive_installs_for_one_person_and_starts_from_the_menu(home: Home) -> None:
    installed = home.install()

    assert installed.returncode == 0, installed.stderr
    assert home.start_from_menu("/a b.clipdesk") == "ClipDesk of the test: /a b.clipdesk\n"
    assert listed(home.path / ".local/bin/clipdesk", "--version") == "ClipDesk of the test: --version\n"
    assert home.menu_entry["MimeType"] == "application/x-clipdesk;"
    share = home.path / ".local/share"
    assert "*.clipdesk" in (share / "mime/packages/clipdesk.xml").read_text()
    assert (share / "icons/hicolor/16x16/apps/clipdesk.png").is_file()
    assert str(home.path / ".local/bin") in installed.stdout  # which is not on the PATH


def test_installing_again_replaces_the_app_and_removing_leaves_nothing_but_the_persons_files(home: Home) -> None:
    home.install()
    left_over = home.path / ".local/lib/clipdesk/_internal/removed-in-the-new-version.so"
    left_over.touch()

    assert home.install().returncode == 0
    assert not left_over.exists()

    removed = home.install("--uninstall")
    assert removed.returncode == 0, removed.stderr
    assert home.files() == home.before
    assert not (home.path / ".local/bin/clipdesk").is_symlink()
    assert home.install("--uninstall").returncode == 0  # twice does no harm


def test_a_folder_that_is_not_ours_is_never_replaced_or_removed(home: Home) -> None:
    other = home.path / ".local/lib/clipdesk"
    other.mkdir(parents=True)
    (other / "photo.jpg").write_text("mine")

    assert home.install().returncode == 1
    assert home.install("--uninstall").returncode == 0
    assert (other / "photo.jpg").read_text() == "mine"


def test_a_copy_that_fails_leaves_the_old_version(home: Home) -> None:
    home.install()
    shutil.rmtree(home.unpacked / "app" / "_internal")
    (home.unpacked / "app" / "_internal").symlink_to(home.unpacked / "nowhere")
    (home.path / "bin").mkdir()
    (home.path / "bin" / "cp").write_text("#!/bin/sh\necho disk full >&2\nexit 1\n")
    (home.path / "bin" / "cp").chmod(0o755)

    failed = home.install(PATH=f"{home.path / 'bin'}:{os.environ['PATH']}")

    assert failed.returncode == 1
    assert home.start_from_menu("x") == "ClipDesk of the test: x\n"
    assert not (home.path / ".local/lib/clipdesk.new").exists()


def test_the_archive_is_the_same_for_the_same_date(app: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    archives = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "parts").mkdir()
        archives.append(linux_packages.make_tar(app, tmp_path / name, tmp_path / name / "parts").read_bytes())

    assert archives[0] == archives[1]


# --- .deb


@needs("dpkg-deb")
def test_the_debian_package_belongs_to_root_and_names_what_it_needs(app: Path) -> None:
    package = made("deb", app)

    files = listed("dpkg-deb", "--contents", package)
    assert all(line.split()[1] == "root/root" for line in files.splitlines())
    assert "./usr/bin/clipdesk -> ../../opt/clipdesk/clipdesk" in files
    assert "-rwxr-xr-x root/root" in next(line for line in files.splitlines() if line.endswith("/clipdesk/clipdesk"))
    assert "./usr/share/applications/clipdesk.desktop" in files
    assert "./usr/share/mime/packages/clipdesk.xml" in files
    depends = listed("dpkg-deb", "--field", package, "Depends").strip().split(", ")
    assert "libc6 (>= 2.38)" in depends  # the newest that the library asks for, by number
    assert "libglib2.0-0t64 | libglib2.0-0" in depends
    assert "libxkbcommon-x11-0" in depends
    assert "libxcb-cursor0" not in depends  # which is inside


# --- AppImage


@needs("mksquashfs")
def test_the_appimage_is_the_runtime_followed_by_the_app(app: Path, tmp_path: Path) -> None:
    runtime = tmp_path / "runtime"
    runtime.write_bytes(b"\x7fELF\x02\x01\x01\x00AI\x02" + bytes(1000))

    image = made("appimage", app, runtime)

    assert image.read_bytes().startswith(runtime.read_bytes())
    assert os.access(image, os.X_OK)
    unpacked = tmp_path / "unpacked"
    listed("unsquashfs", "-q", "-n", "-o", runtime.stat().st_size, "-d", unpacked, image)
    assert listed(unpacked / "AppRun", "a b") == "ClipDesk of the test: a b\n"
    assert (unpacked / "clipdesk.desktop").is_file()
    assert (unpacked / ".DirIcon").read_bytes().startswith(b"\x89PNG")
    assert (unpacked / "usr/lib/clipdesk/_internal/liblink.so").is_symlink()


def test_an_appimage_needs_a_real_runtime(app: Path, tmp_path: Path) -> None:
    (tmp_path / "runtime").write_bytes(b"<html>404</html>")

    with pytest.raises(linux_packages.PackagingError, match="no runtime"):
        linux_packages.make_appimage(app, tmp_path, tmp_path, tmp_path / "runtime")
    with pytest.raises(linux_packages.PackagingError, match="CLIPDESK_APPIMAGE_RUNTIME"):
        linux_packages.make_appimage(app, tmp_path, tmp_path, None)


def test_without_a_built_app_one_sentence_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(linux_packages.PackagingError, match="make package"):
        linux_packages.make("tar", tmp_path, tmp_path, tmp_path)
