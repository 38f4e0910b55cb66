"""The window on a small screen with large text: 1366 × 768 pixels at 144 dpi are 910 × 512 of Qt's units."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

SCREEN = {"name": "laptop", "x": 0, "y": 0, "width": 1366, "height": 768, "logicalDpi": 144, "logicalBaseDpi": 96}
TITLE_BAR, TASK_BAR = 40, 28

PROGRAM = """
    import sys
    from pathlib import Path

    from PySide6.QtCore import QEventLoop, QPoint, QSettings, QTimer
    from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QDialog, QLabel, QPushButton, QWidget

    from clipdesk.core.labels.label_set import Label, LabelSet
    from clipdesk.gui.application import Application
    from clipdesk.gui.session.preferences import Preferences
    from clipdesk.gui.session.startup import Start

    def settle():
        loop = QEventLoop()
        QTimer.singleShot(300, loop.quit)
        loop.exec()

    settings = QSettings(str(Path(sys.argv[1]) / "settings.ini"), QSettings.Format.IniFormat)
    application = Application(Start(), Preferences(settings))
    window = application.window
    screen = window.screen().availableSize()
    window.show()
    application.desk_commands.show_labels(LabelSet(tuple(Label(f"label {n}") for n in range(12))))
    application.desk_commands.open_samples()
    window.news.show_news("The server cannot be reached. " * 3, level="bad", action=("Continue", print))
    while not window.shows_results:  # until then, the window is higher
        settle()
    settle()
    print("screen", screen.width(), screen.height())
    hint = window.minimumSizeHint()
    print("window", max(hint.width(), window.minimumWidth()), max(hint.height(), window.minimumHeight()))
    window.resize(window.minimumSizeHint())
    settle()
    field = window.labels.input
    print("field", field.mapTo(window, QPoint(0, 0)).x(), field.mapTo(window, field.rect().bottomLeft()).y())
    for show in (
        application.window_commands.show_preferences,
        application.window_commands.show_keys,
        application.window_commands.show_first_steps,
        application.window_commands.show_about,
        application.model_commands.show_models,
        application.server_commands.show_settings,
        application.export_commands.choose,
        application.sorting_commands.show_dialog,
        application.sorting_commands.show_history,
    ):
        show()
        settle()
        dialog = next(one for one in window.findChildren(QDialog) if one.isVisible())
        if hasattr(dialog, "more"):
            dialog.more.set_open(True)
            settle()
        if hasattr(dialog, "sidecar_fields"):
            dialog.format.setCurrentIndex(dialog.format.findData("xmp"))
            settle()
        print(type(dialog).__name__, dialog.minimumWidth(), dialog.minimumHeight())
        kinds = (QCheckBox, QComboBox, QLabel, QPushButton)
        parts = [one for one in dialog.findChildren(QWidget) if isinstance(one, kinds) and one.isVisible()]
        low = [one for one in parts if one.height() < one.minimumSizeHint().height()]
        print(f"{type(dialog).__name__}.cut", len(low), 0)
        dialog.close()
        settle()
    window.close()
    application.stop()
"""


def test_the_window_and_its_dialogs_fit(tmp_path: Path) -> None:
    screens = tmp_path / "screens.json"
    screens.write_text(json.dumps({"synchronousWindowSystemEvents": True, "screens": [SCREEN]}))
    environment = {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={screens}"}
    run = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(PROGRAM), str(tmp_path)],
        capture_output=True, text=True, timeout=120, check=False, env=environment,
    )  # fmt: skip

    assert run.returncode == 0, run.stderr
    sizes = {name: (int(width), int(height)) for name, width, height in map(str.split, run.stdout.splitlines())}
    screen_width, screen_height = sizes.pop("screen")
    assert (screen_width, screen_height) == (911, 512)
    _, window_height = sizes.pop("window")
    assert window_height <= screen_height - TITLE_BAR - TASK_BAR
    assert sizes.pop("field")[1] < window_height
    cut = {name: sizes.pop(name)[0] for name in list(sizes) if name.endswith(".cut")}
    assert not any(cut.values()), cut
    assert len(sizes) == 9
    too_large = {
        name: size for name, size in sizes.items() if size[0] > screen_width or size[1] > screen_height - TITLE_BAR
    }
    assert too_large == {}
