"""Where the files that come with ClipDesk are: in a checkout, an installed package and a frozen application."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource_path(relative: str) -> Path:
    """The path of `resources/RELATIVE`. The file may be missing; only its place is known."""
    # A wheel and a PyInstaller folder carry resources/ inside the package; a checkout beside it.
    installed = _PACKAGE / "resources"
    return (installed if installed.is_dir() else _PACKAGE.parent / "resources") / relative
