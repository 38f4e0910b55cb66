"""What the menus show for an action, as plain text."""

from __future__ import annotations

import re

from PySide6.QtGui import QAction, QKeySequence


def keys_of(action: QAction) -> str:
    """Return the keys that a menu shows for an action, such as `Ctrl+E`. Those after a tab are handled by a widget."""
    return key_text(action.shortcut()) or action.text().partition("\t")[2]


def key_text(key: QKeySequence) -> str:
    """Return a shortcut as the person knows it."""
    # Qt tells Return from Enter, but keyboards have “Enter” on both.
    return key.toString(QKeySequence.SequenceFormat.NativeText).replace("Return", "Enter")


def plain_text(action: QAction) -> str:
    """Return what a menu shows for an action, without its key, mnemonic and dots."""
    # Korean texts have their mnemonic at the end: “폴더 추가(&F)…”.
    text = re.sub(r"\(&[^&)]\)", "", action.text().partition("\t")[0])
    return "&".join(part.replace("&", "") for part in text.split("&&")).rstrip("….")
