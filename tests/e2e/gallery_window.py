"""A gallery with groups on a real display, for a drag of the first picture to the second group.

Prints where these are on the screen, when the drag is held over the group, and what was corrected.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QPoint, QTimer
from results_desk import embed, make_desk

from clipdesk.gui.kit import theme
from clipdesk.gui.kit.qt_application import make_application
from clipdesk.gui.loading.thumbnails import Thumbnails
from clipdesk.gui.results.cells import Column
from clipdesk.gui.results.model import ResultsModel
from clipdesk.gui.results.views import ResultsViews


def say(*words: object) -> None:
    print(*words, flush=True)


def main(folder: Path) -> None:
    app = make_application()
    theme.apply_theme(app, "light")
    desk = make_desk(sorted(folder.iterdir()))
    embed(desk, range(len(desk)))
    thumbnails = Thumbnails()
    views = ResultsViews(ResultsModel(desk, thumbnails))
    views.resize(800, 700)
    views.set_view("gallery")
    gallery, model = views.gallery, views.gallery.results
    names = {label.id: label.name for label in desk.labels}
    gallery.correction_dropped.connect(
        lambda paths, label_id: say("corrected", names[label_id], *(path.name for path in paths))
    )
    watch = QTimer(interval=20)
    watch.timeout.connect(lambda: say("held", "over the group") if gallery.drops.is_shown else None)

    def ready() -> None:
        top = QPoint(0, gallery.offset)
        viewport = gallery.viewport()
        first = viewport.mapToGlobal(gallery.visualRect(model.index(0, Column.NAME)).center())
        second = viewport.mapToGlobal(gallery.geometry_now.heading(1).center() - top)
        say("heading", second.x(), second.y(), names[model.groups[1].label])
        say("ready", first.x(), first.y(), desk.images.names[model.shown_rows.item(0)])

    views.show()
    QTimer.singleShot(1500, ready)
    watch.start()
    app.exec()


main(Path(sys.argv[1]))
