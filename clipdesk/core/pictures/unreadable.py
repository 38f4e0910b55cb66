"""Say in one sentence why a file could not be read as an image."""

from __future__ import annotations

import codecs
import errno
import re
from decimal import Decimal
from pathlib import Path

from PIL import Image

from clipdesk.core.errors import ImageError, ImageTooLargeError, UnsupportedImageError
from clipdesk.core.messages import decimal, message
from clipdesk.core.reasons import os_reason


def foreign_reason(head: bytes) -> str:
    """Say what a file is whose first bytes `head` match no supported format."""
    for signature, kind in _FOREIGN:
        if signature.match(head):
            return message(
                "core", "This is {kind}, which ClipDesk does not open. Save a copy as JPEG or PNG and use that."
            ).of(kind=kind)
    if _is_text(head):
        return message("core", "This is a text file, not a picture.")
    return message(
        "core", "This is not a picture that ClipDesk can open. JPEG, PNG, WebP, GIF, TIFF, BMP, AVIF and HEIC work."
    )


def image_error(path: Path, error: Exception, max_pixels: int) -> ImageError:
    """Translate an exception of Pillow or of the operating system."""
    match error:
        case Image.DecompressionBombError() | Image.DecompressionBombWarning():
            return ImageTooLargeError(
                path,
                message(
                    "core",
                    "The picture has more than {limit} megapixels, the limit. Save a smaller copy and use that.",
                ).of(limit=megapixels(max_pixels)),
            )
        case FileNotFoundError():
            return ImageError(
                path, message("core", "The file is not there any more; it may have been moved, renamed or deleted.")
            )
        case PermissionError():
            return ImageError(
                path,
                message("core", "You have no permission to read this file. Change its permissions, then try again."),
            )
        # EINVAL comes from Pillow seeking to an impossible offset in a broken file.
        case OSError(errno=int(number)) if number != errno.EINVAL:
            return ImageError(
                path, message("core", "The file could not be read: {reason}.").of(reason=os_reason(error))
            )
    text = str(error).lower()
    if _UNSUPPORTED_WORDS.search(text):
        return UnsupportedImageError(
            path,
            message(
                "core", "This variety of the picture format is not supported. Save it as JPEG or PNG and use that."
            ),
        )
    if _TRUNCATED_WORDS.search(text):
        return ImageError(path, TRUNCATED)
    return ImageError(path, message("core", "The file is damaged and cannot be shown. Copy or download it again."))


def megapixels(pixels: int) -> Decimal:
    """Return a number of pixels in millions, rounded for a message: `300`, `0.03`."""
    return decimal(pixels / 1e6, 0) if pixels >= 10_000_000 else Decimal(f"{pixels / 1e6:.3g}")


STOPPED = message("core", "Stopped before it was read.")
TRUNCATED = message("core", "The file ends too early; part of the picture is missing. Copy or download it again.")

#: Pillow has no exception classes for these cases, so its messages have to tell them apart.
_UNSUPPORTED_WORDS = re.compile(r"unsupported|not (yet )?supported|not installed|unknown (pixel|image|raw) mode")
_TRUNCATED_WORDS = re.compile(
    r"truncated|not enough (image )?data|end of (file|data)|eof|too small|too short|premature"
)

#: Formats that people try to open as pictures. They are named, never opened.
_FOREIGN = (
    (re.compile(rb"%PDF"), message("core", "a PDF document")),
    (re.compile(rb"%!PS|\xc5\xd0\xd3\xc6"), message("core", "a PostScript (EPS) drawing")),
    (re.compile(rb"gimp xcf"), message("core", "a GIMP document")),
    (re.compile(rb"\xff\x0a|\x00\x00\x00\x0cJXL "), message("core", "a JPEG XL picture")),
    (re.compile(rb".*<svg", re.DOTALL), message("core", "an SVG drawing")),
    (re.compile(rb"....ftypcrx|IIU\x00|FUJIFILMCCD-RAW", re.DOTALL), message("core", "a camera's raw file")),
    (re.compile(rb"....ftyp|\x1aE\xdf\xa3|RIFF....AVI ", re.DOTALL), message("core", "a video")),
)


def _is_text(head: bytes) -> bool:
    try:
        # Incremental, because the head may end inside a character.
        text = codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return all(character.isprintable() or character.isspace() for character in text)
