"""Numbers of things in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale


def pictures_text(count: int) -> str:
    """“1 picture”, “3,214 pictures”.

    Not Qt's %n: without a translation it says “1 picture(s)”, and it writes numbers without groups of digits.
    """
    if count == 1:
        return QCoreApplication.translate("words", "1 picture")
    return QCoreApplication.translate("words", "{} pictures").format(QLocale().toString(count))


def missing_text() -> str:
    """What is said of a picture whose file has gone since it was opened."""
    return QCoreApplication.translate("words", "The file is not there any more. Its scores are those from before.")


def size_text(size_bytes: int) -> str:
    """`605 MB`, `2.4 MB`, `1.7 GB`: as file managers count; empty for nothing."""
    if not size_bytes:
        return ""
    decimals = 0 if 10_000_000 <= size_bytes < 1_000_000_000 else 1
    return QLocale().formattedDataSize(size_bytes, decimals, QLocale.DataSizeFormat.DataSizeSIFormat)


def megabytes_text(size_bytes: int) -> str:
    """`0.1 MB`, `12 MB`, `1.2 GB`: never in smaller units, so that it can be compared while it grows."""
    if size_bytes >= 1_000_000:
        return size_text(size_bytes)
    return QLocale().toString(size_bytes / 1e6, "f", 1) + " MB"
