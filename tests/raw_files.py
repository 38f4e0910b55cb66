"""Camera raw files for tests: DNGs with previews, written by hand, because no camera's file may be bundled."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence

from image_files import gradient
from PIL import Image

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 10: 8}
_CODES = {1: "B", 3: "H", 4: "I"}

#: A field's tag, type (TIFF 6.0) and values.
Field = tuple[int, int, bytes | Sequence[int]]


def preview(width: int = 60, height: int = 45, **options: object) -> bytes:
    """Return a JPEG of the test gradient."""
    stream = io.BytesIO()
    gradient(width, height).save(stream, "JPEG", quality=95, subsampling=0, **options)
    return stream.getvalue()


def dng(
    *previews: bytes,
    orientation: int = 1,
    sensor: tuple[int, int] = (64, 48),
    bitmap: Image.Image | None = None,
    order: str = "<",
) -> bytes:
    """Return a DNG with grey sensor data and these JPEGs as previews, or one uncompressed preview.

    Source: DNG specification 1.7.1.0. `order` is `<` or `>`, little or big-endian.
    """
    width, height = sensor
    data = bytearray(struct.pack(f"{order}2sHI", b"II" if order == "<" else b"MM", 42, 0))
    strip = _added(data, bytes(2 * width * height))
    subs = [_directory(data, _sensor_fields(width, height, strip), order)]
    for jpeg in previews:
        size = Image.open(io.BytesIO(jpeg)).size
        subs.append(_directory(data, _image_fields(size, 7, 6, _added(data, jpeg), len(jpeg)), order))
    fields: list[Field] = [
        (271, 2, b"ClipDesk\0"),
        (272, 2, b"Test camera\0"),
        (274, 3, [orientation]),
        (306, 2, b"2024:05:31 17:20:05\0"),
        (330, 4, subs),
        (50706, 1, [1, 4, 0, 0]),
        (50708, 2, b"ClipDesk Test camera\0"),
        (50721, 10, struct.pack(f"{order}18i", *(value for one in (1, 0, 0, 0, 1, 0, 0, 0, 1) for value in (one, 1)))),
    ]
    if bitmap is not None:
        pixels = bitmap.tobytes()
        fields += _image_fields(bitmap.size, 1, 2, _added(data, pixels), len(pixels))
    first = _directory(data, fields, order)
    data[4:8] = struct.pack(f"{order}I", first)
    return bytes(data)


def _sensor_fields(width: int, height: int, offset: int) -> list[Field]:
    return [
        (254, 4, [0]),
        (256, 4, [width]),
        (257, 4, [height]),
        (258, 3, [16]),
        (259, 3, [1]),
        (262, 3, [32803]),
        (273, 4, [offset]),
        (277, 3, [1]),
        (278, 4, [height]),
        (279, 4, [2 * width * height]),
        (33421, 3, [2, 2]),
        (33422, 1, [0, 1, 1, 2]),
    ]


def _image_fields(size: tuple[int, int], compression: int, photometric: int, offset: int, length: int) -> list[Field]:
    return [
        (254, 4, [1]),
        (256, 4, [size[0]]),
        (257, 4, [size[1]]),
        (258, 3, [8, 8, 8]),
        (259, 3, [compression]),
        (262, 3, [photometric]),
        (273, 4, [offset]),
        (277, 3, [3]),
        (278, 4, [size[1]]),
        (279, 4, [length]),
    ]


def _added(data: bytearray, part: bytes) -> int:
    """Append a part and return its offset, which is even."""
    at = len(data)
    data += part + bytes(len(part) % 2)
    return at


def _directory(data: bytearray, fields: list[Field], order: str) -> int:
    """Append a directory (IFD) and return its offset."""
    packed = []
    for tag, kind, values in sorted(fields, key=lambda field: field[0]):
        if not isinstance(values, bytes):
            values = struct.pack(f"{order}{len(values)}{_CODES[kind]}", *values)
        count = len(values) // _SIZES[kind]
        place = values.ljust(4, b"\0") if len(values) <= 4 else struct.pack(f"{order}I", _added(data, values))
        packed.append(struct.pack(f"{order}HHI", tag, kind, count) + place)
    return _added(data, struct.pack(f"{order}H", len(packed)) + b"".join(packed) + bytes(4))
