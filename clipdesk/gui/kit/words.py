"""Texts that several parts of the window share."""

from __future__ import annotations

from PySide6.QtCore import QLocale

from clipdesk.gui.kit.translation import tr


def pictures_text(count: int) -> str:
    """Return “1 picture” or “3,214 pictures”."""
    return tr("%Ln picture(s)", "", count)


def missing_text() -> str:
    """Return the message for a picture whose file no longer exists."""
    return tr("The file no longer exists. Its earlier scores are shown.")


def size_text(size_bytes: int) -> str:
    """Return a file size in decimal units, such as `605 MB`, `2.4 MB` or `1.7 GB`; empty for 0."""
    if not size_bytes:
        return ""
    decimals = 0 if 10_000_000 <= size_bytes < 1_000_000_000 else 1
    return QLocale().formattedDataSize(size_bytes, decimals, QLocale.DataSizeFormat.DataSizeSIFormat)


def megabytes_text(size_bytes: int) -> str:
    """Return a size such as `0.1 MB`, `12 MB` or `1.2 GB`, never in kB: a growing amount keeps its unit."""
    if size_bytes >= 1_000_000:
        return size_text(size_bytes)
    return QLocale().toString(size_bytes / 1e6, "f", 1) + " MB"
