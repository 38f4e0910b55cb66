"""The rest of the person's desktop: file manager, viewer, clipboard, drops. Nothing here waits."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QCoreApplication, QMimeData, QProcess, QStringListModel, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

_log = logging.getLogger(__name__)


def reveal_in_file_manager(path: Path) -> None:
    """Show the file, selected, in the system's file manager; its folder where that cannot select."""
    if sys.platform == "win32":
        # explorer wants the two as separate words, and answers 1 even when all went well.
        QProcess.startDetached("explorer.exe", ["/select,", str(path)])
    elif sys.platform == "darwin":
        QProcess.startDetached("/usr/bin/open", ["-R", str(path)])
    else:
        _show_through_dbus(path)


def open_in_viewer(path: Path) -> bool:
    """Open the file with the system's program for it; False where there is none."""
    return QDesktopServices.openUrl(file_url(path))


def copy_paths(paths: Sequence[Path]) -> None:
    """Put files on the clipboard: as files for a file manager, as lines of text for anything else."""
    urls = [file_url(path) for path in paths]
    mime = _lasting_mime_data()
    mime.setUrls(urls)
    mime.setText("\n".join(str(path) for path in paths))
    # What GNOME's, Xfce's and LXDE's file managers look for before they offer Paste.
    lines = [b"copy", *(bytes(url.toEncoded().data()) for url in urls)]
    mime.setData("x-special/gnome-copied-files", QByteArray(b"\n".join(lines)))
    QGuiApplication.clipboard().setMimeData(mime)


def _lasting_mime_data() -> QMimeData:
    """An empty one that Qt made, not Python.

    The clipboard outlives Python's interpreter, and calls back into it at the end where Python made what is on it: each
    end after a copy was a segmentation fault (PySide 6.11).
    """
    model = QStringListModel([""])
    mime = model.mimeData([model.index(0)])
    for name in mime.formats():
        mime.removeFormat(name)
    return mime


def local_paths(mime: QMimeData) -> list[Path]:
    """The files and folders of a drop or a paste, each once: file URLs, or else lines of absolute paths.

    What lies on other computers (http, sftp) is left out. Whether a file is there is not looked up.
    """
    texts = [bytes(url.toEncoded().data()).decode("ascii") for url in mime.urls()]
    if not texts and mime.hasText():
        texts = mime.text().splitlines()
    paths = (_local_path(text.strip().strip('"')) for text in texts)
    return list(dict.fromkeys(path for path in paths if path is not None))


def file_url(path: Path) -> QUrl:
    """The file's URL, also when its name is not valid Unicode (Linux)."""
    if sys.platform == "win32":
        return QUrl.fromLocalFile(str(path))
    # Percent-encoded by Python from the bytes on the disk: Qt has no place for undecodable ones.
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


def _open_folders(paths: Iterable[Path]) -> None:
    for folder in dict.fromkeys(path.parent for path in paths):
        if not QDesktopServices.openUrl(file_url(folder)):
            _log.warning("no file manager opened %s", folder)


def _show_through_dbus(path: Path) -> None:
    """Ask the file manager that the desktop names; open the folder when none answers.

    https://www.freedesktop.org/wiki/Specifications/file-manager-interface/
    """
    from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        _open_folders([path])
        return
    name = "org.freedesktop.FileManager1"
    message = QDBusMessage.createMethodCall(name, "/org/freedesktop/FileManager1", name, "ShowItems")
    message.setArguments([[bytes(file_url(path).toEncoded().data()).decode("ascii")], ""])
    watcher = QDBusPendingCallWatcher(bus.asyncCall(message, 5000), QCoreApplication.instance())

    def on_finished() -> None:
        if watcher.isError():
            _log.info("no file manager on D-Bus: %s", watcher.error().message())
            _open_folders([path])
        watcher.deleteLater()

    watcher.finished.connect(on_finished)
