"""A trash of a test's own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest


def use_own_trash(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make the system's trash of freedesktop systems one in `folder`, and return its path."""
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    # send2trash reads the variable when it is imported.
    for name in [name for name in sys.modules if name.partition(".")[0] == "send2trash"]:
        monkeypatch.delitem(sys.modules, name)
    return folder / "Trash"
