"""Open TIFF files: say which varieties are not supported, and keep libtiff from writing to standard error."""

from __future__ import annotations

import ctypes
import functools
import os
from pathlib import Path
from typing import IO

import PIL
from PIL import TiffImagePlugin

#: Tag of TIFF 6.0.
_COMPRESSION = 259

#: Big-endian BigTIFF, which Pillow 13 takes for a TIFF without dimensions.
_BIG_ENDIAN_BIGTIFF = b"MM\0\x2b"


def open_tiff(stream: IO[bytes]) -> TiffImagePlugin.TiffImageFile:
    """Open a TIFF. Raises OSError with “unsupported” in its message for varieties that Pillow cannot read."""
    _silence_libtiff()
    head = stream.read(4)
    stream.seek(0)
    try:
        image = TiffImagePlugin.TiffImageFile(stream)
    except MemoryError:
        raise
    except Exception as error:  # as many kinds as in `opened`
        reason = error.args[0] if error.args else None
        # Pillow looks up the compression in a table.
        if head == _BIG_ENDIAN_BIGTIFF or (isinstance(reason, KeyError) and isinstance(reason.args[0], int)):
            raise OSError("unsupported TIFF") from error
        raise
    if not _can_decompress(image.tag_v2.get(_COMPRESSION, 1)):
        raise OSError("unsupported TIFF compression")
    return image


def _can_decompress(compression: object) -> bool:
    """Return whether Pillow's libtiff has the codec; True if that is unknown. Pillow's wheels have none for WebP."""
    libtiff = _libtiff()
    if libtiff is None or not isinstance(compression, int) or compression == 1:
        return True
    return bool(libtiff.TIFFIsCODECConfigured(ctypes.c_uint16(compression)))


@functools.cache
def _silence_libtiff() -> None:
    """Make libtiff drop its messages. By default it prints them to standard error; Pillow raises errors as well."""
    libtiff = _libtiff()
    if libtiff is not None:
        for name in ("TIFFSetErrorHandler", "TIFFSetWarningHandler"):
            set_handler = getattr(libtiff, name)
            set_handler.restype = ctypes.c_void_p
            set_handler(None)


@functools.cache
def _libtiff() -> ctypes.CDLL | None:
    """Return the libtiff that Pillow has loaded; None if it is part of Pillow's own library, as on Windows."""
    from PIL import _imaging  # noqa: F401  # loads it

    if not hasattr(os, "RTLD_NOLOAD"):
        return None
    package = Path(PIL.__file__).parent
    bundled = [*package.parent.glob("pillow.libs/libtiff*"), *package.glob(".dylibs/libtiff*")]
    for name in [*map(str, bundled), "libtiff.so.6", "libtiff.so.5", "libtiff.6.dylib"]:
        try:
            # Never another copy than that in this process: its handlers would be others.
            return ctypes.CDLL(name, mode=os.RTLD_NOLOAD | os.RTLD_NOW)
        except OSError:
            continue
    return None
