"""The desktop around ClipDesk: file manager, image viewer, clipboard, drag and drop. Nothing here blocks."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QCoreApplication, QMimeData, QProcess, QStringListModel, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

logger = logging.getLogger(__name__)

#: Marks a drag of pictures that are in the list already. Names the process: another window has another list.
OWN_PICTURES_TYPE = f"application/x-clipdesk-pictures-{os.getpid()}"


def reveal_in_file_manager(path: Path, on_failed: Callable[[], object] = lambda: None) -> None:
    """Show the file in the system's file manager, selected where the file manager supports that.

    Calls `on_failed` if there is no file manager, possibly later.
    """
    if sys.platform == "win32":
        # Explorer needs two separate arguments, and exits with 1 even on success.
        _start("explorer.exe", ["/select,", str(path)], on_failed)
    elif sys.platform == "darwin":
        _start("/usr/bin/open", ["-R", str(path)], on_failed)
    else:
        _show_through_dbus(path, on_failed)


def open_in_viewer(path: Path) -> bool:
    """Open the file with the system's default program. Return False if there is none."""
    return QDesktopServices.openUrl(file_url(path))


def copy_paths(paths: Sequence[Path]) -> None:
    """Copy files to the clipboard: as files for file managers, and as one path a line for other programs."""
    urls = [file_url(path) for path in paths]
    mime = _lasting_mime_data()
    mime.setUrls(urls)
    mime.setText("\n".join(str(path) for path in paths))
    # The file managers of GNOME, Xfce and LXDE offer Paste only for this format.
    lines = [b"copy", *(bytes(url.toEncoded().data()) for url in urls)]
    mime.setData("x-special/gnome-copied-files", QByteArray(b"\n".join(lines)))
    QGuiApplication.clipboard().setMimeData(mime)


def _lasting_mime_data() -> QMimeData:
    """Return empty mime data that was created by Qt, not by Python.

    The clipboard outlives the Python interpreter. Mime data created by Python is called back at exit, which is a
    segmentation fault (PySide 6.11).
    """
    model = QStringListModel([""])
    mime = model.mimeData([model.index(0)])
    for name in mime.formats():
        mime.removeFormat(name)
    return mime


def local_paths(mime: QMimeData) -> list[Path]:
    """Return the files and folders of a drop or a paste, without duplicates.

    Reads file URLs, or else lines with absolute paths. Skips URLs of other computers (http, sftp). Does not check
    whether the files exist.
    """
    texts = [bytes(url.toEncoded().data()).decode("ascii") for url in mime.urls()]
    if not texts and mime.hasText():
        texts = mime.text().splitlines()
    paths = (_local_path(text.strip().strip('"')) for text in texts)
    return list(dict.fromkeys(path for path in paths if path is not None))


def file_url(path: Path) -> QUrl:
    """Return the file's URL, even if its name is not valid Unicode (Linux)."""
    if sys.platform == "win32":
        return QUrl.fromLocalFile(str(path))
    # Python percent-encodes the bytes on disk; a Qt string cannot hold undecodable ones.
    return QUrl.fromEncoded(QByteArray(path.absolute().as_uri().encode("ascii")))


def _local_path(text: str) -> Path | None:
    if text.lower().startswith("file:"):
        url = QUrl.fromEncoded(QByteArray(text.encode()))
        if url.host() not in ("", "localhost") and sys.platform != "win32":
            return None
        if sys.platform == "win32":
            return Path(url.toLocalFile())
        encoded = url.path(QUrl.ComponentFormattingOption.FullyEncoded)
        return Path(os.fsdecode(bytes(QByteArray.fromPercentEncoding(QByteArray(encoded.encode())).data())))
    path = Path(text)
    return path if text and path.is_absolute() else None


def _start(program: str, arguments: Sequence[str], on_failed: Callable[[], object]) -> None:
    is_started, _ = QProcess.startDetached(program, list(arguments))
    if not is_started:
        on_failed()


def _open_folder(folder: Path, on_failed: Callable[[], object]) -> None:
    if not QDesktopServices.openUrl(file_url(folder)):
        logger.info("no file manager opened %s", folder)
        on_failed()


def _show_through_dbus(path: Path, on_failed: Callable[[], object]) -> None:
    """Ask the desktop's file manager over D-Bus to select the file; open the folder if none answers.

    https://www.freedesktop.org/wiki/Specifications/file-manager-interface/
    """
    from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        _open_folder(path.parent, on_failed)
        return
    name = "org.freedesktop.FileManager1"
    message = QDBusMessage.createMethodCall(name, "/org/freedesktop/FileManager1", name, "ShowItems")
    message.setArguments([[bytes(file_url(path).toEncoded().data()).decode("ascii")], ""])
    watcher = QDBusPendingCallWatcher(bus.asyncCall(message, 5000), QCoreApplication.instance())

    def on_finished() -> None:
        if watcher.isError():
            logger.info("no file manager on D-Bus: %s", watcher.error().message())
            _open_folder(path.parent, on_failed)
        watcher.deleteLater()

    watcher.finished.connect(on_finished)
