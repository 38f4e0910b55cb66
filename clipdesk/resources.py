"""Find the files that come with ClipDesk, in a checkout, an installed package or a frozen application."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource_path(relative: str) -> Path:
    """Return the path of `resources/RELATIVE`, whether or not the file exists."""
    # Wheels and PyInstaller builds have resources/ inside the package, checkouts beside it.
    installed = _PACKAGE / "resources"
    return (installed if installed.is_dir() else _PACKAGE.parent / "resources") / relative


def release_page() -> str:
    """Return the address of the page with releases, or "" if this copy does not name one.

    It is in `resources/release-page.txt`, which the release workflow writes: a fork gets its own page.
    """
    path = resource_path("release-page.txt")
    address = path.read_text(encoding="utf-8").strip() if path.is_file() else ""
    return address if address.startswith("https://") else ""
