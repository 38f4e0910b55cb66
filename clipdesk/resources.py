"""Find the files that come with ClipDesk, in a checkout, an installed package or a frozen application."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource_path(relative: str) -> Path:
    """Return the path of `resources/RELATIVE`, whether or not the file exists."""
    # Wheels and PyInstaller builds have resources/ inside the package, checkouts beside it.
    installed = _PACKAGE / "resources"
    return (installed if installed.is_dir() else _PACKAGE.parent / "resources") / relative
