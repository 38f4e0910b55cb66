"""A small program that acts as the source of a drag, like a file manager that offers copy and move."""

from __future__ import annotations

import sys

from PySide6.QtCore import QMimeData, Qt, QTimer, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel


class Source(QLabel):
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        drag = QDrag(self)
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(path) for path in sys.argv[1:]])
        drag.setMimeData(mime)
        action = drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.DropAction.MoveAction)
        print(f"dropped {action.name}", flush=True)


app = QApplication([])
source = Source("drag me")
source.setGeometry(100, 100, 200, 200)
source.show()


def say_place() -> None:
    center = source.mapToGlobal(source.rect().center())
    print(f"ready {center.x()} {center.y()}", flush=True)


QTimer.singleShot(800, say_place)
app.exec()
