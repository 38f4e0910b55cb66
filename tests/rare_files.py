"""Targa, PCX and Photoshop files for tests, written by hand from pixels and not by Pillow."""

from __future__ import annotations

import itertools
import struct
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]


def tga(
    kind: int,
    bits: int,
    rows: Iterable[bytes],
    size: tuple[int, int],
    *,
    flags: int = 0x20,
    palette: tuple[int, int, int, bytes] | None = None,
    id_field: bytes = b"",
    end: bytes = b"",
) -> bytes:
    """Return a TGA with these packed rows, in the file's order. `palette`: first index, entries, their bits, data."""
    first, entries, entry_bits, colours = palette or (0, 0, 0, b"")
    header = struct.pack(
        "<BBBHHBHHHHBB", len(id_field), palette is not None, kind, first, entries, entry_bits, 0, 0, *size, bits, flags
    )
    return header + id_field + colours + b"".join(rows) + end


def tga_footer(before: int, attributes_type: int) -> bytes:
    """Return an extension area and the footer of a version 2 file, behind `before` bytes."""
    area = bytearray(495)
    area[:2] = struct.pack("<H", 495)
    area[494] = attributes_type
    return bytes(area) + struct.pack("<II", before, 0) + b"TRUEVISION-XFILE.\0"


def run_length_pixels(pixels: bytes, size: int) -> bytes:
    """Return pixels of `size` bytes each as TGA packets: runs of equal pixels, and single ones."""
    parts = [pixels[at : at + size] for at in range(0, len(pixels), size)]
    packets = []
    for pixel, group in itertools.groupby(parts):
        count = len(list(group))
        while count:
            part = min(count, 128)
            packets.append(bytes([0x80 | part - 1 if part > 1 else 0]) + pixel)
            count -= part
    return b"".join(packets)


def pcx(
    version: int,
    bits: int,
    planes: int,
    rows: Iterable[Sequence[bytes]],
    size: tuple[int, int],
    *,
    row_bytes: int,
    palette: bytes = b"",
    end: bytes = b"",
    encoding: int = 1,
) -> bytes:
    """Return a PCX. Each of `rows` has the bytes of every plane; `palette` is that in the header."""
    header = struct.pack("<BBBBHHHHHH", 10, version, encoding, bits, 3, 5, size[0] + 2, size[1] + 4, 72, 72)
    header += palette.ljust(48, b"\0") + struct.pack("<BBHH", 0, planes, row_bytes, 1) + bytes(58)
    body = b"".join(_pcx_row(plane.ljust(row_bytes, b"\0")) for row in rows for plane in row)
    return header[:128] + body + end


def _pcx_row(row: bytes) -> bytes:
    packed = bytearray()
    for value, group in itertools.groupby(row):
        count = len(list(group))
        while count:
            part = min(count, 63)
            packed += bytes([0xC0 | part, value]) if part > 1 or value >= 0xC0 else bytes([value])
            count -= part
    return bytes(packed)


def psd(
    mode: int,
    channels: Sequence[Pixels | bytes],
    size: tuple[int, int],
    *,
    bits: int = 8,
    packed: bool = False,
    version: int = 1,
    palette: bytes = b"",
    resources: Sequence[tuple[int, bytes, bytes]] = (),
    layer_count: int | None = None,
    compression: int | None = None,
) -> bytes:
    """Return a PSD, or with `version` 2 a PSB, whose merged picture has these channels.

    `resources` are number, name and data. A negative `layer_count` says that the first channel after the colours is
    transparency.
    """
    width, height = size
    planes = [channel if isinstance(channel, bytes) else channel.tobytes() for channel in channels]
    header = struct.pack(">4sH6xHIIHH", b"8BPS", version, len(planes), height, width, bits, mode)
    blocks = b"".join(
        struct.pack(">4sHB", b"8BIM", number, len(name)) + name + bytes(1 - len(name) % 2)
        + struct.pack(">I", len(data)) + data + bytes(len(data) % 2)
        for number, name, data in resources
    )  # fmt: skip
    length = ">Q" if version == 2 else ">I"
    layers = b""
    if layer_count is not None:
        info = struct.pack(">h", layer_count) + bytes(6)
        layers = struct.pack(length, len(info)) + info + bytes(4)
    head = header + _block(palette) + _block(blocks) + struct.pack(length, len(layers)) + layers
    row_bytes = (width * bits + 7) // 8
    if not packed:
        return head + struct.pack(">H", compression or 0) + b"".join(planes)
    rows = [
        _packed_bits(plane[at : at + row_bytes]) for plane in planes for at in range(0, height * row_bytes, row_bytes)
    ]
    counts = b"".join(struct.pack(">I" if version == 2 else ">H", len(row)) for row in rows)
    return head + struct.pack(">H", 1) + counts + b"".join(rows)


def _block(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


def _packed_bits(row: bytes) -> bytes:
    packed = bytearray()
    for value, group in itertools.groupby(row):
        count = len(list(group))
        while count:
            part = min(count, 128)
            packed += bytes([257 - part if part > 1 else 0, value])
            count -= part
    return bytes(packed)
