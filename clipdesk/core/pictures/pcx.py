"""Open PCX files of the kinds that Pillow reads correctly."""

from __future__ import annotations

import io
import struct
from typing import IO

from PIL import PcxImagePlugin

#: Manufacturer, version, encoding, bits per pixel; at 16 the palette of 16 colours; at 65 planes and bytes per row.
_HEADER_BYTES = 128

_MAX_RUN = 63

_BLACK_AND_WHITE = bytes(3) + b"\xff" * 3


def open_pcx(stream: IO[bytes]) -> PcxImagePlugin.PcxImageFile:
    """Open a PCX. Raises OSError with “unsupported” in its message for varieties that Pillow reads wrongly.

    Source: ZSoft PCX file format technical reference manual, revision 5.
    """
    header = stream.read(_HEADER_BYTES)
    if len(header) < _HEADER_BYTES:
        raise OSError("image file is truncated")
    if not _is_read_correctly(header):
        raise OSError("unsupported PCX")
    # Before memory is allocated for pixels that never come.
    if stream.seek(0, io.SEEK_END) < _HEADER_BYTES + _least_bytes(header):
        raise OSError("image file is truncated")
    stream.seek(0)
    return PcxImagePlugin.PcxImageFile(stream)


def _least_bytes(header: bytes) -> int:
    """Return what all rows take if they consist of runs of 63 bytes, each of which takes two bytes."""
    top, lower = struct.unpack_from("<H2xH", header, 6)
    planes, row_bytes = struct.unpack_from("<BH", header, 65)
    least: int = 2 * (planes * row_bytes * (lower - top + 1) // _MAX_RUN)
    return least


def _is_read_correctly(header: bytes) -> bool:
    version, encoding, bits = header[1:4]
    left, top, right, lower = struct.unpack_from("<4H", header, 4)
    planes, row_bytes = struct.unpack_from("<BH", header, 65)
    width = right - left + 1
    least = (width * bits + 7) // 8
    # Pillow pads rows to an even number of bytes and ignores what the header says.
    if encoding != 1 or right < left or lower < top or row_bytes not in (least, least + least % 2):
        return False
    if bits == 1 and planes == 1:
        # Pillow ignores this palette. Many programs leave it empty.
        colours = header[16:22]
        return version == 3 or colours[:3] == colours[3:] or colours == _BLACK_AND_WHITE
    if bits == 1 and planes in (2, 4):
        return version in (2, 5)  # version 3 means the palette of the hardware
    # Pillow mixes up the planes of a single column.
    return version == 5 and bits == 8 and (planes == 1 or (planes == 3 and width > 1))
