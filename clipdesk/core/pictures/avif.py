"""Open AVIF files, and say which are larger than libavif decodes."""

from __future__ import annotations

import re
from typing import IO

from PIL import AvifImagePlugin

#: The limits of libavif's decoder (avif.h, AVIF_DEFAULT_IMAGE_SIZE_LIMIT and AVIF_DEFAULT_IMAGE_DIMENSION_LIMIT).
_MAX_PIXELS, _MAX_SIDE = 16384 * 16384, 32768

#: The boxes that name a size lie before the pixels.
_HEAD_BYTES = 1 << 16

#: ImageSpatialExtentsProperty (ISO/IEC 23008-12, 6.5.3): version and flags, width, height.
_SIZE = re.compile(rb"ispe\0\0\0\0(....)(....)", re.DOTALL)


def open_avif(stream: IO[bytes]) -> AvifImagePlugin.AvifImageFile:
    """Open an AVIF. Raises OSError with “unsupported” in its message if it is larger than libavif decodes."""
    try:
        return AvifImagePlugin.AvifImageFile(stream)
    except SyntaxError as error:
        stream.seek(0)
        for found in _SIZE.finditer(stream.read(_HEAD_BYTES)):
            width, height = (int.from_bytes(side, "big") for side in found.groups())
            if width * height > _MAX_PIXELS or max(width, height) > _MAX_SIDE:
                raise OSError("unsupported size of an AVIF") from error
        raise
