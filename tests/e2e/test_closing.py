"""The window is gone at once, whatever is still being done."""

from __future__ import annotations

import threading
import time

from color_encoder import ColorEncoder
from PySide6.QtCore import QEvent, QObject
from pytestqt.qtbot import QtBot

from clipdesk.core.encoder import Encoder
from clipdesk.core.labels.label_set import Label, LabelSet
from clipdesk.gui.application import Application
from clipdesk.gui.session.preferences import Preferences
from clipdesk.gui.session.startup import Start
from clipdesk.store_settings import desks_folder


class _HiddenWatch(QObject):
    """Tells other threads when a window is hidden."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden = threading.Event()
        self.at_s = 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:
            self.at_s = time.monotonic()
            self.hidden.set()
        return False


def test_a_window_closed_while_a_model_loads_is_hidden_at_once(qtbot: QtBot, preferences: Preferences) -> None:
    watch, loading, was_hidden = _HiddenWatch(), threading.Event(), []

    def load(*_: object, **__: object) -> Encoder:
        """Load like torch, which cannot be interrupted: until the window is hidden."""
        loading.set()
        was_hidden.append(watch.hidden.wait(5))
        return ColorEncoder()

    application = Application(Start(), preferences, load=load)
    window = application.window
    window.installEventFilter(watch)
    with qtbot.waitExposed(window):
        window.show()
    application.begin()
    application.labelling.set_label_set(LabelSet((Label("dog"),)))
    qtbot.waitUntil(loading.is_set)

    began = time.monotonic()
    window.close()

    assert was_hidden[0], "the window was open until the model was loaded"
    assert watch.at_s - began < 0.5
    assert not window.isVisible()
    # The desk is saved before the wait for the model, so that the next window can have it.
    assert list(desks_folder().glob("*.clipdesk"))
