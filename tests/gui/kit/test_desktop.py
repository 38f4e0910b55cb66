from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from pytestqt.qtbot import QtBot

from clipdesk.gui.kit.desktop import copy_paths, file_url, local_paths, open_in_viewer, reveal_in_file_manager


class Opener(QObject):
    """Receives the URLs that would be opened by the system."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Path] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(Path(url.toLocalFile()))


@pytest.fixture
def opener(qtbot: QtBot) -> Iterator[Opener]:
    opener = Opener()
    QDesktopServices.setUrlHandler("file", opener, "open")
    yield opener
    QDesktopServices.unsetUrlHandler("file")


def mime(urls: list[str] | None = None, text: str | None = None) -> QMimeData:
    data = QMimeData()
    if urls is not None:
        data.setUrls([QUrl(url) for url in urls])
    if text is not None:
        data.setText(text)
    return data


def test_dropped_files_are_paths(tmp_path: Path) -> None:
    names = ["a.jpg", "with space.jpg", "고양이.jpg", "100%.jpg", "a#b?.jpg"]
    paths = [tmp_path / name for name in names]
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])

    assert local_paths(data) == paths


def test_urls_of_other_schemes_are_skipped() -> None:
    data = mime(["https://example.org/a.jpg", "sftp://host/b.jpg", "file:///tmp/c.jpg", "mailto:a@b.c"])

    assert local_paths(data) == [Path("/tmp/c.jpg")]


@pytest.mark.skipif(sys.platform == "win32", reason="a host in a file URL is a share there")
def test_files_on_another_host_are_skipped() -> None:
    assert local_paths(mime(["file://server/share/c.jpg", "file://localhost/tmp/c.jpg"])) == [Path("/tmp/c.jpg")]


def test_urls_come_before_the_text_beside_them() -> None:
    assert local_paths(mime(["file:///tmp/c.jpg"], "/tmp/other.jpg")) == [Path("/tmp/c.jpg")]


def test_lines_of_text_are_paths_when_they_are_absolute() -> None:
    text = '/tmp/a.jpg\r\n  "/tmp/b c.jpg"  \nrelative.jpg\n\nhello\nfile:///tmp/d%20e.jpg\n/tmp/a.jpg'

    assert local_paths(mime(text=text)) == [Path("/tmp/a.jpg"), Path("/tmp/b c.jpg"), Path("/tmp/d e.jpg")]


def test_other_mime_data_gives_no_paths() -> None:
    assert local_paths(QMimeData()) == []
    assert local_paths(mime(text="a cat")) == []


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes there only")
def test_names_that_are_not_valid_unicode_are_kept() -> None:
    path = Path(os.fsdecode(b"/tmp/caf\xe9.jpg"))
    data = QMimeData()
    data.setUrls([file_url(path)])

    assert bytes(file_url(path).toEncoded().data()) == b"file:///tmp/caf%E9.jpg"
    assert local_paths(data) == [path]


def test_copied_pictures_are_files_and_text(qtbot: QtBot, tmp_path: Path) -> None:
    paths = [tmp_path / "a b.jpg", tmp_path / "고양이.jpg"]

    copy_paths(paths)

    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "\n".join(str(path) for path in paths)
    assert local_paths(data) == paths
    assert data.data("x-special/gnome-copied-files").data().startswith(b"copy\nfile:///")


def test_a_program_that_has_copied_files_exits_cleanly(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from PySide6.QtWidgets import QApplication; "
        "from clipdesk.gui.kit.desktop import copy_paths; app = QApplication([]); copy_paths([Path(sys.argv[1])]); "
        "print(*app.clipboard().mimeData().formats())"
    )

    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, timeout=60)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split() == ["text/uri-list", "text/plain", "x-special/gnome-copied-files"]


def test_a_picture_is_opened_by_the_system(opener: Opener, tmp_path: Path) -> None:
    assert open_in_viewer(tmp_path / "a b.jpg")

    assert opener.opened == [tmp_path / "a b.jpg"]


@pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is for Linux")
def test_without_a_file_manager_the_folder_is_opened(qtbot: QtBot, opener: Opener, tmp_path: Path) -> None:
    if os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        pytest.skip("there is a session bus, and maybe a file manager on it")

    reveal_in_file_manager(tmp_path / "a.jpg")

    qtbot.waitUntil(lambda: opener.opened == [tmp_path])


@pytest.mark.skipif(not (shutil.which("dbus-run-session") and shutil.which("dbus-monitor")), reason="needs D-Bus")
def test_with_d_bus_the_file_manager_is_asked_and_then_the_folder_opened(tmp_path: Path) -> None:
    """Runs in a separate process, because Qt connects to the session bus only once."""
    path = tmp_path / "a b.jpg"
    script = textwrap.dedent(
        """
        import sys
        from pathlib import Path
        from PySide6.QtCore import QObject, QTimer, QUrl, Slot
        from PySide6.QtGui import QDesktopServices, QGuiApplication
        from clipdesk.gui.kit.desktop import reveal_in_file_manager

        class Opener(QObject):
            @Slot(QUrl)
            def open(self, url):
                print("opened", url.toLocalFile(), file=sys.stderr)
                QTimer.singleShot(200, QGuiApplication.quit)

        app = QGuiApplication([])
        opener = Opener()
        QDesktopServices.setUrlHandler("file", opener, "open")
        reveal_in_file_manager(Path(sys.argv[1]))
        QTimer.singleShot(15000, app.quit)
        app.exec()
        """
    )
    shell = 'dbus-monitor --session "member=ShowItems" & sleep 0.5; "$0" -c "$1" "$2"; kill $!'
    result = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", shell, sys.executable, script, str(path)],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        cwd=Path(__file__).parents[3],
    )

    assert f'string "{path.as_uri()}"' in result.stdout
    assert "member=ShowItems" in result.stdout
    assert f"opened {tmp_path}" in result.stderr
