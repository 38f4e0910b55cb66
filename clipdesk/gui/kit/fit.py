"""Dialogs as high as their words want."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget


def fit_height(dialog: QDialog, width: int) -> None:
    """Make a dialog `width` px wide and as high as its wrapped text needs then.

    Qt asks a window's layout how high it is at its own width only: wrapped lines would be cut, or leave a gap.
    """
    layout = dialog.layout()
    assert layout is not None
    for widget in (dialog, *dialog.findChildren(QWidget)):
        # The stylesheet's fonts count, and they come with the first show.
        widget.ensurePolished()
    layout.invalidate()
    layout.activate()
    height = max(layout.totalHeightForWidth(width), layout.totalMinimumSize().height())
    dialog.setMinimumHeight(height)
    dialog.resize(width, height)
